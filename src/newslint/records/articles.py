"""Articles: which URLs lead to one, and the value that its mentions should agree on.

A record's own values are the reference. Without a record it is the value of most mentions, and on a
tie that of the newest record's mention.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from newslint.records.corpus import Corpus, Group
from newslint.records.description import Description
from newslint.records.mention import Mention

FieldReader = Callable[[Description], Hashable | None]


class Reference(NamedTuple):
    """The value that mentions of an article should have.

    Attributes:
        value: As the rule reads it.
        mention: The mention that holds it.
        votes: How many mentions agree; 0 where a record decides.
        total: How many mentions say anything.
    """

    value: Hashable
    mention: Mention
    votes: int = 0
    total: int = 0


def find_reference(
    group: Group, read: FieldReader, *, prefer_records: bool = True
) -> Reference | None:
    """Return the reference for what `read` takes from the descriptions in `group`.

    Args:
        group: The mentions.
        read: What is compared; None where a description says nothing.
        prefer_records: A record's word counts for more than any majority.

    Returns:
        None where no mention says anything.
    """
    values = {
        description: value
        for description in group.descriptions
        if (value := read(description)) is not None
    }
    records = [description for description in values if description.is_record]
    if records and prefer_records:
        newest = group.newest_mention(records)
        return Reference(values[newest.description], newest)
    if not values:
        return None
    votes: Counter[Hashable] = Counter()
    for description, value in values.items():
        votes[value] += group.count_mentions(description)
    most = max(votes.values())
    newest = group.newest_mention(
        description for description, value in values.items() if votes[value] == most
    )
    return Reference(values[newest.description], newest, most, votes.total())


def article_key(mention: Mention) -> tuple[str, ...]:
    """Key a mention by the canonical URL of its article."""
    return mention.description.urls[:1]


def link_articles(corpus: Corpus) -> dict[str, str]:
    """Return the canonical URL that names each article, by every other URL that leads to it.

    Records that share a `webUrl` or `originalUrl` are the same article, named by the URL that sorts
    first. The URLs of AMP pages lead to it as well; one page that two different articles claim does
    not make them one, since scrapers copy such links.
    """
    names: dict[str, str] = {}
    records = [
        each.description
        for each in corpus.records
        if each.description.is_mapping and each.description.urls
    ]
    for description in records:
        _unite(names, description.urls)
    for description in records:
        for copy in description.amp_urls:
            names.setdefault(copy, _root(names, description.urls[0]))
    return {url: name for url in names if (name := _root(names, url)) != url}


def _unite(names: dict[str, str], urls: Iterable[str]) -> None:
    """Note that `urls` lead to one article."""
    roots = sorted({_root(names, url) for url in urls})
    for root in roots:
        names[root] = roots[0]


def _root(names: dict[str, str], url: str) -> str:
    """Return the name of the article that `url` leads to, as far as known."""
    while (parent := names.setdefault(url, url)) != url:
        names[url] = names[parent]
        url = parent
    return url
