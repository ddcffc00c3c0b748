"""Lines inside of rows: each entry of a list of objects has a line of its own.

Entries that occur in many rows are parsed once if they are whole lines. JSON on one line contains
no line ends, so those that `split_entries` inserts can be removed again.
"""

from itertools import accumulate

import msgspec


def split_entries(row: bytes) -> bytes:
    """Insert a line end before and after each entry of the lists in a JSON object on one line.

    Only lists of objects that are values of the object itself are split. Anything else is returned
    as it is.
    """
    if b"\n" in row or b"\r" in row:
        return row
    try:
        values = msgspec.json.decode(row, type=dict[str, msgspec.Raw])
        lists = [_list_entries(value) for value in map(bytes, values.values()) if value[:1] == b"["]
    except msgspec.MsgspecError:
        return row
    pieces: list[bytes] = []
    done = 0
    for entry in (entry for entries in lists for entry in entries):
        at = row.find(entry, done)
        if at < 0:  # a key that is given twice
            return row
        pieces += row[done:at], b"\n", entry, b"\n"
        done = at + len(entry)
    return b"".join([*pieces, row[done:]])


def _list_entries(value: bytes) -> list[bytes]:
    """List the entries of a list; none if one of them is no object."""
    entries = [bytes(each) for each in msgspec.json.decode(value, type=list[msgspec.Raw])]
    return entries if all(each[:1] == b"{" for each in entries) else []


def join_entries(row: bytes) -> bytes:
    """Remove the line ends that `split_entries` inserted."""
    return row.replace(b"\n", b"")


class RowColumns:
    """The columns of a row that `split_entries` has split.

    Args:
        text: The text of the row.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(map(len, text.split("\n")))]

    def column(self, line: int, column: int) -> int:
        """Convert a position in the lines of the row to the column in the row without them."""
        return self._starts[min(line, len(self._starts)) - 1] + column
