"""Statistics of the records of an archive, which the HTML report draws."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from newslint.records.articles import article_key, find_reference
from newslint.records.corpus import Corpus
from newslint.records.group import Group
from newslint.records.schema.news import day_at


class QualityScore(NamedTuple):
    """A quality score.

    Attributes:
        value: The score.
        articles: Number of articles with this score.
        inconsistent: Number of those that have another score in some mention.
    """

    value: int
    articles: int
    inconsistent: int


class ArchiveStatistics(NamedTuple):
    """Statistics of an archive that do not come from diagnostics.

    Attributes:
        days: By path of a file: the day in UTC on which its record was published, if known.
        scores: The quality scores in the archive, the lowest first.
    """

    days: Mapping[str, date] = MappingProxyType({})
    scores: tuple[QualityScore, ...] = ()


def merge_statistics(parts: Iterable[ArchiveStatistics]) -> ArchiveStatistics:
    """Merge the statistics of archives that have no file in common."""
    days: dict[str, date] = {}
    scores: dict[int, QualityScore] = {}
    for part in parts:
        days.update(part.days)
        for value, articles, inconsistent in part.scores:
            before = scores.get(value, QualityScore(value, 0, 0))
            scores[value] = QualityScore(
                value, before.articles + articles, before.inconsistent + inconsistent
            )
    return ArchiveStatistics(days, tuple(scores[each] for each in sorted(scores)))


def compute_statistics(
    corpus: Corpus, articles: Mapping[str, str], scope: Container[str]
) -> ArchiveStatistics:
    """Compute the statistics of an archive.

    Args:
        corpus: All known records.
        articles: Article ids by canonical URL.
        scope: The files that are reported on; others only vote for an article's score.
    """
    return ArchiveStatistics(
        _publication_days(corpus, scope), _count_scores(corpus, articles, scope)
    )


def _publication_days(corpus: Corpus, scope: Container[str]) -> dict[str, date]:
    """Map paths to the days on which records were published."""
    days: dict[str, date] = {}
    for _, record in sorted(corpus.records.items()):
        instant = corpus.descriptions[record.digest].published_at
        if instant is not None and record.path in scope:
            days.setdefault(record.path, day_at(instant, timedelta()))
    return days


def _count_scores(
    corpus: Corpus, article_ids: Mapping[str, str], scope: Container[str]
) -> tuple[QualityScore, ...]:
    """Count the scores of the articles that files in the scope mention."""
    articles: Counter[int] = Counter()
    inconsistent: Counter[int] = Counter()
    for article in corpus.groups(article_key, article_ids):
        for score, differs in _article_score(article) if article.occurs_in(scope) else ():
            articles[score] += 1
            inconsistent[score] += differs
    return tuple(
        QualityScore(each, articles[each], inconsistent[each]) for each in sorted(articles)
    )


def _article_score(article: Group) -> Iterator[tuple[int, bool]]:
    """Yield the score of one article, if any, and whether its mentions disagree."""
    scores = {description.quality for description in article.descriptions} - {None}
    decided = find_reference(article, lambda description: description.quality) if scores else None
    if decided is not None and isinstance(decided.value, int):
        yield decided.value, len(scores) > 1
