"""The fences around front matter."""

import re
from typing import NamedTuple

from newslint.syntax.problem import Problem
from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

_OPEN = re.compile(rf"{BYTE_ORDER_MARK}?---[ \t]*(\r\n|\n|\r|\Z)")
# In YAML, `---` or `...` with a blank after it never is part of a value, even if text follows.
_CLOSING = r"((?:---|\.\.\.)(?:[ \t]*(?:\r\n|\n|\r|\Z)|([ \t]+)))"
_CLOSE = re.compile(rf"\n{_CLOSING}")  # this is many times faster, since it starts with a literal
_CLOSE_CR = re.compile(rf"[\r\n]{_CLOSING}")
CONFLICT = "<<<<<<< "
"""The start of the line that a merge conflict starts with."""


class FrontMatter(NamedTuple):
    """The parts of a file, as 0-based offsets into its text.

    Attributes:
        start: The start of the YAML.
        end: The end of the YAML, and start of the closing fence.
        body: The start of the text after the closing fence.
    """

    start: int
    end: int
    body: int


def find_front_matter(source: SourceText) -> FrontMatter | Problem:
    """Find the front matter of a file, or the problem if there is none."""
    text = source.text
    opened = _OPEN.match(text)
    if opened is None:
        first_visible = len(text) - len(text.lstrip())
        return _find_conflict(source, 0, first_visible + 1) or _explain_missing(source)
    start = opened.end()
    closing = _CLOSE_CR if opened[1] == "\r" else _CLOSE
    closed = closing.search(text, start - len(opened[1][-1:]))
    end = closed.start(1) if closed else len(text)
    conflict = _find_conflict(source, start, end)
    if conflict is not None:
        return conflict
    if closed is None or closed[2]:
        return _explain_unclosed(source, start, end if closed else None)
    return FrontMatter(start, end, closed.end())


def whole_file(source: SourceText) -> FrontMatter | Problem:
    """Treat a whole file as front matter, or report the merge conflict in it."""
    start, end = int(source.text.startswith(BYTE_ORDER_MARK)), len(source.text)
    return _find_conflict(source, start, end) or FrontMatter(start, end, end)


def _find_conflict(source: SourceText, start: int, end: int) -> Problem | None:
    """Find a merge conflict that starts between two offsets."""
    if CONFLICT not in source.text:
        return None
    from newslint.documents.conflicts import find_conflict  # most files have none

    return find_conflict(source, start, end)


def _explain_missing(source: SourceText) -> Problem:
    """Explain why a file that does not start with a fence has no front matter."""
    from newslint.documents.fences import explain_missing  # most files need no explanation

    return explain_missing(source)


def _explain_unclosed(source: SourceText, start: int, false_end: int | None) -> Problem:
    """Explain front matter without a closing fence, or with a line that is nearly one."""
    from newslint.documents.fences import explain_false_end, explain_unclosed  # as above

    if false_end is None:
        return explain_unclosed(source, start)
    return explain_false_end(source, false_end)
