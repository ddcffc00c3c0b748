"""Suppressed diagnostics, and unused or unknown suppressions."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpers import check, write
from newslint.diagnostics import Report, Severity
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.git import GitDiff
from newslint.reporters.json import render_json
from newslint.rules.api import Diagnostic, Document, DocumentRule, Target
from newslint.rules.meta.unused_suppression import UnusedSuppression
from newslint.testing import UniformSelection

BROKEN = "Alphabetâ€™s"
RECORD = "title: One\nwebUrl: https://a.example/one\nquality: 84\n"
COPY = """title: Two
webUrl: https://a.example/two
related:
  - title: One
    webUrl: https://a.example/one
    quality: 86{comment}
"""


def left(report: Report) -> list[tuple[str, int]]:
    return [(each.rule, each.location.span.start.line) for each in report.diagnostics]


def silenced(report: Report) -> list[tuple[str, int, str]]:
    return [
        (each.diagnostic.rule, each.diagnostic.location.span.start.line, each.reason)
        for each in report.suppressed
    ]


def test_what_is_silenced_is_kept_with_its_reason(archive: Path) -> None:
    write(archive, a=f"title: {BROKEN} # newslint: ignore[mojibake] -- as printed")
    report = check(archive, select=("mojibake",))
    assert (left(report), silenced(report)) == ([], [("mojibake", 2, "as printed")])


def test_what_is_silenced_counts_for_nothing(archive: Path) -> None:
    write(archive, a=f"title: {BROKEN} # newslint: ignore[mojibake]\nexcerpt: {BROKEN}s")
    report = check(archive, select=("mojibake",))
    assert (report.causes, report.fixable, len(report.diagnostics)) == (1, 1, 1)
    assert report.by_rule == {"mojibake": 1}
    write(archive, a=f"title: {BROKEN} # newslint: ignore[mojibake]")
    report = check(archive, select=("mojibake",))
    assert not report.fails(Severity.INFO)


def test_a_category_stands_for_all_its_rules(archive: Path) -> None:
    write(archive, a=f"title: '{BROKEN} &amp; b' # newslint: ignore[text]")
    assert left(check(archive, select=("text",))) == []
    assert [rule for rule, *_ in silenced(check(archive, select=("text",)))] == [
        "mojibake",
        "html-entity",
    ]


def test_other_rules_and_other_lines_are_not_silenced(archive: Path) -> None:
    write(archive, a=f"title: '{BROKEN} &amp;' # newslint: ignore[mojibake]\nexcerpt: {BROKEN}s")
    assert left(check(archive, select=("text",))) == [("html-entity", 2), ("mojibake", 3)]


@pytest.mark.parametrize("comment", ["ignore-file", "ignore"])
def test_above_an_entry_all_of_it_is_silenced(archive: Path, comment: str) -> None:
    write(
        archive,
        a=f"""related:
  - title: "{BROKEN} &amp;"
  # newslint: {comment}[text]
  - title: {BROKEN}
    excerpt: |
      The {BROKEN}
    provider:
      name: {BROKEN} b
""",
    )
    everywhere = comment == "ignore-file"
    expected = [] if everywhere else [("mojibake", 3), ("html-entity", 3)]
    assert left(check(archive, select=("text",))) == expected


def test_the_whole_file_includes_its_body_and_its_start(archive: Path) -> None:
    text = f"\ufeff---\n# newslint: ignore-file[text, file]\ntitle: x\n---\n{BROKEN}\n"
    (archive / "a.md").write_text(text, encoding="utf-8")
    report = check(archive, select=("text", "file"))
    assert left(report) == []
    assert [rule for rule, *_ in silenced(report)] == ["byte-order-mark", "mojibake"]


@pytest.mark.parametrize("scope", [(), ("b.md",)])
def test_rules_that_judge_the_corpus_are_silenced_where_they_report(
    archive: Path, scope: tuple[str, ...]
) -> None:
    write(archive, a=RECORD, b=COPY.format(comment=""))
    assert left(check(archive, *scope, select=("references",))) == [("quality-mismatch", 7)]
    write(archive, b=COPY.format(comment=" # newslint: ignore[quality-mismatch] -- old"))
    report = check(archive, *scope, select=("references",))
    assert (left(report), silenced(report)) == ([], [("quality-mismatch", 7, "old")])


def test_a_comment_at_the_other_record_silences_nothing(archive: Path) -> None:
    write(archive, a=f"# newslint: ignore-file[quality-mismatch]\n{RECORD}", b=COPY)
    write(archive, b=COPY.format(comment=""))
    report = check(archive, select=("quality-mismatch", "unused-suppression"))
    assert left(report) == [("unused-suppression", 2), ("quality-mismatch", 7)]


def test_of_several_comments_the_closest_gives_the_reason(archive: Path) -> None:
    write(
        archive,
        a=f"""# newslint: ignore-file[mojibake] -- file
