"""The rule `placeholder-image`."""

from collections.abc import Iterable, Iterator
from itertools import chain

from newslint.records.image_names import file_name, is_default_picture
from newslint.records.near_duplicates import distinct_headlines
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
    quote_value,
)

_MAX_HEADLINES = 64
_ARTICLE = (
    "title: {0}\nwebUrl: https://example.org/{0}\nimages: [{{url: https://example.org/{1}.jpg}}]\n"
    "provider: {{domain: {2}}}"
)
_STORIES = ("Rome", "Oslo", "Wien", "Bern", "Riga", "Kyiv", "Graz", "Lyon")


class PlaceholderImage(AggregateRule):
    """An image is a logo, a paywall card or the default picture of a site, not about the article.

    The name of the file shows it (`default`, `placeholder`, `og-image`, or the name or logo of the
    site), or many different stories have the image. The logo of another company on its press
    release, a video's `hqdefault.jpg` and a photograph of a topic on some stories are not reported.
    Articles with near-identical headlines are one story.

    Why: lists of articles show the same picture over and over.
    """

    id = "placeholder-image"
    severity = Severity.WARNING
    roles = ("images",)
    reads = "images"
    fields_read = frozenset({"title", "images"})
    examples = (
        Bad(_ARTICLE.format("Rome", "example-logo", "example.org")),
        Bad(*(_ARTICLE.format(name, "photo", "example.org") for name in _STORIES)),
        Good(_ARTICLE.format("Rome", "acme-logo", "prnewswire.com")),
        Good(*(_ARTICLE.format(name, "photo", "example.org") for name in _STORIES[:5])),
    )

    articles: int = Field(
        8, description="Minimum number of different stories with the same image.", gt=1
    )

    def keys(self, mention: Mention) -> Iterable[str]:
        """Group by the canonical URL of each image.

        A mere name, such as `cover.jpg`, is another file in each folder.
        """
        urls = mention.description.images or ()
        return {canonical_url(url): None for url in urls if "/" in url}

    def measure(self, group: Group) -> tuple[str, ...]:
        """Collect the headlines of articles with the image, up to a limit."""
        headlines = {each.title or each.article for each in group.descriptions if each.article}
        return tuple(sorted(headlines)[:_MAX_HEADLINES])

    def merge(self, statistics: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        """Merge collections of headlines."""
        return tuple(sorted(set(chain.from_iterable(statistics)))[:_MAX_HEADLINES])

    def finish(self, key: str, statistic: tuple[str, ...]) -> bool:
        """Check if many different stories have the image."""
        del key
        is_possible = len(statistic) >= self.articles
        return is_possible and len(distinct_headlines(statistic)) >= self.articles

    def check(
        self,
        key: str,
        description: Description,
        finished: bool,  # noqa: FBT001 # of the base class
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for a description with the image."""
        is_default = is_default_picture(key, description.provider_domain or "")
        if not (is_default or finished):
            return
        name = quote_value(file_name(key) or key)
        if is_default:
            message = f"placeholder image: {name} is named like the default picture of a site"
        else:
            message = f"placeholder image: {self.articles} or more stories have {name}"
        found = self.flag(description.target("images"), message, cause=key, identity=key)
        yield DescriptionDiagnostic(description, found)
