"""Rules that come from elsewhere: an installed package, or a file of the project."""

import importlib
import importlib.util
import inspect
import sys
import traceback
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import Any

from newslint.diagnostics import Severity
from newslint.rules import api
from newslint.rules.api import Rule

LIST = "RULES"
"""The name under which a plugin lists its rules."""

_KINDS = (
    api.DocumentRule,
    api.TextRule,
    api.MentionRule,
    api.GroupRule,
    api.CorpusRule,
)
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
    module = _from_file(name, folder) if _is_file(name) else _from_package(name)
    rules: Any = getattr(module, LIST, None)
    if not isinstance(rules, Sequence) or isinstance(rules, str):
        raise PluginError(
            f"the plugin '{name}' lists no rules; it must say, for instance, `{LIST} = (MyRule,)`"
        )
    for rule in rules:
        _check(name, rule)
    return tuple(rules)


def _is_file(name: str) -> bool:
    """Tell whether a plugin's name is a file's."""
    return name.endswith(".py") or "/" in name


def _from_package(name: str) -> ModuleType:
    """Return an installed plugin."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(error.name + ".")):
            raise PluginError(
                f"there is no plugin '{name}': install it beside newslint, or write './{name}.py' "
                "for a file of the project"
            ) from error
        raise _failed(name, error) from error
    except Exception as error:  # a plugin may raise anything
        raise _failed(name, error) from error


def _from_file(name: str, folder: Path) -> ModuleType:
    """Return a plugin that is a file."""
    path = (folder / name).resolve()
    if not path.is_file():
        raise PluginError(f"there is no plugin '{name}': no such file in {folder}")
    module_name = module_name_of(path)
    spec = importlib.util.spec_from_file_location(module_name, path)
    if spec is None or spec.loader is None:
        raise PluginError(f"the plugin '{name}' is no Python file: its name must end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[module_name]
        raise _failed(name, error) from error
    return module


def module_name_of(path: Path) -> str:
    """Return the name under which the file `path` is imported: its own, and what tells it apart."""
    digest = blake2b(str(path).encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()
    stem = path.stem.replace("-", "_")
    return f"newslint_files.{stem}.f{digest}"  # its "folder" is the category of its rules


def _failed(name: str, error: Exception) -> PluginError:
    """Return what to say of a plugin that cannot be imported."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith("<frozen importlib")
    ]
    place = f" ({frames[-1].filename}:{frames[-1].lineno})" if len(frames) > 1 else ""
    if isinstance(error, SyntaxError) and error.filename:
        place = f" ({error.filename}:{error.lineno})"
    reason = traceback.format_exception_only(error)[-1].strip()
    return PluginError(f"the plugin '{name}' cannot be imported: {reason}{place}")


def _check(name: str, rule: Any) -> None:
    """Raise what makes `rule` no rule.

    Raises:
        PluginError: It is none.
    """
    if not inspect.isclass(rule) or not issubclass(rule, _KINDS):
        kinds = ", ".join(kind.__name__ for kind in _KINDS)
        shown = getattr(rule, "__name__", None) or repr(rule)[:60]
        raise PluginError(
            f"the plugin '{name}' lists {shown}, which is no rule: derive it from "
            f"one of {kinds} of newslint.rules.api"
        )
    missing = [each for each in _ATTRIBUTES if not hasattr(rule, each)]
    if missing:
        raise PluginError(
            f"{rule.__name__} of the plugin '{name}' has no {' and no '.join(missing)}"
        )
    severity: Any = rule.severity
    identifier: Any = rule.id
    if not isinstance(severity, Severity) or not isinstance(identifier, str) or not identifier:
        raise PluginError(
            f"{rule.__name__} of the plugin '{name}' needs a text as its id and a Severity as its "
            "severity"
        )
    try:
        rule()
    except Exception as error:
        raise PluginError(
            f"the rule '{rule.id}' of the plugin '{name}' has an option without a valid default: "
            f"{traceback.format_exception_only(error)[-1].strip()}"
        ) from error
