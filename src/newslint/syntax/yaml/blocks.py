"""Block sequences, found by the indentation of lines without a parser, and cut into entries."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from newslint.text.lazy_pattern import lazy_pattern

_DASH = re.compile(r"\n( *+)-(?=[ \r\n])")
_KEY = re.compile(
    r"""([ ]*+(?:-[ ]++)*+)                            # the indentation
    (?: "[^"\r\n]*+" | '[^'\r\n]*+' | [\w$][^\s:]*+ ) :  # the key
    [ \t]*+ (?: (?<=[ \t])\#[^\r\n]*+ )?+ \r?+           # no value""",
    re.VERBOSE,
)
_BLANK_OR_COMMENT = lazy_pattern(r"[ \t]*+(?:#[^\r\n]*+)?+\r?+")
_KEEP = lazy_pattern(r"[|>]\d?\+")
_LONE_CR = lazy_pattern(r"\r(?!\n)")

_SINGLE_WEIGHT = 4
"""The factor for `min_length` if a sequence has a single entry."""

_MAX_KNOWN_LENGTH = 4096
"""The number of characters within which a known entry is expected to end."""


class BlockSequence(NamedTuple):
    """A block sequence.

    Attributes:
        key: Offset of the key that the sequence belongs to.
        start: Offset of the first entry's line.
        entries: The text of each entry, in whole lines.
        end: Offset after the last entry.
    """

    key: int
    start: int
    entries: list[str]
    end: int


class Slot(NamedTuple):
    """The place of a block sequence in the skeleton.

    Attributes:
        key: Offset in the skeleton of the key that the sequence belongs to.
        line: The number of lines before the first entry.
    """

    key: int
    line: int


def find_block_sequences(
    text: str, min_length: int, known: Mapping[str, object] = MappingProxyType({})
) -> list[BlockSequence]:
    """Find the block sequences in `text` whose lines show the start and end of each entry.

    Args:
        text: The YAML.
        min_length: The minimum average length of a sequence's entries. Also left out is a sequence
            whose first entry is a single, shorter line, and a sequence of one entry unless this is
            `_SINGLE_WEIGHT` times as long: it repeats less often than entries of longer lists.
        known: A fragment, or None, by the text of an entry. Entries with a fragment are found
            faster.
    """
    if "\r" in text and _LONE_CR.search(text):
        return []
    blocks = []
    dash = _DASH.search(text)
    while dash is not None:
        block = _block(text, dash, min_length, known)
        if block is not None:
            blocks.append(block)
        dash = _DASH.search(text, dash.end() if block is None else block.end - 1)
    return blocks


def _block(
    text: str, dash: re.Match[str], min_length: int, known: Mapping[str, object]
) -> BlockSequence | None:
    """Find the block sequence that starts with the line of `dash`; None if it is left out."""
    start, after = dash.span(1)
    indent = after - start
    if _starts_short(text, start, indent, min_length):
        return None
    key = _key_above(text, dash.start())
    if key is None or indent < len(key[1]):
        return None
    entries, end = _entries(text, start, indent, known)
    if end - start < min_length * (len(entries) if len(entries) > 1 else _SINGLE_WEIGHT):
        return None
    return BlockSequence(key.end(1), start, entries, end)


def _key_above(text: str, end: int) -> re.Match[str] | None:
    """Match the line above a list if it is a key without a value.

    Args:
        text: The YAML.
        end: The end of the line above the list. Blank lines and comments are skipped.
    """
    while True:
        start = text.rfind("\n", 0, end) + 1
        key = _KEY.fullmatch(text, start, end)
        if key is not None or start == 0 or _BLANK_OR_COMMENT.fullmatch(text, start, end) is None:
            return key
        end = start - 1


def _starts_short(text: str, start: int, indent: int, min_length: int) -> bool:
    """Check if the entry at `start` is a single line that is shorter than `min_length`."""
    line_end = text.find("\n", start, start + min_length)
    return line_end >= 0 and not text.startswith(" " * (indent + 1), line_end + 1)


def _entries(
    text: str, start: int, indent: int, known: Mapping[str, object]
) -> tuple[list[str], int]:
    """Split the sequence at `start` into entries, and find its end.

    While entries are known, only the dash of the next one is searched. The end of the sequence is
    searched from the first unknown entry on.
    """
    margin = " " * indent
    opening = f"\n{margin}- "
    entries = []
    while (stop := text.find(opening, start, start + _MAX_KNOWN_LENGTH)) >= 0:
        entry = text[start : stop + 1]
        if known.get(entry) is None:
            break
        entries.append(entry)
        start = stop + 1
    *others, last = _split(text[start : _find_end(text, start, indent)], margin)
    last = _strip_blank_tail(last)
    entries += *others, last
    return entries, start + sum(map(len, others)) + len(last)


def _split(body: str, margin: str) -> list[str]:
    """Split a sequence at the dashes that follow `margin`."""
    if f"\n{margin}-\n" in body or f"\n{margin}-\r" in body:
        return re.split(rf"(?<=\n)(?={margin}-[ \r\n])", body)
    first, *others = body.split(f"\n{margin}- ")
    entries = [first, *(f"{margin}- {other}" for other in others)]
    return [*(f"{entry}\n" for entry in entries[:-1]), entries[-1]]


def _find_end(text: str, start: int, indent: int) -> int:
    """Find the end of the sequence that has an entry at `start`."""
    after = _sequence_end(indent).search(text, start)
    return len(text) if after is None else after.start() + 1


@lru_cache(maxsize=256)
def _sequence_end(indent: int) -> re.Pattern[str]:
    """Compile a pattern for the line end before the first line after a sequence at `indent`.

    Patterns that start with a literal are searched many times faster.
    """
    return re.compile(rf"\n(?! {{{indent}}}-[ \r\n])(?= {{0,{indent}}}[^ \r\n#])")


def _strip_blank_tail(entry: str) -> str:
    """Strip the blank lines at the end of `entry`, so that equal entries have equal texts.

    They are kept if they may belong to a block scalar.
    """
    stripped = entry.rstrip("\r\n")
    if len(stripped) == len(entry) or ("+" in entry and _KEEP.search(entry)):
        return entry
    return entry[: len(stripped) + (2 if entry.startswith("\r\n", len(stripped)) else 1)]


def cut_skeleton(text: str, blocks: list[tuple[BlockSequence, int]]) -> tuple[str, list[Slot]]:
    """Replace block sequences by empty lines.

    Args:
        text: The YAML.
        blocks: The block sequences, in order, and the number of lines of each.

    Returns:
        The skeleton, and the slot of each block sequence in it.
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
