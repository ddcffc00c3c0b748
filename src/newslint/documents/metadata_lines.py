"""Lines such as `Title: A headline` at the start of a file, without fences."""

import re

from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

KEY = r"[\"']?[^\W\d][\w .-]*[\"']?[ \t]*:(?=[ \t\r\n]|\Z)"
"""Expression for a key of a mapping, with its colon."""

_STARTS_WITH_KEY = re.compile(KEY)


def starts_with_metadata(source: SourceText) -> bool:
    """Check if a file without front matter starts with lines such as `Title: A headline`."""
    return has_metadata_lines(source.text.removeprefix(BYTE_ORDER_MARK).lstrip())


def starts_with_key(text: str) -> bool:
    """Check if a text starts with a key of a mapping and its colon."""
    return _STARTS_WITH_KEY.match(text) is not None


def has_metadata_lines(text: str) -> bool:
    """Check if two lines at the start of a text look like those of a mapping."""
    below = text[len(text.partition("\n")[0]) :].lstrip("\r\n")
    return starts_with_key(text) and starts_with_key(below)
