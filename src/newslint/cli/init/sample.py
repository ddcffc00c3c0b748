"""Records read from a file, for drafts of settings and schemas."""

from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from newslint.documents import load_document
from newslint.documents.metadata_lines import starts_with_metadata
from newslint.syntax import Reader

_NO_FRONT_MATTER = "missing-front-matter"
_HARMLESS = "duplicate-key"


class FileState(StrEnum):
    """The part of a file that could be read; values complete a message such as "2 files …"."""

    READ = "read"
    NO_FRONT_MATTER = "without front matter"
    METADATA_LINES = "with metadata lines outside of '---', which newslint does not read"
    UNREADABLE = "that cannot be read"


class FileSample(NamedTuple):
    """The records of a file.

    Attributes:
        path: The path for messages and patterns, with `/`.
        state: The part of the file that could be read.
        records: The front matter as Python values; several for a YAML file of several documents.
    """

    path: str
    state: FileState
    records: tuple[Any, ...] = ()


def read_sample(file: Path, path: str, reader: Reader, root: Path) -> FileSample:
    """Read the front matter of a file.

    Args:
        file: The file.
        path: The path for messages and patterns, with `/`.
        reader: The reader of front matter.
        root: The folder that no symbolic link is followed out of.
    """
    document = load_document(file, path, reader, root)
    problems = {problem.rule for problem in document.problems} - {_HARMLESS}
    if problems == {_NO_FRONT_MATTER}:
        is_metadata = starts_with_metadata(document.source)
        state = FileState.METADATA_LINES if is_metadata else FileState.NO_FRONT_MATTER
        return FileSample(path, state)
    if problems or not document.roots:
        return FileSample(path, FileState.UNREADABLE)
    return FileSample(path, FileState.READ, tuple(root.python for root in document.roots))
