"""The tree of folders that files are in."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from newslint.cli.init.cluster import escape
from newslint.cli.init.sample import FileSample

_MIN_RECORDS = 2
_MAX_DEPTH = 50
"""Depth of folders; the files of deeper ones count as those of the folder at this depth."""


class Folder:
    """A folder of the site.

    Attributes:
        path: The path from the top of the site, with `/`.
        files: The documents directly in the folder.
        notes: The names of documents that describe the folder.
        folders: The sub-folders by name.
    """

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.files: list[FileSample] = []
        self.notes: list[str] = []
        self.folders: dict[str, Folder] = {}

    def folder(self, parts: Sequence[str]) -> "Folder":
        """Look up or create the folder at a path below this one, not deeper than `_MAX_DEPTH`."""
        found = self
        for name in parts[:_MAX_DEPTH]:
            path = f"{found.path}/{name}" if found.path else name
            found = found.folders.setdefault(name, Folder(path))
        return found

    def all_files(self) -> Iterator[FileSample]:
        """Yield the documents in this folder and its sub-folders."""
        yield from self.files
        for folder in self.folders.values():
            yield from folder.all_files()

    def all_notes(self) -> set[str]:
        """Collect the names of files that describe this folder or a sub-folder."""
        return {*self.notes, *(name for each in self.folders.values() for name in each.all_notes())}

    @property
    def is_bundle(self) -> bool:
        """Whether the folder is one article with its attachments."""
        has_index = any(PurePosixPath(file.path).stem == "index" for file in self.files)
        return has_index or len(list(self.all_files())) < _MIN_RECORDS

    def find(self, path: str) -> "Folder | None":
        """Look up the folder at a path below this one; None if it has no documents."""
        found: Folder | None = self
        for part in path.split("/") if path else ():
            found = found.folders.get(part) if found else None
        return found


def group_paths(samples: Iterable[FileSample]) -> list[str]:
    """List a pattern for each folder and file name ending, or name of sections, among files."""
    groups: dict[str, None] = {}
    for sample in samples:
        parent, _, name = sample.path.rpartition("/")
        folder = f"/{escape(parent)}" if parent else ""
        ending = name if name.startswith("_") else f"*{escape(PurePosixPath(name).suffix)}"
        groups[f"{folder}/{ending}"] = None
    return list(groups)
