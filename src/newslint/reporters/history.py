"""The history of an archive: a file with the counts of each run as a JSON object on a line."""

from datetime import UTC, datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from newslint._version import __version__
from newslint.diagnostics import Report
from newslint.reporters.json import dumps, encode_summary

SCHEMA_VERSION = 1

_START = '{"schema_version": '
_Count = Annotated[int, Field(ge=0, lt=2**63)]


def _convert_to_utc(time: datetime) -> datetime:
    """Convert a time to UTC.

    Raises:
        ValueError: UTC has no such time, at the start of the year 1 or the end of 9999.
    """
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error


class _Model(BaseModel):
    """The members of a line that the trend needs. Further members are ignored."""

    model_config = ConfigDict(frozen=True)


class RunSeverities(_Model):
    """Number of diagnostics of each severity."""

    error: _Count
    warning: _Count
    info: _Count


class RunSummary(_Model):
    """The counts of a run, as in the JSON report."""

    documents: _Count
    diagnostics: _Count
    by_severity: RunSeverities


class HistoryEntry(_Model):
    """One run.

    Attributes:
        time: The time of the run, in UTC.
        clean: Number of files without diagnostics.
        summary: The counts of the run.
    """

    schema_version: Literal[1]
    time: Annotated[AwareDatetime, AfterValidator(_convert_to_utc)]
    clean: _Count
    summary: RunSummary


class History(NamedTuple):
    """The content of a history file.

    Attributes:
        entries: The runs, the oldest first.
        damaged: The 1-based numbers of the lines that could not be parsed.
    """

    entries: tuple[HistoryEntry, ...] = ()
    damaged: tuple[int, ...] = ()


def format_history_line(report: Report, time: datetime) -> str:
    """Format the line of a run, without its line end.

    Args:
        report: The outcome of the run.
        time: The time of the run, with a time zone.
    """
    paths = {diagnostic.path for diagnostic in report.diagnostics}
    return dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "time": f"{_convert_to_utc(time).replace(tzinfo=None).isoformat(timespec='seconds')}Z",
            "tool": {"name": "newslint", "version": __version__},
            "clean": max(report.documents - len(paths), 0),
            "summary": encode_summary(report),
        }
    )


def parse_history(text: str) -> History:
    """Parse the text of a history file; damaged lines are skipped, and their numbers kept."""
    entries: list[HistoryEntry] = []
    damaged: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entries.append(HistoryEntry.model_validate_json(line))
        except ValidationError:
            damaged.append(number)
    return History(tuple(sorted(entries, key=lambda entry: entry.time)), tuple(damaged))


def is_history(text: str) -> bool:
    """Check if `text` is that of a history file, possibly a damaged one, or of an empty file."""
    return not text.strip() or text.lstrip().startswith(_START)
