"""The rule `invalid-dimensions`."""

from collections.abc import Iterator
from typing import Any

from newslint.records import FieldMap
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Field,
    Good,
    Mention,
    MentionRule,
    Severity,
    target_of,
)
from newslint.syntax import Value

_LISTS = ("images", "provider/images")
_SIDES = ("width", "height")


class InvalidDimensions(MentionRule):
    """The width or height of an image is implausible.

    It is zero, negative or far too large, or the image is a 1×1 tracking pixel.

    Why: pages jump while they load, or reserve no space for the picture.
    """

    id = "invalid-dimensions"
    severity = Severity.WARNING
    reads = "images"
    examples = (
        Bad("images: [{url: https://example.org/a.jpg, width: 0, height: 246}]"),
        Bad("images: [{url: https://example.org/a.gif, width: 1, height: 1}]"),
        Good("images: [{url: https://example.org/a.jpg, width: 628, height: 246}]"),
    )

    largest: int = Field(30_000, description="Maximum width or height, in pixels.", gt=0)

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Check the images of the article and of its provider."""
        for name in _LISTS:
            images = mention.find(name)
            if images is None or self._are_valid(images.python, mention.field_map):
                continue
            for _, image in images.items():  # noqa: PERF102 # no dictionary: it has no values()
                yield from self._check_image(image, mention.field_map)

    def _are_valid(self, images: Any, field_map: FieldMap) -> bool:
        """Check whether all images have valid sizes, which is the most common case."""
        across, down = (next(iter(field_map.roles[f"image-{side}"]), "") for side in _SIDES)
        return isinstance(images, list) and all(
            isinstance(image, dict)
            and type(width := image.get(across)) is int
            and type(height := image.get(down)) is int
            and 1 < width <= self.largest
            and 1 < height <= self.largest
            for image in images
        )

    def _check_image(self, image: Value, field_map: FieldMap) -> Iterator[Diagnostic]:
        """Check one image."""
        sides = {name: field_map.image_field(image, f"image-{name}") for name in _SIDES}
        pixels = {name: _number(side) for name, side in sides.items()}
        url = field_map.image_field(image, "image-url")
        cause = str(url.python) if url is not None else ""
        if pixels == {"width": 1, "height": 1}:
            yield self.flag(target_of(image), "a 1×1 image is a tracking pixel", cause=cause)
            return
        for name, side in sides.items():
            number = pixels[name]
            if side is not None and number is not None and not 0 < number <= self.largest:
                message = f"the image's {name} is {number} pixels"
                yield self.flag(target_of(side), message, cause=cause)


def _number(side: Value | None) -> int | None:
    """Get a width or height; None if it is not an integer, which `wrong-type` reports."""
    number = side.python if side is not None else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None
