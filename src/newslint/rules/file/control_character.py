"""The rule `control-character`."""

from collections.abc import Iterator

from newslint.records.text_damage import TextDamage, find_mojibake, first_overlap
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Replacement,
    Severity,
    Text,
    TextRule,
    quote_value,
    replace_parts,
)
from newslint.syntax.yaml.forbidden import FORBIDDEN

_MAX_DIAGNOSTICS = 10
"""Maximum number of diagnostics for one text; the last one covers all further characters."""


class ControlCharacter(TextRule):
    """A text contains a control character that YAML forbids.

    Mojibake leaves such characters behind: `”` becomes `â€` and the control character U+009D.
    Each one is reported, and the rest of the record is checked as usual.

    Why: the most common YAML parser rejects the whole file because of one such character.
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
        """Search for a forbidden character."""
        return not text.isprintable() and FORBIDDEN.search(text) is not None

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each forbidden character in `text`."""
        value = text.value
        if value.isascii() and value.isprintable():
            return
        found = [match.start() for match in FORBIDDEN.finditer(value)]
        # A text of one character is from a key, a comment or a secret: it is not decoded.
        runs = find_mojibake(value) if found and len(value) > 1 else ()
        broken = [first_overlap(runs, at, at + 1) for at in found]
        first = found[: _MAX_DIAGNOSTICS - 1] if len(found) > _MAX_DIAGNOSTICS else found
        for at, run in zip(first, broken, strict=False):
            yield self._create_diagnostic(text, at, [run])
        if len(found) > len(first):
            more = len(found) - _MAX_DIAGNOSTICS
            yield self._create_diagnostic(text, found[len(first)], broken[len(first) :], more)

    def _create_diagnostic(
        self, text: Text, at: int, broken: list[TextDamage | None], more: int = 0
    ) -> Diagnostic:
        """Create the diagnostic for a character, or for it and all that follow.

        Args:
            text: The text that contains it.
            at: Its 0-based offset.
            broken: The mojibake that it is part of, if any, followed by that of the others.
            more: Number of the others.
        """
        message = f"control character U+{ord(text.value[at]):04X}, which YAML forbids"
        if broken[0]:
            message += f"; {quote_value(broken[0].text)} was {quote_value(broken[0].original)}"
        if more:
            message += f"; and {more:,} more in this text"
        runs = list(dict.fromkeys(run for run in broken if run))
        parts = [Replacement(run.start, run.end, run.original) for run in runs]
        fix = replace_parts(text, parts, "Restore the text") if parts else None
        return self.flag(text.part(at, at + 1), message, cause=text.value, fix=fix)
