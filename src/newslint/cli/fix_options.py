"""Fixes of `newslint check`: the options, the diff and the summary."""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from newslint.cli.help import OptionGroup, grouped_option
from newslint.cli.messages import print_message
from newslint.cli.options import gather_options
from newslint.cli.output import guard_output, open_destination
from newslint.reporters.escape import display_characters, escape_commands
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.diagnostics import Safety
    from newslint.documents import Document
    from newslint.execution.run import RunResult


class FixOptions(msgspec.Struct, frozen=True):
    """Which fixes to apply, and whether to write them.

    Attributes:
        fix: Apply fixes and report the remaining diagnostics.
        unsafe_fixes: Apply unsafe fixes, too.
        diff: Print the changes as a diff, and write no file.
        fix_only: Apply fixes and report nothing.
        patch: The file for fixes of the rows of tables; None if there is none.
    """

    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    fix_only: bool = False
    patch: Path | None = None

    @property
    def is_enabled(self) -> bool:
        """Whether any fixes are to be applied."""
        return self.fix or self.diff or self.fix_only

    @property
    def replaces_report(self) -> bool:
        """Whether no report is printed to stdout."""
        return self.diff or self.fix_only

    @property
    def safeties(self) -> "frozenset[Safety]":
        """Safeties of the fixes to apply; none if no fix is to be applied."""
        from newslint.diagnostics import Safety

        if not self.is_enabled:
            return frozenset()
        return frozenset(Safety) if self.unsafe_fixes else frozenset({Safety.SAFE})

    def validate(self, *, reads_stdin: bool, has_machine_report: bool) -> None:
        """Refuse options that contradict each other.

        Args:
            reads_stdin: Whether the text to check is read from stdin.
            has_machine_report: Whether a report for programs is printed to stdout.

        Raises:
            click.UsageError: They do.
        """
        if self.patch is not None and (self.diff or not self.is_enabled):
            raise click.UsageError("--patch needs --fix or --fix-only, and excludes --diff")
        if self.unsafe_fixes and not self.is_enabled:
            raise click.UsageError("--unsafe-fixes needs --fix, --fix-only or --diff")
        if self.is_enabled and not self.diff and reads_stdin:
            raise click.UsageError("text from stdin cannot be fixed in place; use --diff")
        if has_machine_report and self.diff:
            raise click.UsageError(
                "the diff goes to stdout; name a file for the report: --output FILE"
            )
        if has_machine_report and self.fix_only:
            raise click.UsageError(
                "--fix-only prints no report; name a file for it: --output FILE, or use --fix"
            )


fix_options = gather_options(
    "fixing",
    FixOptions,
    grouped_option(
        "--fix",
        group=OptionGroup.FIXING,
        is_flag=True,
        help="Apply safe fixes, and report the remaining diagnostics.",
    ),
    grouped_option(
        "--unsafe-fixes",
        group=OptionGroup.FIXING,
        is_flag=True,
        help="With --fix, --fix-only or --diff: apply unsafe fixes, too. Review them.",
    ),
    grouped_option(
        "--diff",
        group=OptionGroup.FIXING,
        is_flag=True,
        help="Print the changes of --fix as a unified diff instead of the report; write no file.",
    ),
    grouped_option(
        "--fix-only",
        group=OptionGroup.FIXING,
        is_flag=True,
        help="Apply fixes as --fix does, and report nothing.",
    ),
    grouped_option(
        "--patch",
        group=OptionGroup.FIXING,
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="With --fix or --fix-only: write fixes of the rows of tables to FILE, as JSON Lines.",
    ),
)
"""Adds the options of `FixOptions` to a command, which takes them as its parameter `fixing`."""


def print_fix_summary(result: "RunResult", fixing: FixOptions, *, quiet: bool) -> None:
    """Print to stderr how many diagnostics were fixed, and which files could not be written."""
    from newslint.documents.rows import container_of

    for name, reason in result.failures:
        print_message(f"Error: {name}: {reason}")
    if quiet:
        return
    fixed = len(result.fixed)
    text = f"{'Would fix' if fixing.diff else 'Fixed'} {pluralize(fixed, 'diagnostic')}"
    if fixed:
        text += f" in {pluralize(len(set(map(container_of, result.files))), 'file')}"
    remaining = result.outcome.report.diagnostics
    unsafe = sum(
        each.fix is not None and each.fix.safety not in fixing.safeties for each in remaining
    )
    print_message(f"{text} ({unsafe:,} more with --unsafe-fixes)" if unsafe else text)


def write_patch(result: "RunResult", path: Path) -> None:
    """Write the changed values of rows of tables to a file, each as a line of JSON."""
    import json

    from newslint.execution.patches import list_changes

    with open_destination(path) as file, guard_output(file, path):
        for change in list_changes(result):
            file.write(json.dumps(change._asdict(), ensure_ascii=False) + "\n")


def print_fixes(result: "RunResult") -> None:
    """Print a unified diff of all fixed files to stdout."""
    from newslint.documents import read_document
    from newslint.documents.rows import container_of, row_order
    from newslint.syntax import Reader

    reader, container = Reader(), ""
    for name, file in sorted(result.files.items(), key=lambda item: row_order(item[0])):
        before, after = (
            read_document(name, content, reader) for content in (file.before, file.after)
        )
        if file.row is None:
            print_diff(name, before, after)
        else:
            is_first = (above := container_of(name)) != container
            print_row_diff(above, before, after, file.row.line, has_header=is_first)
            container = above


def print_diff(name: str, before: "Document", after: "Document") -> None:
    """Print a unified diff of two versions of the document `name` to stdout."""
    with guard_output(sys.stdout):
        sys.stdout.writelines(f"{line}\n" for line in _diff_lines(name, before, after))


def print_row_diff(
    name: str, before: "Document", after: "Document", lines: int, *, has_header: bool
) -> None:
    """Print a unified diff, without context, of a row that is a line of a container.

    Args:
        name: The name of the container.
        before: The old version.
        after: The new version.
        lines: The number of lines before the row.
        has_header: Whether it is the first row of the container.
    """
    found = list(_diff_lines(name, before, after))
    header = found[:2] if has_header else []
    with guard_output(sys.stdout):
        shown = (*header, f"@@ -{lines + 1} +{lines + 1} @@", *found[3:])
        sys.stdout.writelines(f"{line}\n" for line in shown)


def _diff_lines(name: str, before: "Document", after: "Document") -> Iterator[str]:
    """Yield the lines of a unified diff, with secrets redacted and control characters escaped.

    Line ends are compared only if the documents differ in nothing else.
    """
    from difflib import unified_diff

    old, new = _split_lines(before), _split_lines(after)
    bare_old, bare_new = ([line.rstrip("\r\n") for line in lines] for lines in (old, new))
    if bare_old != bare_new:
        old, new = bare_old, bare_new
    for line in unified_diff(old, new, name, name, lineterm=""):
        yield escape_commands("".join(display_characters(line.removesuffix("\n"))))


def _split_lines(document: "Document") -> list[str]:
    """Split a document into lines that keep their line ends, with secrets redacted."""
    from newslint.records import redact

    source = redact(document)
    starts = [*source.line_starts, len(source.text)]
    lines = [source.text[start:end] for start, end in pairwise(starts)]
    return lines if lines[-1] else lines[:-1]
