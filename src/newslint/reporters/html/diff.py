"""What a fix makes of source lines: those that go, and those that come."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from operator import eq
from typing import NamedTuple

from newslint.diagnostics import Edit
from newslint.reporters.html.lines import Piece, block, piece
from newslint.text import Position, SourceText
from newslint.text.location import splice
from newslint.text.source_text import LINE_END

MOST_LINES = 8
"""How many lines that go, and how many that come, are shown of one place."""

REMOVED, ADDED, LEFT_OUT = "-", "+", "…"


class Change(NamedTuple):
    """A line of a diff.

    Attributes:
        kind: `REMOVED`, `ADDED` or `LEFT_OUT`.
        line: Where it stands or stood, counted from the first line of the hunk; of lines that are
            left out, how many they are.
        piece: The line, what differs in it marked.
    """

    kind: str
    line: int
    piece: Piece = Piece("", "", "")


class Hunk(NamedTuple):
    """What edits change that touch each other's lines.

    Attributes:
        line: Where its first line stands, counted from the line of the diagnostic.
        changes: The lines that change.
    """

    line: int
    changes: tuple[Change, ...]


class _Splice(NamedTuple):
    """The replacement of what stands between two 0-based offsets."""

    start: int
    end: int
    text: str


def hunks(edits: Sequence[Edit], line: int, source: SourceText) -> tuple[Hunk, ...]:
    """Return what edits change.

    Args:
        edits: In order of their spans.
        line: The line of the diagnostic, 1-based.
        source: The text of the file; where it does not reach as far as the edits, nothing is shown.
    """
    if any(edit.span.end.line > len(source.starts) for edit in edits) or not source.text:
        return ()
    return tuple(_hunk(group, line, source) for group in _groups(edits))


def _groups(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Yield edits that touch each other's lines together."""
    group: list[Edit] = []
    for edit in edits:
        if group and edit.span.start.line > group[-1].span.end.line + 1:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _hunk(edits: Sequence[Edit], line: int, source: SourceText) -> Hunk:
    """Return what neighbouring edits change."""
    first = edits[0].span.start.line
    end, text = edits[-1].span.end, edits[-1].text
    stays = end.line > first and end.column == 1 and (not text or text.endswith("\n"))
    splices = tuple(_splice(edit, first, source) for edit in edits)
    return Hunk(first - line, _changes(block(source, first, end.line - stays), splices))


def _splice(edit: Edit, first: int, source: SourceText) -> _Splice:
    """Return an edit in offsets from the start of the 1-based line `first`."""
    origin = source.offset(Position(first, 1))
    start, end = edit.span
    return _Splice(source.offset(start) - origin, source.offset(end) - origin, edit.text)


@lru_cache(maxsize=4096)
def _changes(text: str, splices: tuple[_Splice, ...]) -> tuple[Change, ...]:
    """Return the lines of `text` that change; they count from its first."""
    before, after = LINE_END.split(text), LINE_END.split(splice(text, splices))
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
