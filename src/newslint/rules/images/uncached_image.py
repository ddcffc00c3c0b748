"""The rule `uncached-image`."""

from collections.abc import Iterator
from itertools import islice

from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity, target_of


class UncachedImage(MentionRule):
    """The site keeps no copy of the first image: `isCached` is not true.

    Only the first image is checked, because lists of articles show no other.

    Why: the picture disappears when the other site moves it, and that site can track readers.
    """

    id = "uncached-image"
    severity = Severity.INFO
    roles = ("images",)
    reads = "images"
    examples = (
        Bad("images: [{url: https://example.org/a.jpg, isCached: false}]"),
        Bad("images: [{url: https://example.org/a.jpg}]"),
        Good("images: [{url: https://example.org/a.jpg, isCached: true}]"),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield a diagnostic if the first image is not cached."""
        images = mention.find("images")
        for _, image in islice(images.items() if images is not None else (), 1):
            cached = mention.field_map.image_field(image, "image-cached")
            if cached is not None and cached.python is not False:
                continue
            url = mention.field_map.image_field(image, "image-url")
            if url is None:
                continue
            target = target_of(image if cached is None else cached)
            yield self.flag(target, "the image is not cached", cause=str(url.python))
