"""The close stage: turn the results and findings of a file into its part of the report.

Diagnostics of descriptions are relative to the description. This stage computes their lines,
pointers and fingerprints in each file that contains the description, applies exemptions of fields
and suppression comments, overrides severities and sorts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from newslint.diagnostics import (
    Diagnostic,
    Occurrence,
    RelatedLocation,
    SuppressedDiagnostic,
)
from newslint.diagnostics.pages import diagnostic_pages
from newslint.engine.checks import FileRules, has_crashed
from newslint.engine.finding_index import FindingIndex
from newslint.engine.findings import prefix_of
from newslint.engine.identity import assign_cause, identity_value
from newslint.engine.placing import (
    LocalDiagnostic,
    entry_occurrence,
    identify_in_file,
    override_severity,
    own_occurrence,
    place_in_file,
    shared_values,
    sort_diagnostics,
)
from newslint.engine.results import DescriptionResult, FileResult, Finding
from newslint.engine.suppression import resolve_suppressions
from newslint.records import Record
from newslint.records.record import find_position, strip_record_number
from newslint.settings import Registry
from newslint.text import Location

PreparedDiagnostics = dict[tuple[bytes, bool], tuple[LocalDiagnostic, ...]]
"""Diagnostics of descriptions, by digest and whether readers can see the record around."""

FindLine = Callable[[str, str], int]
"""Finds the number of lines in a file before a description, given the path and a pointer to it."""


class FileReport(msgspec.Struct, frozen=True, array_like=True):
    """The part of the report that one file adds.

    Attributes:
        path: The file.
        diagnostics: Its diagnostics, sorted by place and rule.
        suppressed: Its suppressed diagnostics, sorted likewise.
        is_incomplete: Whether a rule crashed on the file, or on a group with a mention in it.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: tuple[SuppressedDiagnostic, ...] = ()
    is_incomplete: bool = False


