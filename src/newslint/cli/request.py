"""From options to a check: find the project, create its session, and run it."""

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from newslint.cli.messages import print_note
from newslint.cli.options import STDIN, CheckOptions, find_cache_folder

if TYPE_CHECKING:
    from newslint.engine import Outcome, Session
    from newslint.engine.cache import Cache
    from newslint.engine.changes import Changes
    from newslint.engine.profiler import Profiler
    from newslint.engine.session import Found
    from newslint.settings import Project, Registry, Selection

_STDIN_NAME = "<stdin>"


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A check to run: a session, the rules, and how to show its progress.

    Attributes:
        session: The session, which knows the project and its files.
        selection: The rules to run.
        changes: Changes since a revision, to which the report is restricted; None to report on all
            files.
        cache: The cache; None to use none.
        quiet: Show no progress.
        files: The files, if they have been discovered already.
        progress_file: The stream that shows progress.
    """

    session: "Session"
    selection: "Selection"
    changes: "Changes | None"
    cache: "Cache | None" = None
    quiet: bool = False
    files: "Found | None" = None
    progress_file: TextIO = field(default_factory=lambda: sys.stderr)

    def discover_files(self) -> "CheckRequest":
        """Discover the files now, so that `run` need not.

        Raises:
            click.ClickException: There are none.
        """
        from newslint.engine import UsageError

        try:
            return replace(self, files=self.session.files())
        except UsageError as error:
            raise click.ClickException(str(error)) from error

    def run(self, session: "Session | None" = None, max_per_rule: int | None = None) -> "Outcome":
        """Check the files, and show the progress on a terminal.

        Args:
            session: A session to use instead of the request's, such as one with repaired files.
            max_per_rule: Number of diagnostics of each rule to list; None for all.

        Raises:
            click.ClickException: There is nothing to check.
        """
        from newslint.cli.progress import show_progress
        from newslint.engine import UsageError

        files = self.files if session in (None, self.session) else None
        try:
            with show_progress(self.progress_file, quiet=self.quiet) as observe:
                outcome = (session or self.session).check(
                    self.selection, self.changes, observe, files, max_per_rule
                )
        except UsageError as error:
            raise click.ClickException(str(error)) from error
        if self.cache is not None and (problem := self.cache.told()):
            print_note(f"the cache cannot be written: {problem}")
        return outcome


def build_request(
    options: CheckOptions,
    *,
    since: str | None = None,
    quiet: bool = False,
    profiler: "Profiler | None" = None,
) -> CheckRequest:
    """Build the request that the options of a command describe.

    Args:
        options: The options.
        since: Report only on changes since this git revision.
        quiet: Show no progress.
        profiler: Measures stages and rules, in a single process; None to measure nothing.

    Raises:
        click.ClickException: The options, the settings or the revision cannot be used.
    """
    from newslint.engine import Session, UsageError
    from newslint.settings import SettingsError, UnknownNameError

    folder = Path.cwd()
    try:
        paths, contents = _read_stdin(options, folder)
        targets = [folder / path for path in paths]
        project = _load_project(targets, options.config, plugins=options.plugins)
        cache = _open_cache(options, project)
        session = Session(
            paths,
            folder,
            project=project,
            contents=contents,
            force_exclude=options.force_exclude,
            fragments=options.fragments,
            jobs=options.jobs if profiler is None else 1,
            cache=cache,
            profiler=profiler,
        )
        selection = session.selection(options.select, options.ignore, options.extend_select)
        changes = _find_changes(since, session.project)
    except (UsageError, SettingsError, UnknownNameError) as error:
        raise click.ClickException(str(error)) from error
    return CheckRequest(session, selection, changes, cache, quiet)


def find_project(target: Path, config: Path | None, *, plugins: bool) -> "Project":
    """Load the project that a file or folder belongs to.

    Args:
        target: The absolute path of the file or folder.
        config: The settings file; None to search for it.
        plugins: Whether code that the settings name may be loaded.

    Raises:
        click.ClickException: The settings cannot be used.
    """
    from newslint.settings import SettingsError

    try:
        return _load_project([target], config, plugins=plugins)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def load_registry(config: Path | None, *, plugins: bool) -> "Registry":
    """Load the rules of the current folder's project, those of plugins included.

    Raises:
        click.ClickException: The settings cannot be used.
    """
    return find_project(Path.cwd(), config, plugins=plugins).registry


def _load_project(targets: list[Path], config: Path | None, *, plugins: bool) -> "Project":
    """Load the settings in `config`, or else the closest ones above the targets."""
    from newslint.engine.scope import find_root
    from newslint.settings import load_project

    folder = Path.cwd()
    if config is not None:
        return load_project(folder / config, plugins=plugins)
    return find_root(targets, folder, plugins=plugins)


def _open_cache(options: CheckOptions, project: "Project") -> "Cache | None":
    """Open the cache of a project unless the options forbid it."""
    if options.no_cache:
        return None
    from newslint.engine.cache import Cache

    return Cache(find_cache_folder(options.cache_dir), project.root)


def _find_changes(since: str | None, project: "Project") -> "Changes | None":
    """Ask git for the changes since a revision, if there is one.

    Raises:
        UsageError: The revision does not exist, or git is not available.
    """
    if since is None:
        return None
    from newslint.engine.changes import changes_since

    return changes_since(since, project.root)


def _read_stdin(options: CheckOptions, folder: Path) -> tuple[tuple[Path, ...], dict[Path, bytes]]:
    """Read stdin if it is to be checked.

    Returns:
        The paths to check, and the content of those that are not read from disk.
    """
    if Path(STDIN) not in options.paths:
        if options.stdin_filename is not None:
            raise click.UsageError("--stdin-filename needs '-' as the PATH")
        return options.paths, {}
    if len(options.paths) > 1:
        raise click.UsageError("'-' reads the text from stdin and must be the only PATH")
    path = folder / (options.stdin_filename or _STDIN_NAME)
    return (path,), {path: sys.stdin.buffer.read()}
