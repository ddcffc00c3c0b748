"""Edits that remove an entry of a list."""

from newslint.syntax.protocol import Removal
from newslint.syntax.registry import get_syntax
from newslint.syntax.value import Value
from newslint.text.location import Span
from newslint.text.source_text import SourceText

__all__ = ["Removal", "entry_lines", "entry_removals", "has_adjacent_entries"]


def entry_removals(source: SourceText, mapping: Value, key: str) -> dict[int, Removal]:
    """Compute the edits that remove each entry of a list (see `Syntax.find_removals`)."""
    return get_syntax(mapping.fragment.syntax).find_removals(source, mapping, key)


def has_adjacent_entries(list_value: Value) -> bool:
    """Check if each entry of a list can be removed with just the lines that `entry_lines` finds."""
    return get_syntax(list_value.fragment.syntax).has_adjacent_entries(list_value)


def entry_lines(entry: Value) -> Span | None:
    """Find the lines of an entry of a list; None if other values share them."""
    return get_syntax(entry.fragment.syntax).entry_lines(entry)
