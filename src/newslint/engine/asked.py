"""The places that rules examine: numbers that show which part of them a rule reports."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from newslint.diagnostics import Report
from newslint.diagnostics.pages import Pages, pages_of, pages_of_file
from newslint.diagnostics.patterns import MIN_PLACES, AskedPlaces, PatternKey, PlaceCount
from newslint.engine.checks import FileRules
from newslint.engine.results import FileResult
from newslint.records import Description, Descriptions
from newslint.rules.api import Rule

CheckedFile = tuple[FileRules, FileResult]

_Places = tuple[Description, int, int]


def attach_asked(
    report: Report, files: Iterable[CheckedFile], descriptions: Descriptions
) -> Report:
    """Add the places that rules examined to a report, for rules with enough diagnostics.

    Args:
        report: The report on the files.
        files: The files that are reported on, with their rules.
        descriptions: The descriptions in them, by digest.
    """
    rules = {rule for rule, number in report.by_rule.items() if number >= MIN_PLACES}
    if not rules:
        return report
    return replace(report, asked=count_asked(files, descriptions, rules))


def count_asked(
    files: Iterable[CheckedFile], descriptions: Descriptions, rules: Collection[str]
) -> dict[PatternKey, PlaceCount]:
    """Count the places that rules examine in files, by rule and kind of pages.

    Args:
        files: The files, with the rules that apply to them.
        descriptions: The descriptions in them, by digest.
        rules: Ids of the rules to count for.
    """
    tallies: dict[int, AskedTally] = {}
    for file_rules, file in files:
        tally = tallies.get(id(file_rules))
        if tally is None:
            tally = tallies[id(file_rules)] = AskedTally(file_rules)
        tally.add(file, descriptions)
    return merge_asked(tally.count(descriptions, rules) for tally in tallies.values())


def merge_asked(parts: Iterable[AskedPlaces]) -> dict[PatternKey, PlaceCount]:
    """Merge the counts of parts of an archive, in any order."""
    merged: dict[PatternKey, PlaceCount] = {}
    for part in parts:
        for key, count in part.items():
            merged[key] = merged.get(key, PlaceCount()).add(count)
    return merged


class AskedTally:
    """Numbers of occurrences in files to which the same rules apply.

    Args:
        rules: The rules.
    """

    def __init__(self, rules: FileRules) -> None:
        self._rules = rules
        self._files: dict[Pages, PlaceCount] = {}
        self._hidden: Counter[bytes] = Counter()
        self._visible: Counter[bytes] = Counter()

    def add(self, file: FileResult, descriptions: Descriptions) -> None:
        """Count a file and the descriptions in it."""
        is_visible = not file.records
        for record in file.records:
            is_shown = descriptions[record.digest].is_visible
            is_visible |= is_shown
            (self._visible if is_shown else self._hidden).update(record.digests)
        self.add_file(file.path, is_visible=is_visible)

    def add_file(self, path: str, *, is_visible: bool) -> None:
        """Count a file, but nothing in it."""
        pages = pages_of_file(path)
        before = self._files.get(pages, PlaceCount())
        self._files[pages] = before.add(PlaceCount(1, int(is_visible)))

    def add_description(self, digest: bytes, hidden: int, visible: int) -> None:
        """Count the occurrences of a description."""
        self._hidden[digest] += hidden
        self._visible[digest] += visible

    def count(
        self, descriptions: Descriptions, rules: Collection[str]
    ) -> dict[PatternKey, PlaceCount]:
        """Count the places of each rule among `rules`, by kind of pages."""
        counts: dict[PatternKey, PlaceCount] = {}
        places: dict[Pages, list[_Places]] = {}
        for pages, place in self._places(descriptions):
            places.setdefault(pages, []).append(place)
        for rule in self._rules.ruleset.rules:
            if rule.id not in rules:
                continue
            found = self._files if rule.examines_files else _count_examined(rule, places)
            for pages, count in found.items():
                counts[rule.id, pages] = count
        return counts

    def _places(self, descriptions: Descriptions) -> Iterator[tuple[Pages, _Places]]:
        """Yield the pages of each description, and it with the numbers of its occurrences."""
        hidden, visible = self._hidden, self._visible
        for digest in hidden.keys() | visible.keys():
            description = descriptions[digest]
            if description.is_mapping:
                pages = pages_of(description.provider_domain or "", description.url or "")
                shown = visible[digest]
                yield pages, (description, hidden[digest] + shown, shown)


def _count_examined(
    rule: Rule, places: Mapping[Pages, Iterable[_Places]]
) -> dict[Pages, PlaceCount]:
    """Count the occurrences of descriptions that a rule examines, by kind of pages."""
    found: dict[Pages, PlaceCount] = {}
    for pages, some in places.items():
        numbers = [each[1:] for each in some if _examines(rule, each[0])]
        if numbers:
            found[pages] = PlaceCount(*map(sum, zip(*numbers, strict=True)))
    return found


def _examines(rule: Rule, description: Description) -> bool:
    """Check if a rule may report a description; True if its method `examines` fails."""
    try:
        return rule.examines(description)
    except Exception:  # noqa: BLE001 # a rule that fails must not stop the others
        return True
