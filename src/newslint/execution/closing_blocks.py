"""The close stage of a large check: processes share its files, and keep no diagnostics.

Reports need the index of the diagnostics in a block of files, and the lines of a format that lists
them all; the rest is not kept. A diagnostic that is asked for is put together once more.
"""

import errno
import os
import pickle
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from newslint.diagnostics import Diagnostic
from newslint.diagnostics.index import DiagnosticIndex, IndexBuilder
from newslint.diagnostics.listing import Lister
from newslint.engine.close import FileReport
from newslint.execution.check_request import CheckRequest
from newslint.execution.executors import LEAST_BYTES, count_jobs, run_parallel
from newslint.execution.profiler import Stage
from newslint.execution.report_closer import ReportCloser
from newslint.execution.report_memo import read_later

_MENTIONS = 10_000
"""Mentions that a process must have to close to be worth starting."""

_FILES = 16
"""Files in a block; the texts of larger blocks take more memory."""

_MOST_BYTES = 64 * 1024 * 1024
"""The room for the text of a block in the spool; if one is larger, all are listed later."""

_LEAST_GAP = 1024 * 1024
"""Bytes on the disk from which on a file of one byte at its end is no sparse file."""

_BLOCK = 512
"""Bytes in a block of `st_blocks`, according to POSIX."""


class TextSpool:
    """The texts of blocks, which may be larger than the memory, in a temporary file.

    Processes write at the same time, each at the place of its block; gaps take no room.

    Raises:
        OSError: The file cannot be created, or the file system fills gaps, as FAT does.
    """

    def __init__(self) -> None:
        from tempfile import TemporaryFile
        from weakref import finalize

        self._file = TemporaryFile()  # noqa: SIM115 # open until the report is written
        finalize(self, self._file.close)
        os.pwrite(self._file.fileno(), b"\0", _MOST_BYTES)
        if os.fstat(self._file.fileno()).st_blocks * _BLOCK >= _LEAST_GAP:
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
        self._sizes: dict[int, int] = {}

    def write(self, number: int, text: str) -> int | None:
        """Write the text of the block with a 0-based number.

        Returns:
            Its size in bytes, for `add`; None if there is no room for it.
        """
        data = text.encode("utf-8", "surrogatepass")
        if len(data) > _MOST_BYTES:
            return None
        try:
            written = os.pwrite(self._file.fileno(), data, number * _MOST_BYTES)
        except OSError:
            return None
        return written if written == len(data) else None

    def add(self, number: int, size: int) -> None:
        """Note that a process has written the text of a block."""
        self._sizes[number] = size

    def __iter__(self) -> Iterator[str]:
        """Read the texts in the order of blocks."""
        for number, size in sorted(self._sizes.items()):
            if size:
                data = os.pread(self._file.fileno(), size, number * _MOST_BYTES)
                yield data.decode("utf-8", "surrogatepass")


class _ClosedBlock(NamedTuple):
    """A block of files whose diagnostics are not kept.

    Attributes:
        files: The paths of the files with diagnostics, and the number of these.
        others: The parts of files that are of use without their diagnostics, and lack these.
        columns: The index of the diagnostics.
        size: The size of the text that lists them, in bytes; None if there is none.
    """

    files: list[tuple[str, int]]
    others: list[FileReport]
    columns: DiagnosticIndex
    size: int | None


class _BlockCloser:
    """Closes blocks of files: the `Worker` of `run_parallel`.

    Args:
        closer: Puts the diagnostics of files together.
        blocks: The paths of the files of each block.
        request: The request.
    """

    def __init__(
        self, closer: ReportCloser, blocks: Sequence[Sequence[str]], request: CheckRequest
    ) -> None:
        self._closer = closer
        self._blocks = blocks
        self._clock = request.clock
        self._lister: Lister | None = None
        self.spool: TextSpool | None = None
        if request.lister is not None:
            self._lister, self.spool = request.lister(), _create_spool()

    def __call__(self, number: int) -> bytes:
        """Close the block with a 0-based number, for another process."""
        return pickle.dumps(self.close(number))

    def close(self, number: int) -> _ClosedBlock:
        """Close the block with a 0-based number."""
        with self._clock(Stage.CLOSE):
            reports = [*filter(None, map(self._closer.find, self._blocks[number]))]
            found = [*chain.from_iterable(each.diagnostics for each in reports)]
            columns = DiagnosticIndex.create(found)
        size = None
        if self._lister is not None and self.spool is not None:
            with self._clock(Stage.REPORT):
                size = self.spool.write(number, self._lister(found))
        files = [(each.path, len(each.diagnostics)) for each in reports if each.diagnostics]
        others = [each for each in reports if each.suppressed or each.is_incomplete]
        return _ClosedBlock(
            files, [replace(each, diagnostics=()) for each in others], columns, size
        )


def _create_spool() -> TextSpool | None:
    """Create a spool; None if there is no room for temporary files, or gaps would take room."""
    try:
        return TextSpool()
    except OSError:
        return None


def close_in_blocks(
    closer: ReportCloser, mentions: Mapping[str, int], request: CheckRequest
) -> tuple[list[FileReport], Sequence[Diagnostic]]:
    """Put the diagnostics of files together, and index and list them for the reports of a request.

    Args:
        closer: Puts those of one file together.
        mentions: The number of mentions in each file, in the order of paths.
        request: The request.

    Returns:
        The parts of files, without their diagnostics, that have suppressed ones or are incomplete;
        and all diagnostics.
    """
    names = [*mentions]
    blocks = [names[start : start + _FILES] for start in range(0, len(names), _FILES)]
    worker = _BlockCloser(closer, blocks, request)
    closed = dict(
        _close_all(worker, [sum(map(mentions.__getitem__, each)) for each in blocks], request)
    )
    parts = [closed[number] for number in range(len(blocks))]
    builder = IndexBuilder()
    for part in parts:
        builder.add_index(part.columns)
    known: dict[object, object] = {DiagnosticIndex.create: builder.index}
    if worker.spool is not None and all(part.size is not None for part in parts):
        known[request.lister] = worker.spool
    files = [*chain.from_iterable(part.files for part in parts)]
    found = read_later(files, closer.read, known)
    return [*chain.from_iterable(part.others for part in parts)], found


def _close_all(
    worker: _BlockCloser, mentions: Sequence[int], request: CheckRequest
) -> Iterator[tuple[int, _ClosedBlock]]:
    """Yield each block with its number, in any order.

    Args:
        worker: Closes a block.
        mentions: The number of mentions in each block.
        request: The request.
    """
    jobs = request.jobs or count_jobs(sum(mentions) // _MENTIONS * LEAST_BYTES, len(mentions))
    if request.start_method == "spawn":  # other processes need all that is known
        jobs = 1
    for number, data in run_parallel(worker, mentions, jobs):
        block: _ClosedBlock = worker.close(number) if data is None else pickle.loads(data)  # noqa: S301 # of this program
        if worker.spool is not None and block.size is not None:
            worker.spool.add(number, block.size)
        yield number, block
