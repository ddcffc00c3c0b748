"""An index of findings from which the judgement of one group can be taken and put back."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from newslint.engine.findings import Judgement
from newslint.engine.results import Finding


class FindingIndex:
    """The findings of all groups, by description and by file, and the files that they point into.

    A related location of a finding points into another file, in which lines may move.

    Attributes:
        by_digest: Findings about every occurrence of a description, by its digest.
        by_path: Findings about one occurrence, by file.
    """

    def __init__(self) -> None:
        self.by_digest: dict[bytes, list[Finding]] = {}
        self.by_path: dict[str, list[Finding]] = {}
        self._failed: dict[Hashable, frozenset[bytes]] = {}
        self._pointing: dict[str, dict[Hashable, Judgement]] = {}

    def replace(self, group: Hashable, old: Judgement, new: Judgement) -> Judgement:
        """Replace the judgement of a group; return what is in only one of them.

        Args:
            group: The name of the group, which no other group has.
            old: Its judgement before.
            new: Its judgement now.
        """
        gone, added = map(list, _differences(old.findings, new.findings))
        for finding in gone:
            self._list_of(finding).remove(finding)
        for finding in added:
            self._list_of(finding).append(finding)
        for path in _related_paths(old.findings):
            del self._pointing[path][group]
        for path in _related_paths(new.findings):
            self._pointing.setdefault(path, {})[group] = new
        self._failed.pop(group, None)
        if new.failed:
            self._failed[group] = new.failed
        return Judgement([*gone, *added], old.failed ^ new.failed)

    def pointing_into(self, paths: Iterable[str]) -> Iterator[Judgement]:
        """Yield the judgements with findings that point into files."""
        for path in paths:
            yield from self._pointing.get(path, {}).values()

    @property
    def failed(self) -> frozenset[bytes]:
        """Digests of descriptions in groups that a rule crashed on."""
        return frozenset().union(*self._failed.values())

    def _list_of(self, finding: Finding) -> list[Finding]:
        """Return the list that contains a finding, or will."""
        if finding.path or not finding.digest:
            return self.by_path.setdefault(finding.path, [])
        return self.by_digest.setdefault(finding.digest, [])


def _differences(
    old: list[Finding], new: list[Finding]
) -> tuple[Iterable[Finding], Iterable[Finding]]:
    """Return the findings that are only in `old`, and those that are only in `new`."""
    if not (old and new):
        return old, new
    before, after = Counter(old), Counter(new)
    return (before - after).elements(), (after - before).elements()


def _related_paths(findings: Iterable[Finding]) -> set[str]:
    """Collect the files that findings point into."""
    return {
        place.location.path
        for each in findings
        for place in each.diagnostic.related_locations
        if place.location.path
    }
