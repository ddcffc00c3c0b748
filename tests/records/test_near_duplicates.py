"""Near-identical headlines tell of one story, however many there are."""

from hypothesis import given
from hypothesis import strategies as st

from newslint.records.near_duplicates import distinct_headlines

WORDS = st.lists(st.sampled_from(["aa", "bb", "cc", "dd", "ee", "ff", "", "-"]), max_size=6)
HEADLINES = st.lists(WORDS.map(" ".join), max_size=9)


def alike(one: set[str], other: set[str]) -> bool:
    shared = len(one & other)
    return 2 * shared >= len(one | other) or shared in (len(one), len(other))


@given(HEADLINES)
def test_each_story_has_the_first_of_its_headlines(headlines: list[str]) -> None:
    """Compared with each of those before it, as the definition has it."""
    expected: list[str] = []
    for headline in sorted(set(headlines)):
        words = set(headline.replace("-", "").split())
        if not any(alike(words, set(each.replace("-", "").split())) for each in expected):
            expected.append(headline)
    assert distinct_headlines(headlines) == expected


def test_a_retold_story_is_one() -> None:
    told = "Provance Releases ServiceTeam, a New Family of ISTM Power Apps Products"
    assert distinct_headlines([told, told.replace("ISTM", "ITSM"), f"Re-transmission: {told}"]) == [
        told
    ]


def test_many_stories_with_words_in_common_are_told_apart() -> None:
    headlines = [f"Alpha{at} beta{at} gamma{at}: the news of today" for at in range(4000)]
    assert distinct_headlines(headlines) == sorted(headlines)
