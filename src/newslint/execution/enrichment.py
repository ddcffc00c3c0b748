"""Diagnostics of texts, with information from other mentions of the article."""

from collections.abc import Set as AbstractSet

from newslint.engine.results import DescriptionResult
from newslint.execution.group_judge import GroupJudge
from newslint.execution.known_files import KnownFiles
from newslint.execution.mapping import Table


class Enrichment:
    """Results of descriptions whose diagnostics were enriched, which a change renews."""

    def __init__(self) -> None:
        self._results: dict[Table, dict[bytes, DescriptionResult]] = {}

    def renew(self, known: KnownFiles, judge: GroupJudge) -> set[bytes]:
        """Enrich diagnostics that a change affects.

        Args:
            known: All files and changes.
            judge: Has judged the groups of changed descriptions.

        Returns:
            The digests of descriptions whose results this changes.
        """
        changed: set[bytes] = set()
        for table, rules in known.rules.items():
            results, old = known.tables[table], self._results.get(table, {})
            candidates = (results[each] for each in (known.stale | old.keys()) if each in results)
            new = self._results[table] = judge.enrich(rules.between_records, candidates)
            changed |= {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
            changed |= {key for key, one in new.items() if _point_into(one, known.moved)}
        return changed

    def enriched(self, table: Table) -> dict[bytes, DescriptionResult]:
        """Return the results in a table that were enriched."""
        return self._results[table]

    def apply(
        self, table: Table, results: dict[bytes, DescriptionResult]
    ) -> dict[bytes, DescriptionResult]:
        """Replace the results in a table that were enriched."""
        enriched = self.enriched(table)
        return {**results, **enriched} if enriched else results


def _point_into(result: DescriptionResult, moved: AbstractSet[str]) -> bool:
    """Check if diagnostics point into the files `moved`, in which lines may have moved."""
    places = (place for each in result.diagnostics for place in each.related_locations)
    return any(place.location.path in moved for place in places)
