"""Which reports a run writes, and where each of them goes."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TextIO

import click

from newslint.cli.output import destination, telling
from newslint.reporters.formats import HTML, NAMES

_INDEX = "index.html"


class Target(NamedTuple):
    """Where a report goes.

    Attributes:
        format: Its format.
        path: Its file; stdout where None.
    """

    format: str
    path: Path | None


def _targets(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Target, ...]:
    """Return what the option asks for."""
    return tuple(map(_target, values))


def _target(value: str) -> Target:
    """Return what one `FORMAT=PATH` asks for."""
    name, _, path = value.partition("=")
    if name not in NAMES:
        from difflib import get_close_matches

        near = get_close_matches(name, NAMES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(NAMES)}"
        raise click.BadParameter(f"unknown format {name!r}; {hint}")
    if not path:
        raise click.BadParameter(f"{value!r} names no file; write {name}=FILE")
    return Target(name, Path(path, _INDEX) if name == HTML and path.endswith("/") else Path(path))


report_option = click.option(
    "--report",
    "reports",
    multiple=True,
    callback=_targets,
    metavar="FORMAT=FILE",
    show_default="none",
    help="Write a further report; may be repeated. FILE is replaced as with --output. "
    "'html=FOLDER/' writes FOLDER/index.html.",
)


def all_targets(
    format_: str, output: Path | None, reports: Sequence[Target], *, quiet: bool
) -> list[Target]:
    """Return all that a run writes.

    Args:
        format_: Format of the main report.
        output: Where it goes; stdout where None.
        reports: Further reports.
        quiet: Write nothing to stdout.

    Raises:
        click.BadParameter: Two reports would go to one file.
    """
    main = [] if output is None and quiet else [Target(format_, output)]
    targets = [*main, *reports]
    taken: set[str] = set()
    for path in (target.path for target in targets if target.path):
        real = os.path.realpath(path)
        if real in taken:
            raise click.BadParameter(f"two reports would go to {path}", param_hint="--report")
        taken.add(real)
    return targets


@contextmanager
def opened(targets: Sequence[Target]) -> Iterator[list[tuple[Target, TextIO]]]:
    """Provide the file of each target; all are replaced at the end, or none when something fails.

    Raises:
        click.ClickException: One cannot be written.
    """
    with ExitStack() as stack:
        for format_, path in targets:
            if format_ == HTML and path and path.name == _INDEX:
                stack.enter_context(_made(path.parent))
        yield [(target, stack.enter_context(destination(target.path))) for target in targets]


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make `folder` where there is none, and take it away again when something fails.

    Raises:
        click.ClickException: It cannot be made.
    """
    is_new = not folder.is_dir()
    with telling(folder):
        folder.mkdir(exist_ok=True)
    try:
        yield
    except BaseException:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise
