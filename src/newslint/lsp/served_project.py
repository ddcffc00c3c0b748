"""One project: its workspace, its baseline, and the states of its diagnostics."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from newslint.diagnostics import Diagnostic
from newslint.documents.discovery import would_find
from newslint.engine.baseline import Baseline, baseline_token
from newslint.engine.baseline_file import BaselineError, read_baseline
from newslint.execution import CheckRequest
from newslint.execution.files import list_roots, shown_path
from newslint.execution.workspace import Workspace
from newslint.records import Collection
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.settings.sources import list_sources

_numbers = count(1)


class ServedProject:
    """A project that the client works on.

    Args:
        request: The check of the project. Reading its files takes time.

    Attributes:
        number: Distinguishes it from all projects before it.
        workspace: The results of the files.
        sources: The files that determine what is reported.
        trouble: Why the baseline cannot be used; empty if it can.
    """

    def __init__(self, request: CheckRequest) -> None:
        self.number = next(_numbers)
        self.workspace = Workspace(request, keep_broken=True)
        self._token = 0
        self._revisions: dict[str, int] = {}
        self._revision = 0
        self._changed: set[str] = set()
        self._notice_settings()

    @property
    def request(self) -> CheckRequest:
        """The check of the project."""
        return self.workspace.request

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.request.project.root

    def reload(self, request: CheckRequest) -> None:
        """Use other settings."""
        self.workspace.reload(request.project, request.rules)
        self._notice_settings()

    def reload_baseline(self) -> None:
        """Read the baseline again; all results of the client become old."""
        path = self.request.project.baseline
        baseline, self.trouble = Baseline(), ""
        if path is not None:
            try:
                baseline = read_baseline(path, shown_path(path, self.root))
            except FileNotFoundError:
                self.trouble = f"no baseline {shown_path(path, self.root)}"
            except BaselineError as error:
                self.trouble = str(error)
        if baseline.past_versions:
            baseline = baseline.upgrade(self.workspace.report().diagnostics)
        self._baseline = baseline.by_rule
        self._baseline.pop(RuleCrashed.id, None)
        self._token = 0

    def name_of(self, path: Path) -> str:
        """Convert the path of a file to its name in the workspace."""
        return shown_path(path, self.root)

    def path_of(self, name: str) -> Path:
        """Convert the name of a file to its path."""
        task = self.workspace.known.tasks.get(name)
        return self.root / name if task is None else task.path

    def accepts(self, path: Path) -> bool:
        """Check if a file is one that the workspace reads."""
        if self.name_of(path) in self.workspace.known.tasks or path in self.request.paths:
            return True
        project, paths = self.request.project, self.request.paths
        corpus = [self.root / folder for folder in project.settings.corpus]
        return self.collection(path) is not None and any(
            would_find(top, path, project.filter)
            for top in {*filter(Path.is_dir, paths), *list_roots(paths, project), *corpus}
        )

    def collection(self, path: Path) -> Collection | None:
        """Find the collection of a file; None if it belongs to none."""
        return self.request.project.selection.collection(self.name_of(path))

    def update(self, path: Path, content: bytes | None) -> None:
        """Use the content of an open document, or that of the disk if None.

        A file that is no longer on the disk, or no longer one of the project's, is removed.
        """
        name = self.name_of(path)
        if (content is not None or path.exists()) and self.accepts(path):
            self.workspace.update(name, content)
            self._bump(name)
        else:
            self._remove(path)

    def note_file(self, path: Path, *, exists: bool) -> None:
        """Note that a file which is no document was created or deleted."""
        name = self.name_of(path)
        listing = self.request.listing
        listing.change(added=name if exists else "", removed="" if exists else name)
        if not exists:
            self._remove(path)

    def _remove(self, path: Path) -> None:
        """Remove a file, or all files of a folder."""
        name = self.name_of(path)
        for each in list(self.workspace.known.tasks):
            if each == name or each.startswith(f"{name}/"):
                self.workspace.remove(each)
                self._bump(each)

    def diagnostics(self, name: str, *, surveys: bool = True) -> list[Diagnostic]:
        """List the diagnostics of a file that the baseline does not contain."""
        found = self.workspace.diagnostics(name, surveys=surveys)
        if not self._baseline:
            return list(found)
        return [each for each in found if not self._is_known(each)]

    def settle(self, *, surveys: bool) -> None:
        """Bring diagnostics up to date, those of surveys only if asked to."""
        self._token, changed = self.workspace.changed_since(self._token, surveys=surveys)
        for name in changed:
            self._bump(name)

    def take_changes(self, *, surveys: bool) -> frozenset[str]:
        """List the files whose diagnostics, or their places, have changed since the last call."""
        self.settle(surveys=surveys)
        names, self._changed = frozenset(self._changed), set()
        return names

    def revision(self, name: str) -> int:
        """Number the state of a file's diagnostics; 0 if it never had any."""
        return self._revisions.get(name, 0)

    @property
    def revisions(self) -> Iterator[tuple[str, int]]:
        """The files that have or had diagnostics, and the numbers of their states."""
        return iter(sorted(self._revisions.items()))

    def _bump(self, name: str) -> None:
        """Note that the diagnostics of a file, or their places, have changed."""
        self._revision += 1
        self._revisions[name] = self._revision
        self._changed.add(name)

    def _is_known(self, diagnostic: Diagnostic) -> bool:
        """Check if the baseline contains a diagnostic."""
        return baseline_token(diagnostic) in self._baseline.get(diagnostic.rule, ())

    def _notice_settings(self) -> None:
        """Read the files that the settings name."""
        self.sources = list_sources(self.request.project)
        self.reload_baseline()
