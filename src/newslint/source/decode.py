"""From bytes to text."""

from newslint.source.location import Position, Span
from newslint.source.problem import Problem
from newslint.source.text import SourceText

BYTE_ORDER_MARK = "\ufeff"


def decode(data: bytes) -> tuple[str, Problem | None]:
    """Return the text of a file, or an empty text and the reason why there is none.

    A byte-order mark stays part of the text: it is a code point like any other.
    """
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return "", _not_utf8(data, error.start)


def _not_utf8(data: bytes, offset: int) -> Problem:
    """Return what to say of bytes that are no UTF-8 from `offset` on (0-based)."""
    before = SourceText(data[:offset].decode("utf-8"))
    at = before.position(len(before.text))
    message = (
        f"not UTF-8: byte 0x{data[offset]:02x} at offset {offset:,}; "
        f"{_guess(data)}convert the file to UTF-8"
    )
    return Problem("unreadable-file", message, Span(at, Position(at.line, at.column + 1)))


def _guess(data: bytes) -> str:
    """Return a clause that names the encoding `data` probably has; empty where nothing fits."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65536]).best()
    if best is None or best.encoding == "utf_8":
        return ""
    name = best.encoding.replace("_", "-")
    return f"it is probably {name}, or one like it; "
