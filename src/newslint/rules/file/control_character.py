"""The rule `control-character`."""

from collections.abc import Iterator, Sequence

from newslint.records.mojibake import find_mojibake
from newslint.records.text_damage import NO_MOJIBAKE, MojibakeRuns, first_overlap
from newslint.rules.api import (
    NON_ASCII,
    Bad,
    Diagnostic,
    Good,
    Replacement,
    Safety,
    Severity,
    Target,
    Text,
    TextRule,
    quote_value,
    replace_parts,
)
from newslint.syntax.registry import get_syntax
from newslint.text.control_characters import FORBIDDEN
from newslint.text.lazy_pattern import lazy_pattern

_FORBIDDEN_IN = {
    "toml": lazy_pattern("[\x00-\x1f\x7f]"),
    "json": lazy_pattern("[\x00-\x1f]"),
}
"""The control characters that the syntaxes other than YAML forbid."""

_MAX_DIAGNOSTICS = 10
"""Maximum number of diagnostics for one text; the last one covers all further characters."""


class ControlCharacter(TextRule):
    r"""A text contains a control character that YAML forbids; TOML and JSON forbid some of these.

    Mojibake leaves such characters behind: `”` becomes `â€` and the control character U+009D.
    Each one is reported, and the rest of the record is checked as usual. Escapes in double quotes
    (`"\0"`) are allowed; they are reported all the same, because no reader can see them.

    Why: the most common parsers reject the whole file because of one such character.

    Fix safety: unsafe if the text before the damage is a guess, or if something stays broken.
    """

    id = "control-character"
    characters = "".join(map(chr, (*range(0x20), 0x7F))) + NON_ASCII
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
        mojibake = find_mojibake(value) if found and len(value) > 1 else NO_MOJIBAKE
        limit = 1 if mojibake.code_page else _MAX_DIAGNOSTICS
        first = found[: limit - 1] if len(found) > limit else found
        for at in first:
            yield self._create_diagnostic(text, [at], mojibake)
        if len(found) > len(first):
            yield self._create_diagnostic(text, found[len(first) :], mojibake)

    def _create_diagnostic(
        self, text: Text, offsets: Sequence[int], mojibake: MojibakeRuns
    ) -> Diagnostic:
        """Create the diagnostic for some control characters, at the first of them.

        Args:
            text: The text that contains them.
            offsets: Their 0-based offsets.
            mojibake: The mojibake of the text.
        """
        at = offsets[0]
        target = text.part(at, at + 1)
        known = mojibake.known
        broken = [first_overlap(known, each, each + 1) for each in offsets]
        message = f"control character U+{ord(text.value[at]):04X}"
        message += _explain(text, at, target)
        if broken[0]:
            message += f"; {quote_value(broken[0].text)} was {quote_value(broken[0].original)}"
        elif mojibake.code_page:
            message += (
                f"; the text is probably {mojibake.code_page}, decoded with another code page"
            )
        if len(offsets) > 1:
            message += f" and {len(offsets) - 1:,} more in this text"
        runs = list(dict.fromkeys(run for run in broken if run))
        parts = [Replacement(run.start, run.end, run.original) for run in runs]
        safety = Safety.SAFE if mojibake.is_certain else Safety.UNSAFE
        fix = replace_parts(text, parts, "Restore the text", safety) if parts else None
        return self.flag(target, message, cause=text.value, fix=fix)


def _explain(text: Text, at: int, target: Target) -> str:
    """Explain what is wrong with the control character at an offset, at `target`."""
    if _is_escape(target):
        return " (written as an escape)"
    if text.syntax and _FORBIDDEN_IN.get(text.syntax, FORBIDDEN).match(text.value, at):
        return f", which {get_syntax(text.syntax).label} forbids"
    return ", which no reader can see"


def _is_escape(target: Target) -> bool:
    r"""Check whether the character at `target` is written as an escape, such as `\0`."""
    start, end = target.location.span.start, target.location.span.end
    return start.line == end.line and end.column - start.column > 1