class FileCloser:
    """Runs the close stage for files to which the same rules apply.

    Args:
        rules: The rules that apply.
        registry: All rules that suppression comments may name.
        results: Results of the descriptions in the files, by digest.
        findings: The findings of the run.
        find_line: Finds the lines before a description in any file of the run (`line_finder`).
        is_full: Whether the rules have checked the files. If False, only findings about articles
            in `touched` are reported.
        touched: Canonical URLs of articles whose records have changed.
        prepared: Diagnostics of descriptions that are known, to which others are added.
    """

    def __init__(  # noqa: PLR0913 # independent values
        self,
        rules: FileRules,
        registry: Registry,
        results: Mapping[bytes, DescriptionResult],
        findings: FindingIndex,
        find_line: FindLine,
        *,
        is_full: bool = True,
        touched: frozenset[str] = frozenset(),
        prepared: PreparedDiagnostics | None = None,
    ) -> None:
        self._rules = rules
        self._registry = registry
        self._results = results
        self._findings = findings
        self._find_line = find_line
        self._is_full = is_full
        self._touched = touched
        self._failed = findings.failed
        self._crashed: set[bytes] = set()
        self._local: PreparedDiagnostics = {} if prepared is None else prepared

    @property
    def remembered(self) -> int:
        """Number of descriptions for which it has computed diagnostics."""
        return len(self._local)

    def close(self, file: FileResult) -> FileReport:
        """Create a file's part of the report."""
        found = [*self._of_file(file), *self._of_descriptions(file), *self._of_places(file)]
        is_incomplete = self._has_failed(file)
        if file.suppressions is None:
            reported = tuple(sort_diagnostics(self._apply_exemptions(found)))
            return FileReport(file.path, reported, is_incomplete=is_incomplete)
        return self._suppress(file, found, is_incomplete=is_incomplete)

    def _of_file(self, file: FileResult) -> Iterator[Diagnostic]:
        """Yield the diagnostics about the file itself, rather than about a description in it."""
        occurrence = self._file_occurrence(file)
        for each in file.diagnostics if self._is_full else ():
            yield self._identify(each, occurrence)

    def _of_descriptions(self, file: FileResult) -> Iterator[Diagnostic]:
        """Yield the diagnostics of the descriptions in a file."""
        local, path = self._local, file.path
        for record in file.records:
            is_visible = self._results[record.digest].description.is_visible
            for position, digest in enumerate(record.digests):
                found = local.get((digest, is_visible))
                if found is None:
                    found = tuple(self._of_description(digest, is_visible=is_visible))
                    if digest not in self._crashed:
                        local[digest, is_visible] = found
                if found:
                    occurrence = self._occurrence(record, position)
                    for each in found:
                        if path not in each.except_in:
                            yield place_in_file(each, occurrence)

    def _of_places(self, file: FileResult) -> Iterator[Diagnostic]:
        """Yield the findings about one occurrence of a description, or about the whole file."""
        for finding in self._findings.by_path.get(file.path, ()):
            is_kept = finding.digest and not file.records  # of a file that is broken for now
            if is_kept or not self._applies(finding):
                continue
            if not finding.digest:
                yield self._identify(
                    finding.diagnostic, self._file_occurrence(file)._replace(record="")
                )
                continue
            record, position = find_position(file.records, finding.prefix)
            occurrence = self._occurrence(record, position)
            weighed = self._weigh(finding.diagnostic, is_visible=occurrence.is_visible)
            yield place_in_file(self._prepare(weighed, finding.digest), occurrence)

    def _of_description(self, digest: bytes, *, is_visible: bool) -> Iterator[LocalDiagnostic]:
        """Yield the diagnostics of a description, which apply to each of its occurrences.

        Args:
            digest: Its digest.
            is_visible: Whether readers can see the records that contain these occurrences.
        """
        diagnostics = self._results[digest].diagnostics
        if has_crashed(diagnostics):
            self._crashed.add(digest)
        for diagnostic in diagnostics if self._is_full else ():
            yield self._prepare(self._weigh(diagnostic, is_visible=is_visible), digest)
        for finding in self._findings.by_digest.get(digest, ()):
            if self._applies(finding):
                weighed = self._weigh(finding.diagnostic, is_visible=is_visible)
                yield self._prepare(weighed, digest, finding.except_in)

    def _applies(self, finding: Finding) -> bool:
        """Check if a finding is to be reported in these files."""
        if finding.rule not in self._rules.keys:
            return False
        if self._is_full or not finding.digest:
            return self._is_full
        description = self._results[finding.digest].description
        return not self._touched.isdisjoint((*description.urls, *description.amp_urls))

    def _prepare(
        self, diagnostic: Diagnostic, digest: bytes, except_in: AbstractSet[str] = frozenset()
    ) -> LocalDiagnostic:
        """Compute the values of a diagnostic that are equal for each occurrence."""
        article = self._results[digest].description.article
        related = tuple(map(self._resolve, diagnostic.related_locations))
        prepared = diagnostic.replace(related_locations=related)
        if diagnostic.cause or article:
            prepared = assign_cause(prepared, article)
        pointer, value = diagnostic.location.pointer, identity_value(diagnostic)
        return LocalDiagnostic(shared_values(prepared), pointer, value, except_in, prepared)

    def _resolve(self, related: RelatedLocation) -> RelatedLocation:
        """Convert a related location in another file from its description's lines to the file's."""
        location, message = related
        if not location.path:
            return related
        path, pointer, span = location
        line = self._find_line(path, prefix_of(pointer))
        place = Location(path, strip_record_number(pointer), span.shift_lines(line))
        return RelatedLocation(place, message)

    def _occurrence(self, record: Record, position: int) -> Occurrence:
        """Create the occurrence of the description at a position in a record."""
        host = self._results[record.digest].description
        if not position:
            return own_occurrence(record, host)
        entry = self._results[record.digest_at(position)].description
        return entry_occurrence(record, position, host, entry)

    def _file_occurrence(self, file: FileResult) -> Occurrence:
        """Create the place of a diagnostic about a file; a file without a record is visible."""
        own = [self._results[record.digest].description for record in file.records]
        is_visible = not own or any(each.is_visible for each in own)
        return Occurrence(file.path, record=self._url(file), is_visible=is_visible)

    def _identify(self, diagnostic: Diagnostic, occurrence: Occurrence) -> Diagnostic:
        """Complete a diagnostic about the file itself."""
        weighed = self._weigh(diagnostic, is_visible=occurrence.is_visible)
        return identify_in_file(weighed, occurrence)

    def _url(self, file: FileResult) -> str:
        """Return the URL of the article that a file describes; empty if unknown."""
        if not file.records:
            return ""
        return self._results[file.records[-1].digest].description.url or ""

    def _has_failed(self, file: FileResult) -> bool:
        """Check if a rule crashed on the file, or on a group with a mention in it."""
        failed = self._failed | self._crashed
        return has_crashed(file.diagnostics) or (
            bool(failed) and any(each in failed for one in file.records for each in one.digests)
        )

    def _suppress(
        self, file: FileResult, found: list[Diagnostic], *, is_incomplete: bool
    ) -> FileReport:
        """Apply the suppression comments of a file."""
        assert file.suppressions is not None  # noqa: S101 # known to the caller
        result = resolve_suppressions(
            file.path,
            file.suppressions,
            found,
            self._rules.by_id if self._is_full else None,
            self._registry,
            report_unused=not is_incomplete,
        )
        occurrence = self._file_occurrence(file)
        added = [self._identify(each, occurrence) for each in result.diagnostics]
        reported: list[Diagnostic] = []
        suppressed: list[SuppressedDiagnostic] = []
        for each in sort_diagnostics(self._apply_exemptions([*found, *added])):
            reason = result.reason(each)
            if reason is None:
                reported.append(each)
            else:
                suppressed.append(SuppressedDiagnostic(each, reason))
        return FileReport(file.path, tuple(reported), tuple(suppressed), is_incomplete)

    def _apply_exemptions(self, found: list[Diagnostic]) -> list[Diagnostic]:
        """Remove the diagnostics that the settings exempt from their rules."""
        exemptions = self._rules.ruleset.exemptions
        if not exemptions:
            return found
        return [
            each
            for each in found
            if not any(
                one.covers(each.rule, each.location.pointer, diagnostic_pages(each))
                for one in exemptions
            )
        ]

    def _weigh(self, diagnostic: Diagnostic, *, is_visible: bool) -> Diagnostic:
        """Override the severity of a diagnostic in a record that readers can or cannot see."""
        rules = self._rules
        rule = rules.by_id.get(diagnostic.rule)
        if rule is not None and rule.severity.rank < diagnostic.severity.rank:
            return diagnostic  # the rule itself is less certain than usual
        severities = rules.severities if is_visible else rules.hidden_severities
        return override_severity(diagnostic, severities)


def line_finder(records_of: Callable[[str], Sequence[Record]]) -> FindLine:
    """Create the function that finds lines by the records of a file, given its path."""

    def find(path: str, prefix: str) -> int:
        record, position = find_position(records_of(path), prefix)
        return record.line_at(position)

    return find
