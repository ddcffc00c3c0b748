"""The rule `filename-date-mismatch`."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from newslint.documents.rows import split_row
from newslint.records.schema.news import day_at
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Mention,
    RecordRule,
    Severity,
)

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=\D|$)")
_UTC = timedelta()
_OFFSETS = (_UTC, timedelta(hours=-12), timedelta(hours=14))
"""The offsets of UTC, the last and the first time zone."""


class FilenameDateMismatch(RecordRule):
    """The date in a file's name is not the date of publication in any time zone.

    The date in `2022-09-12-slug.md` must be that of `publishedDateTime` in some time zone from
    UTC−12 to UTC+14, because the time zone of the author is unknown.

    Why: site generators take the date from the file's name, so the page shows a wrong one.
    """

    id = "filename-date-mismatch"
    severity = Severity.WARNING
    roles = ("date",)
    examples = (
        Bad("publishedDateTime: 2022-09-12T21:33:00Z", name="2022-09-14-moves.md"),
        Good("publishedDateTime: 2022-09-12T21:33:00Z", name="2022-09-13-moves.md"),
    )

    def concerns(self, path: str) -> bool:
        """Check for a date at the start of the file's name."""
        return _parse_file_date(path) is not None

    def check(self, record: Mention) -> Iterator[Diagnostic]:
        """Compare the date in the file's name with that of publication."""
        file_date = _parse_file_date(record.path)
        published = record.description.published_at
        if (
            file_date is None
            or published is None
            or file_date in (day_at(published, each) for each in _OFFSETS)
        ):
            return
        day = day_at(published, _UTC)
        message = f"the date of publication is {day}, but {file_date} in the file name"
        yield self.flag(record.target("publishedDateTime"), message, cause=record.path)


def _parse_file_date(path: str) -> date | None:
    """Parse the date at the start of a file's name; None if there is none."""
    match = None if split_row(path) else _DATE.match(path.rpartition("/")[2])
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
