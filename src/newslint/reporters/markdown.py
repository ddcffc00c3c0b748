"""Tables in Markdown: the most important causes, for comments and pages of CI servers."""

import re
from collections.abc import Iterable, Iterator, Sequence

from newslint.diagnostics import Report
from newslint.diagnostics.patterns import Pattern
from newslint.reporters.causes import Cause, omission_notice, rank_causes, select_causes
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.patterns import accepting_settings, describe_counts, describe_pages
from newslint.reporters.summary import gate_lines, pluralize, summary_lines
from newslint.reporters.text import format_location

MAX_CAUSES = 100
"""A comment lists at most this number of causes."""

MAX_BYTES = 65_536
"""GitHub's limit of a comment. It counts characters, which are never more than bytes."""

MAX_PATTERNS = 10
"""A comment lists at most this number of patterns."""

_CLOSING_BYTES = 200
_HEAD = "\n| severity | rule | diagnostic | first place | places |\n|---|---|---|---|--:|\n"
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#!|~&:@$()]|(?<=www)\.", re.IGNORECASE)
"""Characters that Markdown, or one of GitHub's extensions, may take for markup."""


def render_markdown(report: Report, warn: Warn) -> Iterator[str]:
    """Yield the counts and a table of causes, the worst first, line by line.

    Args:
        report: The outcome of the run.
        warn: Receives a sentence if causes are omitted.
    """
    opening = "".join(opening_sections(report))
    yield opening
    if not report.diagnostics:
        return
    yield _HEAD
    causes = rank_causes(report.diagnostics, report.patterns)
    selected = select_causes(causes, MAX_CAUSES)
    remaining = MAX_BYTES - len(opening.encode()) - len(_HEAD) - _CLOSING_BYTES
    listed = 0
    for line in map(_row, sorted(selected, key=lambda each: each.in_pattern)):
        remaining -= len(line.encode())
        if remaining < 0:
            break
        yield line
        listed += 1
    if notice := omission_notice("the Markdown table", listed, len(causes)):
        warn(notice)
        yield f"\n{len(causes) - listed:,} more causes are not listed here.\n"


def opening_sections(report: Report) -> Iterator[str]:
    """Yield the counts of a report, and the table of its patterns if there are any."""
    lines = [*summary_lines(report), *gate_lines(report)]
    yield "### newslint\n\n" + "<br>\n".join(lines) + "\n"
    if report.patterns:
        yield "".join(_pattern_table(report.patterns[:MAX_PATTERNS]))


def cause_sections(causes: Iterable[Cause]) -> Iterator[str]:
    """Yield a section for each rule: a heading, and a table of its most important causes.

    Args:
        causes: The causes, the most important first; the rules come in the same order.
    """
    rules: dict[str, list[Cause]] = {}
    for cause in causes:
        rules.setdefault(cause.first.rule, []).append(cause)
    for rule, group in rules.items():
        heading = f"\n#### {_code(rule)}: {pluralize(len(group), 'cause')}\n"
        more = len(group) - MAX_CAUSES
        closing = f"\n{pluralize(more, 'more cause')} of this rule\n" if more > 0 else ""
        yield heading + _HEAD + "".join(map(_row, group[:MAX_CAUSES])) + closing


def _pattern_table(patterns: Sequence[Pattern]) -> Iterator[str]:
    """Yield the lines of the table of patterns."""
    yield "\n| severity | pattern | in | places | to accept it |\n|---|---|---|---|---|\n"
    for each in patterns:
        pages, counts = _code(describe_pages(each)), _code(describe_counts(each))
        settings = "<br>".join(map(_code, accepting_settings(each)))
        yield f"| {each.severity.value} | {_code(each.rule)} | {pages} | {counts} | {settings} |\n"


def _row(cause: Cause) -> str:
    """Format the row of a cause."""
    first = cause.first
    cells = (cause.severity.value, _code(first.rule), _code(first.message))
    location = _code(format_location(first.location))
    return f"| {' | '.join(cells)} | {location} | {len(cause.diagnostics):,} |\n"


def _code(text: str) -> str:
    """Format text as a `code` element, in which Markdown and GitHub find no markup or mention."""
    return f"<code>{_MARKUP.sub(lambda match: f'&#{ord(match[0])};', escape(text))}</code>"
