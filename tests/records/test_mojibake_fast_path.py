"""The fast path of mojibake detection never rejects damaged text."""

import sys

from ftfy import fix_encoding
from ftfy.badness import is_bad
from hypothesis import given
from hypothesis import strategies as st

from good_texts import SENTENCES
from newslint.records.mojibake import find_mojibake, may_be_mojibake
from newslint.records.mojibake_lines import find_in_line
from newslint.records.text_damage import MojibakeRuns
from newslint.rules.api import TextRule
from newslint.rules.builtin import BUILTIN
from newslint.testing import fence, lint

TEXT_RULES = [rule() for rule in BUILTIN if issubclass(rule, TextRule)]
AROUND = ["a%sb", " %s ", "A%sZ", "1%s2", "'%s'", "(%s.", "%s b", "x%s, ", "%s", "\n%s\n"]
WORDS = sorted({word for text in SENTENCES.values() for word in text.split()})
SINGLE_BYTE = ["latin-1", "sloppy-windows-1252"]
LEGACY = st.sampled_from(
    ["cp1250", "cp1251", "koi8-r", "cp1253", "cp1254", "cp1256", "cp1257", "cp874", "gbk", "cp932"]
)
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


def find_without_filter(text: str) -> list[MojibakeRuns]:
    """Check each line of a text, whatever the fast path says of it."""
    found = [find_in_line.__wrapped__(line) for line in text.splitlines(keepends=True)]
    return [each for each in found if each != MojibakeRuns()]


def test_a_character_by_itself_is_no_mojibake() -> None:
    for number in range(0x80, min(sys.maxunicode, 0x3000)):
        char = chr(number)
        if not may_be_mojibake(f"a{char}b"):
            assert not any(is_bad(text % char) for text in AROUND), repr(char)
            assert not any(find_without_filter(text % char) for text in AROUND), repr(char)


@given(
    st.text(
        st.one_of(st.characters(codec="utf-8"), st.sampled_from("a ’“”é—ÂÃ®…ñ³þýøõº")), max_size=20
    )
)
def test_the_fast_path_rejects_only_intact_text(text: str) -> None:
    if not may_be_mojibake(text):
        assert fix_encoding(text) == text
        assert find_without_filter(text) == []


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), LEGACY)
def test_the_fast_path_rejects_no_text_of_a_legacy_code_page(words: list[str], codec: str) -> None:
    text = " ".join(words).encode(codec, "ignore").decode("latin-1")
    if not may_be_mojibake(text):
        assert find_without_filter(text) == []


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), LEGACY)
def test_a_body_passes_if_one_of_its_lines_does(words: list[str], codec: str) -> None:
    lines = [word.encode(codec, "ignore").decode("latin-1") for word in words]
    passing = any(may_be_mojibake(line) for line in lines)
    assert may_be_mojibake("\n".join(lines)) or not passing


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), st.sampled_from(SINGLE_BYTE))
def test_ftfy_repairs_nothing_exactly_that_is_not_found(words: list[str], codec: str) -> None:
    """A text that ftfy restores is found, except for letters that may be good text."""
    text = " ".join(words)
    damaged = text.encode().decode(codec)
    if damaged != text and fix_encoding(damaged) == text:
        assert find_mojibake(damaged).runs


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
