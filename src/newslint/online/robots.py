"""The rules of sites for programs: `robots.txt`, as RFC 9309 defines it."""

from typing import NamedTuple
from urllib.parse import urlsplit

from protego import Protego

from newslint.online.client import AGENT, MAX_BODY, Reply

_PATH = "/robots.txt"


class Robots(NamedTuple):
    """The rules of a site.

    Attributes:
        rules: The parsed rules; None if everything is allowed.
        failure: The reply that is that of all addresses of the site, because it does not answer.
    """

    rules: Protego | None = None
    failure: Reply | None = None

    def allows(self, url: str) -> bool:
        """Check if a URL may be asked."""
        return self.rules is None or bool(self.rules.can_fetch(url, AGENT))

    @property
    def delay(self) -> float:
        """Seconds that the site wants between two requests."""
        found = None if self.rules is None else self.rules.crawl_delay(AGENT)
        return float(found) if found else 0.0


def site_of(url: str) -> str:
    """Get the scheme, host and port of a URL, which share one `robots.txt`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def robots_url(site: str) -> str:
    """Build the URL of the rules of a site."""
    return site + _PATH


def read_robots(reply: Reply) -> Robots:
    """Read the rules in a reply to a request for them.

    A client error, such as 404, allows everything. If the server fails, its addresses are not asked
    now; without a server, there is nobody to ask.
    """
    if reply.status is None:
        return Robots(failure=reply)
    if 200 <= reply.status < 300:  # noqa: PLR2004 # success
        text = reply.body[:MAX_BODY].decode("utf-8", "replace")
        return Robots(Protego.parse(text))
    if reply.status >= 500:  # noqa: PLR2004 # the server failed
        error = f"robots.txt: status {reply.status}"
        return Robots(failure=Reply(error=error))
    return Robots()
