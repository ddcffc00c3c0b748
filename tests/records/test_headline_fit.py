"""Bounds that save time select the same excerpts as exact odds."""

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from newslint.records.headline_fit import HeadlineFit, find_threshold, min_log_odds

WORDS = [first + second for first in ("ba", "ko", "lu", "mi") for second in ("dar", "fen", "tos")]
ODDS = st.floats(0, 12, allow_nan=False)


@given(st.lists(ODDS, min_size=1, max_size=400))
def test_odds_below_the_minimum_do_not_change_the_threshold(log_odds: list[float]) -> None:
    least = min_log_odds(len(log_odds))
    high = [value if value >= least else 0.0 for value in log_odds]
    assert find_threshold(log_odds) == find_threshold(high) >= least


def pairs(seed: int, swapped: int) -> list[tuple[str, str]]:
    """Return headlines with excerpts about the same words, some of them with another's."""
    rng = random.Random(seed)
    subjects = [[*rng.sample(WORDS, 3), f"name{number}"] for number in range(60)]
    found = [
        (" ".join(words), " ".join(rng.sample(words, 4) + rng.choices(WORDS, k=8)))
        for words in subjects
    ]
    for index in range(swapped):
        found[index] = found[index][0], found[-1 - index][1]
    return found


@given(st.integers(0, 1000), st.integers(0, 12))
def test_bounds_select_the_same_pairs(seed: int, swapped: int) -> None:
    known = pairs(seed, swapped)
    least = min_log_odds(60)
    corpus = HeadlineFit(known)
    quick, exact = (
        [corpus.log_odds(at, bound) for at in range(60)] for bound in (least, -math.inf)
    )
    assert [max(log_odds, least) for log_odds in quick] == [
        max(log_odds, least) for log_odds in exact
    ]
    assert any(log_odds >= least for log_odds in quick) or swapped == 0
