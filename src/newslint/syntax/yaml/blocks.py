"""Block sequences, whose entries can be told apart by their lines alone, and text without them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

_DASH = re.compile(r"\n( *+)-(?=[ \r\n])")
_KEY = re.compile(
    r"""([ ]*+(?:-[ ]++)*+)                            # where the key stands
    (?: "[^"\r\n]*+" | '[^'\r\n]*+' | [\w$][^\s:]*+ ) :  # the key
    [ \t]*+ (?: (?<=[ \t])\#[^\r\n]*+ )?+ \r?+           # no value""",
    re.VERBOSE,
)
_NOTHING = re.compile(r"[ \t]*+(?:#[^\r\n]*+)?+\r?+")
_KEEP = re.compile(r"[|>]\d?\+")
_LONE_CR = re.compile(r"\r(?!\n)")

_SINGLE = 4
"""For how many entries one counts that has a list for itself."""

_NEAR = 4096
"""Within how many characters an entry that is known is expected to end."""


class BlockSequence(NamedTuple):
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


def find_block_sequences(
    text: str, smallest: int, known: Mapping[str, object] = MappingProxyType({})
) -> list[BlockSequence]:
    """Return the block sequences in `text` whose entries can be told apart by their lines alone.

    Args:
        text: The YAML.
        smallest: How long the entries of a sequence must be on average for it to be returned. One
            that starts with a shorter line that is an entry is left out, too, and so is a single
            entry that is not several times as long: it repeats less often than those of lists.
        known: By their text, entries that stand by themselves, and None for what does not. Known
            entries are found in less time.
    """
    if "\r" in text and _LONE_CR.search(text):
        return []
    blocks = []
    dash = _DASH.search(text)
    while dash is not None:
        block = _block(text, dash, smallest, known)
        if block is not None:
            blocks.append(block)
        dash = _DASH.search(text, dash.end() if block is None else block.end - 1)
    return blocks


def _block(
    text: str, dash: re.Match[str], smallest: int, known: Mapping[str, object]
) -> BlockSequence | None:
    """Return the block sequence that starts with the line of `dash`, if it is worth it."""
    start, after = dash.span(1)
    indent = after - start
    if _starts_short(text, start, indent, smallest):
        return None
    key = _key_above(text, dash.start())
    if key is None or indent < len(key[1]):
        return None
    entries, end = _entries(text, start, indent, known)
    if end - start < smallest * (len(entries) if len(entries) > 1 else _SINGLE):
        return None
    return BlockSequence(key.end(1), start, entries, end)


def _key_above(text: str, end: int) -> re.Match[str] | None:
    """Return the key without a value that is all there is between the line above and a list.

    Args:
        text: The YAML.
        end: Where the line above the list ends; it may be a comment, or blank, and so may those
            above it.
    """
    while True:
        start = text.rfind("\n", 0, end) + 1
        key = _KEY.fullmatch(text, start, end)
        if key is not None or start == 0 or _NOTHING.fullmatch(text, start, end) is None:
            return key
        end = start - 1


def _starts_short(text: str, start: int, indent: int, smallest: int) -> bool:
    """Tell whether the entry at `start` is a single line that is shorter than `smallest`."""
    line_end = text.find("\n", start, start + smallest)
    return line_end >= 0 and not text.startswith(" " * (indent + 1), line_end + 1)


def _entries(
    text: str, start: int, indent: int, known: Mapping[str, object]
) -> tuple[list[str], int]:
    """Return the entries of the sequence at `start`, and where the last one ends.

    As long as they are known, nothing but the dash of the next one is looked for. With the first
    that is not, the end of the sequence is.
    """
    margin = " " * indent
    opening = f"\n{margin}- "
    entries = []
    while (stop := text.find(opening, start, start + _NEAR)) >= 0:
        entry = text[start : stop + 1]
        if known.get(entry) is None:
            break
        entries.append(entry)
        start = stop + 1
    *others, last = _split(text[start : _end(text, start, indent)], margin)
    last = _without_blank_tail(last)
    entries += *others, last
    return entries, start + sum(map(len, others)) + len(last)


def _split(body: str, margin: str) -> list[str]:
    """Return the entries of a sequence whose dashes stand behind `margin`."""
    if f"\n{margin}-\n" in body or f"\n{margin}-\r" in body:
        return re.split(rf"(?<=\n)(?={margin}-[ \r\n])", body)
    first, *others = body.split(f"\n{margin}- ")
    entries = [first, *(f"{margin}- {other}" for other in others)]
    return [*(f"{entry}\n" for entry in entries[:-1]), entries[-1]]


def _end(text: str, start: int, indent: int) -> int:
    """Return where the sequence ends that has an entry at `start`."""
    after = _sequence_end(indent).search(text, start)
    return len(text) if after is None else after.start() + 1


@lru_cache(maxsize=256)
def _sequence_end(indent: int) -> re.Pattern[str]:
    """Match the line end before the first line that does not belong to a sequence at `indent`.

    A pattern that starts with a letter of its own is searched for many times faster.
    """
    return re.compile(rf"\n(?! {{{indent}}}-[ \r\n])(?= {{0,{indent}}}[^ \r\n#])")


def _without_blank_tail(entry: str) -> str:
    """Return `entry` without the blank lines at its end, so that equal entries have equal texts.

    They stay where a scalar may keep them.
    """
    stripped = entry.rstrip("\r\n")
    if len(stripped) == len(entry) or ("+" in entry and _KEEP.search(entry)):
        return entry
    return entry[: len(stripped) + (2 if entry.startswith("\r\n", len(stripped)) else 1)]


def cut_skeleton(text: str, blocks: list[tuple[BlockSequence, int]]) -> tuple[str, list[Slot]]:
    """Return `text` with empty lines in place of those of `blocks`, and a slot for each.

    Args:
        text: The YAML.
        blocks: The block sequences to take out, in order, and how many lines each has.
    """
    parts: list[str] = []
    slots: list[Slot] = []
    done = removed = line = 0
    for block, number in blocks:
        line += text.count("\n", done, block.start)
        slots.append(Slot(block.key - removed, line))
        parts += text[done : block.start], "\n" * number
        removed += block.end - block.start - number
        line += number
        done = block.end
    parts.append(text[done:])
    return "".join(parts), slots
