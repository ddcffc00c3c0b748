"""Compression of output in a thread."""

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_CHUNK = 2 * 1024 * 1024
"""Bytes that a thread compresses at a time: enough to outweigh the cost of its start."""

_LEVEL = 1  # fast; higher levels would delay the end of a run


class Compressor:
    """Compresses bytes in a thread while further bytes are produced.

    zlib releases the interpreter's lock while it compresses. Output that is shorter than a chunk is
    compressed without a thread.
    """

    def __init__(self) -> None:
        self._zlib = zlib.compressobj(_LEVEL)
        self._pending: list[bytes] = []
        self._pending_size = 0
        self._compressed: list[bytes] = []
        self._thread: ThreadPoolExecutor | None = None
        self._task: Future[bytes] | None = None

    def add(self, data: bytes) -> None:
        """Add bytes; at most two chunks are pending at a time."""
        self._pending.append(data)
        self._pending_size += len(data)
        if self._pending_size >= _CHUNK:
            self._submit()

    def finish(self) -> bytes:
        """Return all bytes, compressed. No more can be added."""
        self._collect()
        if self._thread is not None:
            self._thread.shutdown()
        last = self._zlib.compress(self._take_pending())
        return b"".join((*self._compressed, last, self._zlib.flush()))

    def _submit(self) -> None:
        """Let the thread compress the pending bytes."""
        from concurrent.futures import ThreadPoolExecutor

        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1)
        data = self._take_pending()
        self._collect()
        self._task = self._thread.submit(self._zlib.compress, data)

    def _take_pending(self) -> bytes:
        """Return and remove the pending bytes."""
        data = b"".join(self._pending)
        self._pending, self._pending_size = [], 0
        return data

    def _collect(self) -> None:
        """Wait for the thread, and take the bytes that it has compressed."""
        if self._task is not None:
            self._compressed.append(self._task.result())
            self._task = None
