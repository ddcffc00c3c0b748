"""Values judged by the JSON Schema of a collection, from the file to the report."""

import json
from pathlib import Path
from typing import Any

import pytest

from helpers import check
from newslint.settings.toml_file import SettingsError

ZULU = r"^\d{4}-\d{2}-\d{2}T\d\d:\d\d:\d\dZ$"
EXPENSIVE = "^(?:(?!z)(a|aa))+$"
TOO_EXPENSIVE = f"the pattern {EXPENSIVE} is too expensive to match against this value"
TWO_READINGS = "which YAML 1.1 reads as text and YAML 1.2 as the number"


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"type": "string", "pattern": ZULU}, "2022-01-23T10:00:00Z", []),
        ({"enum": ["2022-01-23T10:00:00Z"]}, "2022-01-23T10:00:00Z", []),
        ({"const": "2022-01-23 10:00:00"}, "2022-01-23 10:00:00", []),
        ({"type": "string", "minLength": 10, "maxLength": 10}, "2022-01-23", []),
        (
            {"type": "string", "pattern": ZULU},
            "2022-01-23 10:00:00",
            [f"error invalid-value v is '2022-01-23 10:00:00', which does not match {ZULU}"],
        ),
        (
            {"type": "string", "pattern": "^(?!draft).*$"},
            "draft-x",
            ["error invalid-value v is 'draft-x', which does not match ^(?!draft).*$"],
        ),
        ({"type": "string", "pattern": "(?<!x)yz"}, "yz", []),
        ({"type": "string", "pattern": r"^(\w+) \1$"}, "two two", []),
        (
            {"type": "string", "pattern": EXPENSIVE},
            "a" * 60 + "!",
            [f"error invalid-value v: {TOO_EXPENSIVE}"],
        ),
        (
            {"type": "string", "format": "email"},
            '"Ann <ann@example.org>"',
            ["error invalid-value v is 'Ann <ann@example.org>', expected an e-mail address"],
        ),
        ({"type": "string", "format": "email"}, "ann@example.org", []),
        (
            {"type": "integer"},
            "0o14",
            [f"warning wrong-type v is '0o14', {TWO_READINGS} 12"],
        ),
        (
            {"type": "string"},
            "1e3",
            [f"warning wrong-type v is '1e3', {TWO_READINGS} 1000.0; quote '1e3' to keep it text"],
        ),
        ({"type": "string"}, "'1e3'", []),
        ({"type": "integer"}, "12", []),
    ],
)
def test_a_value_is_judged_as_json_schema_and_yaml_say(
    archive: Path, schema: Any, value: str, expected: list[str]
) -> None:
    (archive / "s.json").write_text(json.dumps({"properties": {"v": schema}}))
    (archive / "newslint.toml").write_text(
        '[[collections]]\nname = "a"\npaths = ["/a/"]\nschema = "s.json"\n'
    )
    (archive / "a").mkdir()
    (archive / "a" / "x.md").write_text(f"---\nv: {value}\n---\n")
    found = check(archive, select=["schema"]).diagnostics
    assert [f"{each.severity.value} {each.rule} {each.message}" for each in found] == expected


def test_a_text_that_is_no_pattern_stops_the_run_at_its_place(archive: Path) -> None:
    (archive / "s.json").write_text(json.dumps({"properties": {"v": {"pattern": r"[\d"}}}))
    (archive / "newslint.toml").write_text(
        '[[collections]]\nname = "a"\npaths = ["/a/"]\nschema = "s.json"\n'
    )
    with pytest.raises(SettingsError) as caught:
        check(archive)
    assert "newslint.toml:4:10: s.json is not a JSON Schema" in str(caught.value)
    assert r'at /properties/v/pattern: "[\\d" is not a "regex"' in str(caught.value)
