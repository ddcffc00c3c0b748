"""Damage in text: where it is and what the text was.

The text rules report these, and the reference rules compare texts with them taken out, so that one
defect is never reported twice.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, takewhile
from operator import attrgetter
from typing import NamedTuple

from newslint.text.location import splice

REPLACEMENT = "\ufffd"
"""U+FFFD stands where a decoder met bytes it could not read."""

_ENTITY = re.compile(r"&(?:amp;)*((?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")

_MOST_LOST = 4
_MOST_WORDS = 500
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_SUSPICIOUS = re.compile(r"[^\x00-\x7f]{2}|[\x80-\x9fÂÃŒœ]")
_BOM = "\ufeff"
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_CUT = ("[…]", "[...]")
_CUT_CHARS = " \t\n.…,;:-–—"
_LINE = re.compile(r"[^\n]*\n?")
_WORD = re.compile(r"\S+\s*|\s+")


class TextDamage(NamedTuple):
    """A damaged stretch of a text.

    Attributes:
        start: 0-based offset of its first character.
        end: Offset after its last character.
        text: What stands there.
        original: What stood there before the damage.
    """

    start: int
    end: int
    text: str
    original: str


def may_be_mojibake(text: str) -> bool:
    """Tell whether `text` may have been decoded with the wrong code page.

    Characters that are not ASCII and have none of their kind beside them are fine, whatever they
    are, but for a few: in this ftfy agrees (`ftfy.badness`, which takes a hundred times as long).
    """
    return not text.isascii() and _SUSPICIOUS.search(text) is not None


def first_overlap(runs: Sequence[TextDamage], start: int, end: int) -> TextDamage | None:
    """Return the first of `runs` that has characters between two offsets; None where none has.

    Args:
        runs: In order, none reaching into the next.
        start: 0-based.
        end: Exclusive.
    """
    index = bisect_right(runs, start, key=attrgetter("end"))
    return runs[index] if index < len(runs) and runs[index].start < end else None


def find_mojibake(text: str) -> tuple[TextDamage, ...]:
    """Return the runs of `text` that were decoded with the wrong code page, as ftfy judges it.

    Each line is judged by itself, as `ftfy.fix_text` does, since lines of one text may come from
    different sources. A run never reaches over intact characters.
    """
    if not may_be_mojibake(text):
        return ()
    if "\n" not in text:
        return _mojibake_in_line(text)
    found: list[TextDamage] = []
    for line in _LINE.finditer(text):
        if may_be_mojibake(line[0]):
            at = line.start()
            found += [
                TextDamage(start + at, end + at, broken, was)
                for start, end, broken, was in _mojibake_in_line(line[0])
            ]
    return tuple(found)


@lru_cache(maxsize=16384)
def _mojibake_in_line(line: str) -> tuple[TextDamage, ...]:
    """Return the broken runs of one line."""
    from ftfy import fix_encoding

    fixed = fix_encoding(line)
    if fixed == line:
        return ()
    runs = _paired_runs(line, fixed) or _different_runs(line, fixed)
    return tuple(
        TextDamage(start, end, line[start:end], was.replace(_BOM, "")) for start, end, was in runs
    )


def _paired_runs(line: str, fixed: str) -> list[tuple[int, int, str]]:
    """Return the changed runs of non-ASCII text; none where the ASCII between them changed too."""
    if _NON_ASCII.split(line) != _NON_ASCII.split(fixed):
        return []
    pairs = zip(_NON_ASCII.finditer(line), _NON_ASCII.findall(fixed), strict=True)
    return [_trimmed(run.start(), run[0], was) for run, was in pairs if run[0] != was]


def _different_runs(line: str, fixed: str) -> list[tuple[int, int, str]]:
    """Return the stretches in which `line` and `fixed` differ, however they do.

    Words are compared rather than characters, since comparing takes quadratic time.
    """
    old, new = _WORD.findall(line), _WORD.findall(fixed)
    starts = [0, *accumulate(map(len, old))]
    runs: list[tuple[int, int, str]] = []
    for start, end, other, other_end in _same_words(old, new) or _changes(old, new):
        broken, was = old[start:end], new[other:other_end]
        if len(broken) != len(was):
            broken, was = ["".join(broken)], ["".join(was)]
        runs += map(_trimmed, starts[start:], broken, was)
    return runs


def _same_words(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Return the places of the words that differ; none where words were joined or split."""
    if len(old) != len(new):
        return []
    changed = [at for at, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    if any(old[at].isascii() for at in changed):
        return []
    return [(at, at + 1, at, at + 1) for at in changed]


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield start and end, in `old` and in `new`, of each stretch in which they differ.

    Of long texts all from the first to the last difference is one stretch: comparing them word by
    word could take hours.
    """
    if max(len(old), len(new)) > _MOST_WORDS:
        head = _equal(old, new)
        tail = min(_equal(old[::-1], new[::-1]), len(old) - head, len(new) - head)
        yield head, len(old) - tail, head, len(new) - tail
        return
    from difflib import SequenceMatcher

    for kind, *change in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            start, end, other, other_end = change
            yield start, end, other, other_end


def _equal(old: Iterable[str], new: Iterable[str]) -> int:
    """Return how many words are equal before the first that is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _trimmed(start: int, broken: str, was: str) -> tuple[int, int, str]:
    """Return a run without the characters at its ends that are intact.

    One character of both is kept, so that `Â£` was `£`, and not its `Â` nothing.
    """
    most = min(len(broken), len(was)) - 1
    head = 0
    while head < most and broken[head] == was[head]:
        head += 1
    tail = 0
    while tail < most - head and broken[-1 - tail] == was[-1 - tail]:
        tail += 1
    return start + head, start + len(broken) - tail, was[head : len(was) - tail]


def find_entities(text: str) -> tuple[TextDamage, ...]:
    """Return the HTML character references in `text` that stand for something.

    Only names with a semicolon count, so that `AT&T` and `?a=1&copy=2` are left alone.
    """
    if "&" not in text:
        return ()
    found = []
    for match in _ENTITY.finditer(text):
        was = _unescaped(match[1])
        if was not in (match[0], "", REPLACEMENT):
            found.append(TextDamage(match.start(), match.end(), match[0], was))
    return tuple(found)


def _unescaped(name: str) -> str:
    """Return what `&` and the entity's `name` stand for; a no-break space is a space.

    `html.unescape` alone would read `&notit;` as `&not` and `it;`.
    """
    import html
    from html.entities import html5

    if name not in html5 and not name.startswith("#"):
        return "&" + name
    was = html.unescape("&" + name)
    return " " if was == "\xa0" else was


@lru_cache(maxsize=65536)
def normalize_text(text: str) -> str:
    """Return `text` with its damage undone as far as that is certain, and white space made single.

    What remains different between two normalize_text texts is a difference that readers would see.
    """
    intact = undo_damage(text)
    single = " ".join((intact if intact.isascii() else _INVISIBLE.sub("", intact)).split())
    return text if single == text else single  # as mostly: one text is held, not two


def undo_damage(text: str) -> str:
    """Return `text` with mojibake and HTML entities replaced by what they were."""
    if "&" not in text and not may_be_mojibake(text):  # as most are
        return text
    restored = _spliced(text, find_mojibake(text))
    return _spliced(restored, find_entities(restored))


def is_same_text(one: object, other: object) -> bool:
    """Tell whether two normalize_text texts differ only where characters were lost (U+FFFD)."""
    one, other = str(one), str(other)
    if REPLACEMENT in one:
        return _fits(one, other)
    return REPLACEMENT in other and _fits(other, one)


def is_same_or_truncated(one: object, other: object) -> bool:
    """Tell whether one of two normalize_text texts is the other, or the other cut short."""
    short, long = sorted((_uncut(str(one)), _uncut(str(other))), key=len)
    if long.startswith(short):
        return True
    if REPLACEMENT in short:
        return _fits(short, long, cut=True) or _fits(short, long)
    return is_same_text(short, long) or is_same_text(short, long[: len(short)])


def _uncut(text: str) -> str:
    """Return `text` without what shows that it was cut short."""
    for mark in _CUT:
        text = text.removesuffix(mark)
    return text.rstrip(_CUT_CHARS)


def _fits(lossy: str, whole: str, *, cut: bool = False) -> bool:
    """Tell whether `whole`, or its beginning where `cut`, is `lossy` with the lost text filled in.

    Each lost character may stand for as many as `_MOST_LOST` on average. The earliest place of each
    part is taken, which takes linear time and misses nothing.
    """
    first, *rest = re.split(f"{REPLACEMENT}+", lossy)
    if not whole.startswith(first):
        return False
    last = rest.pop()
    end = len(first)
    for part in rest:
        found = whole.find(part, end)
        if found < 0:
            return False
        end = found + len(part)
    start = whole.find(last, end) if cut else len(whole) - len(last)
    if start < end or not whole.startswith(last, start):
        return False
    known = len(first) + len(last) + sum(map(len, rest))
    return start + len(last) - known <= _MOST_LOST * lossy.count(REPLACEMENT)


def _spliced(text: str, defects: tuple[TextDamage, ...]) -> str:
    """Return `text` with each defect replaced by what it was."""
    return splice(text, ((start, end, was) for start, end, _, was in defects))
