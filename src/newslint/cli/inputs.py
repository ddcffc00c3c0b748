"""What commands that check files share: their options, and the session these call for."""

import functools
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from newslint.cli.caching import cache_folder, cache_options
from newslint.cli.names import complete_names

if TYPE_CHECKING:
    from newslint.engine import Outcome, Session
    from newslint.engine.cache import Cache
    from newslint.engine.changes import Changes
    from newslint.engine.clock import Stopwatch
    from newslint.engine.session import Found
    from newslint.settings import Project, Registry, Selection

STDIN = "-"
MOST_JOBS = 64
_UNNAMED = "<stdin>"


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


def prepared(
    asked: Asked,
    *,
    since: str | None = None,
    quiet: bool = False,
    watch: "Stopwatch | None" = None,
) -> "Checking":
    """Return the session that `asked` calls for.

    Args:
        asked: What the command line says.
        since: Report only on what changed since this revision.
        quiet: Do not show how far a run is.
        watch: Takes the time of the run, which is one process then; None to take none.

    Raises:
        click.ClickException: It cannot be had; the message says why.
    """
    from newslint.engine import Session, UsageError
    from newslint.engine.cache import Cache
    from newslint.engine.changes import changes_since
    from newslint.settings import SettingsError, UnknownNameError

    working = Path.cwd()
    try:
        paths, contents = _given(asked, working)
        project = _project(asked, paths, working)
        cache = None if asked.no_cache else Cache(cache_folder(asked.cache_dir), project.root)
        session = Session(
            paths,
            working,
            project=project,
            contents=contents,
            force_exclude=asked.force_exclude,
            fragments=asked.fragments,
            jobs=asked.jobs if watch is None else 1,
            cache=cache,
            watch=watch,
        )
        selection = session.selection(asked.select, asked.ignore, asked.extend_select)
        changes = None if since is None else changes_since(since, session.project.root)
    except (UsageError, SettingsError, UnknownNameError) as error:
        raise click.ClickException(str(error)) from error
    return Checking(session, selection, changes, cache, quiet)


@dataclass(frozen=True, slots=True)
class Checking:
    """A session and what it is to do.

    Attributes:
        session: The files.
        selection: The rules.
        changes: What to narrow the report to; None for all files.
        cache: What is known from earlier runs; None where nothing shall be.
        quiet: Do not show how far a run is.
        files: The files, where they have been looked for already.
        shown_on: The stream that shows how far a run is.
    """

    session: "Session"
    selection: "Selection"
    changes: "Changes | None"
    cache: "Cache | None" = None
    quiet: bool = False
    files: "Found | None" = None
    shown_on: TextIO = field(default_factory=lambda: sys.stderr)

    def with_files(self) -> "Checking":
        """Return this with its files looked for.

        Raises:
            click.ClickException: There are none.
        """
        from newslint.engine import UsageError

        try:
            return replace(self, files=self.session.files())
        except UsageError as error:
            raise click.ClickException(str(error)) from error

    def outcome(self, session: "Session | None" = None, most: int | None = None) -> "Outcome":
        """Return the outcome of checking; a terminal shows how far it is.

        Args:
            session: The files, where they are to be taken for others than they are.
            most: How many diagnostics of each rule to list; None for all.

        Raises:
            click.ClickException: There is nothing to check.
        """
        from newslint.cli.progress import watching
        from newslint.engine import UsageError
        from newslint.reporters.escape import escaped

        found = self.files if session in (None, self.session) else None
        try:
            with watching(self.shown_on, quiet=self.quiet) as observe:
                outcome = (session or self.session).check(
                    self.selection, self.changes, observe, found, most
                )
        except UsageError as error:
            raise click.ClickException(str(error)) from error
        if self.cache is not None and (trouble := self.cache.told()):
            told = escaped(f"newslint: nothing can be kept for the next run: {trouble}")
            click.echo(told, err=True)
        return outcome


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


def _project(asked: Asked, paths: tuple[Path, ...], working: Path) -> "Project":
    """Return the project that `asked` is about."""
    from newslint.engine.scope import find_root
    from newslint.settings import load_project

    if asked.config is not None:
        return load_project(working / asked.config, plugins=asked.plugins)
    return find_root([working / path for path in paths], working, plugins=asked.plugins)


def _given(asked: Asked, working: Path) -> tuple[tuple[Path, ...], dict[Path, bytes]]:
    """Return the paths to check, and what stdin holds where it is one of them."""
    if Path(STDIN) not in asked.paths:
        if asked.stdin_filename is not None:
            raise click.UsageError("--stdin-filename needs '-' as the PATH")
        return asked.paths, {}
    if len(asked.paths) > 1:
        raise click.UsageError("'-' reads the text from stdin and must be the only PATH")
    path = working / (asked.stdin_filename or _UNNAMED)
    return (path,), {path: sys.stdin.buffer.read()}
