"""Near-duplicate headlines count once."""

from hypothesis import given
from hypothesis import strategies as st

from newslint.records.near_duplicates import distinct_headlines

WORDS = st.lists(st.sampled_from(["aa", "bb", "cc", "dd", "ee", "ff", "", "-"]), max_size=6)
HEADLINES = st.lists(WORDS.map(" ".join), max_size=9)


def alike(one: set[str], other: set[str]) -> bool:
    shared = len(one & other)
    return 2 * shared >= len(one | other) or shared in (len(one), len(other))


@given(HEADLINES)
def test_the_first_of_near_duplicates_is_selected(headlines: list[str]) -> None:
    """Compared with each of those before it, as the definition has it."""
    expected: list[str] = []
    for headline in sorted(set(headlines)):
        words = set(headline.replace("-", "").split())
        if not any(alike(words, set(each.replace("-", "").split())) for each in expected):
            expected.append(headline)
    assert distinct_headlines(headlines) == expected


def test_near_duplicates_count_once() -> None:
    told = "Provance Releases ServiceTeam, a New Family of ISTM Power Apps Products"
    assert distinct_headlines([told, told.replace("ISTM", "ITSM"), f"Re-transmission: {told}"]) == [
        told
    ]


def test_distinct_headlines_with_common_words_stay_distinct() -> None:
    headlines = [f"Alpha{at} beta{at} gamma{at}: the news of today" for at in range(500)]
    assert distinct_headlines(headlines) == sorted(headlines)
