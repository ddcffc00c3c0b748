"""The addresses to ask, and which of them are due."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from newslint.records.verdicts import State, Verdict, Verdicts

_SOON = timedelta(days=1)


class Question(NamedTuple):
    """An address to ask.

    Attributes:
        address: The canonical address.
        url: The URL to ask.
        is_image: Whether the size of an image is wanted.
    """

    address: str
    url: str
    is_image: bool = False

    @property
    def host(self) -> str:
        """Name of the host."""
        return host_of(self.url)


def host_of(url: str) -> str:
    """Get the host of a URL, by which requests are counted; the URL itself if it has none."""
    try:
        return (urlsplit(url).hostname or url).rstrip(".")
    except ValueError:
        return url


def is_due(verdict: Verdict | None, now: datetime, age: int) -> bool:
    """Check if an address is to be asked again.

    A failure that is not confirmed, and one that proves nothing, is asked again after a day.

    Args:
        verdict: The last verdict; None if there is none.
        now: The time.
        age: Days that a verdict counts.
    """
    if verdict is None or verdict.time > now:
        return True
    is_open = verdict.state is State.UNKNOWN or (
        verdict.state is State.GONE and not verdict.is_confirmed
    )
    return now - verdict.time >= (_SOON if is_open else timedelta(days=age))


def select_due(
    questions: Iterable[Question], known: Verdicts, now: datetime, age: int
) -> list[Question]:
    """Select the addresses that are due.

    Args:
        questions: Addresses.
        known: The verdicts so far.
        now: The time.
        age: Days that a verdict counts.
    """
    return [each for each in questions if is_due(known.find(each.address), now, age)]


def priority(verdict: Verdict | None) -> str:
    """Compute the priority of a question: the oldest verdict comes first, or none at all."""
    return "0" if verdict is None else verdict.time.isoformat()
