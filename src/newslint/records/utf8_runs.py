"""UTF-8 that was decoded with a single-byte code page: `â€™` for `’`, `Ã©` for `é`.

ftfy knows the code pages and which sequences of characters good text never contains. Its repairs
are not used as they are: it guesses lost bytes, takes plain spaces for no-break spaces, and changes
`IRMÃ DULCE` with a no-break space. Here a run of non-ASCII characters is broken only if all of them
are the bytes of UTF-8 in one code page; so no ASCII character is ever touched.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from newslint.records.ambiguous_runs import RunVerdict, judge_run
from newslint.records.consistent_page import has_rare
from newslint.records.text_damage import REPLACEMENT
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.location import splice

_NON_ASCII = lazy_pattern(r"[^\x00-\x7f]+")
_NEUTRAL = frozenset("\xa0\xad–—…“”‘’„‚«»‹›•·™®©°")
"""Characters that good text has beside broken runs."""
_UNLIKELY = lazy_pattern(
    r"(?<=[a-zß-ÿ])[ÂÃÄÅ][\xa0\xad–—‘’“”…]|(?<=[A-Z])Ã[–…](?=[A-Z])|(?<!\w)Ã[–…](?=\w)"
    r"|â[„†‡ˆŠŒŽŸ][\xa1-\xbf–—‘’“”•…™š›œž]"
    r"|(?<![^\W\d_])[ВΒ][\xa0¤¦§©¬\xad®°±¶·]|(?:ÂŁ|ВЈ|Β£)(?=\d)"
)
"""Capital letters in words, and marks after them, that ftfy finds likely; among them letters of
Cyrillic and Greek script for the first byte of a mark."""
_UTF8 = lazy_pattern(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})++"
)
_LEAD = lazy_pattern("[Â-ÖØ-Þ]|[à-ô][\x80-\xbf\u0152-\u02dc\u2013-\u2122]")
"""Capital letters, which are the first byte of other letters, and the first two bytes of others."""
_COMMON_PAGES = ("latin-1", "sloppy-windows-1252")
_PAGES = (
    *_COMMON_PAGES,
    "sloppy-windows-1251",
    "sloppy-windows-1250",
    "sloppy-windows-1253",
    "sloppy-windows-1254",
    "sloppy-windows-1257",
    "iso-8859-2",
    "macroman",
    "cp437",
    "cp850",
    "cp852",
)
"""The code pages that ftfy knows, and others of DOS."""
_C1 = lazy_pattern("[\x80-\x9f]+")
_UNUSABLE = lazy_pattern("[\x80-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]")
"""Characters that no text contained before it was broken."""
_LATIN_END = 0x180
"""The code point after Latin-1 and Latin Extended-A."""
_CJK = 0x2E
"""The block of all characters of East Asia."""


class BrokenRun(NamedTuple):
    """A broken run of a line.

    Attributes:
        start: 0-based offset of its first character.
        end: Offset after its last character.
        original: The text before the damage; U+FFFD if it is not known.
        is_certain: Whether it was that for certain.
    """

    start: int
    end: int
    original: str
    is_certain: bool = False


class _Decoded(NamedTuple):
    """UTF-8 that was decoded with a code page.

    Attributes:
        original: The text.
        page: The code page.
        is_unique: Whether no other code page gives another text.
    """

    original: str
    page: str
    is_unique: bool


class _Candidate(NamedTuple):
    """Characters that are UTF-8 in a code page.

    Attributes:
        start: 0-based offset of the first one.
        end: Offset after the last one.
        decoded: The decoded UTF-8.
        is_run: Whether they are a whole run of non-ASCII characters.
    """

    start: int
    end: int
    decoded: _Decoded
    is_run: bool


def find_utf8_runs(line: str) -> list[BrokenRun]:
    """Find the runs of `line` that are UTF-8 in another code page, and the remains beside them."""
    return list(map(_finish, _find_layers(line)))


def _finish(run: BrokenRun) -> BrokenRun:
    """Turn the control characters of windows-1252 into what they are, and drop what no text has."""
    original = run.original
    if _C1.fullmatch(original):
        original = original.encode("latin-1").decode("cp1252", "replace")
        return run._replace(original=original, is_certain=run.is_certain and not original.isalpha())
    return run._replace(original=REPLACEMENT) if _UNUSABLE.search(original) else run


def _find_layers(line: str) -> list[BrokenRun]:
    """Find the runs of `line` that were broken once or more often."""
    runs = _find_layer(line)
    known = [run for run in runs if run.original != REPLACEMENT]
    decoded = splice(line, ((run.start, run.end, run.original) for run in known))
    again = _find_layers(decoded) if known else []
    inner = [run for run in again if run.original != REPLACEMENT]
    if not inner:
        return runs
    restored = splice(decoded, ((run.start, run.end, run.original) for run in inner))
    is_certain = all(run.is_certain for run in (*runs, *again))
    return compare_runs(line, restored, is_certain=is_certain)


def compare_runs(line: str, restored: str, *, is_certain: bool) -> list[BrokenRun]:
    """List the runs of non-ASCII characters that differ; the ASCII between them is the same."""
    pairs = zip(_NON_ASCII.finditer(line), _NON_ASCII.findall(restored), strict=True)
    return [BrokenRun(*match.span(), text, is_certain) for match, text in pairs if match[0] != text]


def _find_layer(line: str) -> list[BrokenRun]:
    """Find the runs of `line` that are UTF-8 in another code page, and the remains beside them."""
    if not _first_two().search(line):
        return []
    from ftfy.badness import BADNESS_RE

    found = (*BADNESS_RE.finditer(line), *_UNLIKELY.finditer(line))
    bad = _join(sorted(match.span() for match in found))
    candidates = list(_find_candidates(line)) if bad else []
    verdicts = {
        each: judge_run(line, each.start, each.end, each.decoded.original)
        for each in candidates
        if _overlaps(each, bad)
    }
    if not {RunVerdict.BROKEN, RunVerdict.UNSURE}.intersection(verdicts.values()):
        return []
    broken = [each for each, verdict in verdicts.items() if verdict is RunVerdict.BROKEN]
    text = "".join(each.decoded.original for each in broken)
    runs = list(_decode_candidates(line, candidates, verdicts, set(list_blocks(text))))
    letters = set(list_blocks("".join(filter(str.isalpha, text))))
    return _add_rest(line, runs, {each.decoded.page for each in broken}, letters, bad)


def _decode_candidates(
    line: str,
    candidates: list[_Candidate],
    verdicts: dict[_Candidate, RunVerdict],
    blocks: set[int],
) -> Iterator[BrokenRun]:
    """Yield the candidates that are broken, perhaps.

    If the whole line is UTF-8 in another code page, likely characters are broken as well.

    Args:
        line: The line.
        candidates: All candidates.
        verdicts: The verdicts on the unlikely ones.
        blocks: The blocks of the characters that are broken for certain.
    """
    is_whole = all(each.is_run for each in candidates) and len(candidates) == len(
        _NON_ASCII.findall(line)
    )
    for each in candidates:
        verdict = verdicts.get(each)
        if verdict is not None or is_whole:
            is_alike = (
                verdict is None
                and bool(blocks)
                and blocks.issuperset(list_blocks(each.decoded.original))
            )
            is_certain = each.decoded.is_unique and (verdict is RunVerdict.BROKEN or is_alike)
            yield _decode_candidate(line, each, is_certain=is_certain)


def _find_candidates(line: str) -> Iterator[_Candidate]:
    """Yield the runs of non-ASCII characters that are UTF-8, or the parts of runs that are."""
    for match in _NON_ASCII.finditer(line):
        start, end = match.span()
        decoded = _decode(match[0])
        if decoded:
            yield _Candidate(start, end, decoded, is_run=True)
        elif end - start > 1:
            for first, last in _find_parts(match[0]):
                decoded = _decode(match[0][first:last])
                if decoded:
                    yield _Candidate(start + first, start + last, decoded, is_run=False)


def _find_parts(run: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the parts of a run that look like UTF-8 in a code page."""
    from ftfy.chardata import UTF8_DETECTOR_RE

    for page in _COMMON_PAGES:
        try:
            data = run.encode(page)
        except UnicodeError:
            continue
        yield from (match.span() for match in _UTF8.finditer(data))
        return
    yield from (match.span() for match in UTF8_DETECTOR_RE.finditer(run))


