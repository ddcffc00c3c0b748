"""The tree: its values against PyYAML's, its spans against the text, its limits."""

from typing import Any

import pytest
from hypothesis import given

from call_counts import count_calls
from newslint.syntax import Fragment, Limits, Problem, Value
from newslint.syntax.tree import Alias, Mapping, Scalar, Sequence
from newslint.syntax.yaml.collection_stack import MAX_DUPLICATE_KEYS
from newslint.text import SourceText
from oracle import LIMITS, NOT_YAML_1_1, loads, root, same, tree, walk
from strategies import anything, documents


def value_of(text: str) -> Any:
    return root(text).python


def stop(text: str, limits: Limits = LIMITS) -> Problem:
    """Parse a text and return the problem that stopped the parser."""
    built = tree(text, limits)
    assert built.roots == []
    return built.problems[-1]


def excerpt(text: str, problem: Problem) -> str:
    source = SourceText(text)
    return text[source.offset(problem.span.start) : source.offset(problem.span.end)]


@given(anything)
def test_values_are_those_of_pyyaml(text: str) -> None:
    built = tree(text)
    stopped = any(problem.rule != "duplicate-key" for problem in built.problems)
    if NOT_YAML_1_1.search(text):
        return
    expected = loads(text)
    if expected is None:
        assert stopped or any(sign in text for sign in ("!", "<<", "&"))
    elif not stopped:
        assert same(expected, [node.to_python() for node in built.roots])
    else:
        assert "&" in text or "!!" in text


@given(documents())
def test_generated_documents_are_read(text: str) -> None:
    if not NOT_YAML_1_1.search(text) and loads(text) is not None:
        assert tree(text).roots


@given(anything)
def test_spans_lie_in_the_file_and_inside_each_other(text: str) -> None:
    source = SourceText(text)
    for node in tree(text).roots:
        for value in walk(Value(Fragment(source, node), node)):
            start, end = (source.offset(position) for position in value.span)
            assert 0 <= start <= end <= len(text)
            assert source.span(start, end) == value.span
            if isinstance(value.node, Mapping | Sequence):
                _encloses(value)
                assert text[start : start + 1] not in " \t\r\n"
                assert text[end - 1 : end] not in " \t\r\n" or "|" in text or ">" in text


def _encloses(value: Value) -> None:
    for key, child in value.items():
        if value.owns(key):
            inner = value.key_span(key) or child.span
            assert value.span.start <= inner.start <= child.span.start
            assert inner.end <= value.span.end
            assert child.span.end <= value.span.end


@given(anything)
def test_a_scalar_read_by_itself_has_the_same_value(text: str) -> None:
    source = SourceText(text)
    for node in tree(text).roots:
        for value in walk(Value(Fragment(source, node), node)):
            scalar = value.node
            if isinstance(scalar, Scalar) and not scalar.tagged and value.raw[:1] not in set("|>"):
                _reads_back(value.raw, scalar)


def _reads_back(raw: str, scalar: Scalar) -> None:
    """Parse a plain scalar as a document, since a `,` in it would end it in brackets."""
    again = tree(raw).roots
    if not raw or raw in "-?:" or raw.startswith(("---", "...")):
        return
    assert len(again) == 1, raw
    assert same(again[0].to_python(), scalar.value)


