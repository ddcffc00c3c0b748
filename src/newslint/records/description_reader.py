"""Reading the description of an article from its values in front matter."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

from newslint.records.collection import NEWS, Collection, FieldMap
from newslint.records.description import (
    DIGEST_SIZE,
    Description,
    LocatedField,
    Picture,
    locate_target,
)
from newslint.records.schema.news import parse_datetime
from newslint.records.target import target_of
from newslint.records.terms import LISTED_ROLES, find_texts
from newslint.records.urls import canonical_url, pointer_url
from newslint.syntax import Value
from newslint.syntax.fragment import PlacedFragment
from newslint.syntax.removal import entry_lines
from newslint.syntax.style import is_multiline
from newslint.syntax.tree import Mapping, Node, Scalar, dereference, find_node
from newslint.syntax.tree import Sequence as ListNode
from newslint.text.pointer import escape_key, join_pointer

T = TypeVar("T")

_SCALARS = (
    "title",
    "excerpt",
    "publishedDateTime",
    "webUrl",
    "originalUrl",
    "ampWebUrl",
    "cdnAmpWebUrl",
    "quality",
    "published",
    "draft",
    "provider/name",
    "provider/domain",
)
LOCATED = ("", *_SCALARS, "images")
"""The fields of `news` that each description locates, and the description itself."""


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
        self._root = root = dereference(value.node)
        self._is_mapping = isinstance(root, Mapping)
        self._source = value.fragment.source.with_line_starts()
        self._shared = value.fragment.aliased or ()
        (line, column), (end_line, end_column) = value.span
        self.fields = {"": LocatedField("", line, column, end_line, end_column)}

    def description(self, digest: bytes, *, is_record: bool) -> Description:
        """Create the description."""
        value, field_map = self._value, self._field_map
        found = {name: _plain(self._read(name)) for name in _SCALARS}
        images = self._read("images")
        if is_record:
            for role in LISTED_ROLES:
                for number, text in enumerate(find_texts(self._root, field_map, role)):
                    self.fields[f"{role}/{number}"] = self._locate(*text)
        title = _typed(found["title"], str)
        date = parse_datetime(found["publishedDateTime"])
        written = list(self._texts_at(field_map.keys("url")))
        amp_urls = map(canonical_url, self._texts_at(field_map.keys("amp-url")))
        is_apart = not is_record and value.node is value.fragment.node
        return Description(
            digest=digest,
            is_record=is_record,
            is_mapping=self._is_mapping,
            content=b"" if is_record else _content_digest(value),
            lines=entry_lines(value) if is_apart else None,
            title=title,
            excerpt=_typed(found["excerpt"], str),
            quality=_typed(found["quality"], int),
            published=_typed(found["published"], bool),
            draft=_typed(found["draft"], bool),
            provider_name=_typed(found["provider/name"], str),
            provider_domain=_typed(found["provider/domain"], str),
            images=_image_urls(images, field_map.keys("image-url")),
            url=written[0] if written else None,
            urls=tuple(dict.fromkeys(map(canonical_url, written))),
            amp_urls=tuple(dict.fromkeys(amp_urls)),
            pointer_key=escape_key(pointer_url(written[0]) if written else title or ""),
            date=None if date is None else date.isoformat(),
            fields=self.fields,
            pictures=tuple(self._pictures("images", "provider/images")),
        )

    def _pictures(self, *names: str) -> Iterator[Picture]:
        """Yield the images with a URL in lists of images, given by their names in `news`."""
        for name in names:
            candidates = self._field_map.candidates(name)
            found = ((pointer, find_node(self._root, keys)) for pointer, keys in candidates)
            pointer, listed = next((each for each in found if each[1] is not None), ("", None))
            own = None if listed is None else dereference(listed)
            if isinstance(own, ListNode):
                items = [(f"{pointer}/{at}", item) for at, item in enumerate(own.items)]
            else:
                items = [(pointer, own)] if isinstance(own, Scalar) else []
            pictures = (self._picture(*each, is_apart=own is not listed) for each in items)
            yield from (each for each in pictures if each is not None)

    def _picture(self, pointer: str, item: Node, *, is_apart: bool) -> Picture | None:
        """Read one image of a list; None if it has no URL.

        Args:
            pointer: Its pointer, relative to the description.
            item: The image.
            is_apart: Whether an alias refers to the list or text, so that its place is another one.
        """
        is_apart = is_apart or isinstance(item, PlacedFragment)
        image = item.fragment.node if isinstance(item, PlacedFragment) else item
        is_text = isinstance(dereference(image), Scalar)
        places = ([],) if is_text else self._field_map.keys("image-url")
        found = ((keys, find_node(image, keys)) for keys in places)
        keys, node = next((each for each in found if each[1] is not None), ([], None))
        scalar = None if node is None else dereference(node)
        if node is None or not isinstance(scalar, Scalar) or not isinstance(scalar.value, str):
            return None
        at = join_pointer(pointer, *keys)
        if is_apart or dereference(image) is not image:
            value = self._value.find(at)
            field = (
                LocatedField(at, 1, 1, 1, 1) if value is None else locate_target(target_of(value))
            )
        else:
            field = self._locate(at, node, scalar)
        sides = (self._field_map.keys(f"image-{side}") for side in ("width", "height"))
        width, height = (_typed(_first(image, each), int) for each in sides)
        return Picture(field, width, height)

    def _read(self, name: str) -> Node | None:
        """Find and locate the field that `news` calls `name`."""
        for pointer, keys in self._field_map.candidates(name):
            node = find_node(self._root, keys)
            if node is None:
                if not _may_be_in_list(keys) or (found := self._value.find(pointer)) is None:
                    continue
                self.fields[name] = locate_target(target_of(found))
                return dereference(found.node)
            scalar = dereference(node)
            if isinstance(scalar, Scalar):
                self.fields[name] = self._locate(pointer, node, scalar)
            else:
                found = Value(self._value.fragment, node, pointer, self._value.line)
                self.fields[name] = locate_target(target_of(found))
            return scalar
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
        line, column, end_line, end_column = source.coordinates(start, end)
        block = source.text[start:end] if style and is_multiline(style) else ""
        is_shared = start in self._shared
        return LocatedField(
            pointer, line, column, end_line, end_column, text, style, block, is_shared
        )

    def _texts_at(self, places: Iterable[Sequence[str]]) -> Iterator[str]:
        """Yield the texts at `places`, each a path of keys, that are not empty."""
        for keys in places:
            text = _plain(find_node(self._root, keys))
            if text and isinstance(text, str):
                yield text


def find_field(value: Value, field_map: FieldMap, name: str) -> Value | None:
    """Find the first value that plays the part of the field `name` of `news`."""
    for pointer, keys in field_map.candidates(name):
        node = find_node(value.node, keys)
        if node is not None:
            return Value(value.fragment, node, value.pointer + pointer, value.line)
        if _may_be_in_list(keys) and (found := value.find(pointer)) is not None:
            return found
    return None


def _may_be_in_list(keys: Sequence[str]) -> bool:
    """Check if one of the keys but the first may be an index, which `find_node` does not follow."""
    return len(keys) > 1 and any(map(str.isdecimal, keys))


def _content_digest(value: Value) -> bytes:
    """Compute the digest of the values of an entry, by its own text if it has one."""
    is_apart = value.node is value.fragment.node
    text = value.fragment.source.text if is_apart else repr(value.python)
    return blake2b(text.rstrip().encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _plain(node: Node | None) -> Any:
    """Get the value of a scalar, or of an alias of one; None for other nodes."""
    if node is None:
        return None
    scalar = dereference(node)
    return scalar.value if isinstance(scalar, Scalar) else None


def _first(node: Node, places: Iterable[Sequence[str]]) -> Any:
    """Get the value of the first scalar at `places`; None if there is none."""
    found = (find_node(node, keys) for keys in places)
    return next((_plain(each) for each in found if each is not None), None)


def _typed(value: Any, kind: type[T]) -> T | None:
    """Return `value` if it is a `kind`, else None; a boolean is no number."""
    if isinstance(value, bool) and kind is not bool:
        return None
    return value if isinstance(value, kind) else None


def _image_urls(images: Node | None, places: Iterable[Sequence[str]]) -> tuple[str, ...] | None:
    """List the URLs of images, each a text or at `places`; None for neither a list nor a text.

    A text such as `none`, which is no address, is no statement about images either.
    """
    if isinstance(images, Scalar) and isinstance(images.value, str):
        if not images.value.strip():
            return ()
        return (images.value,) if _is_address(images.value) else None
    if not isinstance(images, ListNode):
        return None
    items = (
        each.fragment.node if isinstance(each, PlacedFragment) else each for each in images.items
    )
    places = tuple(places)
    urls = (url for item in items for url in _urls_of(item, places))
    return tuple(url for url in urls if isinstance(url, str) and url.strip())


def _urls_of(image: Node, places: Iterable[Sequence[str]]) -> Iterator[Any]:
    """Yield the URLs of an image: the values at `places`, or the image if that is an address."""
    text = _plain(image)
    if isinstance(text, str) and _is_address(text):
        yield text
    yield from (_plain(find_node(image, keys)) for keys in places)


def _is_address(text: str) -> bool:
    """Check if a text may be a URL or the path of a file."""
    return "/" in text or "." in text
