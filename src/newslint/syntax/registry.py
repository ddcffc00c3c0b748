"""The list of syntaxes. To add one, add its package and its name here."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.syntax.protocol import Syntax

SYNTAXES = ("yaml", "toml", "json")
"""The names of the packages, each with an object `SYNTAX` in its module `syntax`."""

DEFAULT_SYNTAX = SYNTAXES[0]
"""The syntax of values whose style names none."""


@cache
def get_syntax(name: str) -> "Syntax":
    """Look up a syntax by its name. Its parser is imported when it is used."""
    found: Syntax = import_module(f"newslint.syntax.{name}.syntax").SYNTAX
    return found


@cache
def all_syntaxes() -> "tuple[Syntax, ...]":
    """List all syntaxes, the default one first."""
    return tuple(map(get_syntax, SYNTAXES))


@cache
def find_by_suffix(suffix: str) -> "Syntax | None":
    """Find the syntax of whole files by a file name ending, in lower case; None if it has none."""
    return next((each for each in all_syntaxes() if suffix in each.suffixes), None)
