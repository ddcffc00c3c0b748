"""Damage in text: where it is and what the text was.

The text rules report these, and the reference rules compare texts with them taken out, so that one
defect is never reported twice.
"""

import html
import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

REPLACEMENT = "\ufffd"
"""U+FFFD stands where a decoder met bytes it could not read."""

ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_MOST_LOST = 4
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_BOM = "\ufeff"
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_CUT = re.compile(r"[\s.…,;:\-–—]+\Z|\[(?:…|\.\.\.)\]\Z")
_LINE = re.compile(r"[^\n]*\n?")


class Defect(NamedTuple):
    """A damaged stretch of a text.

    Attributes:
        start: 0-based offset of its first character.
        end: Offset after its last character.
        text: What stands there.
        was: What stood there before the damage.
    """

    start: int
    end: int
    text: str
    was: str


def find_mojibake(text: str) -> tuple[Defect, ...]:
    """Return the runs of `text` that were decoded with the wrong code page, as ftfy judges it.

    Each line is judged by itself, as `ftfy.fix_text` does, since lines of one text may come from
    different sources. A run never reaches over intact characters.
    """
    if text.isascii():
        return ()
    if "\n" not in text:
        return _mojibake_in_line(text)
    found: list[Defect] = []
    for line in _LINE.finditer(text):
        if not line[0].isascii():
            at = line.start()
            found += [
                Defect(start + at, end + at, broken, was)
                for start, end, broken, was in _mojibake_in_line(line[0])
            ]
    return tuple(found)


@lru_cache(maxsize=16384)
def _mojibake_in_line(line: str) -> tuple[Defect, ...]:
    """Return the broken runs of one line."""
    from ftfy import fix_encoding

    fixed = fix_encoding(line)
    if fixed == line:
        return ()
    runs = _paired_runs(line, fixed) or _different_runs(line, fixed)
    return tuple(
        Defect(start, end, line[start:end], was.replace(_BOM, "")) for start, end, was in runs
    )


def _paired_runs(line: str, fixed: str) -> list[tuple[int, int, str]]:
    """Return the changed runs of non-ASCII text; none where the ASCII between them changed too."""
    if _NON_ASCII.split(line) != _NON_ASCII.split(fixed):
        return []
    pairs = zip(_NON_ASCII.finditer(line), _NON_ASCII.findall(fixed), strict=True)
    return [_trimmed(run.start(), run[0], was) for run, was in pairs if run[0] != was]


def _different_runs(line: str, fixed: str) -> list[tuple[int, int, str]]:
    """Return the stretches in which `line` and `fixed` differ, however they do."""
    changes = SequenceMatcher(None, line, fixed, autojunk=False).get_opcodes()
    runs: list[tuple[int, int, str]] = []
    for kind, start, end, other, other_end in changes:
        if kind == "equal":
            continue
        runs.append((start, end, fixed[other:other_end]))
    return runs


def _trimmed(start: int, broken: str, was: str) -> tuple[int, int, str]:
    """Return a run without the characters at its ends that are intact."""
    head = 0
    while head < min(len(broken), len(was)) and broken[head] == was[head]:
        head += 1
    tail = 0
    while tail < min(len(broken), len(was)) - head and broken[-1 - tail] == was[-1 - tail]:
        tail += 1
    return start + head, start + len(broken) - tail, was[head : len(was) - tail]


def find_entities(text: str) -> tuple[Defect, ...]:
    """Return the HTML character references in `text` that stand for something.

    Only names with a semicolon count, so that `AT&T` and `?a=1&copy=2` are left alone.
    """
    if "&" not in text:
        return ()
    found = []
    for match in ENTITY.finditer(text):
        was = _unescaped(match[0])
        if was != match[0]:
            found.append(Defect(match.start(), match.end(), match[0], was))
    return tuple(found)


def _unescaped(entity: str) -> str:
    """Return what an entity stands for, escaped however often; a no-break space is a space."""
    was = html.unescape(entity)
    while (once_more := html.unescape(was)) != was:
        was = once_more
    return " " if was == "\xa0" else was


@lru_cache(maxsize=65536)
def repaired(text: str) -> str:
    """Return `text` with its damage undone as far as that is certain, and white space made single.

    What remains different between two repaired texts is a difference that readers would see.
    """
    return " ".join(_INVISIBLE.sub("", undamaged(text)).split())


def undamaged(text: str) -> str:
    """Return `text` with mojibake and HTML entities replaced by what they were."""
    return _spliced(_spliced(text, find_mojibake(text)), find_entities(text))


def same_text(one: object, other: object) -> bool:
    """Tell whether two repaired texts differ only where characters were lost (U+FFFD)."""
    one, other = str(one), str(other)
    if REPLACEMENT in one:
        return _fits(one, other)
    return REPLACEMENT in other and _fits(other, one)


def same_or_cut(one: object, other: object) -> bool:
    """Tell whether one of two repaired texts is the other, or the other cut short."""
    short, long = sorted((_CUT.sub("", str(one)), _CUT.sub("", str(other))), key=len)
    return long.startswith(short) or same_text(short, long[: len(short)])


def _fits(lossy: str, whole: str) -> bool:
    """Tell whether `whole` is `lossy` with the lost characters filled in."""
    first, *rest = re.split(f"{REPLACEMENT}+", lossy)
    ends = {len(first)} if whole.startswith(first) else set()
    for part in rest:
        starts = {end + lost for end in ends for lost in range(_MOST_LOST + 1)}
        ends = {start + len(part) for start in starts if whole.startswith(part, start)}
    return len(whole) in ends


def _spliced(text: str, defects: tuple[Defect, ...]) -> str:
    """Return `text` with each defect replaced by what it was."""
    for defect in reversed(defects):
        text = text[: defect.start] + defect.was + text[defect.end :]
    return text
