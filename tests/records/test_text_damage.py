"""HTML entities are found with exact spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from call_counts import GROWTH, count_calls
from helpers import assert_well_formed
from newslint.records.text_damage import find_entities


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
