"""Prints again what an earlier run printed, where nothing has changed since."""

import codecs
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, cast

import click

from newslint.cli import ExitStatus
from newslint.cli.output import ReportTarget, guard_output, open_targets

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from newslint.cli.request import CheckRequest
    from newslint.engine.cache import Cache

Files = list[tuple[ReportTarget, TextIO]]
Opening = Callable[[Sequence[ReportTarget]], AbstractContextManager[Files]]
Work = Callable[[Opening], int]

_FEW_LINES = 64
_READ_CHUNK = 64 * 1024
_MOST_BYTES = 256 * 1024 * 1024
"""As many are kept of what a run prints: compressed, a twelfth of that."""

_VARIABLES = ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM", "GITHUB_ACTIONS", "GITLAB_CI")
_FREE = frozenset({"cache_dir", "jobs", "no_cache", "profile"})
"""Options that do not change what is printed."""


class CachedOutput(NamedTuple):
    """What a run has printed.

    Attributes:
        status: How it ended.
        parts: Texts in their order, compressed, and where each went: 0 for stdout, 1 for stderr,
            from 2 on the files that reports were written to.
    """

    status: int
    parts: list[tuple[int, bytes]]


def output_key(
    checking: "CheckRequest", targets: Iterable[ReportTarget], others: Iterable[Path]
) -> bytes | None:
    """Return what names a run; None where it does more than report, or reports what may differ.

    Args:
        checking: What is checked.
        targets: Which reports are written, and where.
        others: Further files that they depend on.
    """
    from newslint.engine.answers import answer_key

    is_plain = all(target.format != "github" for target in targets)
    if not is_plain or checking.files is None or checking.cache is None:
        return None
    context = click.get_current_context()
    options = sorted((name, value) for name, value in context.params.items() if name not in _FREE)
    return answer_key(
        checking.session,
        checking.selection,
        checking.files,
        tuple(others),
        checking.cache.now,
        options,
        _surroundings(),
    )


def _surroundings() -> tuple[object, ...]:
    """Return all that output depends on besides options: the terminal and the environment."""
    streams = (_terminal(stream) for stream in (sys.stdout, sys.stderr))
    return (os.getcwd(), *streams, *map(os.environ.get, _VARIABLES))  # noqa: PTH109 # as text


def _terminal(stream: TextIO) -> tuple[bool, int]:
    """Return whether a stream is a terminal, and how wide it is."""
    if not stream.isatty():
        return False, 0
    try:
        return True, os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError, AttributeError):
        return True, 0


def run_cached(
    cache: "Cache | None", key: bytes | None, targets: Sequence[ReportTarget], work: Work
) -> int:
    """Return the status of `work`, which is not done where its output is known.

    Args:
        cache: Knows the output of earlier runs; None where nothing does.
        key: Names the run; None where nothing does.
        targets: Which reports are written, and where.
        work: Prints to stdout, stderr and what it opens, and returns the exit status.
    """
    if cache is None or key is None:
        return work(open_targets)
    from msgspec import msgpack

    known = cache.answer(key)
    if known is not None:
        return _print(msgpack.decode(known, type=CachedOutput), targets)
    with _recording() as record:
        status = work(partial(_opened, record))
    parts = record.parts()
    if parts is not None and status in (ExitStatus.CLEAN, ExitStatus.FOUND):
        cache.keep_answer(key, msgpack.encode(CachedOutput(status, parts)))
    return status


def _print(printed: CachedOutput, targets: Sequence[ReportTarget]) -> int:
    """Print what an earlier run has printed, and return how it ended."""
    with open_targets(targets) as files:
        streams: list[tuple[TextIO, Path | None]] = [(sys.stdout, None), (sys.stderr, None)]
        streams += [(file, target.path) for target, file in files]
        for at, data in printed.parts:
            with guard_output(*streams[at]):
                streams[at][0].writelines(_texts(data))
    return printed.status


@contextmanager
def _opened(record: "_Record", targets: Sequence[ReportTarget]) -> Iterator[Files]:
    """Provide the file of each target; what is written to it is noted."""
    with open_targets(targets) as files:
        yield [
            (target, file if target.path is None else cast("TextIO", _Tee(file, record, at)))
            for at, (target, file) in enumerate(files, 2)
        ]


def _texts(data: bytes) -> Iterator[str]:
    """Yield compressed text in pieces."""
    unpacker = zlib.decompressobj()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
    for start in range(0, len(data), _READ_CHUNK):
        yield decoder.decode(unpacker.decompress(data[start : start + _READ_CHUNK]))
    yield decoder.decode(unpacker.flush(), final=True)


