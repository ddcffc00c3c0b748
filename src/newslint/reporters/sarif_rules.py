"""The rules in a SARIF log, with help for each of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from newslint.diagnostics import Severity
from newslint.rules.addresses import rule_address
from newslint.rules.api import Rule
from newslint.rules.explain import Explanation, explain

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""The levels of SARIF."""


def rule_descriptors(rules: Sequence[type[Rule]], reported: Iterable[str]) -> list[dict[str, Any]]:
    """Encode the rules.

    Args:
        rules: The rules that ran.
        reported: Ids of rules that have diagnostics. Those that did not run get an id only.
    """
    known = [_descriptor(rule) for rule in rules]
    others = sorted(set(reported) - {rule.id for rule in rules})
    return known + [{"id": name} for name in others]


def _descriptor(rule: type[Rule]) -> dict[str, Any]:
    """Encode a rule with its explanation."""
    explanation, address = explain(rule), rule_address(rule)
    return {
        "id": rule.id,
        "shortDescription": {"text": explanation.summary},
        "fullDescription": {"text": " ".join((explanation.summary, *explanation.details))},
        "help": {
            "text": "\n\n".join(_help_paragraphs(rule, explanation, "")),
            "markdown": "\n\n".join(_help_paragraphs(rule, explanation, "**")),
        },
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.category()]},
    }


def _help_paragraphs(rule: type[Rule], explanation: Explanation, bold: str) -> Iterator[str]:
    """Yield the paragraphs of a rule's help, `bold` before and after labels."""
    yield explanation.summary
    yield from explanation.details
    if explanation.why:
        yield f"{bold}Why:{bold} {explanation.why}"
    if explanation.fix_safety:
        yield f"{bold}Fix safety:{bold} {explanation.fix_safety}"
    yield f"More: newslint explain {rule.id}"
