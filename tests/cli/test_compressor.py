"""Output is compressed in a thread, and no byte is lost."""

import random
import threading
import zlib

import pytest

from newslint.cli.compressor import Compressor

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    "sizes",
    [[], [0], [1], [7] * 1000, [3 * MEGABYTE], [MEGABYTE] * 9, [5 * MEGABYTE, 1, 5 * MEGABYTE, 2]],
)
def test_all_bytes_come_back_in_order(sizes: list[int]) -> None:
    rng = random.Random(1)
    pieces = [rng.randbytes(min(size, 1000)).ljust(size, b".") for size in sizes]
    compressor = Compressor()
    for piece in pieces:
        compressor.add(piece)
    assert zlib.decompress(compressor.finish()) == b"".join(pieces)


def test_no_thread_remains() -> None:
    before = threading.active_count()
    compressor = Compressor()
    for _ in range(5):
        compressor.add(bytes(MEGABYTE))
    compressor.finish()
    assert threading.active_count() == before


def test_short_output_needs_no_thread() -> None:
    before = threading.active_count()
    compressor = Compressor()
    compressor.add(b"short")
    assert threading.active_count() == before
    assert zlib.decompress(compressor.finish()) == b"short"
