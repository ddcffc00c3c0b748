"""The rule `mojibake`."""

from collections.abc import Iterator

from newslint.records.text_damage import find_mojibake, may_be_mojibake
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Replacement,
    Severity,
    Text,
    TextRule,
    replace_parts,
    summarise_damage,
)
from newslint.syntax.yaml.forbidden import FORBIDDEN


class Mojibake(TextRule):
    """Text was decoded with the wrong code page.

    The package `ftfy` detects mojibake and restores the text, line by line; curly quotes, accents
    and other scripts are not reported. The rule `control-character` reports mojibake that contains
    characters which YAML forbids.

    Why: readers see `Alphabetâ€™s` instead of `Alphabet’s`.
    """

    id = "mojibake"
    severity = Severity.ERROR
    reads_body = True
    examples = (
        Bad('title: "Alphabetâ€™s cloud"', fixed='title: "Alphabet’s cloud"'),
        Bad("excerpt: Mobiusâ€”hosted", fixed="excerpt: Mobius—hosted"),
        Good('title: "Alphabet’s “naïve” café, İstanbul, 東京 👍"'),
    )

    def concerns(self, text: str) -> bool:
        """Search for sequences that mojibake consists of."""
        return may_be_mojibake(text)

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all mojibake in `text`."""
        found = find_mojibake(text.value)
        runs = [run for run in found if not FORBIDDEN.search(run.text)]
        if runs:
            parts = [Replacement(run.start, run.end, run.original) for run in runs]
            fix = replace_parts(text, parts, "Restore the text")
            message = f"text decoded with the wrong code page: {summarise_damage(runs, 'was')}"
            yield self.flag_damage(text, runs, message, fix)
