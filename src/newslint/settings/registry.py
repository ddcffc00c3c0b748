"""The available rules, by name and by category."""

from collections.abc import Iterable, Iterator

from newslint.rules.api import Rule
from newslint.rules.builtin import BUILTIN
from newslint.settings.plugins import PluginError
from newslint.text.similarity import closest

ALIASES: dict[str, str] = {}
"""Former names of rules, each with the present one. A renamed rule is found by both."""


class UnknownNameError(ValueError):
    """A name that is neither a rule nor a category, or no rule if only rules are allowed.

    Attributes:
        name: The name.
        suggestion: The most similar name of a rule or category; empty if none is similar.
    """

    def __init__(self, name: str, suggestion: str, kind: str = "rule or category") -> None:
        self.name = name
        self.suggestion = suggestion
        hint = f"; did you mean '{suggestion}'?" if suggestion else ""
        super().__init__(f"unknown {kind} '{name}'{hint} (see 'newslint rules')")


class Registry:
    """The available rules: built-in, or added by plugins."""

    def __init__(self, rules: Iterable[type[Rule]] = BUILTIN) -> None:
        self._rules = {rule.id: rule for rule in sorted(rules, key=lambda rule: rule.id)}

    def with_plugin(self, rules: Iterable[type[Rule]], plugin: str) -> "Registry":
        """Create a registry that contains the rules of a plugin as well.

        Raises:
            PluginError: The name of a rule is taken.
        """
        known = list(self)
        for rule in rules:
            taken = {*(each.id for each in known), *self.categories, *ALIASES, "all"}
            if rule.id in taken:
                raise PluginError(
                    f"plugin '{plugin}' defines a rule '{rule.id}', but that name is taken; "
                    "rename the rule"
                )
            known.append(rule)
        return Registry(known)

    def __iter__(self) -> Iterator[type[Rule]]:
        """Yield the rules, sorted by name."""
        return iter(self._rules.values())

    @property
    def categories(self) -> list[str]:
        """The names of all categories, sorted."""
        return sorted({rule.category() for rule in self})

    def is_rule(self, name: str) -> bool:
        """Check if `name` is the present or a former name of a rule."""
        return ALIASES.get(name, name) in self._rules

    def knows(self, name: str) -> bool:
        """Check if `name` is a rule, a category or `all`."""
        return name == "all" or name in self.categories or self.is_rule(name)

    def find(self, name: str) -> type[Rule]:
        """Look up a rule by its present or a former name.

        Raises:
            UnknownNameError: There is no such rule.
        """
        rule = self._rules.get(ALIASES.get(name, name))
        if rule is None:
            raise UnknownNameError(name, closest(name, self._rules), "rule")
        return rule

    def expand(self, name: str) -> list[type[Rule]]:
        """List the rules that the name of a rule or category, or `all`, selects.

        Raises:
            UnknownNameError: The name is none of these.
        """
        if name == "all":
            return list(self)
        rules = [rule for rule in self if rule.category() == name]
        if rules:
            return rules
        try:
            return [self.find(name)]
        except UnknownNameError:
            known = [*self._rules, *self.categories, "all"]
            raise UnknownNameError(name, closest(name, known)) from None

    def suggest(self, name: str) -> str:
        """Find the rule or category most similar to `name`; empty if none is similar."""
        return closest(name, [*self._rules, *self.categories])
