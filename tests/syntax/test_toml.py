"""TOML: values equal to those of `tomllib`, at their places; problems, edits and comments."""

import datetime
import json
import math
import tomllib
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newslint.documents import Document, read_document
from newslint.records.schema.infer import infer_schema
from newslint.records.schema.json_schema import JsonSchema
from newslint.syntax import Limits, Reader, Value
from newslint.syntax.toml.strings import map_characters
from newslint.syntax.tree import Scalar
from newslint.syntax.writing import Literal, Replacement, write_literal, write_parts, write_text
from newslint.text.location import splice

STYLES = ["toml:", 'toml:"', "toml:'", 'toml:"""', "toml:'''"]


def read(toml: str, **limits: int) -> Document:
    text = f"+++\n{toml}\n+++\nbody\n"
    return read_document("a.md", text.encode("utf-8", "surrogatepass"), Reader(Limits(**limits)))


def problem(toml: str, **limits: int) -> tuple[str, str, str]:
    """Return rule, message and source of the only problem."""
    document = read(toml, **limits)
    (found,) = document.problems
    start, end = map(document.source.offset, found.span)
    return found.rule, found.message, document.source.text[start:end]


def source_of(document: Document, value: Value) -> str:
    start, end = map(document.source.offset, value.span)
    return document.source.text[start:end]


def same(one: Any, other: Any) -> bool:
    """Compare values; unlike `==`, not-a-number is itself, and 1 is neither True nor 1.0."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [*one] == [*other] and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    return type(one) is type(other) and one == other


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(
    "ab'\"\\\n\t é€😀#=[]{},.", max_size=12
)
KEYS = st.sampled_from(["title", "a", "b", "related", "x-y", "1", "q r", "é", '"', "a.b"])


def write_key(key: str) -> str:
    return key if key.isascii() and key.replace("-", "").isalnum() else basic(key)


def basic(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@st.composite
def strings(draw: st.DrawFn) -> str:
    """Draw the source of a string in any of the four styles."""
    text = draw(TEXTS)
    style = draw(st.sampled_from(STYLES[1:]))
    start = draw(st.sampled_from(["", "\n", "\r\n"]))
    source = {
        STYLES[1]: basic(text),
        STYLES[2]: f"'{text}'",
        STYLES[3]: f'"""{start}' + basic(text)[1:-1].replace("\\n", "\n") + '"""',
        STYLES[4]: f"'''{start}{text}'''",
    }[style]
    if draw(st.booleans()) and style == STYLES[3]:
        source = source.replace(" ", " \\\n   \n ", 1)
    return source if is_toml(f"k = {source}") else basic(text)


def is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except ValueError:
        return False
    return True


LITERALS = st.sampled_from(
    [
        "0",
        "-17",
        "+99",
        "1_000",
        "0xDEAD",
        "0o755",
        "0b11",
        "3.14",
        "6.02e23",
        "-0.0",
        "inf",
        "-inf",
        "nan",
        "true",
        "false",
        "1979-05-27",
        "07:32:00",
        "07:32:00.999",
        "1979-05-27T07:32:00",
        "1979-05-27T07:32:00Z",
    ]
) | st.sampled_from(["1979-05-27 07:32:00.5-07:00"])
GAPS = st.sampled_from(["", " ", "\t", "\n", " # note, ]\n", "\r\n"])


@st.composite
def arrays(draw: st.DrawFn, items: st.SearchStrategy[str]) -> str:
    parts = draw(st.lists(items, max_size=3))
    inside = ",".join(draw(GAPS) + part + draw(GAPS) for part in parts)
    return f"[{inside}{',' if parts and draw(st.booleans()) else ''}{draw(GAPS)}]"


@st.composite
def inline_tables(draw: st.DrawFn, items: st.SearchStrategy[str]) -> str:
    keys = draw(st.lists(KEYS, max_size=3, unique=True))
    return "{" + ", ".join(f"{write_key(key)} = {draw(items)}" for key in keys) + "}"


VALUES = st.recursive(
    strings() | LITERALS, lambda inner: arrays(inner) | inline_tables(inner), max_leaves=6
)
DOTTED = st.lists(KEYS.map(write_key), min_size=1, max_size=3).map(".".join)
STATEMENTS = st.one_of(
    st.builds("{} = {}".format, DOTTED, VALUES),
    st.builds("{}[{}]".format, st.sampled_from(["", "  "]), DOTTED),
    st.builds("[[{}]]".format, DOTTED),
    st.sampled_from(["", "# é: a note", "   "]),
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Draw a document: statements that contradict those above them are left out."""
    text, end = "", draw(st.sampled_from(["\n", "\r\n"]))
    for statement in draw(st.lists(STATEMENTS, max_size=12)):
        longer = text + statement + draw(st.sampled_from(["", " ", " # end"])) + end
        text = longer if is_toml(longer) else text
    return text


