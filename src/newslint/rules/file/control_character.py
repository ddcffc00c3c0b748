"""The rule `control-character`."""

from collections.abc import Iterator

from newslint.records.defects import Defect, find_mojibake
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Part,
    Severity,
    Text,
    TextRule,
    replace_parts,
    shown,
)
from newslint.source.shield import FORBIDDEN


class ControlCharacter(TextRule):
    """A character that YAML forbids.

    Mojibake leaves such characters behind: a `”` becomes `â€` and the control character U+009D.
    Each one is reported, and the rest of the record is checked as if the file could be read.

    Why: the most used YAML parser refuses the whole file for one such character.
    """

    id = "control-character"
    severity = Severity.ERROR
    reads_body = True
    examples = (
        Bad(
            "title: the â€œmissionâ€\x9d is AI",
            fixed="title: the â€œmission” is AI",
        ),
        Bad("title: PyTorch\x08 moves"),
        Good("title: the “mission” is AI"),
    )

    def concerns(self, text: str) -> bool:
        """Tell whether such a character occurs."""
        return not text.isprintable() and FORBIDDEN.search(text) is not None

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each forbidden character in `text`."""
        value = text.value
        if value.isascii() and value.isprintable():
            return
        found = list(FORBIDDEN.finditer(value))
        # A single character is one from a key, a comment or a secret: what it was is not said.
        runs = find_mojibake(value) if found and len(value) > 1 else ()
        for match in found:
            run = next((run for run in runs if run.start <= match.start() < run.end), None)
            yield self._diagnostic(text, match.start(), run)

    def _diagnostic(self, text: Text, at: int, run: Defect | None) -> Diagnostic:
        """Return the diagnostic for the character at `at`, in the broken run `run` if any."""
        message = f"control character U+{ord(text.value[at]):04X}, which YAML forbids"
        target = text.part(at, at + 1)
        if run is None:
            return self.flag(target, message, cause=text.value)
        message += f"; {shown(run.text)} was {shown(run.was)}"
        fix = replace_parts(text, [Part(run.start, run.end, run.was)], "Restore the text")
        return self.flag(target, message, cause=text.value, fix=fix)
