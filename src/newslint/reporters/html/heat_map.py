"""The heat map: which rules report how many of the articles of each provider."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newslint.diagnostics import Report
from newslint.reporters.html.cause_groups import article_of
from newslint.reporters.summary import StatisticsRow

MAX_RULES, MAX_PROVIDERS = 20, 12
"""The limits of the heat map, whose rows are rules and whose columns are providers."""

LEVELS = 5
"""Number of shades, besides that of an empty cell."""


class Cell(NamedTuple):
    """The articles of one provider that one rule reports.

    Attributes:
        provider: The provider.
        articles: Number of these articles.
        of_all: Number of all articles of the provider; 0 if unknown.
        level: The shade: 0 for no article, `LEVELS` for all.
    """

    provider: str
    articles: int
    of_all: int
    level: int


class HeatMapRow(NamedTuple):
    """One rule, with a cell for each provider."""

    rule: str
    cells: tuple[Cell, ...]


class HeatMap(NamedTuple):
    """The heat map; without rows if it would have one column only, or none."""

    providers: tuple[str, ...] = ()
    rows: tuple[HeatMapRow, ...] = ()


def build_heat_map(
    report: Report,
    rules: Sequence[str],
    providers: Sequence[StatisticsRow],
    articles: Mapping[str, int],
) -> HeatMap:
    """Build the heat map of a report.

    Args:
        report: The outcome of the run.
        rules: The rules that have diagnostics, the most important first.
        providers: The providers that have diagnostics, likewise.
        articles: Number of articles by provider.
    """
    columns = tuple(row.name for row in providers if row.name in articles)[:MAX_PROVIDERS]
    if len(columns) < 2:  # noqa: PLR2004 # one column is no comparison
        return HeatMap()
    found: dict[tuple[str, str], set[str]] = {}
    for each in report.diagnostics:
        found.setdefault((each.rule, each.provider), set()).add(article_of(each))
    rows = (
        HeatMapRow(
            rule,
            tuple(
                _create_cell(name, len(found.get((rule, name), ())), articles[name])
                for name in columns
            ),
        )
        for rule in rules[:MAX_RULES]
    )
    return HeatMap(columns, tuple(row for row in rows if any(cell.level for cell in row.cells)))


def _create_cell(provider: str, reported: int, total: int) -> Cell:
    """Create a cell: few articles have the lightest shade, however many others there are."""
    total = max(total, reported)
    level = -(-LEVELS * reported // total) if reported else 0
    return Cell(provider, reported, total, level)
