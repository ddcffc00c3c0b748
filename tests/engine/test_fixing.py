"""Fixes touch nothing else: rules whose fixes are wrong, and records that are broken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import fix_all
from newslint.diagnostics import Safety
from newslint.execution import CheckRequest
from newslint.execution.fixed_file import FixResult
from newslint.execution.fixing import MAX_ROUNDS, fix_files, write_fixed_files
from newslint.execution.workspace import Workspace
from newslint.rules.api import (
    Diagnostic,
    Document,
    DocumentRule,
    Edit,
    Fix,
    MentionRule,
    Rule,
    Severity,
)
from newslint.rules.builtin import BUILTIN
from newslint.testing import UniformSelection


class Overreaching(MentionRule):
    """Its fix changes the quality, too."""

    id = "overreaching"
    severity = Severity.ERROR
    examples = ()

    def check(self, mention) -> Iterator[Diagnostic]:
        title, quality = mention.target("title"), mention.target("quality")
        if title.value == "t":
            spans = (title.location.span, quality.location.span)
            edits = tuple(Edit(span, "7") for span in spans)
            yield self.flag(title, "wrong", fix=Fix("Repair", Safety.SAFE, edits))


class Breaking(Overreaching):
    """Its fix leaves no YAML."""

    id = "breaking"

    def check(self, mention) -> Iterator[Diagnostic]:
        title = mention.target("title")
        if title.value == "t":
            edit = Edit(title.location.span, '"')
            yield self.flag(title, "wrong", fix=Fix("Repair", Safety.SAFE, (edit,)))


class Growing(Overreaching):
    """Its fix never ends."""

    id = "growing"

    def check(self, mention) -> Iterator[Diagnostic]:
        title = mention.target("title")
        edit = Edit(title.location.span, title.value + "t")
        yield self.flag(title, "short", fix=Fix("Repair", Safety.SAFE, (edit,)))


class Shouting(DocumentRule):
    """Its fix is about the body, and so changes no value."""

    id = "shouting"
    severity = Severity.INFO
    examples = ()

    def check(self, document: Document) -> Iterator[Diagnostic]:
        text = document.source.text
        at = text.find("body")
        if at >= 0:
            target = document.locate_range(at, at + 4)
            fix = Fix("Shout", Safety.SAFE, (Edit(target.span, "BODY"),))
            yield Diagnostic(self.id, "made-up", self.severity, "silent", target, local_fix=fix)


def workspace_on(folder: Path, rules: UniformSelection) -> Workspace:
    return Workspace(CheckRequest.create([folder], folder, rules))


def made(folder: Path, *rules: Rule) -> FixResult:
    """Fix the files of a folder in memory."""
    chosen = UniformSelection(rules)
    return fix_files(workspace_on(folder, chosen), frozenset(Safety))


@pytest.fixture
def record(archive: Path) -> Path:
    path = archive / "a.md"
    path.write_text("---\ntitle: t\nquality: 1\n---\nbody\n")
    return path


@pytest.mark.parametrize("rule", [Overreaching, Breaking])
def test_a_file_whose_fix_changes_other_values_is_left_alone_and_the_rule_named(
    record: Path, rule: type[Rule]
) -> None:
    repairs = made(record.parent, rule(), Shouting())
    assert repairs.files == {}
    told = f"left as it is: fixes of {rule.id} would change other values"
    assert repairs.failures == (("a.md", told),)
    assert {each.rule for each in repairs.outcome.report.diagnostics} == {rule.id, "shouting"}


def test_other_files_are_fixed_nevertheless(record: Path) -> None:
    (record.parent / "b.md").write_text("---\ntitle: u\nquality: 1\n---\nbody\n")
    repairs = made(record.parent, Overreaching(), Shouting())
    assert [file.after for file in repairs.files.values()] == [
        b"---\ntitle: u\nquality: 1\n---\nBODY\n"
    ]


def test_fixes_that_never_settle_are_told(record: Path) -> None:
    repairs = made(record.parent, Growing())
    assert not repairs.settled
    assert repairs.rounds == MAX_ROUNDS
    told = "after 10 rounds fixes of growing still find something to do; please report this"
    assert repairs.failures == (("a.md", f"left as it is: {told}"),)


def test_where_fixes_never_settle_nothing_of_the_file_changes_and_others_are_fixed(
    record: Path,
) -> None:
    other = record.parent / "b.txt"
    other.write_text("body")
    repairs = made(record.parent, Growing(), Shouting())
    assert {name: file.after for name, file in repairs.files.items()} == {"b.txt": b"BODY"}
    assert {each.rule for each in repairs.outcome.report.diagnostics} == {"growing", "shouting"}


def test_what_changed_while_it_was_fixed_is_not_written(record: Path) -> None:
    workspace = workspace_on(record.parent, UniformSelection((Shouting(),)))
    repairs = fix_files(workspace, frozenset(Safety))
    record.write_text("by hand")
    written = write_fixed_files(repairs, workspace)
    assert record.read_text() == "by hand"
    assert written.files == {}
    told = "cannot be written: it has changed since it was read; run newslint again"
    assert written.failures == (("a.md", told),)


def test_an_entity_is_undone_before_the_url_around_it_is_changed(archive: Path) -> None:
    (archive / "a.md").write_text("---\nwebUrl: http://x.org/?utm_source=x&amp;id=1\n---\n")
    repairs = made(archive, *(rule() for rule in BUILTIN))
    assert repairs.files["a.md"].after == b"---\nwebUrl: https://x.org/?id=1\n---\n"


def test_the_first_line_of_yaml_behind_a_byte_order_mark_is_repaired_in_place(
    archive: Path,
) -> None:
    (archive / "a.yaml").write_bytes('\ufefftitle: "Aâ€™s"\n'.encode())
    fix_all(archive, ("mojibake",))
    assert (archive / "a.yaml").read_bytes() == '\ufefftitle: "A’s"\n'.encode()


@pytest.mark.parametrize("entries", ["  - {0}\n  - {1}\n", "  - {0}\n\n  - {1}\n"])
def test_an_entry_whose_comment_would_silence_the_next_one_stays(
    entries: str, archive: Path
) -> None:
    gone, other = (
        f"title: {name}\n    webUrl: https://a.example/{name}" for name in ("gone", "other")
    )
    listed = "  # newslint: ignore[mojibake]\n" + entries.format(gone, other)
    host = f"---\ntitle: host\nwebUrl: https://a.example/host\nrelated:\n{listed}---\n"
    (archive / "a.md").write_text(host)
    (archive / "b.md").write_text(
        "---\ntitle: gone\nwebUrl: https://a.example/gone\npublished: false\n---\n"
    )
    fix_all(archive, ("related-unpublished",))
    assert (archive / "a.md").read_text() == host


def test_what_a_reference_replaces_is_not_mended_before(archive: Path) -> None:
    record = "title: A\nwebUrl: https://a.example/one\n"
    (archive / "a.md").write_text(f"---\n{record}---\n")
    copy = '  - title: " B &amp;  C "\n    webUrl: https://a.example/one\n'
    (archive / "b.md").write_text(f"---\ntitle: Host\nrelated:\n{copy}---\n")
    repairs = made(archive, *(rule() for rule in BUILTIN))
    assert repairs.rounds == 1
    assert 'title: "A"\n' in repairs.files["b.md"].after.decode()