class _Record:
    """What is printed, in order, compressed as it comes.

    Attributes:
        is_whole: All that was printed is known.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[int, bytes]] = []
        self._compressor: Compressor | None = None
        self._at = 0
        self._size = 0
        self.is_whole = True

    def add(self, text: str, at: int) -> None:
        """Take note of what is printed, and where to; too much is forgotten altogether."""
        if not self.is_whole:
            return
        if self._compressor is None or self._at != at:
            self._end()
            self._compressor, self._at = Compressor(), at
        data = text.encode("utf-8", "surrogatepass")
        self._compressor.add(data)
        self._size += len(data)
        if self._size > _MOST_BYTES:
            self.spoil()

    def spoil(self) -> None:
        """Take note that what is printed is not all there would be."""
        self.is_whole = False
        self._parts, self._compressor = [], None

    def parts(self) -> list[tuple[int, bytes]] | None:
        """Return what was printed; None where that is not known."""
        self._end()
        return self._parts if self.is_whole else None

    def _end(self) -> None:
        """End the last part."""
        if self._compressor is not None:
            self._parts.append((self._at, self._compressor.end()))
            self._compressor = None


class _Tee:
    """A stream whose text is noted on its way."""

    def __init__(self, stream: TextIO, record: _Record, at: int) -> None:
        self._stream = stream
        self._record = record
        self._at = at

    def write(self, text: str) -> int:
        """Write a text. Where that fails, as where the reader is gone, there is more to print."""
        self._record.add(text, self._at)
        try:
            return self._stream.write(text)
        except BaseException:
            self._record.spoil()
            raise

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts."""
        lines = iter(lines)
        while self._record.is_whole and (some := list(islice(lines, _FEW_LINES))):
            self.write("".join(some))
        self._stream.writelines(lines)

    def flush(self) -> None:
        """Write what waits to be written."""
        try:
            self._stream.flush()
        except BaseException:
            self._record.spoil()
            raise

    def __getattr__(self, name: str) -> Any:
        """Return what else the stream has."""
        return getattr(self._stream, name)


@contextmanager
def _recording() -> Iterator[_Record]:
    """Provide what is printed meanwhile."""
    out, err = sys.stdout, sys.stderr
    record = _Record()
    sys.stdout = cast("TextIO", _Tee(out, record, 0))
    sys.stderr = cast("TextIO", _Tee(err, record, 1))
    try:
        yield record
    finally:
        sys.stdout, sys.stderr = out, err


_COMPRESSION_CHUNK = 2 * 1024 * 1024
"""How many bytes a thread is given at a time: it takes far longer over them than to be told."""

_LEVEL = 1  # the rest of a run takes little longer than that


class Compressor:
    """Compresses bytes as they come.

    zlib holds no lock of the interpreter while it works, so a thread has it done while the next
    bytes are made. What is short is compressed at the end instead.
    """

    def __init__(self) -> None:
        self._packer = zlib.compressobj(_LEVEL)
        self._waiting: list[bytes] = []
        self._size = 0
        self._done: list[bytes] = []
        self._thread: ThreadPoolExecutor | None = None
        self._under_way: Future[bytes] | None = None

    def add(self, data: bytes) -> None:
        """Take more bytes; no more than two pieces wait to be compressed."""
        self._waiting.append(data)
        self._size += len(data)
        if self._size >= _COMPRESSION_CHUNK:
            self._hand_over()

    def end(self) -> bytes:
        """Return all bytes, compressed. No more can be added."""
        self._collect()
        if self._thread is not None:
            self._thread.shutdown()
        last = self._packer.compress(self._taken())
        return b"".join((*self._done, last, self._packer.flush()))

    def _hand_over(self) -> None:
        """Have the thread compress what waits."""
        from concurrent.futures import ThreadPoolExecutor

        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1)
        data = self._taken()
        self._collect()
        self._under_way = self._thread.submit(self._packer.compress, data)

    def _taken(self) -> bytes:
        """Return what waits, and let nothing wait any more."""
        data = b"".join(self._waiting)
        self._waiting, self._size = [], 0
        return data

    def _collect(self) -> None:
        """Take what the thread has compressed; wait for it where it is not done."""
        if self._under_way is not None:
            self._done.append(self._under_way.result())
            self._under_way = None
