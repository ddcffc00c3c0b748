"""The rule `unknown-suppression`."""

from newslint.documents.suppression_comments import RuleName
from newslint.rules.api import Bad, Diagnostic, Good, Severity, Target, quote_value
from newslint.rules.meta import MetaRule
from newslint.text import Location


class UnknownSuppression(MetaRule):
    """A suppression comment names no rule, names an unknown one, is misspelt, or is in the body.

    Only comments in front matter count: `<!-- newslint: ignore[images] -->` suppresses nothing.

    Why: it silences nothing, although its readers believe that it does.
    """

    id = "unknown-suppression"
    severity = Severity.WARNING
    examples = (
        Bad("title: PyTorch  # newslint: ignore[mojibak]"),
        Bad("title: PyTorch  # newslint: ingore[mojibake]"),
        Bad("title: PyTorch  # newslint: ignore"),
        Bad("---\ntitle: A\n---\n<!-- newslint: ignore[images] -->\n", whole=True),
        Good("title: PyTorch  # newslint: ignore[mojibake, images] -- checked by hand"),
    )

    def flag_name(self, path: str, name: RuleName, suggestion: str) -> Diagnostic:
        """Create the diagnostic for a name that is neither that of a rule nor of a category.

        Args:
            path: The file.
            name: The name in the comment.
            suggestion: The most similar known name; empty if none is similar.
        """
        hint = f"did you mean '{suggestion}'?" if suggestion else "see 'newslint rules'"
        target = Target(Location(path, "", name.span), name.text)
        return self.flag(target, f"there is no rule or category {quote_value(name.text)}; {hint}")
