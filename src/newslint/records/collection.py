"""Collections: files that share a schema and a map of the roles that their fields play.

Rules refer to a field by its name in the schema `news`. A `FieldMap` translates that name to the
field of another collection that plays the same role, so that one rule works for all of them.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple

from newslint.records.schema import Schema, news_schema
from newslint.syntax import Value
from newslint.syntax.tree import Scalar, dereference
from newslint.text.pointer import join_pointer, split_pointer

ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("title",),
        "excerpt": ("excerpt",),
        "date": ("publishedDateTime",),
        "updated": ("updatedDateTime",),
        "url": ("webUrl", "originalUrl"),
        "amp-url": ("ampWebUrl", "cdnAmpWebUrl"),
        "quality": ("quality",),
        "published": ("published",),
        "draft": ("draft",),
        "provider-name": ("provider/name",),
        "provider-domain": ("provider/domain",),
        "provider-images": ("provider/images",),
        "images": ("images",),
        "related": ("related",),
        "html": ("featuredContent", "banner", "tagline"),
        "terms": (
            *("tags", "topics", "categories", "authors", "taxonomies/tags"),
            *("tag", "topic", "category", "author"),
        ),
        "permalink": ("permalink", "url"),
        "slug": ("slug",),
        "aliases": ("aliases", "redirect_from"),
        "language": ("lang", "language", "locale"),
        "image-url": ("url",),
        "image-width": ("width",),
        "image-height": ("height",),
        "image-cached": ("isCached",),
    }
)
"""The fields of the schema `news` by the role that they play. Those of `image-…` are fields of an
image in a list."""

_IMAGE = "image-"


class FieldMap:
    """The fields of a record by the roles that they play.

    Args:
        roles: The fields that play a role, as names or, inside another field, as `provider/name`.
            The first one that a record has is used. The fields of `news` play the roles left out.
    """

    def __init__(self, roles: Mapping[str, tuple[str, ...]] = ROLES) -> None:
        self.roles: dict[str, tuple[str, ...]] = {**ROLES, **roles}
        self._pointers = {
            role: tuple(f"/{field}" for field in fields) for role, fields in self.roles.items()
        }
        self._candidates = {name: _with_keys(fields) for name, fields in self._news_fields()}
        for role in ROLES.keys() - self._candidates.keys():
            if not role.startswith(_IMAGE):
                self._candidates[role] = _with_keys((*self.pointers(role), f"/{role}"))
        self._keys = {role: tuple(map(split_pointer, self.pointers(role))) for role in self.roles}

    def _news_fields(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Yield each field of `news` with the pointers of the fields that play its role."""
        for role, names in ROLES.items():
            if role.startswith(_IMAGE):
                continue
            pointers = self.pointers(role)
            if len(names) == 1:
                yield names[0], pointers
            else:  # several fields of `news` play the role: each is replaced by its counterpart
                for index, name in enumerate(names):
                    yield name, pointers[index : index + 1]

    def image_field(self, image: Value, role: str) -> Value | None:
        """Find the value of the first field of an image that plays `role`; None if missing.

        An image may be a text, which is its URL.
        """
        node = dereference(image.node)
        if role == "image-url" and isinstance(node, Scalar) and isinstance(node.value, str):
            return image
        for pointer in self._pointers[role]:
            value = image.find(pointer)
            if value is not None:
                return value
        return None

    def candidates(self, name: str) -> tuple[tuple[str, list[str]], ...]:
        """List pointer and keys of each field that may be meant by a name, best first.

        Args:
            name: A field of `news`, a role, or another field.
        """
        found = self._candidates.get(name)
        return _with_keys((f"/{name}",)) if found is None else found

    def pointers(self, role: str) -> tuple[str, ...]:
        """List the pointers of the fields that play `role`."""
        return self._pointers[role]

    def keys(self, role: str) -> tuple[list[str], ...]:
        """List the keys that lead to each of the fields that play `role`."""
        return self._keys[role]

    @cached_property
    def related(self) -> str | None:
        """Name of the field that lists copies of other articles; None if there is none."""
        return next(iter(self.roles["related"]), None)

    @cached_property
    def url_fields(self) -> frozenset[str]:
        """Names of the fields that contain URLs."""
        fields = (*self.roles["url"], *self.roles["amp-url"], *self.roles["image-url"])
        return frozenset(field.rsplit("/", 1)[-1] for field in fields)

    @cached_property
    def image_fields(self) -> frozenset[str]:
        """Names of the fields that contain images, which may be addresses as texts."""
        fields = (*self.roles["images"], *self.roles["provider-images"])
        return frozenset(field.rsplit("/", 1)[-1] for field in fields)

    @cached_property
    def html_fields(self) -> frozenset[str]:
        """Names of the fields that contain HTML by design."""
        return frozenset(field.rsplit("/", 1)[-1] for field in self.roles["html"])


def _with_keys(pointers: Iterable[str]) -> tuple[tuple[str, list[str]], ...]:
    """Pair each pointer with its keys."""
    return tuple((join_pointer("", *keys), keys) for keys in map(split_pointer, pointers))


FIELDS_OF_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {role: fields for role, fields in ROLES.items() if not role.startswith(_IMAGE)}
)
"""The roles of fields of a description, which also name its targets."""

NEWS_FIELDS = FieldMap()
"""The field map of the built-in schema `news`."""


class Collection(NamedTuple):
    """Files that share a schema and a field map.

    Attributes:
        name: Its name in messages and commands.
        schema: The schema of its records; None if any fields are allowed.
        field_map: The roles of their fields.
    """

    name: str
    schema: Schema | None
    field_map: FieldMap = NEWS_FIELDS

    @property
    def digest(self) -> bytes:
        """Digest of schema and field map."""
        return _collection_digest(
            self.name, repr(self.schema and self.schema.cache_key), self.field_map
        )


@lru_cache(maxsize=256)
def _collection_digest(name: str, schema: str, field_map: FieldMap) -> bytes:
    """Compute the digest of a collection."""
    text = "\0".join((name, schema, repr(field_map.roles)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


NEWS = Collection("news", news_schema())
"""The built-in collection, to which all files belong unless settings assign them to another."""
