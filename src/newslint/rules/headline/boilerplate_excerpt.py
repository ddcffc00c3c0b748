"""The rule `boilerplate-excerpt`."""

from collections.abc import Iterable, Iterator

from newslint.records.boilerplate import find_boilerplate
from newslint.records.near_duplicates import distinct_headlines
from newslint.records.text_damage import normalize_text
from newslint.records.words import normalize_words
from newslint.rules.api import (
    Bad,
    DescriptionDiagnostic,
    Field,
    Good,
    Group,
    GroupRule,
    Mention,
    Severity,
)

_PAIR = 2
_RECORD = "title: {0}\nwebUrl: https://example.org/{1}\nexcerpt: {2}"
_SITE = "All that matters in the world of technology, every day and all week long."
_LEAD = "The framework gets a foundation of its own, and a board to go with it."


class BoilerplateExcerpt(GroupRule):
    """The excerpt is site furniture instead of the article.

    The same excerpt stands under headlines of different articles, or it is a notice: about cookies,
    a paywall, copyright, subscriptions, or the site itself. Near-identical headlines, or those
    of just two providers, are a syndicated story and are not reported.

    Why: the teaser says nothing about the article, and the same thing under several of them.
    """

    id = "boilerplate-excerpt"
    severity = Severity.WARNING
    examples = (
        Bad("excerpt: This website uses cookies to give you the best experience."),
        Bad(
            _RECORD.format("PyTorch moves on", "a", _SITE), _RECORD.format("AMD joins", "b", _SITE)
        ),
        Good(
            _RECORD.format("PyTorch gets a foundation", "a", _LEAD),
            _RECORD.format("PyTorch gets its foundation", "b", _LEAD),
        ),
    )

    articles: int = Field(
        2, description="From how many different articles on an excerpt counts.", gt=1
    )
    least: int = Field(
        25, description="Shorter excerpts count only as notices, in characters.", ge=0
    )

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Name the excerpt, in lower case and without punctuation."""
        excerpt = mention.description.excerpt
        words = normalize_words(normalize_text(excerpt)) if excerpt else ""
        return (words,) if words else ()

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each mention whose excerpt is not about its article."""
        message = self._message(group)
        for description in group.descriptions if message else ():
            yield DescriptionDiagnostic(
                description, self.flag(description.target("excerpt"), message, cause=group.key)
            )

    def _message(self, group: Group) -> str:
        """Return what to say of an excerpt; empty where it is one article's own."""
        different = self._different(group)
        if different >= self.articles:
            others = different - 1
            noun = "article carries" if others == 1 else "articles carry"
            return f"boilerplate: {others} other {noun} this excerpt"
        notice = find_boilerplate(normalize_text(group.descriptions[0].excerpt or ""))
        return f"boilerplate: the excerpt is {notice}" if notice else ""

    def _different(self, group: Group) -> int:
        """Return how many different articles carry the excerpt of `group`.

        An excerpt that just two providers share is a syndicated story under two headlines; a third
        story, or a second of the same provider, cannot be.
        """
        if len(group.key) < self.least:
            return 0
        by_provider: dict[str, set[str]] = {}
        for description in group.descriptions:
            if description.article and description.title:
                provider = description.provider_domain or ""
                by_provider.setdefault(provider, set()).add(description.title)
        headlines = set().union(*by_provider.values())
        if len(headlines) == 1:  # as nearly always
            return 0
        different = len(distinct_headlines(headlines))
        if different > _PAIR or any(
            len(distinct_headlines(each)) > 1 for each in by_provider.values()
        ):
            return different
        return 0
