"""Documents: their values, the places of these, and robustness against any bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.documents import Document, read_document
from newslint.documents.document import unreadable_document
from newslint.syntax import Reader
from newslint.syntax.tree import Alias, Scalar
from newslint.text import Location, Position, Span
from oracle import same, walk
from strategies import anything, documents

READER = Reader(min_entry_length=0)


def read(data: str | bytes, path: str = "a.md") -> Document:
    return read_document(path, data.encode() if isinstance(data, str) else data, READER)


def rules(document: Document) -> list[str]:
    return [problem.rule for problem in document.problems]


@given(
    documents(),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["---\n", "--- \r\n", "---\t\r"]),
    st.sampled_from(["---", "---\nbody\n", "...\n"]),
)
def test_positions_are_those_of_the_file(yaml: str, mark: str, opening: str, rest: str) -> None:
    if opening.endswith("\r"):
        yaml = yaml.replace("\r\n", "\n").replace("\n", "\r")
    yaml = (
        yaml if yaml.endswith(("\n", "\r")) and not yaml.endswith("\r" * 9) else yaml + opening[-1]
    )
    document = read(mark + opening + yaml + rest)
    if rules(document).count("unclosed-front-matter"):
        return
    before = len(mark + opening)
    alone, problems = Reader(share_fragments=False).read(
        document.source.text[before : before + len(yaml)]
    )
    assert len(document.problems) == len(problems)
    for root in document.roots:
        for value in walk(root):
            _stands_where_it_is(document, value.span)
            if isinstance(value.node, Scalar):
                assert _text(document, value.span) == value.raw
            if isinstance(value.node, Alias):
                assert _text(document, value.span).startswith("*")
    assert same(
        [root.python for root in document.roots[:1]],
        [fragment.node.to_python() for fragment in alone[:1]],
    )


def _text(document: Document, span: Span) -> str:
    source = document.source
    return source.text[source.offset(span.start) : source.offset(span.end)]


def _stands_where_it_is(document: Document, span: Span) -> None:
    source = document.source
    assert source.span(source.offset(span.start), source.offset(span.end)) == span


@given(st.binary(max_size=200), st.sampled_from(["a.md", "a.yml"]))
def test_any_bytes_are_a_document(data: bytes, path: str) -> None:
    assert read(data, path).path == path


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["a.md", "b.YAML"]))
def test_any_text_is_a_document(text: str, path: str) -> None:
    read(text, path)
    read(f"---\n{text}\n---\n", path)


@given(anything)
def test_any_front_matter_is_a_document(text: str) -> None:
    document = read(f"---\n{text}\n---\n")
    assert document.roots or document.problems
    for problem in document.problems:
        _stands_where_it_is(document, problem.span)


@pytest.mark.parametrize(
    ("data", "rule", "message"),
    [
        ("", "missing-front-matter", "the file is empty"),
        ("---", "unclosed-front-matter", "never closed"),
        ("---\n---", "missing-front-matter", "the front matter is empty"),
        ("---\n# only\n---\n", "missing-front-matter", "the front matter is empty"),
        ("+++\na = b\n+++\n", "toml-syntax", "TOML"),
        ('{"a": b}', "json-syntax", "JSON"),
        (b"---\ntitle: caf\xe9\n---\n", "unreadable-file", "byte 0xe9 at offset 14"),
        ("---\na: b\n---\n".encode("utf-16"), "unreadable-file", "utf-16"),
        ("---\na: [\n---\n", "yaml-syntax", "above is never closed"),
        ('---\na: "\\ud800"\n---\n', "yaml-syntax", "half a character"),
        ("---\na: !!python/object:os.system {}\n---\n", "yaml-syntax", "is not known"),
        ("---\na: !%ed%a0%80 b\n---\n", "yaml-syntax", "not valid UTF-8"),
        ("---\na: " + "[" * 5000 + "\n---\n", "yaml-limits", "deeper than 100 levels"),
    ],
)
def test_bad_files_are_problems(data: str | bytes, rule: str, message: str) -> None:
    document = read(data)
    assert rules(document) == [rule]
    assert message in document.problems[0].message
    assert document.roots == ()


def test_positions_of_problems_count_from_the_start_of_the_file() -> None:
    document = read("\ufeff---\r\ntitle: a: b\r\n---\r\n")
    assert document.problems[0].span == Span(Position(2, 9), Position(2, 10))
    document = read("---\nr:\n- a: 1\n  a: 2\n---\n")
    (problem,) = document.problems
    assert (problem.span.start, problem.pointer) == ((4, 3), "/r/0")
    assert problem.related[0][0].start == (3, 3)


def test_nul_bytes_and_other_control_characters_are_text() -> None:
    document = read('---\na: "x\0y"\nb: \x85z\n---\n')
    assert not document.problems
    assert document.roots[0].python == {"a": "x\0y", "b": "\x85z"}


def test_a_yaml_file_may_hold_many_documents() -> None:
    document = read("a: 1\n---\n---\nb: 2\n---\n# none\n", "a.yml")
    assert [root.python for root in document.roots] == [{"a": 1}, {"b": 2}]
    value = document.roots[1].get("b")
    assert value is not None
    assert value.span == Span(Position(4, 4), Position(4, 5))


def test_the_text_after_the_front_matter_is_the_body() -> None:
    document = read("---\na: b\n---\nbody")
    assert document.source.text[document.body_start :] == "body"
    assert read("no front matter").body_start == 0
    assert read("---\na: [\n---\nbody").body_start == 0


def test_locations() -> None:
    document = read("---\na: b\n---\n")
    assert document.locate_start() == Location("a.md", "", Span(Position(1, 1), Position(1, 1)))
    assert document.locate_range(4, 5) == Location("a.md", "", Span(Position(2, 1), Position(2, 2)))
    span = document.locate_range(4, 8).span
    assert document.locate("/a", span) == Location("a.md", "/a", span)


def test_a_file_that_could_not_be_read() -> None:
    document = unreadable_document("x.md", "why")
    assert (document.path, document.source.text, document.roots) == ("x.md", "", ())
    assert rules(document) == ["unreadable-file"]


def test_old_names_of_methods_work_with_a_warning() -> None:
    document = read("---\na: b\n---\n")
    with pytest.warns(DeprecationWarning, match=r"Document\.at is now called"):
        locate_range = document.at
    with pytest.warns(DeprecationWarning, match=r"Document\.whole is now called"):
        locate_start = document.whole
    assert locate_range(0, 0) == locate_start() == document.locate_start()
