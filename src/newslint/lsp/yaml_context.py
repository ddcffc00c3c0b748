"""The place of the cursor in YAML that may not be complete, found from the indentation of lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_LINE = re.compile(r"( *)((?:- +)*)(?:([\w-]+):(?= |$))?")
_WORD = re.compile(r"[\w-]*")
_PAIR = re.compile(r"([\w-]+): +([\"']?)(.*)")
_ITEM = re.compile(r"([\"']?)(.*)")


class CursorContext(NamedTuple):
    """The key or value that is being typed.

    Attributes:
        path: The keys that lead to the mapping of the key, or to the value; empty for list items.
        is_key: A key is being typed, or may be.
        prefix: The text before the cursor.
        quote: The quote before it, if there is one.
        siblings: Other keys of the mapping.
    """

    path: tuple[str, ...]
    is_key: bool
    prefix: str
    quote: str = ""
    siblings: frozenset[str] = frozenset()


class _Line(NamedTuple):
    """A line: the columns of its first dash and of its key, and the key, empty if it has none."""

    start: int
    column: int
    key: str

    @property
    def has_dash(self) -> bool:
        """Whether the line starts an item of a list."""
        return self.start < self.column


def find_contexts(lines: Sequence[str], number: int, column: int) -> list[CursorContext]:
    """Find the possible contexts of a cursor.

    Args:
        lines: The lines of the front matter.
        number: The 0-based number of the line with the cursor.
        column: The 0-based column of the cursor.
    """
    before = lines[number][:column]
    line = _read_line(before)
    text = before[line.column :]
    parent = _find_path(lines, number, line)
    pair = _PAIR.fullmatch(text)
    if pair is not None:
        key, quote, prefix = pair.groups()
        return [CursorContext((*parent, key), is_key=False, prefix=prefix, quote=quote)]
    found = []
    if _WORD.fullmatch(text):
        siblings = frozenset(_list_siblings(lines, number, line.column))
        found.append(CursorContext(parent, is_key=True, prefix=text, siblings=siblings))
    item = _ITEM.fullmatch(text)
    if line.has_dash and item is not None:
        quote, prefix = item.groups()
        found.append(CursorContext(parent, is_key=False, prefix=prefix, quote=quote))
    return found


def _read_line(text: str) -> _Line:
    """Read the columns and the key of a line."""
    match = _LINE.match(text)
    spaces, dashes, key = match.groups() if match else ("", "", None)
    return _Line(len(spaces), len(spaces) + len(dashes), key or "")


def _is_blank(text: str) -> bool:
    """Check if a line has no effect on the structure."""
    return not text.strip() or text.lstrip().startswith("#")


def _find_path(lines: Sequence[str], number: int, line: _Line) -> tuple[str, ...]:
    """Find the keys that lead to the mapping or list that a line is part of."""
    path = [""] if line.has_dash else []
    column, is_item = (line.start, True) if line.has_dash else (line.column, False)
    for text in reversed(lines[:number]):
        if column == 0 and not is_item:
            break
        above = _read_line(text)
        if _is_blank(text):
            continue
        is_parent = above.column < column or (
            is_item and above.column == column and not above.has_dash
        )
        if above.key and is_parent:
            path.insert(0, above.key)
        elif not (above.has_dash and above.column == column and not is_item):
            continue
        column, is_item = above.column, False
        if above.has_dash:
            path.insert(0, "")
            column, is_item = above.start, True
    return tuple(path)


def _list_siblings(lines: Sequence[str], number: int, column: int) -> Iterator[str]:
    """Yield the keys above and below a line that are in the same mapping."""
    if not _read_line(lines[number]).has_dash:
        yield from _keys_in(reversed(lines[:number]), column, is_upward=True)
    yield from _keys_in(lines[number + 1 :], column, is_upward=False)


def _keys_in(lines: Iterable[str], column: int, *, is_upward: bool) -> Iterator[str]:
    """Yield the keys at a column until the mapping begins or ends."""
    for line in (_read_line(text) for text in lines if not _is_blank(text)):
        if (line.column if is_upward else line.start) < column:
            return
        if line.column == column:
            yield line.key
            if line.has_dash:
                return
