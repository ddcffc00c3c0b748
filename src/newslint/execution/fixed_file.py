"""Files that fixes changed, files that they could not change, and both as a result."""

from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from newslint.diagnostics import Diagnostic, Occurrence
from newslint.diagnostics.rows import FindRow, RowPlace, place_row
from newslint.documents.row_lines import join_entries
from newslint.engine.placing import identify_in_file
from newslint.execution.check_request import CheckRequest
from newslint.execution.outcome import Outcome
from newslint.rules.meta.unrepaired_file import UnrepairedFile


class FixFailure(NamedTuple):
    """A file that was left unchanged because its fixes could not be applied.

    Attributes:
        name: The file's path, as reports write it.
        reason: The reason, as a clause for the user.
    """

    name: str
    reason: str


class FixedFile(NamedTuple):
    """A file that fixes changed.

    Attributes:
        path: The absolute path.
        before: The original content.
        after: The fixed content.
        fixed: The diagnostics whose fixes were applied, in the order of application.
        row: Its place in its container, if it is a line of one.
    """

    path: Path
    before: bytes
    after: bytes
    fixed: tuple[Diagnostic, ...]
    row: RowPlace | None = None

    def place(self, name: str, find: FindRow | None) -> "FixedFile":
        """Convert places in a row that is a line of a container to places in the container."""
        if find is None:
            return self
        fixed = tuple([place_row(each, find) for each in self.fixed])
        row = find(name)
        if row is None:
            return self._replace(fixed=fixed)
        before, after = join_entries(self.before), join_entries(self.after)
        return self._replace(before=before, after=after, fixed=fixed, row=row)


class FixResult(msgspec.Struct, frozen=True):
    """The result of fixing the files of a request.

    Attributes:
        request: The request, with the content of the fixed files.
        outcome: The outcome of the last check, after all fixes.
        files: The changed files, by their paths in reports.
        failures: The files whose fixes were not applied.
        rounds: The number of times that fixes were applied and the files checked again.
        settled: No file still had fixes after `MAX_ROUNDS` rounds.
    """

    request: CheckRequest
    outcome: Outcome
    files: dict[str, FixedFile]
    failures: tuple[FixFailure, ...] = ()
    rounds: int = 0
    settled: bool = True

    @property
    def fixed(self) -> list[Diagnostic]:
        """The diagnostics whose fixes were applied, file by file."""
        return [each for file in self.files.values() for each in file.fixed]

    def with_failures_reported(self) -> "FixResult":
        """Add an `unrepaired-file` diagnostic to the report for each failure."""
        if not self.failures:
            return self
        rule = UnrepairedFile()
        failed = (
            identify_in_file(rule.flag_file(*each), Occurrence(each.name)) for each in self.failures
        )
        report = self.outcome.report
        found = sorted((*report.diagnostics, *failed), key=lambda each: each.order)
        outcome = replace(self.outcome, report=replace(report, diagnostics=tuple(found)))
        return replace(self, outcome=outcome)
