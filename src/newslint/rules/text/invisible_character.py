"""The rule `invisible-character`."""

import unicodedata
from collections.abc import Iterator, Sequence

from newslint.records.invisible import UnneededCharacter, find_invisible, may_be_invisible
from newslint.records.mojibake import find_mojibake
from newslint.records.text_damage import first_overlap
from newslint.rules.api import (
    NON_ASCII,
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

_NAMES = {"\u00ad": "soft hyphen", "\ufeff": "byte-order mark"}


class InvisibleCharacter(TextRule):
    """A text contains an invisible character.

    These are the characters that Unicode calls ignorable by default, such as zero-width spaces,
    soft hyphens, byte-order marks, direction marks and tags, and line and paragraph separators.
    They are not reported if a script needs them: zero-width spaces between words of Thai, Lao,
    Khmer and Burmese, joiners that shape the letters of a script or join emoji, variation
    selectors after emoji and ideographs, and direction marks in a text with right-to-left script.

    Nor are they reported in text that `mojibake` reports, which needs them to be restored.

    The fix removes them; a separator between words becomes a space.

    Why: a search does not find the word, and equal-looking words do not compare equal.

    Fix safety: unsafe for marks of right-to-left text, which change the order of the characters,
    for Hangul fillers, which take up space, and in front matter that cannot be parsed, where the
    next character could start a comment or a list.
    """

    id = "invisible-character"
    characters = NON_ASCII
    severity = Severity.WARNING
    reads_body = True
    reads_keys = True
    examples = (
        Bad('title: "Py\u200bTorch moves"', fixed='title: "PyTorch moves"'),
        Bad('title: "PyTorch\\u2028moves"', fixed='title: "PyTorch moves"'),
        Good('title: "می\u200cخواهم 👩\u200d💻 ภาษา\u200bไทย"'),
    )

    def concerns(self, text: str) -> bool:
        """Search for an invisible character."""
        return may_be_invisible(text)

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all invisible characters in `text`."""
        found = find_invisible(text.value)
        broken = find_mojibake(text.value).runs if found else ()
        found = [each for each in found if not _is_byte(text.value, each.offset, broken)]
        if found:
            damage = [
                TextDamage(each.offset, each.offset + 1, each.char, each.replacement)
                for each in found
            ]
            parts = [Replacement(each.start, each.end, each.original) for each in damage]
            is_certain = not text.is_unread and all(each.is_certain for each in found)
            safety = Safety.SAFE if is_certain else Safety.UNSAFE
            fix = replace_parts(text, parts, "Remove the invisible characters", safety)
            yield self.flag_damage(text, damage, _message(found), fix)


def _is_byte(text: str, at: int, broken: Sequence[TextDamage]) -> bool:
    """Check if a character is probably a byte of broken text: in a broken run, or after a byte."""
    is_after_byte = bool(broken) and text[at] == "\u00ad" and not text[at - 1 : at].isascii()
    return is_after_byte or first_overlap(broken, at, at + 1) is not None


def _message(found: list[UnneededCharacter]) -> str:
    """Build the message about invisible characters."""
    char = found[0].char
    name = _NAMES.get(char) or unicodedata.name(char, "invisible character").lower()
    more = f" and {len(found) - 1} more in this text" if len(found) > 1 else ""
    return f"invisible character: {name} (U+{ord(char):04X}){more}"
