"""Canonical URLs: equal for all URLs that lead to one article."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from newslint.records.text_damage import undo_damage

_TRACKING = re.compile(r"(?:utm_\w*|fbclid|gclid|amp)(?:=|$)", re.IGNORECASE)
_PORTS_BACKWARDS = re.compile(r"(?:(?:08|344)?+:)*+")
"""Default and empty ports at the start of a reversed host: matched so in linear time."""

_CANONICAL = re.compile(r"https://[a-z0-9.-]+(?:/[a-zA-Z0-9_.~%+-]+)*+")
"""The usual URLs, which are canonical already: the fast path of `canonical_url`."""

_MAX_ROUNDS = 20


@lru_cache(maxsize=65536)
def canonical_url(url: str) -> str:
    """Compute the canonical form of a URL, the same for all URLs that lead to one article.

    Scheme and host become lower case and `http` becomes `https`. Default ports, fragments,
    `utm_*`, `fbclid`, `gclid` and `amp` parameters and trailing slashes are removed. Damage that
    other rules report (`&#038;` for `&`) is undone. Text that is not an absolute http(s) URL only
    loses the white space around it.

    >>> canonical_url("http://Example.org:80/a/?utm_source=x&id=1#top")
    'https://example.org/a?id=1'
    """
    # Removing one part may leave another part to remove at the new end.
    for _ in range(_MAX_ROUNDS):
        if _CANONICAL.fullmatch(url):
            break
        shorter = _normalise_once(url)
        if shorter == url:
            break
        url = shorter
    return url


def _normalise_once(url: str) -> str:
    """Remove the parts of `url` that do not matter, in one pass."""
    url = undo_damage(url).strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = _without_port(parts.netloc.lower())
    if parts.scheme not in ("http", "https") or not host:
        return url
    kept = [name for name in parts.query.split("&") if name and not _TRACKING.match(name)]
    query = "?" + "&".join(kept) if kept else ""
    return f"https://{host}{parts.path.rstrip('/')}{query}"


def _without_port(host: str) -> str:
    """Remove default and empty ports from the end of `host`."""
    ports = _PORTS_BACKWARDS.match(host[::-1])
    return host[: len(host) - ports.end()] if ports else host


def host_name(url: str) -> str:
    """Get the host name of `url` in lower case; empty if it has none."""
    try:
        return (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:
        return ""
