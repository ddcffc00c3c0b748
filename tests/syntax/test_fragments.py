"""Front matter read in pieces, against the same read as a whole."""

import pytest
from hostile_texts import YAML_STARTS, YAML_UNITS
from hypothesis import given
from hypothesis import strategies as st

from call_counts import GROWTH, count_calls
from newslint.syntax import Limits, Reader
from newslint.syntax.fragment import PlacedFragment
from newslint.syntax.tree import Mapping, Node, Sequence, children
from newslint.syntax.yaml.blocks import find_block_sequences
from newslint.syntax.yaml.collection_stack import MAX_DUPLICATE_KEYS
from oracle import places, same
from strategies import anything, damaged, documents, entries

ENTRY = "- title: x\n  webUrl: http://x.org/\n"
KEPT = Reader(min_entry_length=0)
"""Reads all texts of the tests, so that fragments of one turn up in others."""


def agree(text: str, limits: Limits | None = None) -> None:
    """Hold that both ways of reading `text` give the same."""
    whole, problems = Reader(limits, share_fragments=False).read(text)
    values, spans = [fragment.node.to_python() for fragment in whole], places(whole)
    for reader in (Reader(limits, min_entry_length=0), KEPT if limits is None else Reader(limits)):
        pieces, found = reader.read(text)
        assert found == problems
        assert same([fragment.node.to_python() for fragment in pieces], values)
        assert places(pieces) == spans
        assert [fragment.node_count for fragment in pieces] == [
            fragment.node_count for fragment in whole
        ]


def placed(text: str, reader: Reader | None = None) -> list[PlacedFragment]:
    """Return the fragments that `text` was read in."""
    (fragment,), _ = (reader or Reader(min_entry_length=0)).read(text)
    return list(_placed(fragment.node))


def _placed(node: Node) -> list[PlacedFragment]:
    found = [node] if isinstance(node, PlacedFragment) else []
    return found + [each for _, child in children(node) for each in _placed(child)]


@given(anything)
def test_fragments_give_the_same_values_as_the_whole(text: str) -> None:
    agree(text)


@given(st.lists(entries(0), min_size=1, max_size=3), st.sampled_from([0, 2, 4]), st.data())
def test_entries_that_repeat(some: list[str], indent: int, data: st.DataObject) -> None:
    order = data.draw(st.lists(st.sampled_from(some), min_size=1, max_size=5))
    noise = st.sampled_from(["", "", "# c\n", "   # c\n", "\n", " \n", "-\n", "- [a\n", "- &x y\n"])
    body = "".join(data.draw(noise) + each for each in order)
    margin = " " * indent
    related = "related:\n" + "".join(margin + line for line in body.splitlines(keepends=True))
    agree(data.draw(st.sampled_from(["", "a: b\n", "related:\n- x\n"])) + related)
    agree(
        related + data.draw(st.sampled_from(["\n\n", "b: c\n", " b: c\n", "...\n", "- x\n", "'\n"]))
    )


_LINES = st.sampled_from(
    ["a:\n", "b:\n", "- x: 1\n", "- y: 2\n", "  - x: 1\n", "  z: 3\n", "\n", "# c\n", "- x: 1\r\n"]
)
_FRONT_MATTER = st.lists(_LINES, max_size=7).map(lambda lines: "a:\n" + "".join(lines))


@given(st.lists(_FRONT_MATTER, min_size=2, max_size=8))
def test_digests_differ_as_texts_do(texts: list[str]) -> None:
    found: dict[bytes, str] = {}
    for text in texts:
        for reader in (Reader(min_entry_length=0), KEPT):
            for fragment in reader.read(text)[0]:
                assert found.setdefault(fragment.digest, text) == text
                assert len({text, *found.values()}) == len(found)


def test_digests_of_lists_that_leave_one_skeleton_differ() -> None:
    texts = (
        "a:\n- x: 1\n\n\nb: 2\n",
        "a:\n\n- x: 1\n\nb: 2\n",
        "a:\n\n\n- x: 1\nb: 2\n",
        "a:\n- y: 1\n\n\nb: 2\n",
    )
    read = [Reader(min_entry_length=0).read(text)[0][0] for text in texts]
    assert len({fragment.source.text for fragment in read}) == 1
    assert len({fragment.digest for fragment in read}) == len(texts)


