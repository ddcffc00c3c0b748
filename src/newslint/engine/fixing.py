"""Repairs files in memory: applies fixes, checks again, and holds the result against the fixes."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from newslint.diagnostics import Diagnostic, Safety
from newslint.documents import Document, read_document
from newslint.documents.saving import SaveError, remove_leftovers, save
from newslint.engine.edits import disjoint, one_a_value, splices
from newslint.engine.mapping import content_digest
from newslint.engine.repairs import Check, Failure, Repaired, Repairs
from newslint.engine.session import Outcome, Session
from newslint.engine.verify import is_as_named
from newslint.text.location import spliced

MOST_ROUNDS = 10


def repair(session: Session, check: Check, safeties: frozenset[Safety]) -> Repairs:
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
        return Repairs(session, outcome, {})
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
    return Repairs(
        work.current(), outcome, work.repaired(), tuple(work.failures), rounds, settled=settled
    )


def write(repairs: Repairs, check: Check) -> Repairs:
    """Write the changed files; return the repairs that were made.

    Args:
        repairs: The changes.
        check: Says what is left to report where some could not be written.
    """
    for folder in {Path(os.path.realpath(file.path)).parent for file in repairs.files.values()}:
        remove_leftovers(folder)
    failures = [
        Failure(name, reason)
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


def _written(file: Repaired, root: Path) -> str:
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
        self.failures: list[Failure] = []

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
                self.failures.append(Failure(name, f"cannot be read: {error.strerror}"))
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
            if isinstance(made, Failure):
                self._leave(made)
            else:
                self._now[name], applied = made
                self._fixed.setdefault(name, []).extend(applied)

    def give_up(self, todo: Mapping[str, list[Diagnostic]]) -> None:
        """Leave the files alone whose fixes find no end: no state of theirs is the right one."""
        for name, found in todo.items():
            rules = ", ".join(sorted({each.rule for each in found}))
            told = f"after {MOST_ROUNDS} rounds fixes of {rules} still find something to do"
            self._leave(Failure(name, f"left as it is: {told}; please report this"))

    def _leave(self, failure: Failure) -> None:
        """Leave a file as it was."""
        self.failures.append(failure)
        self._now[failure.name] = self._before[failure.name]
        self._fixed.pop(failure.name, None)

    def _made(
        self, document: Document, found: list[Diagnostic]
    ) -> tuple[bytes, list[Diagnostic]] | Failure:
        """Return the new content of a file and what it fixes.

        Two fixes of one value may be right by themselves only.
        """
        for chosen in (disjoint(document, found), disjoint(document, one_a_value(found))):
            content = self._verified(document, chosen)
            if content is not None:
                return content, chosen
        spoiling = {each.rule for each in found if self._verified(document, [each]) is None}
        rules = ", ".join(sorted(spoiling or {each.rule for each in found}))
        return Failure(document.path, f"left as it is: fixes of {rules} would change other values")

    def _verified(self, document: Document, chosen: list[Diagnostic]) -> bytes | None:
        """Return a file with fixes applied; None where these change what they do not name."""
        parts = splices(document.source, [each.fix for each in chosen if each.fix])
        content = spliced(document.source.text, parts).encode()
        after = read_document(document.path, content, self._reader)
        return content if is_as_named(document, after, chosen) else None

    def repaired(self) -> dict[str, Repaired]:
        """Return the files that are not what they were."""
        return {
            name: Repaired(self._paths[name], self._before[name], self._now[name], tuple(fixed))
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
