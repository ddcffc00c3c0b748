"""Judging the families of rules in two processes.

The other process reads the keys of those that measure statistics and judges them, while this one
links records and judges the rest. Only that process has the statistics then, so this is for runs
without later changes.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain

from newslint.engine.findings import Judgement
from newslint.execution.aggregate_family import AggregateFamily
from newslint.execution.families import Change, Family
from newslint.execution.key_table import KeyTable
from newslint.execution.survey_family import SurveyFamily

LEAST_DESCRIPTIONS = 1_000
"""Number of changed descriptions from which a second process is of use."""

FamiliesByTable = Mapping[KeyTable, Sequence[Family]]
"""Families of rules by the table of their keys."""

Judged = Iterator[tuple[Family, Iterator[Change]]]
"""Families with the changes of their judgements."""

_Work = tuple[list[dict[bytes, Judgement]], list[tuple[list[Change], int, int]]]
"""The failures in each table, and the arguments of `accept` for each family."""


def select_apart(families: FamiliesByTable, jobs: int | None) -> FamiliesByTable:
    """Select the families that another process should judge.

    Args:
        families: All families.
        jobs: Number of processes; None for two if there are two cores.
    """
    if jobs == 1 or not _can_share(jobs):
        return {}
    return {table: each for table, each in families.items() if _is_apart(table, each)}


@contextmanager
def judge_apart(
    families: FamiliesByTable, judge: Callable[[Collection[KeyTable]], Judged]
) -> Iterator[Judged]:
    """Judge families in another process as soon as the context is open.

    Args:
        families: The families; no process is started if there are none.
        judge: Judges the families of tables.

    Yields:
        The families with their changes, for which it waits.
    """
    if not families:
        yield iter(())
        return
    from newslint.execution.executors import run_apart

    def work() -> _Work:
        judged = [([*changes], each.judged, each.measured) for each, changes in judge(families)]
        return [table.failures for table in families], judged

    with run_apart(work) as wait:

        def every() -> Judged:
            found = wait()
            if found is None:
                yield from judge(families)
                return
            failures, judged = found
            for table, failed in zip(families, failures, strict=True):
                table.failures = failed
            for family, each in zip(chain(*families.values()), judged, strict=True):
                yield family, family.accept(*each)

        yield every()


def _is_apart(table: KeyTable, families: Sequence[Family]) -> bool:
    """Check if families measure statistics and do not depend on links."""
    return not table.is_linked and any(
        isinstance(each, AggregateFamily | SurveyFamily) for each in families
    )


def _can_share(jobs: int | None) -> bool:
    """Check if a second process can be forked; `jobs` is that of `select_apart`."""
    from newslint.execution.executors import LEAST_BYTES, can_fork, count_jobs

    return (count_jobs(2 * LEAST_BYTES, 2) if jobs is None else jobs) > 1 and can_fork()