def test_the_text_of_many_documents_is_hashed_once() -> None:
    first, second = Reader().read("a: 1\n---\nb: 2\n")[0]
    assert first.digest is second.digest


@given(damaged(), damaged())
def test_damaged_front_matter_below_other_front_matter(one: str, other: str) -> None:
    agree(one + other)


@given(documents(), st.integers(1, 8), st.integers(1, 40))
def test_limits_hold_for_pieces_as_for_the_whole(text: str, depth: int, nodes: int) -> None:
    agree(text, Limits(depth=depth))
    agree(text, Limits(nodes=nodes))


def test_pieces_that_are_small_may_be_too_much_together() -> None:
    text = f"r:\n{ENTRY}{ENTRY}"
    agree(text, Limits(nodes=13))
    agree(text, Limits(nodes=12))
    assert Reader(Limits(nodes=13)).read(text)[0]
    assert not Reader(Limits(nodes=12), min_entry_length=0).read(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "a:\n- 'x\n- y'\n",
        "a: 'x\nb:\n- y'\n",
        'a: "\nb:\n  - c: "\n',
        'a: "x\nb:\n- y"\nc: d\n',
        "a: |\n  b:\n  - c\n  d: e\nf:\n- g\n",
        "a: |\n  x\nb:\n  - c: |\n      d:\n      - e\n",
        "a: >\n b:\n - c\n",
        "a: text\n  b:\n  - c\n",
        "{\na:\n- b\n}\n",
        "[{\na:\n- b\n}]\n",
        "a: {\nb:\n- c\n}\n",
        "a:\n- {b: c,\n- d}\n",
        "a:\n- b\n# c\n- d\n",
        "a:\n- b\n  # c\n- d\n# e\n",
        "a:\n# c\n- b\n",
        "a:\n  - b\n # c\n  - d\n",
        "a:\n  - b\n      # c\n  - d\n",
        "a:\n- |+\n  x\n\n\n- y\n\n\n",
        "a:\n- b: |+\n    x\n\n\nc: d\n",
        "a:\n- b: |+2\n      x\n\n",
        "a:\n- >-\n  x\n\n\n\nb: c\n",
        "a:\n- &x b\n- c\n",
        "x: &x 1\na:\n- *x\n",
        "a:\n- !!str 1\n",
        "a: &x\n- b\nc: *x\n",
        "a:\n-\tb\n- c\n",
        "a:\n- b:\t\n  - c\n",
        "a:\n-\n  b: c\n- d\n",
        "a:\n-\n-\n",
        "a:\r\n- b: c\r\n  d: e\r\n- f\r\n",
        "a:\r\n- b\r\n\r\n\r\nc: d\r\n",
        "a:\n- b\rc: d\n",
        "a:\n- b\r\n- c\n",
        "a:\n- b:\n  - c: d\n  - c: d\n- b:\n  - c: d\n",
        "a:\n- - b: c\n  - d\n",
        "- a:\n  - b: c\n- a:\n  - b: c\n",
        "a:\n- b: 1\n  b: 2\n- b: 1\n  b: 2\nc: 1\nc: 2\n",
        "c: 1\na:\n- b: 1\n  b: 2\nc: 2\n",
        "related:\n- a: b\nrelated:\n- a: c\n",
        "related:\n- a: 1\n  a: 2\nrelated: x\n",
        "related: x\nrelated:\n- a: 1\n  a: 2\n",
        "x:\n  a:\n  - b: 1\n    b: 2\n",
        "a:\n- b\n\n\n",
        "a:\n- b",
        "a:\n- b\n   ",
        "a:\n  - b\n  c: d\n",
        "a:\n  - b\n c: d\n",
        "a:\n    - b\n  c: d\n",
        "a:\n  - b\n   c\n",
        "a:\n  - b\n- c\n",
        "  a:\n  - b\n",
        "  a:\n- b\n",
        "a:\n- b\n---\nc:\n- d\n",
        "a:\n- b\n...\n",
        "--- \na:\n- b\n",
        "? x\n: y\na:\n- b\n",
        "? a:\n  - b\n: c\n",
        "? \n  a:\n  - b\n",
        "a: b:\n- c\n",
        "'a:\n- b'\n",
        "a:\n- ? b\n  : c\n",
        "a: # c\n- b\n",
        "a:\n\n- b\n",
        "a:  \n- b\n",
        "true:\n- b: 1\n  b: 2\n",
        "a/b~:\n- b: 1\n",
        "<<:\n- a: b\n",
        "a:\n- <<: {b: c}\n",
        "\ufeffa:\n- b\n",
        "a:\n- \ufeffb\n",
        "a:\n- \x80\x85b\n- \u2028\n",
        "%YAML 1.1\n---\na:\n- b\n",
        "a:\n- b: [\n\n- c\n",
        "a:\n- b: c\n d: e\n",
        "a:\n- b\nb: *x\n",
        "a:\n- [" + "[" * 60 + "]" * 60 + "]\n",
        "".join(" " * level + "a:\n" for level in range(60)) + " " * 60 + "- b\n",
        "a:\n- " + "- " * 49 + "b\n",
        "a:\n- " + "- " * 98 + "b\n",
        "a:\n- " + "- " * 99 + "b\n",
        "a:\n- b: 1\n" + "  b: 1\n" * 999,
        "a:\n- b: 1\n" + "  b: 1\n" * 600 + "- b: 1\n" + "  b: 1\n" * 600,
    ],
)
def test_texts_that_look_like_entries_or_are_odd_ones(text: str) -> None:
    agree(text)
    agree("title: x\n" + text)
    agree(text + "z:\n- title: y\n")
    agree("r:\n- title: y\n\n" + text.replace("\n", "\r\n"))


