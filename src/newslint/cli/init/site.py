"""Detection of the site generator of a folder, and of its content folders."""

import json
import tomllib
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

from newslint.documents import read_document
from newslint.documents.access import read_limited, resolve_inside
from newslint.syntax import Reader

RESERVED = frozenset(
    {
        *("_layouts", "_includes", "_sass", "_plugins", "_site", "_partials", "_templates"),
        *("layouts", "includes", "partials", "templates", "themes", "archetypes"),
        *("assets", "static", "public", "dist", "build", "test", "tests", "fixtures"),
    }
)
"""Folders of templates, generated files and tests, which contain no records."""

DATA = "_data"
"""The folder of data for templates; some of its files may be records."""

_MAX_SETTINGS_SIZE = 1024 * 1024


class Site(NamedTuple):
    """A site and its content folders.

    Attributes:
        generator: The site generator; empty for a plain folder.
        evidence: The settings file of the generator.
        roots: Folders in which each sub-folder is a kind of records; empty for the top folder.
        only_underscored: Whether only folders whose names start with `_` contain records.
        section_files: Names of files that describe a folder instead of an article.
    """

    generator: str = ""
    evidence: str = ""
    roots: tuple[str, ...] = ("",)
    only_underscored: bool = False
    section_files: frozenset[str] = frozenset()

    def describe(self) -> str:
        """Describe the site for messages: "a Hugo site (hugo.toml)"."""
        if not self.generator:
            return "a folder"
        article = "an" if self.generator[0] in "AEIOU" else "a"
        return f"{article} {self.generator} site ({self.evidence})"


def detect_site(folder: Path) -> Site:
    """Detect the site whose top folder is `folder`; a plain folder if there is no generator.

    Raises:
        OSError: The folder cannot be listed.
    """
    files = (path for path in folder.iterdir() if path.is_file())
    names = sorted(file.name for file in files if file.name.isprintable())
    for pattern, create_site in _GENERATORS:
        for name in names:
            if fnmatch(name, pattern):
                site = create_site(folder, name)
                if site is not None:
                    return site
    return Site()


def _create_astro(_folder: Path, name: str) -> Site | None:
    return Site("Astro", name, ("src/content",))


def _create_eleventy(_folder: Path, name: str) -> Site | None:
    return Site("Eleventy", name)


def _create_hugo(folder: Path, name: str) -> Site | None:
    """Create a Hugo site; None if the file, such as `config.toml`, belongs to something else."""
    root = _text(_read_settings(folder / name), "contentDir") or "content"
    if not (folder / root).is_dir():
        return None
    return Site("Hugo", name, (root,), section_files=frozenset({"_index.md", "_index.html"}))


def _create_jekyll(folder: Path, name: str) -> Site | None:
    root = _text(_read_settings(folder / name), "collections_dir").strip("/")
    roots = ("", root) if root and root != "." else ("",)
    return Site("Jekyll", name, roots, only_underscored=True)


_GENERATORS: tuple[tuple[str, Callable[[Path, str], Site | None]], ...] = (
    ("astro.config.*", _create_astro),
    ("eleventy.config.*", _create_eleventy),
    (".eleventy.js", _create_eleventy),
    ("hugo.*", _create_hugo),
    ("_config.y*ml", _create_jekyll),
    ("_config.toml", _create_jekyll),
    ("config.toml", _create_hugo),
    ("config.y*ml", _create_hugo),
    ("config.json", _create_hugo),
)
"""Patterns of settings files of generators; the first one that yields a site counts."""


def _text(settings: dict[str, Any], key: str) -> str:
    """Look up a text; empty if it is missing or not a text."""
    value = settings.get(key)
    return value if isinstance(value, str) else ""


def _read_settings(file: Path) -> dict[str, Any]:
    """Read the settings of a generator; none if they cannot be read."""
    try:
        data = read_limited(resolve_inside(file, file.parent), _MAX_SETTINGS_SIZE)
        settings = _parse(file.suffix, data)
    except (OSError, ValueError, RecursionError):
        return {}
    return settings if isinstance(settings, dict) else {}


def _parse(suffix: str, data: bytes) -> Any:
    """Parse TOML, JSON or YAML; of several YAML documents, the first.

    Raises:
        ValueError: The data are not TOML or JSON.
    """
    if suffix == ".toml":
        return tomllib.loads(data.decode())
    if suffix == ".json":
        return json.loads(data)
    roots = read_document("site.yaml", data, Reader()).roots
    return roots[0].python if roots else None
