"""Selection of rules for each file: `select` and `ignore`, overrides, severities and options."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec.structs import replace

from newslint.diagnostics import Severity
from newslint.diagnostics.pages import Pages
from newslint.documents.gitignore import GitignorePatterns
from newslint.records import NEWS, Collection
from newslint.rules.api import Rule
from newslint.rules.builtin import BUILTIN
from newslint.rules.verdict_rule import VerdictRule
from newslint.settings.digests import digest_of
from newslint.settings.exemptions import Exemption, PointerPattern, create_exemption
from newslint.settings.registry import Registry
from newslint.settings.tables import RowsTable

Options = Mapping[str, Mapping[str, Any]]
"""The options of rules, by the name of the rule and the name of the field."""

_BUILTIN = frozenset(BUILTIN)
"""Rules whose defaults are known to be valid: short runs need not build their validators."""

NO_ROWS = RowsTable.model_construct()

_EMPTY: Mapping[str, Any] = MappingProxyType({})


class RuleSelector(msgspec.Struct, frozen=True):
    """Rules that one part of the settings selects and ignores, with severities and options.

    All names and options are valid.

    Attributes:
        select: Rules or categories, or `all`; None to leave the selection as it is.
        extend_select: Rules or categories to add.
        ignore: Rules or categories to remove.
        severities: Severities, by the name of the rule.
        options: Options, by the name of the rule.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = _EMPTY
    options: Options = _EMPTY


class Ruleset(msgspec.Struct, frozen=True, dict=True):
    """The rules that apply to a file.

    Attributes:
        rules: The rules with their options, sorted by name.
        severities: Severities that replace the rule's own ones, by the name of the rule.
        exemptions: Fields and articles that some of the rules do not apply to.
    """

    rules: tuple[Rule, ...]
    severities: tuple[tuple[str, Severity], ...] = ()
    exemptions: tuple[Exemption, ...] = ()

    @cached_property
    def by_digest(self) -> dict[bytes, Rule]:
        """The rules by digests of them and their options."""
        return {
            digest_of(type(rule).__module__, type(rule).__qualname__, rule): rule
            for rule in self.rules
        }

    @cached_property
    def digest(self) -> bytes:
        """Digest of rules, options, severities and exemptions."""
        return digest_of([*self.by_digest], self.severities, self.exemptions)

    @cached_property
    def without_verdict_rules(self) -> "Ruleset":
        """The ruleset without the rules that judge verdicts, unless there are no others."""
        rules = tuple(rule for rule in self.rules if not isinstance(rule, VerdictRule))
        return replace(self, rules=rules) if 0 < len(rules) < len(self.rules) else self


class Override(msgspec.Struct, frozen=True):
    """A selector for some files, or for some fields in them.

    Attributes:
        patterns: The patterns of the files.
        selector: The selector that applies to them.
        pointers: Patterns of the fields that are exempted from the rules that the selector
            ignores.
        providers: Kinds of pages whose articles are exempted. Without pointers and providers, the
            selector applies to whole files.
    """

    patterns: GitignorePatterns
    selector: RuleSelector
    pointers: tuple[PointerPattern, ...] = ()
    providers: tuple[Pages, ...] = ()

    @property
    def is_exemption(self) -> bool:
        """Whether it exempts some fields or articles, and so says nothing of whole files."""
        return bool(self.pointers or self.providers)


class ConfiguredCollection(msgspec.Struct, frozen=True):
    """A collection, its files, and a selector for them.

    Attributes:
        collection: The schema and field map.
        patterns: The patterns of the files.
        selector: The selector that applies to them.
        rows: How those with many records are read.
    """

    collection: Collection
    patterns: GitignorePatterns
    selector: RuleSelector
    rows: RowsTable = NO_ROWS


