"""The rule `excerpt-repeats-headline`."""

import re
from collections.abc import Iterator

from newslint.records.defects import repaired
from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity

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
        words = _words(facts.excerpt)
        known = _words(facts.title)
        if not words or not words & known:
            return
        known |= _words(facts.provider_name or "") | _words(facts.provider_domain or "")
        if words <= known:
            message = "the excerpt says nothing beyond the headline"
            related = ((mention.at("title"), "the headline"),)
            yield self.flag(mention.at("excerpt"), message, cause=facts.article, related=related)


def _words(text: str) -> set[str]:
    """Return the words of `text`, in lower case and repaired."""
    return set(_WORD.findall(repaired(text).lower()))
