"""The fences around front matter."""

from functools import cache
from typing import NamedTuple

from newslint.syntax.fence import Fence
from newslint.syntax.layout import Layout
from newslint.syntax.problem import Problem
from newslint.syntax.protocol import Syntax
from newslint.syntax.registry import DEFAULT_SYNTAX, all_syntaxes, get_syntax
from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

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


@cache
def list_fences() -> tuple[tuple[str, Fence], ...]:
    """List the fences of all syntaxes, each with the name of its syntax."""
    return tuple((syntax.name, fence) for syntax in all_syntaxes() for fence in syntax.fences)


def find_front_matter(source: SourceText) -> FrontMatter | Problem:
    """Find the front matter of a file, or the problem if there is none."""
    text = source.text
    for language, fence in list_fences():
        start = fence.match_opening(text)
        if start is not None:
            return _find_end(source, language, fence, start)
    first_visible = len(text) - len(text.lstrip())
    top = FrontMatter(0, first_visible + 1, 0)
    return _find_conflict(source, top) or _explain_missing(source)


def _find_end(source: SourceText, language: str, fence: Fence, start: int) -> FrontMatter | Problem:
    """Find the end of the front matter that starts at an offset, or the problem with it."""
    closed = fence.find_closing(source.text, start)
    end = closed.start if closed else len(source.text)
    found = FrontMatter(start, end, closed.end if closed else end, language)
    conflict = _find_conflict(source, found)
    if conflict is not None:
        return conflict
    if closed is None or closed.has_text:
        return _explain_unclosed(source, language, fence, start, end if closed else None)
    return found


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


def _explain_unclosed(
    source: SourceText, language: str, fence: Fence, start: int, false_end: int | None
) -> Problem:
    """Explain front matter without a closing fence, or with a line that is nearly one."""
    from newslint.documents.fences import explain_false_end, explain_unclosed  # as above

    if false_end is None:
        return explain_unclosed(source, start, language, fence)
    return explain_false_end(source, false_end)
