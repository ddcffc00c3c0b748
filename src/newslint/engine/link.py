"""The link stage: find out which URLs lead to the same article.

Articles are the connected components of URLs that records share, and of variants of one article
(see `engine.link_variants`). Only records connect URLs; entries of `related` are copies, in which a
wrong URL would connect unrelated articles.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from newslint.engine.link_variants import find_variants
from newslint.records import Description

Values = tuple[object, ...]


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


def _link_amp_pages(names: dict[str, str], records: Iterable[Description]) -> None:
    """Link the records of one provider that have the URL of an AMP page in common."""
    claims: dict[tuple[str, str], list[str]] = {}
    for record in records:
        if record.provider_domain:
            for url in {*record.urls, *filter(_has_path, record.amp_urls)}:
                claims.setdefault((url, record.provider_domain), []).append(record.urls[0])
    for articles in claims.values():
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
