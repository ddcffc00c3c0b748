"""Statistics of the records of an archive, which the HTML report shows."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from newslint.records.corpus import Corpus
from newslint.records.schema.news import day_at


class ArchiveStatistics(NamedTuple):
    """Statistics of an archive that do not come from diagnostics.

    Attributes:
        days: By path of a file: the day in UTC on which its record was published, if known.
        headlines: By path of a file: the headline of its record, if it has one.
        entry_headlines: By the URL of an entry, as written: a headline of its article.
        articles: By domain of a provider: number of its articles, by their URLs.
    """

    days: Mapping[str, date] = MappingProxyType({})
    headlines: Mapping[str, str] = MappingProxyType({})
    entry_headlines: Mapping[str, str] = MappingProxyType({})
    articles: Mapping[str, int] = MappingProxyType({})


def merge_statistics(parts: Iterable[ArchiveStatistics]) -> ArchiveStatistics:
    """Merge the statistics of archives that have no file in common."""
    days: dict[str, date] = {}
    headlines: dict[str, str] = {}
    entry_headlines: dict[str, str] = {}
    articles: Counter[str] = Counter()
    for part in parts:
        days.update(part.days)
        headlines.update(part.headlines)
        entry_headlines.update(part.entry_headlines)
        articles.update(part.articles)
    return ArchiveStatistics(days, headlines, entry_headlines, dict(articles))


def compute_statistics(corpus: Corpus, scope: Container[str]) -> ArchiveStatistics:
    """Compute the statistics of an archive.

    Args:
        corpus: All known records.
        scope: The files that are reported on.
    """
    return ArchiveStatistics(
        _publication_days(corpus, scope),
        _record_headlines(corpus, scope),
        _entry_headlines(corpus),
        _count_articles(corpus),
    )


def _publication_days(corpus: Corpus, scope: Container[str]) -> dict[str, date]:
    """Map paths to the days on which records were published."""
    days: dict[str, date] = {}
    for _, record in sorted(corpus.records.items()):
        instant = corpus.descriptions[record.digest].published_at
        if instant is not None and record.path in scope:
            days.setdefault(record.path, day_at(instant, timedelta()))
    return days


def _record_headlines(corpus: Corpus, scope: Container[str]) -> dict[str, str]:
    """Map paths to the headlines of their first records."""
    headlines: dict[str, str] = {}
    for _, record in sorted(corpus.records.items()):
        title = corpus.descriptions[record.digest].title
        if title and record.path in scope:
            headlines.setdefault(record.path, title)
    return headlines


def _entry_headlines(corpus: Corpus) -> dict[str, str]:
    """Map URLs to headlines; of several, the first one in the order of the alphabet counts."""
    headlines: dict[str, str] = {}
    for description in map(corpus.descriptions.__getitem__, corpus.places):
        url, title = description.url, description.title
        if url and title and not description.is_record:
            headlines[url] = min(title, headlines.get(url, title))
    return headlines


def _count_articles(corpus: Corpus) -> dict[str, int]:
    """Count the distinct articles of each provider."""
    articles = {
        (description.provider_domain, (description.urls or (description.digest,))[0])
        for description in map(corpus.descriptions.__getitem__, corpus.places)
        if description.provider_domain
    }
    return dict(sorted(Counter(domain for domain, _ in articles if domain).items()))
