"""The size of an image, read from the start of its file."""

import struct

_MIN_BYTES = 26
_JPEG_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of the JPEG segments that contain the size."""

_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""

Size = tuple[int, int]


def read_size(data: bytes) -> Size | None:
    """Read the width and height of an image in pixels.

    Args:
        data: The start of the file.

    Returns:
        The size; None if the format is unknown, or `data` ends before the size.
    """
    if len(data) < _MIN_BYTES:
        return None
    size = None
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        size = struct.unpack(">II", data[16:24])
    elif data[:6] in (b"GIF87a", b"GIF89a"):
        size = struct.unpack("<HH", data[6:10])
    elif data.startswith(b"BM") and data[14:18] == b"\x28\x00\x00\x00":
        width, height = struct.unpack("<ii", data[18:26])
        size = (width, abs(height))
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        size = _read_webp(data)
    elif data.startswith(b"\xff\xd8"):
        size = _read_jpeg(data)
    return (size[0], size[1]) if size is not None and size[0] > 0 < size[1] else None


def _read_webp(data: bytes) -> Size | None:
    """Read the size of a WebP image: lossy, lossless or extended."""
    kind, body = data[12:16], data[20:]
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a" and len(body) >= 10:  # noqa: PLR2004 # the header
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and body[:1] == b"\x2f" and len(body) >= 5:  # noqa: PLR2004 # the header
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X" and len(body) >= 10:  # noqa: PLR2004 # the header
        return (
            int.from_bytes(body[4:7], "little") + 1,
            int.from_bytes(body[7:10], "little") + 1,
        )
    return None


def _read_jpeg(data: bytes) -> Size | None:
    """Read the size of a JPEG image from its first frame."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 # starts each segment
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 # padding
            at += 1
        elif marker in _JPEG_BARE:
            at += 2
        elif marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
    return None
