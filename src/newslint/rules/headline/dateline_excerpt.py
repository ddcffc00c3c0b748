"""The rule `dateline-excerpt`."""

import re
from collections.abc import Iterator

from newslint.records.text_comparison import normalise_text
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Field,
    Good,
    Mention,
    MentionRule,
    Severity,
    part_of_target,
    quote_value,
)
from newslint.text.lazy_pattern import lazy_pattern

_AGENCY = lazy_pattern(
    r"/ ?(?:PR ?Newswire|CNW|ACCESSWIRE|PRWEB|EINPresswire)\b[^/]{0,40}/"
    r"|\((?:GLOBE ?NEWSWIRE|BUSINESS ?WIRE|Marketwired|Reuters|AP|AFP|dpa|Bloomberg)\b"
    r"[^)]{0,40}\)(?= ?[-–—])",
    re.IGNORECASE,
)


class DatelineExcerpt(MentionRule):
    """The excerpt begins with the dateline of a news agency.

    Off by default: many archives keep datelines on purpose.

    Why: readers see `DUBLIN, Sept. 12, 2022 /PRNewswire/ --` in place of the news.
    """

    id = "dateline-excerpt"
    severity = Severity.INFO
    reads = "excerpt"
    default = False
    roles = ("excerpt",)
    examples = (
        Bad("excerpt: DUBLIN, Sept. 12, 2022 /PRNewswire/ -- The market report is here."),
        Bad("excerpt: ROME--(BUSINESS WIRE)--The framework has a home."),
        Good("excerpt: The agency PRNewswire reports that the framework has a home."),
    )

    longest: int = Field(120, description="Maximum length of a dateline, in characters.", gt=0)

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Search for the name of an agency near the start of the excerpt."""
        excerpt = mention.description.excerpt or ""
        found = _AGENCY.search(normalise_text(excerpt)[: self.longest])
        if found:
            shown = quote_value(normalise_text(excerpt)[: found.end()])
            target = part_of_target(mention.target("excerpt"), 0, found.end())
            message = f"the excerpt begins with a dateline: {shown}"
            yield self.flag(target, message, cause=mention.description.article)
