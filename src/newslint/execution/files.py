"""The files of a run: those to report on (the scope) and those to read (the corpus)."""

import functools
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec.structs import replace

from newslint.documents import LinkResolver, SkipReason, display_path, search
from newslint.documents.files import explain_folder
from newslint.documents.gitignore import SUFFIXES
from newslint.documents.rows import RowSource
from newslint.settings import Project, find_project

_KINDS = ".md, .markdown, .mdx, .html, .txt, .yml and .yaml files"
_ROUNDABOUT = re.compile(r"[/\\]\.\.?(?:[/\\]|$)")
"""A `.` or `..` in a path, which has to be normalised then."""


class UsageError(ValueError):
    """An impossible request, such as a missing file; the message contains reason and remedy."""


class FoundFiles(msgspec.Struct, frozen=True):
    """The files of a run, by their names in reports.

    Attributes:
        scope: Files to report on.
        corpus: Files to read: the scope, and the files whose records it is compared with.
        left_out: Files that the user named but the settings exclude.
        projects: Folders below that are projects of their own, whose files are left out.
        uncollected: Files in the named folders that belong to no collection.
        rows: The rows of containers by their paths, once these have been read.
    """

    scope: dict[str, Path]
    corpus: dict[str, Path]
    left_out: tuple[str, ...] = ()
    projects: tuple[Path, ...] = ()
    uncollected: tuple[Path, ...] = ()
    rows: dict[Path, RowSource] | None = None

    def restrict(self, names: Container[str]) -> "FoundFiles":
        """Select the files with these names."""
        scope, corpus = (
            {name: path for name, path in files.items() if name in names}
            for files in (self.scope, self.corpus)
        )
        return replace(self, scope=scope, corpus=corpus)


class Skipped(msgspec.Struct, frozen=True):
    """A file or folder that is not read.

    Attributes:
        name: Its path, as reports write it.
        reason: The reason, as a text for the user.
    """

    name: str
    reason: str


def find_root(paths: Sequence[Path], working: Path, *, plugins: bool = True) -> Project:
    """Find the project that `paths` belong to.

    Args:
        paths: Files or folders, absolute.
        working: The current folder: the project's root if there are no settings and no repository.
        plugins: Whether code that the settings name may be loaded.

    Raises:
        SettingsError: The settings cannot be used.
    """
    folders = [path if path.is_dir() else path.parent for path in paths]
    start = Path(os.path.commonpath(folders))
    project = find_project(start, plugins=plugins)
    if not project.root_found and start.is_relative_to(working):
        return project.with_root(working)
    return project


def find_files(paths: Sequence[Path], project: Project, *, force: bool = False) -> FoundFiles:
    """Find the files of a run, sorted by name.

    Args:
        paths: Files or folders to report on, absolute.
        project: The project that they belong to.
        force: Leave excluded files out even if `paths` names them.

    Raises:
        UsageError: No file was found, and no other project; or a folder cannot be listed.
    """
    links = link_resolver(project)
    named = _named(map(links.resolve, _files_among(paths)), project.root)
    left_out = tuple(name for name, path in named.items() if _is_left_out(path, project, force))
    projects, uncollected = set[Path](), set[Path]()
    below = functools.cache(
        lambda folder: dict(_below(folder, project, links, projects, uncollected))
    )
    scope = dict(named)
    for path in sorted(paths):
        scope |= below(links.resolve_folder(path))
    for name in left_out:
        scope.pop(name, None)
    outside = tuple(sorted(uncollected))
    has_other = bool(scope or projects)
    if not has_other and not (left_out and force and len(left_out) == len(paths)):
        raise UsageError(_nothing_found(paths, project, left_out))
    roots = _corpus_roots(paths, project)
    known = dict(scope)
    for root in roots:
        known |= below(links.resolve_folder(root))
    scope, known = (dict(sorted(files.items())) for files in (scope, known))
    return FoundFiles(scope, known, left_out, tuple(sorted(projects)), outside)


