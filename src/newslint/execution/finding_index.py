"""An index of findings from which the judgement of one group can be taken and put back."""

from collections import Counter
from collections.abc import Iterable

from newslint.engine.close import Findings
from newslint.engine.findings import Judgement
from newslint.engine.results import Finding

GroupName = tuple[int, str]
"""Number of a family, and key of a group in it."""


class FindingIndex:
    """The findings of all groups, by description and by file, and the files that they point into.

    A related location of a finding points into another file, in which lines may move.
    """

    def __init__(self) -> None:
        self._by_digest: dict[bytes, list[Finding]] = {}
        self._by_path: dict[str, list[Finding]] = {}
        self._failed: dict[GroupName, frozenset[bytes]] = {}
        self._pointing: dict[str, set[GroupName]] = {}

    def replace(self, group: GroupName, old: Judgement, new: Judgement) -> Judgement:
        """Replace the judgement of a group; return what is in only one of them."""
        before, after = Counter(old.findings), Counter(new.findings)
        gone, added = [*(before - after).elements()], [*(after - before).elements()]
        for finding in gone:
            self._take(finding)
        for finding in added:
            self._put(finding)
        for path in _related_paths(old.findings):
            self._pointing[path].discard(group)
        for path in _related_paths(new.findings):
            self._pointing.setdefault(path, set()).add(group)
        self._failed.pop(group, None)
        if new.failed:
            self._failed[group] = new.failed
        return Judgement([*gone, *added], old.failed ^ new.failed)

    def pointing_into(self, paths: Iterable[str]) -> set[GroupName]:
        """Find the groups whose findings point into files."""
        return {group for path in paths for group in self._pointing.get(path, ())}

    def findings(self) -> Findings:
        """Return the findings of all groups."""
        failed = {digest for digests in self._failed.values() for digest in digests}
        return Findings(self._by_digest, self._by_path, failed)

    def _put(self, finding: Finding) -> None:
        """Add a finding."""
        if finding.path or not finding.digest:
            self._by_path.setdefault(finding.path, []).append(finding)
        else:
            self._by_digest.setdefault(finding.digest, []).append(finding)

    def _take(self, finding: Finding) -> None:
        """Remove a finding."""
        if finding.path or not finding.digest:
            self._by_path[finding.path].remove(finding)
        else:
            self._by_digest[finding.digest].remove(finding)


def _related_paths(findings: Iterable[Finding]) -> set[str]:
    """Collect the files that findings point into."""
    return {
        place.location.path
        for each in findings
        for place in each.diagnostic.related_locations
        if place.location.path
    }
