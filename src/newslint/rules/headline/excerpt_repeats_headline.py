"""The rule `excerpt-repeats-headline`."""

import re
from collections.abc import Iterator

from newslint.records.defects import repaired
from newslint.rules.api import Bad, Diagnostic, Facts, Good, Mention, MentionRule, Severity

_WORD = re.compile(r"\w+")


class ExcerptRepeatsHeadline(MentionRule):
    """The excerpt says nothing beyond the headline.

    Every word of the excerpt is a word of the headline, or of the provider's name or domain.

    Why: the teaser repeats what readers have just read.
    """

    id = "excerpt-repeats-headline"
    severity = Severity.WARNING
    examples = (
        Bad("title: PyTorch moves on\nexcerpt: PyTorch moves on."),
        Bad("title: Moving on\nexcerpt: Moving on - Example\nprovider: {name: Example}"),
        Good("title: PyTorch moves on\nexcerpt: The framework gets a foundation of its own."),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield a diagnostic where the excerpt holds no word of its own."""
        facts = mention.facts
        if not facts.excerpt or not facts.title:
            return
        headline = repaired(facts.title).lower()
        known = " ".join((headline, *map(repaired, _names(facts)))).lower()
        excerpt = repaired(facts.excerpt).lower()
        for word in _WORD.finditer(excerpt):
            if word[0] not in known:  # as nearly always, within the first few
                return
        words = _words(excerpt)
        if words <= _words(known) and words & _words(headline):
            message = "the excerpt says nothing beyond the headline"
            related = ((mention.at("title"), "the headline"),)
            yield self.flag(mention.at("excerpt"), message, cause=facts.article, related=related)


def _names(facts: Facts) -> tuple[str, str]:
    """Return the names of who published an article."""
    return facts.provider_name or "", facts.provider_domain or ""


def _words(text: str) -> set[str]:
    """Return the words of `text`."""
    return set(_WORD.findall(text))
