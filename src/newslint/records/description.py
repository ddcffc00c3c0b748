"""Descriptions: the values that one place gives for an article, and their locations."""

import datetime
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from newslint._deprecation import deprecated_attribute
from newslint.records.collection import NEWS_FIELDS, FieldMap
from newslint.records.schema.news import parse_datetime
from newslint.records.target import Target, target_of
from newslint.records.urls import canonical_url
from newslint.syntax.yaml import Value
from newslint.syntax.yaml.removal import entry_lines
from newslint.syntax.yaml.scalars import BLOCK_STYLES
from newslint.syntax.yaml.tree import Alias, Mapping, Node, Scalar, dereference
from newslint.text import LineStarts, Location, SourceText, Span
from newslint.text.location import NO_RANGES
from newslint.text.pointer import escape_key

T = TypeVar("T")

_FIELDS = (
    "title",
    "excerpt",
    "publishedDateTime",
    "webUrl",
    "originalUrl",
    "quality",
    "published",
    "images",
    "provider/name",
    "provider/domain",
)
"""The fields of `news` that a description keeps, by name."""


class _ScalarSpan(NamedTuple):
    """The position of a scalar, from which a `Target` is made on demand.

    Attributes:
        pointer: Pointer relative to the description.
        start: 0-based offset in the source text.
        end: Offset after it.
        value: Its text.
        style: As in a `Target`.
    """

    pointer: str
    start: int
    end: int
    value: str
    style: str


class DescriptionData(NamedTuple):
    """A `Description` as plain values, without its source text and field map.

    It has the attributes of a `Description`, `published_at` in ISO 8601, and these:

    Attributes:
        targets: The targets of fields that are not simple scalars, by their names in `news`, and
            that of the whole description by the empty string.
        scalar_spans: The positions of the other fields.
        source: The line starts that these positions need.
    """

    is_record: bool
    is_mapping: bool
    lines: Span | None
    digest: bytes
    title: str | None
    excerpt: str | None
    quality: int | None
    published: bool | None
    provider_name: str | None
    provider_domain: str | None
    images: tuple[str, ...] | None
    url: str | None
    urls: tuple[str, ...]
    amp_urls: tuple[str, ...]
    pointer_key: str
    published_at: str | None
    targets: dict[str, Target]
    scalar_spans: dict[str, _ScalarSpan]
    source: LineStarts


