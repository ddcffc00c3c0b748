from typing import Any

import pytest
from pydantic import TypeAdapter

from newslint.records.schema import News as NewsModel
from newslint.records.schema import RelatedEntry, check_fields

News = TypeAdapter(NewsModel)

NEWS: dict[str, Any] = {
    "category": "news",
    "title": "t",
    "excerpt": "e",
    "publishedDateTime": "2022-09-12T21:33:00Z",
    "webUrl": "https://example.org/a",
    "type": "article",
    "quality": 84,
    "heat": -1,
    "published": True,
    "provider": {"name": "Example", "domain": "example.org"},
    "topics": ["AI"],
}
ENTRY = {key: NEWS[key] for key in NEWS if key not in ("category", "heat", "published", "topics")}
IMAGE = {"url": "https://example.org/a.jpg", "width": 1, "height": 2}


def problems(fields: Any) -> list[tuple[str, str, str]]:
    return [(each.kind.value, each.pointer, each.message) for each in check_fields(News, fields)]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"quality": 0},
        {"quality": 1_000_000},
        {"images": [IMAGE, {**IMAGE, "isCached": True, "title": "x"}]},
        {"images": []},
        {"related": [ENTRY]},
        {"related": []},
        {"updatedDateTime": None},
        {"updatedDateTime": "2022-09-12"},
        {"removed": True, "featuredContent": "<p>x</p>"},
        {"secured": "QUJD;REVG"},
        {"provider": {**NEWS["provider"], "images": [IMAGE]}},
    ],
)
def test_valid_records_have_no_problems(more: dict[str, Any]) -> None:
    assert problems(NEWS | more) == []


@pytest.mark.parametrize("field", NEWS)
def test_required_fields(field: str) -> None:
    without = {key: value for key, value in NEWS.items() if key != field}
    assert problems(without) == [("missing-field", "", f"required field {field} is missing")]


@pytest.mark.parametrize("field", ENTRY)
def test_required_fields_of_entries(field: str) -> None:
    without = {key: value for key, value in ENTRY.items() if key != field}
    assert [
        (each.kind, each.field) for each in check_fields(TypeAdapter(RelatedEntry), without)
    ] == [("missing-field", field)]


DATE = "expected a date with a time, such as 2022-09-12T21:33:00Z"


@pytest.mark.parametrize(
    ("more", "kind", "pointer", "message"),
    [
        ({"title": 1984}, "wrong-type", "/title", "title is a number, expected text"),
        ({"title": None}, "wrong-type", "/title", "title is empty, expected text"),
        ({"title": False}, "wrong-type", "/title", "title is a boolean, expected text"),
        ({"title": ["a"]}, "wrong-type", "/title", "title is a list, expected text"),
        ({"title": b"x"}, "wrong-type", "/title", "title is binary data, expected text"),
        (
            {"quality": True},
            "wrong-type",
            "/quality",
            "quality is a boolean, expected a whole number",
        ),
        ({"quality": "84"}, "wrong-type", "/quality", "quality is text, expected a whole number"),
        (
            {"quality": 84.0},
            "wrong-type",
            "/quality",
            "quality is a number, expected a whole number",
        ),
        (
            {"published": "true"},
            "wrong-type",
            "/published",
            "published is text, expected true or false",
        ),
        (
            {"published": 0},
            "wrong-type",
            "/published",
            "published is a number, expected true or false",
        ),
        ({"topics": "AI"}, "wrong-type", "/topics", "topics is text, expected a list"),
        ({"topics": ["AI", 5]}, "wrong-type", "/topics/1", "topics/1 is a number, expected text"),
        ({"provider": "x"}, "wrong-type", "/provider", "provider is text, expected a mapping"),
        ({"images": {"url": "x"}}, "wrong-type", "/images", "images is a mapping, expected a list"),
        ({"images": ["x"]}, "wrong-type", "/images/0", "images/0 is text, expected a mapping"),
        (
            {"publishedDateTime": 5},
            "wrong-type",
            "/publishedDateTime",
            f"publishedDateTime is a number, {DATE}",
        ),
        (
            {"publishedDateTime": "soon"},
            "invalid-value",
            "/publishedDateTime",
            "publishedDateTime is 'soon': not a date; write it like 2022-09-12T21:33:00Z",
        ),
        ({"quality": -1}, "invalid-value", "/quality", "quality is -1, expected 0 or more"),
        ({"heat": -2}, "invalid-value", "/heat", "heat is -2, expected -1 or more"),
        ({"topics": []}, "invalid-value", "/topics", "topics is an empty list"),
        (
            {"secured": "secret"},
            "invalid-value",
            "/secured",
            "secured is not valid: it must be two base64 parts joined by ';'",
        ),
        (
            {"secured": "QUJD;secret!"},
            "invalid-value",
            "/secured",
            "secured is not valid: its second part is not base64",
        ),
        (
            {"secured": "secret!;QUJD"},
            "invalid-value",
            "/secured",
            "secured is not valid: its first part is not base64",
        ),
        (
            {"secured": "sécret;QUJD"},
            "invalid-value",
            "/secured",
            "secured is not valid: its first part is not base64",
        ),
        ({"exerpt": 1}, "unknown-field", "/exerpt", "unknown field exerpt; did you mean excerpt?"),
        ({"zzz": 1}, "unknown-field", "/zzz", "unknown field zzz"),
        ({"a/b~c": 1}, "unknown-field", "/a~1b~0c", "unknown field a/b~c"),
        (
            {"images": [{**IMAGE, "heigth": 1}]},
            "unknown-field",
            "/images/0/heigth",
            "unknown field heigth; did you mean height?",
        ),
        (
            {"provider": {"name": "x", "domain": "y", "nmae": 1}},
            "unknown-field",
            "/provider/nmae",
            "unknown field nmae; did you mean name?",
        ),
        (
            {"provider": {"name": "x"}},
            "missing-field",
            "/provider",
            "required field domain of provider is missing",
        ),
        (
            {"images": [IMAGE, {"width": 1, "height": 2}]},
            "missing-field",
            "/images/1",
            "required field url of images/1 is missing",
        ),
    ],
)
def test_one_difference_is_one_problem(
    more: dict[str, Any], kind: str, pointer: str, message: str
) -> None:
    assert problems(NEWS | more) == [(kind, pointer, message)]


@pytest.mark.parametrize(
    ("fields", "name"), [([], "a list"), ("x", "text"), (5, "a number"), (None, "empty")]
)
def test_front_matter_must_be_a_mapping(fields: Any, name: str) -> None:
    assert problems(fields) == [("wrong-type", "", f"the record is {name}, expected a mapping")]


def test_text_is_wanted_only_if_expected() -> None:
    found = check_fields(News, NEWS | {"title": 5, "quality": "x"})
    assert {each.field: each.wants_text for each in found} == {"title": True, "quality": False}


def test_other_errors_keep_the_message_of_the_validator() -> None:
    assert problems(NEWS | {5: "x"}) == [("invalid-value", "/5", "5: keys should be strings")]
