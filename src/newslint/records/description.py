"""Descriptions of articles, as values that can be compared and stored."""

import datetime
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

from newslint._deprecation import deprecated_attribute
from newslint.records.collection import NEWS, Collection, FieldMap
from newslint.records.schema.news import parse_datetime
from newslint.records.target import Target, target_of
from newslint.records.terms import LISTED_ROLES, find_texts
from newslint.records.urls import canonical_url, pointer_url
from newslint.syntax import Value
from newslint.syntax.removal import entry_lines
from newslint.syntax.style import is_multiline
from newslint.syntax.tree import Alias, Mapping, Node, Scalar, dereference
from newslint.text import Location, Position, Span
from newslint.text.pointer import escape_key

T = TypeVar("T")

DIGEST_SIZE = 16
"""Bytes of the digest of a description."""

_LOCATED = (
    "title",
    "excerpt",
    "publishedDateTime",
    "webUrl",
    "originalUrl",
    "quality",
    "published",
    "draft",
    "images",
    "provider/name",
    "provider/domain",
)


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
        links: Links of a record to files and pages of its site, with the text as written. Those of
            the text below its front matter have no pointer.
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
        """Whether readers can see it: it is published and no draft, or no field says so."""
        return self.published is not False and self.draft is not True

    def has_field(self, name: str) -> bool:
        """Check if there is a field; `name` is its name in the schema `news`."""
        return name in self.fields

    def names_of(self, role: str) -> list[str]:
        """List the names, for `target`, of a record's texts that play a role.

        Args:
            role: One of `terms`, `permalink`, `slug`, `aliases` and `language`.
        """
        return [name for name in self.fields if name.startswith(f"{role}/")]

    def field_text(self, name: str) -> str:
        """Text of a field, at less cost than that of its target; empty if it has none."""
        field = self.fields.get(name)
        return "" if field is None else field.text

    def target(self, name: str = "") -> Target:
        """Create the target for a field, relative to the description.

        Args:
            name: The field's name in the schema `news`, such as `title` or `provider/name`; empty
                for the whole description, which also replaces a missing field.
        """
        return (self.fields.get(name) or self.fields[""]).target()


def describe(
    value: Value, collection: Collection = NEWS, *, is_record: bool, digest: bytes = b""
) -> Description:
    """Read the description at `value`, whose pointer and lines count from itself.

    Args:
        value: A record's front matter, or an entry of `related`.
        collection: Defines the field map.
        is_record: It is a record's front matter.
        digest: Identifies the source text, the schema and the field map; by default that of the
            text alone.
    """
    if not digest:
        place = f"{is_record}:{value.node.start}:{value.node.end}".encode()
        digest = blake2b(value.fragment.digest + place, digest_size=DIGEST_SIZE).digest()
    return _Reading(value, collection.field_map).description(digest, is_record=is_record)


