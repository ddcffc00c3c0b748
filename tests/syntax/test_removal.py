"""Entries taken out of lists, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.documents import Document, read_document
from newslint.syntax import Reader
from newslint.syntax.removal import Removal
from newslint.syntax.yaml.removal import entry_removals
from newslint.text import Span

ENTRIES = st.sampled_from(
    [
        "title: x",
        "title: x  # about x\n    url: y",
        "title: |\n      kept\n\n    url: y",
        "title: >+\n      kept\n",
        'title: "a\n      b"\n    images:\n      - url: x\n        width: 1\n      - url: y',
        "title: " + "long " * 20 + "\n    images:\n    - url: " + "x" * 80,
        "{title: x, tags: [a, b]}",
        "'it''s'",
        "title: x\n    # inside\n    url: y",
        "&a title: x",
        "title: &b x",
        "",
        "title: x\n\n",
        "title: |-\n      x\n    # after\n",
        "title: x\n    # deeper\n\n  # for the next",
    ]
)
FLOW = st.sampled_from(["{a: 1}", "'x, y'", "[1, 2]", "x", '"]"', "{a: {b: 'c'}}", "&c {a: 1}"])
ENDS = st.sampled_from(["\n", "\r\n"])


def read(text: str, *, share: bool = True) -> Document:
    return read_document("a.md", text.encode(), Reader(share_fragments=share, min_entry_length=0))


def offsets(document: Document, span: Span) -> tuple[int, int]:
    return document.source.offset(span.start), document.source.offset(span.end)


def removals_in(document: Document) -> dict[int, Removal]:
    return entry_removals(document.source, document.roots[0], "related")


def without(document: Document, removal: Removal) -> str:
    """The text of a file after a removal."""
    text = document.source.text
    for span, new in reversed(removal):
        start, end = offsets(document, span)
        text = text[:start] + new + text[end:]
    return text


def hold(text: str, *, share: bool) -> int:
    """Hold that each entry of `related` in `text` can be taken out; return how many can."""
    document = read(text, share=share)
    if document.problems:
        return 0
    removals = removals_in(document)
    for index, removal in removals.items():
        after = without(document, removal)
        wanted = document.roots[0].python
        del wanted["related"][index]
        assert read(after).roots[0].python == wanted
        assert len(text) - len(after) >= 0 or not wanted["related"]
    return len(removals)


@given(
    entries=st.lists(ENTRIES, min_size=1, max_size=4),
    end=ENDS,
    share=st.booleans(),
    is_last=st.booleans(),
)
def test_an_entry_of_lines_goes_and_all_other_values_stay(
    *, entries: list[str], end: str, share: bool, is_last: bool
) -> None:
    listed = "".join(f"  - {entry}\n" for entry in entries)
    after = "" if is_last else "z: 1\n"
    text = f"---\na: 1\nrelated:  # list\n{listed}{after}---\nbody\n".replace("\n", end)
    hold(text, share=share)


@given(st.lists(FLOW, min_size=1, max_size=4), st.sampled_from([", ", ",", " ,\n  "]), ENDS)
def test_an_entry_between_brackets_goes_and_all_other_values_stay(
    entries: list[str], comma: str, end: str
) -> None:
    text = f"---\nrelated: [{comma.join(entries)}]\nz: 1\n---\n".replace("\n", end)
    hold(text, share=True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("related:\n  - a: 1\n  # of b\n  - b: 2\n", "related:\n  # of b\n  - b: 2\n"),
        ("related:\n- a: 1 # of a\nz: 1\n", "related: []\nz: 1\n"),
        ("related: # all\n  - a: 1\n", "related: [] # all\n"),
        ("related: [{a: 1}, {b: 2}]\n", "related: [{b: 2}]\n"),
        ("related: [{a: 1}]\n", "related: []\n"),
        ("related: [ {a: 1}, ]\n", "related: []\n"),
        ("related:\n  - a: R &amp; D\n  - b: 2\n", "related:\n  - b: 2\n"),
        (
            "related:\n  - a: &x 1\n  - b: 2\nz: &x 1\nother: *x\n",
            "related:\n  - b: 2\nz: &x 1\nother: *x\n",
        ),
    ],
)
def test_the_first_entry_goes_as_an_editor_would_take_it_out(before: str, after: str) -> None:
    document = read(f"---\n{before}---\n")
    assert without(document, removals_in(document)[0]) == f"---\n{after}---\n"


@pytest.mark.parametrize(
    "yaml",
    [
        "related: &r\n  - a: 1\nother: *r",
        "base: &b\n  - a: 1\nrelated: *b",
        "related:\n  - a: &x 1\nother: *x",
        "related:\n  - &x\n    a: 1\nother: *x",
        "base: &b {related: [{a: 1}]}\n<<: *b",
        "related: [{a: 1}, # why\n  {b: 2}]",
        "related: [&x {a: 1}, {b: 2}]\nother: *x",
        "related: [!!map {a: 1}, {b: 2}]",
        "? related\n: - a: 1",
        "related: x",
        "other: x",
    ],
)
def test_an_entry_with_an_alias_target_or_on_a_shared_line_stays(yaml: str) -> None:
    assert 0 not in removals_in(read(f"---\n{yaml}\n---\n"))


def test_a_file_without_a_last_line_end() -> None:
    document = read_document("a.yaml", b"related:\n  - a: 1\n  - b: 2", Reader(min_entry_length=0))
    removals = removals_in(document)
    assert offsets(document, removals[1][0][0]) == (18, 26)


@pytest.mark.parametrize(
    ("before", "index", "after"),
    [
        ("- a: 1\n\n- b: 2\n\n- c: 3\n\nz: 1\n", 0, "- b: 2\n\n- c: 3\n\nz: 1\n"),
        ("- a: 1\n\n- b: 2\n\n- c: 3\n\nz: 1\n", 1, "- a: 1\n\n- c: 3\n\nz: 1\n"),
        ("- a: 1\n\n- b: 2\n\n- c: 3\n\nz: 1\n", 2, "- a: 1\n\n- b: 2\n\nz: 1\n"),
        ("- a: 1\n\n \n- b: 2\n", 1, "- a: 1\n"),
        ("- a: 1\n\n# of b\n- b: 2\n", 0, "# of b\n- b: 2\n"),
        ("- a: 1\n\n# of b\n\n- b: 2\nz: 1\n", 1, "- a: 1\n\n# of b\nz: 1\n"),
        ("- a: |+\n    x\n\n- b: 2\nz: 1\n", 1, "- a: |+\n    x\n\nz: 1\n"),
        ("- a: |\n    x\n\n- b: 2\n\n- c: 3\n", 1, "- a: |\n    x\n\n- c: 3\n"),
        ("- a: 1\n- b: |\n    x\n# c\n- c: 3\n", 0, "- b: |\n    x\n# c\n- c: 3\n"),
    ],
)
@pytest.mark.parametrize("smallest", [0, 64])
def test_blank_lines_that_part_entries_go_with_them(
    before: str, index: int, after: str, smallest: int
) -> None:
    text = f"---\nrelated:\n{before}---\n"
    document = read_document("a.md", text.encode(), Reader(min_entry_length=smallest))
    assert without(document, removals_in(document)[index]) == f"---\nrelated:\n{after}---\n"


@pytest.mark.parametrize(
    ("entries", "index"),
    [
        ("- a: |\n    x\n- b: 2\n    # c\n- c: 3\n", 1),
        ("- a: |\n    x\n- b: 2\n- c: 3\n    # c\n- d: 4\n", 2),
        ("- a: |\n    x\n- b: 2\n\n    # c\n- c: 3\n", 1),
        ("- a: |\n    x\n- b: 2\n    # c\n", 1),
        ("- a: |+\n    x\n- b: 2\n\nz: 1\n", 1),
    ],
)
@pytest.mark.parametrize("smallest", [0, 64])
def test_an_entry_stays_if_a_block_scalar_above_would_swallow_the_text_below(
    entries: str, index: int, smallest: int
) -> None:
    text = f"---\nrelated:\n{entries}---\n"
    document = read_document("a.md", text.encode(), Reader(min_entry_length=smallest))
    assert index not in removals_in(document)
    assert 0 in removals_in(document)
