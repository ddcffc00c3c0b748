"""From bytes to text."""

import re

from newslint.source.location import Position, Span
from newslint.source.problem import Problem
from newslint.source.text import SourceText

_SAMPLE = 32768
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HIGH = re.compile(rb"[\x80-\xff]+")


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
    message = f"not UTF-8: byte 0x{data[offset]:02x} at offset {offset:,}; {_advice(data, offset)}"
    return Problem("unreadable-file", message, Span(at, Position(at.line, at.column + 1)))


def _advice(data: bytes, offset: int) -> str:
    """Return what to do about a file that is no UTF-8 at `offset`."""
    sample = data[max(0, offset - _SAMPLE) : offset + _SAMPLE]
    if _is_mostly_utf8(sample):
        return "the text around it is UTF-8, so write this character anew"
    encoding = "utf-16" if data.startswith(_UTF_16) else _guess(sample)
    likely = f"it is probably {encoding}, or one like it; " if encoding else ""
    return f"{likely}convert the file to UTF-8"


def _is_mostly_utf8(sample: bytes) -> bool:
    """Tell whether more characters of `sample` are well-formed than broken, ASCII apart."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not char.isascii() for char in text) > 2 * broken


def _guess(sample: bytes) -> str:
    """Return the name of the encoding that `sample` probably has; empty where nothing fits.

    Among encodings of one byte a character there is little to tell them apart: letters with accents
    that stand alone, between ASCII letters, are taken for the Western ones that nearly all are.
    """
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is not None and best.multi_byte_usage > 0:
        return best.encoding.replace("_", "-")
    if _is_western(sample):
        return "windows-1252" if re.search(rb"[\x80-\x9f]", sample) else "iso-8859-1"
    return best.encoding.replace("_", "-") if best is not None else ""


def _is_western(sample: bytes) -> bool:
    """Tell whether characters beyond ASCII mostly stand alone."""
    runs = _HIGH.findall(sample)
    return 2 * sum(len(run) == 1 for run in runs) > len(runs)
