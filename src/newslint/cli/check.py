"""`newslint check`: check files, fix them and write reports."""

from pathlib import Path

import click
from msgspec.structs import replace

from newslint._version import __version__
from newslint.cli.baseline_options import (
    BaselineOptions,
    baseline_options,
)
from newslint.cli.check_run import CheckRun
from newslint.cli.fix_options import (
    FixOptions,
    fix_options,
)
from newslint.cli.help import HelpCommand, OptionGroup, grouped_option
from newslint.cli.memory import choose_format, parse_memory, refuse_combinations
from newslint.cli.options import STDIN, CheckOptions, check_options, parse_limit
from newslint.cli.report_options import (
    ReportOptions,
    open_targets,
    report_options,
)
from newslint.reporters.formats import PARQUET

_EXAMPLES = (
    ("newslint check news/", "Check a folder."),
    ("newslint check --fix --since main", "Fix files that differ from a branch."),
)


@click.command("check", cls=HelpCommand, examples=_EXAMPLES)
@check_options
@grouped_option(
    "--since",
    group=OptionGroup.INPUT,
    metavar="REV",
    show_default="all files",
    help="Report only on records that differ from this git revision, and on problems that the "
    "changes cause in other records.",
)
@grouped_option(
    "--stdin-filename",
    group=OptionGroup.INPUT,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With '-' as PATH: check stdin as the content of this file.",
)
@grouped_option(
    "--watch",
    "watching",
    group=OptionGroup.INPUT,
    is_flag=True,
    help="Check again whenever a file changes, until Ctrl+C.",
)
@grouped_option(
    "--online",
    group=OptionGroup.INPUT,
    is_flag=True,
    help="Ask other sites first whether links and images still answer, as 'newslint probe' does.",
)
@grouped_option(
    "--memory",
    group=OptionGroup.OTHER,
    callback=parse_memory,
    metavar="SIZE",
    show_default="all results in memory",
    help="Keep results on disk, and use about this much memory, such as 512MiB. The report is the "
    "same, in the format concise unless --format names one; see the page 'Large archives'.",
)
@report_options
@grouped_option(
    "--fail-level",
    group=OptionGroup.OUTPUT,
    type=click.Choice(("error", "warning", "info")),
    show_default="that of the settings, else error",
    help="Fail on diagnostics of this severity or higher.",
)
@grouped_option(
    "--max-warnings",
    group=OptionGroup.OUTPUT,
    callback=parse_limit,
    metavar="N",
    show_default="that of the settings, else any number",
    help="Number of warnings that pass the quality gate.",
)
@grouped_option(
    "--exit-zero",
    group=OptionGroup.OUTPUT,
    is_flag=True,
    help="Exit with 0 even if the quality gate fails.",
)
@fix_options
@baseline_options
@click.option(
    "--no-fragments",
    "fragments",
    is_flag=True,
    flag_value=False,
    default=True,
    hidden=True,
    help="Parse every front matter as a whole: the report is the same, but takes longer.",
)
@click.version_option(__version__, message="newslint %(version)s")
def command(  # noqa: PLR0913 # groups of options, and those of this command only
    *,
    options: CheckOptions,
    reporting: ReportOptions,
    fixing: FixOptions,
    baselines: BaselineOptions,
    since: str | None,
    fail_level: str | None,
    max_warnings: int | None,
    exit_zero: bool,
    watching: bool,
    online: bool,
    memory: int | None,
) -> int:
    """Check records and report their problems.

    PATH is a file or a folder, the current folder by default, or '-' for stdin. Folders are
    searched for .md, .markdown, .mdx, .html, .txt, .yml and .yaml files. Hidden files, files that
    .gitignore excludes and folders such as node_modules are skipped. Rules compare records with
    all records of the project, even if only some are reported on.

    NAMES are rules or categories, separated by commas: see 'newslint rules'. Options override the
    settings in newslint.toml or pyproject.toml.

    Exit status: 0 the quality gate passed (by default: no errors), 1 it failed, 2 wrong usage,
    wrong settings or an internal error, 130 interrupted.
    """
    from newslint.diagnostics import Severity
    from newslint.settings.gate import GateOverride

    if memory is not None:
        reporting = choose_format(reporting)
    reads_stdin = Path(STDIN) in options.paths
    fixing.validate(
        reads_stdin=reads_stdin,
        has_machine_report=reporting.is_machine_readable and not reporting.quiet,
    )
    targets = reporting.list_targets(has_stdout=not (reporting.quiet or fixing.replaces_report))
    level = Severity(fail_level) if fail_level else None
    limits = GateOverride(level, max_warnings, baselines.stale_baseline)

    def create() -> CheckRun:
        run = CheckRun.create(
            options, reporting, fixing, baselines, since=since, limits=limits, targets=targets
        )
        request = run.request if memory is None else run.request.change(memory=memory)
        return replace(run, request=request, exit_zero=exit_zero or fixing.fix_only)

    if memory is not None:
        refused = {
            "--since": since is not None,
            "'-'": reads_stdin,
            "--watch": watching,
            "--online": online,
            "--fix": fixing.fix,
            "--diff": fixing.diff,
            "--fix-only": fixing.fix_only,
            "--jobs": options.jobs not in (None, 1),
            "--verbose": reporting.verbose,
        }
        refuse_combinations(targets, refused)
    if watching and online:
        raise click.UsageError("--watch and --online exclude each other; run 'newslint probe'")
    if watching:
        from newslint.cli.watch import validate, watch

        validate(reporting, reads_stdin=reads_stdin)
        return watch(create)
    run = create()
    if online:
        from newslint.cli.probe import probe_run

        probe_run(run.request, quiet=reporting.quiet)
    has_effects = fixing.is_enabled or since is not None or reads_stdin or memory is not None
    has_effects = has_effects or any(target.format == PARQUET for target in targets)
    has_notes = reporting.verbose or reporting.profile or reporting.history is not None
    if has_effects or has_notes or run.request.checks[0].cache is None:
        return run(open_targets)
    from newslint.cli.output_cache import run_cached

    return run_cached(run.request, run.output_key(), targets, run)
