"""Explanations of libyaml's errors: the mistake, its place and how to correct it.

libyaml reports the token that it expected, at the place where it noticed that it was missing. The
mistake is often elsewhere: a quote that is never closed is noticed at the end of the file.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import ScalarEvent

from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.source_text import BYTE_ORDER_MARK

STRAY_BYTE_ORDER_MARK = "a byte-order mark is inside the text; delete it"
_MAX_KEY_LENGTH = 1024
_LEFT_OF_CONFLICT = "this line is left over from a merge conflict; delete it"
_CONFLICT_MARK = lazy_pattern(r"([<=>|])\1{6}(?=[ \r\n]|\Z)[^\r\n]*")
_NESTING_LIMIT = "exceeded maximum nesting depth"
_TAG_ESCAPE = lazy_pattern(r"!!?[^\s%!]*+(?:%[0-9A-Fa-f]{2})+")
_ESCAPE = lazy_pattern(r"\\(?:[xuU][0-9A-Fa-f]{0,8}|.)?", re.DOTALL)
_CLOSES_TEXT = ("", *"\"'|>]}:-,+")
"""Characters before a comment that no plain text can go on after; empty for an empty line."""
_QUOTES = ("'", '"')
_KEY_OR_ENTRY = lazy_pattern(r"[\r\n]([ \t]*)(?:- |[\w-]+:(?=[ \r\n]))")
_HEX_DIGITS = {"x": 2, "u": 4, "U": 8}

Explanation = tuple[str, int, int]
"""A message, and the 0-based start and end of the text that it is about."""


class _Failure(NamedTuple):
    """An error of libyaml.

    Attributes:
        problem: The message.
        text: The text that was parsed.
        offset: The offset at which the problem was noticed.
        context: The offset at which the construct starts that was being parsed.
    """

    problem: str
    text: str
    offset: int
    context: int

    def char(self) -> str:
        """Look up the character at which the problem was noticed; empty at the end."""
        return self.text[self.offset : self.offset + 1]

    def before(self) -> str:
        """Extract the text before the problem on its line."""
        starts = self.text.rfind("\n", 0, self.offset), self.text.rfind("\r", 0, self.offset)
        return self.text[max(starts) + 1 : self.offset]

    def conflict_mark(self) -> re.Match[str] | None:
        """Match a line of a merge conflict at the problem, or at the start of the construct."""
        starts = self.offset - len(self.before()), self.context
        found = (_CONFLICT_MARK.match(self.text, start) for start in starts)
        return next((match for match in found if match), None)

    def here(self, message: str) -> Explanation:
        """Place `message` at the character at which the problem was noticed."""
        visible = self.char() != "" and not self.char().isspace()
        return message, self.offset, self.offset + visible

    def at_start(self, message: str) -> Explanation:
        """Place `message` at the first character of the construct that was being parsed."""
        return message, self.context, min(self.context + 1, len(self.text))

    def on_line(self, message: str) -> Explanation:
        """Place `message` at the line on which the construct starts that was being parsed."""
        line = re.compile(r"[^\r\n]*").match(self.text, self.context)
        end = line.end() if line else self.context
        return message, self.context, self.context + len(self.text[self.context : end].rstrip())


def nesting_limit_offset(error: YAMLError | UnicodeDecodeError) -> int | None:
    """Find the offset at which libyaml exceeded its own nesting limit; None for other errors."""
    if (
        isinstance(error, MarkedYAMLError)
        and error.problem == _NESTING_LIMIT
        and error.problem_mark
    ):
        offset: int = error.problem_mark.index
        return offset
    return None


def explain(error: YAMLError | UnicodeDecodeError, text: str) -> Explanation:
    """Explain `error`, which libyaml raised for `text`."""
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        offset = min(mark.index, len(text)) if mark else 0
        context = min(error.context_mark.index, len(text)) if error.context_mark else offset
        problem = error.problem or "the YAML cannot be read"
        failure = _Failure(problem, text, offset, context)
        conflict = failure.conflict_mark()
        if conflict:
            return _LEFT_OF_CONFLICT, *conflict.span()
        return _EXPLAINERS.get(problem, _explain_unknown)(failure)
    if isinstance(error, UnicodeDecodeError):
        tag = _TAG_ESCAPE.search(text)
        start, end = tag.span() if tag else (0, 0)
        return "the escapes in this tag are not valid UTF-8", start, end
    return f"YAML cannot contain this text: {getattr(error, 'reason', error)}", 0, 0


def _explain_unknown(failure: _Failure) -> Explanation:
    """Use libyaml's own message."""
    return failure.here(failure.problem)