@pytest.mark.parametrize(
    ("yaml", "spans"),
    [
        ("a: b", ["a: b", "b"]),
        ("a:  'b'  # c\n", ["a:  'b'", "'b'"]),
        ("a: |\n  x\n\n\nb: c\n", ["a: |\n  x\n\n\nb: c", "|\n  x\n", "c"]),
        ("a: |+\n  x\n\n\n", ["a: |+\n  x\n\n\n", "|+\n  x\n\n\n"]),
        ("a: | # +\r  x\r\rb: c\r", ["a: | # +\r  x\r\rb: c", "| # +\r  x\r", "c"]),
        ("a: |1\n    \n \nb: c", ["a: |1\n    \n \nb: c", "|1\n    \n", "c"]),
        ("a: |\n\n\nb: c", ["a: |\n\n\nb: c", "|\n", "c"]),
        ("a: >\n  x\n  \n", ["a: >\n  x\n", ">\n  x\n"]),
        ("a: |\n  x", ["a: |\n  x", "|\n  x"]),
        ("? a\n\n# c\n\n? b\n", ["? a\n\n# c\n\n? b", "", ""]),
        ("{a   , b}", ["{a   , b}", "", ""]),
        ("[a: b, c]", ["[a: b, c]", "a: b", "b", "c"]),
        ("a:\n- b\n-\n\nc:\n", ["a:\n- b\n-\n\nc:", "- b\n-", "b", "", ""]),
        ("a: &x b\nc: *x\n", ["a: &x b\nc: *x", "b", "*x"]),
        ("a: &x {b: c}\nd:\n  <<: *x\n", ["a: &x {b: c}\nd:\n  <<: *x", "{b: c}", "c", "<<: *x"]),
        ("a: 'é'\nb: 😀 x\n", ["a: 'é'\nb: 😀 x", "'é'", "😀 x"]),
    ],
)
def test_spans(yaml: str, spans: list[str]) -> None:
    source = SourceText(yaml)
    found = [
        (source.offset(value.span.start), source.offset(value.span.end))
        for value in walk(root(yaml))
    ]
    assert [yaml[start:end] for start, end in found] == spans


def test_the_span_of_a_key() -> None:
    yaml = "k: &x y\n'a b': 1\n*x : 2\n"
    source = SourceText(yaml)
    spans = [root(yaml).key_span(key) for key in ("k", "a b", "y")]
    keys = [yaml[source.offset(span.start) : source.offset(span.end)] for span in spans if span]
    assert keys == ["k", "'a b'", "*x"]


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        (
            "2: a\ntrue: b\n~: c\n2022-01-01: d\n",
            {"2": "a", "true": "b", "~": "c", "2022-01-01": "d"},
        ),
        ('!!int "3": a\n', {"3": "a"}),
        ("? \n: a\n", {"": "a"}),
        ("a: =\nb: 2022-13-45\n", {"a": "=", "b": "2022-13-45"}),
        ("! '1'", 1),
        ("a: !\n", {"a": ""}),
        ("! {a: ! [b]}", {"a": ["b"]}),
        ("!!set {a, b}", {"a": None, "b": None}),
        ("!!omap [a: 1]", [{"a": 1}]),
        ("!!binary aGk=", b"hi"),
        ("!!binary é", "é"),
        ("!!str 1", "1"),
    ],
)
def test_values(yaml: str, value: Any) -> None:
    assert value_of(yaml) == value


def test_a_duplicate_key_is_a_problem_and_the_last_one_wins() -> None:
    yaml = "a: 1\nb:\n  - {c: 1, 'c': 2}\n'a': 3\n"
    built = tree(yaml)
    assert built.roots[0].to_python() == {"b": [{"c": 2}], "a": 3}
    inner, outer = built.problems
    assert (inner.rule, inner.pointer, excerpt(yaml, inner)) == ("duplicate-key", "/b/0", "'c'")
    assert (outer.rule, outer.pointer, excerpt(yaml, outer)) == ("duplicate-key", "", "'a'")
    assert outer.message == "the key 'a' is given twice; YAML parsers keep the last"
    ((span, note),) = outer.related
    assert (span, note) == (SourceText(yaml).span(0, 1), "the first value, which parsers ignore")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        *(("yes", "true"), ("on", "Yes"), ("no", "off"), ("null", "~"), ("NULL", "Null")),
        *(("1", "01"), ("1", "0x1"), ("1", "1.0"), ("10", "1_0"), ("750", "12:30"), ("0", "-0.0")),
        *((".nan", ".NaN"), (".inf", "+.inf"), ("1", "true"), ("!!int 1", "1")),
        *(("2022-01-23T10:00:00Z", "2022-01-23 11:00:00 +1"), ("!!str 1", "'1'")),
        ("!!binary aGk=", '!!binary "aGk="'),
    ],
)
def test_keys_of_equal_values_are_one_key(first: str, second: str) -> None:
    built = tree(f"{first}: a\n{second}: b\n")
    (problem,) = built.problems
    assert problem.rule == "duplicate-key"
    assert problem.message.endswith("; YAML parsers keep the last")
    assert list(built.roots[0].to_python().values()) == ["b"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        *(("1", '"1"'), ("'true'", "true"), ("null", '"null"'), ("~", "'~'"), ("y", "true")),
        *(("2022-01-23", '"2022-01-23"'), ("2022-01-23", "2022-01-23T00:00:00Z"), ("1", "1.5")),
        *(("1", "!!str 1"), ("aGk=", "!!binary aGk="), ("0", "null"), ("a", "A"), ("08", "8")),
    ],
)
def test_keys_of_different_values_are_two_keys(first: str, second: str) -> None:
    for one, other in ((first, second), (second, first)):
        built = tree(f"{one}: a\n{other}: b\n")
        assert built.problems == []
        assert list(built.roots[0].to_python().values()) == ["a", "b"]


