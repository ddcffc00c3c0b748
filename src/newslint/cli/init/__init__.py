"""`newslint init`: write settings that suit what is there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli import ExitStatus
from newslint.cli.messages import print_message
from newslint.cli.output import convert_os_errors, guard_output, open_destination

if TYPE_CHECKING:
    from newslint.cli.init.collection import CollectionDraft
    from newslint.cli.init.draft import SettingsDraft


@click.command("init")
@click.argument(
    "folder",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="[FOLDER]",
)
@click.option("--dry-run", is_flag=True, help="Print the settings file, and write nothing.")
def command(folder: Path, *, dry_run: bool) -> int:
    """Write a newslint.toml that suits what FOLDER holds, the current one by default.

    Each folder of records becomes a collection: of Jekyll, Hugo, Astro and Eleventy sites those
    where they keep content, else all folders. Records that are no news get a schema of their own,
    drafted into schemas/. Files that exist already are never touched.
    """
    from newslint.cli.init.draft import draft_settings

    if not dry_run:
        _refuse_existing(folder)
    try:
        drafted = draft_settings(folder.absolute())
    except OSError as error:
        raise click.ClickException(f"cannot list {folder}: {error.strerror}") from error
    _say(_found(drafted))
    if not drafted.collections:
        raise click.ClickException(
            f"no records found in {folder}: files with YAML front matter, at least two of a kind; "
            "without settings, 'newslint check' takes all documents for news"
        )
    if dry_run:
        click.echo(drafted.text, nl=False)
        return ExitStatus.CLEAN
    _write(folder, drafted)
    _say(_next(folder, drafted))
    return ExitStatus.CLEAN


def _refuse_existing(folder: Path) -> None:
    """Raise where a folder has settings.

    Raises:
        click.ClickException: It has some, or some that cannot be read.
    """
    from newslint.settings import SettingsError
    from newslint.settings.load import find_settings_file
    from newslint.settings.toml_file import OWN_FILE

    try:
        found = find_settings_file(folder.absolute())
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    if found is not None:
        hidden = "" if found.path.name == OWN_FILE else f"; a {OWN_FILE} would hide its settings"
        raise click.ClickException(
            f"there are settings in {found.display_path} already{hidden}. Nothing is "
            "written; --dry-run prints what would be"
        )


def _write(folder: Path, drafted: "SettingsDraft") -> None:
    """Write the schemas, and then the settings that name them."""
    from newslint.reporters.json import dumps_pretty
    from newslint.settings.toml_file import OWN_FILE

    for draft in drafted.collections:
        if draft.schema is not None:
            path = folder / drafted.schemas[draft.name]
            with convert_os_errors(path):
                path.parent.mkdir(exist_ok=True)
            _write_file(path, dumps_pretty(draft.schema))
    _write_file(folder / OWN_FILE, drafted.text)


def _write_file(path: Path, text: str) -> None:
    """Write a file."""
    with open_destination(path) as file, guard_output(file, path):
        file.write(text)


def _say(lines: Iterator[str]) -> None:
    """Print to stderr, with nothing that a terminal would act upon."""
    for line in lines:
        print_message(line)


def _found(drafted: "SettingsDraft") -> Iterator[str]:
    """Yield what was found."""
    site = drafted.site
    yield f"Found a {site.generator} site ({site.evidence})" if site.generator else "Found a folder"
    width = max((len(draft.name) for draft in drafted.collections), default=0)
    for draft in drafted.collections:
        yield f"  {draft.name:<{width}}  {_told(draft, drafted)}"
    for pattern, why in drafted.skipped:
        yield f"  left out {pattern}: {why}"


def _told(draft: "CollectionDraft", drafted: "SettingsDraft") -> str:
    """Return what to say of a collection."""
    if draft.schema is None:
        return f"{draft.records:,} records, of which {draft.fits:,} fit the schema news"
    return f"{draft.records:,} records, schema drafted: {drafted.schemas[draft.name]}"


def _next(folder: Path, drafted: "SettingsDraft") -> Iterator[str]:
    """Yield what was written, and what to do now."""
    count = len(drafted.schemas)
    schemas = f" and {count} schema{'s' if count > 1 else ''} in {folder / 'schemas'}"
    yield f"Wrote {folder / 'newslint.toml'}{schemas if count else ''}"
    where = "" if folder == Path() else f" {folder}"
    yield f"Next: newslint check{where}"
    yield "  newslint baseline create  lets pass what is there now, and reports what is new only"
