"""The rule `truncated-excerpt`."""

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
    quote_value,
)

_SENTENCE_END = re.compile(r"[a-z)\d”\"’'][.!?]['\"”’)]*\s+['\"“‘(]*[A-Z]")
_OPEN_END = re.compile(r"[,;:(–—&/-]\Z")
_NEVER_LAST = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "its",
        "of",
        "on",
        "or",
        "our",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "were",
        "which",
        "who",
        "will",
        "with",
        "your",
    )
)


class TruncatedExcerpt(MentionRule):
    """The excerpt is cut in the middle of a sentence.

    It ends with a comma, a dash or a word that cannot end a sentence, or without a full stop after
    sentences that have one. An excerpt that ends with an ellipsis is not reported.

    Why: readers see `…With thousands of contri`.
    """

    id = "truncated-excerpt"
    severity = Severity.INFO
    examples = (
        Bad(
            "excerpt: Since 2016, when we partnered with the AI community to create the framework, "
            "open collaboration has been essential to its success. With thousands of contri"
        ),
        Good("excerpt: Since 2016 we have partnered with the AI community. It was essential."),
        Good("excerpt: Embedding reports in model driven and Dynamics applications for everybody"),
    )

    least: int = Field(60, description="Minimum length of an excerpt, in characters.", ge=0)
    cut: int = Field(
        150,
        description="Minimum length at which a missing full stop is reported, in characters.",
        ge=0,
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Check the end of the excerpt."""
        excerpt = normalise_text(mention.description.excerpt or "")
        if len(excerpt) >= self.least and " " in excerpt and self._is_cut(excerpt):
            words = excerpt.rsplit(None, 4)
            message = f"the excerpt is cut off: {quote_value('…' + ' '.join(words[1:]))}"
            yield self.flag(mention.target("excerpt"), message, cause=mention.description.article)

    def _is_cut(self, text: str) -> bool:
        """Check whether `text` ends in the middle of a sentence."""
        if _OPEN_END.search(text):
            return True
        if not text[-1].isalnum():
            return False
        if text.rsplit(None, 1)[-1].lower() in _NEVER_LAST:
            return True
        return len(text) >= self.cut and _SENTENCE_END.search(text) is not None