def test_a_key_has_quotes_if_its_text_is_that_of_another_value() -> None:
    built = tree("1: a\n'1': [{x: 1, x: 2}]\n'\"1\"': c\n01: d\n\"1\": e\n")
    assert built.roots[0].to_python() == {'""1""': "c", "01": "d", "1": "e"}
    assert [(each.message.split(";")[0], each.pointer) for each in built.problems] == [
        ("the key 'x' is given twice", '/"1"/0'),
        ("the keys '1' and '01' are equal", ""),
        ("the key '1' is given twice", ""),
    ]


def test_merged_keys_are_compared_by_value() -> None:
    assert value_of("a: &x {yes: 1, '2': 2, 3: 3}\nb: {<<: *x, true: 4, 2: 5, 3.0: 6}\n")["b"] == {
        "true": 4,
        "2": 5,
        "3.0": 6,
        '"2"': 2,
    }


def test_pointers_of_problems_use_the_text_of_keys() -> None:
    (problem,) = tree("true:\n  1: [{a: 1, a: 2}]\n").problems
    assert problem.pointer == "/true/1/0"


def test_each_document_of_a_stream_has_its_root_and_its_anchors() -> None:
    assert [node.to_python() for node in tree("a: &x 1\n---\nb\n--- {}\n").roots] == [
        {"a": 1},
        "b",
        {},
    ]
    assert "not defined above" in stop("a: &x 1\n---\n*x\n").message
    assert tree("# nothing\n").roots == []


def test_an_anchor_may_be_given_again() -> None:
    yaml = "- &x 1\n- *x\n- &x [2]\n- *x\n"
    assert value_of(yaml) == [1, 1, [2], [2]]
    again = root(yaml).get(1)
    assert again is not None
    assert isinstance(again.node, Alias)


@pytest.mark.parametrize(
    ("yaml", "rule", "message", "at"),
    [
        ("a: *b", "yaml-syntax", "'*b' refers to an anchor that is not defined above", "*b"),
        ("a: &b [*b]", "yaml-limits", "'*b' is inside the value that it refers to", "*b"),
        ("&b a: &c {x: {y: *c}}", "yaml-limits", "'*c' is inside", "*c"),
        ("{a: b}: c", "yaml-syntax", "a mapping or a list cannot be a key", "{a: b}"),
        (
            "a: {{ page.title }}",
            "yaml-syntax",
            "a mapping or a list cannot be a key",
            "{ page.title }",
        ),
        ("- &x [a]\n- {*x : b}", "yaml-syntax", "a mapping or a list cannot be a key", "*x"),
        (
            "<<: 1",
            "yaml-syntax",
            "only a mapping, or a list of mappings, can be merged by '<<'",
            "1",
        ),
        ("<<: [a]", "yaml-syntax", "only a mapping, or a list of mappings", "a"),
        (
            "a: !!python/object:os.x b",
            "yaml-syntax",
            "the tag '!!python/object:os.x' is",
            "!!python/object:os.x",
        ),
        (
            "a: !!python/object {b: c}",
            "yaml-syntax",
            "the tag '!!python/object' is",
            "!!python/object",
        ),
        ("a: &x !important news", "yaml-syntax", "the tag '!important' is not known", "!important"),
        ("a: !!seq {}", "yaml-syntax", "the tag '!!seq' is not known", "!!seq"),
        ("\ufeffa: b", "yaml-syntax", "a byte-order mark is inside the text", "\ufeff"),
    ],
)
def test_unreadable_yaml(yaml: str, rule: str, message: str, at: str) -> None:
    problem = stop(yaml)
    assert problem.rule == rule
    assert message in problem.message
    assert excerpt(yaml, problem) == at


