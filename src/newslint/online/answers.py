"""From replies to verdicts: the meaning of a status, a redirect or a challenge page."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urljoin

from newslint.online.client import Reply
from newslint.online.image_header import read_size
from newslint.records.urls import canonical_url
from newslint.records.valid_urls import is_url
from newslint.records.verdicts import State, Verdict

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 402, 403, 405, 407, 429, 451, 999})
_NOT_FOR_HEAD = frozenset({400, 401, 403, 404, 405, 406, 410, 451, 500, 501, 999})
"""Statuses of HEAD that GET has to confirm: refused, not implemented, or gone."""

_UNCHANGED = 304
_EMPTY = 416  # of a request for the first bytes of nothing
_TOO_MANY = 429
_BUSY = (_TOO_MANY, 503)
_PAUSE = 60.0
_MAX_TEXT = 200
_MAX_URL = 2000
_CHALLENGES = {
    "cf-mitigated": re.compile("challenge"),
    "x-amzn-waf-action": re.compile("challenge|captcha"),
}
"""Headers by which firewalls mark the pages that they answer with instead of the site's."""

_CHALLENGE_PAGE = re.compile(
    rb"<title>(?:Just a moment|Attention Required! \| Cloudflare|Pardon Our Interruption)"
    rb"|_cf_chl_opt|Incapsula incident ID|captcha-delivery\.com/captcha|px-captcha"
    rb"|sucuri_cloudproxy_js|awsWafCookieDomainList",
    re.IGNORECASE,
)


class Trail(NamedTuple):
    """The redirects that lead from an address to the URL that is asked.

    Attributes:
        hops: Number of redirects.
        moved: The URL that the permanent ones at the beginning lead to; empty if there are none.
        is_permanent: Whether all were permanent.
    """

    hops: int = 0
    moved: str = ""
    is_permanent: bool = True

    def follow(self, url: str, status: int) -> "Trail":
        """Add a redirect to a URL."""
        is_permanent = self.is_permanent and status in _PERMANENT
        return Trail(self.hops + 1, url if is_permanent else self.moved, is_permanent)


def find_redirect(reply: Reply, url: str) -> str:
    """Find the URL that a reply to a request for `url` redirects to; empty if it does not."""
    place = reply.headers.get("location", "")
    if reply.status not in _REDIRECTS or not place:
        return ""
    try:
        return urljoin(url, place.strip())
    except ValueError:
        return ""


def needs_get(reply: Reply) -> bool:
    """Check if a reply to HEAD has to be confirmed by GET."""
    return reply.status in _NOT_FOR_HEAD


def find_pause(reply: Reply, now: datetime) -> float | None:
    """Compute the seconds for which a busy host is not to be asked; None if it is not busy.

    Without `Retry-After`, they are a minute, or none if only this page fails.
    """
    if reply.status not in _BUSY:
        return None
    text = reply.headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return _PAUSE if reply.status == _TOO_MANY else None


def judge(address: str, url: str, trail: Trail, reply: Reply, now: datetime) -> Verdict:
    """Create the verdict on an address from the last reply.

    Args:
        address: The canonical address.
        url: The URL that was asked last.
        trail: The redirects that led to it.
        reply: The reply.
        now: The time.
    """
    state, reason = _judge_state(reply, trail)
    final = "" if canonical_url(url) == address or len(url) > _MAX_URL else url
    moved = trail.moved
    is_other = bool(moved) and len(moved) <= _MAX_URL and canonical_url(moved) != address
    if state is State.ALIVE and is_other and is_url(moved):
        state, final = State.MOVED, moved
    verdict = Verdict(
        address=address,
        state=state,
        time=now,
        status=reply.status,
        reason=reason,
        final=final,
    )
    return _describe(verdict, reply) if state in (State.ALIVE, State.MOVED) else verdict


def _judge_state(reply: Reply, trail: Trail) -> tuple[State, str]:
    """Judge a reply; return the state, and the reason if the status does not explain it."""
    status = reply.status
    if status is None:
        return (State.GONE if reply.has_no_host else State.UNKNOWN), reply.error
    if _is_challenge(reply):
        return State.REFUSED, "challenge page"
    if status in _REDIRECTS:
        is_long = trail.hops >= MAX_REDIRECTS
        return State.UNKNOWN, "too many redirects" if is_long else "a redirect to nowhere"
    if 200 <= status < 300 or status in (_UNCHANGED, _EMPTY):  # noqa: PLR2004 # success
        return State.ALIVE, ""
    if status in _GONE:
        return State.GONE, ""
    return (State.REFUSED if status in _REFUSED else State.UNKNOWN), ""


def _is_challenge(reply: Reply) -> bool:
    """Check if a firewall wants to find out whether a person asks."""
    marks = (
        pattern.search(reply.headers[name].lower())
        for name, pattern in _CHALLENGES.items()
        if name in reply.headers
    )
    return any(marks) or _CHALLENGE_PAGE.search(reply.body) is not None


def _describe(verdict: Verdict, reply: Reply) -> Verdict:
    """Add the properties of the content to a verdict."""
    headers = reply.headers
    total = headers.get("content-range", "").rpartition("/")[2] or headers.get("content-length", "")
    width, height = read_size(reply.body) or (None, None)
    return Verdict(
        address=verdict.address,
        state=verdict.state,
        time=verdict.time,
        status=verdict.status,
        final=verdict.final,
        etag=_short(headers.get("etag", "")),
        modified=_short(headers.get("last-modified", "")),
        type=_short(headers.get("content-type", "").partition(";")[0].strip().lower()),
        size=int(total) if total.isdecimal() and len(total) < 16 else None,  # noqa: PLR2004 # petabytes
        width=width,
        height=height,
    )


def _short(text: str) -> str:
    """Keep a header only if it is short and printable, since it is stored and sent again."""
    return text if len(text) <= _MAX_TEXT and text.isascii() and text.isprintable() else ""
