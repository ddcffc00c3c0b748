"""What the user asked for."""

from newslint.settings.load import Project, SettingsError, find_project
from newslint.settings.registry import Registry, UnknownNameError, closest
from newslint.settings.select import selected
from newslint.settings.settings import Settings, StaleBaseline

__all__ = [
    "Project",
    "Registry",
    "Settings",
    "SettingsError",
    "StaleBaseline",
    "UnknownNameError",
    "closest",
    "find_project",
    "selected",
]
