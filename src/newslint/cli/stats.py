"""`newslint stats`: print the numbers of problems, and record them in a history."""

import sys
from pathlib import Path

import click

from newslint._version import __version__
from newslint.cli import ExitStatus
from newslint.cli.baseline_options import BaselineOptions, load_baseline
from newslint.cli.help import HelpCommand
from newslint.cli.messages import print_message
from newslint.cli.options import CheckOptions, check_options
from newslint.cli.output import guard_output
from newslint.cli.request import build_request, run_check


@click.command("stats", cls=HelpCommand)
@check_options
@click.option(
    "--history",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Append the counts of this run to FILE, which is created if necessary.",
)
@click.version_option(__version__, message="newslint %(version)s")
def command(*, options: CheckOptions, history: Path | None) -> int:
    """Count problems by rule and by provider.

    PATH and NAMES are those of 'newslint check'. The history records the current time, or
    SOURCE_DATE_EPOCH if it is set. 'newslint check --report html=FILE --history FILE' shows it.

    Exit status: 0 even if there are problems, 2 wrong usage, wrong settings or an internal error,
    130 interrupted.
    """
    from newslint.cli.history import append_run, current_time
    from newslint.reporters.history import format_history_line
    from newslint.reporters.summary import render_statistics, summary_lines

    time = current_time()
    request = build_request(options)
    baseline = load_baseline(request.project, BaselineOptions()).baseline
    outcome = run_check(request).passing(baseline)
    if not outcome.complete:
        print_message("Error: a rule failed, so the counts are incomplete: see rule-crashed")
        return ExitStatus.ERROR
    with guard_output(sys.stdout):
        for line in (*summary_lines(outcome.report), "", *render_statistics(outcome.report)):
            click.echo(line)
    if history is not None:
        append_run(history, format_history_line(outcome.report, time))
    return ExitStatus.CLEAN
