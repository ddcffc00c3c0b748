"""The fast path of mojibake detection never rejects damaged text."""

import sys

from ftfy import fix_encoding
from ftfy.badness import is_bad
from hypothesis import given
from hypothesis import strategies as st

from newslint.records.text_damage import may_be_mojibake
from newslint.rules.api import TextRule
from newslint.rules.builtin import BUILTIN
from newslint.testing import fence, lint

TEXT_RULES = [rule() for rule in BUILTIN if issubclass(rule, TextRule)]
AROUND = ["a%sb", " %s ", "A%sZ", "1%s2", "'%s'", "(%s.", "%s b", "x%s, ", "%s", "\n%s\n"]
URL = "http://a.example/?utm_source=x"
PIECES = [
    "a",
    "Z",
    "’",
    "“",
    "â€™",
    "Ã©",
    "é",
    "&amp;",
    "&#8217;",
    "<b>",
    "%2c",
    "%",
    "\u200b",
    "�",
    "\xa0",
    "Œ",
    "Â",
    ",",
    "’s",
    "\x85",
    "?",
]


def test_a_character_by_itself_is_no_mojibake() -> None:
    for number in range(0x80, min(sys.maxunicode, 0x3000)):
        char = chr(number)
        if not may_be_mojibake(f"a{char}b"):
            assert not any(is_bad(text % char) for text in AROUND), repr(char)


@given(
    st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("a ’“”é—ÂÃ®…ñ")), max_size=20)
)
def test_the_fast_path_rejects_only_intact_text(text: str) -> None:
    if not may_be_mojibake(text):
        assert fix_encoding(text) == text


@given(
    st.lists(st.sampled_from([*PIECES, " ", "  ", URL]), min_size=1, max_size=6).map("".join),
    st.booleans(),
)
def test_rules_report_only_texts_that_pass_their_filter(text: str, is_url: bool) -> None:  # noqa: FBT001 # drawn
    field = "webUrl" if is_url else "title"
    quoted = text.replace("\x85", "\\x85")
    files = {"a.md": fence(f'{field}: "{quoted}"')}
    reported = {each.rule for each in lint(TEXT_RULES, files).diagnostics}
    concerned = {
        rule.id for rule in TEXT_RULES if rule.on_urls in (None, is_url) and rule.concerns(text)
    }
    assert reported <= concerned
