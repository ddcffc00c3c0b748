"""The rule `replacement-character`."""

import re
from collections.abc import Iterator

from newslint.records.defects import REPLACEMENT, Defect
from newslint.rules.api import Bad, Diagnostic, Good, Severity, Text, TextRule, shown

_RUN = re.compile(f"{REPLACEMENT}+")
_AROUND = 12


class ReplacementCharacter(TextRule):
    """The replacement character U+FFFD stands where text was lost.

    Why: readers see `�`; what stood there can only be had from another copy of the text.
    """

    id = "replacement-character"
    severity = Severity.ERROR
    reads_body = True
    examples = (
        Bad("title: Alphabet\ufffds cloud"),
        Good("title: Alphabet’s cloud"),
    )

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each run of lost characters in `text`."""
        if REPLACEMENT not in text.value:
            return
        lost = [Defect(*match.span(), match[0], "") for match in _RUN.finditer(text.value)]
        start, end = lost[0].start, lost[0].end
        around = text.value[max(0, start - _AROUND) : end + _AROUND]
        message = f"text is lost: replacement character U+FFFD in {shown(around)}"
        if len(lost) > 1:
            message += f" and in {len(lost) - 1} more places of the text"
        yield self.flag_defects(text, lost, message)
