"""Explanations of front matter in the fences of another syntax, and of a second front matter."""

import re
from functools import cache

from newslint.documents.front_matter import FrontMatter, list_fences
from newslint.syntax.problem import Problem
from newslint.syntax.protocol import Syntax
from newslint.syntax.registry import all_syntaxes, get_syntax
from newslint.text.source_text import SourceText

_CONTENT_LINE = re.compile(r"^[ \t]*([^\s#][^\r\n]*)", re.MULTILINE)
_BLANK = re.compile(r"\s*")


def explain_other_syntax(source: SourceText, place: FrontMatter) -> Problem | None:
    """Explain front matter that looks like another syntax than that of its fence; else None."""
    found = _CONTENT_LINE.search(source.text, place.start, place.end)
    if found is None or _starts(place.syntax, found[1]):
        return None
    other = next((each for each in all_syntaxes() if _starts(each, found[1])), None)
    if other is None:
        return None
    own = place.syntax
    message = (
        f"this is {other.label}, between the fences of {own.label}; write it as {own.label}, or "
        f"put it between the fences of {other.label}, such as '{other.fences[0].name}'"
    )
    return Problem(own.syntax_rule, message, source.span(*found.span(1)))


def explain_second(source: SourceText, place: FrontMatter) -> Problem | None:
    """Explain a second front matter, of another syntax, right below the first one; else None."""
    text = source.text
    blank = _BLANK.match(text, place.body)
    at = blank.end() if blank else place.body
    for name, fence in list_fences():
        start = fence.match_opening(text, at)
        if name == place.language or start is None or not fence.is_line:
            continue
        closed = fence.find_closing(text, start)
        content = _CONTENT_LINE.match(text, start)
        is_likely = content is not None and _starts(get_syntax(name), content[1])
        if closed is None or closed.has_text or not is_likely:
            continue
        message = (
            f"a second front matter, {get_syntax(name).label}, follows the first one, which is "
            f"{place.syntax.label}; only the first is read, so move all fields there"
        )
        return Problem(
            get_syntax(name).syntax_rule,
            message,
            source.span(at, at + len(source.text[at:start].rstrip())),
        )
    return None


def _starts(syntax: Syntax, line: str) -> bool:
    """Check if a line starts as only a syntax does."""
    return _first_line(syntax.name).match(line) is not None


@cache
def _first_line(name: str) -> re.Pattern[str]:
    """Compile the expression for the first lines of a syntax."""
    return re.compile(get_syntax(name).first_line)