@given(documents())
def test_values_are_those_of_tomllib_at_their_places(toml: str) -> None:
    assume("\n+++" not in toml)
    document = read(toml)
    expected = tomllib.loads(toml)
    if not expected:
        assert [each.rule for each in document.problems] == ["missing-front-matter"]
        return
    assert not document.problems
    (root,) = document.roots
    assert same_unordered(root.python, expected)
    for value in root.scalars():
        source = source_of(document, value)
        assert same(tomllib.loads(f"k = {source}")["k"], value.python)
        check_places(document, value)


def same_unordered(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_unordered(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_unordered, one, other))
    return same(one, other)


def check_places(document: Document, value: Value) -> None:
    """Check the key of a value, and the places of the characters of a text."""
    parent, _, key = value.pointer.rpartition("/")
    above = document.roots[0].find(parent)
    assert above is not None
    key_span = above.key_span(key.replace("~1", "/").replace("~0", "~"))
    if key_span is not None:
        start, end = map(document.source.offset, key_span)
        text = document.source.text[start:end]
        assert [*tomllib.loads(f"{text} = 1")] == [key]
    assert isinstance(value.node, Scalar)
    if isinstance(value.python, str):
        chars = map_characters(value.raw, value.node.style, value.python)
        assert chars is not None
        assert len(chars) == len(value.python)


@given(strings(), TEXTS, st.data())
def test_parts_of_texts_are_replaced_in_their_style(source: str, new: str, data: Any) -> None:
    assume("\n+++" not in source + new)
    document = read(f"k = {source} # note")
    value = document.roots[0].get("k")
    assert value is not None
    text = value.python
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    parts = [Replacement(start, end, new)]
    edits = write_parts(value, parts)
    offset = document.source.offset
    fixed = splice(
        document.source.text, [(offset(span.start), offset(span.end), each) for span, each in edits]
    )
    after = read_document("a.md", fixed.encode(), Reader())
    assert after.roots[0].python == {"k": splice(text, parts)}
    assert fixed.endswith(" # note\n+++\nbody\n")


@given(TEXTS, st.sampled_from(STYLES), strings())
def test_texts_are_written_in_a_style_or_in_double_quotes(
    text: str, style: str, source: str
) -> None:
    written = write_text(text, style, source)
    assert tomllib.loads(f"k = {written}") == {"k": text}
    assert tomllib.loads(f"k = [{{x = {written}}}]") == {"k": [{"x": text}]}


@pytest.mark.parametrize(
    ("value", "style", "original", "written"),
    [
        (84, "toml:", "", "84"),
        (84, 'toml:"', "", '"84"'),
        (True, "toml:", "", "true"),
        ("84", "toml:", "", '"84"'),
        (Literal("2022-09-12T21:33:00Z"), "toml:", "toml:", "2022-09-12T21:33:00Z"),
        (Literal("2022-09-12T21:33:00Z"), "toml:", "", "2022-09-12T21:33:00Z"),
        (Literal("2022-09-12T21:33:00Z"), "toml:", "'", '"2022-09-12T21:33:00Z"'),
        (Literal("2022-9-12"), "toml:", "", '"2022-9-12"'),
        (Literal("2022-09-12T21:33:00Z"), "toml:'", "", "'2022-09-12T21:33:00Z'"),
        (datetime.date(2022, 9, 12), "toml:", "", "2022-09-12"),
    ],
)
def test_literals(value: Any, style: str, original: str, written: str) -> None:
    assert write_literal(value, style, "", original) == written


@pytest.mark.parametrize(
    ("toml", "message", "source"),
    [
        (
            "title = PyTorch",
            "this is no value of TOML; put it in double quotes if it is text",
            "PyTorch",
        ),
        ("a = True # x", "write 'true', as TOML does", "True"),
        (
            "a = 2022-13-01",
            "this is no number, date or time of TOML; put it in double quotes if it is text",
            "2022-13-01",
        ),
        (
            "a = 01",
            "this is no number, date or time of TOML; put it in double quotes if it is text",
            "01",
        ),
        ("title", "a '=' is missing after the key; write 'key = value'", ""),
        ('a = "x" y', "text follows the value; put all of it in quotes", "y"),
        ('k = "\\q"', "'\\' between double quotes starts no escape; write '\\\\'", None),
        ("b = [1,\n", "a value is missing, or a '[' or '{' above is never closed", ""),
        ("b = [1 2]", "a '[' above is never closed by ']', or a ',' is missing", "2"),
        ("a = 1\n\na = 2", "this key is given twice; TOML allows each once", "a"),
        ("[a]\nb = 1\n[a]\nc = 1", "this key is given twice; TOML allows each once", "a"),
        ("a = {b = 1, b = 2}", "this key is given twice; TOML allows each once", "b"),
        ("a = 1\n[a.b]", "this key is given twice; TOML allows each once", "a.b"),
        ("a = [" + "[" * 200 + "]" * 201, "values are nested deeper than 100 levels", None),
        ("a = " + "[" * 10_000 + "]" * 10_000, "values are nested deeper than 100 levels", None),
        (".".join("a" * 10_000) + " = 1", "values are nested deeper than 100 levels", None),
        ("a = " + "1" * 5000, "a number has too many digits", "1" * 5000),
        (
            "a = 1\x07",
            "a control character or a line end cannot stand here; write it as an escape",
            None,
        ),
    ],
)
def test_problems_have_places(toml: str, message: str, source: str | None) -> None:
    rule, text, place = problem(toml)
    assert (rule, text) == ("toml-syntax", message)
    assert source is None or place == source


