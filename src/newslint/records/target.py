"""Targets: the values that diagnostics point at."""

from typing import NamedTuple

from newslint.syntax import Value
from newslint.syntax.style import is_multiline
from newslint.syntax.tree import Scalar, dereference
from newslint.text import Location


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
