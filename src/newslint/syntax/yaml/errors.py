"""libyaml's complaints, as sentences with a place and a cure.

libyaml says what it missed, and says it where it noticed; an editor wants to know what is wrong,
and where. The two often differ: a quote that is never closed is noticed at the end of the file.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from yaml.error import MarkedYAMLError, YAMLError

from newslint.text.source_text import BYTE_ORDER_MARK

STRAY_BYTE_ORDER_MARK = "a byte-order mark stands inside the text; delete it"
_LONGEST_KEY = 1024
_TAG_ESCAPE = re.compile(r"!!?[^\s%!]*+(?:%[0-9A-Fa-f]{2})+")
_ESCAPE = re.compile(r"\\(?:[xuU][0-9A-Fa-f]{0,8}|.)?", re.DOTALL)
_HEX_DIGITS = {"x": 2, "u": 4, "U": 8}

Explanation = tuple[str, int, int]
"""A message, and the 0-based offsets of what it is about."""


class _Clue(NamedTuple):
    """What libyaml tells.

    Attributes:
        problem: Its words.
        text: What it read.
        at: The offset at which it noticed.
        since: The offset at which what it was reading starts.
    """

    problem: str
    text: str
    at: int
    since: int

    def char(self) -> str:
        """Return the character at which the problem was noticed; empty at the end."""
        return self.text[self.at : self.at + 1]

    def before(self) -> str:
        """Return what precedes the problem on its line."""
        starts = self.text.rfind("\n", 0, self.at), self.text.rfind("\r", 0, self.at)
        return self.text[max(starts) + 1 : self.at]

    def here(self, message: str) -> Explanation:
        """Return `message` at the character at which the problem was noticed."""
        visible = self.char() != "" and not self.char().isspace()
        return message, self.at, self.at + visible

    def at_start(self, message: str) -> Explanation:
        """Return `message` at the first character of what was being read."""
        return message, self.since, min(self.since + 1, len(self.text))

    def on_line(self, message: str) -> Explanation:
        """Return `message` at the line on which what was being read starts."""
        line = re.compile(r"[^\r\n]*").match(self.text, self.since)
        end = line.end() if line else self.since
        return message, self.since, self.since + len(self.text[self.since : end].rstrip())


def explain(error: YAMLError | UnicodeDecodeError, text: str) -> Explanation:
    """Return the message for `error`, and what in `text` it concerns."""
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        at = min(mark.index, len(text)) if mark else 0
        since = min(error.context_mark.index, len(text)) if error.context_mark else at
        problem = error.problem or "the YAML cannot be read"
        clue = _Clue(problem, text, at, since)
        return _CURES.get(problem, _as_it_is)(clue)
    if isinstance(error, UnicodeDecodeError):
        tag = _TAG_ESCAPE.search(text)
        start, end = tag.span() if tag else (0, 0)
        return "the escapes in this tag are not valid UTF-8", start, end
    return f"YAML cannot hold this text: {getattr(error, 'reason', error)}", 0, 0


def _as_it_is(clue: _Clue) -> Explanation:
    return clue.here(clue.problem)


def _colon(clue: _Clue) -> Explanation:
    """Explain a ': ' where no key can end."""
    before = clue.before()
    if ": " in before:
        return clue.here(
            "this ': ' is the second on its line; put the value in quotes if the colon is text"
        )
    if len(before) > _LONGEST_KEY:
        return clue.here(f"a key has at most {_LONGEST_KEY:,} characters; is a quote missing?")
    return clue.here(
        "this line is read as more of the text above it; indent it like the other keys, "
        "and check that the key above has ': ' after it"
    )


def _no_colon(clue: _Clue) -> Explanation:
    """Explain a line that should be a key and a value."""
    _, start, end = clue.on_line("")
    line = clue.text[start:end]
    if ":" in line.rstrip(":") and ": " not in line:
        return clue.on_line("a space is missing after ':'; write 'key: value'")
    return clue.on_line(
        "this line has no ': ' after a key; write 'key: value', or indent the line if it goes on "
        "with the text above"
    )


def _no_key(clue: _Clue) -> Explanation:
    """Explain what stands where a key is expected."""
    before = clue.before()
    if not before.strip():
        return _misplaced_line(clue)
    last = before.rstrip()[-1]
    if last in "\"'":
        inside = '\\"' if last == '"' else "''"
        return clue.here(
            f"text follows the closing {last} of a value; put all of it in quotes, and write "
            f"{inside} for a {last} inside"
        )
    if last in "]}":
        message = f"text follows the closing '{last}'; put the value in quotes if it is text"
        return clue.here(message)
    if last == BYTE_ORDER_MARK:
        return STRAY_BYTE_ORDER_MARK, clue.at - 1, clue.at
    return clue.here("a key is expected here; put the value in quotes if this belongs to it")


def _misplaced_line(clue: _Clue) -> Explanation:
    """Explain a line whose indentation, or whose dash, does not fit."""
    if clue.text.startswith("- ", clue.at):
        return clue.here(
            "an entry of a list stands among keys; indent it like the other entries of its list"
        )
    return clue.here(
        "the indentation of this line fits none above it; indent it like its neighbours"
    )


def _no_dash(clue: _Clue) -> Explanation:
    return clue.here(
        "this line stands in a list but starts no entry; start it with '- ', or correct its "
        "indentation"
    )


def _bad_start(clue: _Clue) -> Explanation:
    """Explain a character that no value starts with."""
    char = clue.char()
    if char == "\t":
        return _tab(clue)
    return clue.here(f"a value cannot start with '{char}'; put it in quotes")


def _tab(clue: _Clue) -> Explanation:
    return "a tab cannot indent YAML; use spaces", clue.at, clue.at + 1


def _reference(clue: _Clue) -> Explanation:
    char = clue.text[clue.since : clue.since + 1]
    return clue.at_start(f"a value cannot start with '{char}'; put it in quotes")


def _no_content(clue: _Clue) -> Explanation:
    """Explain what stands, or lacks, where a value is expected."""
    char = clue.char()
    if not char:
        return clue.here("a '[' or '{' above is never closed")
    if char == "-":
        return clue.here("an entry that starts with '-' cannot stand between brackets; use ','")
    return clue.here(f"a value cannot start with '{char}'; put it in quotes, or delete it")


def _unclosed_quote(clue: _Clue) -> Explanation:
    return clue.at_start("the quote that opens here is never closed")


def _unclosed_bracket(clue: _Clue) -> Explanation:
    """Explain a flow collection that goes on where it should end."""
    opening = clue.text[clue.since : clue.since + 1]
    closing = clue.problem[-2]
    if "\n" in clue.text[clue.since : clue.at] or not clue.char():
        return clue.at_start(
            f"the '{opening}' that opens here is never closed by '{closing}', or a ',' is missing; "
            "put the value in quotes if it is text"
        )
    return clue.here(f"a ',' or the closing '{closing}' is missing before this")


def _escape(clue: _Clue) -> Explanation:
    """Explain a backslash between double quotes."""
    start = max(clue.text.rfind("\\", 0, clue.at + 1), 0)
    found = _ESCAPE.match(clue.text, start)
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


def _block_header(clue: _Clue) -> Explanation:
    sign = clue.text[clue.since : clue.since + 1]
    return clue.here(
        f"nothing may follow '{sign}' on its line; put the value in quotes, or start the text on "
        "the next line"
    )


def _directive(clue: _Clue) -> Explanation:
    return clue.at_start("a line cannot start with '%'; put the text in quotes, or delete the line")


_CURES: dict[str, Callable[[_Clue], Explanation]] = {
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
    "block sequence entries are not allowed in this context": lambda clue: clue.here(
        "a list cannot start on the line of its key; start it on the next line, or put the value "
        "in quotes if the dash is text"
    ),
    "did not find expected <document start>": lambda clue: clue.here(
        "the values end above this line; delete what follows, or the line that ends them"
    ),
    "found an indentation indicator equal to 0": lambda clue: clue.here(
        "the digit after '|' or '>' must be from 1 to 9"
    ),
    "found incompatible YAML document": lambda clue: clue.here(
        "this version of YAML cannot be read; delete the line"
    ),
}