def find_skipped(paths: Sequence[Path], project: Project) -> Iterator[Skipped]:
    """Find the files and folders that a run over `paths` does not read, sorted, each once.

    Args:
        paths: Files or folders to report on, absolute.
        project: The project that they belong to.

    Raises:
        UsageError: A folder cannot be listed.
    """
    links = link_resolver(project)
    read = frozenset(map(links.resolve, _files_among(paths)))
    folders = [path for path in (*sorted(paths), *_corpus_roots(paths, project)) if path.is_dir()]
    skipped: dict[Path, str] = {}
    for folder in dict.fromkeys(map(links.resolve_folder, folders)):
        with _listing(folder):
            for path, skip, is_link in search(folder, project.filter):
                if skip is not None:
                    skipped[path] = skip.value
                elif not _is_collected(path, project):
                    skipped[path] = "of no collection"
                elif is_link and links.resolve(path) != path:
                    skipped[path] = SkipReason.SAME.value
    return (
        Skipped(shown_path(path, project.root), skipped[path])
        for path in sorted(skipped.keys() - read)
    )


def find_nested(folder: Path, project: Project) -> Iterator[Path]:
    """Yield the folders below a folder of a project that are projects of their own.

    Raises:
        UsageError: The folder cannot be listed.
    """
    with _listing(folder):
        for path, skip, _ in search(folder, project.filter):
            if skip is SkipReason.PROJECT:
                yield path


def link_resolver(project: Project) -> LinkResolver:
    """Create a resolver of the symbolic links of a project."""
    return LinkResolver(
        project.root,
        lambda path: (
            project.filter.accepts(path)
            and _is_collected(path, project)
            and project.filter.owns(path)
        ),
    )


def _files_among(paths: Iterable[Path]) -> list[Path]:
    """List those of `paths` that are no folders, sorted."""
    return sorted(path for path in paths if not path.is_dir())


def _nothing_found(paths: Sequence[Path], project: Project, left_out: Sequence[str]) -> str:
    """Build the message for a run without files: the reason, and which settings to look at."""
    working = Path.cwd()
    listed = ", ".join(shown_path(path, working) for path in paths)
    if left_out:
        reasons = explain_left_out(
            left_out, project, lambda name: shown_path(project.root / name, working)
        )
        return f"nothing to check: {'; '.join(reasons)}"
    closed = next(_unlisted_folders(paths, project), None)
    if closed:
        reason = explain_folder(closed)
        return f"no documents found in {listed}: {shown_path(closed, working)}: {reason}"
    settings = project.settings
    if len(settings.collections) == 1 and not settings.include and not settings.exclude:
        origin = project.origins.find(("collections", 0))
        place = "settings" if origin is None else origin[0].label(origin[1])
        name = settings.collections[0].name
        return f"no documents found in {listed}: {place}: collection '{name}' matches no file"
    if settings.include or settings.exclude or settings.collections:
        return (
            f"no documents found in {listed}: 'include', 'exclude' and 'collections' of the "
            "settings say which files are read, and none of these is"
        )
    return (
        f"no documents found in {listed}: newslint reads {_KINDS} that are neither hidden nor "
        "ignored by .gitignore"
    )


def _unlisted_folders(paths: Iterable[Path], project: Project) -> Iterator[Path]:
    """Yield the folders below `paths` that cannot be listed, such as for lack of permission."""
    for folder in filter(Path.is_dir, paths):
        for path, skip, is_link in search(folder, project.filter):
            if skip is None and not is_link and os.path.isdir(path):  # noqa: PTH112 # never raises
                yield path


