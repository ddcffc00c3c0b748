"""What the records of an archive come to, for whoever draws it."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import NamedTuple

from newslint.records.corpus import Group, article_names, by_article, group
from newslint.records.mention import Mention
from newslint.records.reference import reference


class Score(NamedTuple):
    """A quality score.

    Attributes:
        value: The score.
        articles: How many articles have it.
        inconsistent: How many of them have another one in some mention.
    """

    value: int
    articles: int
    inconsistent: int


class Overview(NamedTuple):
    """What records say that no diagnostic does.

    Attributes:
        days: When the record in a file was published, in UTC, by path; none where it does not say.
        scores: The quality scores that there are, the lowest first.
    """

    days: Mapping[str, date] = MappingProxyType({})
    scores: tuple[Score, ...] = ()


def overview(mentions: Iterable[Mention], scope: Container[str]) -> Overview:
    """Return what `mentions` come to.

    Args:
        mentions: All that are known.
        scope: The files that the report is on; others have a say in what an article's score is.
    """
    known = tuple(mentions)
    return Overview(_days(known, scope), _scores(known, scope))


def _days(mentions: Iterable[Mention], scope: Container[str]) -> dict[str, date]:
    """Return when the records were published, by path."""
    days: dict[str, date] = {}
    for mention in mentions:
        instant = mention.facts.published_at
        if mention.is_record and instant is not None and mention.path in scope:
            days.setdefault(mention.path, _day(instant))
    return days


def _day(instant: datetime) -> date:
    """Return the day of an instant in UTC; in its own zone where UTC's calendar ends."""
    try:
        return instant.astimezone(UTC).date()
    except OverflowError:
        return instant.date()


def _scores(mentions: tuple[Mention, ...], scope: Container[str]) -> tuple[Score, ...]:
    """Return the scores of the articles that files in the scope mention."""
    articles: Counter[int] = Counter()
    inconsistent: Counter[int] = Counter()
    for score, differs in _scored(mentions, scope):
        articles[score] += 1
        inconsistent[score] += differs
    return tuple(Score(each, articles[each], inconsistent[each]) for each in sorted(articles))


def _scored(mentions: tuple[Mention, ...], scope: Container[str]) -> Iterator[tuple[int, bool]]:
    """Yield the score of each article, and whether some mention gives it another."""
    for article in group(mentions, by_article, article_names(mentions)):
        if any(mention.path in scope for mention in article.mentions):
            yield from _score(article)


def _score(article: Group) -> Iterator[tuple[int, bool]]:
    """Yield what one article has for a score; nothing where no mention says."""
    said = {each.facts.quality for each in article.mentions} - {None}
    decided = reference(article, lambda mention: mention.facts.quality) if said else None
    if decided is not None and isinstance(decided.value, int):
        yield decided.value, len(said) > 1
