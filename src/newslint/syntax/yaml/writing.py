"""Writes values as YAML source: the one module that quotes and escapes."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from newslint.syntax.problem import Limits
from newslint.syntax.yaml.forbidden import FORBIDDEN
from newslint.syntax.yaml.full_parser import full_parse
from newslint.syntax.yaml.scalars import BLOCK_STYLES, map_characters
from newslint.syntax.yaml.tree import Scalar, dereference
from newslint.syntax.yaml.value import Value
from newslint.text.location import Span, splice
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
"""What ends a plain scalar between brackets."""
_HEADER = re.compile(r"(?P<style>[|>])[-+]?(?P<comment>[ \t]+#[^\r\n]*|)[ \t]*(?P<end>[\r\n]+) *")
"""The first line of a block scalar whose indentation is told by its second one."""


def write_text(text: str, style: str = "", block: str = "") -> str:
    """Return YAML source for `text`, in the style of the scalar that it replaces where that can be.

    Args:
        text: The wanted value.
        style: `'`, `"`, `|`, `>`, or empty for a plain scalar.
        block: The source of the block scalar that it replaces, with the line end that belongs to
            it. Where the text cannot be one, it is written in double quotes.
    """
    if style in BLOCK_STYLES:
        return _block(text, block) or _quoted_block(text, block)
    if style == "'" and _reads_as(single := "'" + text.replace("'", "''") + "'", text):
        return single
    if style == "" and not _IN_BRACKETS & set(text) and _reads_plainly(text, text):
        return text
    return double_quote(text)


def _block(text: str, like: str) -> str:
    """Return `text` as a block scalar with the indentation and line ends of another.

    Empty where it would not read as `text`.
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


def _quoted_block(text: str, like: str) -> str:
    """Return `text` in double quotes, with the comment and the line end of a block scalar."""
    header = _HEADER.match(like)
    comment = header["comment"] if header else ""
    return double_quote(text) + comment + (_last_line_end(like) if like else "\n")


def double_quote(text: str) -> str:
    """Return `text` as a double-quoted scalar on one line."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    """Return a character as it stands between double quotes."""
    short = _SHORT_ESCAPES.get(char)
    if short is not None:
        return short
    return f"\\u{ord(char):04x}" if FORBIDDEN.match(char) else char


class Part(NamedTuple):
    """A part of a scalar's text, and what it shall be.

    Attributes:
        start: 0-based offset of the part in the text.
        end: Offset after its last character.
        new: What to put there.
    """

    start: int
    end: int
    new: str


def write_parts(value: Value, parts: Sequence[Part]) -> list[tuple[Span, str]]:
    """Return the replacement of parts of a scalar's text.

    Only the parts are replaced where the scalar's style allows it; else the whole scalar is written
    anew.

    Args:
        value: The scalar.
        parts: In order, not empty, not overlapping.

    Returns:
        The spans to replace and the source text to put there; none where `value` is no text.
    """
    scalar = dereference(value.node)
    if not isinstance(scalar, Scalar) or not isinstance(scalar.value, str):
        return []
    wanted = splice(scalar.value, parts)
    return _in_place(value, scalar, parts, wanted) or [_whole(value, scalar, wanted)]


def _whole(value: Value, scalar: Scalar, wanted: str) -> tuple[Span, str]:
    """Return the replacement of a whole scalar; an alias is one on a line of its own."""
    style, source = (scalar.style, value.raw) if scalar is value.node else ("", "")
    return value.span, write_text(wanted, style, source)


def _last_line_end(raw: str) -> str:
    """Return what ends the last line of `raw`; empty where nothing does."""
    ends = LINE_END.findall(raw, len(raw.rstrip("\r\n")))
    return ends[-1] if ends else ""


def _in_place(
    value: Value, scalar: Scalar, parts: Sequence[Part], wanted: str
) -> list[tuple[Span, str]]:
    """Return the replacement of just `parts`; none where that would not read as `wanted`.

    What an alias stands for is left alone, since it stands for more than this value.
    """
    chars = map_characters(value.raw, scalar.style, scalar.value)
    if not chars or scalar is not value.node:
        return []
    written = []
    for start, end, new in parts:
        text = _in_style(new, scalar.style)
        if text is None:
            return []
        written.append(Part(*chars.span(start, end), text))
    kept = value.raw[written[-1].end :]
    takes_line_end = scalar.style in BLOCK_STYLES and _last_line_end(kept) != _last_line_end(
        value.raw
    )
    reads = _reads_as if scalar.style else _reads_plainly
    if takes_line_end or not reads(splice(value.raw, written), wanted):
        return []
    return [
        (value.part(part.start, part.end), text.new)
        for part, text in zip(parts, written, strict=True)
    ]


def _in_style(new: str, style: str) -> str | None:
    """Return `new` as it is written inside a scalar of `style`; None where it cannot be."""
    if style == '"':
        return double_quote(new)[1:-1]
    if "\n" in new:
        return None
    if style == "'":
        return new.replace("'", "''")
    return None if style == "" and _IN_BRACKETS & set(new) else new


def _reads_plainly(source: str, wanted: str) -> bool:
    """Tell whether a plain scalar's source text means `wanted` wherever it may stand.

    Where it holds what ends it between brackets, it stands between none.
    """
    if not _reads_as(source, wanted):
        return False
    return bool(_IN_BRACKETS & set(source)) or _reads_as(f"[{source}]", [wanted])


def _reads_as(source: str, wanted: str | list[str]) -> bool:
    """Tell whether source text means `wanted`, as the value of a key."""
    tree = full_parse(SourceText(f"k: {source}"), Limits())
    return [root.to_python() for root in tree.roots] == [{"k": wanted}]
