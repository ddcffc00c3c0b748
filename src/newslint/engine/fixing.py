"""Repairs files in memory: applies fixes, checks again, and holds the result against the fixes."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Safety
from newslint.documents import Document, read_document
from newslint.documents.saving import SaveError, remove_leftovers, save
from newslint.engine.edits import first_per_value, select_compatible, splices
from newslint.engine.identity import with_identity
from newslint.engine.mapping import content_digest
from newslint.engine.session import Outcome, Session
from newslint.engine.verification import is_intended_change
from newslint.rules.meta.unrepaired_file import UnrepairedFile
from newslint.text.location import splice

MOST_ROUNDS = 10

Check = Callable[[Session], Outcome]
"""Says what is left to report of the files of a session."""


class FixFailure(NamedTuple):
    """A file that is left as it was.

    Attributes:
        name: What reports call it.
        reason: Why, for people.
    """

    name: str
    reason: str


class FixedFile(NamedTuple):
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


class FixResult(NamedTuple):
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
    files: dict[str, FixedFile]
    failures: tuple[FixFailure, ...] = ()
    rounds: int = 0
    settled: bool = True

    @property
    def fixed(self) -> list[Diagnostic]:
        """The diagnostics whose fixes were applied, file by file."""
        return [each for file in self.files.values() for each in file.fixed]

    def with_failures_reported(self) -> "FixResult":
        """Return the same, with a diagnostic for each file that is left as it was."""
        if not self.failures:
            return self
        rule = UnrepairedFile()
        failed = (with_identity(rule.flag_file(*each), "", "") for each in self.failures)
        report = self.outcome.report
        found = sorted((*report.diagnostics, *failed), key=lambda each: each.order)
        outcome = self.outcome._replace(report=replace(report, diagnostics=tuple(found)))
        return self._replace(outcome=outcome)


def fix_files(session: Session, check: Check, safeties: frozenset[Safety]) -> FixResult:
    """Return what the fixes of the files of `session` come to. Nothing is written.

    Args:
        session: The files.
        check: Says what is to be fixed.
        safeties: Which fixes to apply.

    Raises:
        UsageError: There are no files.
    """
    outcome = check(session)
    if not _by_file(outcome, safeties, ()):
        return FixResult(session, outcome, {})
    work = _Work(session, safeties)
    rounds = 0
    settled = True
    while todo := work.todo(outcome):
        if rounds == MOST_ROUNDS:
            work.give_up(todo)
            settled = False
        elif work.read(todo, outcome):
            work.apply(todo)
            rounds += 1
        outcome = check(work.current())
    return FixResult(
        work.current(), outcome, work.repaired(), tuple(work.failures), rounds, settled=settled
    )


def write_fixed_files(repairs: FixResult, check: Check) -> FixResult:
    """Write the changed files; return the repairs that were made.

    Args:
        repairs: The changes.
        check: Says what is left to report where some could not be written.
    """
    for folder in {Path(os.path.realpath(file.path)).parent for file in repairs.files.values()}:
        remove_leftovers(folder)
    failures = [
        FixFailure(name, reason)
        for name, file in repairs.files.items()
        if (reason := _written(file, repairs.session.project.root))
    ]
    if not failures:
        return repairs
    failed = {failure.name for failure in failures}
    files = {name: file for name, file in repairs.files.items() if name not in failed}
    contents = {file.path: file.after for file in files.values()}
    session = repairs.session.holding(contents)
    everything = (*repairs.failures, *failures)
    return repairs._replace(
        session=session, outcome=check(session), files=files, failures=everything
    )


def _written(file: FixedFile, root: Path) -> str:
    """Write a file; return why that could not be done, or an empty text."""
    try:
        save(file.path, file.before, file.after, root)
    except SaveError as error:
        return f"cannot be written: {error}"
    return ""


class _Work:
    """The files as they become."""

    def __init__(self, session: Session, safeties: frozenset[Safety]) -> None:
        self._session = session
        self._safeties = safeties
        self._paths = session.files()[0].scope
        self._given = session.contents
        self._reader = session.reader()
        self._before: dict[str, bytes] = {}
        self._now: dict[str, bytes] = {}
        self._fixed: dict[str, list[Diagnostic]] = {}
        self.failures: list[FixFailure] = []

    def current(self) -> Session:
        """Return the session in which the files are as they are now."""
        now = {self._paths[name]: content for name, content in self._now.items()}
        return self._session.holding(self._given | now)

    def read(self, names: Iterable[str], outcome: Outcome) -> bool:
        """Read those of the files `names` that were not read yet.

        Returns:
            They all hold what was checked. Where one has changed since, the outcome is of no use.
        """
        is_same = True
        for name in names:
            if name in self._before:
                continue
            path = self._paths[name]
            try:
                content = self._given[path] if path in self._given else path.read_bytes()
            except OSError as error:
                self.failures.append(FixFailure(name, f"cannot be read: {error.strerror}"))
                is_same = False
                continue
            self._before[name] = self._now[name] = content
            is_same = is_same and content_digest(content) == outcome.seen.get(name)
        return is_same

    def todo(self, outcome: Outcome) -> dict[str, list[Diagnostic]]:
        """Return what of `outcome` is to be fixed, by file."""
        return _by_file(outcome, self._safeties, {failure.name for failure in self.failures})

    def apply(self, todo: Mapping[str, list[Diagnostic]]) -> None:
        """Apply fixes to the files, and take back those of files that they spoil."""
        for name, found in todo.items():
            document = read_document(name, self._now[name], self._reader)
            made = self._made(document, found)
            if isinstance(made, FixFailure):
                self._leave(made)
            else:
                self._now[name], applied = made
                self._fixed.setdefault(name, []).extend(applied)

    def give_up(self, todo: Mapping[str, list[Diagnostic]]) -> None:
        """Leave the files alone whose fixes find no end: no state of theirs is the right one."""
        for name, found in todo.items():
            rules = ", ".join(sorted({each.rule for each in found}))
            told = f"after {MOST_ROUNDS} rounds fixes of {rules} still find something to do"
            self._leave(FixFailure(name, f"left as it is: {told}; please report this"))

    def _leave(self, failure: FixFailure) -> None:
        """Leave a file as it was."""
        self.failures.append(failure)
        self._now[failure.name] = self._before[failure.name]
        self._fixed.pop(failure.name, None)

    def _made(
        self, document: Document, found: list[Diagnostic]
    ) -> tuple[bytes, list[Diagnostic]] | FixFailure:
        """Return the new content of a file and what it fixes.

        Two fixes of one value may be right by themselves only.
        """
        for chosen in (
            select_compatible(document, found),
            select_compatible(document, first_per_value(found)),
        ):
            content = self._verified(document, chosen)
            if content is not None:
                return content, chosen
        spoiling = {each.rule for each in found if self._verified(document, [each]) is None}
        rules = ", ".join(sorted(spoiling or {each.rule for each in found}))
        return FixFailure(
            document.path, f"left as it is: fixes of {rules} would change other values"
        )

    def _verified(self, document: Document, chosen: list[Diagnostic]) -> bytes | None:
        """Return a file with fixes applied; None where these change what they do not name."""
        parts = splices(document.source, [each.fix for each in chosen if each.fix])
        content = splice(document.source.text, parts).encode()
        after = read_document(document.path, content, self._reader)
        return content if is_intended_change(document, after, chosen) else None

    def repaired(self) -> dict[str, FixedFile]:
        """Return the files that are not what they were."""
        return {
            name: FixedFile(self._paths[name], self._before[name], self._now[name], tuple(fixed))
            for name, fixed in sorted(self._fixed.items())
            if self._now[name] != self._before[name]
        }


def _by_file(
    outcome: Outcome, safeties: frozenset[Safety], without: Iterable[str]
) -> dict[str, list[Diagnostic]]:
    """Return the diagnostics whose fixes may be applied, by file."""
    left_out = set(without)
    found: dict[str, list[Diagnostic]] = {}
    for each in outcome.report.diagnostics:
        name = each.location.path
        if each.fix and each.fix.safety in safeties and name not in left_out:
            found.setdefault(name, []).append(each)
    return found
