"""`newslint schema`: draft a schema from records, and print those that there are."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli import ExitStatus
from newslint.cli.messages import print_message
from newslint.cli.options import settings_options
from newslint.cli.output import guard_output, open_destination
from newslint.cli.request import find_project

if TYPE_CHECKING:
    from newslint.cli.init.sample import FileSample
    from newslint.records.schema import Schema


@click.group("schema")
def command() -> None:
    """CollectionDraft a schema from records, and print those that there are."""


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
    help="Where to write the schema; it must not exist.",
)
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
def infer(paths: tuple[Path, ...], output: Path | None, *, force: bool) -> int:
    """CollectionDraft a JSON Schema from the front matter of files, or of all documents in folders.

    Fields that all records have are required, and others than those seen are refused. Types,
    formats, and the few values that a field takes are as seen. All records that it was drafted from
    fit: read it, and tighten what should be tighter.
    """
    from newslint.records.schema.infer import infer as inferred
    from newslint.reporters.json import dumps_pretty

    if output is not None and output.exists() and not force:
        raise click.ClickException(f"{output} exists already; --force replaces it")
    samples = list(_samples(paths))
    records = [record for sample in samples for record in sample.records]
    _tell(samples)
    if not records:
        listed = ", ".join(map(str, paths))
        raise click.ClickException(f"no front matter that can be read in {listed}")
    text = dumps_pretty(inferred(records))
    with open_destination(output) as file, guard_output(file, output):
        file.write(text)
    return ExitStatus.CLEAN


@command.command("show")
@click.argument("name", required=False)
@settings_options
def show(name: str | None, config: Path | None, *, plugins: bool) -> int:
    """Print the JSON Schema of the collection NAME; without NAME, list the collections.

    The built-in schema is always there as 'news'.
    """
    from newslint.reporters.escape import escape
    from newslint.reporters.json import dumps_pretty

    schemas = _schemas(config, plugins=plugins)
    with guard_output(sys.stdout):
        if name is None:
            click.echo("\n".join(escape(each) for each in schemas))
        else:
            click.echo(dumps_pretty(_found(name, schemas).json_schema()), nl=False)
    return ExitStatus.CLEAN


def _samples(paths: tuple[Path, ...]) -> "Iterator[FileSample]":
    """Yield what the files hold that `paths` name or contain, each once.

    Raises:
        click.ClickException: There is no such path, or it cannot be listed.
    """
    from newslint.cli.init.sample import read_sample
    from newslint.syntax.yaml import Reader

    reader = Reader()
    for file in dict.fromkeys(file for path in paths for file in _files(path)):
        yield read_sample(file, file.as_posix(), reader)


def _files(path: Path) -> Iterator[Path]:
    """Yield the file `path`, or the documents in the folder."""
    from newslint.documents import discover

    if not path.is_dir():
        if not path.exists():
            raise click.ClickException(f"no such file or folder: {path}")
        yield path
        return
    try:
        yield from discover(path)
    except OSError as error:
        raise click.ClickException(f"cannot list {path}: {error.strerror}") from error


def _tell(samples: "list[FileSample]") -> None:
    """Say what the schema is drafted from, and what is left out."""
    from newslint.cli.init.sample import FileState

    counts = Counter(sample.state for sample in samples)
    skipped = [
        f"{counts[state]:,} {state}" for state in (FileState.NO_FRONT_MATTER, FileState.UNREADABLE)
    ]
    skipped = [text for text in skipped if not text.startswith("0 ")]
    text = f"newslint: drafted from {counts[FileState.READ]:,} of {len(samples):,} files"
    print_message(text + (f"; left out: {', '.join(skipped)}" if skipped else ""))


def _schemas(config: Path | None, *, plugins: bool) -> "dict[str, Schema]":
    """Return the schemas of the project here by the names of their collections, `news` besides."""
    from newslint.records.schema import news_schema

    project = find_project(Path.cwd(), config, plugins=plugins)
    collections = [each.collection for each in project.selection.collections]
    own = {each.name: each.schema for each in collections if each.schema is not None}
    return own if "news" in own else {**own, "news": news_schema()}


def _found(name: str, schemas: "dict[str, Schema]") -> "Schema":
    """Return the schema called `name`.

    Raises:
        click.ClickException: There is none.
    """
    from newslint.settings import closest

    found = schemas.get(name)
    if found is None:
        near = closest(name, schemas)
        hint = f"did you mean '{near}'?" if near else f"there are {', '.join(schemas)}"
        raise click.ClickException(f"there is no collection '{name}' with a schema; {hint}")
    return found
