"""The rule `placeholder-image`."""

from collections.abc import Iterable, Iterator

from newslint.records.urls import canonical_url
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

_ARTICLE = (
    "title: {0}\nwebUrl: https://example.org/{0}\nimages: [{{url: https://example.org/logo.png}}]"
)


class PlaceholderImage(GroupRule):
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

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Group by the canonical URL of each image."""
        return {canonical_url(url): None for url in mention.description.images or ()}

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each description with the image, if many articles have it."""
        articles = {description.article for description in group.descriptions} - {""}
        if len(articles) < self.articles:
            return
        message = f"one image stands for {len(articles)} articles: a placeholder, not a picture"
        for description in group.descriptions:
            yield DescriptionDiagnostic(
                description,
                self.flag(
                    description.target("images"), message, cause=group.key, identity=group.key
                ),
            )
