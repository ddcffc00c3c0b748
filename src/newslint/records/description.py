"""What one description of an article says, wherever it stands."""

import datetime
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from newslint._deprecation import deprecated_attribute
from newslint.records.collection import NEWS_FIELDS, FieldMap
from newslint.records.schema.news import parse_datetime
from newslint.records.urls import canonical_url
from newslint.syntax.yaml import Value
from newslint.syntax.yaml.removal import entry_lines
from newslint.syntax.yaml.scalars import BLOCK_STYLES
from newslint.syntax.yaml.tree import Alias, Mapping, Node, Scalar, dereference
from newslint.text import LineStarts, Location, SourceText, Span
from newslint.text.location import NO_RANGES
from newslint.text.pointer import escape_key

T = TypeVar("T")

_LOCATED = (
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


class Target(NamedTuple):
    """What a diagnostic points at.

    Attributes:
        location: Where the value is.
        value: Its text.
        style: How it is written: `'`, `"`, `|` or `>`; empty for a plain scalar, and for no scalar.
        block: The source text of a literal or folded scalar; empty for others.
        is_shared: Aliases elsewhere stand for it: who replaces it changes what these say.
    """

    location: Location
    value: str
    style: str = ""
    block: str = ""
    is_shared: bool = False


class _Spot(NamedTuple):
    """Where a scalar stands, to be told when somebody asks.

    Attributes:
        pointer: Counted from the description.
        start: 0-based offset in the source text.
        end: Offset after it.
        value: Its text.
        style: As that of a `Target`.
    """

    pointer: str
    start: int
    end: int
    value: str
    style: str


class DescriptionData(NamedTuple):
    """All values of a `Description`, without its source text and field map.

    Its attributes are those of `Description`, with `published_at` as ISO 8601 has it, and:

    Attributes:
        targets: Where fields stand, by what `news` calls them; the whole, by the empty text.
        spots: Where others stand, to be told when somebody asks.
        source: The lines that spots are on.
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
    spots: dict[str, _Spot]
    source: LineStarts


class Description:
    """What one description of an article says, wherever it stands.

    Each field is its typed value, or None where it is missing or of another type, so that one bad
    field never hides the others. Locations count from the description's fragment.

    Attributes:
        is_record: A record's own description rather than an entry of `related`.
        is_mapping: It is a mapping, as every description must be.
        title: The headline.
        excerpt: The lead.
        lines: For an entry that was read by itself: the lines that it stands on.
        published_at: When the article was published.
        url: Its `webUrl`, else its `originalUrl`, as written.
        urls: Canonical forms of its `webUrl` and `originalUrl`; the first names the article.
        amp_urls: Canonical forms of the URLs of its AMP pages.
        quality: Its score.
        published: Whether the site shows it; None too for entries, which do not say.
        provider_name: Who published it.
        provider_domain: Where.
        images: URLs of its pictures; None where there is no list of them.
        field_map: Which fields it was read from.
        digest: Stands for all that an entry holds: what is equal has equal ones.
        pointer_key: What names it in its list across runs: article or title, escaped for a pointer.
    """

    __slots__ = (
        "_shared",
        "_source",
        "_spots",
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
        self.digest = b"" if is_record else _digest_of(value)
        self.is_mapping = isinstance(dereference(value.node), Mapping)
        self._source: SourceText = value.fragment.source
        self._shared = value.fragment.shared
        self._spots: dict[str, Target | _Spot] = {"": Target(Location("", "", value.span), "")}
        found = {name: self._read(value, name) for name in _LOCATED}
        self.title = _typed(found["title"], str)
        self.excerpt = _typed(found["excerpt"], str)
        self.published_at: datetime.datetime | None = parse_datetime(found["publishedDateTime"])
        self.quality = _typed(found["quality"], int)
        self.published = _typed(found["published"], bool)
        self.provider_name = _typed(found["provider/name"], str)
        self.provider_domain = _typed(found["provider/domain"], str)
        self.images = _image_urls(found["images"])
        written = _urls(value, field_map.keys("url"))
        self.url = written[0] if written else None
        self.urls = tuple(dict.fromkeys(map(canonical_url, written)))
        copies = map(canonical_url, _urls(value, field_map.keys("amp-url")))
        self.amp_urls = tuple(dict.fromkeys(copies))
        self.pointer_key = escape_key(self.article or self.title or "")

    at = deprecated_attribute("at", "target")

    @classmethod
    def from_data(cls, data: DescriptionData, field_map: FieldMap) -> "Description":
        """Return the description that `plain` holds.

        Args:
            data: What `to_data` has returned.
            field_map: Which fields they were read from.
        """
        date = data.published_at
        said: dict[str, Any] = {
            **dict(zip(_SAID, data, strict=False)),
            "published_at": datetime.datetime.fromisoformat(date) if date else None,
            "field_map": field_map,
            "_source": SourceText.from_lines(data.source),
            "_shared": NO_RANGES,
            "_spots": data.targets | data.spots,
        }
        description = cls.__new__(cls)
        for name, value in said.items():
            setattr(description, name, value)
        return description

    def to_data(self) -> DescriptionData:
        """Return all that these description hold, as plain values."""
        self.release_source()
        date = self.published_at and self.published_at.isoformat()
        targets = {name: at for name, at in self._spots.items() if isinstance(at, Target)}
        spots = {name: at for name, at in self._spots.items() if isinstance(at, _Spot)}
        said: Any = (*_said(self), date, targets, spots, self._lines())
        return DescriptionData._make(said)

    def release_source(self) -> None:
        """Let go of the source text, which an archive's descriptions would keep in memory.

        What `at` needs of it is kept: where its lines start.
        """
        for name, spot in self._spots.items():
            if isinstance(spot, _Spot) and (self._shared or spot.style in BLOCK_STYLES):
                self._spots[name] = self.target(name)
        self._source = SourceText.from_lines(self._lines())
        self._shared = NO_RANGES

    def _lines(self) -> LineStarts:
        """Return the lines of the source text that places still have to be told of."""
        spots = [spot for spot in self._spots.values() if isinstance(spot, _Spot)]
        start = min([spot.start for spot in spots], default=0)
        return self._source.lines(start, max([spot.end for spot in spots], default=0))

    def _read(self, value: Value, name: str) -> Any:
        """Note where the field that `news` calls `name` stands, and return its plain value."""
        for pointer, keys in self.field_map.candidates(name):
            node = _node_at(value.node, keys)
            if node is not None and isinstance(scalar := dereference(node), Scalar):
                self._spots[name] = self._spot(pointer, node, scalar)
                return scalar.value
            if node is None and len(keys) == 1:
                continue
            if found := value.find(pointer):
                self._spots[name] = target_of(found)
                return found.python
        return None

    def _spot(self, pointer: str, node: Node, scalar: Scalar) -> _Spot:
        """Return where a scalar stands.

        Args:
            pointer: Its pointer, counted from the description.
            node: The scalar, or an alias that stands for it.
            scalar: The scalar.
        """
        text = scalar.value
        if not isinstance(text, str):
            text = self._source.text[scalar.start : scalar.end]
        style = scalar.style if scalar is node else ""
        return _Spot(pointer, node.start, node.end, text, style)

    @property
    def article(self) -> str:
        """The canonical URL that names the article; empty where it has none."""
        return self.urls[0] if self.urls else ""

    def has_field(self, name: str) -> bool:
        """Tell whether there is a field that `news` calls `name`, one of those read here."""
        return name in self._spots

    def field_text(self, name: str) -> str:
        """Return the text of a field, as `at` does, at less cost; empty where it has none."""
        spot = self._spots.get(name)
        return spot.value if spot is not None else ""

    def target(self, name: str = "") -> Target:
        """Return what to point at for a field, wherever the description stands.

        Args:
            name: What the schema `news` calls the field, such as `title` or `provider/name`; empty
                for the whole description.

        Returns:
            The field's value, or the whole description where there is no such field. The location
            has no path, and its pointer and lines count from the description.
        """
        spot = self._spots.get(name) or self._spots[""]
        if isinstance(spot, Target):
            return spot
        start, end = spot.start, spot.end
        location = Location("", spot.pointer, self._source.span(start, end))
        block = self._source.text[start:end] if spot.style in BLOCK_STYLES else ""
        return Target(location, spot.value, spot.style, block, start in self._shared)


_SAID = DescriptionData._fields[: DescriptionData._fields.index("published_at")]
_said = attrgetter(*_SAID)


def target_of(value: Value) -> Target:
    """Return what to point at for `value`, counted from where its pointer does.

    An alias is a plain scalar with the value of what it stands for.
    """
    location = Location("", value.pointer, value.span)
    scalar = dereference(value.node)
    if not isinstance(scalar, Scalar):
        return Target(location, "")
    written = value.fragment.source.text[scalar.start : scalar.end]
    text = scalar.value if isinstance(scalar.value, str) else written
    style = scalar.style if scalar is value.node else ""
    block = written if style in BLOCK_STYLES else ""
    return Target(location, text, style, block, value.is_aliased)


def find_field(value: Value, field_map: FieldMap, name: str) -> Value | None:
    """Return the first value that plays the part of the field `name` of `news`."""
    for pointer, keys in field_map.candidates(name):
        if len(keys) == 1 and _node_at(value.node, keys) is None:
            continue  # as for most fields, at little cost
        found = value.find(pointer)
        if found is not None:
            return found
    return None


def _node_at(node: Node, keys: Sequence[str]) -> Node | None:
    """Return the node that `keys` lead to, through mappings alone; None where there is none."""
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


def _digest_of(value: Value) -> bytes:
    """Return what stands for the source text of a value, or for all it holds, read with others."""
    is_apart = value.node is value.fragment.node
    text = value.fragment.source.text if is_apart else repr(value.python)
    return blake2b(text.rstrip().encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _urls(value: Value, places: Iterable[Sequence[str]]) -> list[str]:
    """Return the texts at those of `places`, each a few keys, that lead to one."""
    fields = (_node_at(value.node, keys) for keys in places)
    return [text for field in fields if field and (text := _typed(field.to_python(), str))]


def _typed(value: Any, kind: type[T]) -> T | None:
    """Return `value` where it is a `kind`; a boolean is no number."""
    if isinstance(value, bool) and kind is not bool:
        return None
    return value if isinstance(value, kind) else None


def _image_urls(images: Any) -> tuple[str, ...] | None:
    """Return the URLs of a list of images; None where there is no such list."""
    if not isinstance(images, list):
        return None
    urls = (image.get("url") for image in images if isinstance(image, dict))
    return tuple(url for url in urls if isinstance(url, str) and url.strip())
