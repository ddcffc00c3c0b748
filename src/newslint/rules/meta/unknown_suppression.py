"""The rule `unknown-suppression`."""

from newslint.documents.suppression_comments import RuleName
from newslint.rules.api import Bad, Diagnostic, Good, Severity, Target, shown
from newslint.rules.meta import MetaRule
from newslint.text import Location


class UnknownSuppression(MetaRule):
    """A comment that should silence a rule names none, or is misspelt.

    Why: it silences nothing, and whoever reads it believes that it does.
    """

    id = "unknown-suppression"
    severity = Severity.WARNING
    examples = (
        Bad("title: PyTorch  # newslint: ignore[mojibak]"),
        Bad("title: PyTorch  # newslint: ingore[mojibake]"),
        Bad("title: PyTorch  # newslint: ignore"),
        Good("title: PyTorch  # newslint: ignore[mojibake, images] -- checked by hand"),
    )

    def flag_name(self, path: str, name: RuleName, suggestion: str) -> Diagnostic:
        """Return what to say of a name that is neither a rule's nor a category's.

        Args:
            path: The file.
            name: As the comment gives it.
            suggestion: What was probably meant; empty where nothing is close.
        """
        hint = f"did you mean '{suggestion}'?" if suggestion else "see 'newslint rules'"
        target = Target(Location(path, "", name.span), name.text)
        return self.flag(target, f"there is no rule or category {shown(name.text)}; {hint}")
