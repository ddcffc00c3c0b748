"""Blocks: parts of an archive whose results are sent as one value, for runs on many machines.

A block contains the results of some files. Each description in them is a single value, however
often it occurs in the block.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from newslint.documents import create_document
from newslint.engine.checks import FileRules
from newslint.engine.close import FileCloser, FileReport
from newslint.engine.finding_index import FindingIndex
from newslint.engine.findings import NO_FINDINGS, Judgement
from newslint.engine.judge_members import Judged, MemberRules, name_file
from newslint.engine.map import DocumentChecker
from newslint.engine.members import (
    Member,
    MemberPlace,
    collect_places,
    project_description,
    project_host,
)
from newslint.engine.results import DescriptionResult, FileResult
from newslint.execution.mapping import content_digest
from newslint.execution.outcome import count_mentions
from newslint.execution.rulesets import RulesetResolver
from newslint.records import Description
from newslint.settings import Registry
from newslint.syntax import Limits, Reader

_MAX_KNOWN = 20_000
"""Number of descriptions whose results the map stage of a process remembers."""


class Block(msgspec.Struct, frozen=True, array_like=True):
    """Results of files.

    Attributes:
        files: The results of files, each with the digest of its `FileRules`.
        results: Results of the descriptions in them, by digest of the `FileRules`.
    """

    files: list[tuple[bytes, FileResult]]
    results: dict[bytes, list[DescriptionResult]]

    @property
    def descriptions(self) -> dict[bytes, Description]:
        """The descriptions, by digest."""
        every = (each.description for results in self.results.values() for each in results)
        return {each.digest: each for each in every}

    @property
    def names(self) -> Iterator[bytes]:
        """The names of files and descriptions, as results of the judge stage use them."""
        yield from (name_file(file.path) for _, file in self.files)
        yield from self.descriptions

    def count(self) -> tuple[int, int, int]:
        """Count documents, records, and descriptions in these."""
        counts = count_mentions((file for _, file in self.files), self.descriptions)
        return len(self.files), *counts

    def shrink(self) -> "Block":
        """Copy the block without the values that the close stage does not need."""
        return Block(
            self.files,
            {
                name: [
                    DescriptionResult(
                        project_description(each.description, _NOTHING), each.diagnostics
                    )
                    for each in results
                ]
                for name, results in self.results.items()
            },
        )

    def collect_members(self, tables: Sequence[MemberRules]) -> Iterator["KeyedMember"]:
        """Yield a member for each key of each description in each table."""
        descriptions = self.descriptions
        files = [file for _, file in self.files]
        places = {
            is_whole: collect_places(files, descriptions, _whole if is_whole else project_host)
            for is_whole in {table.reads is None for table in tables}
        }
        results: dict[bytes, dict[bytes, DescriptionResult]] = {}
        for name, found in self.results.items():
            for each in found:
                results.setdefault(each.description.digest, {})[name] = each
        for number, table in enumerate(tables):
            for digest, occurrences in places[table.reads is None].items():
                yield from _key_member(number, table, results[digest], occurrences)


_NOTHING = frozenset[str]()


def _whole(description: Description) -> Description:
    """Leave a description as it is, for rules that may read any field."""
    return description


class KeyedMember(NamedTuple):
    """A description in the group of a key.

    Attributes:
        table: 0-based number of the rules with this key function.
        key: The key; None if the key function failed.
        member: The description with its occurrences.
        failure: The report on the failure of the key function.
    """

    table: int
    key: str | None
    member: Member
    failure: Judgement = NO_FINDINGS


def _key_member(
    number: int,
    table: MemberRules,
    results: Mapping[bytes, DescriptionResult],
    places: list[MemberPlace],
) -> Iterator[KeyedMember]:
    """Yield the members of a description in a table, or the report that it has no keys."""
    description = next(iter(results.values())).description
    keys, failure = table.keyed.read_keys(description)
    if not keys:
        if failure.findings:
            yield KeyedMember(number, None, Member(description, []), failure)
        return
    member = Member(project_description(description, table.reads), places)
    for key in keys:
        enriched = table.select_results(results) if key == description.article else {}
        yield KeyedMember(
            number, key, msgspec.structs.replace(member, results=enriched) if enriched else member
        )


class BlockMapper:
    """Maps documents to blocks.

    Args:
        resolver: The rules of each file.
        limits: Limits of a document.
    """

    def __init__(self, resolver: RulesetResolver, limits: Limits) -> None:
        self._resolver = resolver
        self._parser = Reader(limits)
        self._checkers: dict[bytes, DocumentChecker] = {}
        self._known: dict[bytes, dict[bytes, DescriptionResult]] = {}

    def map(self, documents: Iterable[tuple[str, bytes | str]]) -> Block:
        """Map documents, given by path and content, or the reason why there is none."""
        files: list[tuple[bytes, FileResult]] = []
        used: dict[bytes, dict[bytes, DescriptionResult]] = {}
        for path, content in documents:
            rules = self._resolver.resolve(path)
            if rules is not None:
                known = self._known.setdefault(rules.digest, {})
                file = self._map(path, content, rules, known)
                files.append((rules.digest, file))
                digests = {each for record in file.records for each in record.digests}
                used.setdefault(rules.digest, {}).update((each, known[each]) for each in digests)
        if sum(map(len, self._known.values())) > _MAX_KNOWN:
            self._known.clear()
        return Block(files, {name: [*results.values()] for name, results in used.items()})

    def _map(
        self,
        path: str,
        content: bytes | str,
        rules: FileRules,
        known: dict[bytes, DescriptionResult],
    ) -> FileResult:
        """Map one document, and add the results of its descriptions to those that are known."""
        checker = self._checkers.get(rules.digest)
        if checker is None:
            checker = self._checkers[rules.digest] = DocumentChecker(rules)
        document = create_document(path, content, self._parser)
        file, new = checker.check(document, content_digest(content), known)
        known.update((each.description.digest, each) for each in new)
        return file


def close_block(
    block: Block, judged: Iterable[Judged], resolver: RulesetResolver, registry: Registry
) -> Iterator[FileReport]:
    """Close the files of a block.

    Args:
        block: The results of the files.
        judged: The results of the judge stage about them.
        resolver: The rules of each file.
        registry: All rules that suppression comments may name.
    """
    index = FindingIndex()
    results = {
        name: {each.description.digest: each for each in every}
        for name, every in block.results.items()
    }
    for number, each in enumerate(judged):
        index.replace(number, NO_FINDINGS, Judgement(each.findings, frozenset(each.failed)))
        for name, result in each.enriched:
            known = results.get(name, {}).get(result.description.digest)
            if known is not None:
                enriched = DescriptionResult(known.description, result.diagnostics)
                results[name][result.description.digest] = enriched
    closers: dict[bytes, FileCloser] = {}
    for name, file in block.files:
        if name not in closers:
            rules = resolver.resolve(file.path)
            assert rules is not None  # noqa: S101 # the map stage found them
            closers[name] = FileCloser(
                rules,
                registry,
                results.get(name, {}),
                index,
                lambda _path, _prefix: 0,  # the judge stage has placed related locations
            )
        yield closers[name].close(file)