class _Reading:
    """Reads the fields of one description.

    Args:
        value: The description.
        field_map: Maps the fields of the schema `news` to those of the description.
    """

    def __init__(self, value: Value, field_map: FieldMap) -> None:
        self._value = value
        self._field_map = field_map
        self._source = value.fragment.source
        self._shared = value.fragment.aliased
        (line, column), (end_line, end_column) = value.span
        self.fields = {"": LocatedField("", line, column, end_line, end_column)}

    def description(self, digest: bytes, *, is_record: bool) -> Description:
        """Create the description."""
        value = self._value
        found = {name: self._read(name) for name in _LOCATED}
        if is_record:
            for role in LISTED_ROLES:
                for number, text in enumerate(find_texts(value.node, self._field_map, role)):
                    self.fields[f"{role}/{number}"] = self._locate(*text)
        title = _typed(found["title"], str)
        date = parse_datetime(found["publishedDateTime"])
        written = _texts_at(value, self._field_map.keys("url"))
        urls = tuple(dict.fromkeys(map(canonical_url, written)))
        amp_urls = map(canonical_url, _texts_at(value, self._field_map.keys("amp-url")))
        is_apart = not is_record and value.node is value.fragment.node
        return Description(
            digest=digest,
            is_record=is_record,
            is_mapping=isinstance(dereference(value.node), Mapping),
            content=b"" if is_record else _content_digest(value),
            lines=entry_lines(value) if is_apart else None,
            title=title,
            excerpt=_typed(found["excerpt"], str),
            quality=_typed(found["quality"], int),
            published=_typed(found["published"], bool),
            draft=_typed(found["draft"], bool),
            provider_name=_typed(found["provider/name"], str),
            provider_domain=_typed(found["provider/domain"], str),
            images=_image_urls(found["images"], self._field_map.keys("image-url")),
            url=written[0] if written else None,
            urls=urls,
            amp_urls=tuple(dict.fromkeys(amp_urls)),
            pointer_key=escape_key(pointer_url(written[0]) if written else title or ""),
            date=None if date is None else date.isoformat(),
            fields=self.fields,
        )

    def _read(self, name: str) -> Any:
        """Locate the field that `news` calls `name`, and return its plain value."""
        for pointer, keys in self._field_map.candidates(name):
            node = _node_at(self._value.node, keys)
            if node is not None and isinstance(scalar := dereference(node), Scalar):
                self.fields[name] = self._locate(pointer, node, scalar)
                return scalar.value
            if node is None and len(keys) == 1:
                continue
            if found := self._value.find(pointer):
                self.fields[name] = locate_target(target_of(found))
                return found.python
        return None

    def _locate(self, pointer: str, node: Node, scalar: Scalar) -> LocatedField:
        """Locate a scalar.

        Args:
            pointer: Its pointer, relative to the description.
            node: The scalar, or an alias of it.
            scalar: The scalar.
        """
        source = self._source
        text = scalar.value
        if not isinstance(text, str):
            text = source.text[scalar.start : scalar.end]
        style = scalar.style if scalar is node else ""
        start, end = node.start, node.end
        (line, column), (end_line, end_column) = source.span(start, end)
        block = source.text[start:end] if is_multiline(style) else ""
        is_shared = start in self._shared
        return LocatedField(
            pointer, line, column, end_line, end_column, text, style, block, is_shared
        )


def locate_target(target: Target) -> LocatedField:
    """Convert a target that is relative to the description."""
    location, text, style, block, is_shared = target
    (line, column), (end_line, end_column) = location.span
    pointer = location.pointer
    return LocatedField(pointer, line, column, end_line, end_column, text, style, block, is_shared)


def find_field(value: Value, field_map: FieldMap, name: str) -> Value | None:
    """Find the first value that plays the part of the field `name` of `news`."""
    for pointer, keys in field_map.candidates(name):
        if len(keys) == 1 and _node_at(value.node, keys) is None:
            continue  # true of most fields, and cheap to find out
        found = value.find(pointer)
        if found is not None:
            return found
    return None


def _node_at(node: Node, keys: Sequence[str]) -> Node | None:
    """Follow `keys` through mappings; None if one is missing."""
    for key in keys:
        if isinstance(node, Alias):
            node = dereference(node)
        if not isinstance(node, Mapping):
            return None
        child = node.values.get(key)
        if child is None:
            return None
        node = child
    return node


def _content_digest(value: Value) -> bytes:
    """Compute the digest of the values of an entry, by its own text if it has one."""
    is_apart = value.node is value.fragment.node
    text = value.fragment.source.text if is_apart else repr(value.python)
    return blake2b(text.rstrip().encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _texts_at(value: Value, places: Iterable[Sequence[str]]) -> list[str]:
    """List the texts at `places`, each a path of keys, that are not empty."""
    fields = (_node_at(value.node, keys) for keys in places)
    return [text for field in fields if field and (text := _typed(field.to_python(), str))]


def _typed(value: Any, kind: type[T]) -> T | None:
    """Return `value` if it is a `kind`, else None; a boolean is no number."""
    if isinstance(value, bool) and kind is not bool:
        return None
    return value if isinstance(value, kind) else None


def _image_urls(images: Any, places: Iterable[Sequence[str]]) -> tuple[str, ...] | None:
    """List the URLs of a list of images, each at `places`; None if there is no such list."""
    if not isinstance(images, list):
        return None
    urls = (_plain_at(image, keys) for image in images for keys in places)
    return tuple(url for url in urls if isinstance(url, str) and url.strip())


def _plain_at(value: Any, keys: Iterable[str]) -> Any:
    """Follow `keys` through dictionaries; None if one is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
