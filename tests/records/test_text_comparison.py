"""Texts are compared after undoing the damage in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from call_counts import GROWTH, count_calls
from good_texts import SENTENCES
from newslint.records.text_comparison import (
    is_same_or_truncated,
    is_same_text,
    normalise_text,
    undo_damage,
)

LOST = "\ufffd"
INTACT = {name: text.replace("\u200b", "").replace("\xa0", " ") for name, text in SENTENCES.items()}
WORDS = [word for text in INTACT.values() for word in text.split()]


class TestNormaliseText:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Alphabetâ€™s &amp; more", "Alphabet’s & more"),
            ("&quot;Alphabetâ€™s&quot; &amp; cafÃ©", '"Alphabet’s" & café'),
            ("  two\u00a0 spaces\n", "two spaces"),
            ("zero\u200bwidth\ufeff, soft\u00adhyphen", "zerowidth, softhyphen"),
            ("", ""),
        ],
    )
    def test_certain_damage_is_undone(self, text: str, expected: str) -> None:
        assert normalise_text(text) == expected

    @pytest.mark.parametrize("text", INTACT.values(), ids=INTACT)
    def test_intact_text_stays(self, text: str) -> None:
        assert undo_damage(text) == text
        assert normalise_text(text) == text

    @given(st.lists(st.sampled_from([*WORDS, "Alphabetâ€™s", "&amp;", "\u200b", "  "]), max_size=8))
    def test_normalising_twice_changes_nothing(self, words: list[str]) -> None:
        once = normalise_text(" ".join(words))
        assert normalise_text(once) == once


class TestSameText:
    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            (f"Alphabet{LOST}s", "Alphabet’s", True),
            (f"Alphabet{LOST * 3}s", "Alphabet’s", True),
            (f"{LOST}quoted{LOST}", "“quoted”", True),
            (f"{LOST}quoted{LOST}", "quoted", True),
            (f"a{LOST}b{LOST}c", "a–b–c", True),
            (f"ab{LOST}b", "abab", True),
            (f"Alphabet{LOST}s", "Alphabet’t", False),
            (f"Alphabet{LOST}s", "Beta’s", False),
            (f"a{LOST}z", "a long way to z", False),
            (f"a{LOST}b{LOST}c", "a–c–c", False),
            (f"aa{LOST}aa", "aaa", False),
            (LOST, "", True),
            ("same", "same", False),
            ("one", "other", False),
        ],
    )
    def test_lost_characters_match_any(self, one: str, other: str, *, expected: bool) -> None:
        assert is_same_text(one, other) is expected
        assert is_same_text(other, one) is expected

    @given(st.lists(st.sampled_from(["’", "é", "a", "b ", "–", "ab"]), min_size=1, max_size=20))
    def test_a_text_matches_itself_with_losses(self, parts: list[str]) -> None:
        lossy = "".join(LOST if not part.isascii() else part for part in parts)
        whole = "".join(parts)
        assert LOST not in lossy or is_same_text(lossy, whole)

    def test_many_losses_take_linear_time(self) -> None:
        def compare(size: int) -> None:
            assert is_same_text(f"a{LOST}" * size, "a" * (2 * size))
            assert not is_same_text(f"a{LOST}" * size + "b", "a" * (2 * size))
            assert is_same_or_truncated(f"a{LOST}" * size, "a" * (3 * size))

        assert count_calls(lambda: compare(40_000)) < GROWTH * count_calls(lambda: compare(10_000))


class TestSameOrTruncated:
    @pytest.mark.parametrize(
        ("short", "long", "expected"),
        [
            ("The framework gets", "The framework gets a home.", True),
            ("The framework gets a ho", "The framework gets a home.", True),
            ("The framework gets…", "The framework gets a home.", True),
            ("The framework gets [...]", "The framework gets a home.", True),
            ("The framework gets […]", "The framework gets a home.", True),
            ("The framework gets a home", "The framework gets a home.", True),
            ("The framework gets ---", "The framework gets a home.", True),
            ("framework gets a home.", "The framework gets a home.", False),
            ("The framework loses", "The framework gets a home.", False),
            (f"Alphabet{LOST * 3}s cloud", "Alphabet’s cloud grows", True),
            (f"Alphabet{LOST}s cloud grows", "Alphabet’s cloud", True),
            (f"Alphabet{LOST}s cloud", "Alphabet’s cloud", True),
            (f"Alphabet{LOST}s clown", "Alphabet’s cloud grows", False),
            ("…", "The framework", True),
        ],
    )
    def test_a_copy_may_be_truncated(self, short: str, long: str, *, expected: bool) -> None:
        assert is_same_or_truncated(short, long) is expected
        assert is_same_or_truncated(long, short) is expected

    def test_long_rows_of_dots_take_linear_time(self) -> None:
        def compare(size: int) -> None:
            assert not is_same_or_truncated("a" + "." * size + "x", "b")

        assert count_calls(lambda: compare(80_000)) < GROWTH * count_calls(lambda: compare(20_000))
