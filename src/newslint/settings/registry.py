"""The rules there are, by name and by category."""

from collections.abc import Iterable, Iterator

from newslint.rules.api import Rule
from newslint.rules.builtin import BUILTIN
from newslint.settings.plugins import PluginError

ALIASES: dict[str, str] = {}
"""Former names of rules. A renamed rule is found under both."""


class UnknownNameError(ValueError):
    """A name is neither a rule's nor a category's.

    Attributes:
        name: As it was given.
        suggestion: What was probably meant; empty where nothing is close.
    """

    def __init__(self, name: str, suggestion: str) -> None:
        self.name = name
        self.suggestion = suggestion
        hint = f"; did you mean '{suggestion}'?" if suggestion else ""
        super().__init__(f"unknown rule or category '{name}'{hint} (see 'newslint rules')")


class Registry:
    """The rules there are."""

    def __init__(self, rules: Iterable[type[Rule]] = BUILTIN) -> None:
        self._rules = {rule.id: rule for rule in sorted(rules, key=lambda rule: rule.id)}

    def with_plugin(self, rules: Iterable[type[Rule]], plugin: str) -> "Registry":
        """Return a registry with the `rules` of a plugin besides those there are.

        Raises:
            PluginError: A name is taken.
        """
        known = list(self)
        for rule in rules:
            taken = {*(each.id for each in known), *self.categories, *ALIASES, "all"}
            if rule.id in taken:
                raise PluginError(
                    f"the plugin '{plugin}' calls a rule '{rule.id}', and that name is taken; it "
                    "must choose another one"
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
        """Tell whether `name` is a rule's, now or formerly."""
        return ALIASES.get(name, name) in self._rules

    def find(self, name: str) -> type[Rule]:
        """Return the rule called `name`.

        Raises:
            UnknownNameError: There is none.
        """
        rule = self._rules.get(ALIASES.get(name, name))
        if rule is None:
            raise UnknownNameError(name, closest(name, self._rules))
        return rule

    def expand(self, name: str) -> list[type[Rule]]:
        """Return the rules that a rule's or a category's name, or `all`, stands for.

        Raises:
            UnknownNameError: It stands for nothing.
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
        """Return the rule or category that `name` was probably meant to be; empty if none."""
        return closest(name, [*self._rules, *self.categories])


def closest(name: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `name` was probably meant to be; empty where none is close."""
    import difflib

    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "")
