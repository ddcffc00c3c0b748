"""Edits of settings files that leave every other line as it is."""

import tomllib
from typing import Any

_HEADER = "["


def add_setting(text: str, keys: tuple[str, ...], line: str) -> str | None:
    """Add a line to a table of a TOML file, before its sub-tables.

    Args:
        text: The file.
        keys: The keys of the table; none for the top.
        line: The line, with a key that the table does not have.

    Returns:
        The file with the line; None if the line cannot be added safely.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    at = _find_place(lines, keys)
    if at is None:
        return None
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += newline
    is_before_table = at < len(lines) and not keys
    added = [line + newline, *([newline] if is_before_table else [])]
    after = "".join([*lines[:at], *added, *lines[at:]])
    return after if _is_only_change(text, after, keys, line) else None


def _find_place(lines: list[str], keys: tuple[str, ...]) -> int | None:
    """Find the index of the line before which a table ends, or below its header."""
    if keys:
        header = f"[{'.'.join(keys)}]"
        return next((at for at, each in enumerate(lines, 1) if each.strip() == header), None)
    tables = (at for at, each in enumerate(lines) if each.lstrip().startswith(_HEADER))
    at = next(tables, len(lines))
    while at and at < len(lines) and lines[at - 1].startswith("#"):  # comments about the table
        at -= 1
    return at


def _is_only_change(before: str, after: str, keys: tuple[str, ...], line: str) -> bool:
    """Check that a line adds its key to a table, and changes nothing else."""
    try:
        old, new, added = map(tomllib.loads, (before, after, line))
    except tomllib.TOMLDecodeError:
        return False
    table: Any = old
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    if not isinstance(table, dict) or not table.keys().isdisjoint(added):
        return False
    table.update(added)
    return old == new
