"""A table in Markdown, for a comment on a pull request: the causes that matter most."""

import re
from collections.abc import Iterator, Sequence

from newslint.diagnostics import AnyDiagnostic, Report, materialise
from newslint.reporters.blocks import place
from newslint.reporters.counts import counts
from newslint.reporters.escape import escaped
from newslint.reporters.ranking import Tell, ranked
from newslint.reporters.text import by_cause

MOST_CAUSES = 100
"""How many causes a comment lists."""

MOST_BYTES = 65_536
"""How long a comment on GitHub may be: it counts characters, which are never more than bytes."""

_CLOSING = 200
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#!|~&:@$()]|(?<=www)\.", re.IGNORECASE)
"""What Markdown, or GitHub's additions to it, might take for more than a character."""


def render_markdown(
    report: Report, tell: Tell, most_causes: int = MOST_CAUSES, most_bytes: int = MOST_BYTES
) -> Iterator[str]:
    """Yield counts and a table of causes, the worst first, line by line.

    Args:
        report: What was found.
        tell: Is told when causes are left out.
        most_causes: How many causes to list.
        most_bytes: How long the text may be, in UTF-8.
    """
    opening = "### newslint\n\n" + "<br>\n".join(counts(report)) + "\n"
    yield opening
    if not report.diagnostics:
        return
    head = "\n| severity | rule | diagnostic | first place | places |\n|---|---|---|---|--:|\n"
    yield head
    causes = by_cause(ranked(report.diagnostics))
    room = most_bytes - len(opening.encode()) - len(head) - _CLOSING
    listed = 0
    for line in map(_row, causes[:most_causes]):
        room -= len(line.encode())
        if room < 0:
            break
        yield line
        listed += 1
    if listed < len(causes):
        tell(f"the Markdown table lists {listed:,} of {len(causes):,} causes, the worst first")
        yield f"\n{len(causes) - listed:,} more causes are not listed here.\n"


def _row(places: Sequence[AnyDiagnostic]) -> str:
    """Return the line of the table for the diagnostics of one cause."""
    first = materialise(places[0])
    cells = (first.severity.value, as_code(first.rule), as_code(first.message))
    return f"| {' | '.join(cells)} | {as_code(place(first.location))} | {len(places):,} |\n"


def as_code(text: str) -> str:
    """Return HTML that shows `text` and nothing else, wherever it stands in Markdown.

    In an element `code` neither mentions nor links to issues are looked for.
    """
    return f"<code>{_MARKUP.sub(lambda match: f'&#{ord(match[0])};', escaped(text))}</code>"
