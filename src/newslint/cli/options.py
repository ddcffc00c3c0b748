"""What commands that check files share: their options, and the project these call for."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

from newslint.cli.completion import complete_names

STDIN = "-"
MAX_JOBS = 64


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Which files to check, and by which rules, as the command line says it.

    Attributes:
        paths: Files or folders; the current folder where none was given.
        select: Rules or categories to run; empty where the settings say.
        extend_select: Rules or categories to run besides.
        ignore: Rules or categories not to run.
        config: The settings file; None where it is to be looked for.
        plugins: Whether code that the settings name may be loaded.
        force_exclude: Leave excluded files out even where they are named.
        stdin_filename: What the text on stdin is to be taken for.
        fragments: Read what repeats once; else every front matter as a whole.
        jobs: How many processes to use; None for as many as pay.
        cache_dir: Where to keep what is known from earlier runs; None for the platform's place.
        no_cache: Keep nothing, and look at every file.
    """

    paths: tuple[Path, ...] = (Path(),)
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: Path | None = None
    plugins: bool = True
    force_exclude: bool = False
    stdin_filename: Path | None = None
    fragments: bool = True
    jobs: int | None = None
    cache_dir: Path | None = None
    no_cache: bool = False


_FIELDS = fields(CheckOptions)


def _paths(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Path, ...]:
    """Return the paths to check: the current folder where none is given."""
    if not all(values):
        raise click.BadParameter("a path is empty; write '.' for the current folder")
    return tuple(map(Path, values or (".",)))


def split_names(
    _context: click.Context, _parameter: click.Parameter, values: Iterable[str]
) -> tuple[str, ...]:
    """Return the names in repeated and comma-separated options."""
    names = (name.strip() for value in values for name in value.split(","))
    return tuple(name for name in names if name)


def settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say where settings are: `config` and `plugins`."""
    for option in (
        click.option(
            "--no-plugins",
            "plugins",
            is_flag=True,
            flag_value=False,
            default=True,
            show_default=False,
            help="Load no code that the settings name: neither rules nor pydantic models.",
        ),
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            metavar="FILE",
            show_default="the closest newslint.toml, or pyproject.toml that has [tool.newslint]",
            help="Settings file; its folder is the root of the project.",
        ),
    ):
        function = option(function)
    return function


def _jobs(_context: click.Context, _parameter: click.Parameter, value: str) -> int | None:
    """Return how many processes to use; None for as many as pay."""
    if value == "auto":
        return None
    if not value.isdecimal() or not 1 <= int(value) <= MAX_JOBS:
        raise click.BadParameter(f"{value!r} is neither 'auto' nor a number from 1 to {MAX_JOBS}")
    return int(value)


_OPTIONS: tuple[Callable[..., Any], ...] = (
    click.option(
        "--jobs",
        "-j",
        default="auto",
        envvar="NEWSLINT_JOBS",
        callback=_jobs,
        metavar="N",
        help="How many processes read files; 'auto' for as many as pay. The report is the same.",
    ),
    click.option(
        "--force-exclude",
        is_flag=True,
        help="Leave out files that the settings exclude even where PATH names them.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        callback=split_names,
        shell_complete=complete_names,
        metavar="NAMES",
        show_default="none",
        help="Do not run these rules or categories, nor those that the settings ignore.",
    ),
    click.option(
        "--extend-select",
        multiple=True,
        callback=split_names,
        shell_complete=complete_names,
        metavar="NAMES",
        show_default="none",
        help="Run these rules or categories besides those that are selected otherwise.",
    ),
    click.option(
        "--select",
        multiple=True,
        callback=split_names,
        shell_complete=complete_names,
        metavar="NAMES",
        show_default="those of the settings, else those that are on by default",
        help="Run these rules or categories; 'all' for every rule.",
    ),
    click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(), callback=_paths),
)


def check_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of `CheckOptions`, and pass them to it as its argument `asked`."""

    @functools.wraps(command)
    def wrapped(**values: Any) -> Any:
        taken = {each.name: values.pop(each.name) for each in _FIELDS if each.name in values}
        return command(asked=CheckOptions(**taken), **values)

    function: Callable[..., Any] = cache_options(settings_options(wrapped))
    for option in _OPTIONS:
        function = option(function)
    return function


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
