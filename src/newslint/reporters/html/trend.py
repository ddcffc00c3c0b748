"""How an archive has fared from run to run."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from newslint.diagnostics import Severity
from newslint.reporters.history import Entry

MOST_RUNS = 200
"""How many runs a chart shows: the latest."""


class Run(NamedTuple):
    """One run.

    Attributes:
        time: When it was, in seconds since 1970.
        name: The day and time in UTC.
        documents: How many files were reported on.
        clean: How many had no diagnostics.
        diagnostics: How many there were.
        counts: How many of each severity, the worst first.
    """

    time: float
    name: str
    documents: int
    clean: int
    diagnostics: int
    counts: tuple[int, ...]


class Trend(NamedTuple):
    """What happened from run to run.

    Attributes:
        runs: The latest ones, the oldest of them first.
        left_out: How many older ones there are.
    """

    runs: tuple[Run, ...]
    left_out: int

    @property
    def change(self) -> int:
        """How many diagnostics more there are in the last run than in the first."""
        return self.runs[-1].diagnostics - self.runs[0].diagnostics


def trend(entries: Sequence[Entry]) -> Trend:
    """Return the trend over the runs of a history, which are in order."""
    runs = tuple(map(_run, entries[-MOST_RUNS:]))
    return Trend(runs, max(0, len(entries) - MOST_RUNS))


def _run(entry: Entry) -> Run:
    """Return a run as the page shows it."""
    counts = entry.summary.by_severity.model_dump()
    return Run(
        entry.time.timestamp(),
        f"{entry.time.astimezone(UTC):%Y-%m-%d %H:%M}",
        entry.summary.documents,
        entry.clean,
        entry.summary.diagnostics,
        tuple(counts[severity.value] for severity in Severity),
    )


def day_of(time: float) -> str:
    """Return the day of a moment, given in seconds since 1970, in UTC."""
    return datetime.fromtimestamp(time, UTC).date().isoformat()
