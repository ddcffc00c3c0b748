"""Where commands keep what they know from earlier runs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

cache_dir_option = click.option(
    "--cache-dir",
    type=click.Path(path_type=Path),
    envvar="NEWSLINT_CACHE_DIR",
    metavar="DIR",
    show_default="where the platform keeps a user's caches",
    help="Where to keep what is known from earlier runs.",
)
"""The option `cache_dir`."""


def cache_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options `cache_dir` and `no_cache`."""
    no_cache = click.option(
        "--no-cache",
        is_flag=True,
        envvar="NEWSLINT_NO_CACHE",
        help="Look at every file, and keep nothing for the next run.",
    )
    return cache_dir_option(no_cache(function))


def cache_folder(given: Path | None) -> Path:
    """Return the folder of caches, absolute.

    Args:
        given: The one that was asked for; None for that of the platform.
    """
    if given is not None:
        return Path.cwd() / given
    from platformdirs import user_cache_path

    return user_cache_path("newslint", appauthor=False)
