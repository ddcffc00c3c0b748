"""URLs: when two of them lead to one article."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from newslint.records.text_damage import undo_damage

_TRACKING = re.compile(r"(?:utm_\w*|fbclid|gclid|amp)(?:=|$)", re.IGNORECASE)
_PORTS_BACKWARDS = re.compile(r"(?:(?:08|344)?+:)*+")
"""Default and empty ports; from the end of a host backwards they are found in one go."""

_CANONICAL = re.compile(r"https://[a-z0-9.-]+(?:/[a-zA-Z0-9_.~%+-]+)*+")
"""Of such URLs, which are most, nothing is to be dropped."""

_MOST_ROUNDS = 20


@lru_cache(maxsize=65536)
def canonical_url(url: str) -> str:
    """Return the form in which all URLs of one article are equal.

    Scheme and host are lower-cased, `http` counts as `https`; the default port, the fragment,
    `utm_*`, `fbclid`, `gclid` and `amp` parameters and a trailing slash are dropped. What is no
    absolute http(s) URL is returned without the white space around it. Damage that other rules
    report (`&#038;` for `&`) makes no difference.
    """
    # What is dropped may leave something at the end that is dropped as well.
    for _ in range(_MOST_ROUNDS):
        if _CANONICAL.fullmatch(url):
            break
        shorter = _shortened(url)
        if shorter == url:
            break
        url = shorter
    return url


def _shortened(url: str) -> str:
    """Return `url` without what makes no difference, looked at once."""
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
    """Return `host` without default or empty ports at its end."""
    ports = _PORTS_BACKWARDS.match(host[::-1])
    return host[: len(host) - ports.end()] if ports else host


def host_name(url: str) -> str:
    """Get the host name of `url` in lower case; empty if it has none."""
    try:
        return (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:
        return ""
