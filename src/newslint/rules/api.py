"""The public API for authors of rules.

A rule derives from one of the base classes, yields diagnostics that `Rule.flag` creates, and
attaches fixes that the functions `replace_…` and `remove_entry` create. `docs/plugins.md` is its
manual.
"""

from typing import TYPE_CHECKING, Any

from pydantic import Field

from newslint._deprecation import resolve_alias
from newslint.diagnostics import (
    Diagnostic,
    Edit,
    Fix,
    RelatedLocation,
    Safety,
    Severity,
    quote_value,
)
from newslint.documents import Document
from newslint.records import (
    Description,
    Group,
    Mention,
    Reference,
    Target,
    Text,
    article_key,
    find_reference,
    part_of_target,
    story_key,
    target_of,
)
from newslint.records.text_damage import TextDamage
from newslint.rules.example import Bad, Example, Good
from newslint.rules.fixes import (
    remove_entry,
    replace_literal,
    replace_parts,
    replace_source,
    replace_value,
    summarise_damage,
)
from newslint.rules.rule import (
    NON_ASCII,
    CorpusRule,
    DescriptionDiagnostic,
    DocumentRule,
    GroupRule,
    MentionRule,
    RecordRule,
    Rule,
    TextRule,
)
from newslint.rules.statistics import AggregateRule, SurveyRule
from newslint.syntax.writing import Literal, Replacement
from newslint.text.differences import quote_difference

__all__ = [
    "NON_ASCII",
    "AggregateRule",
    "Bad",
    "CorpusRule",
    "Description",
    "DescriptionDiagnostic",
    "Diagnostic",
    "Document",
    "DocumentRule",
    "Edit",
    "Example",
    "Field",
    "Fix",
    "Good",
    "Group",
    "GroupRule",
    "Literal",
    "Mention",
    "MentionRule",
    "RecordRule",
    "Reference",
    "RelatedLocation",
    "Replacement",
    "Rule",
    "Safety",
    "Severity",
    "SurveyRule",
    "Target",
    "Text",
    "TextDamage",
    "TextRule",
    "article_key",
    "find_reference",
    "part_of_target",
    "quote_difference",
    "quote_value",
    "remove_entry",
    "replace_literal",
    "replace_parts",
    "replace_source",
    "replace_value",
    "story_key",
    "summarise_damage",
    "target_of",
]

RENAMED = {
    "Part": "Replacement",
    "shown": "quote_value",
    "Defect": "TextDamage",
    "Facts": "Description",
    "Spread": "DescriptionDiagnostic",
    "by_article": "article_key",
    "defects_shown": "summarise_damage",
    "reference": "find_reference",
}
"""New names by old name; the old ones are deprecated."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Look up a deprecated name, with a warning."""
        return resolve_alias(globals(), RENAMED, name)
