"""The map: what one document yields by itself, and the records it adds to the corpus."""

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from newslint.diagnostics import Diagnostic
from newslint.documents import Document
from newslint.engine.checks import Checks, concerns, run_all
from newslint.engine.identity import caused, with_identity
from newslint.records import (
    NEWS,
    Collection,
    Description,
    FieldMap,
    Mention,
    Record,
    Target,
    Text,
    body_texts,
    entry_mention,
    entry_texts,
    explicit_removals,
    forbidden_characters,
    record_mention,
    record_texts,
    related_entries,
    related_list,
)
from newslint.rules.api import Rule
from newslint.syntax.yaml import Value
from newslint.syntax.yaml.fragments import PlacedFragment
from newslint.syntax.yaml.removal import Removal
from newslint.syntax.yaml.tree import Node, Sequence, dereference
from newslint.text import Location
from newslint.text.pointer import join_pointer


@dataclass(frozen=True, slots=True)
class Examined:
    """What one document yields by itself.

    Attributes:
        path: The document's.
        diagnostics: What is said of the file as such, its body included.
        records: What it says of articles; the diagnostics of these the examiner has.
    """

    path: str
    diagnostics: list[Diagnostic]
    records: list[Record]

    @property
    def record_count(self) -> int:
        """How many records it holds."""
        return sum(each.description.is_mapping for each in self.records)

    @property
    def mention_count(self) -> int:
        """How many descriptions of articles it holds."""
        return sum(
            sum(each.is_mapping for each in (one.description, *one.entries)) for one in self.records
        )


class Examiner:
    """Examines documents, each distinct fragment once.

    Args:
        checks: The rules to run.
        collection: What the documents belong to.

    Attributes:
        collection: What the documents belong to.
        described: What rules say of each description, wherever it stands; nothing where they say
            nothing. Locations count from the description.
    """

    def __init__(self, checks: Checks, collection: Collection = NEWS) -> None:
        self.described: dict[Description, list[Diagnostic]] = {}
        self._checks = checks
        self._readers = lru_cache(maxsize=32768)(checks.readers)
        self.collection = collection
        self._shape = collection.field_map

    def rule_of(self, name: str) -> Rule | None:
        """Return the rule of a name, with its options; None where it does not run."""
        return self._checks.by_id.get(name)

    def examine(self, document: Document) -> Examined:
        """Return what `document` yields."""
        records = [self._record(root, document) for root in document.roots]
        url = (records[-1].description.url or "") if records else ""
        found = [with_identity(each, "", url) for each in self._of_file(document)]
        return Examined(document.path, found, records)

    def forget(self) -> None:
        """Give back the room of what only serves to examine more documents."""
        self._readers.cache_clear()

    def records(self, document: Document) -> list[Record]:
        """Return just the records of `document`, for the corpus of a run that is about others."""
        return [self._known(root, document) for root in document.roots]

    def _record(self, root: Value, document: Document) -> Record:
        """Return the record at `root`, examined with all of its entries."""
        mention = record_mention(root, self.collection)
        description = self._describe(mention, record_texts(root, self._shape, self._readers))
        return self._with_entries(description, root, document, self._describe_entry)

    def _known(self, root: Value, document: Document) -> Record:
        """Return the record at `root`, not examined."""
        description = Description(
            Value(root.fragment, root.node), is_record=True, field_map=self._shape
        )
        description.release_source()
        return self._with_entries(description, root, document, self._read_entry)

    def _with_entries(
        self,
        description: Description,
        root: Value,
        document: Document,
        make: Callable[[Value], Description],
    ) -> Record:
        """Return the record at `root` with entries made by `make`."""
        entries: list[Description] = []
        lines = array("L")  # of an archive's, lists of objects would take ten times the room
        listed = related_list(root, self._shape)
        node = None if listed is None else dereference(listed.node)
        if listed is not None and isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                entries.append(self._entry(listed, index, item, make))
                lines.append(listed.line + (item.line if isinstance(item, PlacedFragment) else 0))
        return Record(
            document.path,
            description,
            root.line,
            join_pointer("", self._shape.related or ""),
            tuple(entries),
            lines,
            _removals(root, self._shape, len(entries), document),
        )

    def _of_file(self, document: Document) -> list[Diagnostic]:
        """Return what is said of the file as such, its body included."""
        found = [
            self._checks.by_id[problem.rule].report(document, problem)
            for problem in document.problems
            if problem.rule in self._checks.by_id
        ]

        def whole() -> Target:
            return Target(document.locate_start(), "")

        found += run_all(self._checks.documents, document, whole)
        readers = [rule for rule in self._checks.texts if rule.reads_body]
        for text in forbidden_characters(document) if readers else ():
            found += run_all(readers, text, whole)
        body = document.source.text[document.body_start :]
        readers = [rule for rule in readers if concerns(rule, body)]
        for text in body_texts(document) if readers else ():
            found += run_all(readers, text, whole)
        return found

    @staticmethod
    def _entry(
        listed: Value, index: int, item: Node, make: Callable[[Value], Description]
    ) -> Description:
        """Return what `make` makes of an entry of a list, once for all with the same text."""
        if not isinstance(item, PlacedFragment):
            return make(Value(listed.fragment, item, f"{listed.pointer}/{index}", listed.line))
        description: Description | None = item.fragment.cache.get(make)
        if description is None:
            description = item.fragment.cache[make] = make(Value(listed.fragment, item))
        return description

    def _describe_entry(self, entry: Value) -> Description:
        """Return what an entry of `related` says, examined."""
        mention = entry_mention(entry, self.collection)
        return self._describe(mention, entry_texts(entry, self._shape, self._readers))

    def _read_entry(self, entry: Value) -> Description:
        """Return what an entry of `related` says."""
        description = Description(
            Value(entry.fragment, entry.node), is_record=False, field_map=self._shape
        )
        description.release_source()
        return description

    def _describe(self, mention: Mention, texts: Iterable[Text]) -> Description:
        """Return what `mention` says, and note what rules say of it and its texts."""
        description = mention.description
        found = run_all(self._checks.mentions, mention, mention.target)
        for text in texts:
            readers = self._readers(text.value, text.is_url)
            found += run_all(readers, text, partial(_in_whole, mention, text))
        if found:
            self.described[description] = [caused(each, description.article) for each in found]
        description.release_source()
        return description


def _removals(
    root: Value, field_map: FieldMap, number: int, document: Document
) -> Mapping[int, Removal]:
    """Return what takes out entries of `related`, by index, where their own lines do not tell.

    Args:
        root: The front matter.
        field_map: Which field plays which part.
        number: How many entries there are.
        document: What holds the front matter.
    """
    odd = explicit_removals(document.source, root, field_map)
    found = {} if odd is None else {index: odd.get(index, ()) for index in range(number)}
    silenced = _silenced_from_above(document)
    if silenced:
        starts = (entry.span.start.line for entry in related_entries(root, field_map))
        found |= {index: () for index, line in enumerate(starts) if line in silenced}
    return found


def _in_whole(mention: Mention, text: Text) -> Target:
    """Return where to report that a rule failed on one of the texts of `mention`."""
    return Target(Location("", text.pointer, mention.target().location.span), "")


def _silenced_from_above(document: Document) -> set[int]:
    """Return the 1-based lines of what has a comment of its own above that silences rules.

    The comment would silence what comes next, if that were taken out.
    """
    return {
        each.covers.start.line
        for each in document.suppression_comments
        if each.covers is not None and each.has_own_line
    }
