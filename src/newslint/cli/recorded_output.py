"""Recording of a run's output to its streams, for the cache."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, TextIO

from newslint.cli.compressor import Compressor

STDOUT, STDERR = 0, 1
MAX_BYTES = 256 * 1024 * 1024
"""Limit of a run's output, uncompressed; output beyond it is not cached."""

_LINES_PER_WRITE = 64


class Recorder:
    """The output of a run so far.

    Attributes:
        is_complete: Whether all output was recorded.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[int, bytes]] = []
        self._compressor: Compressor | None = None
        self._stream = STDOUT
        self._size = 0
        self.is_complete = True

    def add(self, text: str, stream: int) -> None:
        """Record a text, unless recording was abandoned or the output is too large now."""
        if not self.is_complete:
            return
        if self._compressor is None or self._stream != stream:
            self._finish_part()
            self._compressor, self._stream = Compressor(), stream
        data = text.encode("utf-8", "surrogatepass")
        self._compressor.add(data)
        self._size += len(data)
        if self._size > MAX_BYTES:
            self.abandon()

    def abandon(self) -> None:
        """Discard the output, since it is incomplete or too large."""
        self.is_complete = False
        self._parts, self._compressor = [], None

    def finish(self) -> list[tuple[int, bytes]] | None:
        """Return the compressed output by stream; None if recording was abandoned."""
        self._finish_part()
        return self._parts if self.is_complete else None

    def _finish_part(self) -> None:
        """Finish the text of the current stream."""
        if self._compressor is not None:
            self._parts.append((self._stream, self._compressor.finish()))
            self._compressor = None


class RecordedStream:
    """A stream that passes text on to a recorder, too."""

    def __init__(self, file: TextIO, recorder: Recorder, index: int) -> None:
        self._file = file
        self._recorder = recorder
        self._index = index

    def write(self, text: str) -> int:
        """Write and record a text; after a failure, recording is abandoned."""
        self._recorder.add(text, self._index)
        try:
            return self._file.write(text)
        except BaseException:
            self._recorder.abandon()
            raise

    def writelines(self, lines: Iterable[str]) -> None:
        """Write and record texts, several at a time."""
        lines = iter(lines)
        while self._recorder.is_complete and (some := list(islice(lines, _LINES_PER_WRITE))):
            self.write("".join(some))
        self._file.writelines(lines)

    def flush(self) -> None:
        """Flush the stream; after a failure, recording is abandoned."""
        try:
            self._file.flush()
        except BaseException:
            self._recorder.abandon()
            raise

    def __getattr__(self, name: str) -> Any:
        """Return another attribute of the stream."""
        return getattr(self._file, name)
