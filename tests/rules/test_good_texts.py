"""No rule on texts reports damage in good text of any language, or changes it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from good_texts import GOOD_TEXTS, variants
from newslint.diagnostics import Diagnostic, Safety
from newslint.rules.api import TextRule
from newslint.rules.builtin import BUILTIN
from newslint.testing import fence, lint

TEXT_RULES = [rule() for rule in BUILTIN if issubclass(rule, TextRule)]
DAMAGE = ("mojibake", "control-character", "invisible-character", "html-entity", "html-markup")
GOOD = sorted({each for text in GOOD_TEXTS for each in variants(text)})


def check(*texts: str) -> list[Diagnostic]:
    """Check texts as plain text, and as the body of a file."""
    listed = "".join(f"\n  - {json.dumps(text, ensure_ascii=False)}" for text in texts)
    files = {"a.md": fence(f"topics:{listed}") + "\n".join(texts) + "\n"}
    return list(lint(TEXT_RULES, files).diagnostics)


def assert_untouched(*texts: str) -> None:
    found = check(*texts)
    assert [each.message for each in found if each.rule in DAMAGE] == []
    assert [each.rule for each in found if each.fix and each.fix.safety is Safety.SAFE] == []


@pytest.mark.parametrize("text", GOOD_TEXTS)
def test_good_text_is_not_touched(text: str) -> None:
    assert_untouched(*variants(text))


@given(
    st.lists(st.sampled_from(GOOD), min_size=1, max_size=6), st.sampled_from(["\xa0", " ", "\n"])
)
def test_mixed_good_texts_are_not_touched(texts: list[str], gap: str) -> None:
    assert_untouched(*texts, "— ".join(texts) if gap == " " else gap.join(texts))


@pytest.mark.parametrize(
    "text",
    [
        "zaterdag ’s avonds en ’s morgens",
        "Wie geht ’s dir?",
        "oran %20 arttı, (%61) ve %5e kadar",
        "prezioak %20 igo dira",
        "\u3000東京の天気は晴れ\u3000\u3000明日は雨",
        "速報\u3000\u3000東京",
        "it’s 5 % – 10\u202f%, «\u202foui\u202f»\u202f!",
        "B&B; Q&A & more, a < b > c",
    ],
)
def test_habits_of_languages(text: str) -> None:
    assert_untouched(text)
