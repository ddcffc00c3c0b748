r"""Translation of the patterns in JSON Schemas from ECMA-262 to the syntax of jsonschema_rs.

jsonschema_rs itself translates the patterns that its linear-time engine can match. In others, `\d`
and `\w` would match the digits and letters of every script. It refuses named backreferences
(`\k<name>`), empty brackets (`[^]`), surrogate pairs, `\0`, and a `{` that begins no quantifier.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

_PAIR = r"\\u(?P<high>[Dd][89ABab][0-9A-Fa-f]{2})\\u(?P<low>[Dd][C-Fc-f][0-9A-Fa-f]{2})"
_OUTSIDE = re.compile(
    rf"""\[(?P<negated>\^?)(?P<content>(?:\\.|[^\]\\])*+)\]
    | \[.*+  # never closed
    | {_PAIR}
    | \\k<(?P<reference>[^>]*)>
    | \\(?P<escape>[dDwWsS]|0(?![0-9]))
    | \\[pPux]\{{[^}}]*\}}
    | \\.
    | (?P<brace>\{{(?!\d+(?:,\d*)?\}}))
    | \(\?<(?P<name>[^\W\d]\w*)>
    | (?P<group>\()(?!\?)""",
    re.VERBOSE | re.DOTALL,
)
_INSIDE = re.compile(
    rf"{_PAIR} | \\(?P<escape>[dDwWsSb]|0(?![0-9])) | \\. | (?P<literal>[\[&~])",
    re.VERBOSE | re.DOTALL,
)
_CHARACTERS = {
    "d": "0-9",
    "D": r"\x00-\x2F\x3A-\x{10FFFF}",
    "w": "A-Za-z0-9_",
    "W": r"\x00-\x2F\x3A-\x40\x5B-\x5E\x60\x7B-\x{10FFFF}",
    "s": r"\t-\r\x20\xA0\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}",
    "S": (
        r"\x00-\x08\x0E-\x1F\x21-\x9F\xA1-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027}"
        r"\x{202A}-\x{202E}\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{FEFE}\x{FF00}-\x{10FFFF}"
    ),
    "0": r"\x00",
    "b": r"\x08",
}
"""The characters that an escape matches in ECMA-262, as written in brackets."""
_EMPTY = {"": r"[^\s\S]", "^": r"[\s\S]"}
"""Brackets that match nothing and everything, by the negation of the empty brackets."""

_NAMED_SCHEMAS = ("properties", "$defs", "definitions", "dependentSchemas", "dependencies")
"""Keywords whose values map names, which are no keywords, to schemas."""
_DATA = ("const", "enum", "default", "examples")
"""Keywords whose values contain no schemas."""


class PatternTranslator:
    """A translator of schemas.

    Attributes:
        originals: The original of each pattern that was changed, by the translated pattern.
    """

    def __init__(self) -> None:
        self.originals: dict[str, str] = {}

    def translate_schema(self, schema: Any) -> Any:
        """Copy a schema and translate its patterns."""
        if isinstance(schema, list):
            return [self.translate_schema(each) for each in schema]
        if not isinstance(schema, dict):
            return schema
        return {key: self._translate_keyword(key, value) for key, value in schema.items()}

    def _translate_keyword(self, keyword: str, value: Any) -> Any:
        """Copy the value of a keyword and translate its patterns."""
        if keyword in _DATA:
            return value
        if keyword == "pattern" and isinstance(value, str):
            return self._translate(value)
        if keyword == "patternProperties" and isinstance(value, dict):
            return {
                self._translate(key): self.translate_schema(each) for key, each in value.items()
            }
        if keyword in _NAMED_SCHEMAS and isinstance(value, dict):
            return {name: self.translate_schema(each) for name, each in value.items()}
        return self.translate_schema(value)

    def _translate(self, pattern: str) -> str:
        """Translate a pattern, and remember the original."""
        translated = translate_pattern(pattern)
        if translated != pattern:
            self.originals[translated] = pattern
        return translated


def translate_pattern(pattern: str) -> str:
    """Translate a pattern from ECMA-262 to the syntax of jsonschema_rs.

    A text that is no pattern in ECMA-262 is no pattern afterwards, either.
    """
    groups = [each["name"] for each in _OUTSIDE.finditer(pattern) if each["name"] or each["group"]]
    return _OUTSIDE.sub(partial(_translate_token, groups), pattern)


def _translate_token(groups: list[str | None], token: re.Match[str]) -> str:
    """Translate a token outside of brackets; `groups` are the names of the numbered groups."""
    if token["content"] is not None:
        content: str = _INSIDE.sub(_translate_in_brackets, token["content"])
        return f"[{token['negated']}{content}]" if content else _EMPTY[token["negated"]]
    if token["brace"]:
        return r"\{"
    if token["reference"] and token["reference"] in groups:
        return rf"(?:\{groups.index(token['reference']) + 1})"  # a digit may follow
    return _translate_escape(token, lambda characters: f"[{characters}]")


def _translate_in_brackets(token: re.Match[str]) -> str:
    """Translate a token in brackets."""
    if token["literal"]:
        return "\\" + token["literal"]
    return _translate_escape(token, str)


def _translate_escape(token: re.Match[str], write: Callable[[str], str]) -> str:
    """Translate an escape; `write` writes the characters that it matches."""
    if token["high"]:
        pair = bytes.fromhex(token["high"] + token["low"]).decode("utf-16-be")
        return rf"\x{{{ord(pair):X}}}"
    escape = token["escape"]
    return write(_CHARACTERS[escape]) if escape else token[0]