def test_aliases_count_for_as_many_values_as_they_stand_for() -> None:
    assert tree("- &x [1, 2]\n- *x\n").node_count == 7
    assert tree("a: &x 1\nb: *x\n").node_count == 5
    assert tree("a: &x {b: c}\nd: {<<: *x}\n").node_count == 11


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 40)
)
MERGES = "a: &a {" + ",".join(f"k{at}: 1" for at in range(1000)) + "}\n"
MERGES += "".join(f"m{at}: {{<<: *a}}\n" for at in range(1000))
CHAIN = "".join(
    f"a{level}: &a{level} {'[' * 40}{f'*a{level - 1}' if level else 'x'}{']' * 40}\n"
    for level in range(100)
)


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        (BOMB, "more than 1,000,000 values, with aliases expanded"),
        (MERGES, "more than 1,000,000 values"),
        (CHAIN, "nested deeper than 100 levels"),
        ("[" * 10_000, "nested deeper than 100 levels"),
        ("[" * 10_000 + "]" * 10_000, "nested deeper than 100 levels"),
        ('{"a":' * 10_000, "nested deeper than 100 levels"),
        ("- " * 10_000, "nested deeper than 100 levels"),
        ("? " * 10_000, "nested deeper than 100 levels"),
        ("".join(" " * level + "a:\n" for level in range(500)), "nested deeper than 100 levels"),
        ("a: 1\n" * (MAX_DUPLICATE_KEYS + 2), "more than 1,000 keys are given twice"),
    ],
    ids=["bomb", "merges", "chain", "flow", "closed", "braces", "dashes", "keys", "block", "twice"],
)
def test_limits_are_met_quickly(yaml: str, message: str) -> None:
    problem = None

    def parse() -> None:
        nonlocal problem
        problem = stop(yaml)

    assert count_calls(parse) < 3_000_000  # a few for each of the million values
    assert problem.rule == "yaml-limits"
    assert message in problem.message


def test_aliases_are_as_deep_as_their_targets() -> None:
    deep = "- &x [[a]]\n- &y [[*x]]\n- [*y]\n"
    assert tree(deep, Limits(depth=6)).roots
    assert stop(deep, Limits(depth=5)).rule == "yaml-limits"


def test_as_many_as_the_limits_allow_are_read() -> None:
    assert tree("[" * 100 + "]" * 100).roots
    assert stop("[" * 101 + "]" * 101).rule == "yaml-limits"
    assert tree("[a, b]", Limits(nodes=3)).roots
    assert stop("[a, b]", Limits(nodes=2)).rule == "yaml-limits"
    assert len(tree("a: 1\n" * (MAX_DUPLICATE_KEYS + 1)).problems) == MAX_DUPLICATE_KEYS


def test_only_empty_values_of_block_mappings_are_empties() -> None:
    assert set(tree("a:\nb: ''\nc:\n  d:\ne: {f: , g: }\n").empty_values) == {0, 14}


def test_a_text_is_standalone_without_anchors_aliases_and_tags() -> None:
    assert tree("a: [b, 'c']\n").standalone
    for yaml in ("&x a", "!!str a", "! a", "&x [a]", "<<: {a: b}", "a: *x"):
        assert not tree(yaml).standalone
