"""Damage in text is found with exact spans."""

import pytest
from ftfy import fix_encoding
from hypothesis import example, given
from hypothesis import strategies as st

from call_counts import GROWTH, count_calls
from newslint.records.text_damage import (
    TextDamage,
    find_entities,
    find_mojibake,
    is_same_or_truncated,
    is_same_text,
    normalise_text,
    undo_damage,
)

LOST = "\ufffd"

INTACT = {
    "English": "Alphabet’s “naïve” café – it’s 20 °C, £5 or €6…",
    "German": "Übermäßig schöne Grüße aus Köln: „Straße“ und ‚Öl‘",
    "French": "« Ça va ? » L’été à Nîmes, où l’œuvre coûte 5 €",
    "Polish": "Zażółć gęślą jaźń; „Łódź” – święto",
    "Turkish": "İstanbul’da ığdır ağacı, şöyle böyle",
    "Russian": "Привет, мир — это «тест»",
    "Greek": "Ελληνικά: καλημέρα, κόσμε",
    "Hebrew": "שלום עולם",
    "Japanese": "東京、こんにちは。テストです",
    "emoji": "👍 🇩🇪 👩‍👩‍👧 ☕️",
}
WORDS = [word for text in INTACT.values() for word in text.split()]
BROKEN_BY = st.sampled_from(["latin-1", "cp1252", "sloppy-windows-1252", "cp1251"])


def restore(text: str, defects: tuple[TextDamage, ...]) -> str:
    for defect in reversed(defects):
        text = text[: defect.start] + defect.original + text[defect.end :]
    return text


def assert_well_formed(text: str, defects: tuple[TextDamage, ...]) -> None:
    ends = [0]
    for start, end, broken, was in defects:
        assert ends[-1] <= start < end <= len(text)
        assert text[start:end] == broken != was
        ends.append(end)


class TestMojibake:
    @pytest.mark.parametrize("text", INTACT.values(), ids=INTACT)
    def test_intact_text_is_left_alone(self, text: str) -> None:
        assert find_mojibake(text) == ()

    @given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.sampled_from(" \n"))
    def test_intact_words_in_any_order_are_left_alone(self, words: list[str], gap: str) -> None:
        assert find_mojibake(gap.join(words)) == ()

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Alphabetâ€™s", [(8, "â€™", "’")]),
            ("naÃ¯ve cafÃ©", [(2, "Ã¯", "ï"), (10, "Ã©", "é")]),
            ("Alphabetâ€™s naïve “plan”", [(8, "â€™", "’")]),
            ("ÃƒÂ¤hnlich", [(0, "ÃƒÂ¤", "ä")]),
            ("ï»¿ Cyient", [(0, "ï»¿", "")]),
            ("x Â£5", [(2, "Â£", "£")]),
            ("voilÃ  le prix", [(4, "Ã ", "à")]),
            ("schÃ¶n und voilÃ  le", [(3, "Ã¶", "ö"), (15, "Ã ", "à")]),
            ("â€œmissionâ€\x9d", [(0, "â€œ", "“"), (10, "â€\x9d", "”")]),
            ("fine\nAlphabetâ€™s\ncafÃ©\n", [(13, "â€™", "’"), (21, "Ã©", "é")]),
            ("ðŸ‘Œ", [(0, "ðŸ‘Œ", "👌")]),
            ("Alphabet's", []),
            ("", []),
        ],
    )
    def test_damaged_spans_are_found(self, text: str, expected: list[tuple[int, str, str]]) -> None:
        found = find_mojibake(text)
        assert [(start, broken, was) for start, _, broken, was in found] == expected
        assert_well_formed(text, found)

    @given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), BROKEN_BY, st.randoms())
    def test_spans_contain_their_text(self, words: list[str], codec: str, random: object) -> None:
        broken = [_broken(word, codec) if random.random() < 0.5 else word for word in words]
        text = " ".join(broken)
        assert_well_formed(text, find_mojibake(text))

    @given(st.text(st.sampled_from("aâ€™Ã©Â £\x9d\xa0\n\r ï»¿’é\u2028\x85"), max_size=40))
    @example("Ã\xa0 \x9d")
    def test_spans_of_any_text_contain_their_text(self, text: str) -> None:
        found = find_mojibake(text)
        assert_well_formed(text, found)
        assert undo_damage(undo_damage(text)) == undo_damage(restore(text, found))

    def test_words_that_were_split_by_the_damage(self) -> None:
        text = "¿’Ã\xa0Ã\u2003Ã\u2028Â Â and éâ\x9d a\xa0™"
        assert_well_formed(text, find_mojibake(text))

    def test_long_texts_take_linear_time(self) -> None:
        def find(size: int) -> None:
            text = "x y " * size + "voilÃ  le " + "z " * size + "Ã  la"
            assert len(find_mojibake(text)) == 2

        assert count_calls(lambda: find(5_000)) < GROWTH * count_calls(lambda: find(1_250))


def _broken(word: str, codec: str) -> str:
    return word.encode().decode(codec, "replace")


class TestEntities:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Microsoft&#8217;s", [(9, "&#8217;", "’")]),
            ("&#x1F44D;", [(0, "&#x1F44D;", "👍")]),
            ("A&nbsp;B &amp; C", [(1, "&nbsp;", " "), (9, "&amp;", "&")]),
            ("&amp;amp;quot;", [(0, "&amp;amp;quot;", '"')]),
            ("&amp;#8217;", [(0, "&amp;#8217;", "’")]),
            ("&amp;notit;", [(0, "&amp;notit;", "&notit;")]),
            ("?a=1&amp;copy=2", [(4, "&amp;", "&")]),
            ("&#150;", [(0, "&#150;", "–")]),
            ("AT&T; R&D", []),
            ("?a=1&copy=2&reg=3", []),
            ("&notit; &unknown; &; &#; &#x;", []),
            ("&#0; &#1; &#xD800; &#9999999;", []),
            ("no ampersand", []),
        ],
    )
    def test_character_references_are_decoded(
        self, text: str, expected: list[tuple[int, str, str]]
    ) -> None:
        found = find_entities(text)
        assert [(start, entity, was) for start, _, entity, was in found] == expected
        assert_well_formed(text, found)

    @given(st.text(st.sampled_from("&amp;#x1203quotlgt; ab"), max_size=40))
    def test_spans_contain_their_text(self, text: str) -> None:
        assert_well_formed(text, find_entities(text))

    def test_long_chains_take_linear_time(self) -> None:
        def find(size: int) -> None:
            assert len(find_entities("&" + "amp;" * size)) == 1

        assert count_calls(lambda: find(50_000)) < GROWTH * count_calls(lambda: find(12_500))


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


@given(st.text(st.sampled_from("aZ9 .,-'\"\n\t\xa0‘’“”•–—…")))
def test_ftfy_keeps_typographic_punctuation(text: str) -> None:
    assert all(fix_encoding(line) == line for line in text.split("\n"))
    assert find_mojibake(text) == ()
