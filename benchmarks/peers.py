"""The rows on peers: how much longer other programs take for the same records.

Each is given the records in the form that it reads, and a schema equal to
`schemas/news.schema.json`. newslint is given the Markdown files, which hold all that the YAML files
hold, runs its own rules besides, and has no cache. No record breaks the schema, so that the peers
have nothing to print.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from archive import Archive
from lab import HERE, Lab, say
from measuring import BrokenRunError, Cost, interleaved, measured, ratio, typical
from table import Result, Row

PYTHON_PACKAGES = ("check-jsonschema==0.39.0", "ruamel.yaml==0.19.1", "yamllint==1.38.0")
NODE_PACKAGES = (
    "ajv@8.20.0",
    "ajv-formats@3.0.1",
    "js-yaml@5.5.0",
    "remark-cli@12.0.1",
    "remark-frontmatter@5.0.0",
    "remark-lint-frontmatter-schema@3.15.4",
    "v8r@5.1.0",
)
YAMLLINT_RULES = "{extends: default, rules: {document-start: disable, line-length: disable}}"
SCHEMA = HERE.parent / "schemas" / "news.schema.json"
BUILD = HERE.parent / "build" / "peers"
PYTHON = BUILD / "python" / "bin"
NODE = BUILD / "node_modules"
RECORDS = 300
QUICK_RECORDS = 30


class Peer(NamedTuple):
    """Another program.

    Attributes:
        row: The goal.
        command: Builds the command for a folder with `md/`, `yaml/` and schemas.
    """

    row: Row
    command: Callable[[Path], Sequence[str | Path]]


def _row(key: str, name: str, bar: float) -> Row:
    """Return the row of a peer."""
    return Row(key, f"{name}: times newslint's time", bar, wants_more=True)


def _yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files, for who wants each named."""
    return sorted((folder / "yaml").glob("*.yaml"))


PEERS = (
    Peer(
        _row("yamllint", "yamllint", 15),
        lambda _: [PYTHON / "yamllint", "-d", YAMLLINT_RULES, "yaml"],
    ),
    Peer(
        _row("check-jsonschema", "check-jsonschema", 15),
        lambda folder: [
            *(PYTHON / "check-jsonschema", "--schemafile", "schema.json"),
            *_yaml_files(folder),
        ],
    ),
    Peer(
        _row("remark", "remark-lint-frontmatter-schema", 1),
        lambda _: [NODE / ".bin" / "remark", "--no-stdout", "--quiet", "--frail", "md"],
    ),
    Peer(
        _row("v8r", "v8r", 1),
        # a schema that is named needs no catalogue, and so no network
        lambda _: [NODE / ".bin" / "v8r", "--schema", "schema.timestamps.json", "yaml/*.yaml"],
    ),
    Peer(_row("ajv", "js-yaml and ajv", 1), lambda _: ["node", "ajv.mjs", "schema.json", "md"]),
)


def peers(lab: Lab) -> Iterator[Result]:
    """Yield how the peers compare."""
    failures = [*_installed()]
    folder = lab.work / "peers"
    records = QUICK_RECORDS if lab.quick else RECORDS
    _prepare(folder, Archive(records))
    say(f"peers: {records} records")
    newslint = partial(lab.check, folder / "md", "--format", "json")
    for peer in PEERS:
        if lab.wants(peer.row.key):
            run = partial(measured, peer.command(folder), folder, allowed=frozenset({0}))
            yield _against(newslint, run, peer.row, lab.rounds, failures)


def _against(
    newslint: Callable[[], Cost],
    peer: Callable[[], Cost],
    row: Row,
    rounds: int,
    failures: Sequence[str],
) -> Result:
    """Return how one peer compares; it takes turns with newslint."""
    try:
        costs = interleaved({"newslint": newslint, "peer": peer}, rounds)
    except (BrokenRunError, OSError) as error:
        return Result(row, None, " ".join(" ".join([*failures, str(error)]).split())[:200])
    ours, theirs = (typical(costs[name]).wall for name in ("newslint", "peer"))
    note = f"{theirs:.2f} s, newslint {ours:.2f} s"
    return Result(row, ratio(costs["peer"], costs["newslint"]), note)


def _installed() -> Iterator[str]:
    """Install missing peers, and yield the errors."""
    python = BUILD / "python"
    yield from _install(
        PYTHON_PACKAGES,
        [sys.executable, "-m", "venv", "--clear", python],
        [python / "bin" / "python", "-m", "pip", "install", "--quiet", *PYTHON_PACKAGES],
    )
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--no-save")
    yield from _install(
        NODE_PACKAGES, ["npm", "install", *quiet, "--prefix", BUILD, *NODE_PACKAGES]
    )


def _install(packages: Sequence[str], *commands: Sequence[str | Path]) -> Iterator[str]:
    """Run commands that install packages, once, and yield the errors."""
    stamp = BUILD / f"{packages[0]}.installed"
    wanted = "\n".join(packages)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    say(f"installing {', '.join(packages)}")
    try:
        for command in commands:
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 # written above
    except (OSError, subprocess.CalledProcessError) as error:
        yield f"not installed: {error};"
    else:
        stamp.write_text(wanted)


def _prepare(folder: Path, archive: Archive) -> None:
    """Write the same records as Markdown and as YAML, and the schema as each peer takes it."""
    shutil.rmtree(folder, ignore_errors=True)
    archive.write(folder / "md")
    (folder / "md" / "newslint.toml").touch()
    (folder / "yaml").mkdir()
    for path in (folder / "md").glob("*.md"):
        text = path.read_text("utf-8")
        lines = text[4 : text.index("\n---", 3) + 1]
        (folder / "yaml" / f"{path.stem}.yaml").write_text(lines, "utf-8")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for name, schema_for in _SCHEMAS.items():
        (folder / name).write_text(json.dumps(schema_for(schema)), "utf-8")
    (folder / "node_modules").symlink_to(NODE)
    shutil.copy(HERE / "node" / "ajv.mjs", folder)
    shutil.copy(HERE / "node" / "remark.mjs", folder / ".remarkrc.mjs")


def without_dialect(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that draft 7, all that remark-lint-frontmatter-schema knows, takes too."""
    return {key: value for key, value in schema.items() if key != "$schema"}


def with_any_timestamp(schema: Any) -> Any:
    """Return a schema that takes timestamps as v8r reads them: as dates, not as strings."""
    if isinstance(schema, list):
        return [with_any_timestamp(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "date-time":
        return {}
    return {key: with_any_timestamp(value) for key, value in schema.items()}


_SCHEMAS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "schema.json": dict,
    "schema.draft-7.json": without_dialect,
    "schema.timestamps.json": with_any_timestamp,
}
