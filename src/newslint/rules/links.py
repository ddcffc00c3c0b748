"""What rules on URLs share."""

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Return the host name of `url` in lower case; empty where it has none."""
    try:
        return (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:
        return ""


def is_within(host: str, domain: str) -> bool:
    """Tell whether `host` is `domain` or below it."""
    domain = domain.strip().lower().removeprefix("www.").rstrip(".")
    return host == domain or host.endswith("." + domain)
