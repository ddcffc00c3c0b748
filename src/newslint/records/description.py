"""Descriptions of articles, as values that can be compared and stored."""

import datetime

import msgspec

from newslint._deprecation import deprecated_attribute
from newslint.records.collection import FIELDS_OF_ROLES
from newslint.records.target import Target
from newslint.text import Location, Position, Span

DIGEST_SIZE = 16
"""Bytes of the digest of a description."""


class LocatedField(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A field of a description and its place, relative to the description.

    Attributes:
        pointer: JSON Pointer, relative to the description.
        line: 1-based, relative to the fragment that contains the description.
        column: 1-based, in code points.
        end_line: Line of the end.
        end_column: Column after the last character.
        text: As `Target.value`.
        style: As `Target.style`.
        block: As `Target.block`.
        is_shared: As `Target.is_shared`.
    """

    pointer: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str = ""
    style: str = ""
    block: str = ""
    is_shared: bool = False

    def target(self) -> Target:
        """Create the target for a diagnostic."""
        start, end = Position(self.line, self.column), Position(self.end_line, self.end_column)
        location = Location("", self.pointer, Span(start, end))
        return Target(location, self.text, self.style, self.block, self.is_shared)


class Picture(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An image of an article or of its publisher.

    Attributes:
        field: The field with its URL.
        width: Its declared width.
        height: Its declared height.
    """

    field: LocatedField
    width: int | None = None
    height: int | None = None


def locate_target(target: Target) -> LocatedField:
    """Convert a target that is relative to the description."""
    location, text, style, block, is_shared = target
    (line, column), (end_line, end_column) = location.span
    pointer = location.pointer
    return LocatedField(pointer, line, column, end_line, end_column, text, style, block, is_shared)


class Description(msgspec.Struct, frozen=True, array_like=True, eq=False):
    """A description of an article at one place: a record's own fields, or an entry of `related`.

    Each field is its typed value, or None if it is missing or of another type, so that one bad
    field never hides the others. Descriptions with equal digests are equal.

    Attributes:
        digest: Digest of the source text, the schema and the field map.
        is_record: It is a record's own description rather than an entry of `related`.
        is_mapping: It is a mapping, as every description must be.
        content: Digest of the values of an entry; empty for a record.
        lines: For an entry that was read by itself: the lines that it occupies.
        title: The headline.
        excerpt: The lead.
        quality: The score.
        published: Whether the site shows it; None if the description lacks the field.
        draft: Whether it is a draft; None if the description lacks the field.
        provider_name: Name of the publisher.
        provider_domain: Domain of the publisher.
        images: URLs of its pictures; None if there is no list of them.
        url: Its `webUrl`, else its `originalUrl`, as written.
        urls: Canonical forms of its `webUrl` and `originalUrl`; the first identifies the article.
        amp_urls: Canonical forms of the URLs of its AMP pages.
        pointer_key: Replaces its index in pointers that identify it across runs: article or title,
            escaped.
        date: Date and time of publication in ISO 8601; None if unknown.
        fields: The located fields by their names in the schema `news`; the whole description by "".
        links: Links of a record to files and pages of its site and of others, with the text as
            written. Those of the text below its front matter have no pointer.
        pictures: Its pictures and those of its publisher that have a URL.
    """

    digest: bytes
    is_record: bool
    is_mapping: bool
    content: bytes
    lines: Span | None
    title: str | None
    excerpt: str | None
    quality: int | None
    published: bool | None
    draft: bool | None
    provider_name: str | None
    provider_domain: str | None
    images: tuple[str, ...] | None
    url: str | None
    urls: tuple[str, ...]
    amp_urls: tuple[str, ...]
    pointer_key: str
    date: str | None
    fields: dict[str, LocatedField]
    links: tuple[LocatedField, ...] = ()
    pictures: tuple[Picture, ...] = ()

    at = deprecated_attribute("at", "target")
    copies = deprecated_attribute("copies", "amp_urls")
    written = deprecated_attribute("written", "content")
    has = deprecated_attribute("has", "has_field")
    text = deprecated_attribute("text", "field_text")

    def __eq__(self, other: object) -> bool:
        """Compare digests."""
        return isinstance(other, Description) and self.digest == other.digest

    def __hash__(self) -> int:
        """Hash the digest."""
        return hash(self.digest)

    @property
    def article(self) -> str:
        """Canonical URL that identifies the article; empty if it has none."""
        return self.urls[0] if self.urls else ""

    @property
    def published_at(self) -> datetime.datetime | None:
        """Date and time of publication; None if unknown."""
        return None if self.date is None else datetime.datetime.fromisoformat(self.date)

    @property
    def is_visible(self) -> bool:
        """True if readers can see it: it is published and no draft, or has no such field."""
        return self.published is not False and self.draft is not True

    def has_field(self, name: str) -> bool:
        """Check if there is a field; `name` is its role or its name in the schema `news`."""
        return name in self.fields or self.find_field(name) is not None

    def find_field(self, name: str) -> LocatedField | None:
        """Find a field by its role or its name in the schema `news`; None if it is missing."""
        found = self.fields.get(name)
        if found is None and name in FIELDS_OF_ROLES:
            names = FIELDS_OF_ROLES[name]
            return next((self.fields[each] for each in names if each in self.fields), None)
        return found

    def names_of(self, role: str) -> list[str]:
        """List the names, for `target`, of a record's texts that play a role.

        Args:
            role: One of `terms`, `permalink`, `slug`, `aliases` and `language`.
        """
        names: list[str] = []
        while (name := f"{role}/{len(names)}") in self.fields:
            names.append(name)
        return names

    def located(self, role: str) -> list[tuple[str, LocatedField]]:
        """List a record's texts that play a role, with their names (see `names_of`)."""
        return [(name, self.fields[name]) for name in self.names_of(role)]

    def field_text(self, name: str) -> str:
        """Text of a field, at less cost than that of its target; empty if it has none."""
        field = self.find_field(name)
        return "" if field is None else field.text

    def target(self, name: str = "") -> Target:
        """Create the target for a field, relative to the description.

        Args:
            name: The field's role, or its name in the schema `news`, such as `date` or
                `provider/name`; empty for the whole description, which also replaces a missing
                field.
        """
        return (self.find_field(name) or self.fields[""]).target()
