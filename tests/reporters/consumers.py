"""Consumers of reports, or their schemas and documents if they are not available here.

JSON Schema of SARIF: in the npm package `@microsoft/jest-sarif`, which `make test` fetches. XML
schemas of JUnit: in the package `pyEDAA.Reports`. reviewdog and GitLab publish theirs in no
package; the models here follow reviewdog.proto and GitLab's page on Code Quality.
"""

import hashlib
import json
import re
import sys
import tarfile
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from jsonschema import Draft4Validator
from lxml import etree
from markdown_it import MarkdownIt
from pydantic import BaseModel, ConfigDict, Field, RootModel

_SARIF = Path(sys.prefix, "consumers", "microsoft-jest-sarif-1.0.0-beta.0.tgz")
_SARIF_SHA256 = "748e2c3d1a842e7bb258416685c7ea3a0da40005b72267b2052c2856d48ad102"

needs_sarif_schema = pytest.mark.skipif(
    not _SARIF.exists(), reason="needs the JSON Schema of SARIF, which `make test` fetches by npm"
)


@cache
def sarif_validator() -> Draft4Validator:
    """Load the validator of SARIF logs."""
    assert hashlib.sha256(_SARIF.read_bytes()).hexdigest() == _SARIF_SHA256
    with tarfile.open(_SARIF) as package:
        file = package.extractfile("package/lib/schemas/sarif-2.1.0-rtm.5.json")
        assert file
        return Draft4Validator(json.load(file), format_checker=Draft4Validator.FORMAT_CHECKER)


@cache
def junit_schemas() -> list[etree.XMLSchema]:
    """Load the XML schemas of JUnit reports: the general one, and the one of pytest."""
    package = distribution("pyEDAA.Reports")
    names = ("Any-JUnit.xsd", "PyTest-JUnit.xsd")
    paths = (package.locate_file(f"pyEDAA/Reports/Resources/{name}") for name in names)
    return [etree.XMLSchema(etree.parse(path)) for path in paths]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Int32 = Annotated[int, Field(ge=1, lt=2**31)]


class _Position(_Strict):
    line: Int32
    column: Int32 | None = None


class _Range(_Strict):
    start: _Position
    end: _Position


class _Place(_Strict):
    path: str
    range: _Range


class _Suggestion(_Strict):
    range: _Range
    text: str


class _Source(_Strict):
    name: str


class _Code(_Strict):
    value: str
    url: str | None = None


class _RdDiagnostic(_Strict):
    message: str
    location: _Place
    severity: Literal["ERROR", "WARNING", "INFO"]
    code: _Code
    suggestions: list[_Suggestion]


class Rdjson(_Strict):
    """reviewdog's DiagnosticResult."""

    source: _Source
    diagnostics: list[_RdDiagnostic]


class _Lines(_Strict):
    begin: Annotated[int, Field(ge=1)]


class _GitlabPlace(_Strict):
    path: str
    lines: _Lines


class _Finding(_Strict):
    description: str
    check_name: str
    fingerprint: str
    severity: Literal["info", "minor", "major", "critical", "blocker"]
    location: _GitlabPlace


class CodeQuality(RootModel[list[_Finding]]):
    """GitLab's Code Quality report."""


_COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")
_DATA = {"%25": "%", "%0D": "\r", "%0A": "\n"}
_PROPERTY = _DATA | {"%3A": ":", "%2C": ","}


def workflow_commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Parse the commands in the output of a step into kind, properties and message.

    Every line must be one, as the runner of GitHub Actions splits lines.
    """
    return [_command(line) for line in re.split(r"\r\n|\r|\n", output)[:-1]]


def _command(line: str) -> tuple[str, dict[str, str], str]:
    match = _COMMAND.fullmatch(line)
    assert match, line
    kind, properties, message = match.groups()
    pairs = (pair.partition("=") for pair in properties.split(","))
    return (
        kind,
        {key: _decode(value, _PROPERTY) for key, _, value in pairs},
        _decode(message, _DATA),
    )


def _decode(text: str, codes: dict[str, str]) -> str:
    return re.sub("|".join(codes), lambda match: codes[match[0]], text)


def table_rows(markdown: str) -> list[list[str]]:
    """Extract the cells of the only table in a Markdown text, as they are displayed.

    Its HTML may contain a table, a heading, `code` and line breaks only.
    """
    tree = etree.HTML(MarkdownIt("commonmark").enable("table").render(markdown))
    known = {"html", "body", "h3", "p", "br", "table", "thead", "tbody", "tr", "th", "td", "code"}
    assert {element.tag for element in tree.iter()} <= known
    return [["".join(cell.itertext()) for cell in row] for row in tree.findall(".//tbody/tr")]


def sarif_results(log: str) -> list[dict[str, Any]]:
    """Extract the results of a SARIF log."""
    found: list[dict[str, Any]] = json.loads(log)["runs"][0]["results"]
    return found