@cache
def _first_two() -> re.Pattern[str]:
    """Compile a pattern of characters that may be the first two bytes of UTF-8 in a code page."""
    pages = [page.removeprefix("sloppy-") for page in _PAGES]  # ftfy adds what Latin-1 has
    first, second = (
        "".join(bytes(each).decode(page, "ignore") for page in pages)
        for each in (range(0xC2, 0xF5), range(0x80, 0xC0))
    )
    return re.compile(f"[{first}][{second}]")


def _decode(run: str) -> _Decoded | None:
    """Decode UTF-8 that was decoded with a single-byte code page.

    It is unique only if encoding it again gives `run`.

    Returns:
        The text by the first code page that gives one; None if none does.
    """
    if len(run) == 1 or REPLACEMENT in run:
        return None
    found: dict[str, str] = {}
    import ftfy.bad_codecs  # noqa: F401 # registers codecs

    for page in _PAGES:
        try:
            data = run.encode(page)
            text = data.decode("utf-8-variants" if b"\xed" in data else "utf-8")
        except UnicodeError:
            continue
        found.setdefault(text, page)
    if not found:
        return None
    text = min(found, key=has_rare)
    page = found[text]
    is_exact = text.encode("utf-8", "surrogatepass") == run.encode(page)
    return _Decoded(text, page, is_exact and (page in _COMMON_PAGES or len(found) == 1))


