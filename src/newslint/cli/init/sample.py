"""What a file holds, as far as drafting is concerned."""

from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from newslint.documents import load_document
from newslint.syntax.yaml import Reader

_NO_FRONT_MATTER = "missing-front-matter"
_HARMLESS = "duplicate-key"


class FileState(StrEnum):
    """How far a file could be read; the values are what people are told."""

    READ = "read"
    NO_FRONT_MATTER = "without YAML front matter"
    UNREADABLE = "that cannot be read"


class FileSample(NamedTuple):
    """What a file holds.

    Attributes:
        path: Relative to the folder that is drafted for, with `/`.
        state: How far it could be read.
        records: Its front matter as plain Python; several in a YAML file of several documents.
    """

    path: str
    state: FileState
    records: tuple[Any, ...] = ()


def read_sample(file: Path, name: str, reader: Reader) -> FileSample:
    """Return what `file` holds.

    Args:
        file: The file.
        name: What it is called: its path, with `/`.
        reader: Reads the front matter.
    """
    document = load_document(file, name, reader)
    rules = {problem.rule for problem in document.problems} - {_HARMLESS}
    if rules == {_NO_FRONT_MATTER}:
        return FileSample(name, FileState.NO_FRONT_MATTER)
    if rules or not document.roots:
        return FileSample(name, FileState.UNREADABLE)
    return FileSample(name, FileState.READ, tuple(root.python for root in document.roots))
