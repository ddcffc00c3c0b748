"""The rule `lost-character`."""

import re
from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Severity,
    Text,
    TextDamage,
    TextRule,
    quote_value,
)
from newslint.text.lazy_pattern import lazy_pattern

_LOST = lazy_pattern(
    r"(?<=[^\W\d_])\?(?=(?:s|t|re|ve|ll|d|m)\b)|(?<=[a-z])\?(?=[a-z]{2})", re.IGNORECASE
)
_URL = lazy_pattern(r"(?<!\S)\S*(?:://|www\.|[?&]\w+=)\S*")
_CONTEXT = 12


class LostCharacter(TextRule):
    """A question mark replaces an apostrophe or a letter in a word.

    URLs are not checked, nor is a question mark at the end of a word.

    Off by default: the sample that it was measured on is too small.

    Why: readers see `Microsoft?s`; only another copy contains the lost text.
    """

    id = "lost-character"
    characters = "?"
    severity = Severity.WARNING
    on_urls = False
    default = False
    examples = (
        Bad("title: Microsoft?s cloud"),
        Good("title: Why? Because it works"),
        Good("excerpt: See watch?v=abc and https://example.org/a?page"),
    )

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all lost characters in `text`."""
        if text.is_url or text.is_html:
            return
        value = _URL.sub(lambda match: " " * len(match[0]), text.value)
        lost = [TextDamage(*match.span(), match[0], "") for match in _LOST.finditer(value)]
        if lost:
            start, end = lost[0].start, lost[0].end
            context = quote_value(text.value[max(0, start - _CONTEXT) : end + _CONTEXT])
            more = f" and {len(lost) - 1} more in this text" if len(lost) > 1 else ""
            yield self.flag_damage(text, lost, f"lost character: '?' in {context}{more}")
