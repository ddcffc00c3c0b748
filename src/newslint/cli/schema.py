"""`newslint schema`: draft a JSON Schema from records, and print schemas of collections."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli import ExitStatus
from newslint.cli.help import HelpGroup
from newslint.cli.messages import print_note
from newslint.cli.options import settings_options
from newslint.cli.output import guard_output, open_destination
from newslint.cli.request import find_project

if TYPE_CHECKING:
    from newslint.cli.init.sample import FileSample
    from newslint.records.schema import Schema


@click.group("schema", cls=HelpGroup)
def command() -> None:
    """Draft a JSON Schema from records, or print existing ones."""


@command.command("infer")
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    show_default="stdout",
    help="File of the schema; it must not exist.",
)
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
def infer(paths: tuple[Path, ...], output: Path | None, *, force: bool) -> int:
    """Draft a JSON Schema from the front matter of files.

    PATH is a file, or a folder whose documents are read. The draft requires the fields that all
    records have, and forbids unknown fields. It restricts types, formats, and fields with few
    different values to those that occur. All records fit the draft: read it, and make it stricter.
    """
    from newslint.records.schema.infer import infer_schema
    from newslint.reporters.json import dumps_pretty

    if output is not None and output.exists() and not force:
        raise click.ClickException(f"{output} exists already; --force replaces it")
    samples = list(_read_samples(paths))
    records = [record for sample in samples for record in sample.records]
    _print_counts(samples)
    if not records:
        listed = ", ".join(map(str, paths))
        raise click.ClickException(f"no front matter that can be read in {listed}")
    text = dumps_pretty(infer_schema(records))
    with open_destination(output) as file, guard_output(file, output):
        file.write(text)
    return ExitStatus.CLEAN


@command.command("show")
@click.argument("name", required=False)
@settings_options
def show(name: str | None, config: Path | None, *, plugins: bool) -> int:
    """Print the JSON Schema of a collection, or list the collections.

    NAME is the name of a collection; without it, the names of all collections are printed. The
    built-in schema is called 'news'.
    """
    from newslint.reporters.escape import escape, escape_commands
    from newslint.reporters.json import dumps_pretty

    schemas = _load_schemas(config, plugins=plugins)
    with guard_output(sys.stdout):
        if name is None:
            click.echo("\n".join(escape_commands(escape(each)) for each in schemas))
        else:
            click.echo(dumps_pretty(_find_schema(name, schemas).json_schema()), nl=False)
    return ExitStatus.CLEAN


def _read_samples(paths: Sequence[Path]) -> "Iterator[FileSample]":
    """Read each file, and the documents of each folder, once.

    Raises:
        click.ClickException: A path does not exist, or cannot be listed.
    """
    from newslint.cli.init.sample import read_sample
    from newslint.documents.access import project_boundary
    from newslint.syntax import Reader

    reader = Reader()
    for file in dict.fromkeys(file for path in paths for file in _list_files(path)):
        yield read_sample(file, file.as_posix(), reader, project_boundary(file.parent.absolute()))


def _list_files(path: Path) -> Iterator[Path]:
    """Yield a file, or the documents in a folder."""
    from newslint.documents import discover

    if not path.is_dir():
        if not path.exists():
            from newslint.execution.missing_paths import describe_missing

            raise click.ClickException(describe_missing(path.absolute(), Path.cwd()))
        yield path
        return
    try:
        yield from discover(path)
    except OSError as error:
        raise click.ClickException(f"cannot list {path}: {error.strerror}") from error


def _print_counts(samples: "Sequence[FileSample]") -> None:
    """Print how many files the schema was drafted from, and how many were skipped."""
    from newslint.cli.init.sample import FileState

    counts = Counter(sample.state for sample in samples)
    skipped = [
        f"{counts[state]:,} {state}"
        for state in (FileState.NO_FRONT_MATTER, FileState.UNREADABLE)
        if counts[state]
    ]
    text = f"drafted from {counts[FileState.READ]:,} of {len(samples):,} files"
    print_note(text + (f"; skipped: {', '.join(skipped)}" if skipped else ""))


def _load_schemas(config: Path | None, *, plugins: bool) -> "dict[str, Schema]":
    """Load the schemas of the project by the names of collections, and the built-in `news`."""
    from newslint.records.schema import news_schema

    project = find_project(Path.cwd(), config, plugins=plugins)
    collections = [each.collection for each in project.selection.collections]
    schemas = {each.name: each.schema for each in collections if each.schema is not None}
    return schemas if "news" in schemas else {**schemas, "news": news_schema()}


def _find_schema(name: str, schemas: "dict[str, Schema]") -> "Schema":
    """Find the schema of a collection.

    Raises:
        click.ClickException: There is no such schema.
    """
    from newslint.text.similarity import closest

    schema = schemas.get(name)
    if schema is None:
        near = closest(name, schemas)
        hint = f"did you mean '{near}'?" if near else f"there are {', '.join(schemas)}"
        raise click.ClickException(f"there is no collection '{name}' with a schema; {hint}")
    return schema
