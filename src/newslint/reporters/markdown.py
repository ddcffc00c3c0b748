"""A table in Markdown, for a comment on a pull request: the causes that matter most."""

import re
from collections.abc import Iterator, Sequence

from newslint.diagnostics import AnyDiagnostic, Report, materialise
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.summary import group_by_cause, rank_diagnostics, summary_lines
from newslint.reporters.text import format_location

MAX_CAUSES = 100
"""How many causes a comment lists."""

MAX_BYTES = 65_536
"""How long a comment on GitHub may be: it counts characters, which are never more than bytes."""

_CLOSING = 200
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#!|~&:@$()]|(?<=www)\.", re.IGNORECASE)
"""What Markdown, or GitHub's additions to it, might take for more than a character."""


def render_markdown(
    report: Report, warn: Warn, max_causes: int = MAX_CAUSES, max_bytes: int = MAX_BYTES
) -> Iterator[str]:
    """Yield counts and a table of causes, the worst first, line by line.

    Args:
        report: What was found.
        warn: Is told when causes are left out.
        max_causes: How many causes to list.
        max_bytes: How long the text may be, in UTF-8.
    """
    opening = "### newslint\n\n" + "<br>\n".join(summary_lines(report)) + "\n"
    yield opening
    if not report.diagnostics:
        return
    head = "\n| severity | rule | diagnostic | first place | places |\n|---|---|---|---|--:|\n"
    yield head
    causes = group_by_cause(rank_diagnostics(report.diagnostics))
    room = max_bytes - len(opening.encode()) - len(head) - _CLOSING
    listed = 0
    for line in map(_row, causes[:max_causes]):
        room -= len(line.encode())
        if room < 0:
            break
        yield line
        listed += 1
    if listed < len(causes):
        warn(f"the Markdown table lists {listed:,} of {len(causes):,} causes, the worst first")
        yield f"\n{len(causes) - listed:,} more causes are not listed here.\n"


def _row(places: Sequence[AnyDiagnostic]) -> str:
    """Return the line of the table for the diagnostics of one cause."""
    first = materialise(places[0])
    cells = (first.severity.value, escape_code(first.rule), escape_code(first.message))
    location = escape_code(format_location(first.location))
    return f"| {' | '.join(cells)} | {location} | {len(places):,} |\n"


def escape_code(text: str) -> str:
    """Return HTML that shows `text` and nothing else, wherever it stands in Markdown.

    In an element `code` neither mentions nor links to issues are looked for.
    """
    return f"<code>{_MARKUP.sub(lambda match: f'&#{ord(match[0])};', escape(text))}</code>"
