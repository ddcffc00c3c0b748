"""Damaged spans of a text: HTML entities, and gaps from which links were removed.

`newslint.records.mojibake` finds text in a wrong code page.
"""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from newslint.text.lazy_pattern import lazy_pattern

REPLACEMENT = "\ufffd"
"""U+FFFD, which decoders put in place of bytes that they cannot decode."""

_ENTITY = lazy_pattern(r"&(?:amp;)*((?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_LINK_GAP = lazy_pattern(
    r"(?<![\w)\]}])\(\s*\)|(?<=\s)\(\s+(?=(?:today|yesterday|now|for|and|or|to|on|at)\b)"
    r"|\b(?:at|by|from|in|on|to|via|visit|with|see|and)\s+,(?=\s)"
    r"|\b(?:at|by|from|via|visit|docs|see|the|with)\s{2,}(?:or|and|for|to|,|\.)(?=\s|\Z)"
)


class TextDamage(NamedTuple):
    """A damaged span of a text.

    Attributes:
        start: 0-based offset of its first character.
        end: Offset after its last character.
        text: The damaged text.
        original: The text before the damage.
    """

    start: int
    end: int
    text: str
    original: str


class MojibakeRuns(NamedTuple):
    """The mojibake of a text.

    Attributes:
        runs: The broken runs, in order. The original of a run is U+FFFD if it is not known.
        is_certain: Whether replacing each run by its original restores the text for certain.
        code_page: Name of the code page of a line that is wholly broken, probably; empty if there
            is no such line.
    """

    runs: tuple[TextDamage, ...] = ()
    is_certain: bool = True
    code_page: str = ""

    @property
    def known(self) -> tuple[TextDamage, ...]:
        """The runs whose original is known or can be guessed."""
        return tuple(run for run in self.runs if run.original != REPLACEMENT)


NO_MOJIBAKE = MojibakeRuns()


def first_overlap(spans: Sequence[TextDamage], start: int, end: int) -> TextDamage | None:
    """Find the first of `spans` that overlaps the text between two offsets; None if none does.

    Args:
        spans: Sorted spans that do not overlap each other.
        start: 0-based offset.
        end: Exclusive offset.
    """
    index = bisect_right(spans, start, key=attrgetter("end"))
    return spans[index] if index < len(spans) and spans[index].start < end else None


def find_link_gaps(text: str) -> list[TextDamage]:
    """Find the gaps in `text` from which the text of a link was removed."""
    return [TextDamage(*match.span(), match[0], "") for match in _LINK_GAP.finditer(text)]


def find_entities(text: str) -> tuple[TextDamage, ...]:
    """Find the HTML character references in `text`.

    Only those with a semicolon count, so that `AT&T` and `?a=1&copy=2` are no damage.
    """
    if "&" not in text:
        return ()
    found = []
    for match in _ENTITY.finditer(text):
        original = _unescape(match[1])
        if original not in (match[0], "", REPLACEMENT):
            found.append(TextDamage(match.start(), match.end(), match[0], original))
    return tuple(found)


def _unescape(name: str) -> str:
    """Decode the character reference of `name`; a no-break space becomes a space.

    Unknown names stay as they are: `html.unescape` alone would decode `&notit;` as `&not` and
    `it;`.
    """
    import html
    from html.entities import html5

    if name not in html5 and not name.startswith("#"):
        return "&" + name
    text = html.unescape("&" + name)
    return " " if text == "\xa0" else text
