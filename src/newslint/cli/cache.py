"""`newslint cache`: where earlier runs are remembered, and how to forget them."""

from pathlib import Path

import click

from newslint.cli.options import cache_dir_option, cache_folder


@click.group("cache")
def command() -> None:
    """Say where earlier runs are remembered, or forget them.

    What a file yields is kept until the file, the settings or newslint change. It is always safe to
    delete.
    """


@command.command("dir")
@cache_dir_option
def show(cache_dir: Path | None) -> None:
    """Print the folder of the cache."""
    click.echo(cache_folder(cache_dir))


@command.command("clean")
@cache_dir_option
def clean(cache_dir: Path | None) -> None:
    """Delete what is remembered of all projects."""
    from newslint.engine.cache import clean as delete
    from newslint.reporters.escape import escape

    folder = cache_folder(cache_dir)
    try:
        size = delete(folder)
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}"
        raise click.ClickException(f"the cache cannot be deleted: {reason}") from error
    click.echo(escape(f"{size / 1024**2:,.1f} MiB deleted from {folder}"), err=True)
