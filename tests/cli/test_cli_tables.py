"""Rows of Parquet, CSV and SQLite as records, and reports in Parquet, on the command line."""

import csv
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from newslint.cli.app import run
from newslint.reporters.frame import FrameRow

Run = Callable[..., tuple[int, str, str]]

BROKEN = "What linters don\u00e2\u20ac\u2122t see"  # mojibake
FIXED = "What linters don\u2019t see"
SETTINGS = """\
select = ["mojibake", "headline-mismatch", "schema", "file"]

[[collections]]
name = "export"
paths = ["*.csv", "*.tsv", "*.parquet", "*.sqlite", "*.jsonl"]
schema = "row.schema.json"
"""
SCHEMA = {
    "type": "object",
    "required": ["id", "title"],
    "properties": {
        "id": {"type": "integer"},
        "title": {"type": "string"},
        "published": {"type": "boolean"},
        "score": {"type": "number"},
        "at": {"type": "string", "format": "date-time"},
    },
}
ROWS: list[dict[str, Any]] = [
    {
        "id": 1,
        "title": BROKEN,
        "webUrl": "https://example.org/1",
        "published": True,
        "score": 0.5,
        "at": datetime(2022, 1, 2, tzinfo=UTC),
        "related": [{"title": "Sun", "webUrl": "https://example.org/2"}],
    },
    {"id": 2, "title": "Rain", "webUrl": "https://example.org/2", "published": False},
]
ENDINGS = ("csv", "tsv", "parquet", "sqlite")


@pytest.fixture
def newslint(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command in the archive."""
    monkeypatch.chdir(archive)
    (archive / "newslint.toml").write_text(SETTINGS)
    (archive / "row.schema.json").write_text(json.dumps(SCHEMA))

    def run_here(*arguments: str) -> tuple[int, str, str]:
        status = run([*arguments, "--no-cache"])
        message = capsys.readouterr()
        return status, message.out, message.err

    return run_here


def cell(value: Any) -> Any:
    """Convert a value to what a table without lists and times contains."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return json.dumps(value) if isinstance(value, bool | list | dict) else value


def write_table(path: Path, rows: list[dict[str, Any]] = ROWS) -> None:
    """Write a table in the format that the ending of its name stands for."""
    columns = list(rows[0])
    cells = [[cell(row.get(name)) for name in columns] for row in rows]
    if path.suffix == ".parquet":
        parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=1)
    elif path.suffix == ".sqlite":
        kinds = {"id": "INTEGER PRIMARY KEY", "published": "BOOLEAN"}
        listed = ", ".join(f"{name} {kinds.get(name, '')}" for name in columns)
        database = sqlite3.connect(path)
        database.execute(f"CREATE TABLE articles ({listed})")
        marks = ", ".join("?" * len(columns))
        values = [[{"true": 1, "false": 0}.get(each, each) for each in row] for row in cells]
        database.executemany(f"INSERT INTO articles VALUES ({marks})", values)  # noqa: S608
        database.commit()
        database.close()
    else:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ",")
            writer.writerows([columns, *cells])


@pytest.mark.parametrize("ending", ENDINGS)
def test_rows_of_tables_are_records(newslint: Run, archive: Path, ending: str) -> None:
    write_table(archive / f"a.{ending}")
    status, out, err = newslint("check", "--format", "json")
    assert (status, err) == (1, "")
    found = json.loads(out)["diagnostics"]
    first, second = ("id=1", "id=2") if ending == "sqlite" else ("1", "2")
    places = [(each["rule"], each["path"], each["pointer"]) for each in found]
    assert places == [
        ("mojibake", f"a.{ending}#{first}", "/title"),
        ("headline-mismatch", f"a.{ending}#{first}", "/related/0/title"),
    ]
    assert found[1]["related_locations"][0]["path"] == f"a.{ending}#{second}"


@pytest.mark.parametrize("ending", ENDINGS)
def test_fixes_go_to_a_patch_table(newslint: Run, archive: Path, ending: str) -> None:
    path = archive / f"a.{ending}"
    write_table(path)
    before = path.read_bytes()
    status, out, _ = newslint("check", "--fix")
    assert status == 2
    assert out.count("unrepaired-file") == 1
    assert "--patch FILE writes them" in " ".join(out.split())
    assert "2 errors, 1 warning" in out
    status, _, err = newslint("check", "--fix", "--patch", "fixes.jsonl")
    assert (status, err) == (0, "Fixed 2 diagnostics in 1 file\n")
    key = "id=1" if ending == "sqlite" else "1"
    place = {"path": path.name, "key": key}
    assert [json.loads(line) for line in (archive / "fixes.jsonl").read_text().splitlines()] == [
        {**place, "pointer": "/title", "old": BROKEN, "new": FIXED},
        {**place, "pointer": "/related/0/title", "old": "Sun", "new": "Rain"},
    ]
    assert path.read_bytes() == before


@pytest.mark.parametrize("options", [("--patch", "a"), ("--diff", "--patch", "a")])
def test_a_patch_table_needs_fixes(newslint: Run, options: tuple[str, ...]) -> None:
    status, _, err = newslint("check", *options)
    assert status == 2
    assert "--patch needs --fix or --fix-only, and excludes --diff" in err


