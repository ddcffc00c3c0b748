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
    summarise_defects,
)
from newslint.rules.decoding import decoding
from newslint.text.quoting import is_visible

_RUN = re.compile(r"(?<![\d%])(?:%[0-9A-Fa-f]{2})+")
_WORD = re.compile(r"\S+")


class PercentEncodedText(TextRule):
    """Text is written in percent-encoding, as if it were part of a URL.

    URLs inside a text are left alone, and so are percentages (`50%25`).

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
        """Tell whether a percent sign occurs."""
        return "%" in text

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic where `text` holds percent-encoded characters."""
        if "%" not in text.value or text.is_url or text.is_html:
            return
        found = list(_encoded(text.value))
        if found:
            fix = decoding(text, found)
            message = f"percent-encoding in plain text: {summarise_defects(found, 'is')}"
            yield self.flag_defects(text, found, message, fix)


def _encoded(text: str) -> Iterator[TextDamage]:
    """Yield the runs of `text` that stand for characters which can be seen, or for a space."""
    for word in _WORD.finditer(text):
        if "%" in word[0] and "://" not in word[0] and "www." not in word[0]:
            yield from _encoded_in(text, *word.span())


def _encoded_in(text: str, start: int, end: int) -> Iterator[TextDamage]:
    """Yield those runs between two offsets."""
    for match in _RUN.finditer(text, start, end):
        try:
            was = unquote_to_bytes(match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if is_visible(was):
            yield TextDamage(*match.span(), match[0], was)
