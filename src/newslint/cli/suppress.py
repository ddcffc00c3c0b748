"""`newslint suppress`: add comments that suppress the current diagnostics."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from newslint.cli import ExitStatus
from newslint.cli.baseline_options import BaselineOptions, baseline_choice, load_baselines
from newslint.cli.fix_options import print_diff
from newslint.cli.help import HelpCommand
from newslint.cli.messages import print_message
from newslint.cli.options import STDIN, CheckOptions, check_options
from newslint.cli.request import build_run, run_check
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.documents import Document
    from newslint.execution.run import ProjectResult


class _Change(NamedTuple):
    """The change of one file.

    Attributes:
        path: The file.
        before: Its content.
        after: Its content with comments; None if comments are not possible.
        diagnostics: Number of diagnostics to suppress.
    """

    path: Path
    before: "Document"
    after: "Document | None"
    diagnostics: int

    @property
    def covers_file(self) -> bool:
        """Whether it suppresses further rules in the whole file."""
        after = self.after
        return after is not None and not _rules_of_file(after) <= _rules_of_file(self.before)


def _rules_of_file(document: "Document") -> set[str]:
    """Collect the names that comments suppress in the whole file."""
    comments = (each for each in document.suppression_comments if each.covers is None)
    return {name.text for each in comments for name in each.names}


_ALTERNATIVE = (
    "ignore the rules in [[overrides]] of the settings, with 'pointers' to single fields, or "
    "record the diagnostics in a baseline"
)
_ROW_REFUSAL = f"comments cannot be written into rows; {_ALTERNATIVE}"


def _parse_reason(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Check that the reason fits into a comment."""
    if not value.isprintable():
        raise click.BadParameter("it must be one line of printable text")
    return value.strip()


@click.command("suppress", cls=HelpCommand)
@check_options
@baseline_choice
@click.option(
    "--reason",
    default="",
    metavar="TEXT",
    show_default="none",
    callback=_parse_reason,
    help="Reason to write into the comments, after '--'.",
)
@click.option(
    "--diff",
    "--dry-run",
    "diff",
    is_flag=True,
    help="Print the changes as a unified diff, and write nothing.",
)
def command(*, options: CheckOptions, baselines: BaselineOptions, reason: str, diff: bool) -> int:
    """Add comments that suppress all current diagnostics.

    PATH is a file or a folder, as for 'newslint check'. The comment 'newslint: ignore[rule]' is
    added at the problem; one about the file as a whole, 'newslint: ignore-file[rule]', at the top
    of its front matter. Nothing else in the files changes, and diagnostics of a baseline need no
    comment. From then on, rules report new problems only.

    Exit status: 0 all diagnostics are suppressed, 1 some cannot be suppressed, 2 wrong usage, wrong
    settings or an internal error, 130 interrupted.
    """
    if Path(STDIN) in options.paths:
        raise click.UsageError("comments cannot be added to text from stdin; name a file")
    run = build_run(options)
    result = run_check(run, [each.baseline for each in load_baselines(run, baselines)])
    changes = [
        change
        for part in result.parts
        for change in _plan_changes(part, reason)
        if _apply(change, part, diff=diff)
    ]
    found = sum(len(part.outcome.report.diagnostics) for part in result.parts)
    remaining = found - sum(change.diagnostics for change in changes)
    _print_summary(changes, remaining, diff=diff)
    if not all(part.outcome.complete for part in result.parts):
        print_message(
            "Error: a rule failed, so its diagnostics are not suppressed: see rule-crashed"
        )
        return ExitStatus.ERROR
    return ExitStatus.FOUND if remaining else ExitStatus.CLEAN


def _plan_changes(part: "ProjectResult", reason: str) -> Iterator[_Change]:
    """Yield the change of each file of a project that has diagnostics, in order of the files."""
    from newslint.documents import load_document
    from newslint.documents.rows import container_of
    from newslint.engine.suppression_writer import NOT_SUPPRESSIBLE, insert_suppressions

    request, project = part.result.request, part.project
    files, reader = request.found_files().scope, request.reader.parser()
    rows: dict[str, None] = {}
    suppressible = (
        each for each in part.outcome.report.diagnostics if each.rule not in NOT_SUPPRESSIBLE
    )
    for name, group in groupby(suppressible, key=lambda each: each.location.path):
        in_file = list(group)
        if name not in files:
            rows.setdefault(container_of(name))
            continue
        before = load_document(files[name], name, reader, project.root)
        after = insert_suppressions(before, in_file, reason, project.registry, reader)
        yield _Change(files[name], before, after, len(in_file))
    for container in rows:
        print_message(f"{part.place.join(container)}: unchanged: {_ROW_REFUSAL}")


def _apply(change: _Change, part: "ProjectResult", *, diff: bool) -> bool:
    """Write a changed file of a project, or print its diff.

    Returns:
        Whether the file can be changed; if not, the reason is printed.
    """
    name = part.place.join(change.before.path)
    if change.after is None:
        print_message(f"{name}: unchanged: {_explain_refusal(change.before)}")
        return False
    if diff:
        print_diff(name, change.before, change.after)
    else:
        _write(name, change, change.after, part.project.root)
    return True


def _explain_refusal(document: "Document") -> str:
    """Explain why comments cannot suppress the diagnostics of a file."""
    front_matter = document.front_matter
    if front_matter is None:
        return "no front matter for comments"
    if not front_matter.syntax.has_comments:
        return f"{front_matter.syntax.label} has no comments; {_ALTERNATIVE}"
    return "comments would change its values"


def _write(name: str, change: _Change, after: "Document", root: Path) -> None:
    """Write a changed file, which messages call `name`.

    Raises:
        click.ClickException: It cannot be written.
    """
    from newslint.documents.saving import SaveError, save

    before = change.before.source.text.encode()
    try:
        save(change.path, before, after.source.text.encode(), root)
    except SaveError as error:
        raise click.ClickException(f"{name}: cannot be written: {error}") from error


def _print_summary(changes: list[_Change], remaining: int, *, diff: bool) -> None:
    """Print how many diagnostics are suppressed in how many files; beside a diff, to stderr."""
    verb = "Would suppress" if diff else "Suppressed"
    count = pluralize(sum(change.diagnostics for change in changes), "diagnostic")
    text = f"{verb} {count} in {pluralize(len(changes), 'file')}"
    whole = sum(change.covers_file for change in changes)
    if whole:
        text += f" ('ignore-file' silences rules in the whole of {pluralize(whole, 'file')})"
    print_message(f"{text}; {remaining:,} left" if remaining else text, err=diff)
