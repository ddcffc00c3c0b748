"""How messages quote values."""


def shown(value: object, width: int = 60) -> str:
    """Return a value as messages quote it: on one line, with nothing invisible, cut at `width`."""
    text = str(value)
    if len(text) > width:
        text = text[: width - 1] + "…"
    return "'" + "".join(map(_visible, text)) + "'"


def _visible(char: str) -> str:
    """Return a character, or its code where it cannot be seen."""
    if char.isprintable() or char == "\N{NO-BREAK SPACE}":
        return char
    return f"\\u{ord(char):04x}" if ord(char) > 0xFF else f"\\x{ord(char):02x}"  # noqa: PLR2004 # two hex digits
