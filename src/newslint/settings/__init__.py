"""Settings: discovery, validation and merging of settings files, and selection of rules."""

from newslint.settings.load import find_project, load_project
from newslint.settings.project import Project
from newslint.settings.registry import Registry, UnknownNameError
from newslint.settings.selection import RuleSelector, Ruleset, Selection
from newslint.settings.settings import Settings, StaleBaseline
from newslint.settings.toml_file import SettingsError

__all__ = [
    "Project",
    "Registry",
    "RuleSelector",
    "Ruleset",
    "Selection",
    "Settings",
    "SettingsError",
    "StaleBaseline",
    "UnknownNameError",
    "closest",
    "find_project",
    "load_project",
]
