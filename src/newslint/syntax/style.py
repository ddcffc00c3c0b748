"""Styles: how a scalar is written.

A style is a text that only its syntax understands: the quotes or the block indicator, empty for a
literal such as a number. Styles of all syntaxes but the default one start with the name of the
syntax and a colon, so that a value can be replaced in its style wherever it came from.
"""

from functools import cache

from newslint.syntax.protocol import Syntax
from newslint.syntax.registry import DEFAULT_SYNTAX, all_syntaxes, get_syntax


def syntax_of(style: str) -> Syntax:
    """Look up the syntax that a style belongs to."""
    name, colon, _ = style.partition(":")
    return get_syntax(name if colon else DEFAULT_SYNTAX)


def is_literal(style: str) -> bool:
    """Check if a style has no quotes: of a literal, or of a plain scalar of YAML."""
    return not style or style.endswith(":")


def is_multiline(style: str) -> bool:
    """Check if values of a style consist of whole lines, and may end with a line end."""
    return style in _multiline_styles()


@cache
def _multiline_styles() -> frozenset[str]:
    """Collect the styles of all syntaxes for whole lines."""
    return frozenset().union(*(each.multiline_styles for each in all_syntaxes()))
