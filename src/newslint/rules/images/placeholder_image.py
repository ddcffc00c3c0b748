"""The rule `placeholder-image`."""

from collections.abc import Iterable, Iterator
from itertools import chain

from newslint.records.urls import canonical_url
from newslint.rules.api import (
    AggregateRule,
    Bad,
    Description,
    DescriptionDiagnostic,
    Field,
    Good,
    Group,
    Mention,
    Severity,
)

_ARTICLE = (
    "title: {0}\nwebUrl: https://example.org/{0}\nimages: [{{url: https://example.org/logo.png}}]"
)


class PlaceholderImage(AggregateRule):
    """Many different articles have the same image: a logo or a paywall card, not a picture.

    Why: lists of articles show the same picture over and over.
    """

    id = "placeholder-image"
    severity = Severity.WARNING
    examples = (
        Bad(*(_ARTICLE.format(name) for name in "abc")),
        Good(*(_ARTICLE.format(name) for name in "ab")),
    )

    articles: int = Field(3, description="Minimum number of articles with the same image.", gt=1)

    def keys(self, mention: Mention) -> Iterable[str]:
        """Group by the canonical URL of each image."""
        return {canonical_url(url): None for url in mention.description.images or ()}

    def measure(self, group: Group) -> tuple[str, ...]:
        """Collect the articles with the image, up to the number that is reported."""
        articles = {description.article for description in group.descriptions} - {""}
        return tuple(sorted(articles)[: self.articles])

    def merge(self, statistics: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        """Merge collections of articles."""
        return tuple(sorted(set(chain.from_iterable(statistics)))[: self.articles])

    def finish(self, key: str, statistic: tuple[str, ...]) -> bool | None:
        """Check if many articles have the image."""
        del key
        return len(statistic) >= self.articles or None

    def check(
        self,
        key: str,
        description: Description,
        finished: bool,  # noqa: FBT001 # of the base class
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for a description with the image."""
        del finished
        message = f"{self.articles} or more articles have one image: a placeholder, not a picture"
        found = self.flag(description.target("images"), message, cause=key, identity=key)
        yield DescriptionDiagnostic(description, found)
