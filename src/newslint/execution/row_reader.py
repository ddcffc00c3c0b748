"""Rows of a table that is read in parts, by several processes, as documents."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from newslint.documents.files import too_large_message
from newslint.documents.rows import name_row
from newslint.execution.codec import encode_text
from newslint.execution.rulesets import RulesetResolver
from newslint.execution.tables import create_row
from newslint.settings.tables import RowsTable


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
    starts: Mapping[int, int]
    repeated: frozenset[int] = frozenset()

    def read(self, part: int, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, bytes | str]]:
        """Yield the path and the content of each row of a part, or why there is none."""
        key = self.settings.key
        for number, row in enumerate(rows, self.starts[part] + 1):
            found = create_row(number, dict(zip(self.columns, row, strict=True)), key)
            content = found.encode(self.settings.text)
            if isinstance(content, bytes) and len(content) > self.limit:
                content = too_large_message(len(content), self.limit)
            named = None if number in self.repeated else found.key
            yield name_row(self.name, number, named), content

    def name_rows(
        self, part: int, keys: Iterable[tuple[Any]], resolver: RulesetResolver
    ) -> Iterator[tuple[bytes, int, bytes]]:
        """Yield the name and the number of each row, given its key, and the digest of its rules."""
        for number, (value,) in enumerate(keys, self.starts[part] + 1):
            key = None if self.settings.key is None else (self.settings.key, value)
            name = name_row(self.name, number, key)
            rules = resolver.resolve(name)
            yield encode_text(name), number, b"" if rules is None else rules.digest
