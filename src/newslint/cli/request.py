"""From options to a check: find the project, build the request, and run it."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli.messages import print_note
from newslint.cli.options import STDIN, CheckOptions

if TYPE_CHECKING:
    from newslint.engine.baseline import Baseline
    from newslint.execution.profiler import Profiler
    from newslint.execution.run import RunRequest, RunResult
    from newslint.settings import Project, Registry

_STDIN_NAME = "<stdin>"


def build_run(
    options: CheckOptions, *, since: str | None = None, profiler: "Profiler | None" = None
) -> "RunRequest":
    """Build the checks that the options of a command describe, one for each project.

    Args:
        options: The options.
        since: Report only on changes since this git revision.
        profiler: Measures stages and rules, in a single process; None to measure nothing.

    Raises:
        click.ClickException: The options, the settings or the revision cannot be used.
    """
    from newslint.execution import UsageError, request
    from newslint.settings import SettingsError, UnknownNameError

    try:
        paths, contents = _read_stdin(options, Path.cwd())
        return request.build_run(
            paths,
            config=options.config,
            plugins=options.plugins,
            since=since,
            use_cache=not options.no_cache,
            cache_dir=options.cache_dir,
            select=options.select,
            ignore=options.ignore,
            extend_select=options.extend_select,
            contents=contents,
            force_exclude=options.force_exclude,
            tracked=options.tracked,
            share_fragments=options.fragments,
            jobs=options.jobs if profiler is None else 1,
            profiler=profiler,
        )
    except UsageError as error:
        raise click.ClickException(f"{error}{_name_hint(options)}") from error
    except (SettingsError, UnknownNameError) as error:
        raise click.ClickException(str(error)) from error


def _name_hint(options: CheckOptions) -> str:
    """Explain how to write several names of rules if one of them became a path."""
    from newslint.settings import Registry

    registry = Registry()
    known = {rule.id for rule in registry} | set(registry.categories)
    names = [str(path) for path in options.paths if str(path) in known and not path.exists()]
    if not names:
        return ""
    return f"; '{names[0]}' is a rule: write several names with commas and without blanks, a,b"


@contextmanager
def observe(run: "RunRequest", *, quiet: bool = False) -> "Iterator[RunRequest]":
    """Provide a run whose progress a terminal shows while the context is open.

    Args:
        run: The run.
        quiet: Do not show the progress.

    Raises:
        click.ClickException: There is nothing to check.
    """
    from newslint.cli.progress import show_progress
    from newslint.execution import UsageError

    try:
        with show_progress(sys.stderr, quiet=quiet) as observer:
            yield run.change(observe=observer)
    except UsageError as error:
        raise click.ClickException(str(error)) from error
    if trouble := run.take_cache_trouble():
        print_note(f"the cache cannot be written: {trouble}")


def run_check(run: "RunRequest", baselines: "Sequence[Baseline]" = ()) -> "RunResult":
    """Check files, list all diagnostics, and show the progress on a terminal.

    Args:
        run: The checks.
        baselines: For each project, the diagnostics that are not reported; empty for none at all.

    Raises:
        click.ClickException: There is nothing to check.
    """
    from newslint.execution.open_run import run_checks

    with observe(run) as observed:
        return run_checks(observed, baselines, lists_all=True)


def find_project(target: Path, config: Path | None, *, plugins: bool) -> "Project":
    """Load the project that a file or folder belongs to.

    Args:
        target: The absolute path of the file or folder.
        config: The settings file; None to search for it.
        plugins: Whether code that the settings name may be loaded.

    Raises:
        click.ClickException: The settings cannot be used.
    """
    from newslint.execution.request import find_project_of
    from newslint.settings import SettingsError

    try:
        return find_project_of(target, config, plugins=plugins)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def load_registry(config: Path | None, *, plugins: bool) -> "Registry":
    """Load the rules of the current folder's project, those of plugins included.

    Raises:
        click.ClickException: The settings cannot be used.
    """
    return find_project(Path.cwd(), config, plugins=plugins).registry


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
