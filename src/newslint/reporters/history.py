"""The history of an archive: the counts of each run, one JSON object on a line."""

from datetime import UTC, datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from newslint._version import __version__
from newslint.diagnostics import Report, compact_form
from newslint.reporters.json import dumps, encode_summary

SCHEMA_VERSION = 1

_START = '{"schema_version": '
_Count = Annotated[int, Field(ge=0)]


class _Model(BaseModel):
    """What is read of a line. More may be there: what is not drawn is for others."""

    model_config = ConfigDict(frozen=True)


class RunSeverities(_Model):
    """Number of diagnostics of each severity."""

    error: _Count
    warning: _Count
    info: _Count


class RunSummary(_Model):
    """What a run found, in numbers, as the JSON report has them."""

    documents: _Count
    diagnostics: _Count
    by_severity: RunSeverities


class HistoryEntry(_Model):
    """One run.

    Attributes:
        time: When it was.
        clean: How many files had no diagnostics.
        summary: What it found.
    """

    schema_version: Literal[1]
    time: AwareDatetime
    clean: _Count
    summary: RunSummary


class History(NamedTuple):
    """What a file holds.

    Attributes:
        entries: The runs, the oldest first.
        damaged: The 1-based lines that hold none that can be read.
    """

    entries: tuple[HistoryEntry, ...] = ()
    damaged: tuple[int, ...] = ()


def format_history_line(report: Report, time: datetime) -> str:
    """Return the line for a run, without what ends it.

    Args:
        report: What it found.
        time: When it was; with a time zone.
    """
    touched = {diagnostic.path for diagnostic in compact_form(report.diagnostics)}
    return dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "time": f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "tool": {"name": "newslint", "version": __version__},
            "clean": max(report.documents - len(touched), 0),
            "summary": encode_summary(report),
        }
    )


def parse_history(text: str) -> History:
    """Return what the text of a history file holds; a damaged line hides no other."""
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
    """Tell whether `text` is that of a history file, perhaps a damaged one, or of an empty file."""
    return not text.strip() or text.lstrip().startswith(_START)
