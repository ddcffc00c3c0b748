"""Descriptions: typed fields and their targets."""

import datetime

import msgspec
import pytest
from hypothesis import given

from helpers import value_of
from newslint.records import Description, entry_mention, record_mention, related_entries
from newslint.records import describe as read_description
from newslint.text import Position, Span
from strategies import scalars

WHOLE = """\
title: PyTorch moves
excerpt: It has a home.
publishedDateTime: 2022-09-12T21:33:00Z
webUrl: http://Example.org/a/
originalUrl: https://origin.example/a
ampWebUrl: https://example.org/amp
cdnAmpWebUrl: https://cdn.example/amp/
quality: 84
published: true
provider: {name: Example, domain: example.org}
images: [{url: https://example.org/a.jpg}]
"""
FIELDS = {
    "title": "PyTorch moves",
    "excerpt": "It has a home.",
    "published_at": datetime.datetime(2022, 9, 12, 21, 33, tzinfo=datetime.UTC),
    "url": "http://Example.org/a/",
    "urls": ("https://example.org/a", "https://origin.example/a"),
    "amp_urls": ("https://example.org/amp", "https://cdn.example/amp"),
    "quality": 84,
    "published": True,
    "provider_name": "Example",
    "provider_domain": "example.org",
    "images": ("https://example.org/a.jpg",),
}
FIELD_OF = {
    "title": {"title"},
    "excerpt": {"excerpt"},
    "publishedDateTime": {"published_at"},
    "webUrl": {"url", "urls"},
    "originalUrl": {"urls"},
    "ampWebUrl": {"amp_urls"},
    "cdnAmpWebUrl": {"amp_urls"},
    "quality": {"quality"},
    "published": {"published"},
    "provider": {"provider_name", "provider_domain"},
    "images": {"images"},
}
ODD = [
    "",
    "~",
    "3.5",
    "[1, {a: b}]",
    "{a: [b]}",
    "!!binary aGk=",
    "'12'",
    "0x1F",
    "on",
    "1984-01-01",
]


def description_of(yaml: str) -> Description:
    return read_description(value_of(yaml), is_record=True)


def describe(description: Description) -> dict[str, object]:
    return {name: getattr(description, name) for name in FIELDS}


def replace_value(field: str, new: str) -> str:
    kept = [line for line in WHOLE.splitlines() if not line.startswith(f"{field}:")]
    return "\n".join([*kept, f"{field}: {new}"])


def test_all_fields_are_read() -> None:
    assert describe(description_of(WHOLE)) == FIELDS


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("field", FIELD_OF)
def test_a_bad_field_never_hides_the_others(field: str, odd: str) -> None:
    found = describe(description_of(replace_value(field, odd)))
    others = FIELDS.keys() - FIELD_OF[field]
    assert {name: found[name] for name in others} == {name: FIELDS[name] for name in others}


