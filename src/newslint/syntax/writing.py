"""Values written in the style of the scalars that they replace."""

from collections.abc import Sequence
from typing import Any

from newslint.syntax.protocol import Literal, Replacement
from newslint.syntax.style import syntax_of
from newslint.syntax.tree import Scalar, dereference
from newslint.syntax.value import Value
from newslint.text.location import Span, splice

__all__ = ["Literal", "Replacement", "write_literal", "write_parts", "write_text"]


def write_text(text: str, style: str = "", source: str = "") -> str:
    """Write a text in the style of the scalar that it replaces if possible.

    Args:
        text: The value.
        style: The style of the scalar.
        source: The source of the scalar, if it consists of whole lines.
    """
    return syntax_of(style).write_text(text, style, source)


def write_literal(value: Any, style: str, source: str = "", original: str = "") -> str:
    """Write a value in the place of another one (see `Syntax.write_literal`)."""
    return syntax_of(style).write_literal(value, style, source, original)


def write_parts(value: Value, parts: Sequence[Replacement]) -> list[tuple[Span, str]]:
    """Write replacements of parts of a scalar's text as edits of its source.

    If the scalar's style allows it, only the parts are replaced; else the whole scalar.

    Args:
        value: The scalar.
        parts: At least one, in order, without overlaps.

    Returns:
        The spans to replace, and the new source of each; none if `value` is no text.
    """
    scalar = dereference(value.node)
    if not isinstance(scalar, Scalar) or not isinstance(scalar.value, str):
        return []
    wanted = splice(scalar.value, parts)
    return _write_in_place(value, scalar, parts, wanted) or [_write_whole(value, scalar, wanted)]


def _write_whole(value: Value, scalar: Scalar, wanted: str) -> tuple[Span, str]:
    """Write the edit of a whole scalar; an alias is replaced by a plain or quoted scalar."""
    style, source = (scalar.style, value.raw) if scalar is value.node else ("", "")
    return value.span, write_text(wanted, style, source)


def _write_in_place(
    value: Value, scalar: Scalar, parts: Sequence[Replacement], wanted: str
) -> list[tuple[Span, str]]:
    """Write edits of just `parts`; none if the result would not read as `wanted`.

    The target of an alias is not edited, since it is also the value of other fields.
    """
    syntax = syntax_of(scalar.style)
    chars = syntax.map_characters(value.raw, scalar.style, scalar.value)
    if not chars or scalar is not value.node:
        return []
    written = []
    for start, end, new in parts:
        text = syntax.write_part(new, scalar.style)
        if text is None:
            return []
        written.append(Replacement(*chars.span(start, end), text))
    if not syntax.can_replace(value.raw, written, scalar.style, wanted):
        return []
    return [
        (value.part_span(part.start, part.end), text.new)
        for part, text in zip(parts, written, strict=True)
    ]
