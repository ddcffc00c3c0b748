"""Damage in text: mojibake and HTML entities, and the text before the damage.

Text rules report the damage. Reference rules compare texts after undoing it, so that one defect is
never reported twice.
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
"""U+FFFD, which decoders put in place of bytes that they cannot decode."""

_ENTITY = re.compile(r"&(?:amp;)*((?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")

_MAX_LOST = 4
"""Average number of characters that one U+FFFD may replace."""
_MAX_WORDS = 500
"""Longer lines are not compared word by word."""
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_SUSPICIOUS = re.compile(r"[^\x00-\x7f]{2}|[\x80-\x9fÂÃŒœ]")
_BOM = "\ufeff"
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_ELLIPSES = ("[…]", "[...]")
_END_CHARS = " \t\n.…,;:-–—"
_LINE = re.compile(r"[^\n]*\n?")
_WORD = re.compile(r"\S+\s*|\s+")


class TextDamage(NamedTuple):
    """A damaged span of a text.

    Attributes:
        start: 0-based offset of its first character.
        end: Offset after its last character.
        text: The damaged text.
        original: The text before the damage.
    """

    start: int
    end: int
    text: str
    original: str


def may_be_mojibake(text: str) -> bool:
    """Check cheaply whether `text` may have been decoded with the wrong code page.

    A single non-ASCII character between ASCII ones is never mojibake, with few exceptions.
    `ftfy.badness` agrees with this check but takes a hundred times as long.
    """
    return not text.isascii() and _SUSPICIOUS.search(text) is not None


def first_overlap(spans: Sequence[TextDamage], start: int, end: int) -> TextDamage | None:
    """Find the first of `spans` that overlaps the text between two offsets; None if none does.

    Args:
        spans: Sorted spans that do not overlap each other.
        start: 0-based offset.
        end: Exclusive offset.
    """
    index = bisect_right(spans, start, key=attrgetter("end"))
    return spans[index] if index < len(spans) and spans[index].start < end else None


def find_mojibake(text: str) -> tuple[TextDamage, ...]:
    """Find the spans of `text` that were decoded with the wrong code page, according to ftfy.

    Lines are checked one by one, as `ftfy.fix_text` does, since lines of one text may come from
    different sources. A span never starts or ends with intact characters.
    """
    if not may_be_mojibake(text):
        return ()
    if "\n" not in text:
        return _mojibake_in_line(text)
    found: list[TextDamage] = []
    for line in _LINE.finditer(text):
        if may_be_mojibake(line[0]):
            offset = line.start()
            found += [
                TextDamage(start + offset, end + offset, damaged, original)
                for start, end, damaged, original in _mojibake_in_line(line[0])
            ]
    return tuple(found)


@lru_cache(maxsize=16384)
def _mojibake_in_line(line: str) -> tuple[TextDamage, ...]:
    """Find the mojibake in one line."""
    from ftfy import fix_encoding

    fixed = fix_encoding(line)
    if fixed == line:
        return ()
    spans = _diff_non_ascii(line, fixed) or _diff_words(line, fixed)
    return tuple(
        TextDamage(start, end, line[start:end], original.replace(_BOM, ""))
        for start, end, original in spans
    )


def _diff_non_ascii(line: str, fixed: str) -> list[tuple[int, int, str]]:
    """Compare the runs of non-ASCII text; return none if the ASCII text between them differs."""
    if _NON_ASCII.split(line) != _NON_ASCII.split(fixed):
        return []
    pairs = zip(_NON_ASCII.finditer(line), _NON_ASCII.findall(fixed), strict=True)
    return [_trim(run.start(), run[0], was) for run, was in pairs if run[0] != was]


def _diff_words(line: str, fixed: str) -> list[tuple[int, int, str]]:
    """Compare `line` and `fixed` word by word.

    Words are compared rather than characters, since comparing takes quadratic time.
    """
    old, new = _WORD.findall(line), _WORD.findall(fixed)
    starts = [0, *accumulate(map(len, old))]
    runs: list[tuple[int, int, str]] = []
    for start, end, other, other_end in _diff_aligned(old, new) or _diff_sequences(old, new):
        broken, was = old[start:end], new[other:other_end]
        if len(broken) != len(was):
            broken, was = ["".join(broken)], ["".join(was)]
        runs += map(_trim, starts[start:], broken, was)
    return runs


def _diff_aligned(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Find the differing words of lists of equal length; none if words were joined or split."""
    if len(old) != len(new):
        return []
    changed = [at for at, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    if any(old[at].isascii() for at in changed):
        return []
    return [(at, at + 1, at, at + 1) for at in changed]


def _diff_sequences(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the start and end in `old` and in `new` of each difference.

    In long texts everything from the first to the last difference counts as one difference, since
    an exact comparison could take hours.
    """
    if max(len(old), len(new)) > _MAX_WORDS:
        head = _common_prefix(old, new)
        tail = min(_common_prefix(old[::-1], new[::-1]), len(old) - head, len(new) - head)
        yield head, len(old) - tail, head, len(new) - tail
        return
    from difflib import SequenceMatcher

    for kind, *change in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            start, end, other, other_end = change
            yield start, end, other, other_end


def _common_prefix(old: Iterable[str], new: Iterable[str]) -> int:
    """Count the equal words before the first difference."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _trim(start: int, broken: str, was: str) -> tuple[int, int, str]:
    """Remove intact characters from both ends of a damaged span.

    One character always remains, so that `Â£` is the damage of `£`, rather than `Â` of nothing.
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
    """Find the HTML character references in `text`.

    Only those with a semicolon count, so that `AT&T` and `?a=1&copy=2` are no damage.
    """
    if "&" not in text:
        return ()
    found = []
    for match in _ENTITY.finditer(text):
        original = _unescape(match[1])
        if original not in (match[0], "", REPLACEMENT):
            found.append(TextDamage(match.start(), match.end(), match[0], original))
    return tuple(found)


def _unescape(name: str) -> str:
    """Decode the character reference of `name`; a no-break space becomes a space.

    Unknown names stay as they are: `html.unescape` alone would decode `&notit;` as `&not` and
    `it;`.
    """
    import html
    from html.entities import html5

    if name not in html5 and not name.startswith("#"):
        return "&" + name
    text = html.unescape("&" + name)
    return " " if text == "\xa0" else text


@lru_cache(maxsize=65536)
def normalise_text(text: str) -> str:
    """Undo damage in `text`, remove invisible characters and collapse white space.

    A difference between two normalised texts is one that readers would notice.
    """
    intact = undo_damage(text)
    single = " ".join((intact if intact.isascii() else _INVISIBLE.sub("", intact)).split())
    return text if single == text else single  # usually equal: the cache then keeps one string


def undo_damage(text: str) -> str:
    """Replace mojibake and HTML entities in `text` by the original characters."""
    if "&" not in text and not may_be_mojibake(text):  # the usual case
        return text
    restored = _restore(text, find_mojibake(text))
    return _restore(restored, find_entities(restored))


def is_same_text(one: object, other: object) -> bool:
    """Check whether two normalised texts are equal apart from lost characters (U+FFFD)."""
    one, other = str(one), str(other)
    if REPLACEMENT in one:
        return _matches_lossy(one, other)
    return REPLACEMENT in other and _matches_lossy(other, one)


def is_same_or_truncated(one: object, other: object) -> bool:
    """Check whether one of two normalised texts equals the other or is a truncation of it."""
    short, long = sorted((_strip_ellipsis(str(one)), _strip_ellipsis(str(other))), key=len)
    if long.startswith(short):
        return True
    if REPLACEMENT in short:
        return _matches_lossy(short, long, cut=True) or _matches_lossy(short, long)
    return is_same_text(short, long) or is_same_text(short, long[: len(short)])


def _strip_ellipsis(text: str) -> str:
    """Remove ellipses and punctuation from the end of `text`."""
    for mark in _ELLIPSES:
        text = text.removesuffix(mark)
    return text.rstrip(_END_CHARS)


def _matches_lossy(lossy: str, whole: str, *, cut: bool = False) -> bool:
    """Check whether `lossy` with its lost characters filled in can be `whole`.

    Each U+FFFD may replace up to `_MAX_LOST` characters on average. Taking the earliest match of
    each part takes linear time and misses no solution.

    Args:
        lossy: Text with at least one U+FFFD.
        whole: Text without.
        cut: Whether `lossy` may also be the beginning of `whole`.
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
    return start + len(last) - known <= _MAX_LOST * lossy.count(REPLACEMENT)


def _restore(text: str, spans: tuple[TextDamage, ...]) -> str:
    """Replace each damaged span of `text` by its original."""
    return splice(text, ((start, end, original) for start, end, _, original in spans))
