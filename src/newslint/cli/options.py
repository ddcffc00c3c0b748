"""Options that several commands share, and the values that they are gathered into."""

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
import msgspec

from newslint.cli.completion import complete_names
from newslint.cli.help import OptionGroup, grouped_option

_MAX_DIGITS = 9
STDIN = "-"
MAX_JOBS = 64


def gather_options(
    argument: str, values_class: type[msgspec.Struct], *options: Callable[..., Any]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Create a decorator that adds options to a command and passes them as one value.

    Args:
        argument: Parameter of the command that takes the value.
        values_class: Class of the value; its fields are the parameters of options. A field
            keeps its default if the command has no such option.
        options: Decorators that add options, in the order of the help.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def gather(**values: Any) -> Any:
            names = [name for name in values_class.__struct_fields__ if name in values]
            gathered = values_class(**{name: values.pop(name) for name in names})
            return command(**{argument: gathered}, **values)

        function: Callable[..., Any] = gather
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


class CheckOptions(msgspec.Struct, frozen=True):
    """Which files to check, and with which rules.

    Attributes:
        paths: Files or folders; if there are none, the folder of `config` or the current one.
        select: Rules or categories to run; if empty, the settings select them.
        extend_select: Further rules or categories to run.
        ignore: Rules or categories that do not run.
        config: The settings file; None to search for it.
        plugins: Whether code that the settings name may be loaded.
        tracked: Leave out files that git does not track.
        force_exclude: Apply exclusions of the settings to the files in `paths`, too.
        stdin_filename: The file whose content is read from stdin.
        fragments: Parse repeated fragments once; else parse every front matter as a whole.
        jobs: Number of processes; None to choose it by the amount of work.
        cache_dir: Folder of the cache; None for the platform's default.
        no_cache: Neither read nor write the cache.
    """

    paths: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: Path | None = None
    plugins: bool = True
    tracked: bool = False
    force_exclude: bool = False
    stdin_filename: Path | None = None
    fragments: bool = True
    jobs: int | None = None
    cache_dir: Path | None = None
    no_cache: bool = False


def _parse_paths(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Path, ...]:
    """Convert the arguments to paths."""
    if not all(values):
        raise click.BadParameter("a path is empty; write '.' for the current folder")
    return tuple(map(Path, values))


def _split_names(
    _context: click.Context, _parameter: click.Parameter, values: Iterable[str]
) -> tuple[str, ...]:
    """Split the values of a repeatable option at commas."""
    names = tuple(name for value in values for name in map(str.strip, value.split(",")) if name)
    if values and not names:
        raise click.BadParameter("no rule or category is named; 'newslint rules' lists them")
    return names


def _parse_jobs(_context: click.Context, _parameter: click.Parameter, value: str) -> int | None:
    """Parse the number of processes; `auto` becomes None."""
    if value == "auto":
        return None
    if not value.isdecimal() or not 1 <= int(value) <= MAX_JOBS:
        raise click.BadParameter(f"{value!r} is neither 'auto' nor a number from 1 to {MAX_JOBS}")
    return int(value)


def parse_limit(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> int | None:
    """Parse a number of diagnostics."""
    if value is None:
        return None
    if not value.isdecimal() or len(value) > _MAX_DIGITS:
        raise click.BadParameter(f"{value!r} is not a whole number of 0 or more")
    return int(value)


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options `config` and `plugins` to a command."""
    return _config_option(_plugins_option(command))


_config_option = grouped_option(
    "--config",
    group=OptionGroup.INPUT,
    type=click.Path(path_type=Path),
    metavar="FILE",
    show_default="the closest newslint.toml, or pyproject.toml with [tool.newslint]",
    help="Settings file; its folder is the root of the project.",
)
_plugins_option = grouped_option(
    "--no-plugins",
    "plugins",
    group=OptionGroup.RULES,
    is_flag=True,
    flag_value=False,
    default=True,
    show_default=False,
    help="Do not load code that the settings name: plugins and pydantic models.",
)
_names_option = functools.partial(
    grouped_option,
    group=OptionGroup.RULES,
    multiple=True,
    callback=_split_names,
    shell_complete=complete_names,
    metavar="NAMES",
)

cache_dir_option = grouped_option(
    "--cache-dir",
    group=OptionGroup.CACHE,
    type=click.Path(path_type=Path),
    envvar="NEWSLINT_CACHE_DIR",
    metavar="DIR",
    show_default="the user's cache folder",
    help="Folder of the cache.",
)

no_cache_option = grouped_option(
    "--no-cache",
    group=OptionGroup.CACHE,
    is_flag=True,
    envvar="NEWSLINT_NO_CACHE",
    help="Check every file anew, and do not write the cache.",
)

_paths_argument = click.argument(
    "paths", nargs=-1, metavar="[PATH]...", type=click.Path(), callback=_parse_paths
)
_file_options = (
    grouped_option(
        "--force-exclude",
        group=OptionGroup.INPUT,
        is_flag=True,
        help="Apply exclusions of the settings to each PATH, too, and skip what is no document.",
    ),
    grouped_option(
        "--tracked",
        group=OptionGroup.INPUT,
        is_flag=True,
        help="Leave out files that git does not track.",
    ),
    grouped_option(
        "--jobs",
        "-j",
        group=OptionGroup.OTHER,
        default="auto",
        envvar="NEWSLINT_JOBS",
        callback=_parse_jobs,
        metavar="N",
        help=f"Number of processes, at most {MAX_JOBS}; 'auto' depends on the number of files. "
        "The report is the same.",
    ),
    cache_dir_option,
    no_cache_option,
    settings_options,
)

file_options = gather_options("options", CheckOptions, _paths_argument, *_file_options)
"""Adds those options of `CheckOptions` to a command that choose files rather than rules."""

check_options = gather_options(
    "options",
    CheckOptions,
    _paths_argument,
    _names_option(
        "--select",
        show_default="those of the settings, else the default rules",
        help="Rules or categories to run; 'all' for every rule.",
    ),
    _names_option("--extend-select", help="Further rules or categories to run."),
    _names_option(
        "--ignore", help="Rules or categories not to run, besides those that the settings ignore."
    ),
    *_file_options,
)
"""Adds the options of `CheckOptions` to a command, which takes them as its parameter `options`."""
