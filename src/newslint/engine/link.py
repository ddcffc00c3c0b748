"""The link stage: find out which URLs lead to the same article.

Articles are the connected components of URLs that records share. Only records connect URLs; entries
of `related` are copies, in which a wrong URL would connect unrelated articles.
"""

from collections.abc import Iterable

from newslint.records import Description


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
