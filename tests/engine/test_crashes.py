"""A failure is a diagnostic, and the run goes on."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from helpers import check, write
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.partitions.check import PartitionedCheck
from newslint.rules.api import (
    AggregateRule,
    Description,
    DescriptionDiagnostic,
    Diagnostic,
    Document,
    DocumentRule,
    Group,
    GroupRule,
    Mention,
    MentionRule,
    Rule,
    Severity,
    Target,
    Text,
    TextRule,
)
from newslint.rules.file.unreadable_file import UnreadableFile
from newslint.rules.headline.missing_excerpt import MissingExcerpt
from newslint.settings import Registry, RuleSelector, Selection
from newslint.syntax import Limits
from newslint.testing import UniformSelection


class Crashing(Rule):
    id = "crashing"
    severity = Severity.INFO
    examples = ()

    @classmethod
    def category(cls) -> str:
        return "test"


class CrashingOnDocuments(Crashing, DocumentRule):
    def check(self, document: Document) -> Iterator[Diagnostic]:
        raise ValueError(document.path)


class CrashingOnTexts(Crashing, TextRule):
    reads_body = True

    def check(self, text: Text) -> Iterator[Diagnostic]:
        raise ValueError(text.value)


class CrashingOnMentions(Crashing, MentionRule):
    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        yield self.flag(mention.target("title"), "said before")
        raise ValueError(mention.description.title)


class CrashingOnGroups(Crashing, GroupRule):
    def check(self, group: Group) -> Iterator[Diagnostic]:
        raise ValueError(group.key)


class CrashingOnDescriptions(Crashing, AggregateRule):
    def keys(self, mention: Mention) -> Iterator[str]:
        yield str(mention.description.is_record)

    def measure(self, group: Group) -> int:
        return len(group.descriptions)

    def check(
        self, key: str, description: Description, finished: int
    ) -> Iterator[DescriptionDiagnostic]:
        if description.title == "two":
            raise ValueError(key)
        yield DescriptionDiagnostic(description, self.flag(description.target(), f"of {finished}"))


KINDS = (
    CrashingOnDocuments,
    CrashingOnTexts,
    CrashingOnMentions,
    CrashingOnGroups,
    CrashingOnDescriptions,
)


def crashes(archive: Path, rule: Rule) -> list[Diagnostic]:
    request = CheckRequest.create(
        [archive], archive, rules=UniformSelection((rule, MissingExcerpt()))
    )
    outcome = run_check(request)
    assert not outcome.complete
    found = outcome.report.diagnostics
    assert [each.location.path for each in found if each.rule == "missing-excerpt"] == ["b.md"]
    return [each for each in found if each.rule == "rule-crashed"]


@pytest.fixture
def records(archive: Path) -> Path:
    write(archive, a="title: one\nwebUrl: https://example.org/a", b='title: two\nexcerpt: ""')
    return archive


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_rule_that_fails_is_reported_and_the_others_go_on(
    records: Path, kind: type[Rule]
) -> None:
    for crash in crashes(records, kind()):
        assert crash.severity is Severity.ERROR
        assert crash.message.startswith("the rule 'crashing' failed: ValueError: ")
        assert "test_crashes.py:" in crash.message


@pytest.mark.parametrize(
    ("kind", "places"),
    [
        (CrashingOnDocuments, [("a.md", ""), ("b.md", "")]),
        (CrashingOnTexts, [("a.md", "/title"), ("a.md", "/webUrl"), ("b.md", "/title")]),
        (CrashingOnMentions, [("a.md", ""), ("b.md", "")]),
        (CrashingOnGroups, [("a.md", "")]),
        (CrashingOnDescriptions, [("b.md", "")]),
    ],
    ids=lambda kind: getattr(kind, "__name__", ""),
)
def test_a_crash_is_reported_at_what_the_rule_looked_at(
    records: Path, kind: type[Rule], places: list[tuple[str, str]]
) -> None:
    found = [each.location for each in crashes(records, kind())]
    assert [(location.path, location.pointer) for location in found] == places


class Returning(Crashing, MentionRule):
    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        return self.flag(mention.target("title"), "returned")  # type: ignore[return-value]


class ReturningNothing(Crashing, GroupRule):
    def check(self, group: Group) -> Iterator[Diagnostic]:
        del group
        return None  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("kind", "name"), [(Returning, "a Diagnostic"), (ReturningNothing, "None")]
)
def test_a_rule_that_does_not_yield_is_explained(
    records: Path, kind: type[Rule], name: str
) -> None:
    line = kind.check.__code__.co_firstlineno  # type: ignore[attr-defined]
    reason = f"check must yield diagnostics, but returned {name} (test_crashes.py:{line})"
    found = {each.message for each in crashes(records, kind())}
    assert found == {f"the rule 'crashing' failed: {reason}"}


def test_crashes_on_texts_are_at_different_places(records: Path) -> None:
    (records / "a.md").write_text(
        "---\ntitle: one\nwebUrl: https://example.org/a\n---\nbody\n\n`code` end\n"
    )
    spans = [
        each.location.span.start
        for each in crashes(records, CrashingOnTexts())
        if each.location.path == "a.md"
    ]
    assert spans == [(2, 8), (3, 9), (5, 1), (7, 7)]


def test_crashes_of_one_rule_are_one_cause(records: Path) -> None:
    assert len({each.cause for each in crashes(records, CrashingOnDocuments())}) == 1


def test_what_a_rule_said_before_it_failed_is_kept(records: Path) -> None:
    found = check(records, rules=[CrashingOnMentions()]).diagnostics
    assert [each.message for each in found if each.rule == "crashing"] == ["said before"] * 2


def test_a_rule_that_fails_on_one_description_keeps_its_findings_about_others(
    records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = CheckRequest.create(
        [records], records, rules=UniformSelection((CrashingOnDescriptions(),))
    )
    found = run_check(request).report.diagnostics
    assert [(each.location.path, each.rule) for each in found] == [
        ("a.md", "crashing"),
        ("b.md", "rule-crashed"),
    ]
    monkeypatch.setattr("newslint.execution.aggregate_family.LARGE", 1)
    assert run_check(request).report.diagnostics == found
    on_disk = PartitionedCheck(msgspec.structs.replace(request, memory=0)).outcome()
    assert tuple(on_disk.report.diagnostics) == tuple(found)


def test_a_rule_that_is_not_selected_never_runs(records: Path) -> None:
    registry = Registry([*KINDS[:1], MissingExcerpt])
    selection = Selection(registry).with_command_line(RuleSelector(("missing-excerpt",)))
    outcome = run_check(CheckRequest.create([records], records, rules=selection))
    assert outcome.complete
    assert {each.rule for each in outcome.report.diagnostics} == {"missing-excerpt"}


def test_problems_met_while_reading_are_reported_if_their_rule_is_selected(archive: Path) -> None:
    write(archive, a="title: a: b")
    assert check(archive, select=("unreadable-file",)).diagnostics == ()
    assert len(check(archive, select=("yaml-syntax",)).diagnostics) == 1


class Removing(Crashing, DocumentRule):
    """Another program that removes files while newslint runs."""

    folder: str

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for file in Path(self.folder).glob("*.md"):
            file.unlink()
        yield self.flag(Target(document.locate_start(), ""), "files removed")


def test_files_that_vanish_are_reported_and_the_run_goes_on(records: Path) -> None:
    request = CheckRequest.create(
        [records],
        records,
        rules=UniformSelection((Removing(folder=str(records)), UnreadableFile())),
    )
    outcome = run_check(request)
    found = [(each.rule, each.location.path) for each in outcome.report.diagnostics]
    assert found == [("crashing", "a.md"), ("crashing", "b.md"), ("unreadable-file", "b.md")]
    assert outcome.report.documents == 2
    assert outcome.text("a.md").text == ""


def unreadable(archive: Path, limits: Limits | None = None) -> dict[str, str]:
    request = CheckRequest.create(
        [archive], archive, UniformSelection((UnreadableFile(),)), limits=limits
    )
    report = run_check(request).report
    return {each.location.path: each.message for each in report.diagnostics}


def test_links_that_lead_nowhere(archive: Path) -> None:
    write(archive, fine="title: t")
    (archive / "loop.md").symlink_to("loop.md")
    (archive / "gone.md").symlink_to("nowhere.md")
    assert unreadable(archive) == {
        "gone.md": "cannot be read: it does not exist (a dangling symbolic link, or removed "
        "while newslint ran)",
        "loop.md": "cannot be read: its symbolic links form a loop",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_that_may_not_be_read(archive: Path) -> None:
    write(archive, a="title: t")
    (archive / "a.md").chmod(0)
    assert unreadable(archive) == {"a.md": "cannot be read: no permission to read it"}


def test_files_that_are_too_large(archive: Path) -> None:
    write(archive, a="title: t", b="title: " + "t" * 2**20)
    found = unreadable(archive, Limits(file_size=2**20))
    assert found == {"b.md": "1.0 MiB is larger than the limit of 1.0 MiB"}


def test_a_folder_that_is_called_like_a_document_is_a_folder(archive: Path) -> None:
    (archive / "x.md").mkdir()
    write(archive / "x.md", a="title: t")
    assert check(archive, "x.md", select=("missing-front-matter",)).documents == 1


def test_empty_and_binary_files(archive: Path) -> None:
    (archive / "empty.md").write_bytes(b"")
    (archive / "binary.md").write_bytes(b"\x00\x01")
    write(archive, a="title: t")
    report = check(archive, select=("missing-front-matter", "unreadable-file"))
    assert [each.location.path for each in report.diagnostics] == ["binary.md", "empty.md"]
    assert report.documents == 3
