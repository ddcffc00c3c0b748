"""What the records of an archive come to, for whoever draws it."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import NamedTuple

from newslint.records.articles import article_key, find_reference, link_articles
from newslint.records.corpus import Corpus, Group, Record, group_mentions


class QualityScore(NamedTuple):
    """A quality score.

    Attributes:
        value: The score.
        articles: How many articles have it.
        inconsistent: How many of them have another one in some mention.
    """

    value: int
    articles: int
    inconsistent: int


class ArchiveStatistics(NamedTuple):
    """What records say that no diagnostic does.

    Attributes:
        days: When the record in a file was published, in UTC, by path; none where it does not say.
        scores: The quality scores that there are, the lowest first.
    """

    days: Mapping[str, date] = MappingProxyType({})
    scores: tuple[QualityScore, ...] = ()


def compute_statistics(records: Iterable[Record], scope: Container[str]) -> ArchiveStatistics:
    """Return what records come to.

    Args:
        records: All that are known.
        scope: The files that the report is on; others have a say in what an article's score is.
    """
    corpus = Corpus(records)
    return ArchiveStatistics(_days(corpus, scope), _scores(corpus, scope))


def _days(corpus: Corpus, scope: Container[str]) -> dict[str, date]:
    """Return when the records were published, by path."""
    days: dict[str, date] = {}
    for record in corpus.records:
        instant = record.description.published_at
        if instant is not None and record.path in scope:
            days.setdefault(record.path, _day(instant))
    return days


def _day(instant: datetime) -> date:
    """Return the day of an instant in UTC; in its own zone where UTC's calendar ends."""
    try:
        return instant.astimezone(UTC).date()
    except OverflowError:
        return instant.date()


def _scores(corpus: Corpus, scope: Container[str]) -> tuple[QualityScore, ...]:
    """Return the scores of the articles that files in the scope mention."""
    articles: Counter[int] = Counter()
    inconsistent: Counter[int] = Counter()
    for article in group_mentions(corpus, article_key, link_articles(corpus)):
        for score, differs in _score(article) if article.occurs_in(scope) else ():
            articles[score] += 1
            inconsistent[score] += differs
    return tuple(
        QualityScore(each, articles[each], inconsistent[each]) for each in sorted(articles)
    )


def _score(article: Group) -> Iterator[tuple[int, bool]]:
    """Yield what one article has for a score; nothing where no mention says."""
    said = {description.quality for description in article.descriptions} - {None}
    decided = find_reference(article, lambda description: description.quality) if said else None
    if decided is not None and isinstance(decided.value, int):
        yield decided.value, len(said) > 1
