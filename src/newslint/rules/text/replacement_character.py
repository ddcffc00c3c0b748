"""The rule `replacement-character`."""

from collections.abc import Iterator

from newslint.records.text_comparison import is_same_text, normalise_text, undo_damage
from newslint.records.text_damage import REPLACEMENT, TextDamage
from newslint.rules.api import (
    NON_ASCII,
    Bad,
    Diagnostic,
    Good,
    Group,
    Mention,
    RelatedLocation,
    Safety,
    Severity,
    Target,
    Text,
    TextRule,
    quote_value,
    replace_value,
)
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY
from newslint.text.lazy_pattern import lazy_pattern

_RUN = lazy_pattern(f"{REPLACEMENT}+")
_CONTEXT = 12
_COPIED = ("title", "excerpt")
"""Fields that other mentions of an article repeat."""


class ReplacementCharacter(TextRule):
    """Text was lost and replaced by U+FFFD.

    If another description of the article contains the whole headline or excerpt, the diagnostic
    points at it and its text is the fix.

    Why: readers see `�`; only another copy contains the lost text.

    Fix safety: unsafe; the other copy has the same text around the gap, but may be a later version.
    """

    id = "replacement-character"
    characters = NON_ASCII
    severity = Severity.ERROR
    reads_body = True
    reads_keys = True
    fields_read = frozenset(_COPIED)
    examples = (
        Bad("title: Alphabet\ufffds cloud"),
        Bad(
            OTHER_RECORD + RELATED_ENTRY.replace("PyTorch moves", "PyTorch\ufffdmoves", 1),
            NEWS_RECORD,
            fixed=OTHER_RECORD + RELATED_ENTRY,
        ),
        Good("title: Alphabet’s cloud"),
    )

    def concerns(self, text: str) -> bool:
        """Search for U+FFFD."""
        return REPLACEMENT in text

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all replacement characters in `text`."""
        if REPLACEMENT not in text.value:
            return
        lost = [TextDamage(*match.span(), match[0], "") for match in _RUN.finditer(text.value)]
        start, end = lost[0].start, lost[0].end
        context = text.value[max(0, start - _CONTEXT) : end + _CONTEXT]
        message = f"text is lost: U+FFFD (replacement character) in {quote_value(context)}"
        if len(lost) > 1:
            message += f" and {len(lost) - 1} more in this text"
        yield self.flag_damage(text, lost, message)

    def enrich(self, diagnostic: Diagnostic, mention: Mention, group: Group) -> Diagnostic:
        """Add the first description that contains the whole text, and a fix that copies it."""
        pointer = diagnostic.location.pointer.removeprefix(mention.prefix)
        fields = mention.description.fields
        played = (name for name in _COPIED if name in fields and fields[name].pointer == pointer)
        name = next(played, None)
        if name is None:
            return diagnostic
        lossy = normalise_text(diagnostic.value)
        for other in group.mentions:
            whole = normalise_text(getattr(other.description, name) or "")
            if whole and REPLACEMENT not in whole and is_same_text(lossy, whole):
                return _add_copy(diagnostic, mention.target(name), other.target(name))
        return diagnostic


def _add_copy(diagnostic: Diagnostic, here: Target, there: Target) -> Diagnostic:
    """Add the place of an undamaged copy to `diagnostic`, and a fix that takes its text.

    Args:
        diagnostic: The diagnostic of the damaged text.
        here: The damaged text.
        there: The undamaged copy in another mention.
    """
    related = RelatedLocation(there.location, f"the undamaged text: {quote_value(there.value)}")
    title = "Copy the text of another mention"
    fix = replace_value(here, undo_damage(there.value), title, Safety.UNSAFE)
    return diagnostic.replace(related_locations=(*diagnostic.related_locations, related), fix=fix)
