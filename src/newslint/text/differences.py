"""Compact display of the difference between two texts."""

from newslint.text.quoting import quote_value

_CONTEXT = 16
"""Number of characters to show before and after a difference."""


def quote_difference(one: str, other: str, width: int = 60) -> tuple[str, str]:
    """Quote two texts for a message, with an ellipsis for long parts that are equal.

    For example, `'…a pilot in Rome…'` and `'…a pilot in Milan…'`.

    Args:
        one: A text.
        other: A text that differs from it.
        width: Maximum length of each quotation.
    """
    start = _first_difference(one, other)
    shared = _shared_end(one[start:], other[start:])
    return _quote_part(one, start, shared, width), _quote_part(other, start, shared, width)


def _first_difference(one: str, other: str) -> int:
    """Find the offset of the first character in which two texts differ."""
    length = min(len(one), len(other))
    return next((at for at in range(length) if one[at] != other[at]), length)


def _shared_end(one: str, other: str) -> int:
    """Count the characters at the end of two texts that are equal."""
    return _first_difference(one[::-1], other[::-1])


def _quote_part(text: str, start: int, shared: int, width: int) -> str:
    """Quote `text` from an offset up to `shared` characters before its end, with some context."""
    if len(text) <= width:
        return quote_value(text, width)
    first = max(text.rfind(" ", 0, max(0, start - _CONTEXT)) + 1, start - 2 * _CONTEXT)
    last = text.find(" ", len(text) - shared + _CONTEXT)
    last = last if last >= 0 and shared > _CONTEXT else len(text)
    head, tail = "…" if first else "", "…" if last < len(text) else ""
    return quote_value(f"{head}{text[first:last]}{tail}", width)