def _overlaps(candidate: _Candidate, spans: list[tuple[int, int]]) -> bool:
    """Check whether one of the sorted `spans` overlaps a candidate."""
    index = bisect_right(spans, candidate.start, key=itemgetter(1))
    return index < len(spans) and spans[index][0] < candidate.end


def list_blocks(text: str) -> Iterator[int]:
    """Yield the rough Unicode block of each character: one for all of Latin, one for all of CJK."""
    for char in text:
        code = ord(char)
        if code < _LATIN_END:
            yield 0
        else:
            yield _CJK if "\u2e80" <= char < "\ud800" else code >> 8


def _decode_candidate(line: str, candidate: _Candidate, *, is_certain: bool) -> BrokenRun:
    """Decode a candidate.

    A dagger may be a quotation mark that lost its last byte, before a no-break space.
    """
    start, end, (original, *_), _ = candidate
    if original.startswith("\u2020") and line[end - 1] == "\xa0":
        return BrokenRun(start, end - 1, REPLACEMENT)
    return BrokenRun(start, end, original, is_certain)


def _add_rest(
    line: str, runs: list[BrokenRun], pages: set[str], blocks: set[int], bad: list[tuple[int, int]]
) -> list[BrokenRun]:
    """Add the broken remains beside `runs`, with an unknown original.

    Args:
        line: The line.
        runs: The runs with their originals.
        pages: The code pages of those that are certain.
        blocks: The blocks of the letters in their originals.
        bad: The spans that ftfy finds unlikely.
    """
    covered = {at: run for run in runs for at in range(run.start, run.end)}
    left = {
        at
        for start, end in bad
        if covered.keys().isdisjoint(range(start, end))
        for at in range(start, end)
        if not line[at].isascii()
    }
    for match in _NON_ASCII.finditer(line):
        for at, char in enumerate(match[0], match.start()):
            if at not in covered and char not in _NEUTRAL:
                beside = [covered[each] for each in (at - 1, at + 1) if each in covered]
                if _is_lost_lead(char, pages, blocks) or _is_lost(char, beside):
                    left.add(at)
    rest = (BrokenRun(*span, REPLACEMENT) for span in _join([(at, at + 1) for at in sorted(left)]))
    if any(match.start() not in covered for match in _LEAD.finditer(line)):
        runs = [run._replace(is_certain=False) for run in runs]
    return sorted([*runs, *rest])


def _is_lost_lead(char: str, pages: set[str], blocks: set[int]) -> bool:
    """Check whether a character is the first byte of a letter like those that are broken."""
    for page in pages:
        try:
            byte = char.encode(page)[0]
        except UnicodeError:
            continue
        if not blocks.isdisjoint(_blocks_after(byte)):
            return True
    return False


def _blocks_after(byte: int) -> Iterable[int]:
    """List the blocks of the characters that begin with a byte in UTF-8."""
    if 0xC2 <= byte <= 0xDF:  # noqa: PLR2004 # of two bytes
        return list_blocks(chr((byte & 0x1F) << 6))
    if 0xE3 <= byte <= 0xED:  # noqa: PLR2004 # of three bytes, in East Asia
        return (_CJK,)
    return {0xE0: range(0x08, 0x10), 0xE1: range(0x10, 0x20)}.get(byte, ())


def _is_lost(char: str, beside: list[BrokenRun]) -> bool:
    """Check whether a letter beside broken letters was broken as well and lost a byte."""
    is_latin = char.isalpha() and ord(char) < _LATIN_END
    return is_latin and any(any(map(str.isalpha, run.original)) for run in beside)


def _join(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the sorted spans that overlap or adjoin each other."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
