"""Articles: the URLs that lead to one, and the values that its mentions should agree on."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from newslint.records.corpus import Group
from newslint.records.description import Description
from newslint.records.mention import Mention

FieldReader = Callable[[Description], Hashable | None]
"""Extracts the value to compare from a description; None if it has none."""


class Reference(NamedTuple):
    """The value that mentions of an article should have.

    Attributes:
        value: As returned by a `FieldReader`.
        mention: A mention with this value.
        votes: Number of mentions with this value; 0 if a record decides.
        total: Number of mentions with any value.
    """

    value: Hashable
    mention: Mention
    votes: int = 0
    total: int = 0


def find_reference(
    group: Group, read: FieldReader, *, prefer_records: bool = True
) -> Reference | None:
    """Find the value that the mentions in `group` should have.

    A record's own value is the reference. Without a record it is the value of most mentions, and in
    a tie the value of the newest record among them.

    Args:
        group: The mentions of an article.
        read: Extracts the value to compare.
        prefer_records: Whether a record's own value outweighs any majority.

    Returns:
        The reference, or None if no mention has a value.
    """
    values = {each: value for each in group.descriptions if (value := read(each)) is not None}
    records = [each for each in values if each.is_record]
    if records and prefer_records:
        newest = group.newest_mention(records)
        return Reference(values[newest.description], newest)
    if not values:
        return None
    votes: Counter[Hashable] = Counter()
    for description, value in values.items():
        votes[value] += group.count_mentions(description)
    most = max(votes.values())
    newest = group.newest_mention(each for each, value in values.items() if votes[value] == most)
    return Reference(values[newest.description], newest, most, votes.total())


def article_key(mention: Mention) -> tuple[str, ...]:
    """Key a mention by the canonical URL of its article."""
    return mention.description.urls[:1]


def link_articles(records: Iterable[Description]) -> dict[str, str]:
    """Link the URLs of articles: find the article id for each URL that is not one itself.

    Records that share a `webUrl` or `originalUrl` are about one article, whose id is the smallest
    of their canonical URLs. URLs of AMP pages lead to it as well; an AMP page that two articles
    claim does not make them one, since scrapers copy such links.

    Args:
        records: Records' descriptions of their own articles, in any order.
    """
    names: dict[str, str] = {}
    described = [each for each in records if each.is_mapping and each.urls]
    for description in described:
        _unite(names, description.urls)
    claimed: dict[str, str] = {}
    for description in described:
        article = _find_root(names, description.urls[0])
        for url in description.amp_urls:
            if url not in names:
                claimed[url] = min(article, claimed.get(url, article))
    return {url: name for url in names if (name := _find_root(names, url)) != url} | claimed


def _unite(parents: dict[str, str], urls: Iterable[str]) -> None:
    """Merge the sets of `urls` in a union-find forest; the smallest root becomes the root."""
    roots = sorted({_find_root(parents, url) for url in urls})
    for root in roots:
        parents[root] = roots[0]


def _find_root(parents: dict[str, str], url: str) -> str:
    """Find the root of `url` in a union-find forest, and shorten the path to it."""
    while (parent := parents.setdefault(url, url)) != url:
        parents[url] = parents[parent]
        url = parent
    return url
