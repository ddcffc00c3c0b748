"""Verification of fixed files."""

import pytest

from helpers import parsed
from newslint.diagnostics import Diagnostic, Edit, Fix, Safety, Severity
from newslint.engine.edits import splices
from newslint.engine.verification import is_intended_change
from newslint.text import Location, SourceText
from newslint.text.location import splice

RECORD = """\
---
# of the record
title: &t old  # of the title
excerpt: *t
related:
  - a: 1  # of a
  # of b
  - b: 2
kept: {<<: {x: y}, z: [1, 2.0]}
---
The body.
"""


def fix(
    pointer: str,
    *edits: tuple[str, str],
    removes: str = "",
    everywhere: bool = False,
    text: str = RECORD,
) -> Diagnostic:
    """A diagnostic whose fix replaces texts by others."""
    source = SourceText(text)
    made = []
    for old, new in edits:
        start = text.index(old)
        made.append(Edit(source.span(start, start + len(old)), new))
    cure = Fix("Repair", Safety.SAFE, tuple(made), removes, everywhere)
    place = Location("a.md", pointer, made[0].span)
    return Diagnostic("made-up", "text", Severity.ERROR, "wrong", place, local_fix=cure)


def accepts(*applied: Diagnostic, text: str = RECORD) -> bool:
    source = SourceText(text)
    after = splice(text, splices(source, [each.fix for each in applied if each.fix]))
    return is_intended_change(parsed(text), parsed(after), applied)


@pytest.mark.parametrize(
    "applied",
    [
        (fix("/kept/x", ("y", "n")),),
        (fix("/kept/z/1", ("2.0", "3")), fix("/kept/z/0", ("1,", "7,"))),
        (fix("", ("The body.", "A body.")),),
        (fix("", ("# of the record", "")),),
        (fix("", ("# of b", "# c")),),
        (fix("/related/0/a", ("  - a: 1  # of a\n", ""), removes="/related/0"),),
        (fix("/title", ("old", "new"), everywhere=True),),
        (fix("/excerpt", ("*t", "new")),),
        (fix("/title", ("old", "new")), fix("/excerpt", ("*t", "other"))),
    ],
)
def test_what_fixes_name_may_change(applied: tuple[Diagnostic, ...]) -> None:
    assert accepts(*applied)


@pytest.mark.parametrize(
    "applied",
    [
        (fix("/kept/x", ("2.0", "3")),),
        (fix("/kept/z/1", ("2.0", "2")), fix("/kept/x", ("1,", "7,"))),
        (fix("/kept/z/1", ("2.0", "2, 3")),),
        (fix("/kept/z/1", ("2.0", '"')),),
        (fix("/title", ("The body.", "A body."), everywhere=True),),
        (fix("/title", ("old", "old\n---\nrelated: []"), everywhere=True),),
        (fix("", ("2.0", "3")),),
        (fix("", ("The body.", "A body.")), fix("/title", ("# of b", "# c"))),
    ],
)
def test_nothing_else_may_change(applied: tuple[Diagnostic, ...]) -> None:
    assert not accepts(*applied)


@pytest.mark.parametrize(
    "applied",
    [
        fix("/title", ("old  # of the title", "new"), everywhere=True),
        fix("/title", ("old  # of the title", "new  # of a title"), everywhere=True),
        fix("/kept/x", ("# of the record", "")),
        fix("/related/0/a", ("  - a: 1  # of a\n", ""), ("# of b", "")),
    ],
)
def test_a_comment_that_no_fix_is_about_stays(applied: Diagnostic) -> None:
    assert not accepts(applied)


def test_a_fix_that_is_right_in_its_place_only_changes_no_alias_of_it() -> None:
    assert not accepts(fix("/title", ("old", "new")))
    assert not accepts(fix("/excerpt", ("old", "new")))


def test_what_is_wrong_by_itself_is_mended_at_every_alias() -> None:
    text = "---\nbase: &b {a: [old]}\none: *b\ntwo: {<<: *b, c: 1}\n---\n"
    assert accepts(fix("/base/a/0", ("old", "new"), everywhere=True, text=text), text=text)
    assert not accepts(fix("/base/a/0", ("old", "new"), text=text), text=text)


def test_an_entry_stays_that_an_alias_elsewhere_stands_for() -> None:
    text = "---\nrelated: &r\n  - a: 1\n  - b: 2\nother: *r\n---\n"
    gone = fix("/related/0/a", ("  - a: 1\n", ""), removes="/related/0", text=text)
    assert not accepts(gone, text=text)


def test_what_could_not_be_read_may_be_read_then() -> None:
    text = "---\ntitle: 'old\n---\n"
    assert accepts(fix("", ("'old", "old"), text=text), text=text)
