"""The rule `lost-link-text`."""

from collections.abc import Iterator

from newslint.records.text_damage import find_link_gaps
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Severity,
    Text,
    TextRule,
    quote_value,
)

_CONTEXT = 20


class LostLinkText(TextRule):
    """A text has a gap from which a link was removed.

    Empty parentheses, `( today`, `by , and`, and two spaces between words such as `at` and `or` are
    such gaps. Parentheses of a function, `Launch()`, are not.

    Off by default: the sample that it was measured on is too small.

    Why: the sentence cannot be understood without the text of the link.
    """

    id = "lost-link-text"
    characters = "( "
    severity = Severity.WARNING
    on_urls = False
    default = False
    examples = (
        Bad("excerpt: Read the docs at  or ask the team."),
        Bad("excerpt: Inspired by , and , my first attempt."),
        Good("excerpt: Use the function Launch() and the docs at example.org or ask the team."),
    )

    def concerns(self, text: str) -> bool:
        """Search for the characters around a gap."""
        return "(" in text or "  " in text or " ," in text

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all gaps in `text`."""
        if text.is_url or text.is_html:
            return
        gaps = find_link_gaps(text.value)
        if gaps:
            start, end = gaps[0].start, gaps[0].end
            context = text.value[max(0, start - _CONTEXT) : end + _CONTEXT].strip()
            more = f" and {len(gaps) - 1} more in this text" if len(gaps) > 1 else ""
            yield self.flag_damage(text, gaps, f"lost text of a link: {quote_value(context)}{more}")
