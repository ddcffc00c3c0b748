"""Links from URLs to the article that they lead to.

Records that share a `webUrl` or `originalUrl` are about one article, whose id is the smallest of
their canonical URLs. So are records of one provider that share the URL of an AMP page; an AMP page
that articles of several providers claim does not make them one, since scrapers copy such links.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator
from urllib.parse import urlsplit

from newslint.engine.link_candidate import LinkedRecord
from newslint.engine.link_components import Components, PairGraph


class ArticleLinks:
    """Links of articles, which are updated if records change.

    Args:
        pairs: Pairs of URLs whose records are of one article.

    Attributes:
        ids: Article ids by URL; a URL that is missing is its own article.
        by_url: Records by each of their own URLs.
        changes: The ids before the last update, by URL, of those that have another id now.
    """

    def __init__(self, pairs: PairGraph) -> None:
        self.ids: dict[str, str] = {}
        self.by_url: dict[str, list[LinkedRecord]] = {}
        self.changes: dict[str, str] = {}
        self._pairs = pairs
        self._by_claim: dict[Hashable, list[LinkedRecord]] = {}
        self._by_amp_url: dict[str, list[LinkedRecord]] = {}
        self._components = Components(self._neighbours)

    def members(self, url: str) -> tuple[str, ...]:
        """List the URLs of records that lead to the same article as one of them."""
        return self._components.members(url)

    def update(self, gone: Collection[LinkedRecord], new: Collection[LinkedRecord]) -> None:
        """Replace records, and link all URLs of articles that this affects."""
        changed = [*gone, *new]
        for record in gone:
            for index, key in self._entries(record):
                index[key].remove(record)
                if not index[key]:
                    del index[key]
        for record in new:
            for index, key in self._entries(record):
                index.setdefault(key, []).append(record)
        touched = self._pairs.take_touched().union(*(each.urls for each in changed))
        touched |= self._components.renew(touched, self.by_url).keys()
        records = (each for url in touched for each in self.by_url.get(url, ()))
        touched = touched.union(*(each.amp_urls for each in (*changed, *records)))
        self.changes = dict(self._relink(touched))

    def _relink(self, urls: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Replace the ids of URLs; yield each that changes, with its id before."""
        names = self._components.names
        for url in urls:
            old, new = self.ids.pop(url, url), names.get(url, url)
            if url not in self.by_url:
                claims = (each.urls[0] for each in self._by_amp_url.get(url, ()))
                new = min((names.get(each, each) for each in claims), default=url)
            if new != url:
                self.ids[url] = new
            if new != old:
                yield url, old

    def _entries(
        self, record: LinkedRecord
    ) -> Iterator[tuple[dict[Hashable, list[LinkedRecord]], Hashable]]:
        """Yield the indexes that contain a record, and the keys."""
        for url in dict.fromkeys(record.urls):
            yield self.by_url, url  # type: ignore[misc] # its keys are strings
        for url in dict.fromkeys(record.amp_urls):
            yield self._by_amp_url, url  # type: ignore[misc] # as above
        for claim in find_claims(record):
            yield self._by_claim, claim

    def _neighbours(self, node: Hashable) -> Iterator[Hashable]:
        """Yield the nodes next to a URL of records, or to a claim."""
        if not isinstance(node, str):
            yield from (each.urls[0] for each in self._by_claim[node])
            return
        yield from self._pairs.neighbours(node)
        for record in self.by_url[node]:
            yield from record.urls
            for url, domain in find_claims(record):
                if len(self._by_claim[url, domain]) > 1 and has_path(url):
                    yield url, domain


def find_claims(record: LinkedRecord) -> dict[tuple[str, str], None]:
    """List the pages that a provider has, according to its record."""
    domain = record.provider_domain
    urls = (*record.urls, *record.amp_urls) if domain else ()
    return {(url, domain): None for url in urls if domain}


def has_path(url: str) -> bool:
    """Check whether a canonical URL leads to a page below that of a whole site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query or parts.fragment)
