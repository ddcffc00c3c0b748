"""The rule `html-entity`."""

from collections.abc import Iterator

from newslint.records.text_damage import find_entities
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Severity,
    Text,
    TextRule,
    summarise_damage,
)
from newslint.rules.fixes import decode_damage


class HtmlEntity(TextRule):
    """Plain text or a URL contains an HTML character reference.

    Fields that contain HTML by design (`featuredContent`) and names without a semicolon
    (`?a=1&copy=2`) are not reported. The fix replaces a no-break space by a space.

    A `&lt;` that would start a tag has no fix, because it would become markup.

    Why: templates escape text again, so readers see `&#8217;` instead of an apostrophe.
    """

    id = "html-entity"
    characters = "&"
    severity = Severity.WARNING
    examples = (
        Bad('title: "Microsoft&#8217;s cloud"', fixed='title: "Microsoft’s cloud"'),
        Bad("webUrl: https://a.example/?p=1&#038;q=2", fixed="webUrl: https://a.example/?p=1&q=2"),
        Good("title: AT&T; and R&D &c."),
        Good('featuredContent: "<p>Tom &amp; Jerry</p>"'),
    )

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all references in `text`."""
        if "&" not in text.value or text.is_html:
            return
        found = find_entities(text.value)
        if found:
            fix = decode_damage(text, found, "Decode the entities")
            message = f"HTML entity in plain text: {summarise_damage(found, 'is')}"
            yield self.flag_damage(text, found, message, fix)
