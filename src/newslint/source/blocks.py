"""Block sequences, whose entries can be told apart by their lines alone, and text without them."""

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

_HEAD = re.compile(r":[ \t]*\r?\n( *)- ")
_KEY = re.compile(r"( *(?:- )?)[A-Za-z_][\w-]*")
_KEEP = re.compile(r"[|>]\d?\+")
_LONE_CR = re.compile(r"\r(?!\n)")

_SINGLE = 4
"""For how many entries one counts that has a list for itself."""

_NEAR = 4096
"""Within how many characters an entry that is known is expected to end."""


class Block(NamedTuple):
    """The entries of one block sequence.

    Attributes:
        key: Offset of the key that the sequence belongs to.
        start: Offset of the first entry's line.
        entries: The text of each entry, whole lines.
        end: Offset after the last entry.
    """

    key: int
    start: int
    entries: list[str]
    end: int


class Slot(NamedTuple):
    """Where the entries of a block belong in the skeleton.

    Attributes:
        key: Offset in the skeleton of the key that the sequence belongs to.
        line: How many lines come before the first entry.
    """

    key: int
    line: int


def find_blocks(text: str, smallest: int, known: Container[str] = frozenset()) -> list[Block]:
    """Return the block sequences in `text` whose entries can be told apart by their lines alone.

    Args:
        text: The YAML.
        smallest: How long the entries of a sequence must be on average for it to be returned. One
            that starts with a shorter line that is an entry is left out, too, and so is a single
            entry that is not several times as long: it repeats less often than those of lists.
        known: Entries. Those that the text repeats are found in less time.
    """
    if "\r" in text and _LONE_CR.search(text):
        return []
    blocks = []
    head = _HEAD.search(text)
    while head is not None:
        block = _block(text, head, smallest, known)
        if block is not None:
            blocks.append(block)
        head = _HEAD.search(text, head.end() if block is None else block.end)
    return blocks


def _block(text: str, head: re.Match[str], smallest: int, known: Container[str]) -> Block | None:
    """Return the block sequence under the key that ends with `head`, if it is worth it."""
    indent, start = len(head[1]), head.start(1)
    if _starts_short(text, start, indent, smallest):
        return None
    key = _KEY.fullmatch(text, text.rfind("\n", 0, head.start()) + 1, head.start())
    if key is None or indent < len(key[1]):
        return None
    entries, end = _entries(text, start, indent, known)
    if end - start < smallest * (len(entries) if len(entries) > 1 else _SINGLE):
        return None
    return Block(key.end(1), start, entries, end)


def _starts_short(text: str, start: int, indent: int, smallest: int) -> bool:
    """Tell whether the entry at `start` is a single line that is shorter than `smallest`."""
    line_end = text.find("\n", start, start + smallest)
    return line_end >= 0 and not text.startswith(" " * (indent + 1), line_end + 1)


def _entries(text: str, start: int, indent: int, known: Container[str]) -> tuple[list[str], int]:
    """Return the entries of the sequence at `start`, and where the last one ends.

    As long as they are known, nothing but the dash of the next one is looked for. With the first
    that is not, the end of the sequence is.
    """
    opening = f"\n{' ' * indent}- "
    entries = []
    while (stop := text.find(opening, start, start + _NEAR)) >= 0:
        entry = text[start : stop + 1]
        if entry not in known:
            break
        entries.append(entry)
        start = stop + 1
    end = _end(text, start, indent)
    while (stop := text.find(opening, start, end)) >= 0:
        entries.append(text[start : stop + 1])
        start = stop + 1
    last = _without_blank_tail(text[start:end])
    return [*entries, last], start + len(last)


def _end(text: str, start: int, indent: int) -> int:
    """Return where the sequence ends that has an entry at `start`."""
    after = _sequence_end(indent).search(text, start)
    return len(text) if after is None else after.start() + 1


@lru_cache(maxsize=256)
def _sequence_end(indent: int) -> re.Pattern[str]:
    """Match the line end before the first line that does not belong to a sequence at `indent`.

    A pattern that starts with a letter of its own is searched for many times faster.
    """
    return re.compile(rf"\n(?! {{{indent}}}- )(?= {{0,{indent}}}[^ \r\n])")


def _without_blank_tail(entry: str) -> str:
    """Return `entry` without the blank lines at its end, so that equal entries have equal texts.

    They stay where a scalar may keep them.
    """
    stripped = entry.rstrip("\r\n")
    if len(stripped) == len(entry) or ("+" in entry and _KEEP.search(entry)):
        return entry
    return entry[: len(stripped) + (2 if entry.startswith("\r\n", len(stripped)) else 1)]


def cut(text: str, blocks: list[Block], lines: list[int]) -> tuple[str, list[Slot]]:
    """Return `text` with empty lines in place of those of `blocks`, and a slot for each.

    Args:
        text: The YAML.
        blocks: The block sequences to take out, in order.
        lines: How many lines each of them has.
    """
    parts: list[str] = []
    slots: list[Slot] = []
    done = removed = line = 0
    for block, number in zip(blocks, lines, strict=True):
        line += text.count("\n", done, block.start)
        slots.append(Slot(block.key - removed, line))
        parts += text[done : block.start], "\n" * number
        removed += block.end - block.start - number
        line += number
        done = block.end
    parts.append(text[done:])
    return "".join(parts), slots
