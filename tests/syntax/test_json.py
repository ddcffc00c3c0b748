"""JSON: values equal to those of `json.loads`, at their places; problems and edits."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.documents import Document, read_document
from newslint.syntax import Limits, Reader
from newslint.syntax.json.strings import map_characters
from newslint.syntax.removal import entry_removals
from newslint.syntax.tree import Scalar
from newslint.syntax.writing import Literal, Replacement, write_literal, write_parts
from newslint.text.location import splice

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    TEXTS | NUMBERS | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXTS, VALUES, max_size=5)
FENCES = [("", ""), ("---json\n", "\n---\n"), (";;;\n", "\n;;;\n"), ("<!--", "-->")]


def read(text: str, name: str = "a.md", **limits: int) -> Document:
    return read_document(name, text.encode("utf-8", "surrogatepass"), Reader(Limits(**limits)))


def problem(text: str, **limits: int) -> tuple[str, str, str]:
    """Return rule, message and source of the only problem."""
    document = read(text, "a.json", **limits)
    (found,) = document.problems
    start, end = map(document.source.offset, found.span)
    return found.rule, found.message, document.source.text[start:end]


def dump(draw: Any, value: Any) -> str:
    indent = draw(st.sampled_from([None, 1, "\t"]))
    return json.dumps(value, indent=indent, ensure_ascii=draw(st.booleans()))


@given(OBJECTS, st.sampled_from(FENCES), st.sampled_from(["", "\ufeff"]), st.data())
def test_values_are_those_of_json_at_their_places(
    value: dict[str, Any], fences: tuple[str, str], mark: str, data: Any
) -> None:
    text = dump(data.draw, value)
    document = read(f"{mark}{fences[0]}{text}{fences[1]}\nbody {{}}\n")
    assert not document.problems
    (root,) = document.roots
    assert repr(root.python) == repr(json.loads(text)) == repr(value)
    assert document.source.text[document.body_start :] == "\nbody {}\n"
    for each in root.scalars():
        start, end = map(document.source.offset, each.span)
        assert repr(json.loads(document.source.text[start:end])) == repr(each.python)
        assert isinstance(each.node, Scalar)
        if isinstance(each.python, str):
            chars = map_characters(each.raw, each.node.style, each.python)
            assert chars is not None
            assert len(chars) == len(each.python)


@given(VALUES, st.data())
def test_a_file_may_be_json_as_a_whole(value: Any, data: Any) -> None:
    document = read(dump(data.draw, value), "a.json")
    assert not document.problems
    assert repr(document.roots[0].python) == repr(value)


@given(TEXTS, TEXTS, st.booleans(), st.data())
def test_parts_of_texts_are_replaced(text: str, new: str, ascii_only: bool, data: Any) -> None:  # noqa: FBT001
    document = read(json.dumps({"k": text, "x": 1}, ensure_ascii=ascii_only))
    value = document.roots[0].get("k")
    assert value is not None
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    parts = [Replacement(start, end, new)]
    offset = document.source.offset
    edits = [
        (offset(span.start), offset(span.end), each) for span, each in write_parts(value, parts)
    ]
    assert json.loads(splice(document.source.text, edits)) == {"k": splice(text, parts), "x": 1}


@given(st.lists(VALUES, min_size=1, max_size=4), st.data())
def test_an_entry_is_removed_with_its_comma(entries: list[Any], data: Any) -> None:
    document = read(dump(data.draw, {"related": entries, "x": 1}))
    removals = entry_removals(document.source, document.roots[0], "related")
    assert [*removals] == [*range(len(entries))]
    index = data.draw(st.sampled_from([*removals]))
    offset = document.source.offset
    edits = [(offset(span.start), offset(span.end), new) for span, new in removals[index]]
    fixed = json.loads(splice(document.source.text, edits))
    assert repr(fixed) == repr({"related": entries[:index] + entries[index + 1 :], "x": 1})


@pytest.mark.parametrize(
    ("value", "style", "original", "written"),
    [
        (84, "json:", "", "84"),
        (84, 'json:"', "", '"84"'),
        (None, "json:", "", "null"),
        ("84", "json:", "", '"84"'),
        (Literal("1e3"), "json:", "json:", "1e3"),
        (Literal("2022-09-12"), "json:", "toml:", '"2022-09-12"'),
    ],
)
def test_literals(value: Any, style: str, original: str, written: str) -> None:
    assert write_literal(value, style, "", original) == written


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ('{"a": 1,}', "no ',' may stand before the closing '}'; delete it", ","),
        ("[1,]", "no ',' may stand before the closing ']'; delete it", ","),
        ('{"a" 1}', "a ':' is missing after the key", '"a"'),
        ('{"a": 1 "b": 2}', "a ',' or the closing '}' is missing before this", '"'),
        ('{"a": [1', "the '[' that opens here is never closed by ']'", "["),
        ('{"a": ', "a '{' or '[' above is never closed", ""),
        ("{a: 1}", "a key between double quotes is expected here", "a"),
        ("{'a': 1}", "JSON has double quotes only; write '\"' instead of this", "'"),
        ('{"a": True}', "write 'true', as JSON does", "True"),
        ('{"a": NaN}', "JSON has no such number", "NaN"),
        ('{"a": 01}', "this is no value of JSON; put it in double quotes if it is text", "01"),
        ('{"a": 1} // x', "the values end above this; delete what follows", "/"),
        ('{ // x\n"a": 1}', "JSON has no comments; delete this one", "/"),
        ('{"a": "x\n"}', "the quote that opens here is never closed on its line", '"'),
        ('{"a": "x', "the quote that opens here is never closed", '"'),
        ('{"a": "\\q"}', "this escape has no meaning; write '\\\\' for a backslash", "\\q"),
        ('{"a": "x\ty"}', "a tab cannot stand in a string; write it as '\\t'", "\t"),
        (
            '{"a": "\\u12"}',
            "'\\u' must be followed by 4 hexadecimal digits; write '\\\\' for a backslash",
            "\\u",
        ),
        ('{"a": "\\ud83d"}', "an escape between these quotes is half a character", '"\\ud83d"'),
        ("[" * 10_000 + "]" * 10_000, "values are nested deeper than 100 levels", "["),
        (f'{{"a": {"1" * 5000}}}', "a number has too many digits", "1" * 5000),
    ],
)
def test_problems_have_places(text: str, message: str, place: str) -> None:
    rule, found, source = problem(text)
    assert (rule, source) == ("json-syntax", place)
    assert found.startswith(message)


def test_escapes_and_numbers_are_not_those_of_yaml() -> None:
    text = f'{{"a": "\\ud83d\\ude00\\/", "b": 1e3, "{"k" * 2000}": null, "y": 12e03}}'
    assert read(text).roots[0].python == json.loads(text)


def test_a_key_given_twice_is_reported_and_the_last_counts() -> None:
    document = read('{"a": [{"b": 1,\n "b": 2}]}')
    (found,) = document.problems
    assert (found.rule, found.pointer, found.span.start) == ("duplicate-key", "/a/0", (2, 2))
    assert found.message == "the key 'b' is given twice; JSON parsers keep the last"
    assert document.roots[0].python == {"a": [{"b": 2}]}


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"line": 8}, "a line of more than 8 characters"),
        ({"depth": 2}, "values are nested deeper than 2 levels"),
        ({"entries": 2}, "a list of more than 2 entries"),
        ({"nodes": 4}, "more than 4 values"),
    ],
)
def test_limits(limits: dict[str, int], message: str) -> None:
    assert problem('{"a": [[1],\n2, 3]}\n', **limits)[:2] == ("json-syntax", message)


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        (
            ";;;\n{}\n",
            "unclosed-front-matter",
            "opened by ';;;' and never closed; add a line ';;;' after it",
        ),
        (
            "<!--{}\n",
            "unclosed-front-matter",
            "opened by '<!--{' and never closed; add a line '-->' after it",
        ),
        ('{"a": {}\nbody\n', "json-syntax", "a ',' or the closing '}' is missing before this"),
    ],
)
def test_an_object_that_is_not_closed(text: str, rule: str, message: str) -> None:
    (found,) = read(text).problems
    assert found.rule == rule
    assert found.message.endswith(message)
