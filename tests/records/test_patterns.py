"""Patterns of ECMA-262 mean the same to the engine that matches them."""

from typing import Any

import pytest

from newslint.records.schema.json_schema import JsonSchema
from newslint.records.schema.patterns import PatternTranslator, translate_pattern


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?<n>a)\k<n>", "aa"),
        (r"(?<n>a)(b)\k<n>1", "aba1"),
        (r"(a)(?<n>b)\k<n>", "abb"),
        (r"(a)\1", "aa"),
        (r"[[](?!x)", "["),
        (r"[^](?=b)", "\nb"),
        (r"\ud83d\ude00", "😀"),
        (r"^[\ud83d\ude00-\ud83d\ude0f](?!x)", "😁"),
        (r"\s(?=b)", "\ufeffb"),
        (r"[\D](?=b)", "٣b"),
        (r"[^\W_](?=b)", "ab"),
        (r"\0(?=a)", "\0a"),
        (r"\p{L}(?=b)", "éb"),
        (r"^[\w.-]+$", "a.b-c"),
        (r"a\(b", "a(b"),
        (r"[(]\d", "(1"),
        (r"^\\d$", r"\d"),
        (r"[\]a](?=b)", "]b"),
        (r"[a&&b]", "&"),
        (r"[\b]", "\b"),
        (r"\bfoo\b", "foo"),
        (r"^[\s\S]+$", "x y"),
        (r"^[\d-]+$", "1-2"),
        (r"^{{ .+ }}$", "{{ page.title }}"),
        (r"^/{id}/\d{2}$", "/{id}/12"),
        (r"^a{,3}$", "a{,3}"),
        (r"^\p{L}{2,3}(?=b)", "éab"),
        (r"^\u{1F600}{2}$", "\U0001f600\U0001f600"),
    ],
)
def test_patterns_that_match(pattern: str, text: str) -> None:
    assert JsonSchema({"pattern": pattern}).check_record(text) == ()


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?<n>a)\k<n>", "ab"),
        (r"[](?=b)", "ab"),
        (r"\w(?=b)", "éb"),
        (r"\d(?=b)", "٣b"),
        (r"\S(?=b)", "\ufeffb"),
        (r"[^\W_](?=b)", "_b"),
        (r"^[^\s]+$", "\ufeff"),
    ],
)
def test_patterns_that_do_not_match(pattern: str, text: str) -> None:
    (found,) = JsonSchema({"pattern": pattern}).check_record(text)
    assert found.message.endswith(f"which does not match {pattern}")


@pytest.mark.parametrize(
    "pattern", ["(", "[a", "*", ")", r"\k<n>", r"(?<n>a)\k<m>", "a{2,1}", "(?<=a"]
)
def test_texts_that_are_no_patterns(pattern: str) -> None:
    with pytest.raises(ValueError, match="regex"):
        JsonSchema({"pattern": pattern})


def test_only_patterns_are_translated() -> None:
    schema: dict[str, Any] = {
        "const": {"pattern": r"\d"},
        "enum": [{"pattern": r"\d"}],
        "default": r"\d",
        "properties": {"pattern": {"description": r"\d", "items": [{"pattern": r"\d"}]}},
        "patternProperties": {r"\d": {"pattern": "a"}},
    }
    translator = PatternTranslator()
    translated = translator.translate_schema(schema)
    assert translated == schema | {
        "properties": {"pattern": {"description": r"\d", "items": [{"pattern": "[0-9]"}]}},
        "patternProperties": {"[0-9]": {"pattern": "a"}},
    }
    assert translator.originals == {"[0-9]": r"\d"}


def test_a_pattern_without_special_forms_stays_as_it_is() -> None:
    assert translate_pattern(r"^(?:a|[b-z]+\.)\p{L}*(?=x)$") == r"^(?:a|[b-z]+\.)\p{L}*(?=x)$"