# newslint: ignore[mojibake] -- entry
provider:
  name: {BROKEN} # newslint: ignore[mojibake] -- line
  domain: {BROKEN}.org
title: {BROKEN} too
""",
    )
    report = check(archive, select=("mojibake", "unused-suppression"))
    assert [reason for *_, reason in silenced(report)] == ["line", "entry", "file"]
    assert left(report) == []


def test_yaml_that_cannot_be_read_is_silenced_for_the_whole_file(archive: Path) -> None:
    write(archive, a="# newslint: ignore-file[yaml-syntax] -- a template\ntitle: {{ x }}")
    report = check(archive)
    assert (left(report), silenced(report)) == ([], [("yaml-syntax", 3, "a template")])


def test_entries_read_once_are_silenced_where_the_comment_stands(archive: Path) -> None:
    entry = f"  - title: {BROKEN} is so long that it is read by itself and shared by both files\n"
    write(archive, a=f"related:\n{entry}", b=f"related:\n  # newslint: ignore[mojibake]\n{entry}")
    report = check(archive, select=("mojibake",))
    assert [each.location.path for each in report.diagnostics] == ["a.md"]
    assert [each.diagnostic.location.path for each in report.suppressed] == ["b.md"]


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (("mojibake", "own"), (), 1),
        (("text", "own"), (), 2),
        (("text", "own"), ("html-markup",), 1),
        (("dates", "own"), (), 0),
        (("mojibake",), (), 0),
        (("all",), ("unused-suppression",), 0),
        (("all",), ("text",), 0),
    ],
)
def test_only_of_rules_that_ran_it_is_known_that_they_report_nothing(
    archive: Path, select: tuple[str, ...], ignore: tuple[str, ...], expected: int
) -> None:
    write(
        archive,
        a="title: x # newslint: ignore[mojibake]\nexcerpt: y # newslint: ignore[text]",
    )
    report = check(archive, select=select, ignore=ignore)
    assert sum(each.rule == "unused-suppression" for each in report.diagnostics) == expected


class CrashingDocumentRule(DocumentRule):
    id = "crashing"
    severity = Severity.INFO
    examples = ()

    def check(self, document: Document) -> Iterator[Diagnostic]:
        yield self.flag(Target(document.locate_start(), ""), "said before")
        raise ValueError("oh")


def test_where_a_rule_failed_no_comment_is_said_to_be_of_no_use(archive: Path) -> None:
    write(archive, a="title: x # newslint: ignore[mojibake]")
    request = CheckRequest.create([archive], archive, select=("text", "own"))
    rules = UniformSelection((*request.rules.ruleset("a.md").rules, CrashingDocumentRule()))
    outcome = run_check(replace(request, rules=rules))
    assert not outcome.complete
    assert {each.rule for each in outcome.report.diagnostics} == {"crashing", "rule-crashed"}


def test_a_crash_cannot_be_silenced(archive: Path) -> None:
    write(archive, a="title: x # newslint: ignore[mojibake]\n# newslint: ignore-file[rule-crashed]")
    rules = UniformSelection((CrashingDocumentRule(),))
    outcome = run_check(CheckRequest.create([archive], archive, rules))
    assert not outcome.complete
    assert [each.rule for each in outcome.report.diagnostics] == ["crashing", "rule-crashed"]


def test_each_comment_of_no_use_is_a_cause_of_its_own(archive: Path) -> None:
    comment = "# newslint: ignore[mojibake]"
    write(archive, a=f"title: x {comment}\nexcerpt: y {comment}", b=f"title: x {comment}")
    report = check(archive, select=("text", "own"))
    assert (len(report.diagnostics), report.causes) == (3, 3)
    assert len({each.fingerprint for each in report.diagnostics}) == 3


def test_fingerprints_do_not_depend_on_comments(archive: Path) -> None:
    write(archive, a=f"title: {BROKEN}\ntopics: [{BROKEN}]\nexcerpt: {BROKEN}")
    before = {each.fingerprint for each in check(archive, select=("mojibake",)).diagnostics}
    write(
        archive,
        a=f"title: {BROKEN} # newslint: ignore[mojibake]\ntopics: [{BROKEN}]\nexcerpt: {BROKEN}",
    )
    report = check(archive, select=("mojibake",))
    after = {each.diagnostic.fingerprint for each in report.suppressed}
    assert after | {each.fingerprint for each in report.diagnostics} == before


def test_a_diagnostic_about_a_comment_names_the_record(archive: Path) -> None:
    write(archive, a=f"{RECORD}# newslint: ignore-file[mojibak, mojibake]")
    report = check(archive, select=("text", "own"))
    assert [each.record for each in report.diagnostics] == ["https://a.example/one"] * 2


def test_a_file_without_comments_is_left_alone(archive: Path) -> None:
    write(archive, a=RECORD)
    report = check(archive, rules=[UnusedSuppression()])
    assert (report.diagnostics, report.suppressed) == ((), ())


def test_the_json_report_lists_what_is_silenced(archive: Path) -> None:
    write(
        archive,
        a=f"title: {BROKEN} # newslint: ignore[mojibake] -- as printed\n"
        f"excerpt: {BROKEN} # newslint: ignore[mojibake]",
    )
    report = json.loads("".join(render_json(check(archive, select=("mojibake",)))))
    assert report["summary"]["suppressed"] == 2
    assert report["diagnostics"] == []
    assert [(each["rule"], each["reason"]) for each in report["suppressed"]] == [
        ("mojibake", "as printed"),
        ("mojibake", None),
    ]


def test_a_comment_beside_a_secret_tells_nothing_of_it(archive: Path) -> None:
    write(archive, a="secured: TopSecret # newslint: ignore[mojibak] # newslint: ingore[x]")
    report = check(archive)
    assert "unknown-suppression" in report.by_rule
    assert "TopSecret" not in "".join(render_json(report))


def test_a_severity_that_the_settings_give_holds_for_comments_too(archive: Path) -> None:
    (archive / "newslint.toml").write_text('[rules.unused-suppression]\nseverity = "error"\n')
    write(archive, a="title: x # newslint: ignore[mojibake]")
    (found,) = check(archive, select=("text", "own")).diagnostics
    assert found.severity is Severity.ERROR


def test_a_rule_that_does_not_apply_to_a_file_makes_no_comment_in_it_unused(archive: Path) -> None:
    (archive / "newslint.toml").write_text(
        '[[overrides]]\npaths = ["a.md"]\nignore = ["mojibake"]\n'
    )
    for name in "ab":
        write(archive, **{name: "title: x # newslint: ignore[mojibake]"})
    report = check(archive, select=("text", "own"))
    assert [each.location.path for each in report.diagnostics] == ["b.md"]


def test_of_files_that_did_not_change_comments_still_count(archive: Path) -> None:
    write(archive, a=RECORD)
    comment = " # newslint: ignore[quality-mismatch] # newslint: ignore[mojibake]"
    write(archive, b=COPY.format(comment=comment), c=COPY.format(comment="").replace("two", "c"))
    diff = GitDiff(frozenset({"a.md"}), {})
    outcome = run_check(CheckRequest.create([archive], archive, select=("all",), diff=diff))
    found = [(each.rule, each.location.path) for each in outcome.report.diagnostics]
    assert ("quality-mismatch", "c.md") in found
    assert {path for _, path in found} == {"a.md", "c.md"}
    assert [each.diagnostic.location.path for each in outcome.report.suppressed] == ["b.md"]
