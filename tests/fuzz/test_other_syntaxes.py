"""Whatever stands between the fences of TOML and JSON, it is read as by Python, or has a place."""

import json
import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from newslint.documents import Document, read_document
from newslint.syntax import Reader

TOML = st.lists(
    st.sampled_from(
        [
            "title",
            "a.b",
            "=",
            "[",
            "]",
            "[[",
            "]]",
            "{",
            "}",
            ",",
            ".",
            '"',
            "'",
            '"""',
            "'''",
            "\\",
            "\\u00e9",
            "#",
            "1",
            "-1.5",
            "true",
            "inf",
            "2022-09-12",
            "é",
            "\n",
            "\r\n",
            "\t",
            "+++",
            "secured",
            "newslint:",
        ]
    )
    | st.text(max_size=3),
    max_size=24,
).map(" ".join)
JSON = st.lists(
    st.sampled_from(
        [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            '"',
            '"a"',
            '"title"',
            "\\",
            "\\ud83d",
            "\\ude00",
            "1",
            "-1.5e3",
            "true",
            "null",
            "NaN",
            "é",
            "//",
            "\n",
            "secured",
        ]
    )
    | st.text(max_size=3),
    max_size=24,
).map(" ".join)


def read(name: str, text: str) -> Document:
    """Read a file; each problem has a place in it."""
    document = read_document(name, text.encode("utf-8", "surrogatepass"), Reader())
    for problem in document.problems:
        start, end = map(document.source.offset, problem.span)
        assert 0 <= start <= end <= len(document.source.text)
    for root in document.roots:
        for value in root.scalars():
            start, end = map(document.source.offset, value.span)
            assert 0 <= start < end <= len(document.source.text)
    return document


@given(TOML)
def test_any_toml_is_read_or_has_a_place(text: str) -> None:
    document = read("a.toml", text)
    expected = loads(tomllib.loads, text.removeprefix("\ufeff"))
    if document.roots:
        assert repr(document.roots[0].python) == repr(expected) or expected is None
    elif expected:
        assert document.problems


@given(JSON | JSON.map(lambda text: '{"a": ' + text))
def test_any_json_is_read_or_has_a_place(text: str) -> None:
    document = read("a.json", text)
    expected = loads(json.loads, text.removeprefix("\ufeff"))
    if document.roots:
        assert repr(document.roots[0].python) == repr(expected)
    else:
        assert document.problems


@given(st.sampled_from(["+++\n", ";;;\n", "<!--", "---toml\n", "---json\n", ""]), TOML, JSON)
def test_any_front_matter_is_read_or_has_a_place(fence: str, toml: str, object_: str) -> None:
    read("a.md", f"{fence}{toml}\n{fence}")
    read("a.md", f"{fence}{object_}\n{fence}")


def loads(parse: Any, text: str) -> Any:
    try:
        return parse(text)
    except (ValueError, RecursionError):
        return None
