"""The rule `replacement-character`."""

import re
from collections.abc import Iterator

from newslint.records.text_damage import (
    REPLACEMENT,
    TextDamage,
    is_same_text,
    normalize_text,
    undo_damage,
)
from newslint.rules.api import (
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
    replace_value,
    shown,
)
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY

_RUN = re.compile(f"{REPLACEMENT}+")
_AROUND = 12


class ReplacementCharacter(TextRule):
    """The replacement character U+FFFD stands where text was lost.

    Where another mention of the article still holds the headline or the excerpt, it is shown.

    Why: readers see `�`; what stood there can only be had from another copy of the text.

    Fix safety: unsafe; the other copy fits around the gap, but may have been edited since.
    """

    id = "replacement-character"
    severity = Severity.ERROR
    reads_body = True
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
        """Tell whether U+FFFD occurs."""
        return REPLACEMENT in text

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each run of lost characters in `text`."""
        if REPLACEMENT not in text.value:
            return
        lost = [TextDamage(*match.span(), match[0], "") for match in _RUN.finditer(text.value)]
        start, end = lost[0].start, lost[0].end
        around = text.value[max(0, start - _AROUND) : end + _AROUND]
        message = f"text is lost: replacement character U+FFFD in {shown(around)}"
        if len(lost) > 1:
            message += f" and in {len(lost) - 1} more places of the text"
        yield self.flag_defects(text, lost, message)

    def complete(self, diagnostic: Diagnostic, mention: Mention, group: Group) -> Diagnostic:
        """Return `diagnostic` with the mention that still holds the text, where there is one."""
        name = diagnostic.location.pointer.removeprefix(mention.prefix + "/")
        if name not in ("title", "excerpt"):
            return diagnostic
        lossy = normalize_text(diagnostic.value)
        for other in group.mentions:
            whole = normalize_text(getattr(other.description, name) or "")
            if whole and REPLACEMENT not in whole and is_same_text(lossy, whole):
                return _restored(diagnostic, mention.target(name), other.target(name))
        return diagnostic


def _restored(diagnostic: Diagnostic, here: Target, there: Target) -> Diagnostic:
    """Return `diagnostic` with the text that another mention holds."""
    related = RelatedLocation(there.location, f"the text is whole here: {shown(there.value)}")
    title = "Take the text of another mention"
    fix = replace_value(here, undo_damage(there.value), title, Safety.UNSAFE)
    return diagnostic._replace(related_locations=(*diagnostic.related_locations, related), fix=fix)
