"""Breaks text into lines without breaking what people copy."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len, chop_cells


def wrapped(words: Iterable[str], width: int, indent: str, hanging: str = "") -> Iterator[str]:
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
