"""Mentions: what a record says of its own article, and of each article that it embeds."""

import datetime
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

from newslint.records.collection import NEWS, Collection
from newslint.records.schema import SchemaProblem
from newslint.records.schema.news import read_instant
from newslint.records.shape import NEWS as NEWS_SHAPE
from newslint.records.shape import Shape
from newslint.records.urls import canonical_url
from newslint.source import Location, Value
from newslint.source.removal import Removal, are_lines, entry_removals, lines_of
from newslint.source.tree import Mapping, Scalar, Sequence, real

T = TypeVar("T")

SECURED = "secured"
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
    """

    location: Location
    value: str
    style: str = ""


class Facts:
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
        copies: Canonical forms of the URLs of its AMP pages.
        quality: Its score.
        published: Whether the site shows it; None too for entries, which do not say.
        provider_name: Who published it.
        provider_domain: Where.
        images: URLs of its pictures; None where there is no list of them.
        shape: Which fields it was read from.
        written: Stands for all that an entry holds: what is equal has equal ones.
        targets: By the name that `news` gives a field: where the values above stand.
    """

    __slots__ = (
        "copies",
        "excerpt",
        "images",
        "is_mapping",
        "is_record",
        "lines",
        "provider_domain",
        "provider_name",
        "published",
        "published_at",
        "quality",
        "shape",
        "targets",
        "title",
        "url",
        "urls",
        "written",
    )

    def __init__(self, value: Value, *, is_record: bool, shape: Shape = NEWS_SHAPE) -> None:
        self.is_record = is_record
        self.shape = shape
        is_apart = not is_record and value.node is value.fragment.node
        self.lines = lines_of(value) if is_apart else None
        self.written = b"" if is_record else _digest(value)
        self.is_mapping = isinstance(real(value.node), Mapping)
        self.targets = {"": Target(Location("", "", value.span), "")}
        found = {name: self._located(value, name) for name in _LOCATED}
        self.title = _typed(found["title"], str)
        self.excerpt = _typed(found["excerpt"], str)
        self.published_at: datetime.datetime | None = read_instant(found["publishedDateTime"])
        self.quality = _typed(found["quality"], int)
        self.published = _typed(found["published"], bool)
        self.provider_name = _typed(found["provider/name"], str)
        self.provider_domain = _typed(found["provider/domain"], str)
        self.images = _image_urls(found["images"])
        written = _urls(value, shape.pointers("url"))
        self.url = written[0] if written else None
        self.urls = tuple(dict.fromkeys(map(canonical_url, written)))
        copies = map(canonical_url, _urls(value, shape.pointers("amp-url")))
        self.copies = tuple(dict.fromkeys(copies))

    def _located(self, value: Value, name: str) -> Any:
        """Note where the field that `news` calls `name` stands, and return its plain value."""
        found = _first(value, self.shape, name)
        if found is None:
            return None
        self.targets[name] = target_of(found)
        return found.python

    @property
    def article(self) -> str:
        """The canonical URL that names the article; empty where it has none."""
        return self.urls[0] if self.urls else ""


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
        target = self.facts.targets.get(name)
        if target is None:
            found = self.find(name)
            target = self.facts.targets[""] if found is None else target_of(found)
        return self._placed(target)

    def at_pointer(self, pointer: str) -> Target:
        """Return what to point at for the value at `pointer`, or the whole where there is none."""
        found = self.value.find(pointer) if self.value is not None else None
        return self._placed(self.facts.targets[""] if found is None else target_of(found))

    def find(self, name: str) -> Value | None:
        """Return the value of the field that `news` calls `name`; None in a group, too."""
        return None if self.value is None else _first(self.value, self.facts.shape, name)

    def _placed(self, target: Target) -> Target:
        """Return `target` as seen from the file."""
        location = target.location.placed(self.path, self.prefix, self.line)
        return Target(location, target.value, target.style)


def _first(value: Value, shape: Shape, name: str) -> Value | None:
    """Return the first value that plays the part of the field `name` of `news`."""
    for keys in shape.places(name):
        found: Value | None = value
        for key in keys:
            found = found.get(key) if found is not None else None
        if found is not None:
            return found
    return None


def target_of(value: Value) -> Target:
    """Return what to point at for `value`, counted from where its pointer does.

    An alias is a plain scalar with the value of what it stands for.
    """
    location = Location("", value.pointer, value.span)
    scalar = real(value.node)
    if not isinstance(scalar, Scalar):
        return Target(location, "")
    written = value.fragment.source.text[scalar.start : scalar.end]
    text = scalar.value if isinstance(scalar.value, str) else written
    return Target(location, text, scalar.style if scalar is value.node else "")


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


def related_entries(root: Value, shape: Shape = NEWS_SHAPE) -> Iterator[Value]:
    """Yield the entries of `related` in the front matter `root`, whatever they are."""
    related = None if shape.related is None else root.get(shape.related)
    if related is not None and isinstance(real(related.node), Sequence):
        for _, entry in related.items():  # noqa: PERF102 # no dictionary: it has no values()
            yield entry


def odd_removals(root: Value, shape: Shape = NEWS_SHAPE) -> dict[int, Removal] | None:
    """Return how to take out the entries of `related`, by index; None where their lines tell."""
    related = None if shape.related is None else root.get(shape.related)
    if shape.related is None or related is None or are_lines(related):
        return None
    return entry_removals(root, shape.related)


def _digest(value: Value) -> bytes:
    """Return what stands for the source text of a value, or for all it holds, read with others."""
    is_apart = value.node is value.fragment.node
    text = value.fragment.source.text if is_apart else repr(value.python)
    return blake2b(text.rstrip().encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _urls(value: Value, pointers: tuple[str, ...]) -> list[str]:
    """Return the texts at those of `pointers` that lead to one."""
    fields = filter(None, map(value.find, pointers))
    return [text for field in fields if (text := _typed(field.python, str))]


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
