"""The fences around front matter."""

import re
from typing import NamedTuple

from newslint.syntax.problem import Problem
from newslint.text.location import Position, Span
from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

_OPEN = re.compile(rf"{BYTE_ORDER_MARK}?---[ \t]*(\r\n|\n|\r|\Z)")
# Patterns that start with a literal are searched many times faster.
_CLOSE = re.compile(r"\n((?:---|\.\.\.)[ \t]*(?:\r?\n|\r|\Z))")
_CLOSE_CR = re.compile(r"[\r\n]((?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z))")
_INDENTED_OR_LATE = re.compile(rf"{BYTE_ORDER_MARK}?\s*---[ \t]*$", re.MULTILINE)


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
        return _explain_missing(source)
    closing = _CLOSE_CR if opened[1] == "\r" else _CLOSE
    closed = closing.search(text, opened.end() - len(opened[1][-1:]))
    if closed is None:
        message = "the front matter is opened by '---' and never closed; add a line '---' after it"
        return Problem("unclosed-front-matter", message, source.span(0, opened.end(0)))
    return FrontMatter(opened.end(), closed.start(1), closed.end())


def whole_file(source: SourceText) -> FrontMatter:
    """Treat a whole file as front matter."""
    start = int(source.text.startswith(BYTE_ORDER_MARK))
    return FrontMatter(start, len(source.text), len(source.text))


def _explain_missing(source: SourceText) -> Problem:
    """Explain why a file that does not start with a fence has no front matter."""
    text = source.text.removeprefix(BYTE_ORDER_MARK)
    stripped = text.lstrip()
    if not stripped:
        message = "the file is empty; it holds no record" if not text else "the file is blank"
    elif stripped.startswith("+++"):
        message = "the front matter is TOML ('+++'); newslint reads YAML between '---' fences"
    elif stripped.startswith("{"):
        message = "the front matter is JSON ('{'); newslint reads YAML between '---' fences"
    elif _INDENTED_OR_LATE.match(text):
        message = "the '---' that opens the front matter must be the file's first line, unindented"
    else:
        message = "no front matter: the file does not start with a '---' line"
    width = len(source.line(1))
    return Problem("missing-front-matter", message, Span(Position(1, 1), Position(1, width + 1)))
