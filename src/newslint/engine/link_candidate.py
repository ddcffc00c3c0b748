"""The values of records on which links depend."""

from datetime import datetime
from typing import NamedTuple

from newslint.records import Description
from newslint.records.group import LONG_AGO
from newslint.records.headlines import Headline, HeadlineStems, read_headline, read_stems
from newslint.records.text_comparison import normalise_text
from newslint.records.url_variants import UrlVariant, read_variant
from newslint.records.urls import host_name

_NO_PAGE = UrlVariant("", "", frozenset(), ())


class Candidate(NamedTuple):
    """A record, as far as the comparison with other records needs it.

    The first five values determine the others, and the order of candidates: by date first.

    Attributes:
        published_at: Date and time of publication; `LONG_AGO` without one.
        url: Its canonical URL.
        title: Its headline.
        excerpt: Its normalised excerpt.
        provider: Domain of its publisher, or else the host of `url`, without a prefix.
        variant: The parts of `url`, which are empty if it leads to a whole site.
        headline: The words of the headline.
        stems: Their stems.
    """

    published_at: datetime
    url: str
    title: str
    excerpt: str
    provider: str
    variant: UrlVariant
    headline: Headline
    stems: HeadlineStems

    @property
    def is_dated(self) -> bool:
        """Whether the record has a date."""
        return self.published_at > LONG_AGO


class LinkedRecord(NamedTuple):
    """The values of a record on which links depend.

    Attributes:
        urls: Canonical URLs of its article.
        amp_urls: Canonical URLs of its AMP pages.
        provider_domain: Domain of its publisher.
        candidate: Its comparison with other records; None if it lacks a headline.
    """

    urls: tuple[str, ...]
    amp_urls: tuple[str, ...]
    provider_domain: str | None
    candidate: Candidate | None


def linked_values(description: Description) -> tuple[object, ...]:
    """List the values that determine a `LinkedRecord`."""
    return (
        description.urls,
        description.amp_urls,
        description.title,
        description.excerpt,
        description.date,
        description.provider_domain,
    )


def read_linked_record(description: Description) -> LinkedRecord | None:
    """Read the values on which links depend; None if the record has no URL."""
    if not (description.is_mapping and description.urls):
        return None
    candidate = _read_candidate(description)
    domain = description.provider_domain
    return LinkedRecord(tuple(description.urls), tuple(description.amp_urls), domain, candidate)


def _read_candidate(description: Description) -> Candidate | None:
    """Read what a record is compared by; None if it lacks a headline."""
    url, title = description.article, description.title
    if not (url and title):
        return None
    domain = (description.provider_domain or "").strip().lower().removeprefix("www.")
    return create_candidate(
        description.published_at or LONG_AGO,
        url,
        title,
        normalise_text(description.excerpt) if description.excerpt else "",
        domain or _site_of(url),
    )


def _site_of(url: str) -> str:
    """Get the host of a URL, without a prefix if it leads to a page."""
    variant = read_variant(url) or _NO_PAGE
    return variant.page.partition("/")[0] or host_name(url)


def create_candidate(
    published_at: datetime, url: str, title: str, excerpt: str, provider: str
) -> Candidate:
    """Create a candidate from the values that determine the others."""
    variant = read_variant(url) or _NO_PAGE
    headline, stems = read_headline(title), read_stems(title)
    return Candidate(published_at, url, title, excerpt, provider, variant, headline, stems)
