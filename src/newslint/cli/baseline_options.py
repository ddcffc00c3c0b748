"""Which baseline a run uses, and what is said of what it holds in vain."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from newslint.cli.messages import print_message
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.engine import Session
    from newslint.engine.baseline import Baseline
    from newslint.settings import StaleBaseline

_MOST_RULES = 4
_Command = TypeVar("_Command", bound=Callable[..., object])

baseline_option = click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    show_default="that of the settings",
    help="File of the diagnostics that a run lets pass.",
)
_no_baseline_option = click.option(
    "--no-baseline", is_flag=True, help="Report what the baseline of the settings lets pass, too."
)
_stale_option = click.option(
    "--stale-baseline",
    type=click.Choice(("error", "warn", "ignore")),
    show_default="that of the settings, else warn",
    help="What to do where the baseline holds what occurs no longer; error makes the exit "
    "status 1.",
)


def baseline_file_options(command: _Command) -> _Command:
    """Add to a command the options of which baseline to use."""
    return baseline_option(_no_baseline_option(command))


def baseline_options(command: _Command) -> _Command:
    """Add to a command the options of what a baseline lets pass, and of what it holds in vain."""
    return baseline_file_options(_stale_option(command))


class BaselineFile(NamedTuple):
    """The file of a baseline.

    Attributes:
        path: Where it is, absolute.
        name: What messages call it.
        options: What names it on the command line; nothing where the settings do.
    """

    path: Path
    name: str
    options: tuple[str, ...] = ()

    def command(self, name: str) -> str:
        """Return how to call the sub-command `name` of `newslint baseline` on it."""
        return shlex.join(["newslint", "baseline", name, *self.options])

    def read(self) -> "Baseline":
        """Return what it holds.

        Raises:
            click.ClickException: It is not there, or cannot be used.
        """
        from newslint.engine.baseline_file import BaselineError, read_baseline

        try:
            return read_baseline(self.path, self.name)
        except FileNotFoundError as error:
            raise click.ClickException(
                f"no baseline {self.name}; to write it, run: {self.command('create')}"
            ) from error
        except BaselineError as error:
            raise click.ClickException(str(error)) from error


def find_baseline_file(session: "Session", given: Path | None) -> BaselineFile | None:
    """Return the file that the command line gives, or else the settings; None where neither do."""
    from newslint.engine.scope import shown_path

    project = session.project
    if given is not None:
        return BaselineFile(Path.cwd() / given, str(given), ("--baseline", str(given)))
    if project.baseline is None:
        return None
    return BaselineFile(project.baseline, shown_path(project.baseline, Path.cwd()))


class LoadedBaseline(NamedTuple):
    """The baseline of a run.

    Attributes:
        baseline: What it lets pass.
        file: Where that is from; None where nothing is let pass.
    """

    baseline: "Baseline"
    file: BaselineFile | None = None


def load_baseline(session: "Session", given: Path | None, *, without: bool) -> LoadedBaseline:
    """Return the baseline that the command line gives, or else the settings.

    Args:
        session: Knows the settings.
        given: The file given on the command line.
        without: Use none.

    Raises:
        click.ClickException: The file is not there or cannot be used, or both arguments are given.
    """
    from newslint.engine.baseline import Baseline

    if given is not None and without:
        raise click.UsageError("--baseline and --no-baseline exclude each other")
    file = None if without else find_baseline_file(session, given)
    return LoadedBaseline(Baseline()) if file is None else LoadedBaseline(file.read(), file)


def print_stale(stale: "Baseline", file: BaselineFile | None, policy: "StaleBaseline") -> None:
    """Say on stderr what of the baseline in `file` occurs no longer, unless that is ignored."""
    if file is None or not stale or policy == "ignore":
        return
    word = "Error" if policy == "error" else "Warning"
    text = f"{pluralize(len(stale), 'diagnostic')} of {file.name} no longer occur"
    verb = "s" if len(stale) == 1 else ""
    remedy = f"to take out what is stale, run: {file.command('prune')}"
    print_message(f"{word}: {text}{verb} ({_rules(stale)}); {remedy}")


def _rules(baseline: "Baseline") -> str:
    """Return how much of each rule a baseline holds, the most first."""
    counts = sorted((-len(tokens), rule) for rule, tokens in baseline.by_rule.items())
    parts = [f"{-number:,} {rule}" for number, rule in counts[:_MOST_RULES]]
    if len(counts) > _MOST_RULES:
        parts.append(f"and {pluralize(len(counts) - _MOST_RULES, 'more rule')}")
    return ", ".join(parts)
