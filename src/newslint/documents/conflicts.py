"""Unresolved merge conflicts."""

import re

from newslint.syntax.problem import Problem
from newslint.text.source_text import SourceText

_CONFLICT_MARKS = tuple(
    re.compile(rf"(?:(?<=[\r\n])|\A){mark}{{7}}(?=[ \r\n]|\Z)[^\r\n]*") for mark in "<=>"
)
_CONFLICT_NOTES = ("the two sides are separated here", "the conflict ends here")


def find_conflict(source: SourceText, start: int, end: int) -> Problem | None:
    """Find an unresolved merge conflict that starts in a part of a file.

    Args:
        source: The file.
        start: The 0-based offset of the part.
        end: The offset of its end.

    Returns:
        A problem without a rule, since that depends on the syntax.
    """
    first, middle, last = _CONFLICT_MARKS
    opening = first.search(source.text, start)
    if opening is None or opening.start() >= end:
        return None
    separator = middle.search(source.text, opening.end())
    closing = last.search(source.text, separator.end()) if separator else None
    if separator is None or closing is None:
        return None
    message = (
        "unresolved merge conflict: keep what is right of both sides, and delete the lines "
        "'<<<<<<<', '=======' and '>>>>>>>'"
    )
    spans = (source.span(*each.span()) for each in (separator, closing))
    related = tuple(zip(spans, _CONFLICT_NOTES, strict=True))
    return Problem("", message, source.span(*opening.span()), related=related)