class Selection:
    """The rules and the collection of each file.

    For a file, the selectors apply in this order: `base`, that of its collection, the overrides
    that match it, `command_line`.

    Args:
        registry: The available rules.
        base: The selector for all files.
        collections: A file belongs to the first collection whose patterns match it. Without
            collections, every file belongs to `news`.
        overrides: Selectors for some files.
        today: The date of the run, passed to rules with a field `today`.
        command_line: The selector of the command line: its `select` replaces all that the settings
            select.
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
        """Copy the selection with the selector of the command line.

        Raises:
            UnknownNameError: A name is neither a rule nor a category.
        """
        for names in (command_line.select or (), command_line.extend_select, command_line.ignore):
            for name in names:
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
        """Look up the collection of the file `path`; None if it belongs to none."""
        if not self.collections:
            return NEWS
        index = self.collection_index(path)
        return None if index is None else self.collections[index].collection

    def ruleset(self, path: str) -> Ruleset:
        """Resolve the rules that apply to the file `path`, relative to the project's root.

        Files to which the same selectors apply share one ruleset, the same object.
        """
        collection = self.collection_index(path)
        overrides = self.override_indexes(path)
        key = (collection, *overrides)
        ruleset = self._rulesets.get(key)
        if ruleset is None:
            selectors = [self.base]
            selectors += [] if collection is None else [self.collections[collection].selector]
            matching = [self.overrides[index] for index in overrides]
            selectors += [each.selector for each in matching if not each.is_exemption]
            exemptions = tuple(
                create_exemption(each.selector.ignore, each.pointers, self.registry, each.providers)
                for each in matching
                if each.is_exemption
            )
            ruleset = self._resolve(selectors)
            ruleset = replace(ruleset, exemptions=exemptions) if exemptions else ruleset
            self._rulesets[key] = ruleset
        return ruleset

    def override_indexes(self, path: str) -> list[int]:
        """List the 0-based indexes of the overrides that match the file `path`."""
        return [index for index, each in enumerate(self.overrides) if each.patterns.match(path)]

    def rows(self, path: str) -> RowsTable:
        """Look up how the rows of the file `path` are read."""
        index = self.collection_index(path)
        return NO_ROWS if index is None else self.collections[index].rows

    def collection_index(self, path: str) -> int | None:
        """Look up the 0-based index of the collection of the file `path`."""
        collections = enumerate(self.collections)
        return next((index for index, each in collections if each.patterns.match(path)), None)

    def _resolve(self, selectors: Sequence[RuleSelector]) -> Ruleset:
        """Apply selectors one after the other, and create the rules that they select."""
        ids = self._selected_ids(selectors)
        options: dict[str, dict[str, Any]] = {}
        severities: dict[str, Severity] = {}
        for selector in selectors:
            severities |= selector.severities
            for name, values in selector.options.items():
                options.setdefault(name, {}).update(values)
        selected = tuple(rule for rule in self.registry if rule.id in ids)
        if not options and not severities and _BUILTIN.issuperset(selected):
            return _default_ruleset(selected, self.today)
        rules = tuple(_create_rule(rule, options.get(rule.id, {}), self.today) for rule in selected)
        overridden = (
            (rule.id, severities[rule.id])
            for rule in rules
            if rule.id in severities
            and (severities[rule.id] is not rule.severity or rule.severity_hidden is not None)
        )
        return Ruleset(rules, tuple(overridden))

    def _selected_ids(self, selectors: Sequence[RuleSelector]) -> set[str]:
        """Collect the names of the rules that `selectors` and the command line select."""
        command_line = self.command_line
        named = self._named_ids(command_line.select or ())
        ids = {rule.id for rule in self.registry if rule.default}
        if command_line.select is not None:
            ids = self._expand(command_line.select)
        for selector in selectors:
            if command_line.select is None:
                if selector.select is not None:
                    ids = self._expand(selector.select)
                    named = self._named_ids(selector.select)
                ids |= self._expand(selector.extend_select)
                named |= self._named_ids(selector.extend_select)
            ids -= self._ignored_ids(selector.ignore, named)
        ids |= self._expand(command_line.extend_select)
        named |= self._named_ids(command_line.extend_select)
        return ids - self._ignored_ids(command_line.ignore, named)

    def _named_ids(self, names: Iterable[str]) -> set[str]:
        """Collect the rules in `names`, without those of categories."""
        return {self.registry.find(name).id for name in names if self.registry.is_rule(name)}

    def _expand(self, names: Iterable[str]) -> set[str]:
        """Collect the rules in `names` and, of categories, those that are on by default."""
        named = self._named_ids(names := tuple(names))
        rules = ((rule, name) for name in names for rule in self.registry.expand(name))
        return named | {rule.id for rule, name in rules if rule.default or name == "all"}

    def _ignored_ids(self, names: Iterable[str], named: set[str]) -> set[str]:
        """Collect the rules in `names` and, of categories, those that are not in `named`."""
        ignored: set[str] = set()
        for name in names:
            rules = {rule.id for rule in self.registry.expand(name)}
            ignored |= rules if self.registry.is_rule(name) else rules - named
        return ignored


@lru_cache(maxsize=16)
def _default_ruleset(rules: tuple[type[Rule], ...], today: date | None) -> Ruleset:
    """Create rules without options. A language server asks for the same ones after each change."""
    return Ruleset(tuple(_create_rule(rule, _EMPTY, today) for rule in rules))


def _create_rule(rule: type[Rule], options: Mapping[str, Any], today: date | None) -> Rule:
    """Create a rule with its options, and with the date of the run if it has that field."""
    defaults: dict[str, Any] = {}
    if today is not None and "today" in rule.model_fields:
        defaults["today"] = today
    if not options and rule in _BUILTIN:
        return rule.model_construct(**defaults)
    return rule.model_validate({**defaults, **options})
