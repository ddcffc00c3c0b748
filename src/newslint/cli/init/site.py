"""Which program makes a site of a folder, and where in it that program looks for records."""

import json
import tomllib
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

from newslint.documents import read_document
from newslint.syntax.yaml import Reader

RESERVED = frozenset(
    {
        *("_layouts", "_includes", "_sass", "_plugins", "_site", "_partials", "_templates"),
        *("layouts", "includes", "partials", "templates", "themes", "archetypes"),
        *("assets", "static", "public", "dist", "build", "test", "tests", "fixtures"),
    }
)
"""Folders that hold how a site looks, what was generated, or samples; nobody's records."""

DATA = "_data"
"""Folder of what templates look up; some of it are records."""

_LARGEST = 1024 * 1024


class Site(NamedTuple):
    """A site, and where its records are.

    Attributes:
        generator: The program that makes it; empty for a plain folder.
        evidence: The file that tells so.
        roots: Folders of which each sub-folder is a kind of records; empty text for the top.
        only_underscored: Only folders whose names start with `_` hold records.
        section_files: Names of files that describe a folder rather than an article.
    """

    generator: str = ""
    evidence: str = ""
    roots: tuple[str, ...] = ("",)
    only_underscored: bool = False
    section_files: frozenset[str] = frozenset()


def detect_site(folder: Path) -> Site:
    """Return the site whose top folder is `folder`."""
    files = (path for path in folder.iterdir() if path.is_file())
    names = sorted(file.name for file in files if file.name.isprintable())
    for pattern, make in _GENERATORS:
        for name in names:
            if fnmatch(name, pattern):
                site = make(folder, name)
                if site is not None:
                    return site
    return Site()


def _astro(folder: Path, name: str) -> Site | None:
    del folder
    return Site("Astro", name, ("src/content",))


def _eleventy(folder: Path, name: str) -> Site | None:
    del folder
    return Site("Eleventy", name)


def _hugo(folder: Path, name: str) -> Site | None:
    """Return the Hugo site; None where `config.toml` and the like belong to something else."""
    root = _text(_read(folder / name), "contentDir") or "content"
    if not (folder / root).is_dir():
        return None
    return Site("Hugo", name, (root,), section_files=frozenset({"_index.md", "_index.html"}))


def _jekyll(folder: Path, name: str) -> Site | None:
    root = _text(_read(folder / name), "collections_dir").strip("/")
    roots = ("", root) if root and root != "." else ("",)
    return Site("Jekyll", name, roots, only_underscored=True)


_GENERATORS: tuple[tuple[str, Callable[[Path, str], Site | None]], ...] = (
    ("astro.config.*", _astro),
    ("eleventy.config.*", _eleventy),
    (".eleventy.js", _eleventy),
    ("hugo.*", _hugo),
    ("_config.y*ml", _jekyll),
    ("_config.toml", _jekyll),
    ("config.toml", _hugo),
    ("config.y*ml", _hugo),
    ("config.json", _hugo),
)
"""What the files of a site are called, and what they tell; the first that speaks counts."""


def _text(settings: dict[str, Any], key: str) -> str:
    """Return a text of a site's settings; empty where there is none."""
    value = settings.get(key)
    return value if isinstance(value, str) else ""


def _read(file: Path) -> dict[str, Any]:
    """Return the settings of a site; nothing where they cannot be read."""
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST)
        for settings in _parsed(file, data):
            return settings if isinstance(settings, dict) else {}
    except (OSError, ValueError):
        pass
    return {}


def _parsed(file: Path, data: bytes) -> Iterator[Any]:
    """Yield what TOML, JSON or YAML holds.

    Raises:
        ValueError: It is none.
    """
    if file.suffix == ".toml":
        yield tomllib.loads(data.decode())
    elif file.suffix == ".json":
        yield json.loads(data)
    else:
        yield from (root.python for root in read_document("site.yaml", data, Reader()).roots)
