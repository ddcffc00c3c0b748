"""A project: its root, and what its settings come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from newslint.diagnostics import Severity
from newslint.documents.gitignore import FileFilter, GitignorePatterns, PatternError
from newslint.records import Collection, FieldMap
from newslint.rules.api import Rule
from newslint.settings.merging import Origins
from newslint.settings.plugins import PluginError, load_plugin
from newslint.settings.registry import Registry, UnknownNameError, closest
from newslint.settings.schemas import SchemaError, is_code_reference, load_schema
from newslint.settings.selection import ConfiguredCollection, Override, RuleSelector, Selection
from newslint.settings.settings import CollectionTable, FieldsTable, RulesTable, Settings
from newslint.settings.toml_file import SettingsError

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath

_SEVERITY = "severity"


@dataclass(frozen=True, slots=True)
class Project:
    """What the settings come to.

    Attributes:
        root: The folder that paths in reports are relative to.
        settings: What is configured.
        selection: Which rules apply to which file, and which collection it belongs to.
        filter: Which files are read.
        file: The settings file; None where there is none.
        root_found: Whether the root was found by a settings file or a `.git`, not just assumed.
        origins: Where each setting came from.
        baseline: The file of the baseline, absolute; None where the settings name none.
    """

    root: Path
    settings: Settings
    selection: Selection
    filter: FileFilter
    file: Path | None = None
    root_found: bool = False
    origins: Origins = Origins()  # noqa: RUF009 # empty, and nothing adds to it
    baseline: Path | None = None

    def with_root(self, root: Path) -> "Project":
        """Return this project, which has no settings file, with another root."""
        return replace(self, root=root, filter=FileFilter(root))

    @property
    def registry(self) -> Registry:
        """The rules there are."""
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
    ) -> "Project":
        """Return the project that `settings` describe.

        Args:
            root: Its folder, absolute.
            settings: What is configured.
            file: Where.
            root_found: Whether the root was found, not just assumed.
            origins: Where each setting came from.
            plugins: Whether code that the settings name may be loaded.

        Raises:
            SettingsError: They name what does not exist.
        """
        maker = _ProjectBuilder(root, settings, origins or Origins(), plugins=plugins)
        selection, only = maker.selection(), maker.filter()
        if maker.errors:
            raise SettingsError.combine(maker.errors)
        baseline = maker.baseline()
        return cls(root, settings, selection, only, file, root_found, maker.origins, baseline)


class _ProjectBuilder:
    """Turns settings into what they come to, and collects what is wrong with them."""

    def __init__(self, root: Path, settings: Settings, origins: Origins, *, plugins: bool) -> None:
        self.root = root
        self.settings = settings
        self.origins = origins
        self.plugins = plugins
        self.errors: list[SettingsError] = []
        self.is_complete = plugins or not settings.plugins
        self.registry = self._registry()

    def fail(self, keys: "KeyPath", message: str, *, of_key: bool = False) -> None:
        """Take note of what is wrong with the setting at `keys`."""
        self.errors.append(self.origins.error(keys, message, of_key=of_key))

    def folder(self, keys: "KeyPath") -> Path:
        """Return the folder that the path at `keys` is relative to."""
        found = self.origins.find(keys)
        return self.root if found is None else found[0].path.parent

    def _registry(self) -> Registry:
        registry = Registry()
        for index, name in enumerate(self.settings.plugins):
            keys = ("plugins", index)
            if not self.plugins:
                continue
            try:
                registry = registry.with_plugin(load_plugin(name, self.folder(keys)), name)
            except PluginError as error:
                self.is_complete = False
                self.fail(keys, str(error))
        return registry

    def baseline(self) -> Path | None:
        """Return the file of the baseline."""
        name = self.settings.baseline
        return None if name is None else self.folder(("baseline",)) / name

    def filter(self) -> FileFilter:
        """Return which files are read."""
        for name in ("include", "exclude"):
            self.patterns((name,), getattr(self.settings, name))
        if self.errors:
            return FileFilter(self.root)
        return FileFilter(self.root, self.settings.include, self.settings.exclude)

    def selection(self) -> Selection:
        """Return which rules apply to which file."""
        settings = self.settings
        names = [each.name for each in settings.collections]
        for index, name in enumerate(names):
            if name in names[:index]:
                keys = ("collections", index, "name")
                self.fail(keys, f"there are two collections called '{name}'")
        return Selection(
            self.registry,
            self.selector((), settings),
            collections=[
                self.collection(index, each) for index, each in enumerate(settings.collections)
            ],
            overrides=[
                Override(
                    self.patterns(("overrides", index, "paths"), each.paths),
                    self.selector(("overrides", index), each),
                )
                for index, each in enumerate(settings.overrides)
            ],
            today=settings.today,
        )

    def collection(self, index: int, table: CollectionTable) -> ConfiguredCollection:
        """Return the files of a collection."""
        keys = ("collections", index)
        patterns = self.patterns((*keys, "paths"), table.paths)
        field_map = self.field_map((*keys, "fields"), table.fields)
        schema = None
        if table.schema_ is not None:
            schema = self.schema((*keys, "schema"), table.schema_, field_map)
        collection = Collection(table.name, schema, field_map)
        return ConfiguredCollection(collection, patterns, self.selector(keys, table))

    def field_map(self, keys: "KeyPath", table: FieldsTable) -> FieldMap:
        """Return which fields play which part."""
        roles = {
            field.alias or name: tuple(each.strip("/") for each in getattr(table, name))
            for name, field in FieldsTable.model_fields.items()
        }
        if len(roles["related"]) > 1 or any("/" in each for each in roles["related"]):
            self.fail((*keys, "related"), "'related' must be the name of one field of the record")
        return FieldMap(roles)

    def schema(self, keys: "KeyPath", reference: str, field_map: FieldMap) -> Any:
        """Return the schema that a collection names."""
        if not self.plugins and is_code_reference(reference):
            return None
        try:
            return load_schema(reference, self.folder(keys), field_map.related)
        except SchemaError as error:
            self.fail(keys, str(error))
            return None

    def patterns(self, keys: "KeyPath", patterns: Sequence[str]) -> GitignorePatterns:
        """Return patterns."""
        try:
            return GitignorePatterns(patterns)
        except PatternError as error:
            self.fail((*keys, error.index), str(error))
            return GitignorePatterns(())

    def selector(self, keys: "KeyPath", table: RulesTable) -> RuleSelector:
        """Return what a part of the settings says of rules."""
        for name in ("select", "extend_select", "ignore"):
            for index, rule in enumerate(getattr(table, name) or ()):
                self._check_name((*keys, name.replace("_", "-"), index), rule)
        severities: dict[str, Severity] = {}
        options: dict[str, Mapping[str, Any]] = {}
        for name, values in table.rules.items():
            here = (*keys, "rules", name)
            try:
                rule = self.registry.find(name)
            except UnknownNameError as error:
                self._unknown(here, error, of_key=True)
                continue
            severity = self._severity(here, values)
            if severity is not None:
                severities[rule.id] = severity
            options[rule.id] = self._options(here, rule, values)
        return RuleSelector(table.select, table.extend_select, table.ignore, severities, options)

    def _check_name(self, keys: "KeyPath", name: str) -> None:
        """Take note of a name that is neither a rule's nor a category's."""
        try:
            self.registry.expand(name)
        except UnknownNameError as error:
            self._unknown(keys, error)

    def _unknown(self, keys: "KeyPath", error: UnknownNameError, *, of_key: bool = False) -> None:
        """Take note of an unknown name; where a plugin is not loaded, some cannot be known."""
        if self.is_complete:
            self.fail(keys, str(error), of_key=of_key)

    def _severity(self, keys: "KeyPath", values: Mapping[str, Any]) -> Severity | None:
        """Return the severity that a rule's table gives it; None where it gives none."""
        value = values.get(_SEVERITY)
        if value is None:
            return None
        try:
            return Severity(value)
        except ValueError:
            levels = [level.value for level in Severity]
            near = closest(str(value), levels)
            hint = f"; did you mean '{near}'?" if near else ""
            self.fail((*keys, _SEVERITY), f"expected {', '.join(levels)}{hint}")
            return None

    def _options(
        self, keys: "KeyPath", rule: type[Rule], values: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Return the options that a rule's table gives it."""
        written = {name.replace("-", "_"): name for name in values if name != _SEVERITY}
        options = {field: _frozen(values[name]) for field, name in written.items()}
        try:
            made = rule.model_validate(options)
        except ValidationError as error:
            for each in error.errors(include_url=False):
                field, *inner = each["loc"] or ("",)
                there = (*keys, written.get(str(field), str(field)), *inner)
                if each["type"] == "extra_forbidden":
                    self.fail((*keys, written[str(field)]), _no_option(rule, field), of_key=True)
                else:
                    message: str = each["msg"]
                    self.fail(there, f"'{there[len(keys)]}': {message[:1].lower()}{message[1:]}")
            return {}
        return {field: getattr(made, field) for field in options}


def _no_option(rule: type[Rule], name: object) -> str:
    """Return what to say of an option that a rule does not have."""
    known = [_SEVERITY, *(field.replace("_", "-") for field in rule.model_fields)]
    written = str(name).replace("_", "-")
    near = closest(written, known)
    hint = f"; did you mean '{near}'?" if near else f"; it has {', '.join(sorted(known))}"
    return f"the rule '{rule.id}' has no option '{written}'{hint}"


def _frozen(value: Any) -> Any:
    """Return a TOML value with tuples in place of lists, as rules' options have them."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
