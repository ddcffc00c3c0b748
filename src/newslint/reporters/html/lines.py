"""Source lines as they are shown, with a part of each marked."""

from functools import lru_cache
from typing import NamedTuple

from newslint.reporters.escape import visible
from newslint.text import SourceText, Span
from newslint.text.source_text import LINE_END

MOST_LINES = 6
"""How many lines of a span are shown."""

_BEFORE, _MARKED, _WIDTH = 100, 300, 500
"""How many characters of a line are shown before what is marked, of it, and in all."""

_CUT = "…"

_LINE_END = 1 << 30
"""A column that no line reaches."""


class Piece(NamedTuple):
    """A source line as it is shown: what is marked, and what stands on both sides of it."""

    before: str
    marked: str
    after: str


class Lines(NamedTuple):
    """Source lines that follow each other.

    Attributes:
        pieces: The lines.
        left_out: How many more the span goes on for.
    """

    pieces: tuple[Piece, ...] = ()
    left_out: int = 0


def lines_of(span: Span, source: SourceText) -> Lines:
    """Return the lines of a span, the part of each that is in it marked."""
    (first, column), (last, end_column) = span
    if last > first and end_column == 1:  # it ends with the line before
        last, end_column = last - 1, _LINE_END
    if first > len(source.starts) or not source.text:
        return Lines()
    until = min(last, first + MOST_LINES - 1, len(source.starts))
    end = end_column if until == last else _LINE_END
    left_out = max(0, min(last, len(source.starts)) - until)
    return Lines(_pieces(block(source, first, until), column, end), left_out)


def block(source: SourceText, first: int, last: int) -> str:
    """Return the text of the 1-based lines from `first` to `last`, with what ends them."""
    starts = source.starts
    end = starts[last] if last < len(starts) else len(source.text)
    return source.text[starts[first - 1] : end]


@lru_cache(maxsize=4096)
def _pieces(text: str, column: int, end_column: int) -> tuple[Piece, ...]:
    """Return the lines of `text`, marked from a column of the first to one of the last."""
    lines = LINE_END.split(text)
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    final = len(lines) - 1
    return tuple(
        piece(
            line,
            column - 1 if index == 0 else len(line) - len(line.lstrip()),
            end_column - 1 if index == final else len(line.rstrip()),
        )
        for index, line in enumerate(lines)
    )


def piece(line: str, start: int, end: int) -> Piece:
    """Return a line as it is shown, marked between two 0-based offsets, cut where it is long."""
    start = min(start, len(line))
    end = max(start, min(end, len(line)))
    before = line[max(0, start - _BEFORE) : start]
    marked = line[start : min(end, start + _MARKED)]
    after = line[end : end + _WIDTH - len(before) - len(marked)]
    return Piece(
        _CUT * (start > len(before)) + _shown(before),
        _shown(marked) + _CUT * (end > start + len(marked)),
        _shown(after) + _CUT * (len(line) > end + len(after)) if after.strip() else "",
    )


def _shown(text: str) -> str:
    """Return a part of a line as it is shown."""
    return text if text.isprintable() else "".join(visible(text))
