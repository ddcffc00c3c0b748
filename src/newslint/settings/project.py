"""A project: its root, its settings, and the selection of rules and files built from them."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from newslint.diagnostics import Gate, Severity
from newslint.documents.access import AccessError, project_boundary, resolve_inside
from newslint.documents.gitignore import FileFilter, GitignorePatterns, PatternError, no_project
from newslint.records import Collection, FieldMap
from newslint.rules.api import Rule
from newslint.rules.verdict_rule import VerdictRule
from newslint.settings.discovery import has_settings
from newslint.settings.exemptions import find_exemption_problems, split_patterns, split_providers
from newslint.settings.gate import build_gate
from newslint.settings.merging import Origins
from newslint.settings.plugins import PluginError, load_plugin
from newslint.settings.registry import Registry, UnknownNameError
from newslint.settings.rule_options import SEVERITY, validate_options
from newslint.settings.schemas import SchemaError, is_code_reference, load_schema
from newslint.settings.selection import ConfiguredCollection, Override, RuleSelector, Selection
from newslint.settings.settings import CollectionTable, OverrideTable, RulesTable, Settings
from newslint.settings.tables import FieldsTable, OnlineTable
from newslint.settings.toml_file import MAX_PROBLEMS, SettingsError
from newslint.text.similarity import closest

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath


class Project(msgspec.Struct, frozen=True):
    """A folder with settings, and the values built from them.

    Attributes:
        root: The folder that paths in reports are relative to.
        settings: The settings, defaults included.
        selection: The rules and the collection of each file.
        filter: The files to read.
        file: The settings file; None if there is none.
        root_found: Whether a settings file or `.git` determines the root.
        origins: The file that each setting comes from.
        baseline: The absolute path of the baseline; None if the settings name none.
        gate: The limits that a report must keep for a run to succeed.
    """

    root: Path
    settings: Settings
    selection: Selection
    filter: FileFilter
    file: Path | None = None
    root_found: bool = False
    origins: Origins = Origins()  # empty, and never changed
    baseline: Path | None = None
    gate: Gate = msgspec.field(default_factory=Gate)

    def with_root(self, root: Path) -> "Project":
        """Copy a project without a settings file, with another root."""
        return replace(self, root=root, filter=FileFilter(root, is_project=has_settings))

    @property
    def registry(self) -> Registry:
        """The available rules."""
        return self.selection.registry

    @classmethod
    def build(  # noqa: PLR0913 # independent values
        cls,
        root: Path,
        settings: Settings,
        *,
        file: Path | None = None,
        root_found: bool = False,
        origins: Origins | None = None,
        plugins: bool = True,
        has_nested: bool = True,
    ) -> "Project":
        """Build a project from its settings: load plugins and schemas, compile patterns.

        Args:
            root: The root, absolute.
            settings: The settings, merged.
            file: The settings file.
            root_found: Whether a settings file or `.git` determines the root.
            origins: The file that each setting comes from.
            plugins: Whether code that the settings name may be imported.
            has_nested: Whether folders below with settings are projects of their own.

        Raises:
            SettingsError: Settings name something that does not exist or is not valid.
        """
        builder = _ProjectBuilder(root, settings, origins or Origins(), plugins=plugins)
        selection, files = builder.selection(), builder.filter(has_nested=has_nested)
        baseline, gate = builder.baseline(), builder.gate()
        builder.check_corpus()
        builder.check_verdicts()
        if builder.errors:
            raise SettingsError.combine(builder.errors)
        found = (file, root_found, builder.origins, baseline, gate)
        return cls(root, settings, selection, files, *found)


class _ProjectBuilder:
    """Builds the parts of a project and collects errors instead of stopping at the first.

    Attributes:
        errors: The errors so far.
        is_complete: Whether all plugins are loaded; if not, unknown names are no errors, because
            a plugin may define them.
        boundary: The folder that the files which settings name must be in.
    """

    def __init__(self, root: Path, settings: Settings, origins: Origins, *, plugins: bool) -> None:
        self.root = root
        self.settings = settings
        self.origins = origins
        self.plugins = plugins
        self.errors: list[SettingsError] = []
        self.is_complete = plugins or not settings.plugins
        self.boundary = project_boundary(root)
        self.registry = self._build_registry()

    def fail(self, keys: "KeyPath", message: str, *, of_key: bool = False) -> None:
        """Record an error of the setting at `keys`, unless there are many already."""
        if len(self.errors) >= MAX_PROBLEMS:
            return
        self.errors.append(self.origins.error(keys, message, of_key=of_key))

    def folder(self, keys: "KeyPath") -> Path:
        """Look up the folder that the path at `keys` is relative to: that of its settings file."""
        origin = self.origins.find(keys)
        return self.root if origin is None else origin[0].path.parent

    def _build_registry(self) -> Registry:
        """Create the registry of built-in rules and, if code may be imported, those of plugins."""
        registry = Registry()
        for index, name in enumerate(self.settings.plugins if self.plugins else ()):
            keys = ("plugins", index)
            try:
                registry = registry.with_plugin(
                    load_plugin(name, self.folder(keys), self.boundary), name
                )
            except PluginError as error:
                self.is_complete = False
                self.fail(keys, str(error))
        return registry

    def baseline(self) -> Path | None:
        """Determine the path of the baseline; None if it is outside of the project."""
        name = self.settings.baseline
        if name is None:
            return None
        path = self.folder(("baseline",)) / name
        return path if self._check_inside(("baseline",), path) else None

    def gate(self) -> Gate:
        """Build the gate, and record an error for each unknown rule in it."""
        limits: dict[str, int] = {}
        for name, limit in self.settings.gate.rules.items():
            try:
                limits[self.registry.find(name).id] = limit
            except UnknownNameError as error:
                self._fail_unknown(("gate", "rules", name), error, of_key=True)
        judging = (rule.id for rule in self.registry if issubclass(rule, VerdictRule))
        return build_gate(self.settings, limits, frozenset(judging))

    def check_corpus(self) -> None:
        """Record an error for each folder of the corpus that is outside of the project.

        A fix copies texts between records, so it would copy those of other files into the project.
        """
        for index, name in enumerate(self.settings.corpus):
            self._check_inside(("corpus", index), self.root / name)

    def check_verdicts(self) -> None:
        """Record an error if the file of verdicts is outside of the project."""
        name = self.settings.online.file
        if name != OnlineTable.model_fields["file"].default:
            self._check_inside(("online", "file"), self.root / name)

    def _check_inside(self, keys: "KeyPath", path: Path) -> bool:
        """Check that a path is inside of the project, and record an error if it is not."""
        try:
            resolve_inside(path, self.boundary)
        except AccessError as error:
            self.fail(keys, f"'{keys[0]}' cannot be {path}: {error}")
            return False
        return True

    def filter(self, *, has_nested: bool) -> FileFilter:
        """Build the filter of the files to read; one without patterns if there are errors."""
        for name in ("include", "exclude"):
            self.patterns((name,), getattr(self.settings, name))
        is_project = has_settings if has_nested else no_project
        create = partial(FileFilter, self.root, is_project=is_project)
        if self.errors:
            return create()
        include, exclude = self.settings.include, self.settings.exclude
        collected = [path for each in self.settings.collections for path in each.paths]
        try:
            return create(include, exclude, collected)
        except PatternError:  # `selection` reports it at its place
            return create(include, exclude)

    def selection(self) -> Selection:
        """Build the selection of rules and collections."""
        settings = self.settings
        names = [each.name for each in settings.collections]
        for index, name in enumerate(names):
            if name in names[:index]:
                keys = ("collections", index, "name")
                self.fail(keys, f"duplicate collection name '{name}'")
        return Selection(
            self.registry,
            self.selector((), settings),
            collections=[
                self.collection(index, each) for index, each in enumerate(settings.collections)
            ],
            overrides=[
                self.override(("overrides", index), each)
                for index, each in enumerate(settings.overrides)
            ],
            today=settings.today,
        )

    def override(self, keys: "KeyPath", table: OverrideTable) -> Override:
        """Build the override at `keys`."""
        for inner, message in find_exemption_problems(table) if table.is_exemption else ():
            self.fail((*keys, *inner), message, of_key=len(inner) == 1)
        patterns = self.patterns((*keys, "paths"), table.paths)
        return Override(
            patterns,
            self.selector(keys, table),
            split_patterns(table.pointers),
            split_providers(table.providers),
        )

    def collection(self, index: int, table: CollectionTable) -> ConfiguredCollection:
        """Build the collection at a 0-based index."""
        keys = ("collections", index)
        patterns = self.patterns((*keys, "paths"), table.paths)
        field_map = self.field_map((*keys, "fields"), table.fields)
        schema = None
        if table.schema_ is not None:
            schema = self.schema((*keys, "schema"), table.schema_, field_map)
        collection = Collection(table.name, schema, field_map)
        return ConfiguredCollection(collection, patterns, self.selector(keys, table), table.rows)

    def field_map(self, keys: "KeyPath", table: FieldsTable) -> FieldMap:
        """Build the field map of a collection."""
        roles = {
            field.alias or name: tuple(each.strip("/") for each in getattr(table, name))
            for name, field in FieldsTable.model_fields.items()
        }
        if len(roles["related"]) > 1 or any("/" in each for each in roles["related"]):
            self.fail((*keys, "related"), "'related' must be the name of one top-level field")
        return FieldMap(roles)

    def schema(self, keys: "KeyPath", reference: str, field_map: FieldMap) -> Any:
        """Load the schema of a collection; None if it needs code that may not be imported."""
        if not self.plugins and is_code_reference(reference):
            return None
        try:
            return load_schema(reference, self.folder(keys), self.boundary, field_map.related)
        except SchemaError as error:
            self.fail(keys, str(error))
            return None

    def patterns(self, keys: "KeyPath", patterns: Sequence[str]) -> GitignorePatterns:
        """Compile patterns; none if one is not valid."""
        try:
            return GitignorePatterns(patterns)
        except PatternError as error:
            self.fail((*keys, error.index), str(error))
            return GitignorePatterns(())

    def selector(self, keys: "KeyPath", table: RulesTable) -> RuleSelector:
        """Build the selector of a table from its names of rules and its tables of options."""
        for name in ("select", "extend_select", "ignore"):
            for index, rule_name in enumerate(getattr(table, name) or ()):
                self._check_name((*keys, name.replace("_", "-"), index), rule_name)
        severities: dict[str, Severity] = {}
        options: dict[str, Mapping[str, Any]] = {}
        for name, values in table.rules.items():
            if len(self.errors) >= MAX_PROBLEMS:
                break
            rule_keys = (*keys, "rules", name)
            try:
                rule = self.registry.find(name)
            except UnknownNameError as error:
                self._fail_unknown(rule_keys, error, of_key=True)
                continue
            severity = self._severity(rule_keys, values)
            if severity is not None:
                severities[rule.id] = severity
            options[rule.id] = self._options(rule_keys, rule, values)
        return RuleSelector(table.select, table.extend_select, table.ignore, severities, options)

    def _check_name(self, keys: "KeyPath", name: str) -> None:
        """Record an error if `name` is neither a rule nor a category."""
        if len(self.errors) >= MAX_PROBLEMS:
            return
        try:
            self.registry.expand(name)
        except UnknownNameError as error:
            self._fail_unknown(keys, error)

    def _fail_unknown(
        self, keys: "KeyPath", error: UnknownNameError, *, of_key: bool = False
    ) -> None:
        """Record an unknown name, unless a plugin that is not loaded may define it."""
        if self.is_complete:
            self.fail(keys, str(error), of_key=of_key)

    def _severity(self, keys: "KeyPath", values: Mapping[str, Any]) -> Severity | None:
        """Parse the severity in the table of a rule; None if there is none."""
        value = values.get(SEVERITY)
        if value is None:
            return None
        try:
            return Severity(value)
        except ValueError:
            levels = [level.value for level in Severity]
            near = closest(str(value), levels)
            hint = f"; did you mean '{near}'?" if near else ""
            if value in ("off", "none", "ignore", 0, False):
                hint = f'; to switch the rule off, write ignore = ["{keys[-1]}"]'
            self.fail((*keys, SEVERITY), f"'{SEVERITY}': expected {', '.join(levels)}{hint}")
            return None

    def _options(
        self, keys: "KeyPath", rule: type[Rule], values: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Validate the options in the table of a rule; none if one is not valid."""
        options, problems = validate_options(rule, values)
        for inner, message, of_key in problems:
            self.fail((*keys, *inner), message, of_key=of_key)
        return options
