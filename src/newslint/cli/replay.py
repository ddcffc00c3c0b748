"""Prints again what an earlier run printed, where nothing has changed since."""

import codecs
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, cast

import click

from newslint.cli.exit_status import ExitStatus
from newslint.cli.output import writing
from newslint.cli.reports import Target

if TYPE_CHECKING:
    from newslint.cli.inputs import Checking
    from newslint.engine.cache import Cache

_FEW_LINES = 64
_PIECE = 64 * 1024
_MOST_BYTES = 256 * 1024 * 1024
"""As many are kept of what a run prints: compressed, a twelfth of that."""

_VARIABLES = ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM", "GITHUB_ACTIONS", "GITLAB_CI")
_FREE = frozenset({"cache_dir", "jobs", "no_cache", "profile"})
"""Options that do not change what is printed."""


class Printed(NamedTuple):
    """What a run has printed.

    Attributes:
        status: How it ended.
        parts: Texts in their order, compressed; whether each went to stderr.
    """

    status: int
    parts: list[tuple[bool, bytes]]


def replayable(
    checking: "Checking", targets: Iterable[Target], others: Iterable[Path]
) -> bytes | None:
    """Return what names a run; None where it may do more than print, or prints what may differ.

    Args:
        checking: What is checked.
        targets: Which reports are written, and where.
        others: Further files that they depend on.
    """
    from newslint.engine.answers import answer_key

    is_plain = all(target.path is None and target.format != "github" for target in targets)
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


def replayed(cache: "Cache | None", key: bytes | None, work: Callable[[], int]) -> int:
    """Return the status of `work`, which is not done where its output is known.

    Args:
        cache: Knows the output of earlier runs; None where nothing does.
        key: Names the run; None where nothing does.
        work: Prints to stdout and stderr, and returns the exit status.
    """
    if cache is None or key is None:
        return work()
    from msgspec import msgpack

    known = cache.answer(key)
    if known is not None:
        return _print(msgpack.decode(known, type=Printed))
    with _recording() as record:
        status = work()
    parts = record.parts()
    if parts is not None and status in (ExitStatus.CLEAN, ExitStatus.FOUND):
        cache.keep_answer(key, msgpack.encode(Printed(status, parts)))
    return status


def _print(printed: Printed) -> int:
    """Print what an earlier run has printed, and return how it ended."""
    for is_error, data in printed.parts:
        stream = sys.stderr if is_error else sys.stdout
        with writing(stream):
            stream.writelines(_texts(data))
    return printed.status


def _texts(data: bytes) -> Iterator[str]:
    """Yield compressed text in pieces."""
    unpacker = zlib.decompressobj()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
    for start in range(0, len(data), _PIECE):
        yield decoder.decode(unpacker.decompress(data[start : start + _PIECE]))
    yield decoder.decode(unpacker.flush(), final=True)


class _Record:
    """What is printed, in order, compressed as it comes.

    Attributes:
        is_whole: All that was printed is known.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[bool, list[bytes]]] = []
        self._packer = zlib.compressobj(1)
        self._size = 0
        self.is_whole = True

    def add(self, text: str, *, is_error: bool) -> None:
        """Take note of what is printed; too much is forgotten altogether."""
        if not self.is_whole:
            return
        if not self._parts or self._parts[-1][0] != is_error:
            self._end()
            self._packer = zlib.compressobj(1)
            self._parts.append((is_error, []))
        data = text.encode("utf-8", "surrogatepass")
        self._size += len(data)
        self._parts[-1][1].append(self._packer.compress(data))
        if self._size > _MOST_BYTES:
            self.spoil()

    def spoil(self) -> None:
        """Take note that what is printed is not all there would be."""
        self.is_whole = False
        self._parts = []

    def parts(self) -> list[tuple[bool, bytes]] | None:
        """Return what was printed; None where that is not known."""
        if not self.is_whole:
            return None
        self._end()
        return [(is_error, b"".join(pieces)) for is_error, pieces in self._parts]

    def _end(self) -> None:
        """End the last part."""
        if self._parts:
            self._parts[-1][1].append(self._packer.flush())


class _Tee:
    """A stream whose text is noted on its way."""

    def __init__(self, stream: TextIO, record: _Record, *, is_error: bool) -> None:
        self._stream = stream
        self._record = record
        self._is_error = is_error

    def write(self, text: str) -> int:
        """Write a text. Where that fails, as where the reader is gone, there is more to print."""
        self._record.add(text, is_error=self._is_error)
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
    sys.stdout = cast("TextIO", _Tee(out, record, is_error=False))
    sys.stderr = cast("TextIO", _Tee(err, record, is_error=True))
    try:
        yield record
    finally:
        sys.stdout, sys.stderr = out, err
