"""The parts of a report by file, and since when each is as it is."""

from collections.abc import Iterable
from itertools import takewhile

from newslint.engine.close import FileReport, PreparedDiagnostics
from newslint.engine.findings import Judgement
from newslint.execution.mapping import Table

_MAX_PREPARED = 4096
"""Number of descriptions whose diagnostics are kept for the next file that contains them."""


class FileReports:
    """The parts that files add to the report of a project, if they are known, and their changes.

    Attributes:
        token: Number of the last change.
    """

    def __init__(self) -> None:
        self.token = 0
        self._reports: dict[str, FileReport] = {}
        self._changes: dict[str, int] = {}
        self._prepared: dict[Table, PreparedDiagnostics] = {}

    def forget(self, names: Iterable[str]) -> None:
        """Note that the parts of files have changed."""
        self.token += 1
        for name in names:
            self._reports.pop(name, None)
            self._changes.pop(name, None)  # the latest change is the last one
            self._changes[name] = self.token

    def forget_prepared(self, found: Iterable[Judgement] | None, enriched: Iterable[bytes]) -> None:
        """Forget the diagnostics of descriptions that a change affects.

        Args:
            found: The findings that are new or gone; None if any may be.
            enriched: Digests of descriptions whose enriched results have changed.
        """
        if found is None:
            self._prepared = {}
        digests = {*enriched}
        for findings, failed in found or ():
            digests.update(failed, (each.digest for each in findings))
        for prepared in self._prepared.values():
            for digest in digests:
                prepared.pop((digest, True), None)
                prepared.pop((digest, False), None)

    def prepared(self, table: Table) -> PreparedDiagnostics:
        """Find the known diagnostics of descriptions by the rules of files, to add others."""
        prepared = self._prepared.setdefault(table, {})
        if len(prepared) > _MAX_PREPARED:
            prepared.clear()
        return prepared

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
