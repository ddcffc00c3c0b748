"""The rule `missing-excerpt`."""

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


class MissingExcerpt(MentionRule):
    """The excerpt is empty or a placeholder.

    The rule `missing-field` reports a field that is absent.

    Why: lists of articles show an empty teaser.
    """

    id = "missing-excerpt"
    severity = Severity.WARNING
    roles = ("excerpt",)
    examples = (
        Bad('excerpt: ""'),
        Bad("excerpt: na"),
        Good("excerpt: The framework gets a foundation of its own."),
    )

    placeholders: tuple[str, ...] = Field(
        (
            *("na", "n/a", "nil", "none", "null", "nan", "tbd", "todo", "undefined", "no excerpt"),
            *("[object object]", "k. a.", "k.a.", "néant", "sans objet", "ninguno", "nessuno"),
            *("nenhum", "geen", "brak", "yok", "нет", "không có", "لا يوجد", "없음", "なし", "無"),
            *("无", "暂无", "暫無"),
        ),
        description="Placeholders for an excerpt, in lower case.",
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Check for an excerpt without letters and digits, or one of the placeholders."""
        excerpt = mention.description.excerpt
        if excerpt is None:
            return
        word = normalise_text(excerpt).lower()
        if any(char.isalnum() for char in word) and word not in self.placeholders:
            return
        message = (
            f"the excerpt is {quote_value(excerpt)}" if excerpt.strip() else "the excerpt is empty"
        )
        yield self.flag(mention.target("excerpt"), message, cause=mention.description.article)
