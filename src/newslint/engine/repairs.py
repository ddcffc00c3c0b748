"""What fixes make of files, or left as they were."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.engine.identity import with_identity
from newslint.engine.session import Outcome, Session
from newslint.rules.meta.unrepaired_file import UnrepairedFile

Check = Callable[[Session], Outcome]
"""Says what is left to report of the files of a session."""


class Failure(NamedTuple):
    """A file that is left as it was.

    Attributes:
        name: What reports call it.
        reason: Why, for people.
    """

    name: str
    reason: str


class Repaired(NamedTuple):
    """A file that fixes changed.

    Attributes:
        path: The file, absolute.
        before: What it held.
        after: What it shall hold.
        fixed: The diagnostics whose fixes were applied, round by round.
    """

    path: Path
    before: bytes
    after: bytes
    fixed: tuple[Diagnostic, ...]


class Repairs(NamedTuple):
    """What fixes make of the files of a session.

    Attributes:
        session: The session, in which the files hold what they shall hold.
        outcome: What is left to report.
        files: The changed files by what reports call them.
        failures: The files whose fixes were not applied.
        rounds: How often fixes were applied.
        settled: No file was left as it was because its fixes found no end.
    """

    session: Session
    outcome: Outcome
    files: dict[str, Repaired]
    failures: tuple[Failure, ...] = ()
    rounds: int = 0
    settled: bool = True

    @property
    def fixed(self) -> list[Diagnostic]:
        """The diagnostics whose fixes were applied, file by file."""
        return [each for file in self.files.values() for each in file.fixed]

    def told(self) -> "Repairs":
        """Return the same, with a diagnostic for each file that is left as it was."""
        if not self.failures:
            return self
        rule = UnrepairedFile()
        failed = (with_identity(rule.flag_file(*each), "", "") for each in self.failures)
        report = self.outcome.report
        found = sorted((*report.diagnostics, *failed), key=lambda each: each.order)
        outcome = self.outcome._replace(report=replace(report, diagnostics=tuple(found)))
        return self._replace(outcome=outcome)
