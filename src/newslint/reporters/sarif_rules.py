"""What SARIF says of rules."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from newslint.diagnostics import Severity
from newslint.rules.api import Rule
from newslint.rules.explain import Explanation, explain

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def descriptors(rules: Sequence[type[Rule]], found: Iterable[str]) -> list[dict[str, Any]]:
    """Return what is known of rules.

    Args:
        rules: Those that ran.
        found: Names of rules that have diagnostics; of those that did not run, only names are told.
    """
    known = [_descriptor(rule) for rule in rules]
    others = sorted(set(found) - {rule.id for rule in rules})
    return known + [{"id": name} for name in others]


def _descriptor(rule: type[Rule]) -> dict[str, Any]:
    """Return what is known of one rule."""
    told = explain(rule)
    full = " ".join((told.summary, *told.details))
    return {
        "id": rule.id,
        "shortDescription": {"text": told.summary},
        "fullDescription": {"text": full},
        "help": {
            "text": "\n\n".join(_help(rule, told, "")),
            "markdown": "\n\n".join(_help(rule, told, "**")),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.category()]},
    }


def _help(rule: type[Rule], told: Explanation, bold: str) -> Iterator[str]:
    """Yield the paragraphs of a rule's help, labels between two `bold`."""
    yield told.summary
    yield from told.details
    if told.why:
        yield f"{bold}Why:{bold} {told.why}"
    if told.fix_safety:
        yield f"{bold}Fix safety:{bold} {told.fix_safety}"
    yield f"More: newslint explain {rule.id}"
