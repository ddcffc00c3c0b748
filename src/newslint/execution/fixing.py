"""Application of fixes in memory, round by round, and writing of the fixed files."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from newslint.diagnostics import Diagnostic, Safety
from newslint.documents import Document, read_document
from newslint.documents.rows import container_of
from newslint.documents.saving import SaveError, remove_leftovers, save
from newslint.engine.baseline import Baseline
from newslint.engine.edits import first_per_value, select_compatible, splices
from newslint.engine.verification import is_intended_change
from newslint.execution.fixed_file import FixedFile, FixFailure, FixResult
from newslint.execution.fixed_rows import write_rows
from newslint.execution.mapping import content_digest
from newslint.execution.outcome import Outcome
from newslint.execution.workspace import Workspace
from newslint.syntax import Reader
from newslint.text.location import splice

MAX_ROUNDS = 10

NO_BASELINE = Baseline()

_NEEDS_PATCH = (
    "no row was changed, since fixes of a table are not written in place; --patch FILE writes them "
    "to another file"
)


def fix_files(
    workspace: Workspace, safeties: frozenset[Safety], baseline: Baseline = NO_BASELINE
) -> FixResult:
    """Apply fixes in memory, to the files of a workspace, until it offers none.

    Args:
        workspace: The files; it contains the fixed ones in the end.
        safeties: The safeties of the fixes to apply.
        baseline: Diagnostics that are neither reported nor fixed.
    """
    outcome = workspace.outcome().passing(baseline)
    run = _FixRun(workspace, safeties)
    rounds = 0
    settled = True
    while pending := run.pending(outcome):
        if rounds == MAX_ROUNDS:
            run.restore_unsettled(pending)
            settled = False
        elif run.read_files(pending, outcome):
            run.apply(pending)
            rounds += 1
        outcome = workspace.outcome().passing(baseline)
    return FixResult(
        workspace.request,
        outcome,
        run.changed_files(),
        tuple(run.failures),
        rounds,
        settled=settled,
    )


def write_fixed_files(
    result: FixResult,
    workspace: Workspace,
    baseline: Baseline = NO_BASELINE,
    *,
    has_patch: bool = False,
) -> FixResult:
    """Write the changed files to disk, but for the rows of tables.

    Args:
        result: The changed files.
        workspace: The workspace that contains them. Files that could not be written get the content
            that they have on the disk.
        baseline: Diagnostics that are not reported.
        has_patch: Whether the changed rows of tables are written to a patch table; without one,
            they count as files that could not be written.

    Returns:
        The result without the files that could not be written; these are among its failures.
    """
    for folder in {Path(os.path.realpath(file.path)).parent for file in result.files.values()}:
        remove_leftovers(folder)
    rows = workspace.reader.rows
    root = result.request.project.root
    failures = [
        FixFailure(name, reason)
        for name, file in result.files.items()
        if file.path not in rows and (reason := _write(file, root))
    ]
    changed = {name: file for name, file in result.files.items() if file.path in rows}
    cells = {name for name, file in changed.items() if not rows[file.path].line}
    failures += write_rows({name: changed[name] for name in changed.keys() - cells}, rows, root)
    failed = {failure.name for failure in failures}
    if cells and not has_patch:
        failures += (FixFailure(name, _NEEDS_PATCH) for name in {*map(container_of, cells)})
        failed |= cells
    if not failures:
        return result
    for name in failed:
        workspace.update(name, None)
    files = {name: file for name, file in result.files.items() if name not in failed}
    outcome = workspace.outcome().passing(baseline)
    return replace(result, outcome=outcome, files=files, failures=(*result.failures, *failures))


def _write(file: FixedFile, root: Path) -> str:
    """Write a file; return an empty text, or the reason why it cannot be written."""
    try:
        save(file.path, file.before, file.after, root)
    except SaveError as error:
        return f"cannot be written: {error}"
    return ""


class _FixRun:
    """The state of fixing between two rounds: current contents, applied fixes, failures."""

    def __init__(self, workspace: Workspace, safeties: frozenset[Safety]) -> None:
        self._workspace = workspace
        self._safeties = safeties
        self._paths = workspace.found.scope
        self._files = workspace.reader
        self._reader = self._files.parser()
        self._before: dict[str, bytes] = {}
        self._current: dict[str, bytes] = {}
        self._fixed: dict[str, list[Diagnostic]] = {}
        self.failures: list[FixFailure] = []

    def read_files(self, names: Iterable[str], outcome: Outcome) -> bool:
        """Read the files `names` unless that was done in an earlier round.

        Returns:
            Whether all of them have the content that was checked. If one has changed since, the
            spans of its diagnostics are wrong, and it must be checked again.
        """
        is_same = True
        for name in names:
            if name in self._before:
                continue
            path = self._paths[name]
            content = self._files.read(path)
            if isinstance(content, str):
                self.failures.append(FixFailure(name, content))
                self._workspace.update(name, None)
                is_same = False
                continue
            self._before[name] = self._current[name] = content
            if content_digest(content) != outcome.seen.get(name):
                self._workspace.update(name, content)
                is_same = False
        return is_same

    def pending(self, outcome: Outcome) -> dict[str, list[Diagnostic]]:
        """Select the diagnostics to fix, by file, without files whose fixes failed."""
        return _by_file(outcome, self._safeties, {failure.name for failure in self.failures})

    def apply(self, pending: Mapping[str, list[Diagnostic]]) -> None:
        """Apply fixes; a file that they would damage gets its original content back."""
        for name, found in pending.items():
            document = read_document(name, self._current[name], self._reader)
            result = fix_document(document, found, self._reader)
            if isinstance(result, FixFailure):
                self._restore(result)
            else:
                content, applied = result
                self._replace(name, content)
                self._fixed.setdefault(name, []).extend(applied)

    def restore_unsettled(self, pending: Mapping[str, list[Diagnostic]]) -> None:
        """Restore files that still have fixes after the last round: the fixes undo each other."""
        for name, found in pending.items():
            rules = ", ".join(sorted({each.rule for each in found}))
            clause = f"after {MAX_ROUNDS} rounds fixes of {rules} still find something to do"
            self._restore(FixFailure(name, f"left as it is: {clause}; please report this"))

    def _restore(self, failure: FixFailure) -> None:
        """Restore the original content of a file and record the failure."""
        self.failures.append(failure)
        self._replace(failure.name, self._before[failure.name])
        self._fixed.pop(failure.name, None)

    def _replace(self, name: str, content: bytes) -> None:
        """Replace the content of a file."""
        self._current[name] = content
        self._workspace.update(name, content)

    def changed_files(self) -> dict[str, FixedFile]:
        """List the files whose content has changed, by path."""
        return {
            name: FixedFile(
                self._paths[name], self._before[name], self._current[name], tuple(fixed)
            )
            for name, fixed in sorted(self._fixed.items())
            if self._current[name] != self._before[name]
        }


def fix_document(
    document: Document, found: list[Diagnostic], reader: Reader
) -> tuple[bytes, list[Diagnostic]] | FixFailure:
    """Apply as many fixes to a file as are compatible, and verify the result.

    Two fixes of one value may each be right alone and wrong together. If the result is wrong,
    only one fix for each value is applied.

    Args:
        document: The file.
        found: Its diagnostics with fixes, in the order of the report.
        reader: Parses the result.

    Returns:
        The new content and the diagnostics that it fixes, or the failure.
    """
    for chosen in (
        select_compatible(document, found),
        select_compatible(document, first_per_value(found)),
    ):
        content = _apply_verified(document, chosen, reader)
        if content is not None:
            return content, chosen
    damaging = {each.rule for each in found if _apply_verified(document, [each], reader) is None}
    rules = ", ".join(sorted(damaging or {each.rule for each in found}))
    return FixFailure(document.path, f"left as it is: fixes of {rules} would change other values")


def _apply_verified(document: Document, chosen: list[Diagnostic], reader: Reader) -> bytes | None:
    """Apply fixes to a file; return None if they change values that they do not name."""
    parts = splices(document.source, [each.fix for each in chosen if each.fix])
    content = splice(document.source.text, parts).encode()
    after = read_document(document.path, content, reader)
    return content if is_intended_change(document, after, chosen) else None


def has_fixes(outcome: Outcome, safeties: frozenset[Safety]) -> bool:
    """Check if an outcome has fixes of some safeties."""
    return bool(_by_file(outcome, safeties, ()))


def _by_file(
    outcome: Outcome, safeties: frozenset[Safety], excluded: Iterable[str]
) -> dict[str, list[Diagnostic]]:
    """Group the diagnostics with applicable fixes by file, without the files `excluded`."""
    skipped = set(excluded)
    found: dict[str, list[Diagnostic]] = {}
    for each in outcome.report.diagnostics:
        name = each.location.path
        if each.fix and each.fix.safety in safeties and name not in skipped:
            found.setdefault(name, []).append(each)
    return found
