"""The rule `headless-excerpt`."""

from collections.abc import Iterator

from newslint.records.text_comparison import normalise_text
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Mention,
    MentionRule,
    Severity,
    quote_value,
)
from newslint.text.lazy_pattern import lazy_pattern

_HEADLESS = lazy_pattern(
    r"[,;.)]\s|\d{1,2}, (?:19|20)\d\d\b(?=.{0,40}/)"
    r"|(?:announced|announces|said|says|reported|reports|has|have|had|is|are|was|were|will|would"
    r"|and|or|but|which|who|whose|that|of|by)\s"
)
_CAPITAL = lazy_pattern(r"[.!?]\s+[A-Z]|\s[A-Z]")


class HeadlessExcerpt(MentionRule):
    """The excerpt begins in the middle of a sentence.

    It begins with a comma, with the rest of a date, or with a verb or conjunction in lower case. A
    text that is wholly in lower case is not reported.

    Off by default: the sample that it was measured on is too small.

    Why: readers see `announced today that…` and do not know who did.
    """

    id = "headless-excerpt"
    severity = Severity.INFO
    reads = "excerpt"
    default = False
    roles = ("excerpt",)
    examples = (
        Bad("excerpt: announced today that the framework has a home at the Linux Foundation."),
        Bad("excerpt: 22, 2020 /PRNewswire/ -- Viasat announced a service."),
        Good("excerpt: Meta announced today that the framework has a home."),
        Good("excerpt: iPhone sales are up in Europe."),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Check the beginning of the excerpt."""
        text = normalise_text(mention.description.excerpt or "")
        if _HEADLESS.match(text) and _CAPITAL.search(text):
            words = " ".join(text.split(None, 5)[:5])
            message = f"the excerpt begins in the middle of a sentence: {quote_value(words + '…')}"
            yield self.flag(mention.target("excerpt"), message, cause=mention.description.article)
