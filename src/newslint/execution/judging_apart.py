"""Judging the families of rules in two processes.

The other process judges those that measure statistics, while this one links records and judges the
rest. Only that process has the statistics then, so this is for runs without later changes.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

from newslint.execution.aggregate_family import AggregateFamily
from newslint.execution.families import Change, Family
from newslint.execution.survey_family import SurveyFamily
from newslint.records import Corpus

LEAST_DESCRIPTIONS = 1_000
"""Number of changed descriptions from which a second process is of use."""

_MOST_MENTIONS = 2
"""Mentions of each description, on average, up to which judging takes much of a run."""

Judge = Callable[[Family], Iterator[Change]]
"""Judges the groups of a family that have changed."""


def is_large(corpus: Corpus, changed: Collection[bytes]) -> bool:
    """Check if there is so much to judge that it is worth the memory of a second process."""
    mentions = sum(map(len, corpus.places.values()))
    return len(changed) >= LEAST_DESCRIPTIONS and mentions <= _MOST_MENTIONS * len(changed)


@contextmanager
def judge_apart(
    families: Sequence[Family], judge: Judge, jobs: int | None
) -> Iterator[Iterator[tuple[Family, Iterator[Change]]]]:
    """Judge families, some of them in another process as soon as the context is open.

    Args:
        families: The families.
        judge: Judges a family.
        jobs: Number of processes; None for two if there are two cores.

    Yields:
        Each family with its changes. Those that depend on links are judged when they are asked for.
    """
    apart = [each for each in families if _is_apart(each)] if jobs != 1 else []
    if not (apart and _can_share(jobs)):
        yield ((each, judge(each)) for each in families)
        return
    from newslint.execution.executors import run_apart

    def work() -> list[tuple[list[Change], int, int]]:
        return [([*judge(each)], each.judged, each.measured) for each in apart]

    with run_apart(work) as wait:

        def every() -> Iterator[tuple[Family, Iterator[Change]]]:
            yield from ((each, judge(each)) for each in families if each not in apart)
            found = wait()
            for at, each in enumerate(apart):
                yield each, judge(each) if found is None else each.accept(*found[at])

        yield every()


def _is_apart(family: Family) -> bool:
    """Check if a family measures statistics and does not depend on links."""
    return isinstance(family, AggregateFamily | SurveyFamily) and not family.keys.is_linked


def _can_share(jobs: int | None) -> bool:
    """Check if a second process can be forked; `jobs` is that of `judge_apart`."""
    from newslint.execution.executors import LEAST_BYTES, can_fork, count_jobs

    return (count_jobs(2 * LEAST_BYTES, 2) if jobs is None else jobs) > 1 and can_fork()
