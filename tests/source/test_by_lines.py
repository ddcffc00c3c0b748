"""Front matter read by its lines, against the same read by libyaml."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.source import Limits, SourceText
from newslint.source.build import build_by_events
from newslint.source.by_lines import build_by_lines
from newslint.source.tree import Mapping, Node, Scalar, Sequence, Tree
from strategies import anything

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
    "true: 1\nnull: 2\nno: 3\n",
    "a: -1\nb: .5\nc: 1:30\nd: ~\ne: =\nf: <<\ng: http://x.org/?a=b#c\n",
    "é: naïve ’ 😀\n",
    "a: x\x80y\x85z\u2028\n",
    "a: b\r\nc:\r\n  - d\r\n\r\n  # e\r\n  -\r\n",
    "a: b\r\nc: d\n",
    "a:" + "\n" * 20 + "b: c\n",
    "a: x\n" + "\n" * 20 + "  # c\nb: c\n",
    f"{'k' * 128}: x\n",
]
UNSURE = [
    "",
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
    "a: {b: c}\n",
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
]


def dump(node: Node) -> Any:
    """Return all that a node says of itself and what is below."""
    if isinstance(node, Mapping):
        below = [(name, dump(node.keys[name]), dump(each)) for name, each in node.values.items()]
        return Mapping, node.start, node.end, below
    if isinstance(node, Sequence):
        return Sequence, node.start, node.end, [dump(each) for each in node.items]
    assert isinstance(node, Scalar)
    return node.start, node.end, type(node.value), repr(node.value), node.style, node.tagged


def empties(tree: Tree) -> list[Any]:
    return sorted((at, dump(mapping), name) for at, (mapping, name) in tree.empties.items())


def agree(text: str, limits: Limits | None = None) -> bool:
    """Hold that `text` means the same to both; return whether its lines told it."""
    source, limits = SourceText(text), limits or Limits()
    tree = build_by_lines(source, limits)
    if tree is None:
        return False
    expected = build_by_events(source, limits)
    assert [dump(each) for each in tree.roots] == [dump(each) for each in expected.roots]
    assert empties(tree) == empties(expected)
    assert tree[3:] == expected[3:]
    assert not tree.problems
    assert not expected.problems
    return True


@pytest.mark.parametrize("text", SURE)
def test_lines_that_tell_what_they_mean(text: str) -> None:
    assert agree(text)


@pytest.mark.parametrize("text", UNSURE)
def test_lines_that_do_not(text: str) -> None:
    assert not agree(text)


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
VALUES = st.sampled_from(
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
        value = draw(VALUES) if content.endswith((":", "-")) else ""
        lines.append(" " * indent + content + value)
        indent += len(dash) * draw(st.sampled_from([0, 1, 1]))
    end = draw(st.sampled_from(["\n", "\n", "\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end, end]))


@given(outlines())
def test_outlines_mean_what_libyaml_reads(text: str) -> None:
    agree(text)


@given(outlines(), PIECES, st.data())
def test_outlines_in_which_something_changed(text: str, piece: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    agree(text[:at] + piece + text[at + data.draw(st.integers(0, 2)) :])


@given(st.lists(PIECES, max_size=20).map("".join))
def test_pieces_in_no_order(text: str) -> None:
    agree(text)


@given(anything)
def test_yaml_of_every_style(text: str) -> None:
    agree(text)


@given(outlines(), st.integers(0, 4), st.integers(0, 12))
def test_limits_are_left_to_libyaml(text: str, depth: int, nodes: int) -> None:
    agree(text, Limits(depth=depth, nodes=nodes))
