"""Rules that come from elsewhere: an installed package, or a file of the project."""

import inspect
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from newslint.diagnostics import Severity
from newslint.rules import api
from newslint.rules.api import Rule
from newslint.settings.imports import CodeImportError, import_file, import_module

LIST = "RULES"
"""The name under which a plugin lists its rules."""

_KINDS = (api.DocumentRule, api.TextRule, api.MentionRule, api.GroupRule, api.CorpusRule)
_ATTRIBUTES = ("id", "severity", "examples")


class PluginError(ValueError):
    """A plugin cannot be used; the message names it and says what to do."""


def load_plugin(name: str, folder: Path) -> tuple[type[Rule], ...]:
    """Return the rules of a plugin.

    Args:
        name: A package (`newslint_acme`), or a file (`./rules/house.py`).
        folder: What a file's path is relative to.

    Raises:
        PluginError: It does not exist, fails when it is imported, or lists no rules.
    """
    rules: Any = getattr(_module(name, folder), LIST, None)
    if not isinstance(rules, Sequence) or isinstance(rules, str):
        raise PluginError(
            f"the plugin '{name}' lists no rules; it must say, for instance, `{LIST} = (MyRule,)`"
        )
    for rule in rules:
        _check(name, rule)
    return tuple(rules)


def _module(name: str, folder: Path) -> ModuleType:
    """Return the module that a plugin is.

    Raises:
        PluginError: There is none.
    """
    is_file = name.endswith(".py") or "/" in name
    try:
        module = import_file(folder / name) if is_file else import_module(name)
    except CodeImportError as error:
        raise PluginError(f"the plugin '{name}' {error}") from error
    if module is None and is_file:
        raise PluginError(f"there is no plugin '{name}': no such file in {folder}")
    if module is None:
        raise PluginError(
            f"there is no plugin '{name}': install it beside newslint, or write './{name}.py' for "
            "a file of the project"
        )
    return module


def _check(name: str, rule: Any) -> None:
    """Raise what makes `rule` no rule.

    Raises:
        PluginError: It is none.
    """
    called = getattr(rule, "__name__", None) or repr(rule)[:60]
    if not inspect.isclass(rule) or not issubclass(rule, _KINDS):
        kinds = ", ".join(kind.__name__ for kind in _KINDS)
        raise PluginError(
            f"the plugin '{name}' lists {called}, which is no rule: derive it from one of {kinds} "
            "of newslint.rules.api"
        )
    missing = [each for each in _ATTRIBUTES if not hasattr(rule, each)]
    if missing:
        raise PluginError(f"{called} of the plugin '{name}' has no {' and no '.join(missing)}")
    told: tuple[Any, Any] = (rule.id, rule.severity)
    if not isinstance(told[0], str) or not told[0] or not isinstance(told[1], Severity):
        raise PluginError(
            f"{called} of the plugin '{name}' needs a text as its id and a Severity as its severity"
        )
    try:
        rule()
    except Exception as error:
        reason = traceback.format_exception_only(error)[-1].strip()
        raise PluginError(
            f"the rule '{rule.id}' of the plugin '{name}' has an option without a valid default: "
            f"{reason}"
        ) from error
