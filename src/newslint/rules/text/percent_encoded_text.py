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
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.quoting import is_visible

_RUN = lazy_pattern(r"(?<![\d%])(?:%[0-9A-Fa-f]{2})+")
_WORD = lazy_pattern(r"\S+")
_ONE_BYTE = len("%20")


class PercentEncodedText(TextRule):
    """Plain text is percent-encoded, as in a URL.

    URLs inside a text and percentages are not reported, be it `50%25` or, as in Turkish and Basque,
    `%20` with the percent sign first.

    Why: readers see `Morningstar%2c Inc.` as the provider's name.
    """

    id = "percent-encoded-text"
    characters = "%"
    severity = Severity.WARNING
    on_urls = False
    examples = (
        Bad(
            'provider: {name: "Morningstar%2c Inc."}', fixed='provider: {name: "Morningstar, Inc."}'
        ),
        Good("excerpt: see https://example.org/a%2cb"),
        Good("excerpt: up 20%, down 30%20"),
        Good("excerpt: Enflasyon %61 oldu, fiyatlar %20’si"),
    )

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all percent-encoded characters in `text`."""
        if "%" not in text.value or text.is_url or text.is_html:
            return
        found = list(_find_encoded(text.value))
        if found:
            fix = decode_damage(text, found, "Decode the percent-encoding")
            message = f"percent-encoding in plain text: {summarise_damage(found, 'is')}"
            yield self.flag_damage(text, found, message, fix)


def _find_encoded(text: str) -> Iterator[TextDamage]:
    """Yield the percent-encoded runs of `text` outside URLs that encode visible characters."""
    for word in _WORD.finditer(text):
        if "%" in word[0] and "://" not in word[0] and "www." not in word[0]:
            yield from _find_encoded_in_word(text, *word.span())


def _find_encoded_in_word(text: str, start: int, end: int) -> Iterator[TextDamage]:
    """Yield the percent-encoded runs between two 0-based offsets."""
    runs = list(_RUN.finditer(text, start, end))
    if not any(_is_encoded(text, run) for run in runs):
        return
    for match in runs:
        was = _decode(match[0])
        if was and is_visible(was):
            yield TextDamage(*match.span(), match[0], was)


def _is_encoded(text: str, run: re.Match[str]) -> bool:
    """Check whether a run is no percentage such as `%20` in Turkish.

    It encodes several bytes, or it follows a letter and encodes a character that URLs encode: no
    letter, and a space only between words.
    """
    if len(run[0]) > _ONE_BYTE:
        return True
    before, was, after = (
        text[max(0, run.start() - 1) : run.start()],
        _decode(run[0]),
        text[run.end() : run.end() + 1],
    )
    return before.isalpha() and not was.isalnum() and (was != " " or after.isalnum())


def _decode(run: str) -> str:
    """Decode percent-encoding; empty if it does not encode UTF-8."""
    try:
        return unquote_to_bytes(run).decode("utf-8")
    except UnicodeDecodeError:
        return ""
