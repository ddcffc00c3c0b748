"""Settings that match nothing, and files that no collection matches."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from newslint.documents import search
from newslint.documents.gitignore import GitignorePatterns
from newslint.documents.rows import container_of
from newslint.execution.archive_kind import read_head
from newslint.execution.check_request import CheckRequest
from newslint.execution.files import shown_path
from newslint.execution.unmatched_fields import find_unmatched_fields
from newslint.settings import Project
from newslint.text.lazy_pattern import lazy_pattern

_MAX_FILES = 50_000
"""Number of files beyond which a search for unused collections takes too long."""

_MAX_HEADS = 1_000
"""Number of files without a collection that are read, to see whether they are records."""

_FENCE = lazy_pattern(rb"\s*(?:---|\+\+\+)[ \t]*\r?\n")
_DATA = frozenset({".yml", ".yaml"})
_SIMILARITY = 0.85
_GLOB = frozenset("*?[!\\")


def note_unmatched(request: CheckRequest) -> CheckRequest:
    """Add notes about settings of the project's own file that match nothing, or too little.

    Raises:
        UsageError: There are no files.
    """
    project = request.project
    if project.file is None:
        return request
    files = request.found_files()
    request = replace(request, files=files)
    notes = [*_missing_folders(project), *_empty_overrides(project)]
    if not project.settings.corpus and len(files.corpus) <= _MAX_FILES:
        notes += _unused_patterns(project, files.corpus)
        notes += _misspelt_exclusions(project, files.corpus)
        notes += find_unmatched_fields(request)
    notes += _uncollected_records(request, files.uncollected)
    return replace(request, notes=(*request.notes, *notes))


def _uncollected_records(request: CheckRequest, files: Iterable[Path]) -> Iterator[str]:
    """Yield a note if files with front matter belong to no collection."""
    documents = [path for path in files if path.suffix.lower() not in _DATA]
    heads = ((path, read_head(path, request)) for path in islice(documents, _MAX_HEADS))
    found = [path for path, head in heads if _FENCE.match(head)]
    if not found:
        return
    more = "at least " if len(documents) > _MAX_HEADS else ""
    is_one = len(found) == 1
    count = "1 file" if is_one else f"{more}{len(found):,} files"
    verbs = "belongs to no collection and is" if is_one else "belong to no collection and are"
    name = shown_path(found[0], request.project.root)
    example = f": {name}" if is_one else f", such as {name}"
    advice = "add a collection for it" if is_one else "add collections for them"
    yield f"{count} with front matter {verbs} not checked{example}; {advice}, or use 'exclude'"


def _missing_folders(project: Project) -> Iterator[str]:
    """Yield a note for each folder of the corpus that does not exist, or is another project."""
    for index, name in enumerate(project.settings.corpus):
        folder = project.root / name
        problem = "" if project.filter.owns(folder) else "is a project with settings of its own"
        if not folder.exists():
            problem = "does not exist"
        if problem:
            place = project.origins.label(("corpus", index))
            yield f"{place}: 'corpus' names '{name}', which {problem}"


def _empty_overrides(project: Project) -> Iterator[str]:
    """Yield a note for each override that only names files."""
    for index, table in enumerate(project.settings.overrides):
        if table.model_fields_set <= {"paths"}:
            place = project.origins.label(("overrides", index))
            yield (
                f"{place}: [[overrides]] for {', '.join(table.paths)} changes nothing; add "
                "'ignore', 'select', 'extend-select' or a table [overrides.rules.NAME]"
            )


def _unused_patterns(project: Project, names: Iterable[str]) -> Iterator[str]:
    """Yield a note for each collection without files, and each override of its own file."""
    selection, origins = project.selection, project.origins
    collections = set(range(len(selection.collections)))
    overrides = {
        index
        for index in range(len(selection.overrides))
        if origins.is_from(("overrides", index), project.file)
    }
    patterns = {each: _without_rows(selection.overrides[each].patterns) for each in overrides}
    for name in names if collections or overrides else ():
        index = selection.collection_index(name)
        if index is not None:
            collections.discard(index)
        overrides -= {each for each in overrides if patterns[each].match(name)}
        if not collections and not overrides:
            return
    for index in sorted(collections):
        name = project.settings.collections[index].name
        yield f"{origins.label(('collections', index))}: collection '{name}' matches no file"
    for index in sorted(overrides):
        paths = ", ".join(project.settings.overrides[index].paths)
        yield f"{origins.label(('overrides', index))}: [[overrides]] for {paths} matches no file"


def _without_rows(patterns: GitignorePatterns) -> GitignorePatterns:
    """Convert patterns that name rows to those of their containers, of which the rows are read."""
    return GitignorePatterns([container_of(each) for each in patterns.patterns])


def _misspelt_exclusions(project: Project, names: Iterable[str]) -> Iterator[str]:
    """Yield a note for each pattern of `exclude` that matches nothing, and is nearly a name.

    A pattern may well match nothing today, such as that of a folder of generated files.
    """
    near: dict[int, str] = {}
    patterns = project.settings.exclude
    simple = {i: each.strip("/") for i, each in enumerate(patterns) if not _GLOB & {*each}}
    if not simple or not project.origins.is_from(("exclude",), project.file):
        return
    parts = {part for name in names for part in name.split("/")}
    for index, pattern in simple.items():
        from difflib import get_close_matches

        found = get_close_matches(pattern.rpartition("/")[2], parts, 1, _SIMILARITY)
        if found:
            near[index] = found[0]
    if not near:
        return
    paths = [
        (found.path.relative_to(project.root).as_posix(), os.path.isdir(found.path))  # noqa: PTH112 # `Path.is_dir` raises for long names
        for found in search(project.root, project.filter)
    ]
    for index, name in near.items():
        matcher = GitignorePatterns([patterns[index]])
        if not any(matcher.match(path, folder=is_folder) for path, is_folder in paths):
            place = project.origins.label(("exclude", index))
            message = f"'{patterns[index]}' in 'exclude' matches nothing"
            yield f"{place}: {message}; did you mean '{name}'?"
