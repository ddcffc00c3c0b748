"""The rule `mojibake`."""

from collections.abc import Iterator, Sequence

from newslint.records.mojibake import find_mojibake, may_be_mojibake
from newslint.rules.api import (
    NON_ASCII,
    Bad,
    Diagnostic,
    Good,
    Replacement,
    Safety,
    Severity,
    Text,
    TextDamage,
    TextRule,
    quote_value,
    replace_parts,
    summarise_damage,
)
from newslint.text.control_characters import FORBIDDEN


class Mojibake(TextRule):
    """Text was decoded with the wrong code page.

    Each line is checked by itself. UTF-8 that was decoded as windows-1252 or another code page is
    restored if each of its characters comes back; the package `ftfy` knows the code pages. The
    remains of a lost byte, such as `â€` of a closing quotation mark, are reported as well. So are
    lines that are wholly in a wrong legacy code page, without a fix. Curly quotes, accents, other
    scripts and `IRMÃ DULCE` with a no-break space are not reported.

    Keys are checked, too, but not repaired: templates refer to them.

    The rule `control-character` reports single runs that contain characters which YAML forbids.

    Why: readers see `Alphabetâ€™s` instead of `Alphabet’s`.

    Fix safety: unsafe if the text before the damage is a guess, or if something stays broken.
    """

    id = "mojibake"
    characters = NON_ASCII
    severity = Severity.ERROR
    reads_body = True
    reads_keys = True
    examples = (
        Bad('title: "Alphabetâ€™s cloud"', fixed='title: "Alphabet’s cloud"'),
        Bad("excerpt: Mobiusâ€”hosted", fixed="excerpt: Mobius—hosted"),
        Bad('title: "the â€œmissionâ€ is AI"', fixed='title: "the “mission” is AI"'),
        Bad("title: Ïðàâèòåëüñòâî îáúÿâèëî ïëàí"),
        Good('title: "Alphabet’s “naïve” café, İstanbul, 東京 👍"'),
    )

    def concerns(self, text: str) -> bool:
        """Search for sequences that mojibake consists of."""
        return may_be_mojibake(text)

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all mojibake in `text`."""
        found = find_mojibake(text.value)
        runs = [run for run in found.runs if found.code_page or not FORBIDDEN.search(run.text)]
        if not runs:
            return
        known = sorted({*found.known}.intersection(runs))
        parts = [Replacement(run.start, run.end, run.original) for run in known]
        safety = Safety.SAFE if found.is_certain else Safety.UNSAFE
        fix = replace_parts(text, parts, "Restore the text", safety) if parts else None
        yield self.flag_damage(text, runs, _message(runs, known, found.code_page), fix)


def _message(runs: Sequence[TextDamage], known: Sequence[TextDamage], code_page: str) -> str:
    """Build the message: the first broken run, and its original if that is known."""
    message = "text decoded with the wrong code page: "
    if runs[0] in known:
        return message + summarise_damage(runs, "was")
    message += quote_value(runs[0].text)
    if code_page:
        message += f", probably {code_page}"
    return message + (f" and {len(runs) - 1} more in this text" if len(runs) > 1 else "")
