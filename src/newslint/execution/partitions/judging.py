"""The judge stage of a run in partitions: one group at a time, in the order of keys."""

from collections.abc import Callable, Iterator
from typing import Any

from newslint.engine.checks import find_enriching
from newslint.engine.enrich import enrich_description
from newslint.engine.keyed_rules import KeyedRules
from newslint.engine.link import is_linked_by
from newslint.engine.survey_parts import SurveyRound, judge_surveys, run_surveys
from newslint.execution.codec import decode_text, encode_text
from newslint.execution.partitions.links import DiskLinks
from newslint.execution.partitions.mapping import MAPPING, RECORD, Table
from newslint.execution.partitions.spill import Spill
from newslint.execution.partitions.views import Archive, Findings, Results
from newslint.records import Description, Group, KeyFunction, ProjectFiles, story_key
from newslint.records.verdicts import Verdicts


def index_keys(spill: Spill, keyed: list[KeyedRules], findings: Findings) -> None:
    """Write the keys of all descriptions, link records, and sort the descriptions by key."""
    links = DiskLinks(spill)
    rows = spill.rows(
        "SELECT id, body FROM description JOIN content USING(id) WHERE kind & ? ORDER BY id",
        MAPPING,
    )
    for number, body in rows:
        description = spill.unpack(body, Description)
        links.add(description)
        for table, rules in enumerate(keyed):
            keys, failure = rules.read_keys(description)
            findings.add(failure)
            spill.insert_all(
                "INSERT INTO key VALUES(?, ?, ?)",
                [(table, encode_text(key), number) for key in keys],
            )
    links.close(has_stories=any(rules.keys is story_key for rules in keyed))
    for table, rules in enumerate(keyed):
        _sort_keys(spill, table, rules.keys)
    spill.execute("DROP TABLE key")


def _sort_keys(spill: Spill, table: int, keys: KeyFunction) -> None:
    """Sort the descriptions by one kind of keys, of which linked ones are the same."""
    links = "story" if keys is story_key else "article" if is_linked_by(keys) else ""
    name = f"COALESCE({links}.id, key.name)" if links else "key.name"
    joined = f"LEFT JOIN {links} ON {links}.name = key.name" if links else ""
    spill.execute(
        f"INSERT INTO grouped SELECT DISTINCT tab, {name} AS least, description FROM key {joined} "  # noqa: S608 # names of this module
        "WHERE tab = ? ORDER BY least, description",
        (table,),
    )


class Judge:
    """Judges all groups, and writes the findings.

    Args:
        archive: The records.
        findings: Takes the findings.
        verdicts: Verdicts on addresses.
        keyed: The rules.
    """

    def __init__(
        self, archive: Archive, findings: Findings, verdicts: Verdicts, keyed: list[KeyedRules]
    ) -> None:
        self.judged = 0
        self._archive = archive
        self._findings = findings
        self._verdicts = verdicts
        self._keyed = keyed

    def judge(self, list_files: Callable[[], ProjectFiles]) -> None:
        """Judge the groups of all keys.

        Args:
            list_files: Lists the files of the project, if a rule reads them.
        """
        surveys = [
            each.surveys if any(True for _ in self._groups(table)) else {}
            for table, each in enumerate(self._keyed)
        ]
        surveyed = run_surveys(surveys, list_files, self._measure, self._find_first)
        for table, keyed in enumerate(self._keyed):
            for group in self._groups(table):
                self.judged += 1
                for judgement in keyed.judge(group, self._verdicts):
                    self._findings.add(judgement)
                for judgement in judge_surveys(keyed.surveys, group, surveyed):
                    self._findings.add(judgement)

    def _measure(self, surveys: SurveyRound) -> Iterator[tuple[bytes, list[Any]]]:
        """Measure the groups of survey rules."""
        tables = surveys.surveys
        return surveys.measure((table, each) for table in tables for each in self._groups(table))

    def _find_first(self, table: int) -> Group:
        """Find the group with the smallest key."""
        return next(self._groups(table))

    def _groups(self, table: int) -> Iterator[Group]:
        """Yield the groups in which there is something to judge."""
        keyed = self._keyed[table]
        if not keyed.rules:
            return
        for name, digests, kind in self._archive.groups(table):
            is_single = len(digests) == 1 and not kind & RECORD
            if not is_single or keyed.surveys or keyed.judges_single:
                yield self._archive.group(decode_text(name), digests)


def enrich_all(spill: Spill, archive: Archive, tables: list[Table]) -> None:
    """Add information from other mentions of the article to diagnostics of texts."""
    for number, table in enumerate(tables):
        rules = find_enriching(table.rules.between_records.values())
        results = Results(spill, archive, number)
        rows = spill.rows(
            "SELECT DISTINCT description, digest FROM enriching JOIN description "
            "ON description.id = enriching.description WHERE tab = ? AND kind & ?",
            number,
            MAPPING,
        )
        for description, digest in rows:
            result = results[digest]
            url = result.description.article
            group = _find_group(spill, archive, url) if url else None
            if group is not None:
                enriched = enrich_description(rules, result, group)
                spill.execute(
                    "UPDATE result SET body = ? WHERE tab = ? AND description = ?",
                    (spill.pack(enriched.diagnostics), number, description),
                )


def _find_group(spill: Spill, archive: Archive, url: str) -> Group | None:
    """Find the group of the article that a URL leads to."""
    row = spill.first("SELECT id FROM article WHERE name = ?", encode_text(url))
    return archive.find_article(decode_text(row[0]) if row else url)
