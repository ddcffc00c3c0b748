"""The rule `untidy-whitespace`."""

import re
from collections.abc import Iterator

from newslint.records.mojibake import find_mojibake
from newslint.records.text_damage import find_link_gaps, first_overlap
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Replacement,
    Safety,
    Severity,
    Text,
    TextDamage,
    TextRule,
    replace_parts,
)
from newslint.text.lazy_pattern import lazy_pattern

_BLANK = "[ \\t\u00a0\u2000-\u200a\u202f\u205f]"
_DUTCH = r"-|\s(?:avond|morgen|ochtend|middag|nacht|zomer|winter|maandag|zondag|wereld|land|ander)"
"""What may follow `’s` in Dutch: `’s avonds`, `’s-Gravenhage`."""
_UNTIDY = lazy_pattern(
    rf"(?P<leading>\A[^\S\u3000]\s*)|(?P<trailing>(?<!\s)\s+\Z)"
    rf"|(?P<apostrophe>(?<=\w){_BLANK}+(?=[’']s\b(?!{_DUTCH})))"
    rf"|(?P<comma>(?<=\w){_BLANK}+(?=,(?:\s|\Z)))"
    rf"|(?P<doubled>(?<!\s)(?!(?<=[.!?:])  \S){_BLANK}{{2,}}(?!\s))"
)
_ENGLISH = lazy_pattern(r"\b(?:the|and|with|from|its|has)\b", re.IGNORECASE)
"""Words of an English text, in which `’s` belongs to the word before it."""
_MAYBE = re.compile(rf"{_BLANK}(?:{_BLANK}|[’',])|\A\s|\s\Z")
_MESSAGES = {
    "leading": "white space at the start of the text",
    "trailing": "white space at the end of the text",
    "apostrophe": "white space before an apostrophe or a comma",
    "comma": "white space before an apostrophe or a comma",
    "doubled": "doubled white space",
}


class UntidyWhitespace(TextRule):
    """A text has superfluous white space at its ends, doubled, or before `’s` or a comma.

    No-break spaces are white space, too. Not reported are two spaces after a sentence, the final
    line end of a block scalar, URLs, fields that contain HTML, the indents of Japanese and Chinese
    text (U+3000) and Dutch words such as `’s avonds`.

    Why: the text differs from its copies, and lines break at the wrong place.

    Fix safety: unsafe for white space before `’s` in a text that does not seem to be English, and
    in a text with a gap such as `docs at  or`, from which a link may have been removed: the white
    space is all that is left of it (see `lost-link-text`).
    """

    id = "untidy-whitespace"
    severity = Severity.INFO
    on_urls = False
    examples = (
        Bad('title: " PyTorch  moves "', fixed='title: "PyTorch moves"'),
        Bad("excerpt: the Linux Foundation ’s home", fixed="excerpt: the Linux Foundation’s home"),
        Good("excerpt: |\n  The framework moves.\n  It has a home."),
        Good("excerpt: The framework moves.  It has a home."),
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
            defects = [TextDamage(*match.span(), match[0], _tidy(match)) for match in found]
            parts = [Replacement(each.start, each.end, each.original) for each in defects]
            fix = replace_parts(
                text, parts, "Remove superfluous white space", _safety(text.value, found)
            )
            message = _MESSAGES[found[0].lastgroup or ""]
            if len(found) > 1:
                message += f" and {len(found) - 1} more in this text"
            yield self.flag_damage(text, defects, message, fix)


def _find_untidy(value: str) -> list[re.Match[str]]:
    """Find superfluous white space in `value` that is not part of mojibake."""
    broken = find_mojibake(value).runs
    return [
        match for match in _UNTIDY.finditer(value) if first_overlap(broken, *match.span()) is None
    ]


def _tidy(match: re.Match[str]) -> str:
    """Determine the replacement of superfluous white space: one space, of the same kind."""
    if match.lastgroup != "doubled":
        return ""
    kinds = set(match[0]) - {"\t"}
    return kinds.pop() if len(kinds) == 1 else " "


def _safety(value: str, found: list[re.Match[str]]) -> Safety:
    """Determine the safety of the fix.

    Other languages may write a space before `’s`, and the white space of a lost link is the only
    trace of it.
    """
    gaps = find_link_gaps(value)
    is_gap = any(first_overlap(gaps, *match.span()) for match in found)
    is_certain = all(match.lastgroup != "apostrophe" for match in found) or _ENGLISH.search(value)
    return Safety.SAFE if is_certain and not is_gap else Safety.UNSAFE
