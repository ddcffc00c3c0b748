"""Edits that remove an entry of a list in brackets."""

from itertools import pairwise

from newslint.syntax.protocol import Removal
from newslint.syntax.tree import Sequence
from newslint.syntax.value import Value
from newslint.text.lazy_pattern import lazy_pattern

_COMMA = lazy_pattern(r"\s*+,\s*+")
_TRAILING_COMMA = lazy_pattern(r"\s*+,?+\s*+")


def bracket_removals(list_value: Value) -> dict[int, Removal]:
    """Compute the edits that remove entries in brackets, each with the comma before or after it.

    Entries with a comment between them and the comma are left out.
    """
    node = list_value.node
    if not isinstance(node, Sequence) or not node.items:
        return {}
    source = list_value.fragment.source.with_line_starts()
    text = source.text
    gaps = [bool(_COMMA.fullmatch(text, a.end, b.start)) for a, b in pairwise(node.items)]
    is_bare = [not text[node.start + 1 : node.items[0].start].strip(), *gaps]
    found: dict[int, Removal] = {}
    for index, item in enumerate(node.items):
        start, end = item.start, item.end
        if index < len(gaps):
            is_separable, end = gaps[index], node.items[index + 1].start
        elif index:
            is_separable, start = gaps[index - 1], node.items[index - 1].end
        else:
            start, end = node.start + 1, node.end - 1
            is_separable = bool(_TRAILING_COMMA.fullmatch(text, item.end, end))
        if is_separable and is_bare[index]:
            span = source.span(start, end).shift_lines(list_value.line)
            found[index] = ((span, ""),)
    return found
