"""The identity of a run for reports: its command, archive, settings and day."""

import shlex
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli.options import STDIN, CheckOptions
from newslint.reporters.run_facts import RunFacts

if TYPE_CHECKING:
    from newslint.cli.baseline_options import LoadedBaseline
    from newslint.execution.run import RunRequest


def describe_run(  # noqa: PLR0913 # facts from several sources
    options: CheckOptions,
    run: "RunRequest",
    baselines: "Iterable[LoadedBaseline]",
    since: str | None,
    editor_url: str,
    *,
    ignores_baseline: bool = False,
) -> RunFacts:
    """Describe the run of the current command.

    Args:
        options: Which files are checked, and by which rules.
        run: The checks.
        baselines: The baseline of each project.
        since: The revision since which changes are reported on.
        editor_url: The template of links to an editor; empty for none.
        ignores_baseline: Whether the user wants no baseline to be used.

    Raises:
        click.ClickException: `SOURCE_DATE_EPOCH` is not a number of seconds.
    """
    from newslint.cli.stats import current_time
    from newslint.execution.files import shown_path

    given = click.get_current_context().obj or ()
    files = [each.file for each in baselines if each.file is not None]
    settings = [project.file for project in run.projects if project.file is not None]
    return RunFacts(
        archive=run.root.name,
        root=str(run.root) if editor_url else "",
        day=current_time().date().isoformat(),
        command=shlex.join(["newslint", *given]) if given else "",
        arguments=shlex.join([*_repeat(options), *chain.from_iterable(f.options for f in files)]),
        settings=", ".join(shown_path(file, Path.cwd()) for file in settings),
        baseline=", ".join(file.name for file in files),
        editor_url=editor_url,
        since=since or "",
        ignores_baseline=ignores_baseline,
        is_repeatable=Path(STDIN) not in options.paths,
    )


def _repeat(options: CheckOptions) -> Iterator[str]:
    """Yield the arguments that choose the same files and rules."""
    if options.paths != (Path(),):
        yield from map(str, options.paths)
    names = {
        "--select": options.select,
        "--extend-select": options.extend_select,
        "--ignore": options.ignore,
    }
    for option, values in names.items():
        if values:
            yield from (option, ",".join(values))
    if options.config is not None:
        yield from ("--config", str(options.config))
    flags = {
        "--tracked": options.tracked,
        "--force-exclude": options.force_exclude,
        "--no-plugins": not options.plugins,
    }
    yield from (option for option, is_given in flags.items() if is_given)
