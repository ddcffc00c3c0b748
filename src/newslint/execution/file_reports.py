"""The parts of a report by file, and since when each is as it is."""

from itertools import takewhile

from newslint.diagnostics import Diagnostic
from newslint.engine.close import FileReport


class FileReports:
    """The parts of the report that files add.

    Attributes:
        token: Number of the last change.
    """

    def __init__(self) -> None:
        self.token = 0
        self._reports: dict[str, FileReport] = {}
        self._changes: dict[str, int] = {}

    def begin(self) -> None:
        """Begin a change."""
        self.token += 1

    def replace(self, name: str, report: FileReport | None) -> None:
        """Replace the part of a file; None if it adds none."""
        if report != self._reports.get(name):
            self._changes.pop(name, None)  # the latest change is the last one
            self._changes[name] = self.token
        if report is None:
            self._reports.pop(name, None)
        else:
            self._reports[name] = report

    def diagnostics(self, name: str) -> tuple[Diagnostic, ...]:
        """List the diagnostics of a file; none if there is no such file."""
        report = self._reports.get(name)
        return () if report is None else report.diagnostics

    def changed_since(self, token: int) -> frozenset[str]:
        """Find the files whose part has changed since a token, removed files included."""
        latest = takewhile(lambda name: self._changes[name] > token, reversed(self._changes))
        return frozenset(latest)

    def in_order(self) -> list[FileReport]:
        """List all parts, in the order of paths."""
        return [self._reports[name] for name in sorted(self._reports)]
