"""What was found, in tables: by rule, and by who published the articles."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from rich.cells import cell_len

from newslint.diagnostics import AnyDiagnostic, Report, compact_form
from newslint.reporters.escape import escaped

_MOST_PROVIDERS = 20
_NAME = 33


class Row(NamedTuple):
    """What was found of one kind.

    Attributes:
        name: The rule or the provider's domain.
        diagnostics: How many places.
        causes: How many repairs would cure them.
        fixable: How many diagnostics bring a fix.
        records: How many files have any.
    """

    name: str
    diagnostics: int
    causes: int
    fixable: int
    records: int


def by_rule(report: Report) -> list[Row]:
    """Return a row for each rule, most diagnostics first."""
    return _rows(report, lambda diagnostic: diagnostic.rule)


def by_provider(report: Report) -> list[Row]:
    """Return a row for each provider's domain, most diagnostics first."""
    return _rows(report, lambda diagnostic: diagnostic.provider or "(no provider)")


def _rows(report: Report, name: Callable[[AnyDiagnostic], str]) -> list[Row]:
    """Return the rows of a table."""
    groups: dict[str, list[AnyDiagnostic]] = {}
    for diagnostic in compact_form(report.diagnostics):
        groups.setdefault(name(diagnostic), []).append(diagnostic)
    rows = [_row(key, found) for key, found in groups.items()]
    return sorted(rows, key=lambda row: (-row.diagnostics, row.name))


def _row(name: str, found: list[AnyDiagnostic]) -> Row:
    """Return the row for the diagnostics `found`."""
    return Row(
        name,
        len(found),
        len({diagnostic.cause for diagnostic in found}),
        sum(diagnostic.is_fixable for diagnostic in found),
        len({diagnostic.path for diagnostic in found}),
    )


def render_statistics(report: Report) -> Iterator[str]:
    """Yield the lines of the tables by rule and by provider."""
    yield from _table("rule", by_rule(report), report.documents)
    providers = by_provider(report)
    yield ""
    yield from _table("provider", providers[:_MOST_PROVIDERS], report.documents)
    if len(providers) > _MOST_PROVIDERS:
        yield f"and {len(providers) - _MOST_PROVIDERS:,} more providers"


def _table(head: str, rows: list[Row], documents: int) -> Iterator[str]:
    """Yield the lines of one table, 80 columns wide."""
    titles = f"{'diagnostics':>11} {'causes':>8} {'fixable':>8} {'share of records':>16}"
    yield f"{head:{_NAME}} {titles}"
    for row in rows:
        share = f"{row.records / max(documents, 1):.1%}"
        name = escaped(row.name)
        name += " " * (_NAME - cell_len(name))
        yield f"{name} {row.diagnostics:11,} {row.causes:8,} {row.fixable:8,} {share:>16}"
