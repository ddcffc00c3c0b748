"""Look-ups in `Ranges` agree with a check of each range."""

from hypothesis import given
from hypothesis import strategies as st

from newslint.text.location import NO_RANGES, Ranges

PAIRS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted).map(tuple)


@given(st.lists(PAIRS, max_size=6))
def test_offsets_are_in_one_of_them(pairs: list[tuple[int, int]]) -> None:
    ranges = Ranges(pairs)
    for offset in range(22):
        assert (offset in ranges) == any(start <= offset < end for start, end in pairs)


@given(st.lists(PAIRS, max_size=6), PAIRS.filter(lambda pair: pair[0] < pair[1]))
def test_ranges_touch_one_of_them(pairs: list[tuple[int, int]], other: tuple[int, int]) -> None:
    touched = any(start < other[1] and other[0] < end for start, end in pairs)
    assert Ranges(pairs).overlap(*other) == touched


def test_none_is_false() -> None:
    assert not NO_RANGES
    assert Ranges([(3, 3)])
