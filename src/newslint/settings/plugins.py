"""Rules of plugins: an installed package, or a file of the project."""

import inspect
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from newslint._deprecation import defer_warnings
from newslint.diagnostics import Severity
from newslint.documents.similar_names import suggest_file
from newslint.rules import api
from newslint.rules.api import Rule
from newslint.rules.option_types import describe_mutable_option, find_mutable_options
from newslint.settings.imports import CodeImportError, import_file, import_module

LIST = "RULES"
"""The name of the variable in which a plugin lists its rules."""

_BASES = (
    api.DocumentRule,
    api.RecordRule,
    api.TextRule,
    api.MentionRule,
    api.GroupRule,
    api.AggregateRule,
    api.SurveyRule,
    api.CorpusRule,
)
_ATTRIBUTES = ("id", "severity", "examples")


class PluginError(ValueError):
    """A plugin that cannot be used; the message names it and its remedy."""


def load_plugin(name: str, folder: Path, boundary: Path) -> tuple[type[Rule], ...]:
    """Import a plugin and validate its rules.

    Args:
        name: A package (`newslint_acme`), or a file (`./rules/house.py`).
        folder: The folder that the path of a file is relative to.
        boundary: The folder that a file must be in.

    Raises:
        PluginError: The plugin does not exist, cannot be imported, or lists no valid rules.
    """
    with defer_warnings():
        rules: Any = getattr(_import_plugin(name, folder, boundary), LIST, None)
    if not isinstance(rules, Sequence) or isinstance(rules, str):
        raise PluginError(
            f"plugin '{name}' does not list its rules; define them in it, for example: "
            f"{LIST} = (MyRule,)"
        )
    for rule in rules:
        _validate_rule(name, rule)
    return tuple(rules)


def _import_plugin(name: str, folder: Path, boundary: Path) -> ModuleType:
    """Import the module of a plugin.

    Raises:
        PluginError: The module does not exist, or cannot be imported.
    """
    is_file = name.endswith(".py") or "/" in name
    try:
        module = import_file(folder / name, boundary) if is_file else import_module(name)
    except CodeImportError as error:
        raise PluginError(f"plugin '{name}' {error}") from error
    if module is None and is_file:
        hint = suggest_file(folder / name, name)
        raise PluginError(f"plugin '{name}' not found: no such file in {folder}{hint}")
    if module is None:
        raise PluginError(
            f"plugin '{name}' not found; install it in the environment of newslint, or write "
            f"'./{name}.py' for a file of the project"
        )
    return module


def _validate_rule(name: str, rule: Any) -> None:
    """Check that an entry of a plugin's list is a usable rule.

    Raises:
        PluginError: It is not.
    """
    label = getattr(rule, "__name__", None) or repr(rule)[:60]
    if not inspect.isclass(rule) or not issubclass(rule, _BASES):
        bases = ", ".join(base.__name__ for base in _BASES)
        raise PluginError(
            f"plugin '{name}' lists {label}, which is not a rule; derive it from one of {bases} "
            "of newslint.rules.api"
        )
    missing = [each for each in _ATTRIBUTES if not hasattr(rule, each)]
    if missing:
        is_annotated = any(each in inspect.get_annotations(rule) for each in missing)
        hint = "; write it without a type annotation" if is_annotated else ""
        raise PluginError(f"{label} of plugin '{name}' has no {' and no '.join(missing)}{hint}")
    values: tuple[Any, Any] = (rule.id, rule.severity)
    if not isinstance(values[0], str) or not values[0] or not isinstance(values[1], Severity):
        raise PluginError(
            f"{label} of plugin '{name}' needs a non-empty string as its id and a Severity as its "
            "severity"
        )
    try:
        rule()
    except Exception as error:
        import traceback

        reason = " ".join(traceback.format_exception_only(error)[-1].split())
        raise PluginError(
            f"rule '{rule.id}' of plugin '{name}' has an option without a valid default: {reason}"
        ) from error
    for option in find_mutable_options(rule):
        raise PluginError(f"rule '{rule.id}' of plugin '{name}': {describe_mutable_option(option)}")
