"""Mojibake in one line of a text.

`find_in_line` looks for

1. UTF-8 that was decoded with a single-byte code page (`newslint.records.utf8_runs` and
   `newslint.records.consistent_page`);
2. if there is none, text of a legacy code page that was decoded with another one
   (`newslint.records.legacy_text`);
3. C1 control characters, which are windows-1252 that was decoded as Latin-1;
4. the remains of bytes that were lost, such as `â€` of a closing quotation mark.

The original is certain if each of its characters comes back from the code page, all of the broken
characters are used and no others, and nothing broken is left. Anything else is a guess.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from newslint.records.consistent_page import find_consistent_text, has_rare, is_sound
from newslint.records.legacy_text import find_code_page, is_western
from newslint.records.mojibake import MAYBE_LEGACY, MAYBE_UTF8
from newslint.records.text_damage import NO_MOJIBAKE, REPLACEMENT, MojibakeRuns, TextDamage
from newslint.records.utf8_runs import BrokenRun, compare_runs, find_utf8_runs, list_blocks
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.location import splice

_NON_ASCII = lazy_pattern(r"[^\x00-\x7f]")
_C1 = lazy_pattern("[\x80-\x9f]")
_NON_ASCII_LETTER = lazy_pattern(r"[^\W\d_\x00-\x7f]")
_QUOTE = lazy_pattern("â€[\x9d\ufffd]?|Â€")
_LOST_A0 = lazy_pattern(r"(?<=[a-zß-ÿ])(?:Ã (?= )|Ã(?!\S))|(?<!\S)Ã (?= [a-z])")
"""The first byte of `à`, where the second one, 0xA0, was replaced by a space or was lost."""
_LOST_SPACE = lazy_pattern(r"(?<=[a-zß-ÿ0-9.,;:!?%)»”’€])Â(?: |\Z)")
"""The first byte of a no-break space, likewise."""
_CONTRACTION = lazy_pattern(
    r"(?i)\b(?:(?:ai|are|ca|could|did|do|does|had|has|have|is|should|was|were|wo|would)n(â)t"
    r"|(?:he|here|how|it|let|she|that|there|what|where|who)(â)s|(?:i|they|we|you)(â)(?:d|ll|m|re|ve))\b"
)
_LOST_IN_WORDS = (
    ("’", "â", _CONTRACTION),
    ("’", "â", lazy_pattern(r"\b(?:[A-Z][a-z]{3,}+|[a-z]{5,}+)(â)s\b")),
    ("…", "â", lazy_pattern("â¦")),
    ("€", "â", lazy_pattern("â¬")),
    (REPLACEMENT, "â", lazy_pattern(r"â¢|(?<!\w)â(?=[A-Z])")),
    *(
        (letter, "Ã", lazy_pattern(f"Ã(?={rest})"))
        for letter, rest in (
            ("Á", "frica|gua|guila|lbum|lvar|mbito|ngel|rabe|rbol|rea|sia|ustria|vila"),
            ("Ä", "gypten|nderung|rzte"),
            ("É", "cole|dition|glise|nergie|poca|poque|quip|tat|tude|xito"),
            ("Í", "cone|ndia|ndice|ntegra|sland|talo"),
            ("Ó", "pera|ptim|rgano|scar"),
            ("Ö", "ffentlich|ffnung|konom|sterreich"),
            ("Ú", "ltim|nic"),
            ("Ü", "ber|bung"),
        )
    ),
)
"""Characters of which bytes were lost, the first of those left, and the common places of these."""
_QUOTATION_MARK = lazy_pattern("[“”]")
_LOST_PART = lazy_pattern(
    "|".join(
        f"(?<=[{block}]){lead}|{lead}(?=[{block}])"
        for lead, block in (
            ("[ÎÏ]", "\u0370-\u03ff"),
            ("[ÐÑ]", "\u0400-\u04ff"),
            ("×", "\u0590-\u05ff"),
            ("[ØÙÚÛ]", "\u0600-\u06ff"),
            ("à[¤¥]", "\u0900-\u097f"),
            ("à[¸¹]", "\u0e00-\u0e7f"),
        )
    )
)
"""The first bytes of a letter beside letters of the same script."""
_REMAINS = lazy_pattern("[âÂ]€|[ÃÂ]\\Z")

_MAX_BLOCKS = 3
"""Blocks of Unicode that the letters of one language are in."""

_PLACES = {
    "“‘„‚‹": lazy_pattern(
        r"(?<!\S)[\x82\x84\x8b\x91\x93](?=\S)|(?<=[(\[—–-])[\x82\x84\x8b\x91\x93]"
    ),
    "”›": lazy_pattern(r"(?<=[^\s\w])[\x94\x9b]|(?<=\w)[\x94\x9b](?!\w)"),
    "’": lazy_pattern(r"(?<=\S)\x92"),
    "–—": lazy_pattern(r"(?<!\S)[\x96\x97](?!\S)|(?<=\d)\x96(?=\d)"),
    "…": lazy_pattern(r"(?<=\S)\x85(?![a-z])|(?<!\S)\x85(?=\S)"),
    "•": lazy_pattern(r"(?<!\S)\x95(?!\S)"),
    "™": lazy_pattern(r"(?<=\w)\x99(?!\w)"),
    "€": lazy_pattern(r"(?<!\S)\x80(?=\d)|(?<=[\d\s])\x80(?!\w)"),
}
"""The places where a C1 control character was a punctuation mark, which it is in each code page of
Windows. Inside of words it may be a letter of another code page (`jalape\x96o`, MacRoman)."""


@lru_cache(maxsize=16384)
def find_in_line(line: str) -> MojibakeRuns:
    """Find the mojibake of one line."""
    runs = _find_runs(line) if MAYBE_UTF8.search(line) else []
    if MAYBE_LEGACY.search(line) and not _explains_line(runs, line):
        page = find_code_page(line)
        if page:
            return MojibakeRuns((_whole(line),), is_certain=False, code_page=page)
    known = [run for run in runs if not _is_replaceable(line, run)]
    known = _add(known, _find_c1(line, known))
    known = _add(known, _find_remains(line, known))
    runs = _add(known, runs)
    if not runs:
        return NO_MOJIBAKE
    certain = all(run.is_certain for run in runs) and not _has_stray_c1(line, runs)
    return MojibakeRuns(tuple(_damage(line, run) for run in runs), is_certain=certain)


def _find_runs(line: str) -> list[BrokenRun]:
    """Find the runs of `line` that are UTF-8 in another code page, and the remains beside them.

    If the runs do not make a sound text, one code page may do so for the whole line.
    """
    runs = find_utf8_runs(line)
    known = [run for run in runs if run.original != REPLACEMENT]
    text = splice(line, ((run.start, run.end, run.original) for run in known))
    are_sound = not known or is_sound(text)
    is_restored = bool(known) and known == runs and are_sound
    if is_restored and all(run.is_certain for run in runs):
        return runs
    whole = find_consistent_text(line, by_words=not runs)
    is_guess = whole is not None and bool(runs) and has_rare(whole.text)
    if whole is None or is_guess or (is_restored and not whole.is_unique):
        return runs if are_sound else [run._replace(is_certain=False) for run in runs]
    again = _find_runs(whole.text)
    text = splice(whole.text, ((run.start, run.end, run.original) for run in again))
    is_complete = whole.is_unique and not is_restored and REPLACEMENT not in line
    is_certain = is_complete and all(run.is_certain for run in again)
    return compare_runs(line, text, is_certain=is_certain)


def _explains_line(runs: list[BrokenRun], line: str) -> bool:
    """Check whether most characters of `line` that are not ASCII are in a run that is known.

    Text of a legacy code page may be UTF-8 by chance here and there, in letters of any script.
    """
    known = [run for run in runs if run.original != REPLACEMENT]
    letters = filter(str.isalpha, "".join(run.original for run in known))
    explained = sum(run.end - run.start for run in known)
    is_alike = len(set(list_blocks("".join(letters)))) <= _MAX_BLOCKS
    is_alike = is_alike and all(is_sound(run.original) for run in known)
    return bool(known) and is_alike and 2 * explained >= len(_NON_ASCII.findall(line))


def _is_replaceable(line: str, run: BrokenRun) -> bool:
    """Check whether a run without an original is one that later steps can find one for."""
    text = line[run.start : run.end]
    return run.original == REPLACEMENT and (
        _C1.sub("", text) == "" or _REMAINS.match(text) is not None
    )


def _whole(line: str) -> TextDamage:
    """Create the damage of a wholly broken line: from its first to its last broken word."""
    broken = [at for at, char in enumerate(line) if not char.isascii()]
    start = line.rfind(" ", 0, broken[0]) + 1
    end = broken[-1] + len(line[broken[-1] :].split(" ", 1)[0].rstrip("\r\n"))
    return TextDamage(start, end, line[start:end], REPLACEMENT)


def _damage(line: str, run: BrokenRun) -> TextDamage:
    """Create the damage of a broken run; a byte-order mark was nothing."""
    original = run.original.replace("\ufeff", "")
    return TextDamage(run.start, run.end, line[run.start : run.end], original)


def _add(runs: list[BrokenRun], others: Iterable[BrokenRun]) -> list[BrokenRun]:
    """Merge `runs` with those of `others` that do not overlap them."""
    covered = _offsets(runs)
    free = [run for run in others if covered.isdisjoint(range(run.start, run.end))]
    return sorted([*runs, *free]) if free else runs


def _offsets(runs: Iterable[BrokenRun]) -> set[int]:
    """Collect the offsets of all characters of `runs`."""
    return set(chain.from_iterable(range(run.start, run.end) for run in runs))


def _find_c1(line: str, runs: list[BrokenRun]) -> list[BrokenRun]:
    """Find the C1 control characters of windows-1252 in `line`.

    A letter is a guess, and not even that beside other letters which may be broken as well.
    """
    found = [match.start() for match in _C1.finditer(line)]
    if not found:
        return []
    certain = {match.start() for place in _PLACES.values() for match in place.finditer(line)}
    text = splice(line, ((run.start, run.end, "") for run in runs))
    is_foreign = not is_western(text)
    has_letters = _NON_ASCII_LETTER.search(text) is not None
    letters = any(_as_cp1252(line[at]).isalpha() for at in found)
    runs = []
    for at in found:
        original = _as_cp1252(line[at])
        if original.isalpha() and has_letters:
            original = REPLACEMENT
        if original:
            is_certain = at in certain and not letters and not is_foreign
            runs.append(BrokenRun(at, at + 1, original, is_certain))
    return runs


def _as_cp1252(char: str) -> str:
    """Decode a C1 control character as windows-1252; empty if that does not define it."""
    return char.encode("latin-1").decode("cp1252", "ignore")


def _has_stray_c1(line: str, runs: list[BrokenRun]) -> bool:
    """Check whether a C1 control character is in none of `runs`."""
    covered = _offsets(runs)
    return any(match.start() not in covered for match in _C1.finditer(line))


def _find_remains(line: str, runs: list[BrokenRun]) -> list[BrokenRun]:
    """Find the remains of characters that lost a byte; their originals are guesses.

    `â€` is a closing quotation mark if a quotation is open.

    Args:
        line: The line.
        runs: The runs that are known.
    """
    covered = _offsets(runs)
    found = [BrokenRun(*match.span(), "à") for match in _LOST_A0.finditer(line)]
    found += [BrokenRun(*match.span(), "\xa0") for match in _LOST_SPACE.finditer(line)]
    found += [
        BrokenRun(*match.span(match.lastindex or 0), original)
        for original, lead, pattern in _LOST_IN_WORDS
        if lead in line
        for match in pattern.finditer(line)
    ]
    found += [BrokenRun(*match.span(), REPLACEMENT) for match in _QUOTE.finditer(line)]
    found += [BrokenRun(*match.span(), REPLACEMENT) for match in _LOST_PART.finditer(line)]
    marks = [BrokenRun(*match.span(), match[0]) for match in _QUOTATION_MARK.finditer(line)]
    free = [run for run in (*found, *marks) if covered.isdisjoint(range(run.start, run.end))]
    remains, depth = [], 0
    for run in sorted([*runs, *free]):
        if depth > 0 and run.original == REPLACEMENT and line[run.start] == "â":
            run = run._replace(original="”")  # noqa: PLW2901 # the guess
        depth = max(0, depth + run.original.count("“") - run.original.count("”"))
        if line[run.start] != run.original:
            remains.append(run)
    return remains
