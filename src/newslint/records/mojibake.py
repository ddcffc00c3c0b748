"""Mojibake: text that was decoded with the wrong code page, and the text before that.

`find_mojibake` checks the lines of a text one by one, as `ftfy.fix_text` does, since lines of one
text may come from different sources. Most texts contain nothing that can be mojibake. For others
`newslint.records.mojibake_lines` is imported.
"""

from collections.abc import Iterable
from itertools import chain

from newslint.records.text_damage import NO_MOJIBAKE, MojibakeRuns, TextDamage
from newslint.text.lazy_pattern import lazy_pattern

MAYBE_UTF8 = lazy_pattern(
    r"[^\x00-\x7f]{2}|[\x80-\x9fÂÃŒœ]|â(?:[A-Z]|(?:[dmst]|ll|re|ve)(?![^\W\d_]))"
)
"""What each text contains in which `find_utf8_runs` and the last two steps find anything."""
LATIN = (
    r"(?s:(?:[\x80-\x9f\xa1-\xff][^\x80-\x9f\xa1-\xff]*+){3})"
    r"|[ƒˆ˜ŠŒŽŸ‚„†‡‰‹›¡-³¶¹-¿](?<=[a-z].)[a-z]|[ºª¹³¼¾](?<!\w.)[a-z]"
)
"""Three characters of Latin-1, or one in a word that is no letter of Latin-1: with fewer of them,
there are not enough words to judge."""
LONE = "掳漏째짤鈥窶脌脕脡脜脟脥脫脰脷脺脩脴"
"""Characters of East Asia that are rare, and are `°`, `©`, `’`, `À` … in UTF-8."""
MAYBE_LEGACY = lazy_pattern(rf"[^\x00-\x7f]{{2}}|[A-Za-z][\u2e80-\ud7a3]|[{LONE}]|{LATIN}")
"""What each text contains that `find_code_page` recognises."""
_LINE = lazy_pattern(r"[^\n]*\n?")


def may_be_mojibake(text: str) -> bool:
    """Check cheaply whether `find_mojibake` may find anything in `text`.

    Most non-ASCII characters between ASCII ones are never mojibake: one quotation mark, one letter.
    """
    return not text.isascii() and (
        MAYBE_UTF8.search(text) is not None or MAYBE_LEGACY.search(text) is not None
    )


def find_mojibake(text: str) -> MojibakeRuns:
    """Find the runs of `text` that were decoded with the wrong code page."""
    if not may_be_mojibake(text):
        return NO_MOJIBAKE
    from newslint.records.mojibake_lines import find_in_line

    if "\n" not in text:
        return find_in_line(text)
    found = [
        (line.start(), find_in_line(line[0]))
        for line in _LINE.finditer(text)
        if may_be_mojibake(line[0])
    ]
    runs = chain.from_iterable(_shift(each.runs, offset) for offset, each in found)
    pages = (each.code_page for _, each in found if each.code_page)
    return MojibakeRuns(tuple(runs), all(each.is_certain for _, each in found), next(pages, ""))


def _shift(runs: Iterable[TextDamage], offset: int) -> Iterable[TextDamage]:
    """Add `offset` to the offsets of runs."""
    return (run._replace(start=run.start + offset, end=run.end + offset) for run in runs)
