"""The sizes of images are read from the start of their files, whatever these contain."""

import struct
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.online.image_header import read_size

PADDING = b"\0" * 32


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + PADDING


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + PADDING


def bmp(width: int, height: int) -> bytes:
    return b"BM" + b"\0" * 12 + b"\x28\0\0\0" + struct.pack("<ii", width, -height) + PADDING


def jpeg(width: int, height: int) -> bytes:
    comment = b"\xff\xe0\0\x10" + b"\0" * 14 + b"\xff\xff\xfe\0\x06abcd\xff\x01"
    frame = b"\xff\xc2\0\x11\x08" + struct.pack(">HH", height, width) + PADDING
    return b"\xff\xd8" + comment + frame


def riff(kind: bytes, body: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + b"\0\0\0\0" + body + PADDING


def webp(width: int, height: int) -> bytes:
    return riff(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height))


def lossless_webp(width: int, height: int) -> bytes:
    bits = (width - 1) | (height - 1) << 14
    return riff(b"VP8L", b"\x2f" + struct.pack("<I", bits))


def extended_webp(width: int, height: int) -> bytes:
    sides = (each.to_bytes(3, "little") for each in (width - 1, height - 1))
    return riff(b"VP8X", b"\0\0\0\0" + b"".join(sides))


WRITERS = (png, gif, bmp, jpeg, webp, lossless_webp, extended_webp)


@pytest.mark.parametrize("write", WRITERS)
@given(width=st.integers(1, 16383), height=st.integers(1, 16383))
def test_the_size_of_an_image(write, width: int, height: int) -> None:
    assert read_size(write(width, height)) == (width, height)


@pytest.mark.parametrize(("write", "length"), [*product(WRITERS, range(0, 48, 5))])
def test_a_file_that_ends_early_has_no_wrong_size(write, length: int) -> None:
    assert read_size(write(300, 200)[:length]) in (None, (300, 200))


@pytest.mark.parametrize("write", [png, gif, bmp, jpeg])
def test_nothing_has_no_size(write) -> None:
    assert read_size(write(0, 10)) is None


@given(st.sampled_from(WRITERS), st.binary(max_size=64), st.integers(0, 30))
def test_damaged_files_fail_nowhere(write, noise: bytes, at: int) -> None:
    data = write(300, 200)
    read_size(data[:at] + noise + data[at + len(noise) :])
    read_size(noise)