@pytest.mark.parametrize("ending", [*ENDINGS, "jsonl"])
def test_a_column_may_contain_whole_documents(newslint: Run, archive: Path, ending: str) -> None:
    settings = 'rows = { text = "body", key = "id" }\n'
    (archive / "newslint.toml").write_text(SETTINGS + settings)
    text = f"---\nid: 1\ntitle: {BROKEN}  # newslint: ignore[file]\n---\nText\n"
    rows = [{"id": 7, "body": text}, {"id": 8, "body": "No fence"}, {"id": 9, "body": None}]
    path = archive / f"a.{ending}"
    if ending == "jsonl":
        lines = [*map(json.dumps, rows), "[]"]
        path.write_text("\n".join(lines))
    else:
        write_table(path, rows)
    _, out, _ = newslint("check", "--format", "concise", "--ignore", "unused-suppression")
    name = path.name
    expected = [
        f"{name}#id=7:3:24: error mojibake",
        f"{name}#id=8:1:1: error missing-front-matter",
        f"{name}#id=9:1:1: error unreadable-file",
    ]
    found = [" ".join(line.split(" ")[:3]) for line in out.splitlines()]
    more = [f"{name}#4:1:1: error unreadable-file"] if ending == "jsonl" else []
    assert found == [*expected, *more]
    assert newslint("check", "--fix-only", "--patch", "fixes.jsonl")[0] in (0, 2)
    (change,) = map(json.loads, (archive / "fixes.jsonl").read_text().splitlines())
    assert change["pointer"] == "/body"
    assert change["new"] == text.replace(BROKEN, FIXED).removesuffix("\n")


def test_wrong_types_are_reported_at_their_rows(newslint: Run, archive: Path) -> None:
    write_table(archive / "a.csv", [{"id": "x", "title": "A"}, {"id": "2", "title": "[Video] B"}])
    table = pa.table(
        {"id": [1.5, None], "title": [b"bytes", b"\xff"], "score": [Decimal("1.5")] * 2}
    )
    parquet.write_table(table, archive / "b.parquet")
    _, out, _ = newslint("check", "--format", "concise")
    assert out.splitlines() == [
        "a.csv#1:1:7: error wrong-type id is text, expected a whole number",
        "a.csv#2:1:7: error wrong-type id is text, expected a whole number",
        "b.parquet#1:1:7: error wrong-type id is a number, expected a whole number",
        "b.parquet#2:1:1: error missing-field required field id is missing",
    ]


def test_damaged_tables_are_reported_and_the_run_goes_on(newslint: Run, archive: Path) -> None:
    write_table(archive / "a.parquet")
    data = (archive / "a.parquet").read_bytes()
    (archive / "a.parquet").write_bytes(data[:-20])
    (archive / "b.csv").write_bytes(b'id,title\n1,A\n2,B,C\n3,\xff\n4,"open\n')
    (archive / "c.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 2000)
    (archive / "d.csv").write_bytes(b"")
    (archive / "e.md").write_text(f"---\ntitle: {BROKEN}\n---\n")
    options = ("--select", "file,mojibake", "--format", "concise")
    _, out, _ = newslint("check", "a.parquet", "b.csv", "c.sqlite", "d.csv", *options)
    lines = out.splitlines()
    assert [line.split(" error ")[0] for line in lines] == [
        "a.parquet:1:1:",
        "b.csv:1:1:",
        "b.csv#2:1:1:",
        "b.csv#3:1:1:",
        "c.sqlite:1:1:",
        "d.csv:1:1:",
    ]
    assert all("unreadable-file cannot be read: " in lines[at] for at in (0, 1, 4, 5))
    assert "3 cells in a table of 2 columns" in lines[2]
    assert "the column 'title' is not UTF-8" in lines[3]


def test_a_database_with_several_tables_needs_a_name(newslint: Run, archive: Path) -> None:
    write_table(archive / "a.sqlite")
    with sqlite3.connect(archive / "a.sqlite") as database:
        database.execute("CREATE TABLE logs (line TEXT)")
    database.close()
    _, out, _ = newslint("check", "--format", "concise")
    reason = "the tables of the database are: articles, logs; name one in rows.table"
    assert reason in out
    (archive / "newslint.toml").write_text(SETTINGS + 'rows = { table = "articles" }\n')
    _, out, _ = newslint("check", "--format", "concise")
    assert [line.split(":")[0] for line in out.splitlines()] == ["a.sqlite#id=1"] * 2


def test_without_pyarrow_a_message_names_the_package(
    newslint: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(archive / "a.parquet")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    status, _, err = newslint("check")
    assert status == 2
    assert "a.parquet: reading Parquet needs pyarrow: pip install pyarrow" in err


def test_a_report_in_parquet_has_a_row_for_each_diagnostic(newslint: Run, archive: Path) -> None:
    write_table(archive / "a.csv")
    _, out, _ = newslint("check", "--format", "json")
    status, out_too, _ = newslint("check", "--format", "parquet", "--output", "r.parquet")
    assert (status, out_too) == (1, "")
    table = parquet.read_table(archive / "r.parquet")
    assert tuple(table.column_names) == FrameRow._fields
    rows = table.to_pylist()
    for row, each in zip(rows, json.loads(out)["diagnostics"], strict=True):
        assert (row["fingerprint"], row["path"]) == (each["fingerprint"], each["path"])
        assert row["line"] == each["location"]["start"]["line"]
    assert [row["safety"] for row in rows] == ["safe", "safe"]


def test_a_report_in_parquet_needs_a_file(newslint: Run, archive: Path) -> None:
    write_table(archive / "a.csv")
    status, _, err = newslint("check", "--format", "parquet")
    assert status == 2
    assert "a report in Parquet needs a file: --output FILE" in err


def test_an_empty_report_in_parquet_has_columns(newslint: Run, archive: Path) -> None:
    write_table(archive / "a.csv", ROWS[1:])
    assert newslint("check", "--report", "parquet=r.parquet")[0] == 0
    assert parquet.read_table(archive / "r.parquet").num_rows == 0
