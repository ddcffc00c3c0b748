"""Variants of a URL: addresses that probably lead to the same article.

Sites show one article under several hosts, in editions for regions, under several paths with one
number, and with parameters for comments or for statistics. Such a likeness alone proves nothing:
`engine.link` also compares headlines and providers.
"""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from newslint.text.lazy_pattern import lazy_pattern

_HOST_PREFIX = re.compile(r"(?:(?:www\d?|m|mobile|amp|edition|beta)\.)+(?=[^.]+\.)")
_REGION = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
_WIDE_REGIONS = frozenset("apac asia emea gcc global intl latam mena uae world".split())  # noqa: SIM905
_AMP_SEGMENTS = frozenset(("amp", "google-amp"))
_CATEGORY = re.compile(r"/index\.php(?=/)|/category(?:/[^/]+)+?(?=/article/)")
_INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)\Z|\.amp(?=\.html?\Z)|\.html?\Z")
_VIEW_PARAMETERS = frozenset(
    "comments feedname feedtype output print ref referrer rss share source src".split()  # noqa: SIM905
)
_TOKEN = re.compile(r"[a-z0-9]+")
_DIGITS = re.compile(r"\d+")
_DATE = lazy_pattern(r"(?:19|20)\d{2}(?:[01]\d(?:[0-3]\d)?)?")
_MIN_DIGITS = 5
_MIN_CODE = 8
_MIN_RUNS = 2
"""Minimum number of runs of digits in a code."""


class UrlVariant(NamedTuple):
    """The parts of a URL that variants of it have in common.

    Attributes:
        page: Host and path, without prefixes of the host, regions and AMP pages.
        folder: `page` up to its last part.
        numbers: Numbers and codes in the last part of the path that identify an article at its
            site, but for dates.
        parameters: Parameters that may select an article, sorted, each as name and text.
    """

    page: str
    folder: str
    numbers: frozenset[str]
    parameters: tuple[tuple[str, str], ...]


def read_variant(url: str) -> UrlVariant | None:
    """Split a canonical URL into the parts that its variants have in common.

    Returns:
        The parts; None if it has no path, like that of a whole site.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = _INDEX_PAGE.sub("", _CATEGORY.sub("", parts.path))
    segments = [each for each in path.split("/") if each and each not in _AMP_SEGMENTS]
    while len(segments) > 1 and (_REGION.fullmatch(segments[0]) or segments[0] in _WIDE_REGIONS):
        del segments[0]
    if not segments:
        return None
    host = _HOST_PREFIX.sub("", parts.netloc, count=1)
    page = "/".join((host, *segments))
    return UrlVariant(
        page,
        "/".join((host, *segments[:-1])),
        frozenset(filter(_is_number, _TOKEN.findall(segments[-1].lower()))),
        _read_parameters(parts.query),
    )


def _read_parameters(query: str) -> tuple[tuple[str, str], ...]:
    """List the parameters of a query that do not only select a view of the page."""
    texts = (each for each in query.split("&") if each)
    named = ((each.partition("=")[0].lower(), each) for each in texts)
    return tuple(sorted(each for each in named if each[0] not in _VIEW_PARAMETERS))


def _is_number(token: str) -> bool:
    """Check whether a part of a path in lower case is the number or code of an article.

    A name with a date (`december2020`) or with the number of a product (`windows365`) is none.
    """
    if token.isalpha():
        return False
    digits = sum(map(str.isdecimal, token))
    if digits == len(token):
        return digits >= _MIN_DIGITS and not _DATE.fullmatch(token)
    return len(token) >= _MIN_CODE and (
        digits > _MIN_DIGITS or len(_DIGITS.findall(token)) >= _MIN_RUNS
    )
