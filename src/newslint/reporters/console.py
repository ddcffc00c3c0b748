"""Lines of text for a terminal: styles, wrapped words, excerpts of source lines.

rich is used for the widths of characters only: importing its console takes longer than checking
most files.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple, TextIO

from rich.cells import cell_len, chop_cells, split_graphemes

from newslint.reporters.escape import display_characters, escape_commands
from newslint.text import Span
from newslint.text.lazy_pattern import lazy_pattern

PLAIN = ""
BOLD = "1"
DIM = "2"
UNDERLINED = "1;4"
RED = "1;31"
GREEN = "32"
YELLOW = "33"
CYAN = "36"

_ELLIPSIS = "…"
_MIN_WIDTH = 20
_KEY = lazy_pattern(r"\s{0,12}(?:- )*[\w-]{1,24}: |\s{0,12}(?:- )+")
"""The key at the start of a line. An excerpt keeps it, so that readers see the field."""

_ADDRESS = lazy_pattern(r"https?://[!-~]++")
"""An address that a terminal links to. A plugin may give another one, or control characters."""


class Segment(NamedTuple):
    """A part of a line.

    Attributes:
        text: The text, without characters that move the cursor.
        style: The parameters of a terminal's style (SGR of ISO 6429), such as `1;31`; empty for
            plain text.
        rule: The rule whose name is in the text, and links to its documentation; empty for none.
    """

    text: str
    style: str = PLAIN
    rule: str = ""


StyledLine = tuple[Segment, ...]


class StyledWriter:
    """A writer of styled lines.

    Args:
        file: The output.
        width: Number of terminal cells in a line; `print` itself does not wrap.
        color: Whether to write the styles.
        addresses: Addresses of the documentation of rules; if empty, no links are written.
    """

    def __init__(
        self, file: TextIO, width: int, *, color: bool, addresses: Mapping[str, str] | None = None
    ) -> None:
        self.width = width
        self._file = file
        self._color = color
        self._addresses = addresses or {}

    def print(self, lines: Iterable[StyledLine]) -> None:
        """Print lines."""
        self._file.writelines(f"{self._format(line)}\n" for line in lines)

    def _format(self, line: StyledLine) -> str:
        """Join the segments of a line, with their styles and links if these are on."""
        if self._color or self._addresses:
            return "".join(map(self._format_segment, line))
        return escape_commands("".join(segment.text for segment in line))

    def _format_segment(self, segment: Segment) -> str:
        """Add the control sequences of its style and its link to the text of a segment."""
        text, style = escape_commands(segment.text), segment.style
        address = self._addresses.get(segment.rule, "")
        if _ADDRESS.fullmatch(address):
            link = f"\x1b]8;;{address}\x1b\\{segment.rule}\x1b]8;;\x1b\\"
            text = text.replace(segment.rule, link, 1)
        return f"\x1b[{style}m{text}\x1b[0m" if self._color and style and text else text


def bold(style: str) -> str:
    """Make a style bold."""
    return style if style.startswith(BOLD) else f"{BOLD};{style}"


def wrap_words(words: Iterable[str], width: int, indent: str, hanging: str = "") -> Iterator[str]:
    """Join words by blanks, and wrap them into lines of at most `width` terminal cells.

    A word that is too long for a line stays whole, so that people can copy it, unless it has wide
    characters, whose scripts put no blanks between words. A path or URL is never broken.

    Args:
        words: The words.
        width: Number of terminal cells in a line.
        indent: The start of the first line.
        hanging: The start of the other lines; `indent` if it is empty.
    """
    line = ""
    for word in _break_wide_words(words, width - max(len(indent), len(hanging))):
        longer = f"{line} {word}" if line else f"{indent}{word}"
        if line and cell_len(longer) > width:
            yield line
            indent = hanging or indent
            longer = f"{indent}{word}"
        line = longer
    yield line


def _break_wide_words(words: Iterable[str], width: int) -> Iterator[str]:
    """Yield words; break those that have wide characters, no slash, and more than `width` cells."""
    for word in words:
        if "/" in word or len(word) == cell_len(word) or cell_len(word) <= width:
            yield word
        else:
            yield from chop_cells(word, width)


class Excerpt(NamedTuple):
    """A part of a source line.

    Attributes:
        line: The text, safe to print.
        start: The 0-based terminal cell of the first marked character.
        width: Number of marked cells: at least one.
    """

    line: str
    start: int
    width: int


def excerpt_line(line: str, span: Span, width: int) -> Excerpt:
    """Cut the part out of a line that shows a span.

    Args:
        line: The source line that the span starts in, without its line end.
        span: The marked span; to the end of the line if it ends on a later one.
        width: Number of terminal cells in the excerpt.
    """
    width = max(width, _MIN_WIDTH)
    first, last = _marked_columns(line, span)
    line = line[: max(len(line.rstrip()), last)]
    skipped = max(0, first - 8 * width)
    shown = _DisplayLine(line[skipped : last + 8 * width], first - skipped, last - skipped)
    cells = shown.cells
    if not skipped and sum(cells) <= width:
        return shown.excerpt("", 0, len(cells))
    if not skipped and _fits_from_start(shown, width):
        return shown.excerpt("", 0, _last_fitting(cells, 0, width - 1))
    key = _KEY.match(line[: shown.first + skipped])
    head = "".join(display_characters(key[0])) if key else ""
    room = width - cell_len(head) - 2
    return shown.excerpt(head + _ELLIPSIS, *_window(cells, shown.first, shown.last, room))


def _marked_columns(line: str, span: Span) -> tuple[int, int]:
    """Compute the 0-based columns of `line` between which the span lies."""
    first = min(span.start.column - 1, len(line))
    if span.end.line > span.start.line:
        return first, max(first, len(line.rstrip()))
    return first, max(first, min(span.end.column - 1, len(line)))


class _DisplayLine:
    """A part of a line as a terminal displays it: clusters of characters that share their cells.

    Attributes:
        clusters: The text of each cluster.
        cells: Number of terminal cells of each cluster.
        first: The index of the first marked cluster.
        last: The index after the last marked cluster.
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

    def excerpt(self, head: str, start: int, end: int) -> Excerpt:
        """Build the excerpt of `head` and the clusters from `start` to `end`."""
        tail = _ELLIPSIS if end < len(self.clusters) else ""
        line = head + "".join(self.clusters[start:end]) + tail
        before = cell_len(head) + sum(self.cells[start : self.first])
        marked = sum(self.cells[self.first : min(self.last, end)])
        return Excerpt(line, before, max(marked, 1))


def _fits_from_start(shown: _DisplayLine, width: int) -> bool:
    """Check if an excerpt from the start of the line shows enough of the marked part."""
    cells = shown.cells
    return sum(cells[: shown.last]) < width or sum(cells[: shown.first]) <= width // 3


def _last_fitting(cells: list[int], start: int, room: int) -> int:
    """Find the index after the last cluster from `start` on that fits into `room` cells."""
    return start + sum(total <= room for total in accumulate(cells[start:]))


def _first_fitting(cells: list[int], end: int, room: int) -> int:
    """Find the index of the first cluster before `end` that fits into `room` cells."""
    return end - sum(total <= room for total in accumulate(reversed(cells[:end])))


def _window(cells: list[int], first: int, last: int, room: int) -> tuple[int, int]:
    """Choose the clusters around the marked ones, `first` to `last`, that fill `room` cells."""
    marked = sum(cells[first:last])
    start = _first_fitting(cells, first, max((room - marked) // 2, room // 5))
    end = _last_fitting(cells, start, room)
    return _first_fitting(cells, start, room - sum(cells[start:end])), end
