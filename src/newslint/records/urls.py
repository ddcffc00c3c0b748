"""URLs: when two of them lead to one article."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

_TRACKING = re.compile(r"(?:utm_\w*|fbclid|gclid|amp)(?:=|$)", re.IGNORECASE)
_DEFAULT_PORTS = (":80", ":443")


@lru_cache(maxsize=65536)
def canonical_url(url: str) -> str:
    """Return the form in which all URLs of one article are equal.

    Scheme and host are lower-cased, `http` counts as `https`; the default port, the fragment,
    `utm_*`, `fbclid`, `gclid` and `amp` parameters and a trailing slash are dropped. What is no
    absolute http(s) URL is returned without the white space around it.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return url
    host = parts.netloc.lower()
    for port in _DEFAULT_PORTS:
        host = host.removesuffix(port)
    kept = [name for name in parts.query.split("&") if name and not _TRACKING.match(name)]
    query = "?" + "&".join(kept) if kept else ""
    return f"https://{host}{parts.path.rstrip('/')}{query}"
