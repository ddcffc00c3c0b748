"""The stages of a distributed run as functions of rows: map, judge and close.

Each function yields rows from rows, which another program puts together between them: rows with
equal table and key, one after the other, sorted by their order. So each stage sees no more of an
archive than a block of documents, or a group.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from newslint.diagnostics import Diagnostic
from newslint.documents.rows import row_order
from newslint.engine.aggregate_parts import finish_parts, judge_member, measure_part
from newslint.engine.close import FileReport
from newslint.engine.judge_members import Judged, MemberRules, list_member_rules, split_results
from newslint.engine.members import Member, build_group
from newslint.engine.survey_parts import Surveyed, SurveyRound
from newslint.execution import codec
from newslint.execution.blocks import Block, BlockMapper, close_block
from newslint.execution.check_request import CheckRequest
from newslint.execution.codec import decode_text, encode_number, encode_text
from newslint.execution.files import UsageError
from newslint.execution.link_rows import Row, list_links
from newslint.execution.partitions.spill import batches
from newslint.execution.rulesets import RulesetResolver
from newslint.records import Description, Group
from newslint.records.verdicts import Verdicts
from newslint.rules.api import CorpusRule
from newslint.settings import Registry
from newslint.syntax import Limits

T = TypeVar("T")

BLOCK, NAME, COUNT, JUDGED, FAILED = range(-5, 0)
"""Results of documents, names of what is in them, numbers of these, and results about a name."""

load = pickle.loads
"""Reads values that `RowStages.dump` has pickled in the same run."""

_PICKLED = b"\xc1"
"""Begins a pickle; no value of MessagePack begins with this byte."""

_DOCUMENTS = 64
"""Documents of a block."""


class ClosedDiagnostic(NamedTuple):
    """A diagnostic of the report.

    Attributes:
        diagnostic: The diagnostic.
        reason: The reason of the comment that suppresses it; None if none does.
    """

    diagnostic: Diagnostic
    reason: str | None


class RowStages(NamedTuple):
    """Rules and options for all processes of a run.

    Attributes:
        resolver: The rules of each document.
        registry: All rules that suppression comments may name.
        limits: Limits of a document.
        tables: The rules that compare descriptions.
        verdicts: Verdicts on addresses.
        dump: Pickles values that MessagePack lacks, which may be of classes of a plugin.
    """

    resolver: RulesetResolver
    registry: Registry
    limits: Limits
    tables: Sequence[MemberRules]
    verdicts: Verdicts = Verdicts()
    dump: Callable[[Any], bytes] = pickle.dumps

    @classmethod
    def create(
        cls, request: CheckRequest, path: str, dump: Callable[[Any], bytes] = pickle.dumps
    ) -> "RowStages":
        """Find the rules of a run; those that compare, as for the document at a path.

        Raises:
            UsageError: It is in no collection, or a rule needs the whole archive at once.
        """
        verdicts = request.verdicts.read(request)
        resolver = RulesetResolver(request.rules, has_verdicts=len(verdicts) > 0)
        registry, limits = request.project.registry, request.reader.limits
        return cls(resolver, registry, limits, (), verdicts, dump).with_tables_of([path])

    def with_tables_of(self, paths: Iterable[str]) -> "RowStages":
        """Find the rules that compare the documents at paths.

        Raises:
            UsageError: They are in no collection, or a rule needs the whole archive at once.
        """
        found = {id(each): each for each in map(self.resolver.resolve, paths) if each is not None}
        if not found:
            raise UsageError(f"{', '.join(paths)} is in no collection of the settings")
        for rule in (rule for each in found.values() for rule in each.ruleset.rules):
            if isinstance(rule, CorpusRule):
                raise UsageError(
                    f"the rule '{rule.id}' needs all records at once (CorpusRule), which Spark "
                    "cannot give it; ignore it, or derive it from SurveyRule"
                )
        return self._replace(tables=list_member_rules(found.values()))

    def map(self, documents: Iterable[tuple[str, bytes | str]]) -> Iterator[Row]:
        """Map documents in blocks.

        Yields:
            The results of blocks, their names, the values on which links depend, members of
            groups, and the numbers of documents, records and mentions.
        """
        mapper = BlockMapper(self.resolver, self.limits)
        counts = [0, 0, 0]
        for each in batches(documents, _DOCUMENTS):
            block, name = mapper.map(each), encode_text(each[0][0])
            yield BLOCK, name, b"", self.encode(block.shrink())
            yield from ((NAME, about, name, b"") for about in block.names)
            yield from list_links(block.descriptions.values())
            yield from self._list_members(block)
            counts = [*map(sum, zip(counts, block.count(), strict=True))]
        yield COUNT, b"", b"", codec.encode(counts)

    def _list_members(self, block: Block) -> Iterator[Row]:
        """Yield the members of groups in a block; of those of an aggregate rule, statistics."""
        measured: dict[tuple[int, str], list[Member]] = {}
        for number, key, member, failure in block.collect_members(self.tables):
            if key is None:
                for about, each in split_results([failure]):
                    yield FAILED, about, encode_number(number), self.encode(each)
            elif self.tables[number].aggregate is None:
                yield number, encode_text(key), b"", self.encode(member)
            else:
                digest = member.description.digest
                yield number, encode_text(key), digest, self.encode(member.description)
                measured.setdefault((number, key), []).append(member)
        for (number, key), members in measured.items():
            if (aggregate := self.tables[number].aggregate) is not None:
                part = measure_part(*aggregate, key, members)
                yield number, encode_text(key), b"", self.dump(part)

    def measure(self, surveys: SurveyRound, rows: Iterable[Row]) -> Iterator[Row]:
        """Measure groups by survey rules."""
        groups = ((number, self.build_group(found)) for (number, _), found in group_rows(rows))
        found = surveys.measure(groups)
        return ((0, name, b"", self.dump(each)) for name, each in found)

    def merge(self, surveys: SurveyRound, rows: Iterable[Row]) -> Iterator[Row]:
        """Merge the statistics of several parts of the archive."""
        for (_, name), found in group_rows(rows):
            parts = (load(body) for _, _, _, body in found)
            for _, each in surveys.merge(name, parts):
                yield 0, name, b"", self.dump(each)

    def build_group(self, rows: Iterable[Row]) -> Group:
        """Build a group from its members."""
        every = [*rows]
        members = (self.decode(Member, body) for _, _, _, body in every)
        return build_group(decode_text(every[0][1]), members).place()

    def judge(self, surveyed: Surveyed, rows: Iterable[Row]) -> Iterator[Row]:
        """Judge groups by all rules; yield the results by what they are about."""
        for (number, name), found in group_rows(rows):
            if number == FAILED:
                yield from (next(same) for _, same in groupby(found, itemgetter(2)))
                continue
            table, key = self.tables[number], decode_text(name)
            if table.aggregate is not None:
                yield from self._judge_aggregate(*table.aggregate, key, found)
                continue
            members = (self.decode(Member, body) for _, _, _, body in found)
            judged = table.judge(key, members, surveyed, self.verdicts)
            yield from self._list_judged(judged)

    def _judge_aggregate(
        self, name: bytes, rule: Any, key: str, rows: Iterator[Row]
    ) -> Iterator[Row]:
        """Judge a group of any size: its statistics come first, and then its descriptions."""
        kinds = groupby(rows, itemgetter(2))
        _, parts = next(kinds)
        finished = finish_parts(name, rule, key, [load(row[3]) for row in parts])
        if finished is None:
            return
        yield from self._list_judged(split_results([finished.crash]))
        for _, same in kinds:
            description = self.decode(Description, next(same)[3])
            found = judge_member(name, rule, key, description, finished)
            yield from self._list_judged(split_results([found]))

    def _list_judged(self, judged: Iterable[tuple[bytes, Judged]]) -> Iterator[Row]:
        """Yield a row for each result of the judge stage."""
        return ((JUDGED, name, b"", self.encode(each)) for name, each in judged)

    def close(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Close blocks, each of which comes before the results of the judge stage about it.

        Yields:
            Diagnostics by fingerprint, in the order of the report.
        """
        for _, found in group_rows(rows):
            block, *judged = (body for _, _, _, body in found)
            results = [self.decode(Judged, each) for each in judged]
            for report in close_block(
                self.decode(Block, block), results, self.resolver, self.registry
            ):
                yield from self._list_diagnostics(report)

    def _list_diagnostics(self, report: FileReport) -> Iterator[Row]:
        """Yield a row for each diagnostic of a document, and then for each suppressed one."""
        _, row, _ = row_order(report.path)
        place = encode_number(row) + encode_text(report.path)
        every = [*((each, None) for each in report.diagnostics), *report.suppressed]
        for at, (found, reason) in enumerate(every):
            body = self.encode(ClosedDiagnostic(found, reason))
            yield 0, found.fingerprint.encode(), place + encode_number(at), body

    def number(self, rows: Iterable[Row]) -> Iterator["ClosedDiagnostic"]:
        """Yield diagnostics, whose fingerprints get a counter if they repeat."""
        for _, same in group_rows(rows):
            for number, (_, _, _, body) in enumerate(same, 1):
                found, reason = self.decode(ClosedDiagnostic, body)
                if number > 1:
                    found = found.replace(fingerprint=f"{found.fingerprint}-{number}")
                yield ClosedDiagnostic(found, reason)

    def encode(self, value: object) -> bytes:
        """Encode a value; as a pickle if MessagePack lacks a part of it, as large integers."""
        try:
            return codec.encode(value)
        except codec.CodecError:
            return _PICKLED + self.dump(value)

    def decode(self, kind: type[T], data: bytes) -> T:
        """Decode a value of a type that `encode` has encoded."""
        if data.startswith(_PICKLED):
            found: T = load(data[1:])
            return found
        return codec.decode(data, kind)


def add_counts(bodies: Iterable[bytes]) -> tuple[int, int, int]:
    """Add the numbers of documents, records and mentions that the map stage has yielded."""
    counts = (codec.decode(body, tuple[int, int, int]) for body in bodies)
    documents, records, mentions = map(sum, zip((0, 0, 0), *counts, strict=True))
    return documents, records, mentions


def group_rows(rows: Iterable[Row]) -> Iterator[tuple[tuple[int, bytes], Iterator[Row]]]:
    """Group sorted rows by table and key."""
    return groupby(rows, itemgetter(0, 1))
