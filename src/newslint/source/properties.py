"""Anchors and tags before a value, which libyaml's marks count as part of it."""

import re

_PROPERTIES = re.compile(
    r"(?:(?:&[0-9A-Za-z_-]+|!<[^>\s]*>|![^\s,\[\]{}]*)(?:[ \t\r\n]++(?:#[^\r\n]*+)?+)*+){1,2}"
)


def after_properties(text: str, start: int, end: int) -> int:
    """Return where the value itself starts, after its anchor, its tag and comments below these."""
    match = _PROPERTIES.match(text, start, end)
    return match.end() if match else start
