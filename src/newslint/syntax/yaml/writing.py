"""Values written as YAML source: the one module that quotes and escapes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from newslint.syntax.problem import Limits
from newslint.syntax.protocol import Literal, Replacement
from newslint.syntax.style import is_literal
from newslint.syntax.yaml.scalars import BLOCK_STYLES
from newslint.text.control_characters import FORBIDDEN
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.location import splice
from newslint.text.source_text import LINE_END, SourceText

_SHORT_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
    "\ufeff": "\\uFEFF",
}
_IN_BRACKETS = frozenset(",[]{}")
"""Characters that end a plain scalar in brackets."""
_HEADER = lazy_pattern(r"(?P<style>[|>])[-+]?(?P<comment>[ \t]+#[^\r\n]*|)[ \t]*(?P<end>[\r\n]+) *")
"""The header of a block scalar without an indentation digit, and the indentation of its text."""


def write_text(text: str, style: str = "", block: str = "") -> str:
    """Write `text` as YAML source, in the style of the scalar that it replaces if possible.

    Args:
        text: The value.
        style: `'`, `"`, `|`, `>`, or empty for a plain scalar.
        block: The source of the block scalar that it replaces, with its last line end. If the text
            cannot be written as a block scalar, it is written in double quotes.
    """
    if style in BLOCK_STYLES:
        return _write_block(text, block) or _write_quoted_block(text, block)
    if style == "'" and _reads_as(single := "'" + text.replace("'", "''") + "'", text):
        return single
    if style == "" and not _IN_BRACKETS & set(text) and _reads_anywhere_as(text, text):
        return text
    return double_quote(text)


def _write_block(text: str, like: str) -> str:
    """Write `text` as a block scalar with the indentation and line ends of another.

    The result is empty if it would not read as `text`.
    """
    header = _HEADER.match(like)
    ends = len(text) - len(text.rstrip("\n"))
    if header is None or ends > 1:
        return ""
    first_end = LINE_END.match(header["end"])
    line_end = first_end[0] if first_end else ""
    margin = like[header.end("end") : header.end()]
    lines = (margin + line if line else "" for line in text.removesuffix("\n").split("\n"))
    start = header["style"] + ("" if ends else "-") + header["comment"]
    written = line_end.join([start, *lines]) + _last_line_end(like)
    return written if _reads_as(written, text) else ""


def _write_quoted_block(text: str, like: str) -> str:
    """Write `text` in double quotes, with the comment and the last line end of a block scalar."""
    header = _HEADER.match(like)
    comment = header["comment"] if header else ""
    return double_quote(text) + comment + (_last_line_end(like) if like else "\n")


def double_quote(text: str) -> str:
    """Write `text` as a double-quoted scalar on one line."""
    return '"' + "".join(map(_escape, text)) + '"'


def _escape(char: str) -> str:
    """Escape a character for use in double quotes."""
    short = _SHORT_ESCAPES.get(char)
    if short is not None:
        return short
    return f"\\u{ord(char):04x}" if FORBIDDEN.match(char) else char


def write_literal(value: Any, style: str, source: str = "", original: str = "") -> str:
    """Write a value in the place of another one (see `Syntax.write_literal`).

    In the place of a plain scalar, a literal keeps the quotes that it had.
    """
    text = value if isinstance(value, str) else _represent(value)
    if not style and not is_literal(original):
        style = original if original == "'" else '"'
    if style:
        return write_text(text, style, source)
    is_text = isinstance(value, str) and not isinstance(value, Literal)
    return double_quote(text) if is_text else text


def _represent(value: Any) -> str:
    """Write a number, a boolean, a date or nothing as a plain scalar."""
    if value is None or isinstance(value, bool):
        return str(value).replace("None", "null").lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _last_line_end(raw: str) -> str:
    """Find the line end of the last line of `raw`; empty if there is none."""
    ends = LINE_END.findall(raw, len(raw.rstrip("\r\n")))
    return ends[-1] if ends else ""


def can_replace(raw: str, written: Sequence[Replacement], style: str, wanted: str) -> bool:
    """Check that a scalar reads as `wanted` after parts of its source are replaced.

    A block scalar must keep its last line end.
    """
    if style in BLOCK_STYLES and _last_line_end(raw[written[-1].end :]) != _last_line_end(raw):
        return False
    reads = _reads_as if style else _reads_anywhere_as
    return reads(splice(raw, written), wanted)


def write_part(new: str, style: str) -> str | None:
    """Write `new` inside a scalar of `style`; None if that is not possible."""
    if style == '"':
        return double_quote(new)[1:-1]
    if "\n" in new:
        return None
    if style == "'":
        return new.replace("'", "''")
    return None if style == "" and _IN_BRACKETS & set(new) else new


def _reads_anywhere_as(source: str, wanted: str) -> bool:
    """Check if a plain scalar reads as `wanted` both inside and outside of brackets.

    If it contains a character that would end it in brackets, it cannot be inside of any.
    """
    if not _reads_as(source, wanted):
        return False
    return bool(_IN_BRACKETS & set(source)) or _reads_as(f"[{source}]", [wanted])


def _reads_as(source: str, wanted: str | list[str]) -> bool:
    """Check if source text reads as `wanted`, as the value of a key."""
    from newslint.syntax.yaml.full_parser import full_parse

    tree = full_parse(SourceText(f"k: {source}"), Limits())
    return [root.to_python() for root in tree.roots] == [{"k": wanted}]
