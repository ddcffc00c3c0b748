"""The projects that a client works on, which one thread of the server uses."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from lsprotocol import types

from newslint.execution import CheckRequest, UsageError
from newslint.execution.memory import keep_results
from newslint.execution.progress import Progress
from newslint.execution.request import build_run, find_project_of
from newslint.lsp.diagnostics import FileDiagnostics, convert_diagnostic
from newslint.lsp.open_documents import OpenDocument
from newslint.lsp.options import ServerOptions
from newslint.lsp.served_project import ServedProject
from newslint.lsp.settings_files import SETTINGS_NAMES, SettingsProblems
from newslint.lsp.view import DocumentView, Files, KnownPositions, find_address
from newslint.settings import Registry, SettingsError


class Session:
    """The projects of all folders of the client, with the text of the open documents.

    Args:
        options: The options of the server.
        encoding: The encoding of positions.
        observe: Called while the files of a folder are read; an exception ends that.
        has_related: Whether the client shows related locations.

    Attributes:
        pending: Open documents whose text has changed, by path; None for a closed one. Other
            threads add to it.
        documents: The open documents, with the text that the projects contain.
    """

    def __init__(
        self,
        options: ServerOptions,
        encoding: types.PositionEncodingKind,
        observe: Callable[[Progress], None],
        *,
        has_related: bool = True,
    ) -> None:
        self._options = options
        self._encoding = encoding
        self._observe = observe
        self._has_related = has_related
        self._is_filling = False
        self._is_prepared = True
        self._folders: dict[Path, list[ServedProject]] = {}
        self._settings = SettingsProblems(encoding)
        self._gone: set[Path] = set()
        self.pending: dict[Path, OpenDocument | None] = {}
        self.documents: dict[Path, OpenDocument] = {}
        self._positions: KnownPositions = {}

    @property
    def projects(self) -> Iterator[ServedProject]:
        """All projects."""
        return (each for projects in self._folders.values() for each in projects)

    def open_folder(self, folder: Path) -> None:
        """Read the projects in a folder, or their changed settings.

        If the settings cannot be used, the projects keep those that they had.
        """
        known = {each.root: each for each in self._folders.setdefault(folder, [])}
        self._settings.replace(folder, None)
        self._is_filling = True
        try:
            checks = self._list_checks(folder)
            found = [self._serve(check, known.get(check.project.root)) for check in checks]
            self._replace(folder, [each for each in found if each is not None])
        except SettingsError as error:
            self._settings.replace(folder, error)
        finally:
            self._is_filling = False
        self._is_prepared = False

    def close_folder(self, folder: Path) -> None:
        """Forget the projects in a folder."""
        self._replace(folder, [])
        self._folders.pop(folder, None)
        self._settings.replace(folder, None)

    def _replace(self, folder: Path, projects: list[ServedProject]) -> None:
        """Replace the projects in a folder."""
        for each in self._folders.get(folder, ()):
            if each not in projects:
                self._gone.update(each.path_of(name) for name, _ in each.revisions)
        self._folders[folder] = projects

    def apply_pending(self) -> None:
        """Use the current text of the open documents."""
        while self.pending:
            path, document = self.pending.popitem()
            if document is None:
                self.documents.pop(path, None)
            else:
                self.documents[path] = document
            if path.name not in SETTINGS_NAMES:
                self._update(path, document)

    def change_files(self, paths: Iterable[Path]) -> None:
        """Read files that were created, changed or deleted on the disk."""
        folders: dict[Path, bool] = {}
        for path in paths:
            projects = [each for each in self.projects if self._is_source(path, each)]
            if projects or path.name in SETTINGS_NAMES or self._needs_search(path):
                for folder in self._folders_around(path, projects):
                    folders[folder] = folders.get(folder, False) or path.suffix == ".py"
            elif path not in self.documents:
                self._change_file(path)
        for folder, is_code in folders.items():
            if is_code:
                self._replace(folder, [])
            self.open_folder(folder)

    def project_of(self, path: Path) -> ServedProject | None:
        """Find the project that a file belongs to."""
        around = [each for each in self.projects if path.is_relative_to(each.root)]
        around.sort(key=lambda each: len(each.root.parts), reverse=True)
        known = (each for each in around if each.name_of(path) in each.workspace.known.tasks)
        found = next(known, None)
        return found or next((each for each in around if each.accepts(path)), None)

    def registry_of(self, path: Path) -> Registry:
        """Find the rules that the settings around a file can name."""
        around = [each for each in self.projects if path.is_relative_to(each.root)]
        around.sort(key=lambda each: len(each.root.parts))
        return around[-1].request.project.registry if around else Registry()

    def view(self, path: Path) -> DocumentView | None:
        """Create the view of an open document; None if it belongs to no project."""
        document, project = self.documents.get(path), self.project_of(path)
        if document is None or project is None:
            return None
        return DocumentView(document, project, self._files(project))

    def diagnostics(self, path: Path) -> FileDiagnostics:
        """List the diagnostics of a file; none if it belongs to no project."""
        if path.name in SETTINGS_NAMES:
            return self._settings.diagnostics(path, self.documents.get(path))
        project = self.project_of(path)
        if project is None:
            document = self.documents.get(path)
            if document is None:
                return FileDiagnostics(path.as_uri(), None, "", [])
            return FileDiagnostics(document.uri, document.version, "", [])
        project.settle(surveys=False)
        return self._diagnostics(project, project.name_of(path), self._files(project))

    def take_changes(self, *, surveys: bool) -> list[Path]:
        """List the files whose diagnostics may have changed since the last call."""
        gone, self._gone = self._gone, set()
        changed = (
            project.path_of(name)
            for project in self.projects
            for name in sorted(project.take_changes(surveys=surveys))
        )
        return [
            *dict.fromkeys((*changed, *sorted(gone), *self._settings.list_files(self.documents)))
        ]

    def prepare(self) -> None:
        """Do what the first change after the reading of a folder would have to do."""
        if not self._is_prepared:
            self._is_prepared = True
            for each in self.projects:
                each.workspace.prepare()
            keep_results()

    def all_diagnostics(self, known: dict[str, str]) -> Iterator[FileDiagnostics | str]:
        """Yield the diagnostics of all files that have or had some.

        Args:
            known: Result ids that the client has, by the address of the file.

        Yields:
            The diagnostics of a file; only its address if those of the client are up to date.
        """
        left = dict(known)
        for path in self._settings.list_files(self.documents):
            each = self.diagnostics(path)
            left.pop(each.uri, None)
            if each.items or each.uri in known:
                yield each.uri if known.get(each.uri) == each.result_id else each
        for project in list(self.projects):
            project.settle(surveys=True)
            files = self._files(project)
            for name, _ in project.revisions:
                uri = files.uri(name)
                left.pop(uri, None)
                if known.get(uri) == self._result_id(project, name):
                    yield uri
                    continue
                found = self._diagnostics(project, name, files)
                if found.items or uri in known:
                    yield found
        yield from (FileDiagnostics(uri, None, "", []) for uri in left)

    def _list_checks(self, folder: Path) -> Iterable[CheckRequest]:
        """Find the projects in a folder; none if it contains no documents."""
        options = self._options
        unsaved = [
            path
            for path in self.documents
            if path.is_relative_to(folder) and path != folder and not path.exists()
        ]
        contents = {path: self.documents[path].content for path in unsaved}
        if folder in self.documents and not folder.exists():
            contents[folder] = self.documents[folder].content
        try:
            return build_run(
                [folder, *unsaved],
                config=options.config,
                plugins=options.plugins,
                use_cache=options.use_cache,
                cache_dir=options.cache_dir,
                contents=contents,
                observe=self._watch,
            ).checks
        except UsageError:
            return ()

    def _serve(self, check: CheckRequest, known: ServedProject | None) -> ServedProject | None:
        """Create a project, or give one other settings; None if no rule applies to it."""
        try:
            if known is not None:
                known.reload(check)
                return known
            project = ServedProject(check)
        except UsageError:
            return None
        for path, document in self.documents.items():
            if path.is_relative_to(project.root) and project.accepts(path):
                project.update(path, document.content)
        return project

    def _watch(self, progress: Progress) -> None:
        """Report progress while a folder is read."""
        if self._is_filling:
            self._observe(progress)

    def _update(self, path: Path, document: OpenDocument | None) -> None:
        """Use the text of a document, or the file on the disk if it was closed."""
        project = self.project_of(path)
        if project is not None:
            project.update(path, None if document is None else document.content)
        elif document is not None:
            folder = next(iter(self._folders_around(path, [])), None)
            if folder is None:
                self._open_alone(path)
            elif not self._folders[folder]:
                self.open_folder(folder)

    def _open_alone(self, path: Path) -> None:
        """Read the project of a document that is in no folder of the client."""
        try:
            project = find_project_of(path, self._options.config, plugins=self._options.plugins)
        except SettingsError as error:
            self._settings.replace(path.parent, error)
            return
        self.open_folder(project.root if project.root_found else path)

    def _is_source(self, path: Path, project: ServedProject) -> bool:
        """Check if the settings of a project depend on a file."""
        return path in project.sources

    def _needs_search(self, path: Path) -> bool:
        """Check if all files have to be found again: patterns have changed, or a folder is new."""
        return path.name == ".gitignore" or path.is_dir()

    def _folders_around(self, path: Path, projects: Iterable[ServedProject]) -> list[Path]:
        """List the folders of the client that contain a path, or one of the projects."""
        roots = [each.root for each in projects]
        return [
            folder
            for folder, served in self._folders.items()
            if path.is_relative_to(folder) or any(each.root in roots for each in served)
        ]

    def _change_file(self, path: Path) -> None:
        """Read a file that is not open."""
        exists = path.exists()
        project = self.project_of(path)
        if project is not None:
            project.update(path, None)
            return
        folders = self._folders_around(path, [])
        for folder in folders if exists else ():
            if not self._folders[folder]:
                self.open_folder(folder)
        for each in self.projects:
            if path.is_relative_to(each.root):
                each.note_file(path, exists=exists)

    def _files(self, project: ServedProject) -> Files:
        """Create the access to the files of a project."""
        return Files(project, self.documents, self._encoding, self._positions)

    def _diagnostics(self, project: ServedProject, name: str, files: Files) -> FileDiagnostics:
        """Convert the diagnostics of a file."""
        registry = project.request.project.registry
        found = project.diagnostics(name, surveys=False)
        find_file = files.find if self._has_related else None
        positions = files.positions(name) if found else None
        items = [
            convert_diagnostic(each, positions, find_file, find_address(registry, each.rule))
            for each in found
            if positions is not None
        ]
        return FileDiagnostics(
            files.uri(name), files.version(name), self._result_id(project, name), items
        )

    def _result_id(self, project: ServedProject, name: str) -> str:
        """Identify the state of a file's diagnostics."""
        return f"{project.number}-{project.revision(name)}"
