"""Fences: how front matter is separated from the text of a file."""

import re
from functools import cached_property
from typing import NamedTuple

from newslint.text.source_text import BYTE_ORDER_MARK


class Closing(NamedTuple):
    """The end of front matter.

    Attributes:
        start: The 0-based offset of the closing fence.
        end: The offset after it.
        has_text: Text follows it on its line, so that it closes nothing.
    """

    start: int
    end: int
    has_text: bool = False


class Fence:
    """A line above front matter, and one below it.

    Attributes:
        name: The opening line, for messages.
        closing_name: The closing line, for messages.
        opening: Matches the opening fence.
        is_line: The opening fence is a line of its own.

    Args:
        opening: A regular expression for the opening line, without blanks at its end.
        closing: One for the closing line.
        is_reserved: A line that starts with the closing fence and a blank is no part of a value.
    """

    is_line = True

    def __init__(
        self,
        name: str,
        opening: str,
        closing: str,
        closing_name: str = "",
        *,
        is_reserved: bool = False,
    ) -> None:
        self.name = name
        self.closing_name = closing_name or name
        self.opening = re.compile(rf"{BYTE_ORDER_MARK}?(?:{opening})[ \t]*(?:\r\n|\n|\r|\Z)")
        other = "|([ \t]+)" if is_reserved else "|(?!)()"
        closed = rf"((?:{closing})(?:[ \t]*(?:\r\n|\n|\r|\Z){other}))"
        self._closed = closed

    @cached_property
    def _closing(self) -> re.Pattern[str]:
        """Matches a closing fence; many times faster than the other, since it starts literally."""
        return re.compile(rf"\n{self._closed}")

    @cached_property
    def _closing_cr(self) -> re.Pattern[str]:
        """Matches a closing fence after any line end."""
        return re.compile(rf"[\r\n]{self._closed}")

    def match_opening(self, text: str, at: int = 0) -> int | None:
        """Find the start of front matter whose fence opens at an offset; None without a fence."""
        found = self.opening.match(text, at)
        return None if found is None else found.end()

    def find_closing(self, text: str, start: int) -> Closing | None:
        """Find the end of the front matter that starts at an offset; None if it is not closed."""
        before = text[start - 1 : start]
        pattern = self._closing_cr if before == "\r" else self._closing
        found = pattern.search(text, start - (before in ("\r", "\n")))
        return None if found is None else Closing(found.start(1), found.end(), bool(found[2]))
