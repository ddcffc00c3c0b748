"""Which field of a record plays which part: what lets rules read records of any kind.

Rules call fields by the names that they have in the schema `news`. A collection whose records call
them otherwise says so, and its mentions are read by those names.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from newslint.records.schema import Schema, news_schema
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
        "provider-name": ("provider/name",),
        "provider-domain": ("provider/domain",),
        "images": ("images",),
        "related": ("related",),
        "html": ("featuredContent",),
    }
)
"""The parts that fields play, and what the schema `news` calls those fields."""

_URL = "url"


class FieldMap:
    """Which fields of a record play which part.

    Args:
        roles: By role: the fields, as names or, inside another field, as `provider/name`. The first
            that a record has counts. Roles left out are played by the fields of `news`.
    """

    def __init__(self, roles: Mapping[str, tuple[str, ...]] = ROLES) -> None:
        self.roles: dict[str, tuple[str, ...]] = {**ROLES, **roles}
        pointers = dict(self._named())
        self._places = {name: _with_keys(places) for name, places in pointers.items()}
        self._keys = {role: tuple(map(split_pointer, self.pointers(role))) for role in self.roles}

    def _named(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Yield what `news` calls a field, and the pointers of those that play its part here."""
        for role, names in ROLES.items():
            pointers = self.pointers(role)
            if len(names) == 1:
                yield names[0], pointers
            else:  # the fields of `news` play the part together, each its own
                for index, name in enumerate(names):
                    yield name, pointers[index : index + 1]

    def candidates(self, name: str) -> tuple[tuple[str, list[str]], ...]:
        """Return pointer and keys of what may hold the field `name` of `news`, best first."""
        found = self._places.get(name)
        return _with_keys((f"/{name}",)) if found is None else found

    def pointers(self, role: str) -> tuple[str, ...]:
        """Return the pointers of the fields that play `role`."""
        return tuple(f"/{field}" for field in self.roles[role])

    def keys(self, role: str) -> tuple[list[str], ...]:
        """Return the keys that lead to each of the fields that play `role`."""
        return self._keys[role]

    @cached_property
    def related(self) -> str | None:
        """Name of the field that holds copies of other articles; None where there is none."""
        return next(iter(self.roles["related"]), None)

    @cached_property
    def url_fields(self) -> frozenset[str]:
        """Names of the fields that hold URLs."""
        fields = (*self.roles["url"], *self.roles["amp-url"], _URL)
        return frozenset(field.rsplit("/", 1)[-1] for field in fields)

    @cached_property
    def html_fields(self) -> frozenset[str]:
        """Names of the fields that hold HTML by design."""
        return frozenset(field.rsplit("/", 1)[-1] for field in self.roles["html"])


def _with_keys(pointers: Iterable[str]) -> tuple[tuple[str, list[str]], ...]:
    """Return each of `pointers` with its keys."""
    return tuple((join_pointer("", *keys), keys) for keys in map(split_pointer, pointers))


NEWS_FIELDS = FieldMap()
"""The field map of news records."""


class Collection(NamedTuple):
    """Files that share one schema.

    Attributes:
        name: What messages and commands call it.
        schema: What its records must look like; None where anything goes.
        field_map: Which of their fields play which part.
    """

    name: str
    schema: Schema | None
    field_map: FieldMap = NEWS_FIELDS


NEWS = Collection("news", news_schema())
"""The built-in collection, which all files belong to where settings name no other."""
