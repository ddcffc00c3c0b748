"""What the map yields survives being packed, whole; what is damaged is told."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import msgpack

from newslint.engine.pack import PackError, Packing, digest
from newslint.records import DescriptionData
from newslint.rules.example_records import NEWS_RECORD
from newslint.testing import fence
from packed import everything, examiner, passed_on, yielded
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
@pytest.mark.parametrize("is_examined", [True, False])
def test_nothing_is_lost(name: str, *, is_examined: bool) -> None:
    who = examiner()
    before = yielded(TEXTS[name], who, is_examined=is_examined)
    assert passed_on(before, who, is_examined=is_examined) == everything(before, who)


def test_nothing_of_the_seeds_is_lost(repository: Path) -> None:
    for path in sorted((repository / "seeds").iterdir()):
        who = examiner()
        before = yielded(path.read_text("utf-8"), who)
        assert passed_on(before, who) == everything(before, who)


@settings(max_examples=4 * settings().max_examples)
@given(st.one_of(documents(), damaged()))
def test_nothing_of_any_front_matter_is_lost(text: str) -> None:
    who = examiner()
    before = yielded(fence(text), who)
    assert passed_on(before, who) == everything(before, who)


def test_equal_bytes_come_of_equal_files() -> None:
    first, second = (Packing(examiner(), {}.get, is_examined=True) for _ in range(2))
    data = [each.packed(yielded(NEWS_RECORD, each.examiner)) for each in (first, second)]
    assert data[0] == data[1]
    assert first.fresh == second.fresh


def test_what_is_examined_serves_where_records_alone_are_wanted() -> None:
    who, other = examiner(), examiner()
    packing = Packing(who, {}.get, is_examined=True)
    data = packing.packed(yielded(TEXTS["entries"], who))
    unpacked = Packing(other, packing.fresh.get, is_examined=False).unpacked("a.md", data)
    third = examiner()
    known = yielded(TEXTS["entries"], third, is_examined=False)
    assert everything(unpacked, other) == everything(known, third)


def test_equal_entries_are_one_description() -> None:
    text = fence("related:\n" + f"  - title: {'A headline ' * 9}\n    quality: 7\n" * 3)
    who, other = examiner(), examiner()
    packing = Packing(who, {}.get, is_examined=True)
    data = packing.packed(yielded(text, who))
    (record,) = (
        Packing(other, packing.fresh.get, is_examined=True).unpacked("a.md", data).examined.records
    )
    assert len(packing.fresh) == 1
    assert len(set(record.entries)) == 1


def test_a_description_holds_no_more_lines_than_it_stands_on() -> None:
    """A tag has the front matter read as a whole, so that entries have the lines of all above."""

    def size(number: int) -> int:
        entries = "".join(
            f"  - title: A headline\n    quality: !!int {at}\n" for at in range(number)
        )
        packing = Packing(examiner(), {}.get, is_examined=True)
        packed = packing.packed(yielded(fence("related:\n" + entries), packing.examiner))
        return len(packed) + sum(map(len, packing.fresh.values()))

    assert size(400) < 2.2 * size(200)


def test_what_cannot_be_packed_is_told() -> None:
    who = examiner()
    before = yielded(fence(f"quality: {'1' * 40}"), who)
    with pytest.raises(PackError):
        Packing(who, {}.get, is_examined=True).packed(before)


@given(st.binary(max_size=40) | st.integers(0, 400))
def test_what_is_damaged_is_told(damage: bytes | int) -> None:
    who = examiner()
    packing = Packing(who, {}.get, is_examined=True)
    data = packing.packed(yielded(TEXTS["entries"], who))
    spoiled = damage if isinstance(damage, bytes) else data[: min(damage, len(data) - 1)]
    with pytest.raises(PackError):
        Packing(examiner(), packing.fresh.get, is_examined=True).unpacked("a.md", spoiled)


@pytest.mark.parametrize(("field", "value"), [("published_at", "soon"), ("source", ([-1], 0, 0))])
def test_what_cannot_be_is_told(field: str, value: object) -> None:
    packing = Packing(examiner(), {}.get, is_examined=True)
    path, found, records, comments = msgpack.decode(
        packing.packed(yielded(fence(NEWS_RECORD), packing.examiner))
    )
    records[0][0][0][DescriptionData._fields.index(field)] = value
    data = msgpack.encode((path, found, records, comments))
    with pytest.raises(PackError):
        packing.unpacked(path, data)


def test_a_description_that_is_missing_or_another_one_is_told() -> None:
    who = examiner()
    packing = Packing(who, {}.get, is_examined=True)
    data = packing.packed(yielded(TEXTS["entries"], who))
    other = next(iter(packing.fresh.values()))
    for find in (lambda _: None, lambda _: b"", lambda key: other if digest(other) != key else b""):
        with pytest.raises(PackError):
            Packing(examiner(), find, is_examined=True).unpacked("a.md", data)
    with pytest.raises(PackError):
        Packing(examiner(), packing.fresh.get, is_examined=True).unpacked("b.md", data)


def test_what_is_secret_is_not_packed() -> None:
    who = examiner()
    packing = Packing(who, {}.get, is_examined=True)
    data = packing.packed(yielded(fence("secured: 31415926535\n" + ENTRIES), who))
    assert b"31415926535" not in data + b"".join(packing.fresh.values())
