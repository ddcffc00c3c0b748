"""Mentions: what a record says of its own article, and of each article that it embeds."""

from collections.abc import Iterator
from typing import Any

from newslint.records.collection import NEWS, Collection
from newslint.records.facts import Facts, Target, first_value, target_of
from newslint.records.schema import SchemaProblem
from newslint.records.shape import NEWS as NEWS_SHAPE
from newslint.records.shape import Shape
from newslint.syntax.yaml import Value
from newslint.syntax.yaml.removal import Removal, are_lines, entry_removals
from newslint.syntax.yaml.tree import Mapping, Sequence, real
from newslint.text import SourceText


class Mention:
    """One description of an article in one place.

    Attributes:
        facts: What it says.
        path: The file.
        prefix: Pointer of the description in the file's front matter.
        line: How many lines of the file come before the fragment that the description is in.
        host: What the record that holds it says of itself: for a record, the same facts.
        value: The values themselves; None in a group, which knows no more than facts.
        schema_problems: How the description differs from its schema; none in a group.
    """

    __slots__ = ("_removal", "facts", "host", "line", "path", "prefix", "schema_problems", "value")

    def __init__(  # noqa: PLR0913 # independent values
        self,
        facts: Facts,
        path: str = "",
        prefix: str = "",
        line: int = 0,
        host: Facts | None = None,
        *,
        value: Value | None = None,
        schema_problems: tuple[SchemaProblem, ...] = (),
        removal: Removal | None = None,
    ) -> None:
        self.facts = facts
        self._removal = removal
        self.path = path
        self.prefix = prefix
        self.line = line
        self.host = facts if host is None else host
        self.value = value
        self.schema_problems = schema_problems

    @property
    def is_record(self) -> bool:
        """Whether it is a record's own description."""
        return self.facts.is_record

    @property
    def removal(self) -> Removal:
        """What takes this entry out of its list, and nothing else; empty where nothing can."""
        if self._removal is not None:
            return self._removal
        lines = self.facts.lines
        return () if lines is None else ((lines.down(self.line), ""),)

    def at(self, name: str = "") -> Target:
        """Return what to point at for a field.

        Args:
            name: What the schema `news` calls the field, such as `title` or `provider/name`; empty
                for the whole description.

        Returns:
            The field's value, or the whole description where there is no such field.
        """
        if self.facts.has(name) or (found := self.find(name)) is None:
            return self._placed(self.facts.at(name))
        return self._placed(target_of(found))

    def at_pointer(self, pointer: str) -> Target:
        """Return what to point at for the value at `pointer`, or the whole where there is none."""
        found = self.value.find(pointer) if self.value is not None else None
        return self._placed(self.facts.at() if found is None else target_of(found))

    def find(self, name: str) -> Value | None:
        """Return the value of the field that `news` calls `name`; None in a group, too."""
        return None if self.value is None else first_value(self.value, self.facts.shape, name)

    def _placed(self, target: Target) -> Target:
        """Return `target` as seen from the file."""
        location = target.location.placed(self.path, self.prefix, self.line)
        return target._replace(location=location)


def record_mention(root: Value, collection: Collection = NEWS) -> Mention:
    """Return what the front matter `root` says of its own article, not yet placed.

    Its schema problems leave out those of the entries of `related`, which are mentions themselves.
    """
    own = Value(root.fragment, root.node)
    schema = collection.schema
    problems = schema.record(_fields(own, schema.skips)) if schema else ()
    facts = Facts(own, is_record=True, shape=collection.shape)
    return Mention(facts, value=own, schema_problems=problems)


def _fields(record: Value, skipped: str | None) -> Any:
    """Return a record as plain Python, with no entries in the list field `skipped`."""
    node = real(record.node)
    if not isinstance(node, Mapping):
        return record.python
    return {
        name: [] if name == skipped and isinstance(real(child), Sequence) else child.to_python()
        for name, child in node.values.items()
    }


def entry_mention(entry: Value, collection: Collection = NEWS) -> Mention:
    """Return what an entry of `related` says, not yet placed."""
    own = Value(entry.fragment, entry.node)
    problems = collection.schema.entry(own.python) if collection.schema else ()
    facts = Facts(own, is_record=False, shape=collection.shape)
    return Mention(facts, value=own, schema_problems=problems)


def related_list(root: Value, shape: Shape = NEWS_SHAPE) -> Value | None:
    """Return the list `related` in the front matter `root`; None where there is no list."""
    related = None if shape.related is None else root.get(shape.related)
    return related if related is not None and isinstance(real(related.node), Sequence) else None


def related_entries(root: Value, shape: Shape = NEWS_SHAPE) -> Iterator[Value]:
    """Yield the entries of `related` in the front matter `root`, whatever they are."""
    related = related_list(root, shape)
    if related is not None:
        for _, entry in related.items():  # noqa: PERF102 # no dictionary: it has no values()
            yield entry


def odd_removals(
    source: SourceText, root: Value, shape: Shape = NEWS_SHAPE
) -> dict[int, Removal] | None:
    """Return how to take out the entries of `related`, by index; None where their lines tell.

    Args:
        source: The text of the file.
        root: Its front matter.
        shape: Which field lists the entries.
    """
    related = None if shape.related is None else root.get(shape.related)
    if shape.related is None or related is None or are_lines(related):
        return None
    return entry_removals(source, root, shape.related)
