"""Merged statistics are those of all parts, whatever has changed before."""

from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from newslint.execution.statistic_tree import KeyedStatistics

KEYS = st.integers(0, 300).map(str)
STATES = st.lists(st.dictionaries(KEYS, st.integers(0, 3), max_size=200), max_size=4)


def merge(statistics: Iterable[Counter[int]]) -> Counter[int]:
    return sum(statistics, Counter())


@given(STATES)
def test_changed_statistics_are_merged(states: list[dict[str, int]]) -> None:
    kept: KeyedStatistics = KeyedStatistics()
    before: dict[str, int] = {}
    for state in states:
        kept.by_key.clear()
        kept.by_key.update((key, Counter([value])) for key, value in state.items())
        changed = {key for key, _ in before.items() ^ state.items()}
        assert kept.renew(changed, merge) == Counter(state.values())
        before = state


def test_an_equal_statistic_is_the_same_object() -> None:
    kept: KeyedStatistics = KeyedStatistics()
    kept.by_key.update((str(key), Counter([key % 3])) for key in range(100))
    first = kept.renew(kept.by_key, merge)
    kept.by_key["7"] = Counter([1])
    assert kept.renew(["7"], merge) is first
    kept.by_key["7"] = Counter([2])
    assert kept.renew(["7"], merge) != first