def test_equal_entries_of_different_files_are_one_fragment() -> None:
    reader = Reader(min_entry_length=0)
    first = placed(f"a: b\nrelated:\n{ENTRY}- title: y\n", reader)
    second = placed(f"related:\n- title: z\n{ENTRY}\n\nc: d\n", reader)
    assert first[0].fragment is second[1].fragment
    assert [each.line for each in first] == [2, 4]
    assert [each.line for each in second] == [1, 2]


HEADS = [
    "related:\n",
    "related:  \n",
    "related: # by hand\n",
    "related:\n\n# newest first\n  # really\n\n",
    "'related':\n",
    '"related to it":\n',
    "réla-té.d/x:\n",
    "title: x\nrelated:\n",
    "2022:\n",
    "text: |\n  So:\n  - a\n  - b\nrelated:\n",
    'text: "So\n  is:\n  - a\n"\nrelated:\n',
]
PARENTS = {"": "", "site:\n": "  ", "a:\n b:\n": "  ", "- ": "  ", "- - ": "    ", "-   ": "    "}
BETWEEN = ["", "\n", "# c\n", "          # c\n", "  # c\n\n"]


@given(
    st.sampled_from(HEADS),
    st.sampled_from(list(PARENTS)),
    st.sampled_from([0, 1, 2, 4, 7]),
    st.sampled_from(BETWEEN),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_list_whose_entries_repeat_is_read_in_pieces(
    head: str, parent: str, indent: int, between: str, ending: str
) -> None:
    margin = " " * (len(PARENTS[parent]) + indent)
    one = f"{margin}- title: x\n{margin}  tags:\n{margin}  - a\n{between}"
    other = f"{margin}-\n{margin}  title: y\n{between}"
    rest = head.replace("\n", f"\n{PARENTS[parent]}").removesuffix(PARENTS[parent])
    first = PARENTS[parent] if parent.endswith("\n") else ""
    start = parent + first + rest
    reader = Reader(min_entry_length=0)
    for some in ((one, other, one, one), (other, one, other)):
        text = f"{start}{''.join(some)}{margin}- z\n".replace("\n", ending)
        assert len(placed(text, reader)) == len(some) + 1
        agree(text)
    assert reader.cached_texts >= {
        each.replace("\n", ending) for each in (one, other, f"{margin}- z\n")
    }
    assert len(reader.cached_texts) <= 3 + 2 * head.count("  - ")


def test_lists_at_any_depth_are_read_in_pieces() -> None:
    assert len(placed("p:\n  i:\n  - a: b\n  - c: d\n")) == 2


def test_short_entries_are_not_worth_it() -> None:
    assert placed("topics:\n- AI\n- ML\n", Reader()) == []
    assert len(placed("related:\n- title: " + "x" * 80 + "\n- title: y" + "x" * 80, Reader())) == 2


def test_a_single_entry_becomes_a_fragment_if_it_is_long() -> None:
    assert placed("related:\n- title: " + "x" * 80 + "\n  type: y\n", Reader()) == []
    assert len(placed("related:\n- title: " + "x" * 300 + "\n  type: y\n", Reader())) == 1


def test_without_sharing_there_are_no_pieces() -> None:
    assert placed(f"related:\n{ENTRY}", Reader(share_fragments=False)) == []


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    text = f"related:\n{ENTRY}"
    small = Reader(min_entry_length=0, cache_size=10)
    assert placed(text, small)[0].fragment is not placed(text, small)[0].fragment
    assert same(
        Reader(min_entry_length=0, cache_size=0).read(text)[0][0].node.to_python(),
        KEPT.read(text)[0][0].node.to_python(),
    )


def test_recent_entries_outlive_a_full_cache() -> None:
    reader = Reader(min_entry_length=0, cache_size=6 * len(ENTRY))
    (common,) = placed(f"related:\n{ENTRY}", reader)
    others = []
    for number in (*range(20), 0):
        first, other = placed(f"related:\n{ENTRY}- title: {number:030}\n", reader)
        assert first.fragment is common.fragment
        others.append(other.fragment)
    assert others[0] is not others[-1]


@given(st.lists(entries(0), min_size=1, max_size=20), st.integers(0, 300))
def test_the_cache_is_bounded(some: list[str], memory: int) -> None:
    reader = Reader(min_entry_length=0, cache_size=memory)
    for each in some:
        reader.read(f"related:\n{each}{each}")
        assert sum(map(len, reader.cached_texts)) <= memory


def test_a_problem_of_a_fragment_is_reported_at_each_of_its_places() -> None:
    _, problems = Reader(min_entry_length=0).read(
        "related:\n- a: 1\n  a: 2\n- b: 1\n- a: 1\n  a: 2\n"
    )
    assert [(each.pointer, each.span.start) for each in problems] == [
        ("/related/0", (3, 3)),
        ("/related/2", (6, 3)),
    ]
    assert [each.related[0][0].start for each in problems] == [(2, 3), (5, 3)]


def test_problems_come_in_the_order_of_the_file() -> None:
    _, problems = Reader(share_fragments=False).read("a: 1\na:\n  b: 1\n  b: 2\n")
    assert [each.span.start for each in problems] == [(2, 1), (4, 3)]


def test_too_many_problems_in_pieces_are_too_many_in_the_whole() -> None:
    entry = "- a: 1\n" + "  a: 1\n" * (MAX_DUPLICATE_KEYS // 2 + 1)
    (problem,) = [each for each in KEPT.read("r:\n" + entry * 2)[1] if each.rule == "yaml-limits"]
    assert "keys are given twice" in problem.message


def test_blocks_that_are_shared() -> None:
    blocks = find_block_sequences("a: b\nr:\n- x\n- y\n  z\n\n\nc:\n    - u", 0)
    assert [(block.key, block.start, block.entries, block.end) for block in blocks] == [
        (5, 8, ["- x\n", "- y\n  z\n"], 20),
        (22, 25, ["    - u"], 32),
    ]
    assert find_block_sequences("a:\n- x\r- y\n", 0) == []
    assert find_block_sequences("  a:\n- x\n", 0) == []


def test_the_tree_of_pieces_is_made_of_mappings_and_lists() -> None:
    (fragment,), _ = Reader(min_entry_length=0).read(f"related:\n{ENTRY}")
    assert isinstance(fragment.node, Mapping)
    assert isinstance(fragment.node.get("related"), Sequence)


SIZE = 2_000


def count_calls_of_reader(start: str, unit: str, size: int) -> int:
    text = start + unit * (size // len(unit)) + "z: y\n"
    return count_calls(lambda: Reader().read(text))


@pytest.mark.parametrize("unit", YAML_UNITS.values(), ids=YAML_UNITS)
@pytest.mark.parametrize("start", YAML_STARTS, ids=repr)
def test_reading_takes_linear_time(start: str, unit: str) -> None:
    Reader().read(start + "z: y\n")  # fills caches
    short, long = (count_calls_of_reader(start, unit, size) for size in (SIZE, 4 * SIZE))
    assert long < GROWTH * short


def test_many_lists_take_linear_time() -> None:
    def read(count: int) -> None:
        text = "".join(f"k{at}:\n{' ' * (at % 900)}- v\n" for at in range(count))
        Reader(min_entry_length=0).read(text)

    assert count_calls(lambda: read(1000)) < GROWTH * count_calls(lambda: read(250))
