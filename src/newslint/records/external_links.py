"""The addresses of other sites in a description: links and images, with their places."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from newslint.records.description import Description, LocatedField
from newslint.records.links import IMAGE, kind_of_ending
from newslint.records.text_comparison import undo_damage
from newslint.records.urls import canonical_url
from newslint.records.valid_urls import is_url
from newslint.text.lazy_pattern import lazy_pattern

LINK_FIELDS = ("webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl")
_FRAGMENT = lazy_pattern(r"#(?![/!]).*\Z", re.DOTALL)


class ExternalLink(NamedTuple):
    """An address in a description.

    Attributes:
        address: The canonical address, which identifies it.
        url: The address to ask: as written, without fragment and text damage.
        field: The place of the address.
        is_image: Whether it is shown as an image.
        width: The declared width of the image.
        height: The declared height of the image.
    """

    address: str
    url: str
    field: LocatedField
    is_image: bool = False
    width: int | None = None
    height: int | None = None


def external_links(description: Description) -> Iterator[ExternalLink]:
    """Yield the addresses in a description that are valid http(s) URLs."""
    for name in LINK_FIELDS:
        field = description.fields.get(name)
        if field is not None:
            yield from _create(field, is_image=False)
    for picture in description.pictures:
        yield from _create(picture.field, is_image=True, width=picture.width, height=picture.height)
    for field in description.links:
        yield from _create(field, is_image=_has_image_ending(field.text))


def _create(
    field: LocatedField, *, is_image: bool, width: int | None = None, height: int | None = None
) -> Iterator[ExternalLink]:
    """Yield the link in a field, if that contains a valid URL."""
    url = undo_damage(field.text).strip()
    if is_url(url):
        asked = _FRAGMENT.sub("", url)
        yield ExternalLink(canonical_url(url), asked, field, is_image, width, height)


def _has_image_ending(url: str) -> bool:
    """Check if the path of a URL ends like the name of an image."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return kind_of_ending(PurePosixPath(path).suffix) == IMAGE
