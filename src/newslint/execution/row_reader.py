"""Rows of a table that is read in parts, by several processes, as documents."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from newslint.documents.files import too_large_message
from newslint.documents.rows import name_row
from newslint.execution.codec import encode_text
from newslint.execution.rulesets import RulesetResolver
from newslint.execution.tables import create_row
from newslint.settings.tables import RowsTable

_PART = 1 << 33
"""Places between the first rows of two parts, as Spark counts them."""


class RowReader(NamedTuple):
    """Reads rows as documents.

    Attributes:
        name: The name of the table in paths.
        columns: Its columns.
        settings: How rows are read.
        limit: The greatest size of a document in bytes.
        starts: Numbers of rows before each part.
        repeated: Numbers of rows with the key of an earlier row.
    """

    name: str
    columns: tuple[str, ...]
    settings: RowsTable
    limit: int
    starts: Sequence[int] = ()
    repeated: frozenset[int] = frozenset()

    def read(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, bytes | str]]:
        """Yield the path and the content of each row, or why there is none.

        Args:
            rows: The values of each row, after its place: `_PART` times the number of its part, and
                its 0-based number in this.
        """
        key = self.settings.key
        for place, *row in rows:
            number = self._find_number(place)
            found = create_row(number, dict(zip(self.columns, row, strict=True)), key)
            content = found.encode(self.settings.text)
            if isinstance(content, bytes) and len(content) > self.limit:
                content = too_large_message(len(content), self.limit)
            named = None if number in self.repeated else found.key
            yield name_row(self.name, number, named), content

    def name_rows(
        self, rows: Iterable[tuple[int, Any]], resolver: RulesetResolver
    ) -> Iterator[tuple[bytes, int, bytes]]:
        """Yield the name and the number of each row, given its key, and the digest of its rules."""
        for place, value in rows:
            number = self._find_number(place)
            name = name_row(self.name, number, (self.settings.key or "", value))
            rules = resolver.resolve(name)
            yield encode_text(name), number, b"" if rules is None else rules.digest

    def _find_number(self, place: int) -> int:
        """Find the number of a row by its place."""
        part, number = divmod(place, _PART)
        return self.starts[part] + number + 1
