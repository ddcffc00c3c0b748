"""URLs: when two of them lead to one article."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from newslint.records.defects import undamaged

_TRACKING = re.compile(r"(?:utm_\w*|fbclid|gclid|amp)(?:=|$)", re.IGNORECASE)
_DEFAULT_PORT = re.compile(r"(?::(?:80|443)?)+\Z")


@lru_cache(maxsize=65536)
def canonical_url(url: str) -> str:
    """Return the form in which all URLs of one article are equal.

    Scheme and host are lower-cased, `http` counts as `https`; the default port, the fragment,
    `utm_*`, `fbclid`, `gclid` and `amp` parameters and a trailing slash are dropped. What is no
    absolute http(s) URL is returned without the white space around it. Damage that other rules
    report (`&#038;` for `&`) makes no difference.
    """
    # What is dropped may leave something at the end that is dropped as well.
    while (shorter := _shortened(url)) != url:
        url = shorter
    return url


def _shortened(url: str) -> str:
    """Return `url` without what makes no difference, looked at once."""
    url = undamaged(url).strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = _DEFAULT_PORT.sub("", parts.netloc.lower())
    if parts.scheme not in ("http", "https") or not host:
        return url
    kept = [name for name in parts.query.split("&") if name and not _TRACKING.match(name)]
    query = "?" + "&".join(kept) if kept else ""
    return f"https://{host}{parts.path.rstrip('/')}{query}"
