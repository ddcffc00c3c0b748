"""What `newslint check` repairs: the options, and what is said of it."""

import functools
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from newslint.cli.messages import print_message
from newslint.cli.output import guard_output
from newslint.reporters.escape import display_characters
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.diagnostics import Safety
    from newslint.documents import Document
    from newslint.engine.fixing import Check, FixResult
    from newslint.engine.session import Session


@dataclass(frozen=True, slots=True)
class FixOptions:
    """What to repair, as the command line says it.

    Attributes:
        fix: Apply fixes.
        unsafe_fixes: Apply those, too, that someone should look at.
        diff: Show what would change, and write nothing.
        fix_only: Report nothing of what remains.
    """

    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    fix_only: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether anything is to be repaired."""
        return self.fix or self.diff or self.fix_only

    @property
    def is_silent(self) -> bool:
        """Whether stdout takes no report."""
        return self.diff or self.fix_only

    @property
    def safeties(self) -> "frozenset[Safety]":
        """Which fixes to apply."""
        from newslint.diagnostics import Safety

        return frozenset(Safety) if self.unsafe_fixes else frozenset({Safety.SAFE})

    def check(self, *, reads_stdin: bool, is_for_machines: bool) -> None:
        """Refuse what makes no sense.

        Args:
            reads_stdin: The text on stdin is to be checked.
            is_for_machines: stdout is to take a report that a program reads.

        Raises:
            click.UsageError: The options do not belong together.
        """
        if self.unsafe_fixes and not self.is_wanted:
            raise click.UsageError("--unsafe-fixes needs --fix, --fix-only or --diff")
        if self.is_wanted and not self.diff and reads_stdin:
            raise click.UsageError("what is on stdin is no file; --diff shows how to fix it")
        if self.is_silent and is_for_machines:
            taken = (
                "the diff goes to stdout" if self.diff else "--fix-only reports nothing to stdout"
            )
            hint = "name a file for the report: --output FILE" + (
                "" if self.diff else ", or use --fix"
            )
            raise click.UsageError(f"{taken}; {hint}")


_FIELDS = fields(FixOptions)
_OPTIONS: tuple[Callable[..., Any], ...] = (
    click.option(
        "--fix-only",
        is_flag=True,
        help="Apply fixes as --fix does, and report nothing that is left.",
    ),
    click.option(
        "--diff",
        is_flag=True,
        help="Show what --fix would change as a unified diff instead of the report, and write no "
        "file.",
    ),
    click.option(
        "--unsafe-fixes",
        is_flag=True,
        help="With --fix or --diff: also apply fixes that someone should look at.",
    ),
    click.option("--fix", is_flag=True, help="Apply safe fixes, and report what is left."),
)


def fix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of `FixOptions`, and pass them to it as its argument `fixing`."""

    @functools.wraps(command)
    def wrapped(**values: Any) -> Any:
        taken = {each.name: values.pop(each.name) for each in _FIELDS}
        return command(fixing=FixOptions(**taken), **values)

    function: Callable[..., Any] = wrapped
    for option in _OPTIONS:
        function = option(function)
    return function


def apply_fixes(session: "Session", check: "Check", fixing: FixOptions) -> "FixResult":
    """Return what is left to report, and what was repaired or, with --diff, would be.

    A file that could not be repaired is part of the report.

    Args:
        session: The files.
        check: Checks them.
        fixing: What to repair.
    """
    from newslint.engine.fixing import FixResult

    if not fixing.is_wanted:
        return FixResult(session, check(session), {})
    from newslint.engine.fixing import fix_files, write_fixed_files

    made = fix_files(session, check, fixing.safeties)
    return (made if fixing.diff else write_fixed_files(made, check)).with_failures_reported()


def print_diff(repairs: "FixResult") -> None:
    """Print the unified diff of all changed files to stdout."""
    from newslint.documents import read_document
    from newslint.syntax.yaml import Reader

    reader = Reader()
    with guard_output(sys.stdout):
        for name, file in repairs.files.items():
            before, after = (
                read_document(name, content, reader) for content in (file.before, file.after)
            )
            sys.stdout.writelines(f"{line}\n" for line in diff_lines(before, after))


def print_fix_summary(repairs: "FixResult", fixing: FixOptions, *, quiet: bool) -> None:
    """Say on stderr what was repaired, and what could not be."""
    for name, reason in repairs.failures:
        print_message(f"Error: {name}: {reason}")
    if not quiet:
        print_message(_summary(repairs, fixing))


def _summary(repairs: "FixResult", fixing: FixOptions) -> str:
    """Return how much was repaired, and how much more could be."""
    fixed = len(repairs.fixed)
    text = f"{'Would fix' if fixing.diff else 'Fixed'} {pluralize(fixed, 'diagnostic')}"
    if fixed:
        text += f" in {pluralize(len(repairs.files), 'file')}"
    left = repairs.outcome.report.diagnostics
    more = sum(each.fix is not None and each.fix.safety not in fixing.safeties for each in left)
    return f"{text} ({more:,} more with --unsafe-fixes)" if more else text


def diff_lines(before: "Document", after: "Document") -> Iterator[str]:
    """Yield the lines of a unified diff, secrets redacted and with nothing a terminal acts upon.

    Line ends are shown only where nothing else tells two lines apart.
    """
    from difflib import unified_diff

    old, new = _lines(before), _lines(after)
    shows_ends = [line.rstrip("\r\n") for line in old] == [line.rstrip("\r\n") for line in new]
    if not shows_ends:
        old, new = ([line.rstrip("\r\n") for line in lines] for lines in (old, new))
    name = before.path
    for line in unified_diff(old, new, name, name, lineterm=""):
        yield "".join(display_characters(line.removesuffix("\n")))


def _lines(document: "Document") -> list[str]:
    """Return the lines of a file with what ends them, secrets redacted."""
    from newslint.records import redact

    source = redact(document)
    starts = [*source.starts, len(source.text)]
    lines = [source.text[start:end] for start, end in pairwise(starts)]
    return lines if lines[-1] else lines[:-1]
