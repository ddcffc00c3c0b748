"""Same bytes, same settings, same report; and fingerprints are stable across runs."""

import itertools
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import check, write
from newslint.diagnostics import Report
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.reporters.json import render_json
from newslint.settings import Project
from newslint.settings.settings import Settings
from newslint.testing import fence

ENTRIES = [
    "  - title: Alphabetâ€™s\n    webUrl: https://example.org/a\n    quality: 1\n",
    '  - title: "A &amp; B"\n    excerpt: na\n    webUrl: https://example.org/b\n    quality: -1\n',
    "  - title: 1984\n    webUrl: https://example.org/PR News\n    quality: 2\n    quality: 3\n",
    "  - {title: x, webUrl: https://example.org/a, quality: 2, images: [{url: u, width: 0}]}\n",
    "  - just text\n",
    "  - title: |\n      Caf\ufffd\n      twice\n    webUrl: https://example.org/c\n",
]


def record(name: str, *entries: str, blank: int = 0) -> str:
    head = f"title: {name}\nwebUrl: https://host.example/{name}\n" + "\n" * blank
    return head + ("related:\n" + "".join(entries) if entries else "")


def fingerprints(report: Report) -> set[str]:
    return {each.fingerprint for each in report.diagnostics}


def test_the_order_of_paths_does_not_matter(archive: Path) -> None:
    write(archive, a=record("a", *ENTRIES[:3]), b=record("b", *ENTRIES[2:]), c=record("c"))
    names = ("a.md", "b.md", "c.md")
    reports = [check(archive, *order) for order in itertools.permutations(names)]
    assert all(report == reports[0] for report in reports)
    assert check(archive) == reports[0]


def test_diagnostics_are_sorted_by_file_and_place(archive: Path) -> None:
    write(archive, a=record("a", *ENTRIES), b=record("b", *reversed(ENTRIES)))
    found = check(archive, select=("all",)).diagnostics
    places = [(each.location.path, each.location.span, each.rule) for each in found]
    assert len(places) > 40
    assert places == sorted(places)


def report_on(files: dict[str, str], **options: object) -> str:
    """Check files that are in memory only, with all rules."""
    root = Path("/nowhere")
    contents = {root / name: text.encode() for name, text in files.items()}
    request = CheckRequest.create(
        list(contents),
        root,
        select=["all"],
        project=Project.build(root, Settings()),
        contents=contents,
        **options,
    )
    return "".join(render_json(run_check(request).report))


@given(st.lists(st.lists(st.sampled_from(ENTRIES), max_size=4), min_size=1, max_size=4))
def test_reading_in_fragments_changes_nothing(choices: list[list[str]]) -> None:
    files = {f"{at}.md": fence(record(str(at), *entries)) for at, entries in enumerate(choices)}
    assert report_on(files) == report_on(files, share_fragments=False)


@given(
    st.lists(st.lists(st.sampled_from(ENTRIES), max_size=4), min_size=1, max_size=4), st.randoms()
)
def test_the_order_of_files_changes_nothing(choices: list[list[str]], rng: random.Random) -> None:
    files = {f"{at}.md": fence(record(str(at), *entries)) for at, entries in enumerate(choices)}
    shuffled = rng.sample(sorted(files.items()), len(files))
    assert report_on(dict(shuffled)) == report_on(files)


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
@pytest.mark.parametrize("jobs", [2, 8])
def test_processes_change_nothing(jobs: int, start_method: str) -> None:
    files = {
        f"{at}.md": fence(record(str(at), *ENTRIES[at % 4 :], *ENTRIES[: at % 3]))
        for at in range(12)
    }
    files["large.md"] = fence(f"title: x\nquality: {'9' * 50}")
    assert report_on(files, jobs=jobs, start_method=start_method) == report_on(files)


def test_fingerprints_survive_moved_lines(archive: Path) -> None:
    write(archive, a=record("a", *ENTRIES[:2]))
    before = check(archive)
    write(archive, a=record("a", *ENTRIES[:2], blank=5))
    after = check(archive)
    assert before.diagnostics[-1].location != after.diagnostics[-1].location
    assert fingerprints(before) == fingerprints(after)


