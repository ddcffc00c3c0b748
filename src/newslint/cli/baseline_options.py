"""The baseline of a run: the options that name it, its file, and its stale diagnostics."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from newslint.cli.help import OptionGroup, grouped_option
from newslint.cli.messages import print_message
from newslint.cli.options import gather_options
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.engine.baseline import Baseline
    from newslint.execution.run import RunRequest
    from newslint.settings import Project, StaleBaseline

_MAX_RULES = 4


class BaselineOptions(msgspec.Struct, frozen=True):
    """Which baseline to use.

    Attributes:
        baseline: Its file; None for that of the settings.
        no_baseline: Use none.
        stale_baseline: What to do about entries of the baseline that no longer occur; None for
            the policy of the settings.
    """

    baseline: Path | None = None
    no_baseline: bool = False
    stale_baseline: "StaleBaseline | None" = None


baseline_file_option = grouped_option(
    "--baseline",
    group=OptionGroup.BASELINE,
    type=click.Path(path_type=Path),
    metavar="FILE",
    show_default="that of the settings",
    help="File of known diagnostics, which are not reported.",
)
_no_baseline_option = grouped_option(
    "--no-baseline",
    group=OptionGroup.BASELINE,
    is_flag=True,
    help="Ignore the baseline that the settings name.",
)
_stale_baseline_option = grouped_option(
    "--stale-baseline",
    group=OptionGroup.BASELINE,
    type=click.Choice(("error", "warn", "ignore")),
    show_default="that of the settings, else warn",
    help="What to do about entries of the baseline that no longer occur; 'error' makes the exit "
    "status 1.",
)

baseline_choice = gather_options(
    "baselines", BaselineOptions, baseline_file_option, _no_baseline_option
)
"""Adds `--baseline` and `--no-baseline` to a command, which takes them as `baselines`."""

baseline_options = gather_options(
    "baselines", BaselineOptions, baseline_file_option, _no_baseline_option, _stale_baseline_option
)
"""Adds all options of `BaselineOptions` to a command, which takes them as `baselines`."""


class BaselineFile(msgspec.Struct, frozen=True):
    """The file of a baseline.

    Attributes:
        path: Its absolute path.
        name: Its name in messages.
        options: Options that name it on the command line; none if the settings do.
    """

    path: Path
    name: str
    options: tuple[str, ...] = ()

    def command(self, name: str) -> str:
        """Format the command line of a sub-command of `newslint baseline` for this file."""
        import shlex

        return shlex.join(["newslint", "baseline", name, *self.options])

    def read(self) -> "Baseline":
        """Read the baseline.

        Raises:
            click.ClickException: The file does not exist, or is not a baseline.
        """
        from newslint.engine.baseline_file import BaselineError, read_baseline

        try:
            return read_baseline(self.path, self.name)
        except FileNotFoundError as error:
            raise click.ClickException(
                f"no baseline {self.name}; to create it, run: {self.command('create')}"
            ) from error
        except BaselineError as error:
            raise click.ClickException(str(error)) from error


class LoadedBaseline(msgspec.Struct, frozen=True):
    """The baseline of a run, and its file.

    Attributes:
        project: The project that it belongs to.
        baseline: The diagnostics that are not reported.
        file: The file; None if no baseline is used.
    """

    project: "Project"
    baseline: "Baseline"
    file: BaselineFile | None = None


def find_baseline_file(project: "Project", baseline: Path | None) -> BaselineFile | None:
    """Find the file of the command line, or else of the settings, if one of them names it."""
    from newslint.execution.files import shown_path

    if baseline is not None:
        return BaselineFile(Path.cwd() / baseline, str(baseline), ("--baseline", str(baseline)))
    path = project.baseline
    return None if path is None else BaselineFile(path, shown_path(path, Path.cwd()))


def load_baselines(run: "RunRequest", options: BaselineOptions) -> tuple[LoadedBaseline, ...]:
    """Load the baselines that the options or else the settings of each project name.

    Raises:
        click.ClickException: The options contradict each other, or a file cannot be used.
    """
    if options.baseline is not None and options.no_baseline:
        raise click.UsageError("--baseline and --no-baseline exclude each other")
    require_one_project(run, options.baseline)
    return tuple(_load_baseline(project, options) for project in run.projects)


def require_one_project(run: "RunRequest", baseline: Path | None) -> None:
    """Refuse one file for the baselines of several projects.

    Raises:
        click.UsageError: There are several.
    """
    if baseline is not None and len(run.checks) > 1:
        folders = ", ".join(run.place(check).folder for check in run.checks)
        raise click.UsageError(
            f"--baseline names the file of one project, and here are {len(run.checks)}: {folders}; "
            "check one of these folders, or name a baseline in the settings of each"
        )


def _load_baseline(project: "Project", options: BaselineOptions) -> LoadedBaseline:
    """Load the baseline of a project; an empty one by default."""
    from newslint.engine.baseline import Baseline

    file = None if options.no_baseline else find_baseline_file(project, options.baseline)
    return LoadedBaseline(project, Baseline() if file is None else file.read(), file)


def print_stale(stale: "Baseline", file: BaselineFile | None, policy: "StaleBaseline") -> None:
    """Print to stderr how many diagnostics of a baseline no longer occur, unless that is ignored.

    Args:
        stale: The diagnostics.
        file: The file of the baseline; None if no baseline is used.
        policy: Whether that is an error, a warning, or ignored.
    """
    if file is None or not stale or policy == "ignore":
        return
    level = "Error" if policy == "error" else "Warning"
    verb = "occurs" if len(stale) == 1 else "occur"
    print_message(
        f"{level}: {pluralize(len(stale), 'diagnostic')} of {file.name} no longer {verb} "
        f"({_list_rules(stale)}); to remove the stale ones, run: {file.command('prune')}"
    )


def _list_rules(baseline: "Baseline") -> str:
    """Format the number of diagnostics of each rule, the largest first."""
    counts = sorted((-len(tokens), rule) for rule, tokens in baseline.by_rule.items())
    parts = [f"{-count:,} {rule}" for count, rule in counts[:_MAX_RULES]]
    if len(counts) > _MAX_RULES:
        parts.append(f"and {pluralize(len(counts) - _MAX_RULES, 'more rule')}")
    return ", ".join(parts)
