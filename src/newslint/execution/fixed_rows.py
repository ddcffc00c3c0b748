"""Writing of fixed rows into the lines of their containers."""

from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path

from newslint.documents.row_lines import join_entries
from newslint.documents.rows import RowSource, container_of
from newslint.documents.saving import SaveError, save
from newslint.execution.fixed_file import FixedFile, FixFailure
from newslint.text.location import splice

_CHANGED = "it has changed since it was read; run newslint again"


def write_rows(
    files: Mapping[str, FixedFile], rows: MutableMapping[Path, RowSource], root: Path
) -> Iterator[FixFailure]:
    """Write fixed rows: every other byte of their containers stays. Yield those that fail.

    Args:
        files: The rows by their names.
        rows: The places of rows by their paths, which change with the containers.
        root: The top folder of the project.
    """
    containers: dict[str, dict[str, FixedFile]] = {}
    for name, file in files.items():
        containers.setdefault(container_of(name), {})[name] = file
    for changed in containers.values():
        places = {rows[file.path]: file for file in changed.values()}
        reason = _write_lines(places, root)
        if reason:
            yield from (FixFailure(name, f"cannot be written: {reason}") for name in changed)
        else:
            _move_rows(rows, {row: len(join_entries(file.after)) for row, file in places.items()})


def _move_rows(rows: MutableMapping[Path, RowSource], sizes: Mapping[RowSource, int]) -> None:
    """Correct the places of the rows of one container, some of which have other sizes now."""
    container = next(iter(sizes)).file
    found = [(row.start, path, row) for path, row in rows.items() if row.file == container]
    moved = 0
    for _, path, row in sorted(found):
        start, size = row.start + moved, sizes.get(row, row.end - row.start)
        rows[path] = row._replace(start=start, end=start + size)
        moved = start + size - row.end


def _write_lines(files: Mapping[RowSource, FixedFile], root: Path) -> str:
    """Write the rows of one container; return an empty text, or why they cannot be written."""
    path = next(iter(files)).file
    try:
        before = path.read_bytes()
        if any(
            before[row.start : row.end] != join_entries(file.before) for row, file in files.items()
        ):
            return _CHANGED
        parts = sorted(
            (row.start, row.end, join_entries(file.after)) for row, file in files.items()
        )
        save(path, before, splice(before, parts), root)
    except SaveError as error:
        return str(error)
    except OSError as error:
        return error.strerror or str(error)
    return ""
