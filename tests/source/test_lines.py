"""What is read line by line is what libyaml reads, to the offset; the rest is left to libyaml."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.source import Limits, SourceText
from newslint.source.build import Tree, build
from newslint.source.lines import read_lines
from newslint.source.tree import Mapping, Node, Scalar, Sequence

SEEDS = {
    path.name[:3]: text.split("---\n")[1]
    for path in sorted((Path(__file__).parents[2] / "seeds").iterdir())
    if (text := path.read_bytes().decode()).startswith("---\n")
}
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
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\n\n", "\n  \n", " \n", "\r", ""])
LINES = st.tuples(INDENTS, STARTS, VALUES, ENDS).map("".join)


def shown(node: Node) -> object:
    if isinstance(node, Scalar):
        return ("scalar", node.start, node.end, repr(node.value), node.style, node.tagged)
    if isinstance(node, Sequence):
        return ("list", node.start, node.end, [shown(item) for item in node.items])
    assert isinstance(node, Mapping)
    entries = [(name, shown(key), shown(value)) for name, (key, value) in node.entries.items()]
    return ("mapping", node.start, node.end, entries)


def told(tree: Tree) -> object:
    empties = {key: name for key, (_, name) in tree.empties.items()}
    roots = [shown(root) for root in tree.roots]
    return (roots, tree.problems, empties, tree.closed, tree.size, tree.plain)


def check_equal(text: str, limits: Limits | None = None) -> bool:
    """Hold both readers against each other, and tell whether lines were enough."""
    limits = limits or Limits()
    read = read_lines(text, limits)
    if read is not None:
        assert told(read) == told(build(SourceText(text), limits))
    return read is not None


@given(st.lists(LINES, min_size=1, max_size=12).map("".join))
def test_lines_give_what_libyaml_gives(text: str) -> None:
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


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: two words\n\nc:\n  - d: ''\n    e: []\n  - f\ng: {}\n",
        "a:\n- b: 1\n- c: 2\nd: x",
        "# a comment\na:\n  # another\n  b: 1 \n",
        "- a\n- b\n",
        "a:\nb: \nc:",
        "a: \"with \\\"escapes\\\"\"\nb: 'it''s'\n",
        "on: yes\nyes: no\n",
    ],
)
def test_what_lines_tell(text: str) -> None:
    assert check_equal(text)


@pytest.mark.parametrize(
    "text",
    [
        *("a: &x 1", "a: *x", "a: !!str 1", "<<: {a: b}", "a: |\n  b", "a: >\n  b", "a: [b]"),
        *("a: 'b\n  c'", "a: b\n  c", "a: 1\na: 2", "a: b # c", "'a': b", "? a", "a: b: c"),
        *("\ta: b", "--- a", "a: 1\n---\nb: 2\n", "a: 1\n...\n", "%YAML 1.1", "a: \x85", "a\n"),
        *("a: 1\rb: 2", "", "a: @b", "a: `b", "a: %b", 'a: "\\q"', 'a: "\\ud800"', "- - b"),
        *("a:\n  b: 1\n c: 2\n", "- x\n  a: x\n", "a:\n- b: c\n d: e\n"),
    ],
)
def test_what_libyaml_is_asked_for(text: str) -> None:
    assert read_lines(text, Limits()) is None


def test_limits_are_libyamls_to_report() -> None:
    deep = "".join(f"{'  ' * depth}a:\n" for depth in range(20))
    assert read_lines(deep, Limits(depth=19)) is None
    assert check_equal(deep, Limits(depth=21))
    assert read_lines("a: 1\nb: 2\n", Limits(nodes=4)) is None
    assert check_equal("a: 1\nb: 2\n", Limits(nodes=5))
