"""The map stage: check one document without knowledge of any other, with a `FileResult`."""

from collections.abc import Container, Iterator
from functools import lru_cache, partial
from hashlib import blake2b

from newslint.diagnostics import Diagnostic
from newslint.documents import Document
from newslint.engine.checks import FileRules, may_concern, run_all
from newslint.engine.results import DescriptionResult, FileResult
from newslint.engine.suppression import FileSuppressions
from newslint.records import (
    LocatedField,
    Mention,
    Record,
    Target,
    Text,
    body_texts,
    describe,
    entry_mention,
    explicit_removals,
    forbidden_characters,
    pack_lines,
    record_mention,
    related_entries,
    related_list,
)
from newslint.records.description import DIGEST_SIZE
from newslint.records.links import find_body_links, find_links
from newslint.records.texts import FoundText, select_texts, walk_texts
from newslint.rules.file.unreadable_file import UnreadableFile
from newslint.syntax import Value
from newslint.syntax.fragment import PlacedFragment
from newslint.syntax.removal import Removal
from newslint.syntax.tree import Node, Sequence, dereference
from newslint.text.pointer import join_pointer
from newslint.text.source_text import BYTE_ORDER_MARK, character_width

_MAX_DIGESTS = 65_536
"""Number of entries whose digests are kept for the next time that they occur."""


