"""The close stage of a workspace: put the diagnostics of its files together."""

from collections.abc import Container

from newslint.diagnostics import Diagnostic
from newslint.engine.close import FileCloser, FileReport, line_finder
from newslint.engine.close_keys import CloseKeys
from newslint.engine.finding_index import FindingIndex
from newslint.execution.enrichment import Enrichment
from newslint.execution.file_reports import FileReports
from newslint.execution.known_files import KnownFiles
from newslint.execution.mapping import Table
from newslint.execution.report_memo import ReportMemo
from newslint.settings import Registry


class ReportCloser:
    """Puts the diagnostics of files together, as they are after a change.

    Args:
        registry: The rules that exist.
        known: All files and their records.
        findings: The findings of all groups.
        enrichment: Diagnostics of texts that depend on other files.
        reports: Keeps the parts of files for the next time.
        touched: The articles that changed files describe, or described (see `find_touched`).
        reported: Names of further files to report on, for findings about these articles.
    """

    def __init__(  # noqa: PLR0913 # independent values
        self,
        registry: Registry,
        known: KnownFiles,
        findings: FindingIndex,
        enrichment: Enrichment,
        *,
        reports: FileReports,
        touched: frozenset[str],
        reported: Container[str],
    ) -> None:
        self._registry = registry
        self._known = known
        self._findings = findings
        self._enrichment = enrichment
        self._reports = reports
        self._touched = touched
        self._reported = reported
        self._find_line = line_finder(known.records.__getitem__)
        self._closers: dict[Table, FileCloser] = {}

    def find(self, name: str) -> FileReport | None:
        """Find the part of a file, or put it together; None if there is nothing to report on."""
        return self._reports.find(name) or self._close(name)

    def keep(self, name: str) -> FileReport:
        """Find the part of a file, or put it together and keep it for the next time."""
        report = self.find(name)
        self._reports.keep(name, report)
        return report or FileReport(name)

    def read(self, name: str) -> tuple[Diagnostic, ...]:
        """Put the diagnostics of a file together, unless they are kept already."""
        return self.keep(name).diagnostics

    def close_all(self) -> list[FileReport]:
        """List the parts of all files in the order of paths, and keep them for the next time."""
        for name in self._known.tasks:
            self.keep(name)
        return self._reports.in_order()

    def close_new(self, memo: ReportMemo) -> list[FileReport]:
        """List the parts of files that differ from those of an earlier run."""
        reports: list[FileReport] = []
        keys = {table: self._keys(table, each) for table, each in memo.rules.items()}
        for name, task in sorted(self._known.tasks.items()):
            key = keys[task.table].find(self._known.results[name])
            if not memo.recall(name, key):
                report = self.keep(name)
                memo.add(name, None if report.is_incomplete else key, report.diagnostics)
                reports.append(report)
        return reports

    def _keys(self, table: Table, rules: bytes) -> CloseKeys:
        """Create the `CloseKeys` of files with these rules."""
        results, enriched = self._known.tables[table], self._enrichment.enriched(table)
        return CloseKeys(rules, results, enriched, self._findings, self._find_line)

    def _close(self, name: str) -> FileReport | None:
        """Put the diagnostics of a file together; None if there is nothing to report on."""
        task = self._known.tasks.get(name)
        if task is None or not (task.is_full or name in self._reported):
            return None
        prepared = self._reports.prepared(task.table)
        closer = self._closers.get(task.table)
        if closer is None:
            closer = self._closers[task.table] = FileCloser(
                task.rules,
                self._registry,
                self._enrichment.apply(task.table, self._known.tables[task.table]),
                self._findings,
                self._find_line,
                is_full=task.is_full,
                touched=self._touched,
                prepared=prepared,
            )
        return closer.close(self._known.results[name])
