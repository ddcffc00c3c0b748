"""Mentions: what a record says of its own article, and of each article that it embeds."""

from collections.abc import Iterator
from typing import Any

from newslint._deprecation import deprecated_attribute
from newslint.records.collection import NEWS, NEWS_FIELDS, Collection, FieldMap
from newslint.records.description import Description, Target, find_field, target_of
from newslint.records.schema import SchemaProblem
from newslint.syntax.yaml import Value
from newslint.syntax.yaml.removal import Removal, entry_removals, has_adjacent_entries
from newslint.syntax.yaml.tree import Mapping, Sequence, dereference
from newslint.text import SourceText


class Mention:
    """One description of an article in one place.

    Attributes:
        description: What it says.
        path: The file.
        prefix: Pointer of the description in the file's front matter.
        line: How many lines of the file come before the fragment that the description is in.
        host: What the record that holds it says of itself: for a record, the same description.
        value: The values themselves; None in a group, which knows no more than description.
        schema_problems: How the description differs from its schema; none in a group.
    """

    __slots__ = (
        "_removal",
        "description",
        "host",
        "line",
        "path",
        "prefix",
        "schema_problems",
        "value",
    )

    def __init__(  # noqa: PLR0913 # independent values
        self,
        description: Description,
        path: str = "",
        prefix: str = "",
        line: int = 0,
        host: Description | None = None,
        *,
        value: Value | None = None,
        schema_problems: tuple[SchemaProblem, ...] = (),
        removal: Removal | None = None,
    ) -> None:
        self.description = description
        self._removal = removal
        self.path = path
        self.prefix = prefix
        self.line = line
        self.host = description if host is None else host
        self.value = value
        self.schema_problems = schema_problems

    at = deprecated_attribute("at", "target")
    facts = deprecated_attribute("facts", "description")

    @property
    def is_record(self) -> bool:
        """Whether it is a record's own description."""
        return self.description.is_record

    @property
    def removal(self) -> Removal:
        """What takes this entry out of its list, and nothing else; empty where nothing can."""
        if self._removal is not None:
            return self._removal
        lines = self.description.lines
        return () if lines is None else ((lines.shift_lines(self.line), ""),)

    def target(self, name: str = "") -> Target:
        """Return what to point at for a field.

        Args:
            name: What the schema `news` calls the field, such as `title` or `provider/name`; empty
                for the whole description.

        Returns:
            The field's value, or the whole description where there is no such field.
        """
        if self.description.has_field(name) or (found := self.find(name)) is None:
            return self._placed(self.description.target(name))
        return self._placed(target_of(found))

    def target_at_pointer(self, pointer: str) -> Target:
        """Return what to point at for the value at `pointer`, or the whole where there is none."""
        found = self.value.find(pointer) if self.value is not None else None
        return self._placed(self.description.target() if found is None else target_of(found))

    def find(self, name: str) -> Value | None:
        """Return the value of the field that `news` calls `name`; None in a group, too."""
        return (
            None if self.value is None else find_field(self.value, self.description.field_map, name)
        )

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
    problems = schema.check_record(_fields(own, schema.skipped_field)) if schema else ()
    description = Description(own, is_record=True, field_map=collection.field_map)
    return Mention(description, value=own, schema_problems=problems)


def _fields(record: Value, skipped: str | None) -> Any:
    """Return a record as plain Python, with no entries in the list field `skipped`."""
    node = dereference(record.node)
    if not isinstance(node, Mapping):
        return record.python
    return {
        name: []
        if name == skipped and isinstance(dereference(child), Sequence)
        else child.to_python()
        for name, child in node.values.items()
    }


def entry_mention(entry: Value, collection: Collection = NEWS) -> Mention:
    """Return what an entry of `related` says, not yet placed."""
    own = Value(entry.fragment, entry.node)
    problems = collection.schema.check_entry(own.python) if collection.schema else ()
    description = Description(own, is_record=False, field_map=collection.field_map)
    return Mention(description, value=own, schema_problems=problems)


def related_list(root: Value, field_map: FieldMap = NEWS_FIELDS) -> Value | None:
    """Return the list `related` in the front matter `root`; None where there is no list."""
    related = None if field_map.related is None else root.get(field_map.related)
    return (
        related if related is not None and isinstance(dereference(related.node), Sequence) else None
    )


def related_entries(root: Value, field_map: FieldMap = NEWS_FIELDS) -> Iterator[Value]:
    """Yield the entries of `related` in the front matter `root`, whatever they are."""
    related = related_list(root, field_map)
    if related is not None:
        for _, entry in related.items():  # noqa: PERF102 # no dictionary: it has no values()
            yield entry


def explicit_removals(
    source: SourceText, root: Value, field_map: FieldMap = NEWS_FIELDS
) -> dict[int, Removal] | None:
    """Return how to take out the entries of `related`, by index; None where their lines tell.

    Args:
        source: The text of the file.
        root: Its front matter.
        field_map: Which field lists the entries.
    """
    related = None if field_map.related is None else root.get(field_map.related)
    if field_map.related is None or related is None or has_adjacent_entries(related):
        return None
    return entry_removals(source, root, field_map.related)
