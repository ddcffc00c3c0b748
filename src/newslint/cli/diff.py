"""Shows how a file changes."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from newslint.reporters.escape import visible

if TYPE_CHECKING:
    from newslint.documents import Document


def diff_lines(before: "Document", after: "Document") -> Iterator[str]:
    """Yield the lines of a unified diff, secrets masked and with nothing a terminal acts upon.

    Line ends are shown only where nothing else tells two lines apart.
    """
    from difflib import unified_diff

    old, new = _lines(before), _lines(after)
    shows_ends = [line.rstrip("\r\n") for line in old] == [line.rstrip("\r\n") for line in new]
    if not shows_ends:
        old, new = ([line.rstrip("\r\n") for line in lines] for lines in (old, new))
    name = before.path
    for line in unified_diff(old, new, name, name, lineterm=""):
        yield "".join(visible(line.removesuffix("\n")))


def _lines(document: "Document") -> list[str]:
    """Return the lines of a file with what ends them, secrets masked."""
    from newslint.records import masked

    source = masked(document)
    starts = [*source.starts, len(source.text)]
    lines = [source.text[start:end] for start, end in pairwise(starts)]
    return lines if lines[-1] else lines[:-1]
