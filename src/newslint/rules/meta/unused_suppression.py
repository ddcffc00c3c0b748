"""The rule `unused-suppression`."""

from collections.abc import Sequence

from newslint.documents import SuppressionComment
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Edit,
    Fix,
    Good,
    Safety,
    Severity,
    Target,
    shown,
)
from newslint.rules.meta import MetaRule
from newslint.text import Location


class UnusedSuppression(MetaRule):
    """A comment silences a rule that has nothing to report there.

    What a rule that does not run would report is not known, so a comment about it is never unused.

    Why: what it was written for is repaired; left behind, it hides the next problem at its place.
    """

    id = "unused-suppression"
    severity = Severity.WARNING
    examples = (
        Bad("title: PyTorch  # newslint: ignore[text]", fixed="title: PyTorch"),
        Bad("# newslint: ignore-file[dates]\ntitle: PyTorch", fixed="title: PyTorch"),
        Good("title: PyTorch"),
    )

    def flag_comment(
        self, path: str, directive: SuppressionComment, unused: Sequence[int]
    ) -> Diagnostic:
        """Return what to say of a comment.

        Args:
            path: The file.
            directive: The comment.
            unused: The 0-based indexes of the names in it that silence nothing, in order.
        """
        names = directive.names
        first = directive if len(unused) == len(names) else names[unused[0]]
        listed = ", ".join(shown(names[index].text) for index in unused)
        where = "in this file" if directive.covers is None else "here"
        target = Target(Location(path, "", first.span), "")
        return self.flag(
            target, f"nothing {where} to silence for {listed}", fix=_fix(directive, unused)
        )


def _fix(directive: SuppressionComment, unused: Sequence[int]) -> Fix | None:
    """Return the fix that takes out the names at the indexes `unused`, or all of the comment."""
    idle = set(unused)
    kept = [name.text for index, name in enumerate(directive.names) if index not in idle]
    if kept:
        edit = Edit(directive.listed, ", ".join(kept))
        return Fix(f"Leave only {', '.join(kept)}", Safety.SAFE, (edit,))
    if directive.removal is None:
        return None
    return Fix("Remove the comment", Safety.SAFE, (Edit(directive.removal, ""),))
