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
    quote_value,
)
from newslint.rules.meta import MetaRule
from newslint.text import Location


class UnusedSuppression(MetaRule):
    """A suppression comment silences a rule that reports nothing at its place.

    A comment about a rule that does not run is never reported.

    Why: the problem is already repaired, and the comment would hide the next one at its place.
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
        """Create the diagnostic for a comment.

        Args:
            path: The file.
            directive: The comment.
            unused: The 0-based indexes of the unused names in it, in order.
        """
        names = directive.names
        first = directive if len(unused) == len(names) else names[unused[0]]
        listed = " and ".join(quote_value(names[index].text) for index in unused)
        verb = "reports" if len(unused) == 1 else "report"
        where = "in this file" if directive.covers is None else "here"
        target = Target(Location(path, "", first.span), "")
        return self.flag(
            target,
            f"unused suppression: {listed} {verb} nothing {where}",
            fix=_create_fix(directive, unused),
        )


def _create_fix(directive: SuppressionComment, unused: Sequence[int]) -> Fix | None:
    """Create the fix that removes the unused names, or the whole comment if all are unused."""
    removed = set(unused)
    kept = [name.text for index, name in enumerate(directive.names) if index not in removed]
    if kept:
        edit = Edit(directive.names_span, ", ".join(kept))
        return Fix(f"Keep only {', '.join(kept)}", Safety.SAFE, (edit,))
    if directive.removal is None:
        return None
    return Fix("Remove the comment", Safety.SAFE, (Edit(directive.removal, ""),))