def _colon(failure: _Failure) -> Explanation:
    """Explain a ': ' that cannot follow a key."""
    before = failure.before()
    if ": " in before:
        return failure.here(
            "this ': ' is the second on its line; put the value in quotes if the colon is text"
        )
    if len(before) > _MAX_KEY_LENGTH:
        return failure.here(
            f"a key has at most {_MAX_KEY_LENGTH:,} characters; is a quote missing?"
        )
    return failure.here(
        "this line is read as more of the text above it; indent it like the other keys, "
        "and check that the key above has ': ' after it"
    )


def _no_colon(failure: _Failure) -> Explanation:
    """Explain a line that should be a key and a value."""
    _, start, end = failure.on_line("")
    line = failure.text[start:end]
    if ":" in line.rstrip(":") and ": " not in line:
        return failure.on_line("a space is missing after ':'; write 'key: value'")
    return failure.on_line(
        "this line has no ': ' after a key; write 'key: value', or indent the line if it goes on "
        "with the text above"
    )


def _no_key(failure: _Failure) -> Explanation:
    """Explain text in the place of a key."""
    before = failure.before()
    if found := _after_quote(failure):
        return found
    if not before.strip():
        return _misplaced_line(failure)
    last = before.rstrip()[-1]
    if last in "\"'":
        inside = '\\"' if last == '"' else "''"
        return failure.here(
            f"text follows the closing {last} of a value; put all of it in quotes, and write "
            f"{inside} for a {last} inside"
        )
    if last in "]}":
        message = f"text follows the closing '{last}'; put the value in quotes if it is text"
        return failure.here(message)
    if last == BYTE_ORDER_MARK:
        return STRAY_BYTE_ORDER_MARK, failure.offset - 1, failure.offset
    return failure.here("a key is expected here; put the value in quotes if this belongs to it")


def _after_quote(failure: _Failure) -> Explanation | None:
    """Explain a quote that is only closed by that of another value; None for other failures."""
    text, end = (
        failure.text,
        failure.offset - len(failure.before()) + len(failure.before().rstrip()),
    )
    start = _find_opening_quote(text, end) if text[end - 1 : end] in _QUOTES else end
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    width = start - line - len(text[line:start].lstrip())
    if any(len(each[1]) <= width for each in _KEY_OR_ENTRY.finditer(text, start, end)):
        return "the quote that opens here is not closed on its line", start, start + 1
    return None


def _find_opening_quote(text: str, end: int) -> int:
    """Find the start of the value in quotes that ends at an offset; the offset if there is none."""
    with suppress(YAMLError):
        parser = CParser(text)
        while event := parser.get_event():
            first, last = event.start_mark, event.end_mark
            if isinstance(event, ScalarEvent) and first and last and last.index == end:
                return first.index
    return end


def _after_comment(failure: _Failure) -> Explanation | None:
    """Explain text that goes on below a comment, which ends it; None for other failures."""
    start = failure.offset - len(failure.before())
    above = failure.text[:start].rstrip("\r\n").replace("\r", "\n").rpartition("\n")[2]
    text, mark, _ = above.replace("\t", " ").partition(" #")
    if failure.before().strip() or not mark or text.strip()[-1:] in _CLOSES_TEXT:
        return None
    return failure.here(
        "the comment at the end of the line above ends the text, which goes on here; move the "
        "comment above the key, or put the text in quotes"
    )


def _misplaced_line(failure: _Failure) -> Explanation:
    """Explain a line whose indentation, or whose dash, does not fit."""
    if found := _after_comment(failure):
        return found
    if failure.text.startswith("- ", failure.offset):
        return failure.here(
            "an entry of a list is among keys; indent it like the other entries of its list"
        )
    return failure.here(
        "the indentation of this line fits none above it; indent it like its neighbours"
    )


def _no_dash(failure: _Failure) -> Explanation:
    """Explain a line in a list that starts no entry."""
    if found := _after_quote(failure) or _after_comment(failure):
        return found
    return failure.here(
        "this line is in a list but starts no entry; start it with '- ', or correct its indentation"
    )


def _bad_start(failure: _Failure) -> Explanation:
    """Explain a character that no value starts with."""
    char = failure.char()
    if char == "\t":
        return _tab(failure)
    return failure.here(f"a value cannot start with '{char}'; put it in quotes")


