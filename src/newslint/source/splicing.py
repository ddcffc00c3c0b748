"""Replaces parts of a text."""

from collections.abc import Iterable


def spliced(text: str, parts: Iterable[tuple[int, int, str]]) -> str:
    """Return `text` with `parts` replaced, which are in order and do not overlap.

    Args:
        text: The text.
        parts: 0-based offset of the first character, offset after the last, and what to put there.
    """
    pieces: list[str] = []
    done = 0
    for start, end, new in parts:
        pieces += text[done:start], new
        done = end
    return "".join([*pieces, text[done:]])
