"""Results survive being encoded, whole; damage raises an error."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.documents import read_document
from newslint.engine.map import DocumentChecker
from newslint.execution.codec import CodecError, decode_description, decode_file, encode
from newslint.rules.example_records import NEWS_RECORD
from newslint.syntax import Reader
from newslint.testing import fence
from packed import RULES, is_equal, map_text, passed_on
from strategies import damaged, documents

ENTRIES = """\
title: "&#x41; Meta\u00e2\u20ac\u2122s"  # newslint: ignore[text] -- it is quoted
webUrl: http://example.org/a
quality: 1.5
publishedDateTime: 2022-09-12T23:33:00.25+02:00
images: [{url: u, width: 0}]
# newslint: ignore-file[images]
related:
  - title: "A &amp; B"
    webUrl: http://example.org/b
    publishedDateTime: 2022-09-12 21:33:00
    quality: -1
    secured: 31415926535
  - &a {title: x, published: on}
  # newslint: ignore[headline]
  - *a
  - text
"""
TEXTS = {
    "news": NEWS_RECORD,
    "entries": fence(ENTRIES),
    "flow": fence("related: [{title: A, quality: 3}, {title: A, quality: 3}, 7]"),
    "broken": fence("title: a: b\nrelated: ["),
    "on several lines": fence(
        "title: 'A headline\n\n  on lines'\nexcerpt: plain\n  text\nwebUrl: |-\n  https://x.org/a\n"
        'related:\n- title: "And\n    another"\n  excerpt: >\n    folded\n    text\n'
    ),
    "bare": "no front matter, but Meta\u00e2\u20ac\u2122s",
    "empty": "",
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("is_full", [True, False])
def test_nothing_is_lost(name: str, *, is_full: bool) -> None:
    before = map_text(TEXTS[name], is_full=is_full)
    assert is_equal(passed_on(before), before)


def test_nothing_of_the_seeds_is_lost(repository: Path) -> None:
    for path in sorted((repository / "seeds").iterdir()):
        before = map_text(path.read_text("utf-8"))
        assert is_equal(passed_on(before), before)


@settings(max_examples=4 * settings().max_examples)
@given(st.one_of(documents(), damaged()))
def test_nothing_of_any_front_matter_is_lost(text: str) -> None:
    before = map_text(fence(text))
    assert is_equal(passed_on(before), before)


def test_equal_bytes_come_of_equal_files() -> None:
    file, descriptions = map_text(NEWS_RECORD)
    again, others = map_text(NEWS_RECORD)
    assert encode(file) == encode(again)
    assert [*map(encode, descriptions)] == [*map(encode, others)]


def test_equal_entries_are_one_description() -> None:
    entries = f"  - title: {'A headline ' * 9}\n    quality: 7\n" * 3
    file, descriptions = map_text(fence("related:\n" + entries))
    (record,) = file.records
    assert len(descriptions) == 2
    assert len(record.digests) == 4
    assert len({*record.digests}) == 2


def test_a_description_that_is_known_is_not_described_again() -> None:
    text = TEXTS["entries"].encode()
    document = read_document("a.md", text, Reader())
    checker = DocumentChecker(RULES)
    _, descriptions = checker.check(document)
    known = {each.description.digest for each in descriptions}
    assert checker.check(document, known=known)[1] == []


def test_what_cannot_be_encoded_raises_an_error() -> None:
    _, descriptions = map_text(fence(f"quality: {'1' * 40}"))
    with pytest.raises(CodecError):
        encode(descriptions[0])


@given(st.binary(max_size=40) | st.integers(0, 400))
def test_damage_raises_an_error(damage: bytes | int) -> None:
    file, descriptions = map_text(TEXTS["entries"])
    for data in (encode(file), encode(descriptions[0])):
        spoiled = damage if isinstance(damage, bytes) else data[: min(damage, len(data) - 1)]
        with pytest.raises(CodecError):
            decode_file(spoiled, "a.md")
        with pytest.raises(CodecError):
            decode_description(spoiled, b"")


def test_results_of_another_file_or_description_raise_an_error() -> None:
    file, descriptions = map_text(TEXTS["entries"])
    with pytest.raises(CodecError):
        decode_file(encode(file), "b.md")
    with pytest.raises(CodecError):
        decode_description(encode(descriptions[0]), descriptions[1].description.digest)


def test_what_is_secret_is_not_encoded() -> None:
    file, descriptions = map_text(fence("secured: 31415926535\n" + ENTRIES))
    assert b"31415926535" not in encode(file) + b"".join(map(encode, descriptions))
