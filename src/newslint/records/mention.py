"""Mentions: the descriptions in a record, of its own article and of each related one."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from newslint._deprecation import deprecated_attribute
from newslint.records.collection import NEWS, NEWS_FIELDS, Collection, FieldMap
from newslint.records.description import Description
from newslint.records.description_reader import describe, find_field
from newslint.records.schema import SchemaProblem
from newslint.records.schema.plain_scalars import find_plain_scalars, judge_readings
from newslint.records.target import Target, target_of
from newslint.syntax import Value
from newslint.syntax.removal import Removal, entry_removals, has_adjacent_entries
from newslint.syntax.tree import Mapping, Node, Sequence, dereference
from newslint.text import SourceText

if TYPE_CHECKING:
    from newslint.records.record import Record


class Mention:
    """One description of an article at one place.

    Attributes:
        description: The description.
        path: The file.
        prefix: Pointer of the description in the file's front matter.
        line: Number of lines of the file before the fragment that contains the description.
        host: The own description of the record that contains it.
        value: The parsed value; None in a `Group`, which knows descriptions only.
        schema_problems: Differences between the value and its schema; none in a `Group`.
        field_map: Maps fields to the parts that they play.
        place: The record that contains it, and its position there; None outside of a group.
    """

    __slots__ = (
        "_removal",
        "description",
        "field_map",
        "host",
        "line",
        "path",
        "place",
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
        field_map: FieldMap = NEWS_FIELDS,
        place: "tuple[Record, int] | None" = None,
    ) -> None:
        self.description = description
        self._removal = removal
        self.path = path
        self.prefix = prefix
        self.line = line
        self.host = description if host is None else host
        self.value = value
        self.schema_problems = schema_problems
        self.field_map = field_map
        self.place = place

    at = deprecated_attribute("at", "target")
    at_pointer = deprecated_attribute("at_pointer", "target_at_pointer")
    facts = deprecated_attribute("facts", "description")

    @property
    def is_record(self) -> bool:
        """Whether it is a record's own description."""
        return self.description.is_record

    @property
    def sort_key(self) -> tuple[str, int, int]:
        """The order of mentions of a group: path, number of the record, position in it."""
        if self.place is None:
            return self.path, 0, 0
        record, position = self.place
        return record.path, record.number, position

    @property
    def removal(self) -> Removal:
        """The edits that remove this entry from its list; empty if none can."""
        if self._removal is not None:
            return self._removal
        lines = self.description.lines
        return () if lines is None else ((lines.shift_lines(self.line), ""),)

    def target(self, name: str = "") -> Target:
        """Create the target of a field.

        Args:
            name: The field's role, or its name in the schema `news`, such as `date` or
                `provider/name`; empty for the whole description. In a rule that receives one
                description at a time, any other field of the record will do.

        Returns:
            The target of the field, or of the whole description if it lacks the field.
            `newslint.testing.check_rule` reports names that no field has.
        """
        if self.description.has_field(name) or (found := self.find(name)) is None:
            return self._place(self.description.target(name))
        return self._place(target_of(found))

    def target_at_pointer(self, pointer: str) -> Target:
        """Create the target of the value at `pointer`, or of the whole description without one."""
        found = self.value.find(pointer) if self.value is not None else None
        return self._place(self.description.target() if found is None else target_of(found))

    def find(self, name: str) -> Value | None:
        """Find a value by the name that `target` accepts; None if missing, and in a `Group`."""
        if self.value is None:
            return None
        return find_field(self.value, self.field_map, name)

    def _place(self, target: Target) -> Target:
        """Make the location of `target` relative to the file."""
        location = target.location.place(self.path, self.prefix, self.line)
        return target._replace(location=location)


def record_mention(
    root: Value, collection: Collection = NEWS, *, digest: bytes = b"", is_checked: bool = True
) -> Mention:
    """Create the mention of a record's own article from its front matter `root`, without a path.

    Schema problems inside entries of `related` are left out: entries are mentions themselves.

    Args:
        root: The front matter.
        collection: The collection of the record.
        digest: Digest of the description.
        is_checked: Compare it with the schema.
    """
    own = Value(root.fragment, root.node)
    schema = collection.schema if is_checked else None
    problems: tuple[SchemaProblem, ...] = ()
    if schema is not None:
        fields = _plain_fields(own, schema.skipped_field)
        scalars = find_plain_scalars(own, schema.skipped_field)
        check = partial(schema.check_record, dates=scalars.dates)
        problems = judge_readings(check, fields, scalars.readings)
    description = describe(own, collection, is_record=True, digest=digest)
    return Mention(description, value=own, schema_problems=problems, field_map=collection.field_map)


def _plain_fields(record: Value, skipped: str | None) -> Any:
    """Convert a record to plain Python, with an empty list in the field `skipped`."""
    node = dereference(record.node)
    if not isinstance(node, Mapping):
        return record.python
    return {
        name: [] if name == skipped and _is_list(child) else child.to_python()
        for name, child in node.values.items()
    }


def _is_list(node: Node) -> bool:
    """Check whether a node is a list or an alias of one."""
    return isinstance(dereference(node), Sequence)


def entry_mention(
    entry: Value, collection: Collection = NEWS, *, digest: bytes = b"", is_checked: bool = True
) -> Mention:
    """Create the mention of an entry of `related`, without a path.

    The arguments are those of `record_mention`.
    """
    own = Value(entry.fragment, entry.node)
    schema = collection.schema if is_checked else None
    problems: tuple[SchemaProblem, ...] = ()
    if schema is not None:
        scalars = find_plain_scalars(own)
        check = partial(schema.check_entry, dates=scalars.dates)
        problems = judge_readings(check, own.python, scalars.readings)
    description = describe(own, collection, is_record=False, digest=digest)
    return Mention(description, value=own, schema_problems=problems, field_map=collection.field_map)


def related_list(root: Value, field_map: FieldMap = NEWS_FIELDS) -> Value | None:
    """Find the list `related` in the front matter `root`; None if there is none."""
    related = None if field_map.related is None else root.get(field_map.related)
    return related if related is not None and _is_list(related.node) else None


def related_entries(root: Value, field_map: FieldMap = NEWS_FIELDS) -> Iterator[Value]:
    """Yield the entries of `related` in the front matter `root`, of whatever type."""
    related = related_list(root, field_map)
    if related is not None:
        for _, entry in related.items():  # noqa: PERF102 # no dictionary: it has no values()
            yield entry


def explicit_removals(
    source: SourceText, root: Value, field_map: FieldMap = NEWS_FIELDS
) -> dict[int, Removal] | None:
    """Compute the edits that remove entries of `related`, if deleting their lines does not.

    Args:
        source: The text of the file.
        root: Its front matter.
        field_map: The field map that identifies the list.

    Returns:
        The edits by 0-based index of the entry, or None if deleting lines removes each.
    """
    related = None if field_map.related is None else root.get(field_map.related)
    if field_map.related is None or related is None or has_adjacent_entries(related):
        return None
    return entry_removals(source, root, field_map.related)
