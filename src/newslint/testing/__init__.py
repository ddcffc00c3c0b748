"""Test helpers for authors of rules.

`check_rule` checks a rule's name, docstring, options and examples::

    from newslint.testing import check_rule

    def test_my_rule() -> None:
        check_rule(MyRule)

`lint` runs rules on files given as text, for the cases that the examples do not show::

    report = lint(MyRule(), {"a.md": fence("title: PyTorch moves")})
"""

from typing import TYPE_CHECKING, Any

from newslint._deprecation import resolve_alias
from newslint.testing.archive import UniformSelection, fence, lint
from newslint.testing.fixes import apply_fixes, changed_values
from newslint.testing.rule_problems import check_rule, find_problems

__all__ = [
    "UniformSelection",
    "apply_fixes",
    "changed_values",
    "check_rule",
    "fence",
    "find_problems",
    "lint",
]

RENAMED = {
    "Everywhere": "UniformSelection",
    "applied": "apply_fixes",
    "fenced": "fence",
    "problems_of": "find_problems",
}
"""New names by old name; the old ones are deprecated."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Look up a deprecated name, with a warning."""
        return resolve_alias(globals(), RENAMED, name)
