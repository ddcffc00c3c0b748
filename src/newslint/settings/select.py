"""Which rules run."""

from collections.abc import Sequence
from datetime import date

from newslint.rules.api import Rule
from newslint.settings.registry import Registry


def selected(
    registry: Registry,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    today: date | None = None,
) -> tuple[Rule, ...]:
    """Return the rules to run, sorted by name.

    Args:
        registry: The rules there are.
        select: Rules or categories, or `all`; where empty, the rules that are on by default. A
            category stands for those of its rules that are on by default.
        ignore: Rules or categories to leave out of them. A rule named in `select` itself stays in
            where only its category is ignored.
        today: The run's date, for the rules that ask for it.

    Raises:
        UnknownNameError: A name is neither a rule's nor a category's.
    """
    named = {registry.find(name).id for name in select if registry.is_rule(name)}
    chosen = set(named)
    for name in select:
        rules = registry.expand(name)
        chosen.update(rule.id for rule in rules if rule.default or name == "all")
    if not select:
        chosen = {rule.id for rule in registry if rule.default}
    for name in ignore:
        rules = registry.expand(name)
        spared = set() if registry.is_rule(name) else named
        chosen -= {rule.id for rule in rules} - spared
    return tuple(_made(rule, today) for rule in registry if rule.id in chosen)


def _made(rule: type[Rule], today: date | None) -> Rule:
    """Return a rule, with the run's date where it asks for it."""
    if today is not None and "today" in rule.model_fields:
        return rule.model_validate({"today": today})
    return rule()
