"""The link stage: find out which URLs lead to the same article, and which articles tell one story.

Articles are the connected components of URLs that records share, and of variants of one article
(see `engine.link_variants`). Only records connect URLs; entries of `related` are copies, in which a
wrong URL would connect unrelated articles. Stories are the connected components of articles with
similar headlines (see `engine.link_stories`).
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from urllib.parse import urlsplit

from newslint.engine.link_stories import find_stories
from newslint.engine.link_variants import find_variants
from newslint.records import Description, KeyFunction, article_key, story_key
from newslint.rules.api import GroupRule

_ARTICLE_KEYS = (GroupRule.keys, article_key)
"""Key functions whose keys are URLs of articles."""

Values = tuple[object, ...]


class Links:
    """Links from URLs to articles and stories.

    Args:
        records: Records' descriptions of their own articles, in any order.

    Attributes:
        articles: Article ids by canonical URL; a URL that is missing is its own article.
    """

    def __init__(self, records: Iterable[Description] = ()) -> None:
        self._records = tuple(records)
        self.articles = link_articles(self._records)

    @cached_property
    def stories(self) -> Mapping[str, str]:
        """Story ids by canonical URL, of stories with several articles."""
        return link_stories(self._records, self.articles)

    def select(self, keys: KeyFunction) -> Mapping[str, str]:
        """Select the links that apply to the keys of a key function; empty if they are no URLs."""
        if keys is story_key:
            return self.stories
        return self.articles if keys in _ARTICLE_KEYS else {}


def linked_values(record: Description) -> Values:
    """Extract the values of a record on which links depend."""
    return (
        record.urls,
        record.amp_urls,
        record.title,
        record.excerpt,
        record.date,
        record.provider_domain,
    )


def link_articles(records: Iterable[Description]) -> dict[str, str]:
    """Link the URLs of articles: find the article id for each URL that is not one itself.

    Records that share a `webUrl` or `originalUrl` are about one article, whose id is the smallest
    of their canonical URLs. So are records of one provider that share the URL of an AMP page; an
    AMP page that articles of several providers claim does not make them one, since scrapers copy
    such links.

    Args:
        records: Records' descriptions of their own articles, in any order.
    """
    names: dict[str, str] = {}
    described = [each for each in records if each.is_mapping and each.urls]
    for description in described:
        _unite(names, description.urls)
    for pair in find_variants(described):
        _unite(names, pair)
    _link_amp_pages(names, described)
    claimed: dict[str, str] = {}
    for description in described:
        article = _find_root(names, description.urls[0])
        for url in description.amp_urls:
            if url not in names:
                claimed[url] = min(article, claimed.get(url, article))
    return {url: name for url in names if (name := _find_root(names, url)) != url} | claimed


def link_stories(records: Iterable[Description], articles: Mapping[str, str]) -> dict[str, str]:
    """Link the URLs of articles that tell one story to the smallest of their ids.

    Args:
        records: Records' descriptions of their own articles, in any order.
        articles: Their links, see `link_articles`.
    """
    described = [each for each in records if each.is_mapping and each.urls]
    names: dict[str, str] = {}
    for one, other in find_stories(described):
        _unite(names, (articles.get(one, one), articles.get(other, other)))
    stories: dict[str, set[str]] = {}
    for article in names:
        stories.setdefault(_find_root(names, article), set()).add(article)
    urls = {url for each in described for url in each.urls}
    found = {url: names.get(articles.get(url, url), "") for url in urls}
    return {
        url: story
        for url, article in found.items()
        if article and len(stories[story := _find_root(names, article)]) > 1
    }


def _link_amp_pages(names: dict[str, str], records: Iterable[Description]) -> None:
    """Link the records of one provider that have the URL of an AMP page in common."""
    claims: dict[tuple[str, str], list[str]] = {}
    for record in records:
        if record.provider_domain:
            for url in {*record.urls, *record.amp_urls}:
                claims.setdefault((url, record.provider_domain), []).append(record.urls[0])
    for (url, _), articles in claims.items():
        if len(articles) > 1 and _has_path(url):
            _unite(names, articles)


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