@pytest.mark.parametrize(
    ("yaml", "name", "value"),
    [
        ("quality: true", "quality", None),
        ("quality: '84'", "quality", None),
        ("quality: 84.0", "quality", None),
        ("quality: 0", "quality", 0),
        ("published: 1", "published", None),
        ("published: no", "published", False),
        ("title: 1984", "title", None),
        ("title: ''", "title", ""),
        ("publishedDateTime: soon", "published_at", None),
        ("publishedDateTime: 20220912", "published_at", None),
        ("images: {url: a}", "images", None),
        ("images: []", "images", ()),
        ("images: [{url: ' '}, {width: 1}, a, {url: 3}, [b], 3, ' ']", "images", ()),
        ("images: [/a.jpg, {url: b}]", "images", ("/a.jpg", "b")),
        ("x: &x /a.jpg\nimages: [*x]", "images", ("/a.jpg",)),
        ("images: /a.jpg", "images", ("/a.jpg",)),
        ("x: &x /a.jpg\nimages: *x", "images", ("/a.jpg",)),
        ("images: ''", "images", ()),
        ("images: 3", "images", None),
        ("provider: Example", "provider_name", None),
        ("webUrl: 5\noriginalUrl: https://o.example/a", "url", "https://o.example/a"),
        ("webUrl: ''", "urls", ()),
        (
            "webUrl: https://a.example/\noriginalUrl: https://a.example",
            "urls",
            ("https://a.example",),
        ),
    ],
)
def test_fields_are_typed(yaml: str, name: str, value: object) -> None:
    assert getattr(description_of(yaml), name) == value


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2022-09-12T21:33:00Z", (2022, 9, 12, 21, 33)),
        ("2022-09-12T23:33:00+02:00", (2022, 9, 12, 21, 33)),
        ("'2022-09-12T16:33:00-05:00'", (2022, 9, 12, 21, 33)),
        ("2022-09-12 21:33:00", (2022, 9, 12, 21, 33)),
        ("' 2022-09-12 '", (2022, 9, 12)),
        ("2022-09-12", (2022, 9, 12)),
    ],
)
def test_dates_are_aware_datetimes(written: str, instant: tuple[int, ...]) -> None:
    found = description_of(f"publishedDateTime: {written}").published_at
    assert found == datetime.datetime(*instant, tzinfo=datetime.UTC)


@pytest.mark.parametrize("yaml", ["- a", "text", "5", "~"])
def test_values_that_are_no_mappings_have_no_fields(yaml: str) -> None:
    description = description_of(yaml)
    assert not description.is_mapping
    assert description.article == ""
    assert set(describe(description).values()) == {None, ()}


def test_targets_are_fields_or_the_whole_mention() -> None:
    mention = record_mention(value_of("title: a\nheat: &h 3\nquality: *h\nprovider:\n  name: x\n"))
    whole = Span(Position(1, 1), Position(5, 10))
    assert mention.is_record
    assert mention.target().location.span == whole
    assert mention.target("excerpt").location.span == whole
    assert mention.target("title").location.span == Span(Position(1, 8), Position(1, 9))
    assert mention.target("heat").value == "3"
    assert mention.target("heat").location.pointer == "/heat"
    assert mention.target("provider/name").value == "x"
    assert mention.target("provider").location.span.start == Position(5, 3)
    assert mention.target("provider").value == ""


def test_the_target_of_an_alias_is_the_alias() -> None:
    mention = record_mention(value_of('excerpt: &e "text"\nquality: &q 84\ntitle: *e\ntype: *q\n'))
    title, kind = mention.target("title"), mention.target("type")
    assert (title.value, title.style) == ("text", "")
    assert title.location.span == Span(Position(3, 8), Position(3, 10))
    assert kind.value == "84"


def test_schema_problems_of_entries_are_not_those_of_the_record() -> None:
    root = value_of("title: t\nrelated:\n  - title: u\n    bad: 1\n  - just text\n")
    record = {problem.pointer for problem in record_mention(root).schema_problems}
    assert record == {""}
    first, second = (entry_mention(entry) for entry in related_entries(root))
    assert "/bad" in {problem.pointer for problem in first.schema_problems}
    assert [problem.message for problem in second.schema_problems] == [
        "the related entry is text, expected a mapping"
    ]
    assert not first.is_record


@pytest.mark.parametrize(
    "yaml", ["related: text", "related: {a: b}", "related:", "title: t", "- a"]
)
def test_without_a_list_there_are_no_entries(yaml: str) -> None:
    assert list(related_entries(value_of(yaml))) == []


@given(scalars(), scalars(4))
def test_targets_are_the_same_after_serialisation(excerpt: str, name: str) -> None:
    text = f"title: 'A\n  headline'\nexcerpt: {excerpt}\nprovider:\n  name: {name}\nwebUrl: a"
    description = description_of(text)
    fields = ["", *FIELD_OF, "provider/name"]
    before = [description.target(field) for field in fields]
    data = msgspec.msgpack.encode(description)
    again = msgspec.msgpack.decode(data, type=Description)
    assert again == description
    assert [again.target(field) for field in fields] == before
