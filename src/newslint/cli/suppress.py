"""`newslint suppress`: add comments that silence what is there now."""

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from newslint.cli import ExitStatus
from newslint.cli.baseline_options import baseline_file_options, load_baseline
from newslint.cli.fix_options import diff_lines
from newslint.cli.messages import print_message
from newslint.cli.options import STDIN, CheckOptions, check_options
from newslint.cli.output import guard_output
from newslint.cli.request import build_request
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.diagnostics import Diagnostic
    from newslint.documents import Document
    from newslint.engine import Session


class _Change(NamedTuple):
    """A file, and what becomes of it.

    Attributes:
        path: The file.
        before: As it is.
        after: With comments; None where it cannot be had.
        diagnostics: How many they silence.
    """

    path: Path
    before: "Document"
    after: "Document | None"
    diagnostics: int


def _reason(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Return the reason to write into comments."""
    if not value.isprintable():
        raise click.BadParameter("it must be one line of printable text")
    return value.strip()


@click.command("suppress")
@check_options
@baseline_file_options
@click.option(
    "--reason",
    default="",
    metavar="TEXT",
    show_default="none",
    callback=_reason,
    help="What the comments say after '--'.",
)
@click.option(
    "--diff", "--dry-run", "diff", is_flag=True, help="Show what would change, and write nothing."
)
def command(
    *, asked: CheckOptions, baseline: Path | None, no_baseline: bool, reason: str, diff: bool
) -> int:
    """Add comments that silence what is reported now.

    PATH is a file or a folder, as for 'newslint check'. Each comment goes where the problem is,
    '# newslint: ignore[rule]', or where that is the file as such, to the top of its front matter:
    '# newslint: ignore-file[rule]'. Nothing else in the files changes. What the rules have to say
    from then on is new. What a baseline lets pass is left alone.

    Exit status: 0 all that was reported is silenced, 1 something cannot be silenced, 2 bad usage,
    bad settings or a failure of newslint, 130 interrupted.
    """
    if Path(STDIN) in asked.paths:
        raise click.UsageError("comments are added to files; what is on stdin is none")
    from newslint.engine.baseline import apply_baseline

    checking = build_request(asked)
    known = load_baseline(checking.session, baseline, without=no_baseline).baseline
    outcome = checking.outcome()
    found = apply_baseline(outcome.report, known, ()).report.diagnostics
    changes = _changes(checking.session, found, reason)
    root = checking.session.project.root
    silenced = [change.diagnostics for change in changes if _is_made(change, root, diff=diff)]
    _tell(silenced, len(found) - sum(silenced), diff=diff)
    if not outcome.complete:
        print_message("Error: a rule failed, so not all is silenced: see newslint check")
        return ExitStatus.ERROR
    return ExitStatus.FOUND if sum(silenced) < len(found) else ExitStatus.CLEAN


def _changes(session: "Session", found: "Iterable[Diagnostic]", reason: str) -> Iterator[_Change]:
    """Yield what becomes of each file that has diagnostics, in order."""
    from newslint.documents import load_document
    from newslint.engine.suppression_writer import NOT_SUPPRESSIBLE, insert_suppressions

    files = session.files()[0].scope
    reader = session.reader()
    wanted = (each for each in found if each.rule not in NOT_SUPPRESSIBLE)
    for name, group in groupby(wanted, key=lambda each: each.location.path):
        diagnostics = list(group)
        before = load_document(files[name], name, reader, session.project.root)
        after = insert_suppressions(before, diagnostics, reason, session.project.registry, reader)
        yield _Change(files[name], before, after, len(diagnostics))


def _is_made(change: _Change, root: Path, *, diff: bool) -> bool:
    """Write a changed file, or show how it would change; tell whether there is a change at all."""
    if change.after is None:
        has_none = change.before.front_matter is None
        why = "no front matter for comments" if has_none else "comments would change its values"
        print_message(f"{change.before.path}: left as it is: {why}")
        return False
    if diff:
        with guard_output(sys.stdout):
            sys.stdout.writelines(f"{line}\n" for line in diff_lines(change.before, change.after))
    else:
        _write(change, change.after, root)
    return True


def _write(change: _Change, after: "Document", root: Path) -> None:
    """Write a changed file.

    Raises:
        click.ClickException: It was not written.
    """
    from newslint.documents.saving import SaveError, save

    before = change.before.source.text.encode()
    try:
        save(change.path, before, after.source.text.encode(), root)
    except SaveError as error:
        name = change.before.path
        raise click.ClickException(f"{name}: cannot be written: {error}") from error


def _tell(silenced: list[int], left: int, *, diff: bool) -> None:
    """Say what was done, beside a diff on stderr."""
    does = "Would silence" if diff else "Silenced"
    text = f"{does} {pluralize(sum(silenced), 'diagnostic')} in {pluralize(len(silenced), 'file')}"
    print_message(f"{text}; {left:,} left" if left else text, err=diff)
