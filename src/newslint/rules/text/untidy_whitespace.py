"""The rule `untidy-whitespace`."""

import re
from collections.abc import Iterator

from newslint.records.text_damage import find_mojibake, first_overlap
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Replacement,
    Severity,
    Text,
    TextDamage,
    TextRule,
    replace_parts,
)

_BLANK = "[ \\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_UNTIDY = re.compile(
    rf"(?P<leading>\A\s+)|(?P<trailing>(?<!\s)\s+\Z)|(?P<before>(?<=\w){_BLANK}+(?=[’']s\b|,(?:\s|\Z)))"
    rf"|(?P<doubled>(?<!\s){_BLANK}{{2,}}(?!\s))"
)
_MAYBE = re.compile(rf"{_BLANK}(?:{_BLANK}|[’',])|\A\s|\s\Z")
_MESSAGES = {
    "leading": "white space at the start",
    "trailing": "white space at the end",
    "before": "white space before an apostrophe or a comma",
    "doubled": "doubled white space",
}


class UntidyWhitespace(TextRule):
    """A text has superfluous white space at its ends, doubled, or before `’s` or a comma.

    No-break spaces are white space, too. The final line end of a block scalar, URLs and fields that
    contain HTML are not reported.

    Why: the text differs from its copies, and lines break at the wrong place.
    """

    id = "untidy-whitespace"
    severity = Severity.INFO
    on_urls = False
    examples = (
        Bad('title: " PyTorch  moves "', fixed='title: "PyTorch moves"'),
        Bad("excerpt: the Linux Foundation ’s home", fixed="excerpt: the Linux Foundation’s home"),
        Good("excerpt: |\n  The framework moves.\n  It has a home."),
    )

    def concerns(self, text: str) -> bool:
        """Search for white space at the ends, doubled, or before a comma or an apostrophe."""
        return _MAYBE.search(text) is not None

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all superfluous white space in `text`."""
        if text.is_url or text.is_html or not text.value.strip():
            return
        found = _find_untidy(text.value.rstrip("\n") if text.is_block else text.value)
        if found:
            defects = [
                TextDamage(*match.span(), match[0], " " if match.lastgroup == "doubled" else "")
                for match in found
            ]
            parts = [Replacement(each.start, each.end, each.original) for each in defects]
            fix = replace_parts(text, parts, "Tidy the white space")
            message = _MESSAGES[found[0].lastgroup or ""]
            if len(found) > 1:
                message += f", and {len(found) - 1} more in this text"
            yield self.flag_damage(text, defects, message, fix)


def _find_untidy(value: str) -> list[re.Match[str]]:
    """Find superfluous white space in `value` that is not part of mojibake."""
    broken = find_mojibake(value)
    return [
        match for match in _UNTIDY.finditer(value) if first_overlap(broken, *match.span()) is None
    ]
