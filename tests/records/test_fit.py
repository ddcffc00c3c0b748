"""Bounds and samples do not change what is reported; small archives are judged by plain words."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.records.fit.few import FewPairs
from newslint.records.fit.model import MIN_STEP, STEPS, HeadlineFit, find_threshold
from newslint.records.fit.pairs import Pair

WORDS = [first + second for first in ("ba", "ko", "lu", "mi") for second in ("dar", "fen", "tos")]
STEP = st.integers(0, 12 * STEPS)

OLIVES = "Olive harvest fails in Andalusia"
DROUGHT = "Drought ruined the olive harvest across Andalusia, farmers say."
TORCH = "PyTorch gets a foundation"
BOARD = "Meta hands PyTorch over to a new foundation with a board of its own."


def pairs(seed: int, swapped: int, count: int = 60) -> list[Pair]:
    """Build headlines with excerpts about the same words, some of them with another's."""
    rng = random.Random(seed)
    subjects = [[*rng.sample(WORDS, 3), f"name{number}"] for number in range(count)]
    found = [
        (" ".join(words), " ".join(rng.sample(words, 4) + rng.choices(WORDS, k=8)))
        for words in subjects
    ]
    for index in range(swapped):
        found[index] = found[index][0], found[-1 - index][1]
    return [Pair.create(*each) for each in found]


def fit(known: list[Pair]) -> HeadlineFit:
    return HeadlineFit(sorted(set(known)))


def few(*known: tuple[str, str]) -> list[int]:
    made = [Pair.create(*each) for each in known]
    return [*map(FewPairs(sorted(made)).step, made)]


@settings(max_examples=20)
@given(st.integers(0, 1000), st.integers(0, 40), st.sampled_from(["", "bako", "ba dar", "badar"]))
def test_a_renewed_model_equals_a_new_one(seed: int, kept: int, word: str) -> None:
    known, others = pairs(seed, 6), pairs(seed + 1, 6)
    other = Pair.create(f"{word} power", "apps ba power bakobadar")
    changed = [*known[:kept], *others[kept:], other]
    sample = sorted(set(changed))
    fresh, renewed = HeadlineFit(sample), HeadlineFit(sample, fit(known))
    assert renewed.digest == fresh.digest
    for pair in (*known, *others, *changed):
        assert renewed.score(pair) == fresh.score(pair)
        assert renewed.step(pair) == fresh.step(pair)
        assert renewed.explain(pair) == fresh.explain(pair)


@given(st.lists(STEP, min_size=1, max_size=400))
def test_the_threshold_is_at_least_the_minimum(steps: list[int]) -> None:
    assert find_threshold(Counter(steps)) >= min(MIN_STEP, max(steps) + 1)


def test_a_few_high_scores_among_many_are_no_discovery() -> None:
    assert find_threshold(Counter({0: 4760, 4 * STEPS: 3})) > 4 * STEPS
    assert find_threshold(Counter({0: 4760, 4 * STEPS: 300})) <= 4 * STEPS


@settings(max_examples=20)
@given(st.integers(0, 1000), st.integers(0, 12))
def test_bounds_lose_no_high_score(seed: int, swapped: int) -> None:
    known = pairs(seed, swapped)
    judged = fit(known)
    for pair in known:
        score, step = judged.score(pair), judged.step(pair)
        assert step in {0, max(0, int(round(score * STEPS, 2) // 1))}


@settings(max_examples=10)
@given(st.integers(0, 1000))
def test_scores_do_not_depend_on_the_order_of_pairs(seed: int) -> None:
    known = pairs(seed, 6)
    other = random.Random(seed).sample(known, len(known))
    judged, judged_otherwise = fit(known), fit(other)
    assert judged.digest == judged_otherwise.digest
    steps = [judged.step(pair) for pair in known]
    assert steps == [judged_otherwise.step(pair) for pair in known]


def test_a_swapped_pair_scores_higher_than_its_own() -> None:
    known = pairs(1, 6)
    judged = fit(known)
    scores = [judged.score(pair) for pair in known]
    assert min(scores[:6]) > sorted(scores[6:])[-10]


def test_exchanged_excerpts_are_beyond_doubt() -> None:
    assert few((OLIVES, BOARD), (TORCH, DROUGHT)) == [1, 1]
    assert few((OLIVES, DROUGHT), (TORCH, BOARD)) == [0, 0]


@pytest.mark.parametrize(
    "excerpt",
    [
        "Farmers fear for their oil.",
        "Andalusians have seen better years, and PyTorch has a foundation.",
        "OHFA members speak of a PyTorch foundation.",
        "",
    ],
    ids=["fits no other headline", "shares a beginning", "acronym", "empty"],
)
def test_doubtful_excerpts_of_few_pairs_are_not_reported(excerpt: str) -> None:
    assert few((OLIVES, excerpt), (TORCH, BOARD))[0] == 0


def test_an_excerpt_that_repeats_another_headline_is_the_same_story() -> None:
    assert (
        few((OLIVES, "Rain relieves Lisbon suburbs"), ("Rain relieves Lisbon suburbs", BOARD))[0]
        == 0
    )


def test_the_evidence_names_the_other_headline() -> None:
    pair = Pair.create(OLIVES, BOARD)
    judged = FewPairs(sorted([pair, Pair.create(TORCH, DROUGHT)]))
    assert judged.explain(pair) == (TORCH, [])
