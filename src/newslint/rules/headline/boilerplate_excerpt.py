"""The rule `boilerplate-excerpt`."""

from collections.abc import Iterable, Iterator

from newslint.records.boilerplate import find_boilerplate
from newslint.records.near_duplicates import distinct_headlines
from newslint.records.text_comparison import normalise_text
from newslint.records.words import normalise_words
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
_MAX_ARTICLES = 100
_RECORD = "title: {0}\nwebUrl: https://example.org/{1}\nexcerpt: {2}"
_SITE = "All that matters in the world of technology, every day and all week long."
_LEAD = "The framework gets a foundation of its own, and a board to go with it."


class BoilerplateExcerpt(GroupRule):
    """The excerpt is boilerplate of the site, not about the article.

    Different articles have the same excerpt, or it is a notice about cookies, a paywall, copyright,
    subscriptions or the site itself. Articles with near-identical headlines, or from just two
    providers, are a syndicated story and are not reported.

    Why: the teaser does not describe the article, and several articles have the same one.
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
        2, description="Minimum number of different articles with the same excerpt.", gt=1
    )
    least: int = Field(
        25,
        description="Minimum length of a shared excerpt, in characters; notices can be shorter.",
        ge=0,
    )

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Group by the words of the excerpt, in lower case and without punctuation."""
        excerpt = mention.description.excerpt
        words = normalise_words(normalise_text(excerpt)) if excerpt else ""
        return (words,) if words else ()

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each description with the excerpt, if it is boilerplate."""
        message = self._message(group)
        for description in group.descriptions if message else ():
            yield DescriptionDiagnostic(
                description, self.flag(description.target("excerpt"), message, cause=group.key)
            )

    @property
    def _limit(self) -> int:
        """Maximum number of articles to count."""
        return max(_MAX_ARTICLES, self.articles)

    def _message(self, group: Group) -> str:
        """Build the message about an excerpt; empty if the excerpt is not boilerplate."""
        different = self._count_articles(group)
        if different >= self._limit:
            return f"boilerplate: {different} or more articles carry this excerpt"
        if different >= self.articles:
            others = different - 1
            noun = "article carries" if others == 1 else "articles carry"
            return f"boilerplate: {others} other {noun} this excerpt"
        notice = find_boilerplate(normalise_text(group.descriptions[0].excerpt or ""))
        return f"boilerplate: the excerpt is {notice}" if notice else ""

    def _count_articles(self, group: Group) -> int:
        """Count the different articles that have the excerpt of `group`; 0 if it is syndicated.

        Two providers with one excerpt publish a syndicated story under two headlines. A third
        story, or a second one of the same provider, shows that the excerpt is boilerplate.
        """
        if len(group.key) < self.least:
            return 0
        by_provider: dict[str, set[str]] = {}
        for description in group.descriptions:
            if description.article and description.title:
                provider = description.provider_domain or ""
                by_provider.setdefault(provider, set()).add(description.title)
        headlines = set().union(*by_provider.values())
        if len(headlines) == 1:  # the most common case
            return 0
        different = len(distinct_headlines(headlines, self._limit))
        if different > _PAIR or any(
            len(distinct_headlines(each, limit=2)) > 1 for each in by_provider.values()
        ):
            return different
        return 0