class DocumentChecker:
    """Runs the map stage for documents to which the same rules apply.

    Args:
        rules: The rules that apply.
        is_full: Run the rules. If False, only read descriptions, for a run that reports on other
            files.
    """

    def __init__(self, rules: FileRules, *, is_full: bool = True) -> None:
        self._rules = rules
        self._is_full = is_full
        self._collection = rules.collection
        self._fields = rules.collection.field_map
        self._text_rules = lru_cache(maxsize=8192)(rules.text_rules)
        self._key = rules.collection.digest
        self._digest_of_entry = lru_cache(_MAX_DIGESTS)(partial(self._digest_of, kind=b"entry"))

    def check(
        self, document: Document, content: bytes = b"", known: Container[bytes] = ()
    ) -> tuple[FileResult, list[DescriptionResult]]:
        """Check a document. A description with a known result is not checked again.

        Args:
            document: The document.
            content: Digest of its content; computed if empty.
            known: Digests of descriptions whose results are known.

        Returns:
            The result of the file, and those of descriptions that are not known.
        """
        content = content or _digest(document.source.text.encode("utf-8", "surrogatepass"))
        new: dict[bytes, DescriptionResult] = {}
        records: list[Record] = []
        links = find_body_links(document)
        for number, root in enumerate(document.roots):
            # Equal bytes have their front matter in other lines if only one of the files is YAML.
            place = f"{root.fragment.syntax}:{number}:{root.line}:{root.start}"
            base = root.fragment.digest + place.encode()
            if links:
                base += _digest(repr(links).encode("utf-8", "surrogatepass"))
            records.append(self._record(root, base, document, number, links, known, new))
            links = ()
        diagnostics = tuple(self._file_diagnostics(document, records, new)) if self._is_full else ()
        suppressions = FileSuppressions.from_document(document)
        is_readable = all(each.rule != UnreadableFile.id for each in document.problems)
        text = document.source.text
        width = character_width(text) if text and text[0] != BYTE_ORDER_MARK else None
        return FileResult(
            document.path, content, diagnostics, tuple(records), suppressions, is_readable, width
        ), [*new.values()]

    def _record(  # noqa: PLR0913, PLR0917 # independent values
        self,
        root: Value,
        base: bytes,
        document: Document,
        number: int,
        links: tuple[LocatedField, ...],
        known: Container[bytes],
        new: dict[bytes, DescriptionResult],
    ) -> Record:
        """Check a record and its entries, and add the results of new descriptions to `new`.

        Args:
            root: The record's front matter.
            base: A digest of its source text, and of all else that its description depends on.
            document: The document that contains it.
            number: Its 0-based number in the document.
            links: The links in the text that belongs to it.
            known: Digests of descriptions whose results are known.
            new: Results of other descriptions, by digest.
        """
        digest = self._digest_of(base, b"record")
        if digest not in known:
            own = Value(root.fragment, root.node)
            texts = walk_texts(own, self._fields, self._fields.related)
            result = self._describe(own, texts, digest, is_record=True)
            links = (*find_links(texts, self._fields), *links)
            new[digest] = result.with_links(links) if links else result
        listed = related_list(root, self._fields)
        node = None if listed is None else dereference(listed.node)
        digests: list[bytes] = []
        lines: list[int] = []
        if listed is not None and isinstance(node, Sequence):
            digests = self._entry_digests(node.items, base)
            for item, each in zip(node.items, digests, strict=True):
                if each not in known and each not in new:
                    entry = Value(listed.fragment, item)
                    texts = walk_texts(entry, self._fields) if self._is_full else []
                    new[each] = self._describe(entry, texts, each, is_record=False)
            lines = [
                listed.line + (item.line if isinstance(item, PlacedFragment) else 0)
                for item in node.items
            ]
        return Record(
            document.path,
            digest,
            root.line,
            join_pointer("", self._fields.related or ""),
            b"".join(digests),
            pack_lines(lines),
            self._removals(root, len(digests), document),
            number,
        )

    def _entry_digests(self, items: list[Node], base: bytes) -> list[bytes]:
        """Compute the digests of the descriptions in the entries of a list."""
        return [
            self._digest_of_entry(item.fragment.digest)
            if isinstance(item, PlacedFragment)
            else self._digest_of(base + f"{item.start}:{item.end}".encode(), b"entry")
            for item in items
        ]

    def _digest_of(self, source: bytes, kind: bytes) -> bytes:
        """Compute the digest of a description of some kind from a digest of its source text."""
        return blake2b(source, digest_size=DIGEST_SIZE, key=self._key, person=kind).digest()

    def _describe(
        self, value: Value, texts: list[FoundText], digest: bytes, *, is_record: bool
    ) -> DescriptionResult:
        """Read and check the description at `value`, which contains `texts`."""
        create = record_mention if is_record else entry_mention
        mention = create(value, self._collection, digest=digest, is_checked=self._is_full)
        found: list[Diagnostic] = []
        if self._is_full:
            found = run_all(self._rules.mentions, mention, mention.target)
            for text in select_texts(texts, self._fields, self._text_rules):
                rules = self._text_rules(text.value, None if text.is_key else text.is_url)
                found += run_all(rules, text, partial(_whole_of, text))
        return DescriptionResult(mention.description, tuple(found))

    def _own_mentions(
        self, document: Document, records: list[Record], new: dict[bytes, DescriptionResult]
    ) -> Iterator[Mention]:
        """Yield the mentions of the records' own articles at their places in a document."""
        if not any(may_concern(rule, document.path) for rule in self._rules.records):
            return
        for root, record in zip(document.roots, records, strict=True):
            value = Value(root.fragment, root.node)
            result = new.get(record.digest)
            description = (
                describe(value, self._collection, is_record=True, digest=record.digest)
                if result is None
                else result.description
            )
            yield Mention(
                description, document.path, "", root.line, value=value, field_map=self._fields
            )

    def _file_diagnostics(
        self, document: Document, records: list[Record], new: dict[bytes, DescriptionResult]
    ) -> Iterator[Diagnostic]:
        """Yield the diagnostics about the file itself, its records in it, and its body."""
        by_id = self._rules.by_id
        for problem in document.problems:
            if problem.rule in by_id:
                yield by_id[problem.rule].report(document, problem)

        def whole() -> Target:
            return Target(document.locate_start(), "")

        yield from run_all(self._rules.documents, document, whole)
        for mention in self._own_mentions(document, records, new):
            yield from run_all(self._rules.records, mention, whole)
        rules = [rule for rule in self._rules.texts if rule.reads_body]
        for text in forbidden_characters(document) if rules else ():
            yield from run_all(rules, text, partial(_whole_of, text))
        body = document.source.text[document.body_start :]
        rules = [rule for rule in rules if may_concern(rule, body)]
        for text in body_texts(document) if rules else ():
            yield from run_all(rules, text, partial(_whole_of, text))

    def _removals(self, root: Value, number: int, document: Document) -> dict[int, Removal]:
        """Find the edits that remove entries of `related` which removing their lines would not.

        Args:
            root: The front matter.
            number: Number of entries.
            document: The document that contains the front matter.

        Returns:
            The edits by 0-based index; empty for an entry that cannot be removed.
        """
        explicit = explicit_removals(document.source, root, self._fields)
        found = {} if explicit is None else {at: explicit.get(at, ()) for at in range(number)}
        covered = _lines_below_comments(document)
        if covered:
            starts = (entry.span.start.line for entry in related_entries(root, self._fields))
            found |= {index: () for index, line in enumerate(starts) if line in covered}
        return found


def _digest(data: bytes) -> bytes:
    """Compute the digest of bytes."""
    return blake2b(data, digest_size=DIGEST_SIZE).digest()


def _whole_of(text: Text) -> Target:
    """Create the target for a rule that crashes on a text."""
    return Target(text.part(0, len(text.value)).location, "")


def _lines_below_comments(document: Document) -> set[int]:
    """Find the 1-based lines below suppression comments that are alone on their lines.

    Such a comment would apply to the next entry if the one below it were removed.
    """
    return {
        each.covers.start.line
        for each in document.suppression_comments
        if each.covers is not None and each.has_own_line
    }
