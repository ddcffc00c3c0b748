"""Output of `newslint config show`: settings as TOML, with the origin of each in a comment."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.records import Collection
from newslint.rules.api import Rule
from newslint.rules.explain import format_toml
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.rules.meta.unrepaired_file import UnrepairedFile
from newslint.settings.gate import SEVERITY_SETTINGS
from newslint.settings.project import Project
from newslint.settings.settings import OverrideTable, RulesTable, Settings

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath

_DEFAULT = "default"
_LEVEL = ("fail-level",)
_NEVER_SELECTED = (RuleCrashed, UnrepairedFile)  # they report runs, not records
_SHOWN_ELSEWHERE = ("rules", "overrides", "collections", "extends", "limits", "gate", "online")


class _Section(NamedTuple):
    """A part of the settings that applies to a file.

    Attributes:
        keys: The keys of its table.
        table: Its settings.
    """

    keys: "KeyPath"
    table: RulesTable


def show_project(project: Project, nested: Iterable[str] = ()) -> Iterator[str]:
    """Yield the lines of a TOML file with all settings.

    Args:
        project: The project.
        nested: The folders in it that are projects of their own, relative to its root.
    """
    yield from _header(project)
    for folder in nested:
        yield f"# Another project: {folder}/"
    for name, value in _plain_settings(project.settings):
        yield _assignment(name, value, _origin(project, (name,)))
    for table in ("limits", "online"):
        yield from ("", f"[{table}]")
        for name, value in getattr(project.settings, table).model_dump(by_alias=True).items():
            yield _assignment(name, value, _origin(project, (table, name)))
    yield from _gate(project)
    yield from _rule_tables(project, _Section((), project.settings))
    for index, collection in enumerate(project.settings.collections):
        yield from _array_entry(project, "collections", index, collection)
    for index, override in enumerate(project.settings.overrides):
        yield from _array_entry(project, "overrides", index, override)


def show_path(project: Project, path: str) -> Iterator[str]:
    """Yield the lines of a TOML file with the rules and options that apply to one file.

    Args:
        project: The project of the file.
        path: The path of the file, relative to the project's root.
    """
    yield from _header(project)
    yield f"# Path: {path}"
    if not project.filter.accepts_named(project.root / path):
        yield "# Excluded: it is read only if it is named on the command line"
    collection = project.selection.collection(path)
    if collection is None:
        yield "# Collection: none, so it is not checked"
        return
    sections = list(_sections(project, path))
    origin = _section_origins(project, sections, "collections")
    yield f"# Collection: {collection.name}{f' ({origin})' if origin else ''}"
    if origin := _section_origins(project, sections, "overrides"):
        yield f"# Overrides: {origin}"
    yield from _exemptions(project, sections)
    ruleset = project.selection.ruleset(path)
    severities = dict(ruleset.severities)
    unplayed = {rule.id: roles for rule in ruleset.rules if (roles := _unplayed(rule, collection))}
    for rule in ruleset.rules:
        if rule.id in unplayed:
            continue
        yield ""
        yield f"[rules.{rule.id}]"
        level = severities.get(rule.id, rule.severity).value
        yield _assignment("severity", level, _rule_origin(project, sections, rule.id, "severity"))
        for field in sorted(type(rule).model_fields):
            value = getattr(rule, field)
            origin = _option_origin(project, sections, rule, field)
            yield _assignment(_kebab_case(field), value, origin)
    yield ""
    for name, roles in unplayed.items():
        yield f"# {name} does not run: no field plays the role {' or '.join(roles)}"
    yield from _rules_off(project, sections, {rule.id for rule in ruleset.rules})


def _unplayed(rule: Rule, collection: Collection) -> list[str]:
    """List the roles that a rule needs and no field of a collection plays."""
    schema = {} if collection.schema is None else collection.schema.json_schema()
    known = schema.get("properties", {})
    is_closed = schema.get("additionalProperties") is False and "patternProperties" not in schema
    return [
        role
        for role in rule.roles
        if not any(
            not is_closed or field.split("/")[0] in known
            for field in collection.field_map.roles[role]
        )
    ]


def _header(project: Project) -> Iterator[str]:
    """Yield the root and the settings file of the project."""
    yield f"# Root: {project.root}"
    yield f"# Settings: {project.file or 'none, all defaults'}"


def _plain_settings(settings: Settings) -> Iterator[tuple[str, Any]]:
    """Yield the names and values of the settings that are not tables."""
    for field in Settings.model_fields:
        value = getattr(settings, field)
        if field not in _SHOWN_ELSEWHERE and value is not None:
            yield _kebab_case(field), value


def _gate(project: Project) -> Iterator[str]:
    """Yield the tables of the quality gate, with the limits that follow from other settings."""
    yield ""
    yield "[gate]"
    for severity, limit in project.gate.severities.items():
        name = _kebab_case(SEVERITY_SETTINGS[severity])
        is_set = project.origins.find(("gate", name)) is not None
        yield _assignment(name, limit, _origin(project, ("gate", name) if is_set else _LEVEL))
    if project.gate.baselined is not None:
        keys = ("gate", "max-baselined")
        yield _assignment(keys[1], project.gate.baselined, _origin(project, keys))
    if project.settings.gate.rules:
        yield ""
        yield "[gate.rules]"
    for rule, limit in project.settings.gate.rules.items():
        yield _assignment(rule, limit, _origin(project, ("gate", "rules", rule)))


def _array_entry(project: Project, array: str, index: int, table: RulesTable) -> Iterator[str]:
    """Yield an entry of an array of tables, without defaults."""
    keys = (array, index)
    yield ""
    yield f"[[{array}]]{_comment(_origin(project, keys))}"
    values = table.model_dump(by_alias=True, exclude_unset=True, exclude={"rules"})
    for name, value in values.items():
        yield _assignment(name, value, "")
    yield from _rule_tables(project, _Section(keys, table), f"{array}.")


def _rule_tables(project: Project, section: _Section, prefix: str = "") -> Iterator[str]:
    """Yield the tables of rules in a section."""
    for name, options in section.table.rules.items():
        yield ""
        yield f"[{prefix}rules.{name}]"
        for option, value in options.items():
            keys = (*section.keys, "rules", name, option)
            yield _assignment(option, value, _origin(project, keys))


def _sections(project: Project, path: str) -> Iterator[_Section]:
    """Yield the sections of the settings that apply to a file; later ones take precedence."""
    settings, selection = project.settings, project.selection
    yield _Section((), settings)
    index = selection.collection_index(path)
    if index is not None:
        yield _Section(("collections", index), settings.collections[index])
    for index in selection.override_indexes(path):
        yield _Section(("overrides", index), settings.overrides[index])


def _section_origins(project: Project, sections: Sequence[_Section], array: str) -> str:
    """List the origins of the sections that are entries of `array`; empty if there are none."""
    return ", ".join(
        _origin(project, section.keys) for section in sections if section.keys[:1] == (array,)
    )


def _exemptions(project: Project, sections: Sequence[_Section]) -> Iterator[str]:
    """Yield the fields that are exempted from rules, with these rules, as comments."""
    for keys, table in sections:
        if isinstance(table, OverrideTable) and table.is_exemption:
            given = "pointers" if table.pointers else "providers"
            names, origin = ", ".join(table.ignore), _origin(project, (*keys, given))
            places = f"At {', '.join(table.pointers)}" if table.pointers else ""
            articles = f"{'of' if places else 'Of'} {', '.join(table.providers)}"
            subject = " ".join(filter(None, (places, articles if table.providers else "")))
            yield f"# {subject}: {names} ignored ({origin})"


def _is_exemption(table: RulesTable) -> bool:
    """Check if a section is limited to some fields or articles."""
    return isinstance(table, OverrideTable) and table.is_exemption


def _option_origin(project: Project, sections: Sequence[_Section], rule: Rule, field: str) -> str:
    """Look up the origin of an option of a rule."""
    origin = _rule_origin(project, sections, rule.id, _kebab_case(field), field)
    if origin == _DEFAULT and field == "today":
        return _origin(project, ("today",))
    return origin


def _rule_origin(project: Project, sections: Sequence[_Section], rule: str, *keys: str) -> str:
    """Look up the origin of a value in the tables of a rule, under any of `keys`."""
    for section in reversed(sections):
        for name, options in section.table.rules.items():
            if project.registry.find(name).id == rule:
                for key in keys:
                    if key in options:
                        return _origin(project, (*section.keys, "rules", name, key))
    return _DEFAULT


def _rules_off(project: Project, sections: Sequence[_Section], ids: set[str]) -> Iterator[str]:
    """Yield the rules that do not run, with the reason, as comments."""
    for rule in project.registry:
        if rule.id not in ids and rule not in _NEVER_SELECTED:
            yield f"# {rule.id} does not run: {_reason_off(project, sections, rule)}"


def _reason_off(project: Project, sections: Sequence[_Section], rule: type[Rule]) -> str:
    """Explain why a rule does not run."""
    for keys, table in reversed(sections):
        if _is_exemption(table):
            continue
        for index, name in enumerate(table.ignore):
            if rule in project.registry.expand(name):
                return f"ignored ({_origin(project, (*keys, 'ignore', index))})"
    for keys, table in reversed(sections):
        if table.select is not None:
            return f"not selected ({_origin(project, (*keys, 'select'))})"
    return "off by default"


def _origin(project: Project, keys: "KeyPath") -> str:
    """Format the origin of a setting as `file:line`."""
    origin = project.origins.find(keys)
    return _DEFAULT if origin is None else origin[0].label(origin[1])


def _assignment(name: str, value: Any, origin: str) -> str:
    """Format a key, its value and its origin."""
    return f"{name} = {format_toml(value)}{_comment(origin)}"


def _comment(origin: str) -> str:
    """Format an origin as a comment."""
    return f"  # {origin}" if origin else ""


def _kebab_case(field: str) -> str:
    """Convert the name of a field to the name of its setting."""
    return field.replace("_", "-")
