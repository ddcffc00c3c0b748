"""Rows of a table that is read in parts, by several processes, as documents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from newslint.documents.files import too_large_message
from newslint.documents.rows import is_container, name_row
from newslint.execution.check_request import CheckRequest
from newslint.execution.codec import encode_text
from newslint.execution.files import UsageError
from newslint.execution.rulesets import RulesetResolver
from newslint.execution.tables import create_row
from newslint.settings.tables import RowsTable

_PART = 1 << 33
"""Places between the first rows of two parts, as Spark counts them."""

MAX_REPEATED = 100_000
"""Rows with the key of an earlier row whose numbers are known to each process."""


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

    @classmethod
    def create(cls, request: CheckRequest, name: str, columns: Iterable[str]) -> "RowReader":
        """Create the reader of a table, as the settings want it to be read.

        Raises:
            UsageError: The name is that of no table, or a column is missing.
        """
        if not is_container(name):
            raise UsageError(f"'{name}' names no file with rows; a name is 'archive.parquet'")
        settings = request.project.selection.rows(name)
        reader = cls(name, tuple(columns), settings, request.reader.limits.file_size)
        for column in filter(None, (settings.key, settings.text)):
            if column not in reader.columns:
                known = ", ".join(reader.columns)
                raise UsageError(f"no column '{column}' in {name}; its columns are: {known}")
        return reader

    def number_parts(self, counts: Mapping[int, int]) -> "RowReader":
        """Number the rows of all parts, given the number of rows in each."""
        sizes = (counts.get(part, 0) for part in range(max(counts, default=0)))
        return self._replace(starts=[*accumulate(sizes, initial=0)])

    def number_repeated(self, numbers: Iterable[int]) -> "RowReader":
        """Name the rows of these numbers, which have the key of an earlier row, by number.

        Raises:
            UsageError: There are more than `MAX_REPEATED`.
        """
        repeated = frozenset(numbers)
        if len(repeated) > MAX_REPEATED:
            raise UsageError(
                f"the column '{self.settings.key}' identifies no rows: more than "
                f"{MAX_REPEATED:,} repeat it"
            )
        return self._replace(repeated=repeated)

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
