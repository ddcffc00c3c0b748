"""Anchors and tags before a value, which libyaml's marks count as part of it."""

import re

from newslint.source.text import BYTE_ORDER_MARK

_PROPERTIES = re.compile(
    rf"""(?:
        (?: &[0-9A-Za-z_-]+ | !<[^>\s]*> | ![^\s,\[\]{{}}]* )
        (?: [\ \t\r\n]++ (?: (?<=[\r\n]) {BYTE_ORDER_MARK} )?+ (?: \#[^\r\n]*+ )?+ )*+
    ){{1,2}}""",
    re.VERBOSE,
)
"""At most two, in any order; libyaml skips byte-order marks at the start of a line."""


def after_properties(text: str, start: int, end: int) -> int:
    """Return where the value itself starts, after its anchor, its tag and comments below these."""
    match = _PROPERTIES.match(text, start, end)
    return match.end() if match else start
