"""Where the text report is printed: lines made of pieces, each in its style.

rich could do it, and takes longer to import than most files to check.
"""

from collections.abc import Iterable
from typing import NamedTuple, TextIO

PLAIN = ""
BOLD = "1"
DIM = "2"
UNDERLINED = "1;4"
RED = "1;31"
GREEN = "32"
YELLOW = "33"
CYAN = "36"


class Piece(NamedTuple):
    """A part of a line.

    Attributes:
        text: What it says; nothing in it moves the cursor.
        style: What a terminal calls its looks (ISO 6429, SGR), such as `1;31`; empty for plain.
    """

    text: str
    style: str = PLAIN


Line = tuple[Piece, ...]


class Page:
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

    def print(self, lines: Iterable[Line]) -> None:
        """Print lines, each as long as it is."""
        self._file.writelines(f"{self._shown(line)}\n" for line in lines)

    def _shown(self, line: Line) -> str:
        """Return a line as it is written."""
        return "".join(map(_styled if self._color else _text, line))


def _styled(piece: Piece) -> str:
    """Return a piece with what makes a terminal show its style."""
    text, style = piece
    return f"\x1b[{style}m{text}\x1b[0m" if style and text else text


def _text(piece: Piece) -> str:
    """Return a piece without its style."""
    return piece.text


def bold(style: str) -> str:
    """Return a style made bold."""
    return style if style.startswith(BOLD) else f"{BOLD};{style}"
