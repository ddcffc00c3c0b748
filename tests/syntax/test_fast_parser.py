"""The fast parser agrees with the full parser in every value and offset, or declines the text."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.syntax import Limits
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence
from newslint.syntax.yaml.fast_parser import fast_parse
from newslint.syntax.yaml.full_parser import full_parse
from newslint.syntax.yaml.tree import Tree
from newslint.text import SourceText
from strategies import anything

SEEDS = {
    path.name[:3]: text.split("---\n")[1]
    for path in sorted((Path(__file__).parents[2] / "seeds").iterdir())
    if (text := path.read_bytes().decode()).startswith("---\n")
}
SURE = [
    "a: b",
    "a: b\n",
    "a:\n",
    "a:",
    "a: \nb:   # c\nc:\n",
    "a: b  # c\n# d\n\n  # e\n",
    "a: 'it''s' # c\nb: \"x \\\" \\u2019 \\x41 \\t\"\n",
    "  a: b\n  c: d\n",
    "a:\n  b:\n    c: d\n  e: f\ng: h\n",
    "a:\n- b\n-\n- c: d\n  e:\n  - f\n  -\ng:\n  - h\n",
    "- a\n- b: c\n-   d: e\n    f: g\n-\n  h: i\n-\n  - j\n",
    "-\n",
    "a: []\nb: {}\nc: [ x, 'y z' , \"1\",2022-01-01,]\nd: [x y]\n- \n"[:-4],
    "a: -1\nb: .5\nc: 1:30\nd: ~\ne: =\nf: <<\ng: http://x.org/?a=b#c\n",
    "é: naïve ’ 😀\n",
    "a: x\x80y\x85z\u2028\n",
    "a: b\r\nc:\r\n  - d\r\n\r\n  # e\r\n  -\r\n",
    "a: b\r\nc: d\n",
    "a:" + "\n" * 20 + "b: c\n",
    "a: x\n" + "\n" * 20 + "  # c\nb: c\n",
    f"{'k' * 128}: x\n",
    "a: 1\nb: two words\n\nc:\n  - d: ''\n    e: []\n  - f\ng: {}\n",
    "a:\n- b: 1\n- c: 2\nd: x",
    "# a comment\na:\n  # another\n  b: 1 \n",
    "- a\n- b\n",
    "a:\nb: \nc:",
    "a: \"with \\\"escapes\\\"\"\nb: 'it''s'\n",
    "a: {b: c}\n",
    "a: { b: c, d:  'e, f' , g: 1, }  # h\n",
    'a: [{b: "c: d", e: []}, [], {}, [x, {f: 2022-01-01}]]\n',
    "- {a: b}\n- c: {d: {e: f}}\n  g: h\n",
    "a: {b: c}\r\nd: {}\r\n",
]

UNSURE = [
    "",
    "true: 1\nnull: 2\nno: 3\n",
    "on: yes\nyes: no\n",
    "a: 1\nyes: 2\ntrue: 3\n",
    "- null: 1\n  Null: 2\n",
    "\n\n",
    "# c\n",
    "a",
    "'a': b\n",
    "a : b\n",
    "a:b\n",
    "a: b: c\n",
    "a: b:\n",
    "a: b\n  c\n",
    "a: b\n  c: d\n",
    "a: 'b\n",
    "a: 'b' c\n",
    'a: "\\q"\n',
    'a: "\\ud800"\n',
    "a: |\n  x\n",
    "a: &x b\n",
    "a: *x\n",
    "a: !!str b\n",
    "<<: {a: b}\n",
    "? a\n: b\n",
    "a: - b\n",
    "- - a\n",
    "{a: b}\n",
    "a: {b: c\n",
    "a: {b: c} d\n",
    "a: {b}\n",
    "a: {b: }\n",
    "a: {b: , c: d}\n",
    "a: {b:c}\n",
    "a: {'b': c}\n",
    'a: {"b":c}\n',
    "a: {b: c, b: d}\n",
    "a: {yes: c}\n",
    "a: {<<: {b: c}}\n",
    "a: {b: c: d}\n",
    "a: {b: &x c}\n",
    "a: {b: http://c.example}\n",
    "a: {,}\n",
    "a: [,]\n",
    "a: [b,, c]\n",
    "a: [b}\n",
    f"a: {'[' * 20}{']' * 20}\n",
    "a: [b, c: d]\n",
    "a: [b\n",
    "a: 1\na: 2\n",
    "a:\n  b: c\n d: e\n",
    " a: b\nc: d\n",
    "a:\n  - b\n- c\n",
    "a:\n  b:\n- c\n",
    "a: b\n- c\n",
    "- a\nb: c\n",
    "a: b\n---\nc: d\n",
    "--- \na: b\n",
    "a: b\n...\n",
    "a:\tb\n",
    "a: b\rc: d\n",
    "a: b\r",
    "\ufeffa: b\n",
    "a: \ufeffb\n",
    "%YAML 1.1\n---\na: b\n",
    f"{'k' * 2000}: x\n",
    "a: @b\n",
    "a: %b\n",
    "a: \udc80\n",
    *("a: &x 1", "a: *x", "a: !!str 1", "a: |\n  b", "a: >\n  b", "a: 'b\n  c'", "a: b\n  c"),
    *("a: 1\na: 2", "? a", "a: b: c", "\ta: b", "--- a", "a: 1\n---\nb: 2\n", "a: 1\n...\n"),
    *("%YAML 1.1", "a\n", "a: 1\rb: 2", "a: @b", "a: `b", "a: %b", "- - b", "- x\n  a: x\n"),
    *("a:\n  b: 1\n c: 2\n", "a:\n- b: c\n d: e\n"),
]

INDENTS = st.sampled_from(["", "", "  ", "  ", "    ", " ", "      "])
STARTS = st.sampled_from(["a: ", "b: ", "c: ", "- ", "- a: ", "-   b: ", "a:", "b:", "on: ", ""])
VALUES = st.sampled_from(
    [
        *(
            "",
            "x",
            "two words",
            "'it''s'",
            '"q"',
            '"a\\nb"',
            '"\\u00e9"',
            "1984",
            "-1",
            "- x",
            "true",
        ),
        *(
            "~",
            "2022-09-12T21:33:00Z",
            "[]",
            "{}",
            "[a, b]",
            "{a: b}",
            "a: b",
            "a #b",
            "# c",
            "x  ",
        ),
        *("''", '""', "&x y", "*x", "!!str 1", "|", ">-", "'open", '"open', "x:", "é’", "---", "@"),
        *("%x", "? x", ": x", "-", "...", "<<: x", "a'b", 'a"b', "0x1F", "1:30", "=", "\ufeff"),
        *("\ttab", "http://a.example/b#c"),
    ]
)
WORDS = st.sampled_from(
    [
        *("x", "two words", "1", "-1", "yes", "~", "'a, b'", '"c: d"', "'it''s'", '"\\n"', ""),
        *("2022-01-01", "a:b", "http://a.example", "&x", "*x", "# c", "é", "[", "}", "x y:"),
        *("{", "a: b", "x\n  y"),
    ]
)
FIELDS = st.sampled_from(["a", "b", "c-d", "yes", "<<", "'a'", "é", "x y", "a" * 130, "?", "- e"])
COLONS = st.sampled_from([": ", ": ", ": ", ":  ", ":", " : ", ":\n    "])
COMMAS = st.sampled_from([", ", ", ", ",", " , ", ",\n    ", ",, ", " # c\n"])
SPACES = st.sampled_from(["", "", " ", "  ", "\n  "])


@st.composite
def flow_collections(draw: Any, depth: int = 3) -> str:
    """Flow collections, of which most are simple."""
    values = st.one_of(WORDS, WORDS, flow_collections(depth - 1)) if depth else WORDS
    left, right = draw(st.sampled_from(["[]", "{}"]))
    items = draw(st.lists(values, max_size=3))
    if left == "{":
        items = [draw(FIELDS) + draw(COLONS) + item for item in items]
    comma = draw(COMMAS)
    end = draw(st.sampled_from(["", "", ","]))
    return left + draw(SPACES) + comma.join(items) + end + draw(SPACES) + right


ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\n\n", "\n  \n", " \n", "\r", ""])
LINES = st.tuples(INDENTS, STARTS, VALUES, ENDS).map("".join)


PIECES = st.sampled_from(
    [
        *("a", "b", "c: ", "d:", "key: ", "- ", "-", "  ", "    ", " ", "\n", "\n", "\n  ", "\n- "),
        *(
            "\n  - ",
            "\n    ",
            "'",
            "''",
            '"',
            '""',
            "'x y'",
            '"x y"',
            "\\",
            '\\"',
            "\\n",
            "\\u00e9",
        ),
        *("[", "]", "{}", "[]", "[a, b]", ", ", ",", "# c", " # c", "#", ":", ": ", "1", "true"),
        *("~", "null", "2022-01-01", "2022-01-01T10:00:00Z", "-1", "0x1f", "é", "’", "\u00a0"),
        *(
            "\r\n",
            "\r",
            "\x80",
            "\x85",
            "\u2028",
            "\ufeff",
            "\x00",
            "&x ",
            "*x",
            "!",
            "|",
            ">",
            "?",
        ),
        *("%", "@", "`", "<<: ", "---", "...", "\n---\n", "\n...\n", "=", "http://x.org/"),
    ]
)
KEYS = st.sampled_from(["title", "a", "b_c", "d-e", "é", "true", "null", "x.y"])
ENDINGS = st.sampled_from(
    [
        *(
            "",
            " ",
            " x",
            " x y",
            " 'x'",
            " ''",
            " 'it''s'",
            ' "x"',
            ' ""',
            ' "\\"\\\\"',
            " -1",
            " 1",
        ),
        *(" 2022-01-01", " ~", " true", " []", " {}", " [a, 'b c']", " http://x.org/#a", "  x  "),
        *(
            " # c",
            " x # c",
            " 'x' # c",
            " a:b",
            " a#b",
            " (x)",
            " \u00a0x",
            " é’",
            " -",
            " 'x",
            " |",
        ),
    ]
)


@st.composite
def outlines(draw: Any) -> str:
    """Lines of the kinds that are read, at indentations that may fit."""
    lines = []
    indent = 0
    for _ in range(draw(st.integers(1, 10))):
        indent = max(0, indent + draw(st.sampled_from([0, 0, 0, 0, 2, 2, -2, -2, -4, 1])))
        dash = draw(st.sampled_from(["", "", "", "- ", "-   "]))
        key = draw(KEYS) + ":"
        content = draw(st.sampled_from([f"{dash}{key}", f"{dash}{key}", "-", "", "# c"]))
        value = draw(ENDINGS) if content.endswith((":", "-")) else ""
        lines.append(" " * indent + content + value)
        indent += len(dash) * draw(st.sampled_from([0, 1, 1]))
    end = draw(st.sampled_from(["\n", "\n", "\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end, end]))


def outline_node(node: Node) -> object:
    if isinstance(node, Scalar):
        return ("scalar", node.start, node.end, repr(node.value), node.style, node.tagged)
    if isinstance(node, Sequence):
        return ("list", node.start, node.end, [outline_node(item) for item in node.items])
    assert isinstance(node, Mapping)
    entries = [
        (key, outline_node(node.keys[key]), outline_node(value))
        for key, value in node.values.items()
    ]
    return ("mapping", node.start, node.end, entries)


def outline_tree(tree: Tree) -> object:
    empties = sorted(
        (at, outline_node(node), name) for at, (node, name) in tree.empty_values.items()
    )
    roots = [outline_node(root) for root in tree.roots]
    return (roots, tree.problems, empties, tree.standalone, tree.node_count, tree.printable)


def check_equal(text: str, limits: Limits | None = None) -> bool:
    """Compare both parsers, and check if the fast one accepts the text."""
    limits = limits or Limits()
    read = fast_parse(text, limits)
    if read is not None:
        assert outline_tree(read) == outline_tree(full_parse(SourceText(text), limits))
    return read is not None


@given(st.lists(LINES, min_size=1, max_size=12).map("".join))
def test_fast_and_full_parser_agree(text: str) -> None:
    check_equal(text)


@given(
    st.sampled_from(list(SEEDS.values())),
    st.data(),
)
def test_damaged_records_are_read_alike_or_not_at_all(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        end = min(len(text), at + data.draw(st.integers(0, 8)))
        text = text[:at] + data.draw(st.sampled_from(list(" \n:-'\"#&*|[]{}x1\r\t,"))) + text[end:]
    check_equal(text)


@pytest.mark.parametrize("text", SEEDS.values(), ids=SEEDS)
def test_real_records_are_read_by_their_lines(text: str) -> None:
    assert check_equal(text)
    assert check_equal(text.replace("\n", "\r\n"))


@pytest.mark.parametrize("text", SURE)
def test_forms_that_the_fast_parser_supports(text: str) -> None:
    assert check_equal(text)


@pytest.mark.parametrize("text", UNSURE)
def test_forms_that_need_the_full_parser(text: str) -> None:
    assert fast_parse(text, Limits()) is None


@given(outlines())
def test_fast_and_full_parser_agree_on_outlines(text: str) -> None:
    check_equal(text)


@given(
    st.sampled_from(["a: ", "a:  ", "- ", "- a: ", "a:\n  b: ", "a:\n- "]),
    flow_collections(),
    st.sampled_from(["", "\n", "  # c\n", " x\n", "\nb: c\n", "\n  b: c\n", "\r\nb:\r\n"]),
    st.integers(1, 6),
    st.integers(1, 30),
)
def test_fast_and_full_parser_agree_on_flow_collections(
    before: str, text: str, after: str, depth: int, nodes: int
) -> None:
    check_equal(before + text + after)
    check_equal(before + text + after, Limits(depth=depth, nodes=nodes))


@given(outlines(), PIECES, st.data())
def test_outlines_in_which_something_changed(text: str, piece: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    check_equal(text[:at] + piece + text[at + data.draw(st.integers(0, 2)) :])


@given(st.lists(PIECES, max_size=20).map("".join))
def test_pieces_in_no_order(text: str) -> None:
    check_equal(text)


@given(anything)
def test_yaml_of_every_style(text: str) -> None:
    check_equal(text)


@given(outlines(), st.integers(0, 4), st.integers(0, 12))
def test_limits_are_left_to_libyaml(text: str, depth: int, nodes: int) -> None:
    check_equal(text, Limits(depth=depth, nodes=nodes))


def test_limits_are_libyamls_to_report() -> None:
    deep = "".join(f"{'  ' * depth}a:\n" for depth in range(20))
    assert fast_parse(deep, Limits(depth=19)) is None
    assert check_equal(deep, Limits(depth=21))
    assert fast_parse("a: 1\nb: 2\n", Limits(nodes=4)) is None
    assert check_equal("a: 1\nb: 2\n", Limits(nodes=5))
