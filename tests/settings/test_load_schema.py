"""Loading of schemas, and errors of invalid ones."""

from pathlib import Path

import pytest

from newslint.settings.schemas import SchemaError, load_schema

MODEL = """\
from datetime import date
from pydantic import BaseModel, field_validator

class Talk(BaseModel, extra="forbid"):
    title: str
    held: date
    related: list["Link"] | None = None
    secured: str = ""

    @field_validator("title")
    @classmethod
    def capital(cls, title: str) -> str:
        if title == "boom":
            raise RuntimeError(title)
        if title == "quit":
            raise SystemExit(0)
        if not title[:1].isupper():
            raise ValueError("start with a capital letter")
        return title

    @field_validator("secured")
    @classmethod
    def never(cls, value: str) -> str:
        raise ValueError(f"bad: {value}")

class Link(BaseModel):
    url: str

class Plain:
    pass

class Dangling(BaseModel):
    other: "Nowhere"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "talks.py").write_text(MODEL)
    return tmp_path


def problems(folder: Path, fields: object) -> list[tuple[str, str, str]]:
    found = load_schema("talks.py:Talk", folder, folder, "related").check_record(fields)
    return [(each.kind.value, each.pointer, each.message) for each in found]


def test_model_in_a_file(folder: Path) -> None:
    assert problems(folder, {"title": "T", "held": "2022-09-12"}) == []
    assert problems(folder, {"title": 1984, "heldd": "x", "related": [{}]}) == [
        ("wrong-type", "/title", "title is a number, expected text"),
        ("missing-field", "", "required field held is missing"),
        ("unknown-field", "/heldd", "unknown field heldd; did you mean held?"),
    ]


def test_related_entries_of_a_model(folder: Path) -> None:
    found = load_schema("talks.py:Talk", folder, folder, "related").check_entry({})
    assert [each.message for each in found] == ["required field url is missing"]
    assert load_schema("talks.py:Talk", folder, folder, None).check_entry({}) == ()


def test_errors_raised_by_validators_of_a_model(folder: Path) -> None:
    fields = {"title": "t", "held": "2022-09-12"}
    assert problems(folder, fields) == [
        ("invalid-value", "/title", "title: start with a capital letter")
    ]
    assert problems(folder, fields | {"title": "boom"}) == [
        ("invalid-value", "", "the schema's own code failed with RuntimeError")
    ]
    assert problems(folder, fields | {"title": "quit"}) == [
        ("invalid-value", "", "the schema's own code failed with SystemExit")
    ]
    secret = problems(folder, fields | {"title": "T", "secured": "TopSecret"})
    assert secret == [("invalid-value", "/secured", "secured is not valid")]


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("nwes", "unknown schema 'nwes'; write 'news', a file such as 'x.schema.json', or a"),
        ("none.json", "schema file not found: none.json"),
        ("broken.json", "broken.json:2:1: not valid JSON: "),
        ("broken.yaml", "broken.yaml:1:5: not valid YAML: "),
        ("list.json", "list.json is not a JSON Schema: expected an object"),
        ("wrong.json", "wrong.json is not a JSON Schema: invalid value at /properties/a/type: "),
        ("remote.json", "newslint never uses the network"),
        ("outside.json", "which is outside"),
        ("latin.json", "latin.json is not UTF-8"),
        ("none.py:Talk", "not found: there is no file "),
        ("no.such.module:Talk", "not found: there is no module 'no.such.module'"),
        ("talks.py:Tlak", "there is no 'Tlak' in talks.py; did you mean 'Talk'?"),
        ("talks.py:Plain", "'Plain' in talks.py is not a pydantic model"),
        ("talks.py:Dangling", "model 'Dangling' in talks.py cannot be used: "),
        ("fails.py:X", "schema 'fails.py:X' cannot be imported: ZeroDivisionError: "),
        ("syntax.py:X", "schema 'syntax.py:X' cannot be imported: SyntaxError: "),
    ],
)
def test_invalid_schemas(folder: Path, reference: str, message: str) -> None:
    for name, text in {
        "broken.json": "{\n",
        "broken.yaml": "a: [",
        "list.json": "[]",
        "wrong.json": '{"properties": {"a": {"type": "strin"}}}',
        "remote.json": '{"$ref": "https://example.org/x.json"}',
        "outside.json": '{"$ref": "../x.json"}',
        "fails.py": "1 / 0\n",
        "syntax.py": "x = = 1\n",
    }.items():
        (folder / name).write_text(text)
    (folder / "latin.json").write_bytes(b'{"title": "caf\xe9"}')
    with pytest.raises(SchemaError) as caught:
        load_schema(reference, folder, folder, "related")
    assert message in str(caught.value)


def test_reference_to_another_file(folder: Path) -> None:
    (folder / "parts").mkdir()
    (folder / "parts" / "a.json").write_text('{"type": "integer"}')
    (folder / "x.json").write_text('{"properties": {"a": {"$ref": "parts/a.json"}}}')
    found = load_schema("x.json", folder, folder, None).check_record({"a": "x"})
    assert [each.message for each in found] == ["a is text, expected a whole number"]


def test_json_schema_in_yaml(folder: Path) -> None:
    (folder / "x.yaml").write_text("required: [a]\n")
    assert len(load_schema("x.yaml", folder, folder, None).check_record({})) == 1
