"""`newslint check --watch`: checks again whenever a file changes."""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli.check_run import CheckRun
from newslint.cli.messages import print_error, print_note
from newslint.cli.report_options import ReportOptions, open_targets
from newslint.cli.request import observe
from newslint.cli.terminal import is_interactive
from newslint.documents.discovery import SKIPPED_FOLDERS
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.diagnostics import Report
    from newslint.execution.open_run import OpenRun
    from newslint.execution.run import RunRequest

Changes = Iterable[frozenset[Path]]
"""Bursts of changes: the paths of files that were written, created or removed."""

_SETTLED = 200
"""Milliseconds without a change after which a burst of changes has ended."""

_LONGEST_BURST = 10_000
"""Milliseconds after which files are checked although more and more of them change."""

_CLEAR = "\x1b[H\x1b[2J"
_PLAIN = ("text", "concise")
_IGNORE_FILE = ".gitignore"


def validate(reporting: ReportOptions, *, reads_stdin: bool) -> None:
    """Refuse options that `--watch` cannot be combined with.

    Raises:
        click.UsageError: There are some.
    """
    if reads_stdin:
        raise click.UsageError("stdin cannot be watched; name files or folders")
    if reporting.profile:
        raise click.UsageError("--watch and --profile exclude each other")
    is_plain = reporting.format in _PLAIN or not reporting.is_machine_readable
    if not (is_plain or reporting.quiet):
        raise click.UsageError(
            "with --watch the report on stdout is in the format text or concise; name a file for "
            f"another: --report {reporting.format}=FILE"
        )


def watch(
    create: Callable[[], CheckRun],
    watch_changes: "Callable[[RunRequest], Changes] | None" = None,
) -> int:
    """Check files, and check them again after each burst of changes.

    Args:
        create: Reads the settings, and finds the files.
        watch_changes: Yields bursts of changes in the projects of a run until the user interrupts
            it; None for those that the operating system reports.

    Returns:
        The exit status of the last check, if there are no further changes.

    Raises:
        click.ClickException: The first check is impossible, or files cannot be watched.
    """
    run = create()
    changes = (watch_changes or _watch_changes)(run.request)
    watched = _Watched(create, run)
    watched.draw()
    for burst in changes:
        watched.take(burst)
    return watched.status


class _Watched:
    """The files that are watched, and what was last printed about them.

    Attributes:
        status: The exit status of the last check.
    """

    def __init__(self, create: Callable[[], CheckRun], run: CheckRun) -> None:
        self._create = create
        self._opened: OpenRun | None = None
        self._open(run)
        self._printed: Report | None = None
        self.status = 0

    def take(self, paths: Iterable[Path]) -> None:
        """Check files again after a burst of changes, unless none of them matters."""
        written = {Path(os.path.realpath(each.path)) for each in self._run.targets if each.path}
        relevant = sorted(path for path in paths if path not in written)
        if not relevant:
            return
        try:
            self._renew(relevant)
        except click.ClickException as error:
            self._opened = self._printed = None
            _clear()
            print_error(error)
            self._print_state()
            return
        if self._result.fixed or self._result.outcome.report != self._printed:
            self.draw()

    def _renew(self, paths: Sequence[Path]) -> None:
        """Check again, if possible only what depends on some files.

        Raises:
            click.ClickException: That is impossible, for instance because settings are broken.
        """
        is_complete = all(check.diff is None for check in self._run.request.checks)
        if self._opened is not None and is_complete and self._opened.update(paths):
            self._result = self._run.judge(self._opened)
            return
        self._open(self._create())

    def _open(self, run: CheckRun) -> None:
        """Check all files of a run.

        Raises:
            click.ClickException: There is nothing to check.
        """
        from newslint.execution.memory import keep_results
        from newslint.execution.open_run import OpenRun

        self._run = run
        with observe(run.request, quiet=run.reporting.quiet) as request:
            self._opened = OpenRun(request, *run.open_arguments)
            self._result = run.judge(self._opened)
        keep_results()

    def draw(self) -> None:
        """Write the reports, on a cleared screen at a terminal."""
        _clear()
        with open_targets(self._run.targets) as files:
            self._run.write(self._result, files)
        self.status = self._run.conclude(self._result)
        self._printed = self._result.outcome.report
        self._print_state()

    def _print_state(self) -> None:
        """Print that the files are watched."""
        if self._run.reporting.quiet:
            return
        time = datetime.now().astimezone().strftime("%H:%M:%S")
        count = sum(len(check.found_files().scope) for check in self._run.request.checks)
        print_note(f"{time}, watching {pluralize(count, 'file')}; press Ctrl+C to end")


def _clear() -> None:
    """Clear the screen if stdout is a terminal."""
    sys.stderr.flush()
    if is_interactive(sys.stdout):
        sys.stdout.write(_CLEAR)
        sys.stdout.flush()


def _watch_changes(run: "RunRequest") -> Iterator[frozenset[Path]]:
    """Begin to watch the projects of a run; yield bursts of changes, often empty ones.

    Raises:
        click.ClickException: Files cannot be watched.
    """
    try:
        import watchfiles
    except ModuleNotFoundError as error:
        raise click.ClickException(
            "--watch needs watchfiles, which is not installed: pip install watchfiles"
        ) from error
    folders = find_folders(run)
    bursts = watchfiles.watch(
        *folders,
        watch_filter=lambda _, path: is_watched(Path(path), folders),
        debounce=_LONGEST_BURST,
        step=_SETTLED,
        rust_timeout=_SETTLED,
        yield_on_timeout=True,
    )
    with _explain_errors():
        first = next(bursts)  # nothing is watched before this
    return (frozenset(Path(path) for _, path in burst) for burst in chain([first], bursts))


def find_folders(run: "RunRequest") -> list[Path]:
    """Find the folders to watch: the projects, or without settings what the user names."""
    from newslint.settings.sources import list_sources

    found: set[Path] = set()
    for check in run.checks:
        project = check.project
        found.update([project.root] if project.root_found else check.paths)
        found.update(filter(Path.is_file, list_sources(project)))
    real = {Path(os.path.realpath(path)) for path in found}
    return sorted(path for path in real if real.isdisjoint(path.parents))


def is_watched(path: Path, folders: Iterable[Path]) -> bool:
    """Check if the change of a file may affect a report.

    Hidden files do not, nor those of installed packages and generated sites.

    Args:
        path: The file.
        folders: The folders that are watched.
    """
    folder = next((each for each in folders if path.is_relative_to(each)), path.parent)
    *above, name = path.relative_to(folder).parts or (path.name,)
    if any(part.startswith(".") or part in SKIPPED_FOLDERS for part in above):
        return False
    return not name.startswith(".") or name == _IGNORE_FILE


@contextmanager
def _explain_errors() -> Iterator[None]:
    """Turn errors of the operating system into messages.

    Raises:
        click.ClickException: Files cannot be watched.
    """
    try:
        yield
    except OSError as error:
        reason = str(error.strerror or error)
        if error.errno == errno.ENOSPC or "limit" in reason:
            reason = "the system watches no more; raise fs.inotify.max_user_watches"
        raise click.ClickException(
            f"files cannot be watched: {reason}. To look for changes at intervals instead, set "
            "WATCHFILES_FORCE_POLLING=1"
        ) from error
