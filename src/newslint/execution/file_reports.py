"""The parts of a report by file, and since when each is as it is."""

from collections.abc import Iterable
from itertools import takewhile

from newslint.engine.close import FileReport


class FileReports:
    """The parts that files add to the report of a project, if they are known, and their changes.

    Attributes:
        token: Number of the last change.
    """

    def __init__(self) -> None:
        self.token = 0
        self._reports: dict[str, FileReport] = {}
        self._changes: dict[str, int] = {}

    def forget(self, names: Iterable[str]) -> None:
        """Note that the parts of files have changed."""
        self.token += 1
        for name in names:
            self._reports.pop(name, None)
            self._changes.pop(name, None)  # the latest change is the last one
            self._changes[name] = self.token

    def find(self, name: str) -> FileReport | None:
        """Find the part of a file; None if it is not known."""
        return self._reports.get(name)

    def keep(self, name: str, report: FileReport | None) -> None:
        """Keep the part of a file; None if it adds none."""
        if report is not None:
            self._reports[name] = report

    def changed_since(self, token: int) -> frozenset[str]:
        """Find the files whose part has changed since a token, removed files included."""
        latest = takewhile(lambda name: self._changes[name] > token, reversed(self._changes))
        return frozenset(latest)

    def in_order(self) -> list[FileReport]:
        """List all parts that are known, in the order of paths."""
        return [self._reports[name] for name in sorted(self._reports)]
