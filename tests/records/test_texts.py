"""The strings of a document that text rules check, and their locations."""

import pytest

from helpers import parsed, value_of
from newslint.records import body_texts, entry_texts, record_texts, related_entries
from newslint.text import Span


def pointers(yaml: str) -> list[str]:
    return [text.pointer for text in record_texts(value_of(yaml))]


def outside(text: str) -> list[tuple[str, int]]:
    document = parsed(text)
    return [(line.value, line.part(0, 1).location.span.start.line) for line in body_texts(document)]


def test_all_texts_except_entries_and_secrets() -> None:
    yaml = (
        "title: t\nquality: 5\nexcerpt: ''\nsecured: s\ntopics: [a, b, 3]\nprovider:\n  name: n\n"
        "related:\n  - title: u\n"
    )
    assert pointers(yaml) == ["/title", "/topics/0", "/topics/1", "/provider/name"]


def test_secrets_of_entries_and_below_are_left_out() -> None:
    root = value_of(
        "secured: {a: b}\nrelated:\n  - title: t\n    secured: s\n    x: {secured: s}\n"
    )
    (entry,) = related_entries(root)
    assert [text.pointer for text in entry_texts(entry)] == ["/title"]
    assert list(record_texts(root)) == []


def test_front_matter_that_is_text() -> None:
    assert pointers("just text") == [""]


def test_aliased_texts_are_yielded_once_at_the_anchor() -> None:
    assert pointers("title: &t x\nexcerpt: *t") == ["/title"]


@pytest.mark.parametrize(
    ("yaml", "field", "is_html"),
    [
        ("title: t", "title", False),
        ("topics: [t]", "topics", False),
        ("provider: {images: [{url: u}]}", "url", False),
        ("featuredContent: <p>", "featuredContent", True),
    ],
)
def test_the_field_of_a_text(yaml: str, field: str, *, is_html: bool) -> None:
    (text,) = record_texts(value_of(yaml))
    assert (text.field, text.is_html, text.in_front_matter) == (field, is_html, True)


def test_targets_of_parts_of_a_text() -> None:
    (text,) = record_texts(value_of('title: "a\\tb"'))
    assert text.part(1, 3).location.span == Span((1, 10), (1, 13))
    assert text.part(1, 3).value == "a\tb"


def test_the_body_is_read_line_by_line() -> None:
    assert outside("---\ntitle: t\n---\none\r\n\r\ntwo\rthree\n") == [
        ("one", 4),
        ("two", 6),
        ("three", 7),
    ]


def test_a_body_line_is_html_and_in_no_field() -> None:
    (line,) = body_texts(parsed("---\ntitle: t\n---\nbody\n"))
    assert line.is_html
    assert not line.in_front_matter
    assert (line.pointer, line.field, line.scalar) == ("", "", None)
    assert line.part(1, 3).value == "od"


def test_all_lines_of_a_file_without_front_matter() -> None:
    assert outside("one\ntwo\n") == [("one", 1), ("two", 2)]
    assert outside("---\na: b: c\n---\n") == [("---", 1), ("a: b: c", 2), ("---", 3)]


@pytest.mark.parametrize(
    "secret",
    [
        "secured: s",
        '"secured": s',
        "  - secured : s",
        'secured: "s\n  s\n\n  s"',
        "secured: |\n  s\n  s s",
        "secured: s\nsecured: s",
    ],
)
def test_secrets_of_unreadable_front_matter_are_left_out(secret: str) -> None:
    lines = outside(f"---\na: b: c\n{secret}\nheat: 1\n---\nbody\n")
    assert [line for line, _ in lines] == ["---", "a: b: c", "heat: 1", "---", "body"]


def test_a_body_may_mention_secrets() -> None:
    assert outside("---\na: b\n---\nsecured: not front matter\n") == [
        ("secured: not front matter", 4)
    ]


def test_code_below_the_front_matter_is_left_out() -> None:
    text = "---\ntitle: t\n---\na `b` c\n\n    d\n\n```\ne\n```\nf <code>g</code>\n"
    assert outside(text) == [("a ", 4), (" c", 4), ("f ", 11)]


def test_indented_lines_of_front_matter_that_cannot_be_parsed_are_no_code() -> None:
    assert [line for line, _ in outside("---\na: `\n\n    b: `\n")] == ["---", "a: `", "    b: `"]
