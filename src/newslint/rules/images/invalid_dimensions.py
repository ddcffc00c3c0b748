"""The rule `invalid-dimensions`."""

from collections.abc import Iterator
from typing import Any

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


class InvalidDimensions(MentionRule):
    """The width or height of an image is not that of a picture.

    It is zero, negative or far too large, or the image is a 1×1 tracking pixel.

    Why: pages jump while they load, or reserve no space for the picture.
    """

    id = "invalid-dimensions"
    severity = Severity.WARNING
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
            if images is None or self._are_valid(images.python):
                continue
            for _, image in images.items():  # noqa: PERF102 # no dictionary: it has no values()
                yield from self._check_image(image)

    def _are_valid(self, images: Any) -> bool:
        """Check whether all images have valid sizes, which is the most common case."""
        return isinstance(images, list) and all(
            isinstance(image, dict)
            and type(width := image.get("width")) is int
            and type(height := image.get("height")) is int
            and 1 < width <= self.largest
            and 1 < height <= self.largest
            for image in images
        )

    def _check_image(self, image: Value) -> Iterator[Diagnostic]:
        """Check one image."""
        sides = {name: image.get(name) for name in ("width", "height")}
        pixels = {name: _number(side) for name, side in sides.items()}
        url = image.get("url")
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
