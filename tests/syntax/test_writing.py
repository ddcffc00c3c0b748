"""Values written as YAML, whole and in parts."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newslint.syntax import Fragment, Reader, Value
from newslint.syntax.tree import Alias, Scalar
from newslint.syntax.writing import Replacement, write_parts
from newslint.syntax.yaml.writing import double_quote, write_text
from newslint.text import SourceText, Span
from newslint.text.location import splice
from oracle import walk
from strategies import documents, scalars

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ODD = st.text(st.sampled_from("ab \n\t'\"\\:#-[]{},&*!|>%@`~\r\x85\u2028\ufeff\x00\x9f1"))


def read(yaml: str) -> Value:
    (fragment,), problems = Reader(min_entry_length=0).read(yaml)
    assert not problems, yaml
    return Value(fragment, fragment.node)


def edited(yaml: str, edits: list[tuple[Span, str]]) -> str:
    source = SourceText(yaml)
    for span, text in reversed(edits):
        yaml = yaml[: source.offset(span.start)] + text + yaml[source.offset(span.end) :]
    return yaml


@given(st.one_of(TEXT, ODD), st.sampled_from(["", "'", '"', "|", ">"]))
def test_written_text_reads_as_itself(text: str, style: str) -> None:
    written = write_text(text, style)
    assert read(f"k: {written}\nj: x\n" if style else f"k: {written}\n").get("k").python == text  # type: ignore[union-attr]
    assert read(f"- {double_quote(text)}\n").python == [text]


@given(ODD, st.sampled_from(["", "'"]))
def test_written_text_reads_as_itself_in_brackets(text: str, style: str) -> None:
    assert read(f"[{write_text(text, style)}, x]").python == [text, "x"]


@pytest.mark.parametrize(
    ("text", "style", "written"),
    [
        ("Meta’s", "", "Meta’s"),
        ("a: b", "", '"a: b"'),
        ("12", "", '"12"'),
        ("true", "", '"true"'),
        ("a, b", "", '"a, b"'),
        ("", "", '""'),
        ("it's", "'", "'it''s'"),
        ("a\nb", "'", '"a\\nb"'),
        ('"\\', '"', '"\\"\\\\"'),
        ("a\nb", "|", '"a\\nb"\n'),
        ("\x07\x85\u2028\ufeff😀", '"', '"\\u0007\\N\\L\\uFEFF😀"'),
    ],
)
def test_styles_are_kept_if_possible(text: str, style: str, written: str) -> None:
    assert write_text(text, style) == written


@pytest.mark.parametrize(
    ("text", "block", "written"),
    [
        ("new", "|-\n    old\n", "|-\n    new\n"),
        ("new", "|\n    old\n", "|-\n    new\n"),
        ("new\n", ">\n old\n", ">\n new\n"),
        ("a\n\n b", "|- # why\r\n  old\r\n", "|- # why\r\n  a\r\n\r\n   b\r\n"),
        ("a\nb", ">- # why\r\n  old\r\n", '"a\\nb" # why\r\n'),
        (" new", "|-\n  old\n", '" new"\n'),
        ("new\n\n", "|\n  old\n", '"new\\n\\n"\n'),
        ("new", "|2-\n   old\n", '"new"\n'),
        ("new", "|-\n  old", "|-\n  new"),
    ],
)
def test_a_block_scalar_keeps_its_indentation_if_possible(
    text: str, block: str, written: str
) -> None:
    assert write_text(text, block[0], block) == written


@given(st.one_of(TEXT, ODD), st.sampled_from(["|", ">", "|-", ">+"]), st.sampled_from([1, 4]))
def test_text_written_as_a_block_scalar_reads_as_itself(
    text: str, header: str, indent: int
) -> None:
    margin = " " * indent
    written = write_text(text, header[0], f"{header}  # c\n{margin}old\n{margin}x\n")
    assert read(f"k: {written}j: x\n").python == {"k": text, "j": "x"}


def test_parts_are_spliced_in() -> None:
    assert (
        splice("abcdef", [Replacement(0, 1, "X"), Replacement(2, 4, ""), Replacement(5, 6, "YZ")])
        == "XbeYZ"
    )


@given(st.one_of(documents(), scalars().map(lambda text: f"k: {text}\n")), st.data())
def test_a_replaced_part_is_all_that_changes(yaml: str, data: st.DataObject) -> None:
    fragments, problems = Reader(min_entry_length=0).read(yaml)
    assume(len(fragments) == 1 and not problems)
    texts = [
        value
        for value in walk(Value(fragments[0], fragments[0].node))
        if isinstance(value.node, Scalar) and value.python and isinstance(value.python, str)
    ]
    assume(texts and "&" not in yaml and "!" not in yaml)
    value = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(value.python) - 1))
    end = data.draw(st.integers(start + 1, len(value.python)))
    part = Replacement(
        start, end, data.draw(st.sampled_from(["x", "", "é'", '"', "\n", "a: b", "\\", ", "]))
    )
    fixed = edited(yaml, write_parts(value, [part]))
    again = read(fixed).find(value.pointer)
    assert again is not None
    assert again.python == splice(value.python, [part])
    pointers = [each.pointer for each in walk(Value(fragments[0], fragments[0].node))]
    assert [each.pointer for each in walk(read(fixed))] == pointers


@pytest.mark.parametrize(
    ("yaml", "parts", "fixed"),
    [
        ("k: the old x\n", [Replacement(4, 7, "new")], "k: the new x\n"),
        ("k: 'it''s old'\n", [Replacement(5, 8, "'n'")], "k: 'it''s ''n'''\n"),
        ('k: "a \\u2019 b"\n', [Replacement(2, 3, "’")], 'k: "a ’ b"\n'),
        ('k: "a b"\n', [Replacement(0, 1, "\n"), Replacement(2, 3, '"')], 'k: "\\n \\""\n'),
        ("k: |\n  one\n  two\n", [Replacement(4, 7, "2")], "k: |\n  one\n  2\n"),
        ("k: |\n  one\n  two\n", [Replacement(3, 4, "\n\n")], "k: |\n  one\n\n  two\n"),
        ("k: |\r\n  one\r\nj: x\r\n", [Replacement(0, 3, "\n")], 'k: "\\n\\n"\r\nj: x\r\n'),
        ("k: |\n  one\n  \n", [Replacement(2, 4, "x")], "k: |-\n  onx\n  \n"),
        ("k: | # c\r\n  one\r\n", [Replacement(3, 4, "")], "k: |- # c\r\n  one\r\n"),
        ("k: > # c\n  one\n", [Replacement(1, 2, "\n")], 'k: "o\\ne\\n" # c\n'),
        ("k: |1\n  one\n", [Replacement(0, 1, "\n")], 'k: "\\none\\n"\n'),
        ("k: |\n  one", [Replacement(0, 3, "two")], "k: |\n  two"),
        ("k: |\n  one", [Replacement(0, 3, "a\nb")], "k: |-\n  a\n  b"),
        ("k: old\n", [Replacement(0, 3, "12")], 'k: "12"\n'),
        ("k: old\n", [Replacement(0, 3, "[x]")], 'k: "[x]"\n'),
        ("k: &x old\nj: *x\n", [Replacement(0, 3, "new")], "k: &x new\nj: *x\n"),
    ],
)
def test_parts_are_replaced_in_place_or_the_whole_is(
    yaml: str, parts: list[Replacement], fixed: str
) -> None:
    value = read(yaml).get("k")
    assert value is not None
    assert edited(yaml, write_parts(value, parts)) == fixed


def test_an_alias_is_replaced_and_its_anchor_stays() -> None:
    yaml = "k: &x old\nj: *x\n"
    value = read(yaml).get("j")
    assert value is not None
    assert isinstance(value.node, Alias)
    assert edited(yaml, write_parts(value, [Replacement(0, 3, "new")])) == "k: &x old\nj: new\n"


def test_a_value_that_is_no_text_cannot_be_edited() -> None:
    value = read("k: 12\n")
    assert write_parts(value, [Replacement(0, 1, "x")]) == []
    number = value.get("k")
    assert number is not None
    assert write_parts(number, [Replacement(0, 1, "x")]) == []
    assert isinstance(value.fragment, Fragment)