class Description:
    """The values that one place gives for an article: a record's fields or one related entry.

    A field is None if it is missing or has the wrong type, so that one bad field never hides the
    others. Locations are relative to the description's fragment.

    Attributes:
        is_record: Whether it is a record's own description rather than an entry of `related`.
        is_mapping: Whether it is a mapping, as it should be.
        title: The headline.
        excerpt: The lead.
        lines: The lines of an entry that was parsed on its own, else None.
        published_at: The publication date.
        url: The `webUrl`, else the `originalUrl`, as in the source.
        urls: Canonical forms of `webUrl` and `originalUrl`; the first identifies the article.
        amp_urls: Canonical forms of the URLs of its AMP pages.
        quality: The quality score.
        published: Whether the site shows the article; always None for entries of `news`.
        provider_name: Name of the provider.
        provider_domain: Domain of the provider.
        images: URLs of its images; None if there is no list of images.
        field_map: The field map that it was read with.
        digest: Digest of an entry's content; empty for a record.
        pointer_key: Key that identifies an entry in its list across runs: its article's URL or its
            title, escaped for a pointer.
    """

    __slots__ = (
        "_aliased",
        "_source",
        "_targets",
        "amp_urls",
        "digest",
        "excerpt",
        "field_map",
        "images",
        "is_mapping",
        "is_record",
        "lines",
        "pointer_key",
        "provider_domain",
        "provider_name",
        "published",
        "published_at",
        "quality",
        "title",
        "url",
        "urls",
    )

    def __init__(self, value: Value, *, is_record: bool, field_map: FieldMap = NEWS_FIELDS) -> None:
        self.is_record = is_record
        self.field_map = field_map
        is_apart = not is_record and value.node is value.fragment.node
        self.lines: Span | None = entry_lines(value) if is_apart else None
        self.digest = b"" if is_record else _hash(value)
        self.is_mapping = isinstance(dereference(value.node), Mapping)
        self._source: SourceText = value.fragment.source
        self._aliased = value.fragment.aliased
        whole = Target(Location("", "", value.span), "")
        self._targets: dict[str, Target | _ScalarSpan] = {"": whole}
        found = {name: self._read_field(value, name) for name in _FIELDS}
        self.title = _cast(found["title"], str)
        self.excerpt = _cast(found["excerpt"], str)
        self.published_at: datetime.datetime | None = parse_datetime(found["publishedDateTime"])
        self.quality = _cast(found["quality"], int)
        self.published = _cast(found["published"], bool)
        self.provider_name = _cast(found["provider/name"], str)
        self.provider_domain = _cast(found["provider/domain"], str)
        self.images = _image_urls(found["images"])
        urls = _read_texts(value, field_map.keys("url"))
        self.url = urls[0] if urls else None
        self.urls = tuple(dict.fromkeys(map(canonical_url, urls)))
        amp_urls = _read_texts(value, field_map.keys("amp-url"))
        self.amp_urls = tuple(dict.fromkeys(map(canonical_url, amp_urls)))
        self.pointer_key = escape_key(self.article or self.title or "")

    at = deprecated_attribute("at", "target")
    copies = deprecated_attribute("copies", "amp_urls")
    has = deprecated_attribute("has", "has_field")
    shape = deprecated_attribute("shape", "field_map")
    text = deprecated_attribute("text", "field_text")
    written = deprecated_attribute("written", "digest")

    @classmethod
    def from_data(cls, data: DescriptionData, field_map: FieldMap) -> "Description":
        """Restore a description from the result of `to_data`.

        Args:
            data: The values.
            field_map: The field map that they were read with.
        """
        date = data.published_at
        values: dict[str, Any] = {
            **dict(zip(_PLAIN, data, strict=False)),
            "published_at": datetime.datetime.fromisoformat(date) if date else None,
            "field_map": field_map,
            "_source": SourceText.from_lines(data.source),
            "_aliased": NO_RANGES,
            "_targets": data.targets | data.scalar_spans,
        }
        description = cls.__new__(cls)
        for name, value in values.items():
            setattr(description, name, value)
        return description

    def to_data(self) -> DescriptionData:
        """Convert the description to plain values, which can be serialised."""
        self.release_source()
        date = self.published_at and self.published_at.isoformat()
        known = self._targets.items()
        targets = {name: each for name, each in known if isinstance(each, Target)}
        spans = {name: each for name, each in known if isinstance(each, _ScalarSpan)}
        values: Any = (*_get_plain(self), date, targets, spans, self._line_starts())
        return DescriptionData._make(values)

    def release_source(self) -> None:
        """Drop the source text, since those of a whole archive would fill the memory.

        The line starts that `target` needs are kept, as are the targets that need the text.
        """
        for name, span in self._targets.items():
            if isinstance(span, _ScalarSpan) and (self._aliased or span.style in BLOCK_STYLES):
                self._targets[name] = self.target(name)
        self._source = SourceText.from_lines(self._line_starts())
        self._aliased = NO_RANGES

    def _line_starts(self) -> LineStarts:
        """Extract the line starts that the remaining scalar spans need."""
        spans = [each for each in self._targets.values() if isinstance(each, _ScalarSpan)]
        start = min([span.start for span in spans], default=0)
        return self._source.lines(start, max([span.end for span in spans], default=0))

    def _read_field(self, value: Value, name: str) -> Any:
        """Remember the target of the field `name` of `news`, and return its plain value."""
        for pointer, keys in self.field_map.candidates(name):
            node = _find_node(value.node, keys)
            if node is not None and isinstance(scalar := dereference(node), Scalar):
                self._targets[name] = self._scalar_span(pointer, node, scalar)
                return scalar.value
            if node is None and len(keys) == 1:
                continue
            if found := value.find(pointer):
                self._targets[name] = target_of(found)
                return found.python
        return None

    def _scalar_span(self, pointer: str, node: Node, scalar: Scalar) -> _ScalarSpan:
        """Create the span of a scalar.

        Args:
            pointer: Its pointer relative to the description.
            node: The scalar itself, or an alias of it.
            scalar: The scalar.
        """
        text = scalar.value
        if not isinstance(text, str):
            text = self._source.text[scalar.start : scalar.end]
        style = scalar.style if scalar is node else ""
        return _ScalarSpan(pointer, node.start, node.end, text, style)

    @property
    def article(self) -> str:
        """The canonical URL that identifies the article; empty if it has none."""
        return self.urls[0] if self.urls else ""

    def has_field(self, name: str) -> bool:
        """Check whether the description has the field `name` of `news`, if it is one of those kept.

        Others are not kept: `title`, `excerpt`, `images` and so on are, `topics` is not.
        """
        return name in self._targets

    def field_text(self, name: str) -> str:
        """Look up the text of a field; empty if it has none.

        It equals the `value` of `target`, at less cost.
        """
        target = self._targets.get(name)
        return target.value if target is not None else ""

    def target(self, name: str = "") -> Target:
        """Create the target of a field, valid for every occurrence of the description.

        Args:
            name: The field's name in the schema `news`, such as `title` or `provider/name`; empty
                for the whole description.

        Returns:
            The target of the field, or of the whole description if it lacks the field. The location
            has no path, and its pointer and lines are relative to the description.
        """
        target = self._targets.get(name) or self._targets[""]
        if isinstance(target, Target):
            return target
        start, end = target.start, target.end
        location = Location("", target.pointer, self._source.span(start, end))
        block = self._source.text[start:end] if target.style in BLOCK_STYLES else ""
        return Target(location, target.value, target.style, block, start in self._aliased)


