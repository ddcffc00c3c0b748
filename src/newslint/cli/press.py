"""Compresses what is printed, beside whoever makes it."""

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_PIECE = 2 * 1024 * 1024
"""How many bytes a thread is given at a time: it takes far longer over them than to be told."""

_LEVEL = 1  # the rest of a run takes little longer than that


class Press:
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
        if self._size >= _PIECE:
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
