"""Fixes repair values in any YAML style and change nothing else."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broken_records import FIXABLE, Archive, archive_of, broken_records, shared_records
from helpers import selection
from newslint.diagnostics import Diagnostic, Safety, Severity
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.fixed_file import FixResult
from newslint.execution.fixing import fix_files
from newslint.execution.workspace import Workspace
from newslint.rules.builtin import BUILTIN
from newslint.text.control_characters import FORBIDDEN
from oracle import loads

CASES = Path(__file__).parent.parent / "cases"
BY_ID = {rule.id: rule for rule in BUILTIN}


def found(archive: Archive, *select: str) -> tuple[Diagnostic, ...]:
    request = CheckRequest.create([archive.file], archive.folder, select=select)
    return tuple(run_check(request).report.diagnostics)


def repair(archive: Archive, *select: str) -> tuple[tuple[Diagnostic, ...], FixResult]:
    """Apply the fixes of rules to the record, and write it; return what they report before, too."""
    workspace = Workspace(CheckRequest.create([archive.file], archive.folder, select=select))
    before = tuple(workspace.report().diagnostics)
    repairs = fix_files(workspace, frozenset(Safety))
    assert repairs.failures == ()
    assert repairs.settled
    for file in repairs.files.values():
        file.path.write_bytes(file.after)
    return before, repairs


def worse(before: Sequence[Diagnostic], after: Sequence[Diagnostic], level: Severity) -> set[str]:
    """The rules of at least a severity that report more than before."""
    new = Counter(each.rule for each in after) - Counter(each.rule for each in before)
    return {rule for rule in new if BY_ID[rule].severity.reaches(level)}


def with_edits(text: str, applied: Sequence[Diagnostic]) -> str:
    """`text` with the edits of fixes, found by line and column."""
    starts = [0, *(end.end() for end in re.finditer(r"\r\n|\n|\r", text))]
    edits = sorted(edit for each in applied if each.fix for edit in each.fix.edits)
    for (start, end), new in reversed(edits):
        first, last = (starts[line - 1] + column - 1 for line, column in (start, end))
        text = text[:first] + new + text[last:]
    return text


def values(text: str) -> dict[str, Any]:
    """The values of a file's front matter by pointer, as PyYAML reads them."""
    front = re.split(r"(?m)^---\r?$", FORBIDDEN.sub("x", text.removeprefix("\ufeff")))[1]
    roots = loads(front.replace("\r\n", "\n"))
    assert roots is not None
    return dict(leaves(roots[0], ""))


def leaves(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    children = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in children:
        if isinstance(child, (dict, list)) and child:
            yield from leaves(child, f"{pointer}/{key}")
        else:
            yield f"{pointer}/{key}", child


def hold_values(
    before: str, after: str, fixed: Sequence[Diagnostic], shared: str | None = None
) -> None:
    """Hold that the values differ at the named pointers only, and the entries that are gone.

    The alias at `shared` may be fixed along with its anchor.
    """
    old, new = values(before), values(after)
    named = {each.location.pointer for each in fixed}
    if shared and any(each.fix and each.fix.everywhere for each in fixed):
        named |= {key for key in old if key.startswith(shared)}
    removed = sum(bool(each.fix and each.fix.removes) for each in fixed)
    if removed:  # the index then points at another entry
        hold_entries(old, new, named, removed)
        old, new = (
            {key: value for key, value in some.items() if not key.startswith("/related")}
            for some in (old, new)
        )
    assert {key for key in old | new if old.get(key) != new.get(key)} <= named


def hold_entries(old: dict[str, Any], new: dict[str, Any], named: set[str], removed: int) -> None:
    """Hold that entries are gone and all others are there, but for the fields that are named."""
    fields = {key.split("/", 3)[3] for key in named if key.startswith("/related/")}
    before, after = (entries(some, fields) for some in (old, new))
    assert after <= before
    assert before.total() - after.total() == removed


def entries(some: dict[str, Any], without: set[str]) -> Counter[str]:
    """The entries of `related` as texts, without some of their fields."""
    found: dict[str, list[str]] = {}
    for key, value in some.items():
        match = re.match(r"/related/(\d+)/(.*)", key)
        if match and match[2] not in without:
            found.setdefault(match[1], []).append(f"{match[2]}: {value}")
    return Counter(map(str, found.values()))


@pytest.mark.parametrize("rule", FIXABLE)
@settings(max_examples=12)
@given(data=st.data())
def test_a_rule_is_cured_and_nothing_else_changes(rule: str, data: st.DataObject) -> None:
    text = data.draw(broken_records([rule]))
    with TemporaryDirectory(prefix="newslint-") as name:
        archive = archive_of(Path(name).resolve(), text)
        before = found(archive, "all")
        broken, repairs = repair(archive, *selection(rule))
        assert {each.rule for each in broken if each.fix} >= {rule}
        after = archive.file.read_bytes().decode()
        cured = [each for each in repairs.fixed if each.rule == rule]
        if repairs.rounds == 1:
            assert after == with_edits(text, repairs.fixed)
        hold_values(text, after, repairs.fixed)
        left, again = repair(archive, *selection(rule))
        assert not [each for each in left if each.rule == rule]
        assert again.files == {}
        assert cured
        assert worse(before, found(archive, "all"), BY_ID[rule].severity) == set()


@settings(max_examples=30)
@given(st.data())
def test_all_rules_together_settle_within_three_rounds(data: st.DataObject) -> None:
    rules = data.draw(st.sets(st.sampled_from(FIXABLE), min_size=2, max_size=9))
    with TemporaryDirectory(prefix="newslint-") as name:
        archive = archive_of(Path(name).resolve(), data.draw(broken_records(rules)))
        before, repairs = repair(archive, "all")
        after, again = repair(archive, "all")
        assert repairs.rounds <= 3
        assert not [each for each in after if each.fix]
        assert again.files == {}
        mildest = max((each.severity for each in repairs.fixed), key=lambda each: each.rank)
        assert worse(before, after, mildest) == set()


@settings(max_examples=30)
@given(st.data())
def test_no_fix_is_offered_that_would_change_what_an_alias_stands_for(data: st.DataObject) -> None:
    rules = data.draw(st.sets(st.sampled_from(FIXABLE), min_size=1, max_size=4))
    with TemporaryDirectory(prefix="newslint-") as name:
        text = data.draw(shared_records(rules))
        archive = archive_of(Path(name).resolve(), text)
        _, repairs = repair(archive, "all")
        hold_values(text, archive.file.read_bytes().decode(), repairs.fixed, shared="/x-after")
        _, again = repair(archive, "all")
        assert again.files == {}


def test_every_fixable_rule_is_held_against_these_properties() -> None:
    in_cases = {folder.parent.parent.name for folder in CASES.glob("*/*/fixed")}
    in_examples = {
        rule.id for rule in BUILTIN for example in rule.examples if example.fixed is not None
    }
    assert sorted(in_cases | in_examples) == FIXABLE
