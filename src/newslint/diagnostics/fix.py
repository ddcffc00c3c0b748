"""How a problem can be repaired."""

from enum import StrEnum
from typing import NamedTuple

from newslint.text import Span


class Safety(StrEnum):
    """Whether a fix may be applied without a person looking at it."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """The replacement of one span of a file by `text`, which is source text, quoted and escaped."""

    span: Span
    text: str


HERE = "."
"""Stands for the pointer of an entry that is not placed yet."""


class Fix(NamedTuple):
    """A titled set of edits of one file that do not overlap.

    Attributes:
        title: What applying it does, in the imperative.
        safety: Whether it may be applied unseen.
        edits: In order of their spans.
        removes: Pointer of the list entry that it takes out, or `HERE`; empty where it takes out
            none.
        everywhere: What it repairs is wrong wherever an alias stands for it, too.
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...]
    removes: str = ""
    everywhere: bool = False

    def down(self, lines: int) -> "Fix":
        """Return the same fix, `lines` lines further down."""
        edits = tuple([Edit(span.down(lines), text) for span, text in self.edits])
        return Fix(self.title, self.safety, edits, self.removes, self.everywhere)
