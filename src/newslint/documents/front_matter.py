"""The fences around front matter."""

import re
from typing import NamedTuple

from newslint.syntax.layout import Layout
from newslint.syntax.problem import Problem
from newslint.syntax.protocol import Syntax
from newslint.syntax.registry import DEFAULT_SYNTAX, get_syntax
from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

_OPEN = re.compile(rf"{BYTE_ORDER_MARK}?---[ \t]*(\r\n|\n|\r|\Z)")
# `---` or `...` with a blank after it never is part of a value, even if text follows.
_CLOSING = r"((?:---|\.\.\.)(?:[ \t]*(?:\r\n|\n|\r|\Z)|([ \t]+)))"
_CLOSE = re.compile(rf"\n{_CLOSING}")  # this is many times faster, since it starts with a literal
_CLOSE_CR = re.compile(rf"[\r\n]{_CLOSING}")
CONFLICT = "<<<<<<< "
"""The start of the line that a merge conflict starts with."""


class FrontMatter(NamedTuple):
    """The parts of a file, as 0-based offsets into its text.

    Attributes:
        start: The start of the front matter, below its opening fence.
        end: Its end, and start of the closing fence.
        body: The start of the text after the closing fence.
        language: The name of its syntax.
    """

    start: int
    end: int
    body: int
    language: str = DEFAULT_SYNTAX

    @property
    def syntax(self) -> Syntax:
        """Its syntax."""
        return get_syntax(self.language)

    def may_have_comments(self, text: str) -> bool:
        """Check quickly if there may be a comment in it."""
        return text.find("#", self.start, self.end) >= 0 and self.syntax.has_comments

    def layout(self, source: SourceText) -> Layout:
        """Find its comments and tokens."""
        return self.syntax.find_layout(source, self.start, self.end)


def find_front_matter(source: SourceText) -> FrontMatter | Problem:
    """Find the front matter of a file, or the problem if there is none."""
    text = source.text
    opened = _OPEN.match(text)
    if opened is None:
        first_visible = len(text) - len(text.lstrip())
        return _find_conflict(source, FrontMatter(0, first_visible + 1, 0)) or _explain_missing(
            source
        )
    start = opened.end()
    closing = _CLOSE_CR if opened[1] == "\r" else _CLOSE
    closed = closing.search(text, start - len(opened[1][-1:]))
    end = closed.start(1) if closed else len(text)
    conflict = _find_conflict(source, FrontMatter(start, end, end))
    if conflict is not None:
        return conflict
    if closed is None or closed[2]:
        return _explain_unclosed(source, start, end if closed else None)
    return FrontMatter(start, end, closed.end())


def whole_file(source: SourceText, language: str) -> FrontMatter | Problem:
    """Treat a whole file as front matter, or report the merge conflict in it."""
    start, end = int(source.text.startswith(BYTE_ORDER_MARK)), len(source.text)
    found = FrontMatter(start, end, end, language)
    return _find_conflict(source, found) or found


def _find_conflict(source: SourceText, place: FrontMatter) -> Problem | None:
    """Find a merge conflict that starts in front matter."""
    if CONFLICT not in source.text:
        return None
    from newslint.documents.conflicts import find_conflict  # most files have none

    found = find_conflict(source, place.start, place.end)
    return found and found._replace(rule=place.syntax.syntax_rule)


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
