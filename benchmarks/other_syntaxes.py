"""The rows on front matter in TOML and JSON: time per megabyte, compared with YAML."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from archive import Archive
from lab import Lab, say
from measuring import Figure, interleaved, ratio, typical
from table import Result, Row

TOML = Row("toml", "archive in TOML: time per MB, to YAML", 2.0, 1.0)
JSON_SYNTAX = Row("json-syntax", "archive in JSON: time per MB, to YAML", 2.0, 1.0)

_YAML = "yaml"
_FENCE = "---\n"


def syntaxes(lab: Lab) -> Iterator[Result]:
    """Measure checks of one archive in three syntaxes."""
    source = lab.archive(Archive(lab.records))
    rows = [row for row in WRITERS if lab.wants(row.key)]
    folders = {_YAML: source, **{row.key: _converted(lab, source, row) for row in rows}}
    runs = {key: partial(lab.check, each, "--format", "json") for key, each in folders.items()}
    costs = interleaved(runs, lab.rounds)
    sizes = {key: _megabytes(folder) for key, folder in folders.items()}
    for row in rows:
        found, factor = ratio(costs[row.key], costs[_YAML]), sizes[_YAML] / sizes[row.key]
        took = [
            f"{typical(costs[key]).wall:.2f} s for {sizes[key]:.1f} MB" for key in (row.key, _YAML)
        ]
        note = f"{took[0]}, YAML {took[1]}; median of {lab.rounds}"
        yield Result(row, Figure(found.wall * factor, found.cpu * factor), note)


def to_toml(record: Mapping[str, Any]) -> str:
    """Write a record as TOML between fences, with a table for each mapping."""
    return "\n".join(["+++", *_tables(record, ""), "+++", ""])


def to_json(record: Mapping[str, Any]) -> str:
    """Write a record as a JSON object, with times as texts."""
    return json.dumps(record, indent=2, ensure_ascii=False, default=_time) + "\n"


WRITERS: Mapping[Row, Callable[[Mapping[str, Any]], str]] = {TOML: to_toml, JSON_SYNTAX: to_json}


def _converted(lab: Lab, source: Path, row: Row) -> Path:
    """Write a copy of an archive in another syntax."""
    folder = lab.work / f"{source.name}-{row.key}"
    say(f"writing {folder.name}")
    shutil.rmtree(folder, ignore_errors=True)
    for path in source.rglob("*.md"):
        _, front_matter, body = path.read_text("utf-8").split(_FENCE, 2)
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        record = yaml.load(front_matter, yaml.CSafeLoader)
        target.write_text(WRITERS[row](record) + body, "utf-8")
    (folder / "newslint.toml").touch()
    return folder


def _megabytes(folder: Path) -> float:
    """Add up the sizes of an archive's records."""
    return sum(path.stat().st_size for path in folder.rglob("*.md")) / 1e6


def _tables(record: Mapping[str, Any], prefix: str) -> Iterator[str]:
    """Yield the lines of a table: its values, then the tables inside it."""
    tables = {key: value for key, value in record.items() if _is_table(value)}
    for key, value in record.items():
        if key not in tables:
            is_time = isinstance(value, datetime)
            literal = _time(value) if is_time else json.dumps(value, ensure_ascii=False)
            yield f"{key} = {literal}"
    for key, value in tables.items():
        header = f"[[{prefix}{key}]]" if isinstance(value, list) else f"[{prefix}{key}]"
        for each in value if isinstance(value, list) else [value]:
            yield header
            yield from _tables(each, f"{prefix}{key}.")


def _is_table(value: object) -> bool:
    """Check whether a value is a mapping or a list of mappings."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict)


def _time(value: datetime) -> str:
    """Format a time as the generator does."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
