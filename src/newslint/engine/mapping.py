"""The map over all files of a run: examined here, or by other processes, or long ago."""

import os
from collections.abc import Callable, Container, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint.documents import create_document
from newslint.engine.desk import Desk
from newslint.engine.examine import Examiner
from newslint.engine.mapped import Mapped, mapped
from newslint.engine.profiler import Stage, StageTimer, no_profiler
from newslint.engine.progress import Observe, Phase, Progress, unobserved
from newslint.engine.sign import sign_of
from newslint.engine.workers import jobs_that_pay, spread
from newslint.syntax.yaml import Reader

if TYPE_CHECKING:
    from newslint.engine.cache import Cache
    from newslint.engine.lane import Lane


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
        cache: What is known from earlier runs; None to look at every file.
        given: Files that are not what they are on the disk.
        clock: Takes the time of stages.

    Attributes:
        contents: What names the content of each file, by its name.
    """

    def __init__(  # noqa: PLR0913 # independent values
        self,
        desk: Desk,
        reader: Reader,
        held: Callable[[Path], bytes | str],
        *,
        jobs: int | None = 1,
        cache: "Cache | None" = None,
        given: Container[Path] = (),
        clock: StageTimer = no_profiler,
    ) -> None:
        self.contents: dict[str, bytes] = {}
        self._desk = desk
        self._reader = reader
        self._held = held
        self._jobs = jobs
        self._cache = cache
        self._given = given
        self._clock = clock
        self._lanes: dict[tuple[int, bool], Lane] = {}

    def mapped(self, tasks: Sequence[Task], observe: Observe = unobserved) -> dict[str, Mapped]:
        """Return what the files of `tasks` yield, by their names.

        Args:
            tasks: The files.
            observe: Is told how far this is.
        """
        found: dict[str, Mapped] = {}
        total = len(tasks)
        for task in tasks if self._cache is not None else ():
            observe(Progress(Phase.READING, len(found), total))
            with self._clock(Stage.CACHE):
                _note(found, task, self._recalled(task))
        others = [task for task in tasks if task.name not in found]
        sizes = [] if self._jobs == 1 else [_size(task.path) for task in others]
        jobs = jobs_that_pay(sum(sizes), len(others)) if self._jobs is None else self._jobs
        for task, data in spread(others, sizes, self._sent, jobs):
            observe(Progress(Phase.READING, len(found), total))
            if data is None:
                found[task.name] = self._looked_at(task, is_alone=jobs == 1)
            else:
                _note(found, task, self._received(task, data))
        for task in others:
            observe(Progress(Phase.READING, len(found), total))
            if task.name not in found:
                found[task.name] = self._looked_at(task, is_alone=False)
        if self._cache is not None:
            with self._clock(Stage.CACHE):
                self._cache.close({task.name for task in tasks})
        self._forget()
        return found

    def _forget(self) -> None:
        """Give back the room of what only serves to map more files."""
        self._reader.clear_cache()
        self._lanes.clear()
        for examiner in self._desk.examiners:
            examiner.forget()

    def _recalled(self, task: Task) -> Mapped | None:
        """Return what a file yields, as far as that is known from earlier runs."""
        row = self._lane(task).recall(task.name)
        if row is None:
            return None
        sign = b"" if task.path in self._given else sign_of(task.path)
        is_same = bool(sign) and sign == row.sign
        if not is_same and content_digest(self._held(task.path)) != row.content:
            return None
        found = self._unpacked(task, row.content, row.body)
        if found is not None and not is_same:
            self._keep(task, sign, row.content, row.body)
        return found

    def _received(self, task: Task, data: bytes) -> Mapped | None:
        """Return what a file yields, examined elsewhere; None where that cannot be told."""
        sign, content, body, _ = self._lane(task).received(data)
        found = None if body is None else self._unpacked(task, content, body)
        if body is not None and found is not None:
            self._keep(task, sign, content, body)
        return found

    def _looked_at(self, task: Task, *, is_alone: bool) -> Mapped:
        """Return what a file yields, examined here.

        Args:
            task: The file.
            is_alone: No other process knows any description.
        """
        if self._cache is None:
            found = self._examined(task)[1]
            return found if is_alone else self._lane(task).united(found)
        with self._clock(Stage.CACHE):
            sign = sign_of(task.path)
            is_read, found = self._examined(task)
            lane = self._lane(task)
            body = lane.learnt(found if is_read else None)
            if body is not None:
                self._keep(task, sign, self.contents[task.name], body)
            return lane.united(found)

    def _sent(self, task: Task) -> bytes:
        """Return what a file yields, examined here for another process."""
        sign = sign_of(task.path)
        is_read, found = self._examined(task)
        return self._lane(task).sent(sign, self.contents[task.name], found if is_read else None)

    def _examined(self, task: Task) -> tuple[bool, Mapped]:
        """Return whether a file could be read, and what it yields."""
        with self._clock(Stage.READ):
            held = self._held(task.path)
            self.contents[task.name] = content_digest(held)
            document = create_document(task.name, held, self._reader)
        with self._clock(Stage.EXAMINE):
            found = mapped(self._examiner(task), document, is_examined=task.is_examined)
        return isinstance(held, bytes), found

    def _unpacked(self, task: Task, content: bytes, body: bytes) -> Mapped | None:
        """Return what a file yields, given its packed form; None where that is no good."""
        found = self._lane(task).unpacked(task.name, body)
        if found is not None:
            self.contents[task.name] = content
        return found

    def _keep(self, task: Task, sign: bytes, content: bytes, body: bytes) -> None:
        """Keep what a file yields for the next run."""
        if task.path not in self._given:
            self._lane(task).keep(task.name, sign, content, body)

    def _lane(self, task: Task) -> "Lane":
        """Return what serves all files that are treated as that of `task`."""
        examiner = self._examiner(task)
        key = id(examiner), task.is_examined
        lane = self._lanes.get(key)
        if lane is None:
            from newslint.engine.lane import Lane  # a check of few files needs none

            checks = self._desk.checks(task.name)
            lane = self._lanes[key] = Lane(
                examiner, checks, self._reader, self._cache, is_examined=task.is_examined
            )
        return lane

    def _examiner(self, task: Task) -> Examiner:
        """Return who examines a file, which is one of a collection."""
        examiner = self._desk.examiner(task.name)
        if examiner is None:
            raise ValueError(f"{task.name} belongs to no collection")
        return examiner


def _note(found: dict[str, Mapped], task: Task, mapped: Mapped | None) -> None:
    """Take note of what a file yields, where that is known."""
    if mapped is not None:
        found[task.name] = mapped


def _size(path: Path) -> int:
    """Return how many bytes a file has; 1 at least, since to open it is work, too."""
    try:
        return os.stat(path).st_size + 1  # noqa: PTH116 # a third of the time of `Path.stat`
    except OSError:
        return 1
