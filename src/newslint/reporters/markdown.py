"""A table in Markdown for a comment on a pull request: the most important causes."""

import re
from collections.abc import Iterator, Sequence

from newslint.diagnostics import Diagnostic, Report
from newslint.diagnostics.patterns import Pattern, split_patterns
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.patterns import accepting_settings, describe_counts, describe_pages
from newslint.reporters.summary import group_by_cause, rank_diagnostics, summary_lines
from newslint.reporters.text import format_location

MAX_CAUSES = 100
"""A comment lists at most this number of causes."""

MAX_BYTES = 65_536
"""GitHub's limit of a comment. It counts characters, which are never more than bytes."""

MAX_PATTERNS = 10
"""A comment lists at most this number of patterns."""

_CLOSING_BYTES = 200
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#!|~&:@$()]|(?<=www)\.", re.IGNORECASE)
"""Characters that Markdown, or one of GitHub's extensions, may take for markup."""


def render_markdown(
    report: Report, warn: Warn, max_causes: int = MAX_CAUSES, max_bytes: int = MAX_BYTES
) -> Iterator[str]:
    """Yield the counts and a table of causes, the worst first, line by line.

    Args:
        report: The outcome of the run.
        warn: Receives a sentence if causes are omitted.
        max_causes: The limit of causes.
        max_bytes: The limit of the text in bytes of UTF-8.
    """
    opening = "### newslint\n\n" + "<br>\n".join(summary_lines(report)) + "\n"
    yield opening
    if not report.diagnostics:
        return
    for part in _pattern_table(report.patterns[:MAX_PATTERNS]):
        opening += part
        yield part
    others, members = split_patterns(report.diagnostics, report.patterns)
    head = "\n| severity | rule | diagnostic | first place | places |\n|---|---|---|---|--:|\n"
    yield head
    causes = group_by_cause([*rank_diagnostics(others), *rank_diagnostics(members)])
    remaining = max_bytes - len(opening.encode()) - len(head) - _CLOSING_BYTES
    listed = 0
    for line in map(_row, causes[:max_causes]):
        remaining -= len(line.encode())
        if remaining < 0:
            break
        yield line
        listed += 1
    if listed < len(causes):
        warn(f"the Markdown table lists {listed:,} of {len(causes):,} causes, the worst first")
        yield f"\n{len(causes) - listed:,} more causes are not listed here.\n"


def _pattern_table(patterns: Sequence[Pattern]) -> Iterator[str]:
    """Yield the lines of the table of patterns, if there are any."""
    if patterns:
        yield "\n| severity | pattern | in | places | to accept it |\n|---|---|---|---|---|\n"
    for each in patterns:
        pages, counts = _code(describe_pages(each)), _code(describe_counts(each))
        settings = "<br>".join(map(_code, accepting_settings(each)))
        yield f"| {each.severity.value} | {_code(each.rule)} | {pages} | {counts} | {settings} |\n"


def _row(diagnostics: Sequence[Diagnostic]) -> str:
    """Format the row of a cause, given its diagnostics."""
    first = diagnostics[0]
    cells = (first.severity.value, _code(first.rule), _code(first.message))
    location = _code(format_location(first.location))
    return f"| {' | '.join(cells)} | {location} | {len(diagnostics):,} |\n"


def _code(text: str) -> str:
    """Format text as a `code` element, in which Markdown and GitHub find no markup or mention."""
    return f"<code>{_MARKUP.sub(lambda match: f'&#{ord(match[0])};', escape(text))}</code>"
