"""Every mention that a run knows, and the groups that share something: a map and a reduce.

A key function is the map: it names, for one mention, the groups it belongs to. The reduce is up to
the rule, which sees one group at a time. Groups are independent of each other, and a group's
mentions come in an order that does not depend on how they were collected.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from newslint.records.mention import Mention

KeyFunction = Callable[[Mention], Iterable[str]]


class Group:
    """The mentions that share one key.

    Attributes:
        key: What they share.
        mentions: Sorted by file and place.
    """

    __slots__ = ("key", "mentions")

    def __init__(self, key: str, mentions: list[Mention]) -> None:
        self.key = key
        self.mentions = sorted(mentions, key=_place)

    @property
    def records(self) -> list[Mention]:
        """The records' own descriptions among the mentions."""
        return [mention for mention in self.mentions if mention.is_record]

    @property
    def entries(self) -> list[Mention]:
        """The entries of `related` among the mentions."""
        return [mention for mention in self.mentions if not mention.is_record]


def by_article(mention: Mention) -> tuple[str, ...]:
    """Key a mention by the canonical URL of its article."""
    return mention.facts.urls[:1]


def article_names(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return the canonical URL that names each article, by every other URL that leads to it.

    Records that share a `webUrl` or `originalUrl` are the same article, named by the URL that sorts
    first. The URLs of AMP pages lead to it as well; one page that two different articles claim does
    not make them one, since scrapers copy such links.
    """
    names: dict[str, str] = {}
    records = [mention for mention in mentions if mention.is_record and mention.facts.urls]
    for record in records:
        _unite(names, record.facts.urls)
    for record in sorted(records, key=_place):
        for copy in record.facts.copies:
            names.setdefault(copy, _root(names, record.facts.urls[0]))
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


def group(
    mentions: Iterable[Mention], keys: KeyFunction, names: Mapping[str, str]
) -> Iterator[Group]:
    """Yield the groups of `mentions` that share a key, sorted by key.

    Args:
        mentions: In any order.
        keys: Names the groups that a mention belongs to.
        names: What to take for a key instead (see `article_names`).
    """
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        for key in keys(mention):
            found.setdefault(names.get(key, key), []).append(mention)
    for key in sorted(found):
        yield Group(key, found[key])


def _place(mention: Mention) -> tuple[str, int, str]:
    """Return what mentions are sorted by: `/related/10` comes after `/related/9`."""
    return mention.path, len(mention.prefix), mention.prefix
