"""The outcome of a run on rows: places and texts of the containers whose lines they are."""

import functools
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from newslint.diagnostics import Diagnostic
from newslint.diagnostics.rows import place_rows
from newslint.execution.outcome import Outcome
from newslint.text import SourceText

_Lines = dict[int, str]
"""The names of rows by their 1-based lines in the container."""


def with_rows_placed(outcome: Outcome) -> Outcome:
    """Convert the places in rows that are lines of a container to places in the container."""
    find = outcome.find_row
    if find is None:
        return outcome
    report = outcome.report
    lines: dict[str, _Lines] = {}
    suppressed = (each.diagnostic for each in report.suppressed)
    for name in {path for each in (*report.diagnostics, *suppressed) for path in _paths(each)}:
        if place := find(name):
            lines.setdefault(place.path, {})[place.line + 1] = name
    text = functools.partial(_read_text, outcome.text, lines)
    return replace(outcome, report=place_rows(report, find), text=text)


def _paths(diagnostic: Diagnostic) -> set[str]:
    """Collect the paths of all places of a diagnostic."""
    return {diagnostic.path, *(each.location.path for each in diagnostic.local_related)}


def _read_text(
    read: Callable[[str], SourceText], lines: Mapping[str, _Lines], name: str
) -> SourceText:
    """Read the text of a file; of a container only the rows with diagnostics, in their lines."""
    rows = lines.get(name)
    if rows is None:
        return read(name)
    texts = [""] * max(rows)
    for number, row in rows.items():
        texts[number - 1] = read(row).text.replace("\n", "").replace("\r", " ")
    return SourceText("\n".join(texts))
