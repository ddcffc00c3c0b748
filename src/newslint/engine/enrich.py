"""The enrich stage: add information from other mentions of an article to diagnostics of texts."""

from collections.abc import Mapping

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import crash
from newslint.engine.results import DescriptionResult
from newslint.records import Group, Mention
from newslint.rules.api import Rule, TextRule


def enrich_description(
    rules: Mapping[str, Rule], result: DescriptionResult, group: Group
) -> DescriptionResult:
    """Add information from the group of its article to the diagnostics of a description.

    An example is `replacement-character`, which finds the undamaged text in another mention.

    Args:
        rules: Rules with a method `enrich`, by id.
        result: The description and its diagnostics.
        group: All mentions of its article.
    """
    found: list[Diagnostic] = []
    description = result.description
    for diagnostic in result.diagnostics:
        rule = rules.get(diagnostic.rule)
        if not isinstance(rule, TextRule) or not diagnostic.location.pointer:
            found.append(diagnostic)
            continue
        try:
            found.append(rule.enrich(diagnostic, Mention(description), group))
        except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
            found += [diagnostic, crash(rule, description.target(), error)]
    return DescriptionResult(description, tuple(found))
