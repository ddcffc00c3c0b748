"""What a fix makes of source lines: those that go, and those that come."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from operator import eq
from typing import NamedTuple

from newslint.diagnostics import Edit
from newslint.reporters.html.lines import Piece, block, piece
from newslint.source import Position, SourceText
from newslint.source.text import LINE_END

MOST_LINES = 8
"""How many lines that go, and how many that come, are shown of one place."""

REMOVED, ADDED, LEFT_OUT = "-", "+", "…"


class Change(NamedTuple):
    """A line of a diff.

    Attributes:
        kind: `REMOVED`, `ADDED` or `LEFT_OUT`.
        line: Where a removed line stands, counted from the line of the diagnostic; of lines that
            are left out, how many they are.
        piece: The line, what differs in it marked.
    """

    kind: str
    line: int
    piece: Piece = Piece("", "", "")


class _Splice(NamedTuple):
    """The replacement of what stands between two 0-based offsets."""

    start: int
    end: int
    text: str


def changes(edits: Sequence[Edit], line: int, source: SourceText) -> tuple[Change, ...]:
    """Return what edits change.

    Args:
        edits: In order of their spans.
        line: The line, 1-based, that lines of the diff count from.
        source: The text of the file; where it does not reach as far as the edits, nothing is shown.
    """
    if any(edit.span.end.line > len(source.starts) for edit in edits) or not source.text.strip():
        return ()
    return tuple(
        change if change.kind == LEFT_OUT else change._replace(line=change.line + first - line)
        for first, last, hunk in _hunks(edits)
        for change in _changes(
            block(source, first, last), tuple(_splice(edit, first, source) for edit in hunk)
        )
    )


def _hunks(edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Yield edits that touch each other's lines together, with the first and the last line."""
    hunk: list[Edit] = []
    for edit in edits:
        if hunk and edit.span.start.line > hunk[-1].span.end.line + 1:
            yield hunk[0].span.start.line, hunk[-1].span.end.line, hunk
            hunk = []
        hunk.append(edit)
    if hunk:
        yield hunk[0].span.start.line, hunk[-1].span.end.line, hunk


def _splice(edit: Edit, first: int, source: SourceText) -> _Splice:
    """Return an edit in offsets from the start of the 1-based line `first`."""
    origin = source.offset(Position(first, 1))
    start, end = edit.span
    return _Splice(source.offset(start) - origin, source.offset(end) - origin, edit.text)


@lru_cache(maxsize=4096)
def _changes(text: str, splices: tuple[_Splice, ...]) -> tuple[Change, ...]:
    """Return the lines of `text` that change; they count from its first."""
    before, after = LINE_END.split(text), LINE_END.split(_spliced(text, splices))
    same = _alike(before, after)
    before, after = before[same:], after[same:]
    end = _alike(before[::-1], after[::-1])
    before, after = before[: len(before) - end], after[: len(after) - end]
    if len(before) == len(after):
        pairs = list(zip(before, after, strict=True))
        removed = [_differing(old, new) for old, new in pairs]
        added = [_differing(new, old) for old, new in pairs]
    else:
        removed, added = ([piece(line, 0, 0) for line in lines] for lines in (before, after))
    return (*_listed(REMOVED, removed, same), *_listed(ADDED, added, same))


def _spliced(text: str, splices: tuple[_Splice, ...]) -> str:
    """Return `text` with all replacements made."""
    for start, end, new in reversed(splices):
        text = text[:start] + new + text[end:]
    return text


def _differing(line: str, other: str) -> Piece:
    """Return `line` with what differs from `other` marked."""
    start = _alike(line, other)
    return piece(line, start, len(line) - _alike(line[start:][::-1], other[start:][::-1]))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items both start with."""
    return sum(takewhile(bool, map(eq, one, other)))


def _listed(kind: str, pieces: list[Piece], first: int) -> Iterator[Change]:
    """Yield lines that go or come, down to as many as are shown."""
    for index, each in enumerate(pieces[:MOST_LINES]):
        yield Change(kind, first + index, each)
    if len(pieces) > MOST_LINES:
        yield Change(LEFT_OUT, len(pieces) - MOST_LINES)
