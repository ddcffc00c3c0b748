"""Targets: the values that diagnostics point at."""

from typing import NamedTuple

from newslint.syntax import Value
from newslint.syntax.style import is_multiline
from newslint.syntax.tree import Scalar, dereference
from newslint.text import Location, Position, Span


class Target(NamedTuple):
    """The value that a diagnostic points at.

    Attributes:
        location: The value's location.
        value: Its text.
        style: How the scalar is written, for its syntax to know; empty for other values.
        block: The source text of a scalar that consists of whole lines, else empty.
        is_shared: Whether aliases refer to the value, so that replacing it changes them too.
    """

    location: Location
    value: str
    style: str = ""
    block: str = ""
    is_shared: bool = False


def part_of_target(target: Target, start: int, end: int) -> Target:
    """Narrow a target to a part of its text.

    Args:
        target: The target.
        start: 0-based offset of the part in the text.
        end: Offset after the part.

    Returns:
        The target with the location of the part; unchanged if the text is written with escapes or
        on several lines, or is that of an alias.
    """
    first, last = target.location.span
    quotes = last.column - first.column - len(target.value)
    if target.block or first.line != last.line or quotes not in (0, len("''")):
        return target
    column = first.column + quotes // 2
    span = Span(Position(first.line, column + start), Position(first.line, column + end))
    return target._replace(location=target.location._replace(span=span))


def target_of(value: Value) -> Target:
    """Create the target of `value`, with a location relative to its description or document.

    An alias has the text of the aliased scalar, and the style of a plain one.
    """
    location = Location("", value.pointer, value.span)
    scalar = dereference(value.node)
    if not isinstance(scalar, Scalar):
        return Target(location, "")
    source = value.fragment.source.text[scalar.start : scalar.end]
    text = scalar.value if isinstance(scalar.value, str) else source
    style = scalar.style if scalar is value.node else ""
    block = source if is_multiline(style) else ""
    return Target(location, text, style, block, value.is_aliased)
