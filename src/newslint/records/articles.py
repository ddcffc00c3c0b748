"""Articles: the URLs that lead to one, and the values that its mentions should agree on."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from newslint.records.corpus import Corpus, Group
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


def link_articles(corpus: Corpus) -> dict[str, str]:
    """Map every URL of an article to the canonical URL that identifies the article.

    Records that share a `webUrl` or `originalUrl` are the same article, identified by the URL that
    sorts first. URLs of AMP pages are mapped too, but an AMP page that two articles claim does not
    merge them, since scrapers copy such links.

    Returns:
        The identifying URL by every other URL of the article.
    """
    parents: dict[str, str] = {}
    records = [each.description for each in corpus.records]
    articles = [each for each in records if each.is_mapping and each.urls]
    for article in articles:
        _unite(parents, article.urls)
    for article in articles:
        for amp_url in article.amp_urls:
            parents.setdefault(amp_url, _find_root(parents, article.urls[0]))
    return {url: root for url in parents if (root := _find_root(parents, url)) != url}


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
