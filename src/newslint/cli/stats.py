"""`newslint stats`: counts, and their history."""

import sys
from pathlib import Path

import click

from newslint._version import __version__
from newslint.cli import ExitStatus
from newslint.cli.baseline_options import load_baseline
from newslint.cli.options import CheckOptions, check_options
from newslint.cli.output import guard_output
from newslint.cli.request import build_request


@click.command("stats")
@check_options
@click.option(
    "--history",
    type=click.Path(path_type=Path),
    metavar="FILE",
    show_default="none",
    help="Add a line with the counts of this run to FILE, which is made where there is none.",
)
@click.version_option(__version__, message="newslint %(version)s")
def command(*, asked: CheckOptions, history: Path | None) -> int:
    """Count what is wrong, by rule and by provider.

    PATH and NAMES are those of 'newslint check'. The time of a run in the history is now, or
    SOURCE_DATE_EPOCH where it is set. 'newslint check --report html=FILE --history FILE' draws it.

    Exit status: 0, whatever is found; 2 bad usage, bad settings or a failure of newslint, 130
    interrupted.
    """
    from newslint.cli.history import append_run, run_time
    from newslint.reporters.history import format_history_line
    from newslint.reporters.summary import render_statistics, summary_lines

    time = run_time()
    checking = build_request(asked)
    known = load_baseline(checking.session, None, without=False)
    outcome = checking.outcome().passing(known.baseline)
    if not outcome.complete:
        click.echo("Error: a rule failed, so the counts are incomplete: see rule-crashed", err=True)
        return ExitStatus.ERROR
    with guard_output(sys.stdout):
        for line in (*summary_lines(outcome.report), "", *render_statistics(outcome.report)):
            click.echo(line)
    if history is not None:
        append_run(history, format_history_line(outcome.report, time))
    return ExitStatus.CLEAN
