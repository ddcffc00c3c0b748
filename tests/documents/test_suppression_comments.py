"""Suppression comments: valid ones, the lines that they cover, and invalid ones."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from call_counts import GROWTH, count_calls
from helpers import fence, parsed
from newslint.documents import SuppressionComment, read_document
from newslint.syntax import Reader
from newslint.syntax.yaml.tokens import find_comments, tokenize
from newslint.text import Span
from newslint.text.source_text import LINE_END, SourceText
from oracle import loads, same
from strategies import documents

MARK = "# newslint: ignore[mojibake]"


def suppression_comments(front_matter: str, name: str = "a.md") -> tuple[SuppressionComment, ...]:
    """Find the suppression comments of a file, with and without fragments."""
    text = fence(front_matter) if name.endswith(".md") else front_matter
    readers = Reader(min_entry_length=0), Reader(share_fragments=False)
    pieces, whole = (read_document(name, text.encode(), reader) for reader in readers)
    assert pieces.suppression_comments == whole.suppression_comments
    assert pieces.problems == whole.problems
    return whole.suppression_comments


def lines(span: Span | None) -> tuple[int, int]:
    """Return the lines of front matter that a span covers; the fence is line 0."""
    assert span is not None
    last = span.end.line - (span.end.column == 1)
    return span.start.line - 1, last - 1


def covered(front_matter: str) -> list[tuple[int, int]]:
    return [lines(each.covers) for each in suppression_comments(front_matter)]


@pytest.mark.parametrize(
    ("comment", "names", "reason"),
    [
        ("# newslint: ignore[mojibake]", ["mojibake"], ""),
        ("# newslint: ignore[mojibake, text]", ["mojibake", "text"], ""),
        ("#newslint:ignore[ mojibake ,text,]", ["mojibake", "text"], ""),
        ("#\tnewslint:  ignore[mojibake]   ", ["mojibake"], ""),
        ("# newslint: ignore[mojibake] -- as printed", ["mojibake"], "as printed"),
        ("# newslint: ignore[mojibake]--as -- printed ", ["mojibake"], "as -- printed"),
        ("# newslint: ignore[mojibake] --", ["mojibake"], ""),
        ("# newslint: ignore[mojibake] -- see #12", ["mojibake"], "see #12"),
        ("# checked # newslint: ignore[mojibake]", ["mojibake"], ""),
        ("# checked# newslint: ignore[mojibake] # twice", ["mojibake"], ""),
        ("## newslint: ignore[mojibake]", ["mojibake"], ""),
        ("# newslint: ignore-file[mojibake] -- all", ["mojibake"], "all"),
        ("# newslint: ignore[no such rule]", ["no such rule"], ""),
    ],
)
def test_a_suppression_has_rules_and_a_reason(comment: str, names: list[str], reason: str) -> None:
    for front_matter in (f"a: b {comment}", f"{comment}\na: b", f"a: | {comment}\n  b"):
        (found,) = suppression_comments(front_matter)
        assert [name.text for name in found.names] == names
        assert found.reason == reason


def test_spans_of_a_directive_and_its_names() -> None:
    text = fence("title: x  # by hand # newslint: ignore[text, dates] -- so it is  ")
    source = SourceText(text)
    (found,) = parsed(text).suppression_comments
    assert found.removal is not None

    def at(span: Span) -> str:
        return text[source.offset(span.start) : source.offset(span.end)]

    assert at(found.span) == "# newslint: ignore[text, dates] -- so it is"
    assert at(found.names_span) == "text, dates"
    assert [at(name.span) for name in found.names] == ["text", "dates"]
    assert at(found.removal) == " # newslint: ignore[text, dates] -- so it is  "


def test_one_comment_may_contain_several_suppressions() -> None:
    one, other = suppression_comments(f"a: b {MARK} -- so # newslint: ignore-file[text]")
    assert (one.reason, other.reason) == ("so", "")
    assert other.covers is None


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        (f"a: b {MARK}\nc: d", [(1, 1)]),
        (f"a: 'b\n  c\n\n  d' {MARK}\nc: d", [(1, 4)]),
        (f"a: b\n  c {MARK}\nc: d", [(1, 2)]),
        (f"a: | {MARK}\n  b\n  c\n\nc: d", [(1, 4)]),
        (f"a: >2- {MARK}\n  b\nc: d", [(1, 2)]),
        (f"a: |\n  b\nc: d {MARK}", [(3, 3)]),
        (f"a: |\n  b\n{MARK}\nc: d", [(4, 4)]),
        (f"'a\n  b': c {MARK}", []),
        (f"a: [b, {MARK}\n  c]", [(1, 1)]),
        (f"a: [b, 'c\n  d'] {MARK}", [(1, 2)]),
        (f"a: &x {MARK}\n  b", [(1, 1)]),
        (f"a: !!str {MARK}\n  b", [(1, 1)]),
        (f"a: {MARK}\n  b: c", [(1, 1)]),
        (f"- {MARK}\n  b: c", [(1, 1)]),
        (f"a: &x b\nc: *x {MARK}", [(2, 2)]),
        (f"a: b {MARK}\na: c {MARK}", [(1, 1), (2, 2)]),
        (f"a: b {MARK}\r\nc: d {MARK}\r\n", [(1, 1), (2, 2)]),
        (f"a: b {MARK}\rc: d", [(1, 1)]),
    ],
)
def test_at_the_end_of_a_line_it_covers_the_line_and_scalars_that_touch_it(
    front_matter: str, expected: list[tuple[int, int]]
) -> None:
    assert covered(front_matter) == expected


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        (f"{MARK}\na: b\nc: d", (2, 2)),
        (f"{MARK}\n\n# more\n\na: b\nc: d", (5, 5)),
        (f"{MARK}\na:\n  b: c\n\n  d: e\n# end\nf: g", (2, 5)),
        (f"{MARK}\na:\n- b\n- c\nf: g", (2, 4)),
        (f"x:\n{MARK}\n- a\n- c\nf: g", (3, 3)),
        (f"x:\n  {MARK}\n  - a: 1\n    b: 2\n    c:\n    - d\n  - e: 3\nf: g", (3, 6)),
        (f"x:\n  - a: 1\n    {MARK}\n    b:\n    - c\n  - e: 3", (4, 5)),
        (f"x:\n  - a: 1\n{MARK}\n  - e: 3\n    f: 4", (4, 5)),
        (f"x:\n  - a: 1\n    {MARK}\nb: c", (4, 4)),
        (f"{MARK}\n-\n  a: b\n- c", (2, 3)),
        (f"{MARK}\n- - a\n  - b\n- c", (2, 3)),
        (f"{MARK}\n? a\n: b\n? c\n: d", (2, 3)),
        (f"{MARK}\n&x a:\n- b\nc: d", (2, 3)),
        (f"{MARK}\na: |\n  b\n\n  c\nd: e", (2, 5)),
        (f"{MARK}\na: 'b\nc\n  d'\ne: f", (2, 4)),
        (f"{MARK}\na: [\nb, c\n]\ne: f", (2, 4)),
        (f"a: [\n  {MARK}\n  b, c,\n  d]", (3, 3)),
        (f"a: [\n  {MARK}\n  {{b: c,\n  d: e}},\n  f]", (3, 4)),
        (f"a: [b,\n  {MARK}\n  c\n]\nd: e", (3, 3)),
        (f"a:\n  {MARK}\n  b\nc: d", (3, 3)),
        (f"a: !!map\n  {MARK}\n  b: c\n  d: e", (3, 3)),
        (f"{MARK}\r\na:\r\n  b: c\r\nd: e", (2, 3)),
        (f"{MARK}\ra:\r  b: c\rd: e", (2, 3)),
    ],
)
def test_above_a_key_or_an_entry_it_covers_all_of_it(
    front_matter: str, expected: tuple[int, int]
) -> None:
    (found,) = suppression_comments(front_matter)
    assert found.has_own_line
    assert lines(found.covers) == expected


@pytest.mark.parametrize("front_matter", [f"a: b\n{MARK}", f"a:\n- b\n  {MARK}\n\n# c"])
def test_with_nothing_below_it_covers_nothing(front_matter: str) -> None:
    (found,) = suppression_comments(front_matter)
    assert found.covers is not None
    assert found.covers.start == found.covers.end


def test_several_comments_stack() -> None:
    assert covered(f"{MARK}\n{MARK} -- twice\na: b") == [(3, 3), (3, 3)]


@pytest.mark.parametrize(
    "front_matter",
    [
        f'a: "b {MARK}"',
        f"a: 'b {MARK}'",
        f"a: 'b\n  {MARK}\n  c'",
        f"a: |\n  b\n  {MARK}\n",
        f"a: >-\n  {MARK}\n\n",
        f"a: b{MARK}",
        f"a: b\n  c{MARK}",
        f'? "{MARK}"\n: c',
        f'a: "{MARK}"\na: lost',
        f'x: &x {{a: "{MARK}"}}\ny: {{<<: *x, a: b}}',
        f'<<: {{a: "{MARK}"}}\na: b',
        "a: [b#newslint:ignore[x]",
    ],
)
def test_in_a_value_it_is_no_comment(front_matter: str) -> None:
    assert suppression_comments(front_matter) == ()
    assert suppression_comments(f"related:\n- title: x\n{front_matter}") == ()


def test_the_body_has_no_suppressions() -> None:
    assert parsed(fence("a: b") + f"{MARK}\n").suppression_comments == ()


def test_in_unreadable_yaml_only_ignore_file_on_its_own_line_counts() -> None:
    found = suppression_comments(
        "# newslint: ignore-file[yaml-syntax] -- a template\n"
        f"{MARK}\n  # newslint: ignore-file[text]\n"
        "title: a: b # newslint: ignore-file[dates]\n# newslint: ingore-file[text]"
    )
    assert [(each.names[0].text, each.reason) for each in found] == [("yaml-syntax", "a template")]


def test_a_yaml_file_may_start_with_a_suppression() -> None:
    for start in ("", "\ufeff"):
        (found,) = suppression_comments(f"{start}# newslint: ignore-file[text]\na: b\n", "a.yaml")
        assert found.covers is None
        (found,) = suppression_comments(
            f"{start}# newslint: ignore-file[text]\na: b: c\n", "a.yaml"
        )
        assert found.covers is None


def test_each_of_several_yaml_documents_may_have_suppressions() -> None:
    found = suppression_comments(f"a: b {MARK}\n---\n{MARK}\nc:\n  d: e\n---\nf: g\n", "a.yaml")
    assert [each.covers.end.line for each in found if each.covers] == [2, 6]


@given(documents(), st.data())
def test_text_that_changes_no_value_is_a_comment(text: str, data: st.DataObject) -> None:
    """PyYAML is the judge: it reads the same with any text in a comment."""
    ends = [match.start() for match in LINE_END.finditer(text)] or [len(text)]
    at = data.draw(st.sampled_from(ends))
    changed = f"{text[:at]} {MARK}{text[at:]}"
    after = read_document("a.yaml", changed.encode(), Reader(min_entry_length=0))
    values = loads(changed)
    assume(values is not None and after.roots and not after.problems)
    is_comment = same(loads(f"{text[:at]} # something else{text[at:]}"), values)
    assert [each.span.start for each in after.suppression_comments] == (
        [SourceText(changed).position(at + 1)] if is_comment else []
    )
    assert (
        after.suppression_comments
        == read_document("a.yaml", changed.encode(), Reader()).suppression_comments
    )


@given(documents())
def test_comments_can_be_blanked_without_changing_a_value(text: str) -> None:
    values = loads(text)
    assume(values is not None)
    where = (SourceText(text), 0, len(text))
    for start, end in find_comments(*where, tokenize(*where)):
        assert text[start] == "#"
        # The sign itself stays: a blank line would be part of the scalar after `|+`.
        text = f"{text[: start + 1]}{' ' * (end - start - 1)}{text[end:]}"
    assert same(loads(text), values)


@pytest.mark.parametrize(
    "unit", ["# newslint: ", "# newslint: ignore[a] ", "# newslint: ignore[a,", "# newslint\n"]
)
def test_many_suppressions_take_linear_time(unit: str) -> None:
    def parse(size: int) -> None:
        parsed(fence("a: b " + unit * (size // len(unit))))

    assert count_calls(lambda: parse(20_000)) < GROWTH * count_calls(lambda: parse(5_000))


def test_many_lines_with_suppressions_take_no_more_than_their_number() -> None:
    def parse(count: int) -> None:
        parsed(fence("\n".join(f"k{at}: v {MARK}" for at in range(count))))

    assert count_calls(lambda: parse(1000)) < GROWTH * count_calls(lambda: parse(250))
