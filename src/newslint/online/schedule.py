"""The schedule of requests: one at a time for each host, with an interval, the oldest first."""

import heapq
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")

FIRST = ""
"""The priority of a request that others of its host wait for; less than that of any other."""


@dataclass
class _Host(Generic[T]):
    """The requests to one host.

    Attributes:
        interval: Seconds between the starts of two requests.
        ready_at: When the next request may start.
        was_ready_at: `ready_at` before the last request started.
        is_busy: Whether a request is running.
        queue: The requests that wait, as a heap.
    """

    interval: float
    ready_at: float = float("-inf")
    was_ready_at: float = float("-inf")
    is_busy: bool = False
    queue: list[tuple[str, int, T]] = field(default_factory=list)

    def has_next(self) -> bool:
        """Check if a request may start as soon as the interval is over."""
        return bool(self.queue) and not self.is_busy


class Schedule(Generic[T]):
    """Decides which request starts next. It knows neither the network nor a clock.

    Args:
        interval: Seconds between the starts of two requests to one host.
    """

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._hosts: dict[str, _Host[T]] = {}
        self._numbers = count()

    def put(self, host: str, priority: str, job: T) -> None:
        """Add a request.

        Args:
            host: Its host.
            priority: Requests with lower ones start earlier; `FIRST` is the lowest.
            job: The request.
        """
        heapq.heappush(self._host(host).queue, (priority, next(self._numbers), job))

    def take(self, now: float) -> T | None:
        """Start the request with the lowest priority that may start; None if there is none."""
        ready = [each for each in self._hosts.values() if each.has_next() and each.ready_at <= now]
        if not ready:
            return None
        host = min(ready, key=lambda each: each.queue[0][:2])
        host.is_busy = True
        host.was_ready_at, host.ready_at = host.ready_at, now + host.interval
        return heapq.heappop(host.queue)[2]

    def finish(self, host: str, *, is_sent: bool = True) -> None:
        """Note that the running request to a host has ended.

        Args:
            host: The host.
            is_sent: Whether it was sent at all; else the next one has not to wait.
        """
        found = self._host(host)
        found.is_busy = False
        if not is_sent:
            found.ready_at = found.was_ready_at

    def wait(self, now: float) -> float | None:
        """Compute the seconds until a request may start; None if the running ones decide that."""
        times = [each.ready_at for each in self._hosts.values() if each.has_next()]
        return max(0.0, min(times) - now) if times else None

    def slow_down(self, host: str, interval: float) -> None:
        """Use a longer interval between the requests to a host."""
        found = self._host(host)
        found.ready_at += max(0.0, interval - found.interval)
        found.interval = max(found.interval, interval)

    def delay(self, host: str, until: float) -> None:
        """Start no request to a host before a moment."""
        found = self._host(host)
        found.ready_at = max(found.ready_at, until)

    def __len__(self) -> int:
        """Count the requests that wait."""
        return sum(len(each.queue) for each in self._hosts.values())

    def _host(self, name: str) -> _Host[T]:
        """Get the requests to a host."""
        found = self._hosts.get(name)
        if found is None:
            found = self._hosts[name] = _Host(self._interval)
        return found
