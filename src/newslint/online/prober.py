"""The prober: asks addresses by the schedule, and passes on each verdict as soon as it is known."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from newslint.online.address_guard import BlockedError
from newslint.online.answers import (
    MAX_REDIRECTS,
    Trail,
    find_pause,
    find_redirect,
    judge,
    needs_get,
)
from newslint.online.client import MAX_BODY, Client, Reply
from newslint.online.clock import Clock, SystemClock
from newslint.online.question import Question, host_of, priority
from newslint.online.robots import Robots, read_robots, robots_url, site_of
from newslint.online.schedule import FIRST, Schedule
from newslint.records.verdicts import State, Verdict, Verdicts

MAX_PAUSE = 300.0
"""Seconds to wait for a busy host; if it asks for more, it is left for a later run."""

_NO_TRAIL = Trail()
_LONG = 3600.0
"""Seconds for which a host is left alone that is still busy after a pause."""

_RANGE = {"Range": f"bytes=0-{MAX_BODY - 1}"}


@dataclass(frozen=True)
class _Job:
    """A request that is to be sent.

    Attributes:
        question: The question that it is part of; None for rules of a site.
        url: The URL to ask.
        method: `HEAD` or `GET`.
        trail: The redirects so far.
        is_repeated: Whether a busy host was asked before.
        site: The site whose rules are wanted.
        slot: The host that the request counts for; empty for that of the URL.
    """

    question: Question | None
    url: str
    method: str
    trail: Trail = _NO_TRAIL
    is_repeated: bool = False
    site: str = ""
    slot: str = ""

    @property
    def host(self) -> str:
        """The host that the request counts for."""
        return self.slot or host_of(self.url)


@dataclass(frozen=True)
class ProbeLimits:
    """Limits of a run.

    Attributes:
        interval: Seconds between two requests to one host.
        connections: Number of requests at the same time.
        budget: Seconds after which no further request starts; None for no limit.
    """

    interval: float = 1.0
    connections: int = 32
    budget: float | None = None


@dataclass
class Prober:
    """Asks addresses; it is used once.

    Attributes:
        client: Sends the requests.
        known: The verdicts so far.
        report: Called with each verdict.
        limits: Limits of the run.
        clock: The time.
        left: Number of addresses that were not asked, because of the budget or of busy hosts.
    """

    client: Client
    known: Verdicts
    report: Callable[[Verdict], None]
    limits: ProbeLimits = field(default_factory=ProbeLimits)
    clock: Clock = field(default_factory=SystemClock)
    left: int = 0

    def __post_init__(self) -> None:
        """Create what the run keeps in mind."""
        self._schedule: Schedule[_Job] = Schedule(self.limits.interval)
        self._robots: dict[str, Robots | None] = {}
        self._waiting: dict[str, list[_Job]] = {}
        self._open = 0

    async def run(self, questions: Iterable[Question]) -> None:
        """Ask addresses, the one with the oldest verdict first.

        Args:
            questions: The addresses, each of them once.
        """
        for question in questions:
            self._open += 1
            self._put(_Job(question, question.url, "GET" if question.is_image else "HEAD"))
        running: dict[asyncio.Task[Reply], _Job] = {}
        end = None if self.limits.budget is None else self.clock.seconds() + self.limits.budget
        try:
            while self._start(running, end):
                await self.clock.wait(running, self._find_wait(running, end))
                for task in [task for task in running if task.done()]:
                    self._finish(running.pop(task), task.result())
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            self.left = self._open

    def _start(self, running: dict[asyncio.Task[Reply], _Job], end: float | None) -> bool:
        """Start all requests that may start now; return whether there is something to wait for."""
        now = self.clock.seconds()
        if end is not None and now >= end:
            return bool(running)
        while len(running) < self.limits.connections:
            job = self._schedule.take(now)
            if job is None:
                break
            prepared = self._prepare(job)
            if prepared is None:
                self._schedule.finish(job.host, is_sent=False)
            else:
                running[asyncio.create_task(self._ask(prepared))] = prepared
        wait = self._schedule.wait(now)
        limit = MAX_PAUSE if end is None else min(MAX_PAUSE, end - now)
        return bool(running) or (wait is not None and wait <= limit)

    def _find_wait(
        self, running: dict[asyncio.Task[Reply], _Job], end: float | None
    ) -> float | None:
        """Compute the seconds to wait for the next request, unless a running one ends earlier."""
        now = self.clock.seconds()
        is_over = end is not None and now >= end
        is_full = len(running) >= self.limits.connections
        return None if is_over or is_full else self._schedule.wait(now)

    def _prepare(self, job: _Job) -> _Job | None:
        """Find the request to send for a job: perhaps that for the rules of its site first.

        Returns:
            The request; None if the job is done without one.
        """
        if job.question is None:
            return job
        try:
            self.client.guard.check_url(job.url)
        except BlockedError as error:
            self._judge(job, Reply(error=str(error)))
            return None
        site = site_of(job.url)
        if site not in self._robots:
            self._robots[site] = None
            self._waiting[site] = [job]
            return _Job(None, robots_url(site), "GET", site=site, slot=job.host)
        robots = self._robots[site]
        if robots is None:
            self._waiting[site].append(job)
        elif robots.failure is not None:
            self._judge(job, robots.failure)
        elif not robots.allows(job.url):
            self._refuse(job, "robots.txt")
        else:
            return job
        return None

    async def _ask(self, job: _Job) -> Reply:
        """Send the request of a job."""
        headers = dict(_RANGE) if job.method == "GET" and job.question is not None else {}
        known = None if job.question is None else self.known.find(job.question.address)
        if job.question is not None and known is not None and _can_compare(known, job.question):
            headers |= {"If-None-Match": known.etag} if known.etag else {}
            headers |= {"If-Modified-Since": known.modified} if known.modified else {}
        return await self.client.ask(job.url, job.method, headers)

    def _finish(self, job: _Job, reply: Reply) -> None:
        """Find out what follows from a reply: another request, rules, or a verdict."""
        self._schedule.finish(job.host)
        pause = find_pause(reply, self.clock.now())
        if pause is not None:
            pause = max(pause, _LONG) if job.is_repeated else pause
            self._schedule.delay(job.host, self.clock.seconds() + pause)
            if not job.is_repeated:
                self._put(replace(job, is_repeated=True))
                return
        place = find_redirect(reply, job.url)
        if place and job.trail.hops < MAX_REDIRECTS:
            trail = job.trail.follow(place, reply.status or 0)
            self._put(replace(job, url=place, trail=trail, is_repeated=False, slot=""))
        elif job.question is None:
            self._learn(job.site, read_robots(reply))
        elif job.method == "HEAD" and needs_get(reply):
            self._put(replace(job, method="GET"))
        else:
            self._judge(job, reply)

    def _learn(self, site: str, robots: Robots) -> None:
        """Use the rules of a site, and continue with the jobs that waited for them."""
        self._robots[site] = robots
        host = host_of(site)
        if robots.delay:
            self._schedule.slow_down(host, robots.delay)
        for job in self._waiting.pop(site):
            self._put(job)

    def _put(self, job: _Job) -> None:
        """Add a job to the schedule."""
        order = FIRST
        if job.question is not None:
            order = priority(self.known.find(job.question.address)) + job.question.address
        self._schedule.put(job.host, order, job)

    def _judge(self, job: _Job, reply: Reply) -> None:
        """Pass on the verdict on the address of a job."""
        assert job.question is not None  # noqa: S101 # rules of sites are no addresses
        address, now = job.question.address, self.clock.now()
        self._pass_on(judge(address, job.url, job.trail, reply, now))

    def _refuse(self, job: _Job, reason: str) -> None:
        """Pass on that the rules of a site forbid to ask an address."""
        assert job.question is not None  # noqa: S101 # rules of sites are no addresses
        address, now = job.question.address, self.clock.now()
        self._pass_on(Verdict(address=address, state=State.REFUSED, time=now, reason=reason))

    def _pass_on(self, verdict: Verdict) -> None:
        """Complete and report a verdict."""
        self._open -= 1
        self.report(verdict.after(self.known.find(verdict.address)))


def _can_compare(known: Verdict, question: Question) -> bool:
    """Check if the content of an address is known, so that only a change of it matters."""
    is_alive = known.state in (State.ALIVE, State.MOVED)
    return is_alive and (known.width is not None or not question.is_image)
