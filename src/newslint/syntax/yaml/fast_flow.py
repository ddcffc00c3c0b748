"""Fast parsing of simple flow collections: lists in brackets and mappings in braces.

A collection ends on its line. Its scalars are words, or quoted without escapes; its keys are plain
words followed by `: `, each with a value. Anything else needs the full parser.
"""

import re
from typing import Any

from newslint.syntax.yaml.resolve import resolve_plain
from newslint.text.lazy_pattern import lazy_pattern

FLOW = "[]"
"""The style of a flow collection."""

ValuePart = tuple[int, int, Any, str]
"""The 0-based offsets of a value's start and end, the value, and its style.

A flow sequence is a tuple of `ValuePart`s, and a flow mapping a dictionary of the offset of the key
and the `ValuePart` by keys; their offsets count from the outermost bracket.
"""

_MAX_DEPTH = 8
_WORD = lazy_pattern(
    r"""[0-9A-Za-z_][0-9A-Za-z_./+-]*+(?: [0-9A-Za-z_./+-]++)*+|'[^']*+'|"[^"\\]*+\""""
)
_KEY = lazy_pattern(r"([A-Za-z_][0-9A-Za-z_.-]{0,127}): +")
_SPACES = lazy_pattern(r" *")


class NeedsFullParser(Exception):  # noqa: N818 # a signal to fall back, not an error
    """The text has a form that the fast parser does not support."""


def parse_flow(text: str, at: int = 0, depth: int = 1) -> ValuePart:
    """Parse the flow collection that starts at the offset `at`.

    Raises:
        NeedsFullParser: It has an unsupported form.
    """
    if depth > _MAX_DEPTH:
        raise NeedsFullParser
    is_list = text[at] == "["
    close = "]" if is_list else "}"
    items: list[ValuePart] = []
    fields: dict[str, tuple[int, ValuePart]] = {}
    end = _skip_spaces(text, at + 1)
    while text[end : end + 1] != close:
        if is_list:
            part = _parse_item(text, end, depth)
            items.append(part)
        else:
            key = _require(_KEY.match(text, end))
            if key[1] in fields or not isinstance(resolve_plain(key[1]), str):
                raise NeedsFullParser
            part = _parse_item(text, key.end(), depth)
            fields[key[1]] = end, part
        end = _skip_spaces(text, part[1])
        if text[end : end + 1] == ",":
            end = _skip_spaces(text, end + 1)
        elif text[end : end + 1] != close:
            raise NeedsFullParser
    return at, end + 1, tuple(items) if is_list else fields, FLOW


def _parse_item(text: str, at: int, depth: int) -> ValuePart:
    """Parse a value in a flow collection."""
    if text[at : at + 1] in ("[", "{"):
        return parse_flow(text, at, depth + 1)
    match = _require(_WORD.match(text, at))
    word = match[0]
    if word[0] in "'\"":
        return at, match.end(), word[1:-1], word[0]
    return at, match.end(), resolve_plain(word), ""


def _require(match: re.Match[str] | None) -> re.Match[str]:
    """Require that a pattern matches."""
    if match is None:
        raise NeedsFullParser
    return match


def _skip_spaces(text: str, at: int) -> int:
    """Find the offset after the spaces at an offset."""
    return _require(_SPACES.match(text, at)).end()
