"""What a file holds, as far as drafting is concerned."""

from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from newslint.documents import load
from newslint.syntax.yaml import Reader

_NO_FRONT_MATTER = "missing-front-matter"
_HARMLESS = "duplicate-key"


class State(StrEnum):
    """How far a file could be read; the values are what people are told."""

    READ = "read"
    WITHOUT = "without YAML front matter"
    BROKEN = "that cannot be read"


class Holding(NamedTuple):
    """What a file holds.

    Attributes:
        path: Relative to the folder that is drafted for, with `/`.
        state: How far it could be read.
        records: Its front matter as plain Python; several in a YAML file of several documents.
    """

    path: str
    state: State
    records: tuple[Any, ...] = ()


def read_holding(file: Path, name: str, reader: Reader) -> Holding:
    """Return what `file` holds.

    Args:
        file: The file.
        name: What it is called: its path, with `/`.
        reader: Reads the front matter.
    """
    document = load(file, name, reader)
    rules = {problem.rule for problem in document.problems} - {_HARMLESS}
    if rules == {_NO_FRONT_MATTER}:
        return Holding(name, State.WITHOUT)
    if rules or not document.roots:
        return Holding(name, State.BROKEN)
    return Holding(name, State.READ, tuple(root.python for root in document.roots))
