"""Who checks the files that the command line names: the session, and what it is to do."""

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from newslint.cli.options import STDIN, CheckOptions, cache_folder

if TYPE_CHECKING:
    from newslint.engine import Outcome, Session
    from newslint.engine.cache import Cache
    from newslint.engine.changes import Changes
    from newslint.engine.profiler import Profiler
    from newslint.engine.session import Found
    from newslint.settings import Project, Registry, Selection

_UNNAMED = "<stdin>"


def build_request(
    asked: CheckOptions,
    *,
    since: str | None = None,
    quiet: bool = False,
    profiler: "Profiler | None" = None,
) -> "CheckRequest":
    """Return the session that `asked` calls for.

    Args:
        asked: What the command line says.
        since: Report only on what changed since this revision.
        quiet: Do not show how far a run is.
        profiler: Takes the time of the run, which is one process then; None to take none.

    Raises:
        click.ClickException: It cannot be had; the message says why.
    """
    from newslint.engine import Session, UsageError
    from newslint.settings import SettingsError, UnknownNameError

    working = Path.cwd()
    try:
        paths, contents = _given(asked, working)
        project = _project(asked, paths, working)
        cache = _cache(asked, project)
        session = Session(
            paths,
            working,
            project=project,
            contents=contents,
            force_exclude=asked.force_exclude,
            fragments=asked.fragments,
            jobs=asked.jobs if profiler is None else 1,
            cache=cache,
            profiler=profiler,
        )
        selection = session.selection(asked.select, asked.ignore, asked.extend_select)
        changes = _changes(since, session.project)
    except (UsageError, SettingsError, UnknownNameError) as error:
        raise click.ClickException(str(error)) from error
    return CheckRequest(session, selection, changes, cache, quiet)


def _cache(asked: CheckOptions, project: "Project") -> "Cache | None":
    """Return what is known of a project from earlier runs; None where nothing shall be."""
    if asked.no_cache:
        return None
    from newslint.engine.cache import Cache

    return Cache(cache_folder(asked.cache_dir), project.root)


def _changes(since: str | None, project: "Project") -> "Changes | None":
    """Return what changed since a revision; None where none is given.

    Raises:
        UsageError: There is no such revision, or no git.
    """
    if since is None:
        return None
    from newslint.engine.changes import changes_since

    return changes_since(since, project.root)


@dataclass(frozen=True, slots=True)
class CheckRequest:
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

    def with_files(self) -> "CheckRequest":
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
        from newslint.cli.progress import show_progress
        from newslint.engine import UsageError
        from newslint.reporters.escape import escape

        found = self.files if session in (None, self.session) else None
        try:
            with show_progress(self.shown_on, quiet=self.quiet) as observe:
                outcome = (session or self.session).check(
                    self.selection, self.changes, observe, found, most
                )
        except UsageError as error:
            raise click.ClickException(str(error)) from error
        if self.cache is not None and (trouble := self.cache.told()):
            told = escape(f"newslint: nothing can be kept for the next run: {trouble}")
            click.echo(told, err=True)
        return outcome


def _project(asked: CheckOptions, paths: tuple[Path, ...], working: Path) -> "Project":
    """Return the project that `asked` is about."""
    from newslint.engine.scope import find_root
    from newslint.settings import load_project

    if asked.config is not None:
        return load_project(working / asked.config, plugins=asked.plugins)
    return find_root([working / path for path in paths], working, plugins=asked.plugins)


def _given(asked: CheckOptions, working: Path) -> tuple[tuple[Path, ...], dict[Path, bytes]]:
    """Return the paths to check, and what stdin holds where it is one of them."""
    if Path(STDIN) not in asked.paths:
        if asked.stdin_filename is not None:
            raise click.UsageError("--stdin-filename needs '-' as the PATH")
        return asked.paths, {}
    if len(asked.paths) > 1:
        raise click.UsageError("'-' reads the text from stdin and must be the only PATH")
    path = working / (asked.stdin_filename or _UNNAMED)
    return (path,), {path: sys.stdin.buffer.read()}


def load_registry(config: Path | None, *, plugins: bool) -> "Registry":
    """Return the rules that there are in the current folder, those of plugins too.

    Raises:
        click.ClickException: The settings cannot be used.
    """
    return find_project(Path.cwd(), config, plugins=plugins).registry


def find_project(target: Path, config: Path | None, *, plugins: bool) -> "Project":
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
