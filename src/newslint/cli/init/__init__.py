"""`newslint init`: draft settings from existing records."""

import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli import ExitStatus
from newslint.cli.help import HelpCommand
from newslint.cli.messages import print_message
from newslint.cli.output import convert_os_errors, guard_output, open_destination

if TYPE_CHECKING:
    from newslint.cli.init.collection import CollectionDraft
    from newslint.cli.init.draft import SettingsDraft


_MAX_SKIPPED = 5
_INFER = "newslint schema infer PATH --output schemas/NAME.schema.json"


@click.command("init", cls=HelpCommand)
@click.argument(
    "folder",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="[FOLDER]",
)
@click.option("--dry-run", is_flag=True, help="Print the settings, and write nothing.")
def command(folder: Path, *, dry_run: bool) -> int:
    """Draft a newslint.toml from the records in a folder.

    FOLDER is the current folder by default. Each folder of records becomes a collection; on sites
    of generators such as Jekyll, Hugo or Docusaurus, also in sub-folders, the content folders do.
    Records that do not fit the built-in schema get their own, which is drafted into schemas/.
    Fields and values that are rare beside similar ones are left out of it, so that they are
    reported. Of several sites, each becomes a project with settings of its own. Existing files are
    never changed.
    """
    from newslint.cli.init.draft import draft_projects

    if not dry_run:
        _refuse_existing(folder)
    try:
        drafts = draft_projects(folder.absolute())
    except OSError as error:
        raise click.ClickException(f"cannot list {folder}: {error.strerror}") from error
    for draft in drafts:
        if draft.collections or draft.skipped:
            _print_lines(_summarize(draft))
    if not drafts[0].collections:
        raise click.ClickException(_nothing_to_draft(folder))
    for draft in drafts:
        if dry_run:
            title = f"# {draft.folder}/newslint.toml\n" if draft.folder else ""
            click.echo(title + draft.text, nl=False)
        else:
            _write(folder / draft.folder, draft)
    if not dry_run:
        _print_lines(_next_steps(folder, drafts))
    return ExitStatus.CLEAN


def _refuse_existing(folder: Path) -> None:
    """Refuse to draft settings for a folder that has settings.

    Raises:
        click.ClickException: The folder has settings, valid or not.
    """
    from newslint.settings import SettingsError
    from newslint.settings.discovery import find_settings_file
    from newslint.settings.toml_file import OWN_FILE

    try:
        found = find_settings_file(folder.absolute())
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    if found is not None:
        hidden = "" if found.path.name == OWN_FILE else f"; a {OWN_FILE} would hide them"
        raise click.ClickException(
            f"{found.display_path} has settings already{hidden}. Nothing is written; --dry-run "
            "prints the draft"
        )


def _nothing_to_draft(folder: Path) -> str:
    """Build the message for a folder without records that still lack settings."""
    from newslint.cli.init.draft import find_settled

    if settled := find_settled(folder.absolute()):
        names = ", ".join(str(folder / name) for name in settled[:_MAX_SKIPPED])
        more = len(settled) - _MAX_SKIPPED
        hidden = f" and {more:,} more folders" if more > 0 else ""
        verb = "has" if len(settled) == 1 else "have"
        return (
            f"{names}{hidden} {verb} settings already, and no other folder has records. Nothing "
            f"is written. Next: newslint check{_argument(folder)}"
        )
    return (
        f"no records found in {folder}: expected at least two documents of a kind that start with "
        "front matter, such as 'title: …' between two lines '---', in .md, .html, .txt or .yml "
        "files. Without settings, 'newslint check' treats all documents as news"
    )


def _argument(folder: Path) -> str:
    """Format a folder as the argument of a command; nothing for the current folder."""
    return "" if folder == Path() else f" {shlex.quote(str(folder))}"


def _write(folder: Path, draft: "SettingsDraft") -> None:
    """Write the schemas, and then the settings that name them."""
    from newslint.reporters.json import dumps_pretty
    from newslint.settings.toml_file import OWN_FILE

    for collection in draft.collections:
        if collection.schema is not None:
            path = folder / draft.schemas[collection.name]
            with convert_os_errors(path):
                path.parent.mkdir(exist_ok=True)
            _write_file(path, dumps_pretty(collection.schema), folder)
    _write_file(folder / OWN_FILE, draft.text, folder)


def _write_file(path: Path, text: str, folder: Path) -> None:
    """Write a text to a file in `folder`, which is replaced as a whole."""
    with open_destination(path, Path(os.path.realpath(folder))) as file, guard_output(file, path):
        file.write(text)


def _print_lines(lines: Iterable[str]) -> None:
    """Print lines to stderr."""
    for line in lines:
        print_message(line)


def _summarize(draft: "SettingsDraft") -> Iterator[str]:
    """Yield the kind of site, its collections and the folders that were skipped."""
    from newslint.cli.init.draft import describe_sites

    yield f"Found {describe_sites(draft.sites)}{f' in {draft.folder}/' if draft.folder else ''}"
    width = max((len(collection.name) for collection in draft.collections), default=0)
    for collection in draft.collections:
        yield f"  {collection.name:<{width}}  {_describe(collection, draft)}"
        yield from (f"    {line}" for line in _suspect_lines(collection))
    for pattern, reason in draft.skipped[:_MAX_SKIPPED]:
        yield f"  skipped {pattern}: {reason}"
    if len(draft.skipped) > _MAX_SKIPPED:
        yield f"  skipped {len(draft.skipped) - _MAX_SKIPPED:,} more folders"
    if draft.collections and draft.skipped:
        yield f"  to check what was skipped: {_INFER}, and add a collection with that schema"


def _suspect_lines(collection: "CollectionDraft") -> Iterator[str]:
    """Yield the fields and values of a collection that are probably mistakes."""
    suspects = collection.suspects
    for name, near in suspects.fields.items():
        yield f"rare, so not in the schema: {name}" + (
            f"; most records have {near}" if near else ""
        )
    for name in sorted(suspects.values):
        yield f"rare, so not in the schema: values of {name} that are of another kind"
    for hint in suspects.hints:
        yield f"in the schema, but check it: {hint}"
    for name in suspects.required:
        yield f"required, although a few records lack it: {name}"


def _describe(collection: "CollectionDraft", draft: "SettingsDraft") -> str:
    """Describe the number of records of a collection, and its schema."""
    if collection.schema is None:
        return f"{collection.records:,} records, {collection.fits:,} of them fit the schema 'news'"
    return f"{collection.records:,} records, schema drafted: {draft.schemas[collection.name]}"


def _next_steps(folder: Path, drafts: "Sequence[SettingsDraft]") -> Iterator[str]:
    """Yield the files that were written, and the commands to run next."""
    for draft in drafts:
        count, inner = len(draft.schemas), folder / draft.folder
        schemas = f" and {count} schema{'s' if count > 1 else ''} in {inner / 'schemas'}"
        yield f"Wrote {inner / 'newslint.toml'}{schemas if count else ''}"
    if len(drafts) > 1:
        yield "Each is a project of its own: records are not compared with those of another"
    argument = _argument(folder)
    yield f"Next: newslint check{argument}"
    create = f"newslint baseline create{argument}"
    yield f"  {create}  records existing problems; later runs report new ones only"
