"""`newslint cache`: show or delete the cache."""

from pathlib import Path

import click

from newslint.cli.help import HelpGroup
from newslint.cli.messages import print_message
from newslint.cli.options import cache_dir_option


@click.group("cache", cls=HelpGroup)
def command() -> None:
    """Show or delete the cache of earlier runs.

    A result is reused until its file, the settings or newslint change. Deleting the cache is always
    safe.
    """


@command.command("dir")
@cache_dir_option
def show(cache_dir: Path | None) -> None:
    """Print the folder of the cache."""
    from newslint.execution.request import find_cache_folder

    click.echo(find_cache_folder(cache_dir))


@command.command("clean")
@cache_dir_option
def clean(cache_dir: Path | None) -> None:
    """Delete the cache of all projects."""
    from newslint.execution.cache import clean as delete_cache
    from newslint.execution.request import find_cache_folder

    folder = find_cache_folder(cache_dir)
    try:
        size = delete_cache(folder)
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}"
        raise click.ClickException(f"the cache cannot be deleted: {reason}") from error
    print_message(f"Deleted {size / 1024**2:,.1f} MiB from {folder}")
