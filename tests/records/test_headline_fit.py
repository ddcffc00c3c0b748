"""Bounds that save time select the same excerpts as exact odds; samples do not depend on order."""

import math
import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from newslint.records.headline_fit import STEPS, HeadlineFit, Pair, find_threshold, min_log_odds

WORDS = [first + second for first in ("ba", "ko", "lu", "mi") for second in ("dar", "fen", "tos")]
STEP = st.integers(0, 12 * STEPS)


@given(st.lists(STEP, min_size=1, max_size=400), st.integers(1, 20_000))
def test_odds_below_the_minimum_do_not_change_the_threshold(
    steps: list[int], headlines: int
) -> None:
    least = math.floor(min_log_odds(headlines) * STEPS)
    high = [step if step >= least else 0 for step in steps]
    threshold = find_threshold(Counter(steps), headlines)
    assert threshold == find_threshold(Counter(high), headlines) >= least


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
    fit = HeadlineFit([Pair.create(*pair) for pair in known])
    quick, exact = ([fit.log_odds(*pair, bound) for pair in known] for bound in (least, -math.inf))
    assert [max(log_odds, least) for log_odds in quick] == [
        max(log_odds, least) for log_odds in exact
    ]
    assert any(log_odds >= least for log_odds in quick) or swapped == 0
