"""The fences of JSON, which may be the braces of the object itself."""

import re
from collections.abc import Iterator

from newslint.syntax.fence import Closing, Fence
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.source_text import BYTE_ORDER_MARK

_OBJECT = r"\{(?=\s*(?:\"|\}))"
_STRING_OR_BRACE = lazy_pattern(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:(?P<closed>")|\\?\Z)|[{}]', re.DOTALL
)
_BRACE = lazy_pattern(r"[{}]")


class ObjectFence(Fence):
    """An object at the start of a file, which needs no fence."""

    is_line = False

    def __init__(self) -> None:
        super().__init__("{", _OBJECT, r"\}")
        self.opening = lazy_pattern(f"{BYTE_ORDER_MARK}?({_OBJECT})")

    def match_opening(self, text: str, at: int = 0) -> int | None:
        """Find the brace that opens the object; None if there is none."""
        found = self.opening.match(text, at)
        return None if found is None else found.start(1)

    def find_closing(self, text: str, start: int) -> Closing | None:
        """Find the end of the object; that of the text if it is not closed."""
        end = find_object_end(text, start)
        return Closing(end, end)


class CommentFence(Fence):
    """An HTML comment around an object, at the start of a file."""

    is_line = False

    def __init__(self) -> None:
        super().__init__("<!--{", r"<!--", "-->", "-->")
        self.opening = lazy_pattern(rf"{BYTE_ORDER_MARK}?<!--\s*(?={_OBJECT})")

    def find_closing(self, text: str, start: int) -> Closing | None:
        """Find the end of the comment; None if it is not closed."""
        at = text.find("-->", find_object_end(text, start))
        if at < 0:
            at = text.find("-->", start)
        return None if at < 0 else Closing(at, at + len("-->"))


def find_object_end(text: str, start: int) -> int:
    """Find the offset after the brace that closes an object; the text's end if none does."""
    depth = 0
    for found in _find_braces(text, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return len(text)


def _find_braces(text: str, start: int) -> Iterator[re.Match[str]]:
    """Find braces outside of strings; if a quote is never closed, no quote after it is."""
    for found in _STRING_OR_BRACE.finditer(text, start):
        if found[0] in "{}":
            yield found
        elif found["closed"] is None:
            yield from _BRACE.finditer(text, found.start())
