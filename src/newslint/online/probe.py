"""Probing of a project: which of its addresses to ask, and where the verdicts go."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from newslint.execution.external_addresses import ExternalAddress
from newslint.execution.progress import Observe, Phase, Progress, no_observer
from newslint.execution.verdict_store import VerdictStore
from newslint.online.client import Client
from newslint.online.clock import Clock, SystemClock
from newslint.online.prober import ProbeLimits, Prober
from newslint.online.question import Question, host_of, select_due
from newslint.records.verdicts import State, Verdict, Verdicts
from newslint.settings.tables import OnlineTable

CreateClient = Callable[[OnlineTable], Client]
"""Creates the client of a run from settings."""


class ProbeSummary(NamedTuple):
    """The result of probing.

    Attributes:
        addresses: Number of distinct addresses that may be asked.
        uses: Number of places that contain them.
        hosts: Number of their hosts.
        found: Numbers of new verdicts by state.
        left: Number of addresses that are due, but were not asked.
        hidden: Number of addresses that only records contain which readers cannot see.
    """

    addresses: int = 0
    uses: int = 0
    hosts: int = 0
    found: Mapping[State, int] = {}  # never changed
    left: int = 0
    hidden: int = 0

    def merge(self, other: "ProbeSummary") -> "ProbeSummary":
        """Add the numbers of another project."""
        return ProbeSummary(
            self.addresses + other.addresses,
            self.uses + other.uses,
            self.hosts + other.hosts,
            Counter(self.found) + Counter(other.found),
            self.left + other.left,
            self.hidden + other.hidden,
        )


def create_client(settings: OnlineTable) -> Client:
    """Create the client that asks other sites."""
    return Client(
        timeout=settings.timeout, connections=settings.connections, use_proxy=settings.proxy
    )


@dataclass
class Probe:
    """Asks the addresses of a project, and stores each verdict as soon as it is known.

    Attributes:
        settings: The settings.
        store: The store.
        known: The verdicts so far, those of earlier runs included.
        create: Creates the client.
        clock: The time.
        observe: Called with the progress.
    """

    settings: OnlineTable
    store: VerdictStore
    known: Verdicts
    create: CreateClient = create_client
    clock: Clock = field(default_factory=SystemClock)
    observe: Observe = no_observer

    def run(
        self, addresses: Iterable[ExternalAddress], budget: float | None = None
    ) -> ProbeSummary:
        """Ask the addresses that are due.

        Args:
            addresses: The addresses of the project.
            budget: Seconds after which no further request starts; None for no limit.

        Raises:
            StoreError: A verdict cannot be stored.
        """
        allowed = [each for each in addresses if each.is_in_scope and not self._is_excluded(each)]
        asked = [each for each in allowed if each.is_visible or self.settings.hidden]
        questions = select_due(
            (Question(each.address, each.url, each.is_image) for each in asked),
            self.known,
            self.clock.now(),
            self.settings.age,
        )
        found: Counter[State] = Counter()
        left = asyncio.run(self._ask(questions, found, budget)) if questions else 0
        return ProbeSummary(
            len(asked),
            sum(each.uses for each in asked),
            len({host_of(each.url) for each in asked}),
            found,
            left,
            len(allowed) - len(asked),
        )

    async def _ask(
        self, questions: list[Question], found: Counter[State], budget: float | None
    ) -> int:
        """Ask addresses, count the verdicts, and return the number of those that are left."""

        def report(verdict: Verdict) -> None:
            self.store.add([verdict])
            found[verdict.state] += 1
            self.observe(Progress(Phase.PROBING, found.total(), len(questions)))

        settings = self.settings
        limits = ProbeLimits(settings.interval, settings.connections, budget)
        async with self.create(settings) as client:
            prober = Prober(client, self.known, report, limits, self.clock)
            await prober.run(questions)
        return prober.left

    def _is_excluded(self, each: ExternalAddress) -> bool:
        """Check if the settings exclude an address: by its host, or its start."""
        host = host_of(each.url)
        return any(
            each.address.startswith(one) or each.url.startswith(one)
            if "://" in one
            else host == one or host.endswith(f".{one}")
            for one in self.settings.exclude
        )
