"""A report that is put together from the last one is that of a fresh run, in every format."""

from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import write
from newslint.diagnostics.index import DiagnosticIndex, index_of
from newslint.diagnostics.mapped_sequence import MappedSequence
from newslint.execution import CheckRequest, report_memo
from newslint.execution.cache import Cache
from newslint.execution.open_run import OpenRun
from newslint.execution.report_memo import ReportMemo
from newslint.execution.run import RunRequest, RunResult
from newslint.reporters.formats import FORMAT_NAMES, TEXT, ReportInput, render
from newslint.rules.example_records import NEWS_RECORD
from reports import diagnostic

BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")
RULES = {(b"table", True): b"rules"}
FORMATS = sorted({*FORMAT_NAMES} - {TEXT})


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(report_memo, "MIN_FILES", 0)
    host = "title: Host {0}\nwebUrl: https://a.example/host{0}\nrelated:\n" + "".join(
        f"  - title: Title {at}\n    webUrl: http://a.example/{at}\n    quality: {{0}}\n"
        for at in range(3)
    )
    files = {f"host{at}": host.format(at) for at in range(60)}
    dates = ("2022-09-11", "2022-09-11", "2022-09-12T00:00:00Z")
    files["dates"] = "title: Dates\nwebUrl: https://a.example/dates\nrelated:\n" + "".join(
        f"  - title: Day\n    webUrl: https://a.example/day\n    publishedDateTime: {date}\n"
        for date in dates
    )
    files["surrogate"] = f'{NEWS_RECORD}\nprovider: {{name: "\\uD83D", domain: a.example}}\n'
    write(archive, a=NEWS_RECORD, b=NEWS_RECORD, c=BROKEN, **files)
    return archive


def run(archive: Path, folder: Path | None, **options: object) -> RunResult:
    cache = None if folder is None else Cache(folder, archive)
    check = CheckRequest.create([archive], archive, cache=cache, **options)  # type: ignore[arg-type] # as named
    return OpenRun(RunRequest(archive, (check,)), is_final=True, shows_few=True).result()


def in_all_formats(result: RunResult) -> dict[str, str]:
    found = result.outcome
    given = ReportInput(found.report, found.rules, found.text, lambda _: None, found.statistics)
    return {name: "".join(render(name, given)) for name in FORMATS}


def replace(old: str, new: str) -> Callable[[Path], object]:
    def change(archive: Path) -> None:
        path = archive / "host7.md"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    return change


EDITS = {
    "nothing": lambda _: None,
    "the headline": replace("title: Host", "title: Alphabetâ€™s"),
    "the URL": replace("/host7", "/1"),
    "an entry": replace("quality: 7", "quality: 9"),
    "lines": replace("title: Host", "\n\ntitle: Host"),
    "a suppression": replace("title: Host", "# newslint: ignore-file[insecure-url]\ntitle: Host"),
    "broken syntax": replace("title: Host", "title: {"),
    "a new file": lambda archive: write(archive, aa=BROKEN),
    "a deleted file": lambda archive: (archive / "b.md").unlink(),
    "a setting": lambda archive: (archive / "newslint.toml").write_text('ignore = ["urls"]\n'),
}


@pytest.mark.parametrize("edit", EDITS)
def test_every_format_after_an_edit(edit: str, here: Path, tmp_path: Path) -> None:
    folder = tmp_path / "caches"
    run(here, folder)
    EDITS[edit](here)
    warm = run(here, folder)
    expected = run(here, None)
    assert isinstance(warm.outcome.report.diagnostics, MappedSequence)
    assert in_all_formats(warm) == in_all_formats(expected)
    assert warm.outcome.report.counts == expected.outcome.report.counts
    assert warm.outcome.complete == expected.outcome.complete
    assert [*warm.outcome.report.diagnostics] == [*expected.outcome.report.diagnostics]


def test_a_limit_of_the_report(here: Path, tmp_path: Path) -> None:
    options = {"max_per_rule": 2}
    run(here, tmp_path / "caches", **options)
    found = run(here, tmp_path / "caches", **options).outcome.report
    expected = run(here, None, **options).outcome.report
    assert found.omitted == expected.omitted
    assert [*found.diagnostics] == [*expected.diagnostics]


@pytest.mark.parametrize("body", [b"", b"\xc1"])
def test_damage_is_noticed(body: bytes, here: Path, tmp_path: Path) -> None:
    class Damaged(Cache):
        def find_output(self, key: bytes) -> bytes | None:
            return None if super().find_output(key) is None else body

    run(here, tmp_path / "caches")
    check = CheckRequest.create([here], here, cache=Damaged(tmp_path / "caches", here))
    found = OpenRun(RunRequest(here, (check,)), is_final=True, shows_few=True).result()
    assert in_all_formats(found) == in_all_formats(run(here, None))


def test_parts_are_recalled_by_name_and_key(archive: Path, tmp_path: Path) -> None:
    parts = {
        name: [diagnostic(path=name, cause=f"{name}{at}") for at in range(size)]
        for name, size in {"a": 2, "b": 0, "c": 1}.items()
    }
    every = [each for part in parts.values() for each in part]
    first = ReportMemo(Cache(tmp_path, archive), RULES)
    for name, part in parts.items():
        assert not first.recall(name, b"key")
        first.add(name, b"key", part)
    assert [*first.finish(every, parts.__getitem__)] == every
    second = ReportMemo(Cache(tmp_path, archive), RULES)
    assert second.recall("a", b"key")
    assert not second.recall("b", None)
    assert not second.recall("c", b"another key")
    second.add("c", b"another key", parts["c"])
    read: list[str] = []
    found = second.finish(parts["c"], lambda name: read.append(name) or parts[name])  # type: ignore[func-returns-value] # noted
    assert found[2] == every[2]
    assert read == ["c"]
    assert index_of(found).tally() == DiagnosticIndex.create(every).tally()
    assert not ReportMemo(Cache(tmp_path, archive), {}).recall("a", b"key")
