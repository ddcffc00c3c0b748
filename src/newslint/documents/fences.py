"""Explanations of front matter whose fences are missing, or are nearly right."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newslint.documents.front_matter import FrontMatter
from newslint.documents.metadata_lines import KEY, starts_with_key
from newslint.documents.other_starts import explain_start
from newslint.syntax.fence import Fence
from newslint.syntax.problem import Problem
from newslint.syntax.registry import DEFAULT_SYNTAX
from newslint.text.location import Span
from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

_LINE = re.compile(r"[^\r\n]+")
_INVISIBLE = "\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u2064\u3000\ufeff"
_INVISIBLE_CHARACTER = re.compile(f"[{_INVISIBLE}]")
_BLANK = re.compile(rf"[\s{_INVISIBLE}]*")
_DASHES = "\u2010-\u2015\u2212\u2500\u2501\ufe58\ufe63\uff0d"
_VALUE_LINE = re.compile(r"[^\s#][^\r\n]*?:[ \t]+[^\s|>]")
_YAML_LINE = re.compile(rf"[ \t]+\S|-[ \t]|[\]}}#]|{KEY}")
_NOT_FIRST = "the '{}' that opens the front matter must be the file's first line, unindented"
_INDENTED = "the '{}' that closes the front matter is indented; delete the blanks before it"
_PLUSES = "+++"
_TOML_KEY = re.compile(r"\s*(?:[\w.\"'-]+[ \t]*=|\[)")


class _NearFence(NamedTuple):
    """A kind of line that is nearly a fence.

    Attributes:
        pattern: The whole line, without blanks around it.
        problem: The message, for a participle ("opened") or a verb ("opens").
        is_weak: Such a line may also be something else, such as a rule between paragraphs.
    """

    pattern: re.Pattern[str]
    problem: str
    is_weak: bool = False


_NEAR_FENCES = (
    _NearFence(
        re.compile(r"(?:---|\+{3})[ \t]*#.*"),
        "a comment follows the '{own}' that {verb} the front matter; "
        "write '{own}' alone on its line",
    ),
    _NearFence(
        re.compile(r"(?:---|\+{3})[ \t]*(ya?ml|toml)", re.IGNORECASE),
        "'{found}' follows the '{own}' that {verb} the front matter; delete it",
    ),
    _NearFence(
        re.compile(r"--|-{4,}"),
        "the front matter is {participle} by {length} hyphens; write three, '---'",
    ),
    _NearFence(
        re.compile(rf"-{{0,2}}([{_DASHES}])[-{_DASHES}]{{0,2}}"),
        "the front matter is {participle} by a dash (U+{code}); write three hyphens, '---'",
    ),
    _NearFence(
        re.compile(
            r"(---|- -[ -]*|[-\\\"'`]---[\"'`]?|={3,6}|={8,}|_{3,}|\*{3,}|~{3,}|\+{3,}|;{3,})"
        ),
        "the front matter is {participle} by '{found}'; write '{own}'",
        is_weak=True,
    ),
    _NearFence(
        re.compile(r"---[ \t]*\S.*"),
        "text follows the '---' that {verb} the front matter; write '---' alone on its line",
    ),
)


class _Line(NamedTuple):
    """A line without blanks at its end, and the 0-based offset of its start."""

    text: str
    start: int

    def span(self, source: SourceText) -> Span:
        """Convert the line to a span."""
        return source.span(self.start, self.start + len(self.text))


def explain_missing(source: SourceText) -> Problem:
    """Explain why a file that does not start with a fence has no front matter."""
    first = Span(source.position(0), source.position(len(source.line(1))))
    content = source.text.removeprefix(BYTE_ORDER_MARK)
    if not content.strip():
        message = "the file is blank" if content else "the file is empty"
        return Problem("missing-front-matter", message, first)
    line = _first_visible_line(source.text)
    message = _explain_near_fence(source, line) or explain_start(source, line.start)
    if message:
        is_first = message.endswith(_NOT_FIRST.partition("}")[2])
        return Problem("missing-front-matter", message, first if is_first else line.span(source))
    message = "no front matter: the file does not start with a '---' line"
    return Problem("missing-front-matter", message, first)


def _first_visible_line(text: str) -> _Line:
    """Find the first line with a visible character; the first line if there is none."""
    blank = _BLANK.match(text)
    at = blank.end() if blank else 0
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return _line_at(text, start)


def _line_at(text: str, start: int) -> _Line:
    """Extract the line that starts at an offset."""
    found = _LINE.match(text, start)
    return _Line(found[0].rstrip(" \t") if found else "", start)


def _explain_near_fence(source: SourceText, line: _Line) -> str:
    """Explain a first line that is nearly a fence."""
    above, content = source.text[: line.start], line.text.removeprefix(BYTE_ORDER_MARK)
    odd = _INVISIBLE_CHARACTER.search(above.removeprefix(BYTE_ORDER_MARK) + content)
    visible = _INVISIBLE_CHARACTER.sub("", content).strip(" \t")
    following = source.text[line.start + len(line.text) :].lstrip()
    own = _PLUSES if visible.startswith(_PLUSES) and _TOML_KEY.match(following) else "---"
    if visible == own:
        return _explain_invisible(odd[0], "opens", own) if odd else _NOT_FIRST.format(own)
    if visible.startswith(_PLUSES) and own != _PLUSES:
        return ""
    is_likely = own == _PLUSES or (starts_with_key(following) and visible[0] not in "+;")
    return _explain_fence(visible, "opens", "opened", own, is_likely=is_likely)


def _explain_invisible(character: str, verb: str, own: str) -> str:
    """Explain a fence with an invisible character around it."""
    code = f"U+{ord(character):04X}"
    return (
        f"the '{own}' that {verb} the front matter has an invisible {code} beside it; delete that"
    )


def _explain_fence(line: str, verb: str, participle: str, own: str, *, is_likely: bool) -> str:
    """Explain a line that is nearly a fence; empty if it is not.

    Args:
        line: The line, without blanks around it.
        verb: "opens" or "closes".
        participle: "opened" or "closed".
        own: The fence that it should be.
        is_likely: Its neighbours are those of a fence.
    """
    for near in _NEAR_FENCES:
        found = near.pattern.fullmatch(line)
        if found and (is_likely or not near.is_weak):
            group = found[1] if near.pattern.groups else ""
            code = f"{ord(group):04X}" if len(group) == 1 else ""
            return near.problem.format(
                verb=verb,
                participle=participle,
                found=group,
                own=own,
                code=code,
                length=len(line),
            )
    return ""


def explain_false_end(source: SourceText, start: int) -> Problem:
    """Explain a line that starts like a closing fence and does not end like one.

    Args:
        source: The file.
        start: The 0-based offset of the line.
    """
    return _create_unclosed(source, _line_at(source.text, start)) or _never_closed(source)


def explain_unclosed(source: SourceText, end: int, language: str, fence: Fence) -> Problem:
    """Explain front matter without a closing fence.

    Args:
        source: The file.
        end: The 0-based offset of the end of the opening line.
        language: The name of its syntax.
        fence: The fence that opens it.
    """
    if language != DEFAULT_SYNTAX:
        from newslint.documents.other_syntax import explain_other_syntax

        place = FrontMatter(end, len(source.text), len(source.text), language)
        other, name = explain_other_syntax(source, place), fence.closing_name
        lines = (
            line for line in _lines(source.text, end) if line.text.lstrip()[:3] in ("---", name)
        )
        found = (_create_unclosed(source, line, name) for line in lines)
        return other or next(filter(None, found), _never_closed(source, end, fence.name, name))
    for line in _lines(source.text, end):
        problem = _create_unclosed(source, line)
        if problem:
            return problem
        if not _YAML_LINE.match(line.text):
            break
    return _never_closed(source, end)


def _never_closed(
    source: SourceText, end: int = 0, opening: str = "---", closing: str = "---"
) -> Problem:
    """Create the problem of front matter without any closing line."""
    message = (
        f"the front matter is opened by '{opening}' and never closed; add a line '{closing}' "
        "after it"
    )
    return Problem("unclosed-front-matter", message, source.span(0, end))


def explain_misread_end(
    source: SourceText, place: FrontMatter, problems: Sequence[Problem]
) -> Problem | None:
    """Explain a syntax error that is due to a line which nearly closes the front matter.

    Args:
        source: The file.
        place: The place of the front matter.
        problems: The errors, with lines of the file.
    """
    start, end, rule = place.start, place.end, place.syntax.syntax_rule
    error = next((problem for problem in problems if problem.rule == rule), None)
    if error is None:
        return None
    number = error.span.start.line
    starts = (source.line_starts[each - 1] for each in (number, number - 1))
    lines = (_line_at(source.text, each) for each in starts if start <= each < end)
    found = (_create_unclosed(source, line) for line in lines)
    return next((problem for problem in found if problem), None)


def _lines(text: str, start: int) -> Iterator[_Line]:
    """Yield the lines from an offset on that are not blank."""
    for found in _LINE.finditer(text, start):
        line = found[0].rstrip(" \t")
        if line:
            yield _Line(line, found.start())


def _create_unclosed(source: SourceText, line: _Line, own: str = "---") -> Problem | None:
    """Create the problem of a line that nearly closes the front matter; None if it does not."""
    content = line.text.lstrip(" \t")
    indentation = len(line.text) - len(content)
    visible = _INVISIBLE_CHARACTER.sub("", content).strip(" \t")
    odd = _INVISIBLE_CHARACTER.search(content)
    if indentation and not (visible == own and _ends_above(source, line, indentation)):
        message = ""
    elif visible == own:
        indented = _INDENTED.format(own) if indentation else ""
        message = _explain_invisible(odd[0], "closes", own) if odd else indented
    elif visible.startswith("..."):
        message = "text follows the '...' that closes the front matter; delete it"
    else:
        message = _explain_fence(visible, "closes", "closed", own, is_likely=True)
    if not message:
        return None
    opening = source.span(0, len(source.line(1)))
    note = (opening, "the front matter is opened here")
    return Problem("unclosed-front-matter", message, line.span(source), related=(note,))


def _ends_above(source: SourceText, line: _Line, indentation: int) -> bool:
    """Check if the value above an indented line cannot contain that line."""
    above = source.line(source.position(line.start).line - 1)
    return len(above) - len(above.lstrip(" \t")) > indentation or bool(_VALUE_LINE.match(above))
