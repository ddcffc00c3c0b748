"""Lines of text for a terminal: styles, wrapped words, excerpts of source lines."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple, TextIO

from rich.cells import cell_len, chop_cells, split_graphemes

from newslint.reporters.escape import display_characters
from newslint.text import Span

PLAIN = ""
BOLD = "1"
DIM = "2"
UNDERLINED = "1;4"
RED = "1;31"
GREEN = "32"
YELLOW = "33"
CYAN = "36"


class Segment(NamedTuple):
    """A part of a line.

    Attributes:
        text: What it says; nothing in it moves the cursor.
        style: What a terminal calls its looks (ISO 6429, SGR), such as `1;31`; empty for plain.
    """

    text: str
    style: str = PLAIN


StyledLine = tuple[Segment, ...]


class StyledWriter:
    """Where lines are printed.

    Args:
        file: What they are written to.
        width: How many terminal cells wide it is.
        color: Whether styles are shown.
    """

    def __init__(self, file: TextIO, width: int, *, color: bool) -> None:
        self.width = width
        self._file = file
        self._color = color

    def print(self, lines: Iterable[StyledLine]) -> None:
        """Print lines, each as long as it is."""
        self._file.writelines(f"{self._shown(line)}\n" for line in lines)

    def _shown(self, line: StyledLine) -> str:
        """Return a line as it is written."""
        return "".join(map(_styled if self._color else _text, line))


def _styled(piece: Segment) -> str:
    """Return a piece with what makes a terminal show its style."""
    text, style = piece
    return f"\x1b[{style}m{text}\x1b[0m" if style and text else text


def _text(piece: Segment) -> str:
    """Return a piece without its style."""
    return piece.text


def bold(style: str) -> str:
    """Return a style made bold."""
    return style if style.startswith(BOLD) else f"{BOLD};{style}"


def wrap_words(words: Iterable[str], width: int, indent: str, hanging: str = "") -> Iterator[str]:
    """Yield lines of at most `width` terminal cells where the words allow it.

    A word is broken only where it is too long for a line and holds wide characters, whose scripts
    put no blanks between words; one with a slash never, since it is a path or a URL.

    Args:
        words: What to join by blanks.
        width: Number of cells.
        indent: What every line starts with.
        hanging: What lines after the first start with, if not with `indent`.
    """
    line = ""
    for word in _broken(words, width - max(len(indent), len(hanging))):
        longer = f"{line} {word}" if line else f"{indent}{word}"
        if line and cell_len(longer) > width:
            yield line
            indent = hanging or indent
            longer = f"{indent}{word}"
        line = longer
    yield line


def _broken(words: Iterable[str], room: int) -> Iterator[str]:
    """Yield `words`, those broken that may be and must be."""
    for word in words:
        if "/" in word or len(word) == cell_len(word) or cell_len(word) <= room:
            yield word
        else:
            yield from chop_cells(word, room)


_ELLIPSIS = "…"
_LEAST = 20
_KEY = re.compile(r"\s{0,12}(?:- )*[\w-]{1,24}: |\s{0,12}(?:- )+")
"""The key that a line starts with. It stays when what follows is cut, so one sees the field."""


class Excerpt(NamedTuple):
    """Part of a source line.

    Attributes:
        line: The text shown: nothing in it moves the cursor.
        start: How many terminal cells come before the underlined part.
        width: How many cells are underlined: at least one.
    """

    line: str
    start: int
    width: int


def excerpt_line(line: str, span: Span, width: int) -> Excerpt:
    """Return what to show of the line that `span` starts in.

    Args:
        line: The source line without what ends it.
        span: What to underline: to the end of the line where it goes on below.
        width: Number of terminal cells there are.
    """
    width = max(width, _LEAST)
    first, last = _marked(line, span)
    line = line[: max(len(line.rstrip()), last)]
    skipped = max(0, first - 8 * width)
    shown = _DisplayLine(line[skipped : last + 8 * width], first - skipped, last - skipped)
    cells = shown.cells
    if not skipped and sum(cells) <= width:
        return shown.between("", 0, len(cells))
    if not skipped and _starts_near(cells, shown, width):
        return shown.between("", 0, _fitting(cells, 0, width - 1))
    key = _KEY.match(line[: shown.first + skipped])
    head = "".join(display_characters(key[0])) if key else ""
    room = width - cell_len(head) - 2
    return shown.between(head + _ELLIPSIS, *_window(cells, shown.first, shown.last, room))


def _marked(line: str, span: Span) -> tuple[int, int]:
    """Return the 0-based columns between which `line` is underlined."""
    first = min(span.start.column - 1, len(line))
    if span.end.line > span.start.line:
        return first, max(first, len(line.rstrip()))
    return first, max(first, min(span.end.column - 1, len(line)))


class _DisplayLine:
    """A part of a line as it is shown: clusters of characters that share their cells.

    Attributes:
        clusters: The text of each.
        cells: How wide each of them is.
        first: Index of the first that is underlined.
        last: Index after the last.
    """

    def __init__(self, part: str, first: int, last: int) -> None:
        pieces = display_characters(part)
        text = "".join(pieces)
        offsets = [0, *accumulate(map(len, pieces))]
        spans, _ = split_graphemes(text)
        self.clusters = [text[start:end] for start, end, _ in spans]
        self.cells = [width for *_, width in spans]
        self.first = sum(end <= offsets[first] for _, end, _ in spans)
        self.last = max(self.first, sum(start < offsets[last] for start, *_ in spans))

    def between(self, head: str, start: int, end: int) -> Excerpt:
        """Return the excerpt that shows `head`, then the clusters from `start` to `end`."""
        tail = _ELLIPSIS if end < len(self.clusters) else ""
        line = head + "".join(self.clusters[start:end]) + tail
        before = cell_len(head) + sum(self.cells[start : self.first])
        under = sum(self.cells[self.first : min(self.last, end)])
        return Excerpt(line, before, max(under, 1))


def _starts_near(cells: list[int], shown: _DisplayLine, width: int) -> bool:
    """Tell whether the line can be shown from its beginning on, with enough of what is marked."""
    return sum(cells[: shown.last]) < width or sum(cells[: shown.first]) <= width // 3


def _fitting(cells: list[int], start: int, room: int) -> int:
    """Return the index after the last cluster from `start` on that fits into `room` cells."""
    return start + sum(total <= room for total in accumulate(cells[start:]))


def _window(cells: list[int], first: int, last: int, room: int) -> tuple[int, int]:
    """Return the part of a line that fits into `room` cells around its clusters first to last."""
    marked = sum(cells[first:last])
    start = _reached(cells, first, max((room - marked) // 2, room // 5))
    end = _fitting(cells, start, room)
    return _reached(cells, start, room - sum(cells[start:end])), end


def _reached(cells: list[int], start: int, room: int) -> int:
    """Return the index of the first cluster before `start` that fits into `room` cells."""
    return start - sum(total <= room for total in accumulate(reversed(cells[:start])))
