"""The rule `excerpt-repeats-headline`."""

import re
from collections.abc import Iterator

from newslint.records.text_comparison import normalise_text
from newslint.rules.api import (
    Bad,
    Description,
    Diagnostic,
    Good,
    Mention,
    MentionRule,
    Severity,
    quote_value,
)

_WORD = re.compile(r"\w+")


class ExcerptRepeatsHeadline(MentionRule):
    """The excerpt only repeats the headline.

    Every word of the excerpt is a word of the headline, or of the provider's name or domain.

    Why: readers learn nothing from the teaser.
    """

    id = "excerpt-repeats-headline"
    severity = Severity.WARNING
    roles = ("title", "excerpt")
    reads = "excerpt"
    examples = (
        Bad("title: PyTorch moves on\nexcerpt: PyTorch moves on."),
        Bad("title: Moving on\nexcerpt: Moving on - Example\nprovider: {name: Example}"),
        Good("title: PyTorch moves on\nexcerpt: The framework gets a foundation of its own."),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Look for a word of the excerpt that is neither in the headline nor in the provider."""
        description = mention.description
        if not description.excerpt or not description.title:
            return
        headline = normalise_text(description.title).lower()
        known = " ".join((headline, *map(normalise_text, _names(description)))).lower()
        excerpt = normalise_text(description.excerpt).lower()
        for word in _WORD.finditer(excerpt):
            if word[0] not in known:  # the most common case: one of the first words
                return
        words = _words(excerpt)
        if words <= _words(known) and words & _words(headline):
            shown = quote_value(description.excerpt)
            message = f"the excerpt {shown} only repeats the headline"
            related = ((mention.target("title"), "the headline"),)
            yield self.flag(
                mention.target("excerpt"), message, cause=description.article, related=related
            )


def _names(description: Description) -> tuple[str, str]:
    """Get the publisher's name and domain."""
    return description.provider_name or "", description.provider_domain or ""


def _words(text: str) -> set[str]:
    """Split `text` into words."""
    return set(_WORD.findall(text))