_PLAIN = DescriptionData._fields[: DescriptionData._fields.index("published_at")]
_get_plain = attrgetter(*_PLAIN)


def find_field(value: Value, field_map: FieldMap, name: str) -> Value | None:
    """Find the first value that plays the role of the field `name` of `news`."""
    for pointer, keys in field_map.candidates(name):
        if len(keys) == 1 and _find_node(value.node, keys) is None:
            continue  # the usual case, at little cost
        found = value.find(pointer)
        if found is not None:
            return found
    return None


def _find_node(node: Node, keys: Sequence[str]) -> Node | None:
    """Follow `keys` through nested mappings; return None if one of them is missing."""
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


def _hash(value: Value) -> bytes:
    """Compute the digest of a value: of its own fragment's text, else of its content."""
    is_apart = value.node is value.fragment.node
    text = value.fragment.source.text if is_apart else repr(value.python)
    return blake2b(text.rstrip().encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _read_texts(value: Value, fields: Iterable[Sequence[str]]) -> list[str]:
    """Read the texts of those of `fields`, each given by its keys, that have one."""
    nodes = (_find_node(value.node, keys) for keys in fields)
    return [text for node in nodes if node and (text := _cast(node.to_python(), str))]


def _cast(value: Any, kind: type[T]) -> T | None:
    """Return `value` if it is of type `kind`, else None; a boolean is not a number."""
    if isinstance(value, bool) and kind is not bool:
        return None
    return value if isinstance(value, kind) else None


def _image_urls(images: Any) -> tuple[str, ...] | None:
    """Extract the URLs of a list of images; None if it is no list."""
    if not isinstance(images, list):
        return None
    urls = (image.get("url") for image in images if isinstance(image, dict))
    return tuple(url for url in urls if isinstance(url, str) and url.strip())
