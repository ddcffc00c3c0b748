"""What the user asked for."""

from newslint.settings.errors import SettingsError
from newslint.settings.load import find_project, load_project
from newslint.settings.project import Project
from newslint.settings.registry import Registry, UnknownNameError, closest
from newslint.settings.select import Chosen, Layer, Selection
from newslint.settings.settings import Settings, StaleBaseline

__all__ = [
    "Chosen",
    "Layer",
    "Project",
    "Registry",
    "Selection",
    "Settings",
    "SettingsError",
    "StaleBaseline",
    "UnknownNameError",
    "closest",
    "find_project",
    "load_project",
]
