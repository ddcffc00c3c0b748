"""Where the front matter of a file is."""

import re
from typing import NamedTuple

from newslint.syntax.problem import Problem
from newslint.text.location import Position, Span
from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

_OPEN = re.compile(rf"{BYTE_ORDER_MARK}?---[ \t]*(\r\n|\n|\r|\Z)")
# A pattern that starts with a letter of its own is searched for many times faster.
_CLOSE = re.compile(r"\n((?:---|\.\.\.)[ \t]*(?:\r?\n|\r|\Z))")
_CLOSE_CR = re.compile(r"[\r\n]((?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z))")
_INDENTED_OR_LATE = re.compile(rf"{BYTE_ORDER_MARK}?\s*---[ \t]*$", re.MULTILINE)


class FrontMatter(NamedTuple):
    """The parts of a file, as 0-based offsets into its text.

    Attributes:
        start: Where the YAML starts.
        end: Where the YAML ends, which is where the closing fence starts.
        body: Where what follows the closing fence starts.
    """

    start: int
    end: int
    body: int


def find_front_matter(source: SourceText) -> FrontMatter | Problem:
    """Return where the front matter of `source` is, or why there is none."""
    text = source.text
    opened = _OPEN.match(text)
    if opened is None:
        return _missing(source)
    closing = _CLOSE_CR if opened[1] == "\r" else _CLOSE
    closed = closing.search(text, opened.end() - len(opened[1][-1:]))
    if closed is None:
        message = "the front matter is opened by '---' and never closed; add a line '---' after it"
        return Problem("unclosed-front-matter", message, source.span(0, opened.end(0)))
    return FrontMatter(opened.end(), closed.start(1), closed.end())


def whole_file(source: SourceText) -> FrontMatter:
    """Return the front matter of a file that is nothing but YAML."""
    start = int(source.text.startswith(BYTE_ORDER_MARK))
    return FrontMatter(start, len(source.text), len(source.text))


def _missing(source: SourceText) -> Problem:
    """Return what to say of a file that does not start with a fence."""
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
