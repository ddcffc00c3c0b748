"""The rule `percent-encoded-text`."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Severity,
    Text,
    TextDamage,
    TextRule,
    summarise_damage,
)
from newslint.rules.fixes import decode_damage
from newslint.text.quoting import is_visible

_RUN = re.compile(r"(?<![\d%])(?:%[0-9A-Fa-f]{2})+")
_WORD = re.compile(r"\S+")


class PercentEncodedText(TextRule):
    """Plain text is percent-encoded, as in a URL.

    URLs inside a text and percentages (`50%25`) are not reported.

    Why: readers see `Morningstar%2c Inc.` as the provider's name.
    """

    id = "percent-encoded-text"
    severity = Severity.WARNING
    on_urls = False
    examples = (
        Bad(
            'provider: {name: "Morningstar%2c Inc."}', fixed='provider: {name: "Morningstar, Inc."}'
        ),
        Good("excerpt: see https://example.org/a%2cb"),
        Good("excerpt: up 20%, down 30%20"),
    )

    def concerns(self, text: str) -> bool:
        """Search for a percent sign."""
        return "%" in text

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all percent-encoded characters in `text`."""
        if "%" not in text.value or text.is_url or text.is_html:
            return
        found = list(_find_encoded(text.value))
        if found:
            fix = decode_damage(text, found)
            message = f"percent-encoding in plain text: {summarise_damage(found, 'is')}"
            yield self.flag_damage(text, found, message, fix)


def _find_encoded(text: str) -> Iterator[TextDamage]:
    """Yield the percent-encoded runs of `text` outside URLs that encode visible characters."""
    for word in _WORD.finditer(text):
        if "%" in word[0] and "://" not in word[0] and "www." not in word[0]:
            yield from _find_encoded_in_word(text, *word.span())


def _find_encoded_in_word(text: str, start: int, end: int) -> Iterator[TextDamage]:
    """Yield the percent-encoded runs between two 0-based offsets."""
    for match in _RUN.finditer(text, start, end):
        try:
            was = unquote_to_bytes(match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if is_visible(was):
            yield TextDamage(*match.span(), match[0], was)
