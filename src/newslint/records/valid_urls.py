"""Which texts are absolute URLs, or paths from the root of the site."""

import re
from functools import lru_cache

from newslint.records.urls import host_name
from newslint.text.lazy_pattern import lazy_pattern

_FAST_VALID = re.compile(
    r"https?://(?=[^/]{1,253}(?:/|\Z))(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
    r"(?:/[\w./~%&=+:@,-]*(?:\?[\w./~%&=+:@,;-]*)?)?",
    re.ASCII,
)
_MAX_PUNYCODE = 63 - len("xn--")
_SITE_PATH = lazy_pattern(r"/(?!/)[^\s\\]*")
_STRAY_PERCENT = lazy_pattern(r"\A[^?#%]*+(?:%[0-9A-Fa-f]{2}[^?#%]*+)*+(%)")


@lru_cache(maxsize=16384)
def is_url(url: str) -> bool:
    """Decide whether `url` is an absolute http(s) URL.

    The `validators` package decides. Empty parameters (`?amp`), underscores in host names and a
    final dot of the host, which it refuses by default, are accepted. A `%` in a path that encodes
    nothing is refused, and so are international host names that cannot exist.
    """
    if "%" in url and find_stray_percent(url) >= 0:
        return False
    if _FAST_VALID.fullmatch(url):
        return True
    if not url.lower().startswith(("http://", "https://")):
        return False
    from validators import url as validate

    try:
        valid = validate(url, strict_query=False, rfc_1034=True, rfc_2782=True) is True
        return valid and all(map(_is_label, host_name(url).split(".")))
    except UnicodeError:
        return False


def find_stray_percent(url: str) -> int:
    """Find the first `%` before the query that no two hexadecimal digits follow; -1 if none.

    Servers refuse such a path, but not such a query.
    """
    found = _STRAY_PERCENT.match(url)
    return -1 if found is None else found.start(1)


def _is_label(label: str) -> bool:
    """Check if a label of a host name can exist in the Domain Name System."""
    is_long = not label.isascii() and len(label.encode("punycode")) > _MAX_PUNYCODE
    return not (is_long or label.startswith("-") or label.endswith("-"))


def is_site_path(url: str) -> bool:
    """Decide whether `url` is a path from the root of the site, without white space."""
    return _SITE_PATH.fullmatch(url) is not None
