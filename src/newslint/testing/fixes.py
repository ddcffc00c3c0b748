"""Applying fixes to texts, and comparing the values before and after."""

from collections.abc import Iterable
from typing import Any

from newslint.diagnostics import Edit, Fix
from newslint.documents import Document
from newslint.text import SourceText


def apply_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """Apply fixes to a text; a fix that overlaps an earlier one is skipped."""
    source = SourceText(text)
    splices: list[tuple[int, int, str]] = []
    for fix in fixes:
        edits = [_splice(source, edit) for edit in fix.edits]
        if not any(_overlap(one, other) for one in edits for other in splices):
            splices += edits
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def changed_values(before: Document, after: Document) -> set[str]:
    """Compare two versions of a file and collect the pointers of the values that differ.

    A value with aliases is compared at its anchor only, because it is written there.
    """
    old, new = _scalars(before), _scalars(after)
    missing = object()
    return {key for key in old | new if old.get(key, missing) != new.get(key, missing)}


def _scalars(document: Document) -> dict[str, Any]:
    """Collect the values of a file by pointer."""
    return {
        f"{number or ''}{each.pointer}": each.python
        for number, root in enumerate(document.roots)
        for each in root.scalars()
    }


def _splice(source: SourceText, edit: Edit) -> tuple[int, int, str]:
    """Convert an edit to 0-based offsets and the new text."""
    return source.offset(edit.span.start), source.offset(edit.span.end), edit.text


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Check whether two splices share a character."""
    return one[0] < other[1] and other[0] < one[1]
