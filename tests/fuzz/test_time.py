"""No text makes a check take more than linear time, even one that is nothing but defects."""

import pytest
from hostile_texts import PLACES, UNITS, files_of
from runs import outcome

from call_counts import GROWTH, count_calls

SIZE = 200


@pytest.mark.parametrize("place", PLACES)
def test_texts_that_are_nothing_but_defects_take_linear_time(place: str) -> None:
    count_calls_of_check(place, "a", SIZE)  # fills caches
    least = count_calls_of_check(place, "a", 1)
    for unit in UNITS:
        if count_calls_of_check(place, unit, 4 * SIZE) >= GROWTH * least:
            short, long = (count_calls_of_check(place, unit, size) for size in (SIZE, 4 * SIZE))
            assert long < GROWTH * short, unit


def count_calls_of_check(place: str, unit: str, size: int) -> int:
    files = {name: text.encode() for name, text in files_of(place, unit, size).items()}

    def check() -> None:
        assert outcome(files).complete

    return count_calls(check)
