"""Records, which consist of descriptions: that of their own article, and those that they embed."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from struct import unpack

import msgspec

from newslint.records.description import DIGEST_SIZE, Description
from newslint.records.mention import Mention
from newslint.syntax.removal import Removal

ENTRIES = 2**32
"""More than the entries of any record."""

Descriptions = Mapping[bytes, Description]
"""Descriptions by digest."""


class Record(msgspec.Struct, frozen=True, array_like=True):
    """A record: the description of its own article, and those that it embeds, by digest.

    Positions count from 0 for its own description; those of entries are 1-based.

    Attributes:
        path: The file.
        digest: Digest of the description of its own article.
        line: Number of lines in the file before its front matter.
        listed: Pointer to the list of its entries.
        entries: Digests of the descriptions of the entries, one after the other.
        lines: Numbers of lines in the file before each entry's fragment, as unsigned integers of
            four bytes.
        removals: Edits that remove an entry, by its 0-based index, if removing its lines would not
            do it; empty for one that cannot be removed.
        number: 0-based number of the record in its file.
    """

    path: str
    digest: bytes
    line: int = 0
    listed: str = ""
    entries: bytes = b""
    lines: bytes = b""
    removals: dict[int, Removal] = {}
    number: int = 0

    @property
    def digests(self) -> list[bytes]:
        """Digests of all descriptions, its own first."""
        number = len(self.entries) // DIGEST_SIZE
        return [self.digest, *unpack(f"{DIGEST_SIZE}s" * number, self.entries)]

    @property
    def all_lines(self) -> list[int]:
        """Numbers of lines before each description, its own first."""
        return [self.line, *memoryview(self.lines).cast("I")]

    def digest_at(self, position: int) -> bytes:
        """Digest of the description at a position."""
        end = position * DIGEST_SIZE
        return self.entries[end - DIGEST_SIZE : end] if position else self.digest

    def line_at(self, position: int) -> int:
        """Number of lines before the fragment that contains the description at a position."""
        return memoryview(self.lines).cast("I")[position - 1] if position else self.line

    def prefix(self, position: int) -> str:
        """Pointer to the description at a position, unique in the file.

        In a file with several records, those of all but the first start with NUL and the number of
        the record; `strip_record_number` takes them off.
        """
        pointer = item_pointer(self.listed, position - 1) if position else ""
        return f"\0{self.number}{pointer}" if self.number else pointer

    def mention(self, position: int, descriptions: Descriptions) -> Mention:
        """Create the mention at a position, with lines that count from its fragment."""
        return Mention(
            descriptions[self.digest_at(position)],
            self.path,
            self.prefix(position),
            host=descriptions[self.digest],
            removal=self.removals.get(position - 1),
            place=(self, position),
        )


@lru_cache(maxsize=1024)
def item_pointer(listed: str, index: int) -> str:
    """Build the pointer to an item of a list; one object for all files."""
    return f"{listed}/{index}"


def strip_record_number(pointer: str) -> str:
    """Convert a pointer that starts with `Record.prefix` to one relative to the front matter."""
    return pointer.lstrip("\0").lstrip("0123456789") if pointer.startswith("\0") else pointer


def find_position(records: Sequence[Record], prefix: str) -> tuple[Record, int]:
    """Find the record that `prefix` points into, and the position of the description in it.

    The position is 0 for the record's own description, and 1-based for entries of `related`.
    """
    pointer = strip_record_number(prefix)
    number = prefix[1 : len(prefix) - len(pointer)]
    record = records[int(number or 0)]
    listed, _, index = pointer.rpartition("/")
    is_entry = bool(pointer) and listed == record.listed and index.isdecimal()
    return record, int(index) + 1 if is_entry else 0


def pack_lines(lines: Iterable[int]) -> bytes:
    """Pack numbers of lines for `Record.lines`."""
    return array("I", lines).tobytes()
