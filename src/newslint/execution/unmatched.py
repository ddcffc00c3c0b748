"""Settings that match nothing: folders of the corpus, and patterns of collections."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from newslint.execution.check_request import CheckRequest
from newslint.settings import Project

_MAX_FILES = 50_000
"""Number of files beyond which a search for unused collections takes too long."""


def note_unmatched(request: CheckRequest) -> CheckRequest:
    """Add a note for each setting that matches no file.

    Raises:
        UsageError: There are no files.
    """
    settings = request.project.settings
    if not settings.corpus and not settings.collections:
        return request
    files = request.found_files()
    notes = [*_missing_folders(request.project)]
    if not settings.corpus and len(files.corpus) <= _MAX_FILES:
        notes += _unused_collections(request.project, files.corpus)
    return replace(request, files=files, notes=(*request.notes, *notes))


def _missing_folders(project: Project) -> Iterator[str]:
    """Yield a note for each folder of the corpus that does not exist, or is another project."""
    for index, name in enumerate(project.settings.corpus):
        folder = project.root / name
        problem = "" if project.filter.owns(folder) else "is a project with settings of its own"
        if not folder.exists():
            problem = "does not exist"
        if problem:
            place = _label(project, ("corpus", index))
            yield f"{place}: 'corpus' names '{name}', which {problem}"


def _unused_collections(project: Project, names: Iterable[str]) -> Iterator[str]:
    """Yield a note for each collection without files."""
    unused = set(range(len(project.selection.collections)))
    for name in names:
        index = project.selection.collection_index(name)
        if index is not None:
            unused.discard(index)
        if not unused:
            return
    for index in sorted(unused):
        name = project.settings.collections[index].name
        place = _label(project, ("collections", index))
        yield f"{place}: collection '{name}' matches no file"


def _label(project: Project, keys: tuple[str | int, ...]) -> str:
    """Format the place of a setting."""
    origin = project.origins.find(keys)
    return "settings" if origin is None else origin[0].label(origin[1])
