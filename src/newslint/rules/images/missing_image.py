"""The rule `missing-image`."""

from collections.abc import Iterator

from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity


class MissingImage(MentionRule):
    """A record or a related entry has no usable image.

    `images` is absent, empty, or contains no URL or path: neither as texts nor as `url`. All
    descriptions of one article without an image have the same cause.

    Why: lists of articles show a gap or a generic picture.
    """

    id = "missing-image"
    severity = Severity.WARNING
    roles = ("images",)
    examples = (
        Bad("title: PyTorch moves"),
        Bad("title: PyTorch moves\nimages: []"),
        Good("title: PyTorch moves\nimages: [{url: https://example.org/a.jpg}]"),
        Good("title: PyTorch moves\nimages: /a.jpg"),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Check for a URL in `images`, if the collection has images."""
        description = mention.description
        if not mention.field_map.pointers("images"):  # the collection has no images
            return
        if description.images or not any(
            map(description.has_field, ("title", "webUrl", "originalUrl"))
        ):
            return
        if description.has_field("images") and description.images is None:
            return
        at = mention.target("images" if description.has_field("images") else "")
        yield self.flag(at, "no image", cause=description.article)
