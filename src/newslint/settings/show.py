"""What applies to a project or to one of its files, and where each value came from."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.rules.api import Rule
from newslint.rules.explain import format_toml
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.rules.meta.unrepaired_file import UnrepairedFile
from newslint.settings.project import Project
from newslint.settings.settings import RulesTable, Settings

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath

_DEFAULT = "default"
_NEVER_SELECTED = (RuleCrashed, UnrepairedFile)  # they report runs, not records
_APART = ("rules", "overrides", "collections", "extends", "limits")


class _Said(NamedTuple):
    """What one part of the settings says.

    Attributes:
        keys: What leads to the part.
        table: What it says.
    """

    keys: "KeyPath"
    table: RulesTable


def show_project(project: Project) -> Iterator[str]:
    """Yield the lines of a TOML file with all settings, and where each came from in comments."""
    yield from _head(project)
    for name, value in _settings(project.settings):
        keys = (name,)
        yield _line(name, value, _origin(project, keys))
    yield ""
    yield "[limits]"
    for name, value in project.settings.limits.model_dump(by_alias=True).items():
        yield _line(name, value, _origin(project, ("limits", name)))
    yield from _rules_said(project, _Said((), project.settings))
    for index, each in enumerate(project.settings.collections):
        yield from _part(project, "collections", index, each)
    for index, other in enumerate(project.settings.overrides):
        yield from _part(project, "overrides", index, other)


def show_path(project: Project, path: str) -> Iterator[str]:
    """Yield the lines of a TOML file with what applies to one file.

    Args:
        project: Whose file it is.
        path: Relative to the project's root.
    """
    yield from _head(project)
    yield f"# Path: {path}"
    absolute = project.root / path
    if not project.filter.allows(absolute):
        yield "# Excluded: it is read only where the command line names it"
    collection = project.selection.collection(path)
    if collection is None:
        yield "# Collection: none, so it is not checked"
        return
    said = list(_saying(project, path))
    written = _from(project, said, "collections")
    yield f"# Collection: {collection.name}{f' ({written})' if written else ''}"
    if written := _from(project, said, "overrides"):
        yield f"# Overrides: {written}"
    chosen = project.selection.ruleset(path)
    severities = dict(chosen.severities)
    for rule in chosen.rules:
        yield ""
        yield f"[rules.{rule.id}]"
        level = severities.get(rule.id, rule.severity).value
        yield _line("severity", level, _rule_origin(project, said, rule.id, "severity"))
        for field in sorted(type(rule).model_fields):
            value = getattr(rule, field)
            yield _line(_dashed(field), value, _option_origin(project, said, rule, field))
    yield from _not_run(project, said, {rule.id for rule in chosen.rules})


def _head(project: Project) -> Iterator[str]:
    """Yield which project this is."""
    yield f"# Root: {project.root}"
    yield f"# Settings: {project.file or 'none, all is by default'}"


def _settings(settings: Settings) -> Iterator[tuple[str, Any]]:
    """Yield the settings that are no tables, by the names that files use."""
    for field in Settings.model_fields:
        value = getattr(settings, field)
        if field not in _APART and value is not None:
            yield _dashed(field), value


def _part(project: Project, kind: str, index: int, table: RulesTable) -> Iterator[str]:
    """Yield an entry of a list of tables: what is written there."""
    keys = (kind, index)
    yield ""
    yield f"[[{kind}]]{_comment(_origin(project, keys))}"
    written = table.model_dump(by_alias=True, exclude_unset=True, exclude={"rules"})
    for name, value in written.items():
        yield _line(name, value, "")
    yield from _rules_said(project, _Said(keys, table), f"{kind}.")


def _rules_said(project: Project, said: _Said, prefix: str = "") -> Iterator[str]:
    """Yield the tables of rules that a part of the settings holds."""
    for name, options in said.table.rules.items():
        yield ""
        yield f"[{prefix}rules.{name}]"
        for option, value in options.items():
            keys = (*said.keys, "rules", name, option)
            yield _line(option, value, _origin(project, keys))


def _saying(project: Project, path: str) -> Iterator[_Said]:
    """Yield the parts of the settings that apply to a file, each more telling than the last."""
    settings, selection = project.settings, project.selection
    yield _Said((), settings)
    kind = selection.collection_index(path)
    if kind is not None:
        yield _Said(("collections", kind), settings.collections[kind])
    for index in selection.override_indexes(path):
        yield _Said(("overrides", index), settings.overrides[index])


def _from(project: Project, said: Sequence[_Said], kind: str) -> str:
    """Return where the parts of a kind are written; nothing where there is none."""
    return ", ".join(_origin(project, each.keys) for each in said if each.keys[:1] == (kind,))


def _option_origin(project: Project, said: Sequence[_Said], rule: Rule, field: str) -> str:
    """Return where a rule's option was set."""
    origin = _rule_origin(project, said, rule.id, _dashed(field), field)
    if origin == _DEFAULT and field == "today":
        return _origin(project, ("today",))
    return origin


def _rule_origin(project: Project, said: Sequence[_Said], rule: str, *names: str) -> str:
    """Return where something that goes by `names` was set for a rule; the last word counts."""
    for keys, table in reversed(said):
        for called, options in table.rules.items():
            if project.registry.find(called).id == rule:
                for name in names:
                    if name in options:
                        return _origin(project, (*keys, "rules", called, name))
    return _DEFAULT


def _not_run(project: Project, said: Sequence[_Said], ids: set[str]) -> Iterator[str]:
    """Yield the rules that do not run, and why, as comments."""
    yield ""
    for rule in project.registry:
        if rule.id not in ids and rule not in _NEVER_SELECTED:
            yield f"# {rule.id} does not run: {_reason(project, said, rule)}"


def _reason(project: Project, said: Sequence[_Said], rule: type[Rule]) -> str:
    """Return why a rule does not run."""
    for keys, table in reversed(said):
        for index, name in enumerate(table.ignore):
            if rule in project.registry.expand(name):
                return f"ignored ({_origin(project, (*keys, 'ignore', index))})"
    for keys, table in reversed(said):
        if table.select is not None:
            return f"not selected ({_origin(project, (*keys, 'select'))})"
    return "off by default"


def _origin(project: Project, keys: "KeyPath") -> str:
    """Return `file:line` of a setting."""
    found = project.origins.find(keys)
    return _DEFAULT if found is None else found[0].label(found[1])


def _line(name: str, value: Any, origin: str) -> str:
    """Return a line that sets `name`."""
    return f"{name} = {format_toml(value)}{_comment(origin)}"


def _comment(origin: str) -> str:
    """Return where a value came from, as a comment."""
    return f"  # {origin}" if origin else ""


def _dashed(field: str) -> str:
    """Return the name that settings files use for a field."""
    return field.replace("_", "-")
