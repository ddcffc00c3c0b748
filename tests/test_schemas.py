"""JSON Schemas in `schemas/`: generated from the models, and valid for records and reports."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from helpers import Golden
from newslint.cli.app import run
from newslint.cli.json_schemas import generate_json_schemas
from newslint.diagnostics import Report
from newslint.reporters.escape import UNSAFE
from newslint.reporters.json import encode_report, render_json
from newslint.reporters.json_causes import render_json_causes
from newslint.reporters.report_model import CausesModel, ReportModel
from reports import REPORTS, diagnostic

RECORDS = ["000_fa19dfdce7e70c1a", "001_d08c63637665816d", "003_49c93ef388fe132d"]
RECORDS += ["004_1997b118588a4bd1"]


class _CoreLoader(yaml.SafeLoader):
    """A loader for YAML as editors read it: the core schema of YAML 1.2, without timestamps."""


_CoreLoader.yaml_implicit_resolvers = {
    first: [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


SCHEMAS = generate_json_schemas()


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads(SCHEMAS[name])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


NEWS = "news.schema.json"
REPORT = "report.schema.json"
CAUSES = "causes.schema.json"


def front_matter(repository: Path, name: str) -> dict[str, Any]:
    text = (repository / "seeds" / f"{name}.txt").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text.split("---\n")[1], _CoreLoader)  # noqa: S506 # a safe one
    return found


@pytest.mark.parametrize("name", SCHEMAS)
def test_files_equal_the_schemas_of_the_models(name: str, repository: Path, golden: Golden) -> None:
    golden(repository / "schemas" / name, SCHEMAS[name])


def test_no_other_files(repository: Path) -> None:
    assert {path.name for path in (repository / "schemas").iterdir()} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_have_titles(name: str) -> None:
    schema = json.loads(SCHEMAS[name])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:newslint:{name.removesuffix('.schema.json')}"
    assert schema["title"]
    assert schema["description"]


def test_every_field_of_a_record_is_described() -> None:
    schema = validator(NEWS).schema
    for mapping in (schema, *schema["$defs"].values()):
        assert mapping["additionalProperties"] is False
        for field in mapping["properties"].values():
            assert field.keys() & {"description", "$ref"}


@pytest.mark.parametrize("name", RECORDS)
def test_seeds_fit_the_schema(name: str, repository: Path) -> None:
    assert list(validator(NEWS).iter_errors(front_matter(repository, name))) == []


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("title", None),
        ("title", 1984),
        ("quality", -1),
        ("quality", "84"),
        ("heat", -2),
        ("published", "yes"),
        ("topics", []),
        ("publishedDateTime", "last Monday"),
        ("updatedDateTime", "soon"),
        ("publishDateTime", "2022-09-12T21:33:00Z"),
        ("related/0/quality", "high"),
        ("related/0/heat", 1),
        ("provider/domain", None),
        ("images/0/width", 1.5),
    ],
)
def test_invalid_record_is_refused(pointer: str, value: Any, repository: Path) -> None:
    record = front_matter(repository, RECORDS[0])
    *parents, last = pointer.split("/")
    node: Any = record
    for key in parents:
        node = node[int(key) if key.isdecimal() else key]
    node[last] = value
    assert not validator(NEWS).is_valid(record)


@pytest.mark.parametrize("field", json.loads(SCHEMAS["news.schema.json"])["required"])
def test_a_required_field_is_required(field: str, repository: Path) -> None:
    record = front_matter(repository, RECORDS[0])
    del record[field]
    assert not validator(NEWS).is_valid(record)


def test_loader_reads_timestamps_as_text(repository: Path) -> None:
    found = front_matter(repository, RECORDS[0])["publishedDateTime"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found)


@given(REPORTS)
def test_generated_reports_are_valid(report: Report) -> None:
    written = json.loads("".join(render_json(report)))
    assert list(validator(REPORT).iter_errors(written)) == []
    ReportModel.model_validate(written)
    assert encode_report(report) == written


@given(REPORTS)
def test_generated_reports_of_causes_are_valid(report: Report) -> None:
    written = json.loads("".join(render_json_causes(report)))
    assert list(validator(CAUSES).iter_errors(written)) == []
    CausesModel.model_validate(written)


@pytest.mark.parametrize("arguments", [["seeds"], ["seeds", "--select", "yaml-syntax"], ["src"]])
def test_real_reports_are_valid(
    arguments: list[str],
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "bad.md").write_bytes(b"---\ntitle: [\n---\n\xff")
    (tmp_path / "seeds").symlink_to(repository / "seeds")
    monkeypatch.chdir(repository if arguments[0] == "seeds" else tmp_path)
    assert run(["check", *arguments, "--format", "json"]) in {0, 1}
    written = json.loads(capsys.readouterr().out)
    assert list(validator(REPORT).iter_errors(written)) == []


def test_report_schema_refuses_unknown_fields(repository: Path) -> None:
    assert not validator(REPORT).is_valid({"schema_version": 1})
    assert not validator(REPORT).is_valid(json.loads("".join(render_json(Report()))) | {"more": 1})


@given(st.text(st.characters()))
def test_text_is_unchanged_in_json(text: str) -> None:
    written = "".join(render_json(Report(1, diagnostics=(diagnostic(message=text),))))
    assert json.loads(written)["diagnostics"][0]["message"] == text
    assert not UNSAFE.search(written.replace("\n", ""))
