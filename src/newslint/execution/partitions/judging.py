"""The judge stage of a run in partitions: one group at a time, in the order of keys."""

from collections.abc import Iterator, Mapping
from typing import Any

from newslint.engine.checks import enriches
from newslint.engine.enrich import enrich_description
from newslint.engine.keyed_rules import KeyedRules, SurveyRounds, create_surveys
from newslint.engine.link import is_linked_by
from newslint.execution.codec import decode_text, encode_text
from newslint.execution.partitions.links import DiskLinks
from newslint.execution.partitions.mapping import MAPPING, RECORD, Table
from newslint.execution.partitions.spill import Spill
from newslint.execution.partitions.views import Archive, Findings, Results
from newslint.records import Description, Group, KeyFunction, story_key
from newslint.records.verdicts import Verdicts
from newslint.rules.api import Rule


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
        given: The input of surveys that read files, and of those that do not.
    """

    def __init__(
        self,
        archive: Archive,
        findings: Findings,
        verdicts: Verdicts,
        given: "Mapping[bool, tuple[Any, ...]]",
    ) -> None:
        self.judged = 0
        self._archive = archive
        self._findings = findings
        self._verdicts = verdicts
        self._given = given

    def judge(self, table: int, keyed: KeyedRules) -> None:
        """Judge the groups of one kind of keys, in as many rounds as its surveys need."""
        surveys = create_surveys(keyed, self._given)
        is_first = True
        while is_first or surveys:
            for group in self._groups(table, keyed, has_surveys=bool(surveys)):
                self._judge_group(keyed, surveys, group, is_first=is_first)
            is_first = False
            surveys = [each for each in surveys if not each.is_finished]
            for each in surveys:
                each.finish_round()

    def _judge_group(
        self, keyed: KeyedRules, surveys: list[SurveyRounds], group: Group, *, is_first: bool
    ) -> None:
        """Judge a group, or measure it for surveys whose rounds are not over."""
        if is_first:
            self.judged += 1
            for judgement in keyed.judge(group, self._verdicts):
                self._findings.add(judgement)
        for each in surveys:
            if each.is_finished:
                self._findings.add(each.judge(group))
            else:
                each.measure(group)

    def _groups(self, table: int, keyed: KeyedRules, *, has_surveys: bool) -> Iterator[Group]:
        """Yield the groups in which there is something to judge."""
        if not keyed.rules:
            return
        for name, digests, kind in self._archive.groups(table):
            is_single = len(digests) == 1 and not kind & RECORD
            if not is_single or has_surveys or keyed.judges_single:
                yield self._archive.group(decode_text(name), digests)


def enrich_all(spill: Spill, archive: Archive, tables: list[Table]) -> None:
    """Add information from other mentions of the article to diagnostics of texts."""
    for number, table in enumerate(tables):
        rules: dict[str, Rule] = {
            each.id: each for each in table.rules.between_records.values() if enriches(each)
        }
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