def _tab(failure: _Failure) -> Explanation:
    """Explain a tab in the indentation."""
    return "a tab cannot indent YAML; use spaces", failure.offset, failure.offset + 1


def _reference(failure: _Failure) -> Explanation:
    """Explain a `*` or `&` without a name."""
    char = failure.text[failure.context : failure.context + 1]
    return failure.at_start(f"a value cannot start with '{char}'; put it in quotes")


def _no_content(failure: _Failure) -> Explanation:
    """Explain text, or the end of the text, in the place of a value."""
    char = failure.char()
    if not char:
        return failure.here("a '[' or '{' above is never closed")
    if char == "-":
        return failure.here("an entry that starts with '-' cannot be between brackets; use ','")
    return failure.here(f"a value cannot start with '{char}'; put it in quotes, or delete it")


def _unclosed_quote(failure: _Failure) -> Explanation:
    """Explain a quote that is never closed."""
    return failure.at_start("the quote that opens here is never closed")


def _unclosed_bracket(failure: _Failure) -> Explanation:
    """Explain a flow collection without a comma or its closing bracket."""
    if found := _after_quote(failure):
        return found
    opening = failure.text[failure.context : failure.context + 1]
    closing = failure.problem[-2]
    if "\n" in failure.text[failure.context : failure.offset] or not failure.char():
        return failure.at_start(
            f"the '{opening}' that opens here is never closed by '{closing}', or a ',' is missing; "
            "put the value in quotes if it is text"
        )
    return failure.here(f"a ',' or the closing '{closing}' is missing before this")


def _escape(failure: _Failure) -> Explanation:
    """Explain a backslash between double quotes."""
    start = max(failure.text.rfind("\\", 0, failure.offset + 1), 0)
    found = _ESCAPE.match(failure.text, start)
    escape = found[0] if found else "\\"
    digits = _HEX_DIGITS.get(escape[1:2])
    end = start + len(escape)
    if digits is not None and len(escape) >= digits + 2:
        escape = escape[: digits + 2]
        message = f"'{escape}' is half a character, or none; write the character itself"
        return message, start, start + len(escape)
    wanted = f"must be followed by {digits} hexadecimal digits" if digits else "has no meaning"
    message = (
        f"'{escape[:2]}' between double quotes {wanted}; write '\\\\' for a backslash, or use "
        "single quotes"
    )
    return message, start, end if digits else start + 2


def _block_header(failure: _Failure) -> Explanation:
    """Explain text after the indicator of a block scalar."""
    sign = failure.text[failure.context : failure.context + 1]
    return failure.here(
        f"nothing may follow '{sign}' on its line; put the value in quotes, or start the text on "
        "the next line"
    )


def _directive(failure: _Failure) -> Explanation:
    """Explain a line that starts with `%`."""
    return failure.at_start(
        "a line cannot start with '%'; put the text in quotes, or delete the line"
    )


_EXPLAINERS: dict[str, Callable[[_Failure], Explanation]] = {
    "mapping values are not allowed in this context": _colon,
    "could not find expected ':'": _no_colon,
    "did not find expected key": _no_key,
    "did not find expected '-' indicator": _no_dash,
    "found character that cannot start any token": _bad_start,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "did not find expected alphabetic or numeric character": _reference,
    "did not find expected node content": _no_content,
    "found unexpected end of stream": _unclosed_quote,
    "found unexpected document indicator": _unclosed_quote,
    "did not find expected ',' or ']'": _unclosed_bracket,
    "did not find expected ',' or '}'": _unclosed_bracket,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "found invalid Unicode character escape code": _escape,
    "did not find expected comment or line break": _block_header,
    "found unknown directive name": _directive,
    "could not find expected directive name": _directive,
    "block sequence entries are not allowed in this context": lambda failure: failure.here(
        "a list cannot start on the line of its key; start it on the next line, or put the value "
        "in quotes if the dash is text"
    ),
    "did not find expected <document start>": lambda failure: failure.here(
        "the values end above this line; delete what follows, or the line that ends them"
    ),
    "found an indentation indicator equal to 0": lambda failure: failure.here(
        "the digit after '|' or '>' must be from 1 to 9"
    ),
    "found incompatible YAML document": lambda failure: failure.here(
        "this version of YAML cannot be read; delete the line"
    ),
}
