"""Lines such as `Title: A headline` at the start of a file, without fences."""

import re

from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

KEY = r"[\"']?[^\W\d][\w .-]*[\"']?[ \t]*:(?=[ \t\r\n]|\Z)"
"""Expression for a key of a mapping, with its colon."""

_STARTS_WITH_KEY = re.compile(KEY)
_FIELD = re.compile(r"(?:<!--\s*)?(\.\. \w+):[ \t]")
"""A field in a comment, as Nikola writes metadata: `.. title: A headline`."""


def starts_with_metadata(source: SourceText) -> bool:
    """Check if a file without front matter starts with lines such as `Title: A headline`."""
    return has_metadata_lines(source.text.removeprefix(BYTE_ORDER_MARK).lstrip())


def starts_with_key(text: str) -> bool:
    """Check if a text starts with a key of a mapping and its colon."""
    return _STARTS_WITH_KEY.match(text) is not None


def has_metadata_lines(text: str) -> bool:
    """Check if lines at the start of a text look like metadata."""
    return find_metadata_key(text) != ""


def find_metadata_key(text: str) -> str:
    """Find the first key of metadata lines at the start of a text; empty if there are none.

    These are two lines like those of a mapping, or a field in a comment (`.. title: A headline`).
    """
    if field := _FIELD.match(text):
        return field[1]
    below = text[len(text.partition("\n")[0]) :].lstrip("\r\n")
    return text.partition(":")[0] if starts_with_key(text) and starts_with_key(below) else ""
