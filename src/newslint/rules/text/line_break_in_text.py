"""The rule `line-break-in-text`."""

import re
from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Mention,
    MentionRule,
    Severity,
    replace_value,
)

_FIELDS = {"title": "headline", "excerpt": "excerpt"}
_LINE_END = re.compile(r"[\r\n]")
"""The rule `invisible-character` reports other separators, `control-character` form feeds."""


class LineBreakInText(MentionRule):
    """A headline or an excerpt contains a line break.

    The line end of a block scalar, and lines that YAML folds into one, are no line breaks.

    Why: lists of articles, feeds and search results show it as one line, or cut it at the break.
    """

    id = "line-break-in-text"
    severity = Severity.INFO
    examples = (
        Bad(
            'excerpt: "The framework moves.\\nIt has a home."',
            fixed='excerpt: "The framework moves. It has a home."',
        ),
        Good("excerpt: |\n  The framework moves. It has a home."),
        Good("excerpt: The framework moves.\n  It has a home."),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Check the headline and the excerpt."""
        description = mention.description
        for name, noun in _FIELDS.items():
            text = (description.title if name == "title" else description.excerpt) or ""
            if "\n" not in text and "\r" not in text:
                continue
            lines = [line.strip() for line in _LINE_END.split(text) if line.strip()]
            if len(lines) < 2:  # noqa: PLR2004 # a line and no break
                continue
            target = mention.target(name)
            message = f"the {noun} has {len(lines)} lines"
            fix = replace_value(target, " ".join(lines), "Join the lines")
            yield self.flag(target, message, cause=text, fix=fix)