def test_fingerprints_survive_reordered_entries(archive: Path) -> None:
    write(archive, a=record("a", *ENTRIES[:2]))
    before = check(archive)
    write(archive, a=record("a", *reversed(ENTRIES[:2])))
    after = check(archive)
    assert before.diagnostics != after.diagnostics
    assert fingerprints(before) == fingerprints(after)


def test_fingerprints_of_entries_without_a_url_go_by_title(archive: Path) -> None:
    entries = [f"  - title: {name}\n    quality: -1\n" for name in ("Alphabetâ€™s", "Meta")]
    write(archive, a=record("a", *entries))
    before = check(archive)
    write(archive, a=record("a", *reversed(entries)))
    assert before.diagnostics != check(archive).diagnostics
    assert fingerprints(before) == fingerprints(check(archive))


def test_fingerprints_change_with_file_rule_and_value(archive: Path) -> None:
    write(archive, a="title: Alphabetâ€™s", b="title: Alphabetâ€™s", c="title: Metaâ€™s")
    report = check(archive, select=("mojibake", "missing-image"))
    assert len(fingerprints(report)) == len(report.diagnostics) == 6


def test_equal_fingerprints_get_a_counter(archive: Path) -> None:
    write(archive, a=record("a", ENTRIES[0], ENTRIES[0], ENTRIES[0]))
    first, second, third = check(archive, select=("mojibake",)).diagnostics
    assert second.fingerprint == f"{first.fingerprint}-2"
    assert third.fingerprint == f"{first.fingerprint}-3"


def test_one_text_in_many_files_is_one_cause(archive: Path) -> None:
    write(archive, a=record("a", ENTRIES[0]), b=record("b", ENTRIES[1], ENTRIES[0]))
    first, second = check(archive, select=("mojibake",)).diagnostics
    assert first.cause == second.cause
    assert first.cause.startswith("mojibake:")
    assert first.fingerprint != second.fingerprint


def test_one_repair_of_different_rules_is_not_one_cause(archive: Path) -> None:
    write(archive, a=record("a", ENTRIES[0]))
    report = check(archive)
    by_cause = {each.cause: each.rule for each in report.diagnostics}
    assert report.causes == len(by_cause)
    assert all(cause.startswith(f"{rule}:") for cause, rule in by_cause.items())


def test_a_diagnostic_names_the_record_that_its_file_describes(archive: Path) -> None:
    write(archive, a=record("a", ENTRIES[0]))
    (archive / "b.md").write_text("bare")
    report = check(archive, select=("mojibake", "missing-front-matter"))
    assert [each.record for each in report.diagnostics] == ["https://host.example/a", ""]


def test_a_yaml_file_may_hold_several_records(archive: Path) -> None:
    (archive / "a.yaml").write_text(f"{record('a', ENTRIES[0])}---\n{record('b')}")
    report = check(archive, select=("missing-image",))
    assert (report.documents, report.records, report.mentions) == (1, 2, 3)
    assert [each.location.span.start.line for each in report.diagnostics] == [1, 4, 8]


def test_what_is_no_mapping_is_no_mention(archive: Path) -> None:
    write(archive, a=record("a", ENTRIES[4]), b="- list")
    report = check(archive, select=("missing-image",))
    assert (report.documents, report.records, report.mentions) == (2, 1, 1)


HIDDEN = "31415926535"


@pytest.mark.parametrize(
    "secured",
    [
        HIDDEN,
        f'"{HIDDEN}"',
        f'"{HIDDEN}&amp;{HIDDEN};"',
        f'"Alphabetâ€™s {HIDDEN}\ufffd\\x9d"',
        f"[{HIDDEN}, {{a: {HIDDEN}}}]",
        f"&{HIDDEN} 5",
        f"{HIDDEN}: x: y",
        f'"{HIDDEN}',
        f"|\n  {HIDDEN}\n  {HIDDEN}â€™",
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_secrets_are_never_echoed(archive: Path, secured: str, *, inside: bool) -> None:
    entry = f"  - title: t\n    secured: {secured}\n".replace("\n  3", "\n      3")
    write(archive, a=record("a", entry) if inside else f"title: a: b\nsecured: {secured}")
    write(archive, b=f"secured: {secured}\ntitle: t")
    request = CheckRequest.create([archive], archive, select=["all"])
    report = run_check(request).report
    assert report.diagnostics
    assert HIDDEN not in "".join(render_json(report))