def test_a_repeated_key_names_the_first_one() -> None:
    (found,) = read("a = 1\nb = 2\na = 3").problems
    ((span, note),) = found.related
    assert (span.start.line, note, found.span.start.line) == (2, "it is given here, too", 4)


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
    assert problem("a = [[1],\n2, 3]\n", **limits)[:2] == ("toml-syntax", message)


RELATED = """\
title = "x"
[[related]] # first
t = 1

[[related]]
t = 2
[related.provider]
n = 1 # kept

# about the third
[[related]]
t = 3

[tail]
x = 1
"""


@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_entry_of_an_array_of_tables_is_removed(index: int, end: str) -> None:
    fixed = remove(RELATED.replace("\n", end), index)
    expected = tomllib.loads(RELATED)
    del expected["related"][index]
    assert tomllib.loads(fixed) == expected
    assert "# about the third" in fixed


@pytest.mark.parametrize(
    ("toml", "index", "fixed"),
    [
        ("related = [1, 2, 3]\n", 0, "related = [2, 3]\n"),
        ("related = [1, 2, 3]\n", 2, "related = [1, 2]\n"),
        ("related = [1]\n", 0, "related = []\n"),
        ("related = [\n  {a = 1},\n  {a = 2},\n]\n", 1, "related = [\n  {a = 1},\n]\n"),
        ("a = 1 # b\n\n[[related]]\nx = 1\n", 0, "a = 1 # b\nrelated = []\n"),
        ("[[related]]\nx = 1\n", 0, "related = []\n"),
        ("[a]\nx = 1\n\n[[related]]\nx = 1\n", 0, "related = []\n[a]\nx = 1\n"),
        (
            "[[related]]\nx = 1\n[b]\n[related.c]\n[[related]]\n",
            1,
            "[[related]]\nx = 1\n[b]\n[related.c]\n",
        ),
    ],
)
def test_removals(toml: str, index: int, fixed: str) -> None:
    assert remove(toml, index) == fixed


def test_an_entry_among_other_tables_stays() -> None:
    assert 0 not in removals("[[related]]\nx = 1\n[b]\n[related.c]\n[[related]]\n")
    assert removals("related = [1, # one\n 2]\n") == {}


def removals(toml: str) -> dict[int, Any]:
    from newslint.syntax.removal import entry_removals

    document = read(toml.rstrip("\n"))
    return entry_removals(document.source, document.roots[0], "related")


def remove(toml: str, index: int) -> str:
    from newslint.syntax.removal import entry_removals

    text = f"+++\n{toml}+++\n"
    document = read_document("a.md", text.encode(), Reader())
    edits = entry_removals(document.source, document.roots[0], "related")[index]
    offset = document.source.offset
    spans = sorted((offset(span.start), offset(span.end), new) for span, new in edits)
    return splice(text, spans)[4:-4]


def test_comments_are_found_and_not_those_in_texts() -> None:
    document = read('a = "# no" # one\n# two\nb = [1, # three\n2]\nc = """\n# no\n""" # four')
    layout = document.front_matter.layout(document.source)
    text = document.source.text
    assert [text[slice(*span)] for span in layout.comments()] == [
        "# one",
        "# two",
        "# three",
        "# four",
    ]


@pytest.mark.parametrize(
    ("toml", "covered"),
    [
        ("# newslint: ignore[x]\na = 1\nb = 2", (3, 4)),
        ("# newslint: ignore[x]\na = [\n1,\n]\nb = 2", (3, 6)),
        ("a = [\n# newslint: ignore[x]\n1,\n2]", (4, 5)),
        ("a = 1 # newslint: ignore[x]\nb = 2", (2, 3)),
        ('a = """\nx\n""" # newslint: ignore[x]\nb = 2', (2, 5)),
        ("# newslint: ignore[x]\n[[r]]\na = 1\n[r.p]\nb = 2\n\n[[r]]\na = 1", (3, 7)),
        ("a = 1\n# newslint: ignore[x]\n[r]\nb = 2\n[q]", (4, 6)),
    ],
)
def test_suppression_comments_cover_a_value(toml: str, covered: tuple[int, int]) -> None:
    (comment,) = read(toml).suppression_comments
    assert comment.covers is not None
    assert (comment.covers.start.line, comment.covers.end.line) == covered


@pytest.mark.parametrize("schema", [{"type": "number"}, {"type": "string"}])
def test_a_time_has_the_wrong_type(schema: dict[str, Any]) -> None:
    fields = read("t = 07:32:00").roots[0].python
    (found,) = JsonSchema({"properties": {"t": schema}}).check_record(fields)
    assert found.pointer == "/t"
    assert found.message.startswith("t is a time without a date, expected ")


def test_a_schema_is_inferred_from_times() -> None:
    records = [read(f"t = 07:32:0{second}").roots[0].python for second in (0, 1)]
    assert infer_schema(records)["properties"] == {"t": {}}  # any text would forbid times
