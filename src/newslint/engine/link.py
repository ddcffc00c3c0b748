"""The link stage: find out which URLs lead to the same article, and which articles tell one story.

Articles are the connected components of URLs that records share, and of variants of one article
(see `engine.link_variants`). Only records connect URLs; entries of `related` are copies, in which a
wrong URL would connect unrelated articles. Stories are the connected components of articles with
similar headlines (see `engine.link_stories`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol, TypeVar
from urllib.parse import urlsplit

from newslint.engine.link_blocks import Pair
from newslint.engine.link_candidate import Candidate, LinkedRecord, read_linked_record
from newslint.engine.link_stories import Stories
from newslint.engine.link_variants import Variants
from newslint.records import Description, KeyFunction, article_key, story_key
from newslint.rules.api import GroupRule

T = TypeVar("T")

_ARTICLE_KEYS = (GroupRule.keys, article_key)
"""Key functions whose keys are URLs of articles."""


class LinkedUrls(Protocol):
    """Links from URLs to articles and stories."""

    @property
    def articles(self) -> Mapping[str, str]:
        """Article ids by canonical URL; a URL that is missing is its own article."""

    def select(self, keys: KeyFunction, /) -> Mapping[str, str]:
        """Select the links that apply to the keys of a key function; empty if they are no URLs."""


class StoredLinks(NamedTuple):
    """Links of an earlier run.

    Attributes:
        articles: Article ids by canonical URL.
        stories: Story ids by canonical URL; empty if they were not needed.
    """

    articles: dict[str, str]
    stories: dict[str, str]

    def select(self, keys: KeyFunction) -> Mapping[str, str]:
        """Select the links that apply to the keys of a key function; empty if they are no URLs."""
        return _select(keys, self.articles, lambda: self.stories)


class Links:
    """Links from URLs to articles and stories, which are updated if records change.

    Args:
        records: Records' descriptions of their own articles, in any order.

    Attributes:
        articles: Article ids by canonical URL; a URL that is missing is its own article. Replaced
            by a change.
    """

    def __init__(self, records: Iterable[Description] = ()) -> None:
        self.articles: Mapping[str, str] = {}
        self._records: Counter[LinkedRecord] = Counter()
        self._candidates: Counter[Candidate] = Counter()
        self._variants = Variants()
        self._stories: Stories | None = None
        self._linked_stories: Mapping[str, str] = {}
        self.update((), filter(None, map(read_linked_record, records)))

    def update(self, gone: Iterable[LinkedRecord], new: Iterable[LinkedRecord]) -> None:
        """Replace records."""
        lost, added = _change(self._records, gone, new)
        if not (lost or added):
            return
        lost_candidates, candidates = _change(
            self._candidates,
            (each.candidate for each in lost if each.candidate),
            (each.candidate for each in added if each.candidate),
        )
        self._variants.update(lost_candidates, candidates)
        self.articles = _link_articles(self._records, self._variants.pairs)
        if self._stories is not None:
            self._link_stories(self._stories, lost_candidates, candidates)

    @property
    def stories(self) -> Mapping[str, str]:
        """Story ids by canonical URL, of stories with several articles."""
        if self._stories is None:
            self._stories = Stories()
            self._link_stories(self._stories, (), self._candidates)
        return self._linked_stories

    def select(self, keys: KeyFunction) -> Mapping[str, str]:
        """Select the links that apply to the keys of a key function; empty if they are no URLs."""
        return _select(keys, self.articles, lambda: self.stories)

    def store(self) -> StoredLinks:
        """Copy the links that have been needed so far."""
        return StoredLinks(dict(self.articles), dict(self._linked_stories))

    def _link_stories(
        self, stories: Stories, gone: Iterable[Candidate], new: Iterable[Candidate]
    ) -> None:
        """Replace candidates of stories, and link the URLs of stories."""
        stories.update(gone, new)
        urls = {url for each in self._records for url in each.urls}
        self._linked_stories = _link_stories(urls, stories.pairs, self.articles)


def _select(
    keys: KeyFunction, articles: Mapping[str, str], stories: Callable[[], Mapping[str, str]]
) -> Mapping[str, str]:
    """Select the links that apply to the keys of a key function; empty if they are no URLs."""
    if keys is story_key:
        return stories()
    return articles if keys in _ARTICLE_KEYS else {}


def _change(counts: Counter[T], gone: Iterable[T], new: Iterable[T]) -> tuple[set[T], set[T]]:
    """Change how often values occur; return those that no longer occur, and those that now do."""
    changes = Counter(new)
    changes.subtract(gone)
    lost, added = set[T](), set[T]()
    for value, change in changes.items():
        before = counts[value]
        counts[value] += change
        if not counts[value]:
            del counts[value]
            lost.update([value] if before else ())
        elif not before:
            added.add(value)
    return lost, added


def _link_articles(records: Iterable[LinkedRecord], variants: Iterable[Pair]) -> dict[str, str]:
    """Link the URLs of articles: find the article id for each URL that is not one itself.

    Records that share a `webUrl` or `originalUrl` are about one article, whose id is the smallest
    of their canonical URLs. So are records of one provider that share the URL of an AMP page; an
    AMP page that articles of several providers claim does not make them one, since scrapers copy
    such links.

    Args:
        records: The records, in any order.
        variants: Pairs of URLs whose records are of one article.
    """
    names: dict[str, str] = {}
    for record in records:
        _unite(names, record.urls)
    for pair in variants:
        _unite(names, pair)
    _link_amp_pages(names, records)
    claimed: dict[str, str] = {}
    for record in records:
        article = _find_root(names, record.urls[0])
        for url in record.amp_urls:
            if url not in names:
                claimed[url] = min(article, claimed.get(url, article))
    return {url: name for url in names if (name := _find_root(names, url)) != url} | claimed


def _link_stories(
    urls: Iterable[str], pairs: Iterable[Pair], articles: Mapping[str, str]
) -> dict[str, str]:
    """Link the URLs of articles that tell one story to the smallest of their ids.

    Args:
        urls: Canonical URLs of all records.
        pairs: Pairs of URLs whose records tell one story.
        articles: The links of articles.
    """
    names: dict[str, str] = {}
    for one, other in pairs:
        _unite(names, (articles.get(one, one), articles.get(other, other)))
    stories: dict[str, set[str]] = {}
    for article in names:
        stories.setdefault(_find_root(names, article), set()).add(article)
    found = {url: names.get(articles.get(url, url), "") for url in urls}
    return {
        url: story
        for url, article in found.items()
        if article and len(stories[story := _find_root(names, article)]) > 1
    }


def _link_amp_pages(names: dict[str, str], records: Iterable[LinkedRecord]) -> None:
    """Link the records of one provider that have the URL of an AMP page in common."""
    claims: dict[tuple[str, str], str] = {}
    for record in records:
        if record.provider_domain:
            article = record.urls[0]
            for url in (*record.urls, *record.amp_urls):
                first = claims.setdefault((url, record.provider_domain), article)
                if first != article and _has_path(url):
                    _unite(names, (first, article))


def _has_path(url: str) -> bool:
    """Check whether a canonical URL leads to a page below that of a whole site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query or parts.fragment)


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