def explain_left_out(
    names: Sequence[str], project: Project, display: Callable[[str], str] = str
) -> Iterator[str]:
    """Yield why files that the user named are left out: one sentence for each reason.

    Args:
        names: The files, relative to the project.
        project: The project.
        display: Converts the name of a file to that in messages.
    """
    stray = [display(name) for name in names if project.selection.collection(name) is None]
    excluded = [display(name) for name in names if display(name) not in stray]
    unread = [name for name in stray if Path(name).suffix.lower() not in SUFFIXES]
    stray = [name for name in stray if name not in unread]
    if unread:
        verb = "is no document" if len(unread) == 1 else "are no documents"
        kinds = f"{_KINDS}, and others that a collection names"
        yield f"{', '.join(unread)} {verb}: newslint reads {kinds}"
    if stray:
        verb = "belongs" if len(stray) == 1 else "belong"
        yield f"{', '.join(stray)} {verb} to no collection of the settings"
    if excluded:
        yield f"the settings exclude {', '.join(excluded)}"


def _is_left_out(path: Path, project: Project, force: bool) -> bool:  # noqa: FBT001 # inside
    """Check if the settings exclude a file that the user named."""
    if not _is_collected(path, project):
        return True
    return force and not (project.filter.accepts_named(path) and _is_document(path, project))


def _is_document(path: Path, project: Project) -> bool:
    """Check if a search of its folder would find a file: it is named like a document."""
    parts = Path(shown_path(path, project.root)).parts
    return project.filter.accepts(path) and not any(part.startswith(".") for part in parts)


def _corpus_roots(paths: Sequence[Path], project: Project) -> list[Path]:
    """List the files and folders that make up the corpus."""
    if project.settings.corpus:
        folders = (project.root / folder for folder in project.settings.corpus)
        return [folder for folder in folders if project.filter.owns(folder)]
    return list_roots(paths, project)


def list_roots(paths: Sequence[Path], project: Project) -> list[Path]:
    """List the folders of the project: its root if it is known, else those of the corpus."""
    if project.root_found:
        return [project.root]
    return sorted({path if path.is_dir() else path.parent for path in paths})


def _below(
    path: Path,
    project: Project,
    links: LinkResolver,
    projects: set[Path],
    uncollected: set[Path],
) -> Iterator[tuple[str, Path]]:
    """Yield the documents in a folder that belong to a collection by name; nothing for a file.

    Folders that are projects of their own are added to `projects`, and other documents to
    `uncollected`.
    """
    if not path.is_dir():
        return
    with _listing(path):
        for file, skip, is_link in search(path, project.filter):
            if skip is SkipReason.PROJECT:
                projects.add(file)
            if skip is not None:
                continue
            name = shown_path(file, project.root)
            if project.selection.collection(name) is not None:
                resolved = links.resolve(file) if is_link else file
                yield shown_path(resolved, project.root) if is_link else name, resolved
            elif not is_link:
                uncollected.add(file)


def _is_collected(path: Path, project: Project) -> bool:
    """Check if a file belongs to a collection."""
    return project.selection.collection(shown_path(path, project.root)) is not None


@contextmanager
def _listing(folder: Path) -> Iterator[None]:
    """Turn an `OSError` while `folder` is listed into a `UsageError`.

    Raises:
        UsageError: The folder cannot be listed.
    """
    try:
        yield
    except OSError as error:
        raise UsageError(f"cannot list {folder}: {error.strerror}") from error


def _named(files: Iterable[Path], root: Path) -> dict[str, Path]:
    """Index `files` by their paths in reports."""
    return {shown_path(file, root): file for file in files}


def shown_path(path: Path, root: Path) -> str:
    """Convert a path to its form in reports: relative to `root`, with `/`, valid as UTF-8.

    A path outside of `root` is absolute.
    """
    written, top = str(path), f"{root}{os.sep}"
    is_plain = written.isascii() and "\\x" not in written and _ROUNDABOUT.search(written) is None
    if is_plain and written.startswith(top):
        return written[len(top) :].replace(os.sep, "/")
    relative = os.path.relpath(path, root)
    name = relative if not relative.startswith("..") else os.path.abspath(path)  # noqa: PTH100 # links stay
    return display_path(name)
