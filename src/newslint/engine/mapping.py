"""The map over all files of a run: examined here, or by other processes."""

import os
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from newslint.engine.desk import Desk
from newslint.engine.examine import Examiner
from newslint.engine.mapped import Mapped, mapped
from newslint.engine.pack import PackError, Packing, Sheet, read_sheet, sheet
from newslint.engine.workers import jobs_that_pay, spread
from newslint.source import Reader, document_of


class Task(NamedTuple):
    """A file of a run.

    Attributes:
        name: What reports call it.
        path: Where it is.
        is_examined: It is reported on. Else just its records are of use.
    """

    name: str
    path: Path
    is_examined: bool


def content_digest(held: bytes | str) -> bytes:
    """Return what names the content of a file, or why it cannot be read."""
    return sha256(held if isinstance(held, bytes) else held.encode()).digest()


class Mapping:
    """Maps files.

    Args:
        desk: Who examines each file.
        reader: Reads documents.
        held: Returns what a file holds, or why it cannot be read.
        jobs: How many processes to use; None for as many as pay.

    Attributes:
        contents: What names the content of each file, by its name.
    """

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        held: Callable[[Path], bytes | str],
        jobs: int | None = 1,
    ) -> None:
        self.contents: dict[str, bytes] = {}
        self._desk = desk
        self._reader = reader
        self._held = held
        self._jobs = jobs
        self._packings: dict[tuple[int, bool], Packing] = {}
        self._descriptions: dict[bytes, bytes] = {}

    def mapped(self, tasks: Sequence[Task]) -> dict[str, Mapped]:
        """Return what the files of `tasks` yield, by their names."""
        found: dict[str, Mapped] = {}
        for task, data in self._spread(tasks):
            yielded = self._unpacked(task, read_sheet(data))
            if yielded is not None:
                found[task.name] = yielded
        for task in tasks:
            if task.name not in found:
                found[task.name] = self._examined(task)
        return found

    def _spread(self, tasks: Sequence[Task]) -> Iterable[tuple[Task, bytes]]:
        """Yield what other processes make of `tasks`."""
        if self._jobs == 1:
            return ()
        sizes = [_size(task.path) for task in tasks]
        jobs = jobs_that_pay(sum(sizes), len(tasks)) if self._jobs is None else self._jobs
        return spread(tasks, sizes, self._sheet, jobs)

    def _examined(self, task: Task) -> Mapped:
        """Return what a file yields, examined here."""
        held = self._held(task.path)
        self.contents[task.name] = content_digest(held)
        document = document_of(task.name, held, self._reader)
        return mapped(self._examiner(task), document, is_examined=task.is_examined)

    def _sheet(self, task: Task) -> bytes:
        """Return what a file yields, as bytes for another process."""
        yielded = self._examined(task)
        return sheet(self._packing(task), yielded, self.contents[task.name])

    def _unpacked(self, task: Task, said: Sheet) -> Mapped | None:
        """Return what a file yields, examined elsewhere; None where that cannot be told."""
        self._descriptions |= said.descriptions
        if said.body is None:
            return None
        try:
            found = self._packing(task).unpacked(task.name, said.body)
        except PackError:
            return None
        self.contents[task.name] = said.content
        return found

    def _packing(self, task: Task) -> Packing:
        """Return what packs what a file yields: one for all that are treated alike."""
        examiner = self._examiner(task)
        key = id(examiner), task.is_examined
        packing = self._packings.get(key)
        if packing is None:
            find = self._descriptions.get
            packing = Packing(examiner, find, is_examined=task.is_examined)
            self._packings[key] = packing
        return packing

    def _examiner(self, task: Task) -> Examiner:
        """Return who examines a file, which is one of a collection."""
        examiner = self._desk.examiner(task.name)
        if examiner is None:
            raise ValueError(f"{task.name} belongs to no collection")
        return examiner


def _size(path: Path) -> int:
    """Return how many bytes a file has; 1 at least, since to open it is work, too."""
    try:
        return os.stat(path).st_size + 1  # noqa: PTH116 # a third of the time of `Path.stat`
    except OSError:
        return 1
