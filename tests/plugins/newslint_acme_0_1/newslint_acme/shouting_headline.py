"""The rule `shouting-headline`."""

from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    Diagnostic,
    Field,
    Good,
    Mention,
    MentionRule,
    Safety,
    Severity,
    quote_value,
    replace_value,
)


class ShoutingHeadline(MentionRule):
    """A headline is all in capital letters.

    Why: readers take it for spam.
    Fix safety: unsafe; names lose their capital letters.
    """

    id = "shouting-headline"
    severity = Severity.WARNING
    examples = (
        Bad("title: BREAKING NEWS FROM ROME", fixed="title: Breaking news from rome"),
        Bad('title: "ALL OF IT"', fixed='title: "All of it"'),
        Good("title: Breaking news from Rome"),
        Good("title: NATO"),
    )

    fewest_words: int = Field(2, description="From how many words on capitals count.", gt=0)
    allowed: tuple[str, ...] = Field((), description="Headlines that may stay as they are.")

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield a diagnostic where the headline shouts."""
        title = mention.facts.title
        if title is None or title in self.allowed or not title.isupper():
            return
        if len(title.split()) >= self.fewest_words:
            at = mention.at("title")
            fix = replace_value(at, title.capitalize(), "Lower the voice", Safety.UNSAFE)
            yield self.flag(at, f"the headline {quote_value(title)} shouts", fix=fix)
