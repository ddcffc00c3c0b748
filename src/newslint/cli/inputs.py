"""What commands that check files share: their options, and the project these call for."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newslint.cli.caching import cache_options
from newslint.cli.names import complete_names

if TYPE_CHECKING:
    from newslint.settings import Project, Registry

STDIN = "-"
MOST_JOBS = 64


@dataclass(frozen=True, slots=True)
class Asked:
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


_FIELDS = fields(Asked)


def _paths(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Path, ...]:
    """Return the paths to check: the current folder where none is given."""
    if not all(values):
        raise click.BadParameter("a path is empty; write '.' for the current folder")
    return tuple(map(Path, values or (".",)))


def names_given(
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
    if not value.isdecimal() or not 1 <= int(value) <= MOST_JOBS:
        raise click.BadParameter(f"{value!r} is neither 'auto' nor a number from 1 to {MOST_JOBS}")
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
        callback=names_given,
        shell_complete=complete_names,
        metavar="NAMES",
        show_default="none",
        help="Do not run these rules or categories, nor those that the settings ignore.",
    ),
    click.option(
        "--extend-select",
        multiple=True,
        callback=names_given,
        shell_complete=complete_names,
        metavar="NAMES",
        show_default="none",
        help="Run these rules or categories besides those that are selected otherwise.",
    ),
    click.option(
        "--select",
        multiple=True,
        callback=names_given,
        shell_complete=complete_names,
        metavar="NAMES",
        show_default="those of the settings, else those that are on by default",
        help="Run these rules or categories; 'all' for every rule.",
    ),
    click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(), callback=_paths),
)


def checking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of `Asked`, and pass them to it as its argument `asked`."""

    @functools.wraps(command)
    def wrapped(**values: Any) -> Any:
        taken = {each.name: values.pop(each.name) for each in _FIELDS if each.name in values}
        return command(asked=Asked(**taken), **values)

    function: Callable[..., Any] = cache_options(settings_options(wrapped))
    for option in _OPTIONS:
        function = option(function)
    return function


def registry_here(config: Path | None, *, plugins: bool) -> "Registry":
    """Return the rules that there are in the current folder, those of plugins too.

    Raises:
        click.ClickException: The settings cannot be used.
    """
    return project_of(Path.cwd(), config, plugins=plugins).registry


def project_of(target: Path, config: Path | None, *, plugins: bool) -> "Project":
    """Return the project that a file or folder belongs to.

    Args:
        target: Absolute.
        config: The settings file; None where it is to be looked for.
        plugins: Whether code that the settings name may be loaded.

    Raises:
        click.ClickException: The settings cannot be used.
    """
    from newslint.engine.scope import find_root
    from newslint.settings import SettingsError, load_project

    working = Path.cwd()
    try:
        if config is not None:
            return load_project(working / config, plugins=plugins)
        return find_root([target], working, plugins=plugins)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
