"""Which rules run on which file, with which options and severities."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from newslint.diagnostics import Severity
from newslint.documents.gitignore import GitignorePatterns
from newslint.records import NEWS, Collection
from newslint.rules.api import Rule
from newslint.rules.builtin import BUILTIN
from newslint.settings.registry import Registry

Options = Mapping[str, Mapping[str, Any]]
_OURS = frozenset(BUILTIN)
"""Rules whose defaults are known to be valid; building what would tell takes long in short runs."""
_NONE: Mapping[str, Any] = MappingProxyType({})


class RuleSelector(NamedTuple):
    """What one part of the settings says of rules; names are known and options valid.

    Attributes:
        select: Rules or categories, or `all`; None where this part does not say.
        extend_select: Rules or categories to add.
        ignore: Rules or categories to take away.
        severities: By rule.
        options: By rule.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = _NONE
    options: Options = _NONE


class Ruleset(NamedTuple):
    """The rules that apply to a file.

    Attributes:
        rules: Sorted by name.
        severities: Those that are not the rules' own, by rule.
    """

    rules: tuple[Rule, ...]
    severities: tuple[tuple[str, Severity], ...] = ()


class Override(NamedTuple):
    """Some files, and what the settings say of rules for them.

    Attributes:
        patterns: Which files.
        selector: What holds for them besides.
    """

    patterns: GitignorePatterns
    selector: RuleSelector


class ConfiguredCollection(NamedTuple):
    """The files of a collection.

    Attributes:
        collection: What they share.
        patterns: Which files it contains.
        selector: What holds for them besides.
    """

    collection: Collection
    patterns: GitignorePatterns
    selector: RuleSelector


class Selection:
    """Says for each file which collection it belongs to and which rules apply to it.

    A collection's layer comes after the base, then the overrides in their order.

    Args:
        registry: The rules there are.
        base: What holds for all files.
        collections: A file belongs to the first whose patterns match it. Without any, every file
            is news.
        overrides: What holds for some files.
        today: The run's date, for the rules that ask for it.
        command_line: The options of the command line: `select` replaces all that the settings
            select, `ignore` comes last.
    """

    def __init__(  # noqa: PLR0913 # independent parts of the settings
        self,
        registry: Registry,
        base: RuleSelector = RuleSelector(),  # noqa: B008 # immutable
        *,
        collections: Sequence[ConfiguredCollection] = (),
        overrides: Sequence[Override] = (),
        today: date | None = None,
        command_line: RuleSelector = RuleSelector(),  # noqa: B008 # immutable
    ) -> None:
        self.registry = registry
        self.base = base
        self.collections = tuple(collections)
        self.overrides = tuple(overrides)
        self.today = today
        self.command_line = command_line
        self._rulesets: dict[tuple[int | None, ...], Ruleset] = {}

    def with_command_line(self, command_line: RuleSelector) -> "Selection":
        """Return this selection with what the command line says.

        Raises:
            UnknownNameError: A name is neither a rule's nor a category's.
        """
        for name in (
            *(command_line.select or ()),
            *command_line.extend_select,
            *command_line.ignore,
        ):
            self.registry.expand(name)
        return Selection(
            self.registry,
            self.base,
            collections=self.collections,
            overrides=self.overrides,
            today=self.today,
            command_line=command_line,
        )

    def collection(self, path: str) -> Collection | None:
        """Return the collection that the file `path` belongs to; None where it is none's."""
        if not self.collections:
            return NEWS
        index = self.collection_index(path)
        return None if index is None else self.collections[index].collection

    def ruleset(self, path: str) -> Ruleset:
        """Return the rules that apply to the file `path`, relative to the project's root."""
        collection = self.collection_index(path)
        key = (collection, *self.override_indexes(path))
        ruleset = self._rulesets.get(key)
        if ruleset is None:
            layers = [] if collection is None else [self.collections[collection].selector]
            layers += [self.overrides[index].selector for index in key[1:] if index is not None]
            ruleset = self._rulesets[key] = self._choose([self.base, *layers])
        return ruleset

    def override_indexes(self, path: str) -> list[int]:
        """Return which overrides apply to the file `path`, by their 0-based places."""
        return [index for index, part in enumerate(self.overrides) if part.patterns.match(path)]

    def collection_index(self, path: str) -> int | None:
        """Return which collection the file `path` belongs to, by its 0-based place."""
        collections = enumerate(self.collections)
        return next((index for index, each in collections if each.patterns.match(path)), None)

    def _choose(self, layers: Sequence[RuleSelector]) -> Ruleset:
        """Return the rules that `layers` come to, each saying more than the one before."""
        ids = self._ids(layers)
        options: dict[str, dict[str, Any]] = {}
        severities: dict[str, Severity] = {}
        for layer in layers:
            severities |= layer.severities
            for name, more in layer.options.items():
                options.setdefault(name, {}).update(more)
        rules = tuple(
            self._made(rule, options.get(rule.id, {})) for rule in self.registry if rule.id in ids
        )
        changed = (
            (rule.id, severities[rule.id])
            for rule in rules
            if severities.get(rule.id, rule.severity) is not rule.severity
        )
        return Ruleset(rules, tuple(changed))

    def _ids(self, layers: Sequence[RuleSelector]) -> set[str]:
        """Return the names of the rules that `layers` select."""
        command_line = self.command_line
        named = self._named(command_line.select or ())
        ids = {rule.id for rule in self.registry if rule.default}
        if command_line.select is not None:
            ids = self._expanded(command_line.select)
        for layer in layers:
            if command_line.select is None:
                if layer.select is not None:
                    ids = self._expanded(layer.select)
                    named = self._named(layer.select)
                ids |= self._expanded(layer.extend_select)
                named |= self._named(layer.extend_select)
            ids -= self._left_out(layer.ignore, named)
        ids |= self._expanded(command_line.extend_select)
        named |= self._named(command_line.extend_select)
        return ids - self._left_out(command_line.ignore, named)

    def _named(self, names: Iterable[str]) -> set[str]:
        """Return the rules that are called by their own names among `names`."""
        return {self.registry.find(name).id for name in names if self.registry.is_rule(name)}

    def _expanded(self, names: Iterable[str]) -> set[str]:
        """Return the rules that `names` stand for; a category, for those on by default."""
        named = self._named(names := tuple(names))
        rules = ((rule, name) for name in names for rule in self.registry.expand(name))
        return named | {rule.id for rule, name in rules if rule.default or name == "all"}

    def _left_out(self, names: Iterable[str], named: set[str]) -> set[str]:
        """Return the rules that `names` leave out: of a category, not those called by name."""
        found: set[str] = set()
        for name in names:
            rules = {rule.id for rule in self.registry.expand(name)}
            found |= rules if self.registry.is_rule(name) else rules - named
        return found

    def _made(self, rule: type[Rule], options: Mapping[str, Any]) -> Rule:
        """Return a rule with its options, and with the run's date where it asks for it."""
        if self.today is not None and "today" in rule.model_fields:
            given = {"today": self.today}
        else:
            given = {}
        if not options and rule in _OURS:
            return rule.model_construct(**given)  # type: ignore[arg-type] # any rule's fields
        return rule.model_validate({**given, **options})
