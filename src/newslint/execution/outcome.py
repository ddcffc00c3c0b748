"""The outcome of a check."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from newslint.diagnostics import Report
from newslint.diagnostics.rows import FindRow
from newslint.documents import create_document
from newslint.engine.baseline import Baseline, apply_baseline
from newslint.engine.results import FileResult
from newslint.execution.mapping import FileReader
from newslint.records import ArchiveStatistics, Descriptions, redact
from newslint.rules.api import Rule
from newslint.rules.verdict_rule import VerdictRule
from newslint.text import SourceText


class Renewal(NamedTuple):
    """How much was computed, rather than taken from an earlier result.

    Attributes:
        files: Number of files that were read and checked.
        reports: Number of files whose diagnostics were put together.
        groups: Number of groups of mentions that were judged.
        recalled: Number of groups whose judgement was known from an earlier run.
        surveys: Number of rules that measured the archive.
    """

    files: int = 0
    reports: int = 0
    groups: int = 0
    recalled: int = 0
    surveys: int = 0


class Outcome(msgspec.Struct, frozen=True):
    """The outcome of a run.

    Attributes:
        report: The report.
        complete: No rule failed.
        text: Reads the text of a file, with secrets redacted, given its path in the report.
        judged: Ids of the rules whose diagnostics in the project are all in the report; empty if
            some files were not reported on, or a rule failed.
        unread: Files to report on that could not be read.
        rules: The rules that ran on any file.
        left_out: Files that the user named but the settings exclude.
        seen: Digest of the content of each file that was checked, by its path in the report.
        known: Number of other files that were read, only for their descriptions.
        renewal: How much was computed.
        stale: The part of the baseline that no longer occurs.
        statistics: Computes statistics of the records.
        find_row: Finds the place of a row in its container; None if no file has rows.
    """

    report: Report
    complete: bool
    text: Callable[[str], SourceText]
    judged: frozenset[str]
    unread: frozenset[str] = frozenset()
    rules: tuple[type[Rule], ...] = ()
    left_out: tuple[str, ...] = ()
    seen: Mapping[str, bytes] = MappingProxyType({})
    known: int = 0
    renewal: Renewal = Renewal()
    stale: Baseline = Baseline()
    statistics: Callable[[], ArchiveStatistics] = ArchiveStatistics
    find_row: FindRow | None = None

    def limit(self, max_per_rule: int) -> "Outcome":
        """List no more than `max_per_rule` diagnostics of each rule."""
        return replace(self, report=self.report.limit(max_per_rule))

    def passing(self, baseline: Baseline) -> "Outcome":
        """Remove the diagnostics that are part of `baseline` from the report."""
        applied = apply_baseline(self.report, baseline, self.judged, self.unread)
        return replace(self, report=applied.report, stale=applied.stale)


def count_mentions(files: Iterable[FileResult], descriptions: Descriptions) -> tuple[int, int]:
    """Count the records in files, and the descriptions of articles in these."""
    records = mentions = 0
    for record in (record for file in files for record in file.records):
        records += descriptions[record.digest].is_mapping
        mentions += sum(descriptions[each].is_mapping for each in record.digests)
    return records, mentions


def lasting_ids(rules: Iterable[type[Rule]]) -> frozenset[str]:
    """Collect the rules that report a problem until it is cured.

    Verdicts become too old, so that the rules that judge them stop reporting.
    """
    return frozenset(rule.id for rule in rules if not issubclass(rule, VerdictRule))


def redacted_text(reader: FileReader, paths: Mapping[str, Path], name: str) -> SourceText:
    """Read the text of a file, with secrets redacted; empty if it can no longer be read."""
    if name not in paths:  # a container, whose rows have texts
        return SourceText("")
    return redact(create_document(name, reader.read(paths[name]), reader.parser()))
