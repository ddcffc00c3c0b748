"""Detection of the sites in a folder tree, and of their content folders."""

import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from newslint.cli.init.generator_settings import mentions, read_settings, read_text
from newslint.documents.discovery import SKIPPED_FOLDERS

TEMPLATES = frozenset(
    {
        *("_layouts", "_includes", "_sass", "_plugins", "_site", "_partials", "_templates"),
        *("_scripts", "_snippets", "_theme", "_components", "__tests__"),
    }
)
"""Folders of templates and generated files, wherever they are."""

RESERVED = TEMPLATES | {
    *("layouts", "includes", "partials", "templates", "themes", "archetypes", "scaffolds"),
    *("assets", "static", "public", "dist", "build", "test", "tests", "fixtures", "i18n"),
}
"""Folders of templates, generated files and tests, outside of content folders."""

DATA = "_data"
"""The folder of data for templates; some of its files may be records."""

_SECTIONS = frozenset({"_index.md", "_index.html"})
_MIN_COLLECTIONS = 2
_MAX_LEVELS = 3
"""Levels of folders in which sites are searched."""


class Site(NamedTuple):
    """A site and its content folders.

    Attributes:
        generator: The site generator; empty for a plain folder.
        evidence: The settings file of the generator, relative to the top folder.
        roots: Folders in which each sub-folder is a kind of records; empty for the top folder.
        only_underscored: Whether only folders whose names start with `_` are kinds of records.
        section_files: Names of files that describe a folder instead of an article.
        folder: The folder of the site, relative to the top folder; empty for the top folder.
        kinds: Folders that are one kind of records each, with all their sub-folders.
        is_optional: Whether documents need no front matter.
        has_pages: Whether other documents with front matter are pages of the site.
    """

    generator: str = ""
    evidence: str = ""
    roots: tuple[str, ...] = ("",)
    only_underscored: bool = False
    section_files: frozenset[str] = frozenset()
    folder: str = ""
    kinds: tuple[str, ...] = ()
    is_optional: bool = False
    has_pages: bool = True

    def describe(self) -> str:
        """Describe the site for messages: "a Hugo site (hugo.toml)"."""
        if not self.generator:
            return "a folder"
        article = "an" if self.generator[0] in "AEIOU" else "a"
        return f"{article} {self.generator} site ({self.evidence})"

    def inside(self, path: str) -> bool:
        """Check if a path is in the folder of the site."""
        return not self.folder or path.startswith(f"{self.folder}/")

    def move_to(self, folder: str) -> "Site":
        """Copy a site with paths that start with the folder it is in."""
        if not folder:
            return self
        roots, kinds = (
            tuple(f"{folder}/{each}" if each else folder for each in names)
            for names in (self.roots, self.kinds)
        )
        evidence = f"{folder}/{self.evidence}"
        return self._replace(folder=folder, evidence=evidence, roots=roots, kinds=kinds)


def detect_sites(folder: Path) -> tuple[Site, ...]:
    """Detect the sites in `folder`: in the folder itself, or else in its sub-folders.

    Raises:
        OSError: The folder cannot be listed.
    """
    return tuple(_find_sites(folder, "", _MAX_LEVELS))


def find_projects(folder: Path) -> tuple[str, ...]:
    """Find the folders that are better projects of their own: those of several sites.

    Without settings of a generator, these are at least two folders with collections like those of
    Jekyll, such as `_news` and `_people`.

    Raises:
        OSError: The folder cannot be listed.
    """
    sites = tuple(dict.fromkeys(site.folder for site in detect_sites(folder)))
    found = sites or tuple(
        path.name
        for path in _folders(folder)
        if sum(each.name.startswith("_") for each in _folders(path)) >= _MIN_COLLECTIONS
    )
    return found if len(found) > 1 else ()


def _folders(folder: Path) -> list[Path]:
    """List the folders in a folder that may contain records; none if it cannot be listed."""
    try:
        found = sorted(each for each in folder.iterdir() if each.is_dir() and not each.is_symlink())
    except OSError:
        return []
    return [
        each
        for each in found
        if each.name.isprintable()
        and not each.name.startswith(".")
        and each.name not in SKIPPED_FOLDERS | RESERVED
    ]


def _find_sites(folder: Path, path: str, levels: int) -> Iterator[Site]:
    """Yield the site whose top folder is `folder`, or else those in its sub-folders."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    names = [each.name for each in found if each.name.isprintable()]
    site = _detect_site(folder, names)
    if site is not None:
        yield site.move_to(path)
        return
    for entry in found if levels else ():
        name = entry.name
        is_other = name.startswith(".") or name in SKIPPED_FOLDERS | RESERVED
        if is_other or not name.isprintable() or not entry.is_dir(follow_symlinks=False):
            continue
        try:
            yield from _find_sites(folder / name, f"{path}/{name}" if path else name, levels - 1)
        except OSError:
            continue


def _detect_site(folder: Path, names: list[str]) -> Site | None:
    """Detect the site whose top folder is `folder`; None if there is no generator."""
    for pattern, create_site in _GENERATORS:
        for name in names:
            if fnmatch(name, pattern):
                site = create_site(folder, name)
                if site is not None:
                    return site
    return None


def _existing(folder: Path, *names: str) -> tuple[str, ...]:
    """List the folders of those names that exist."""
    return tuple(name for name in names if (folder / name).is_dir())


def _create_astro(folder: Path, name: str) -> Site | None:
    roots = _existing(folder, "src/content", "content") or ("src/content",)
    return Site("Astro", name, roots, kinds=_existing(folder, "src/pages"))


def _create_docusaurus(folder: Path, name: str) -> Site | None:
    kinds = _existing(folder, "docs", "blog", "versioned_docs", "src/pages")
    return Site("Docusaurus", name, (), kinds=kinds, is_optional=True)


def _create_eleventy(_folder: Path, name: str) -> Site | None:
    return Site("Eleventy", name, is_optional=True)


def _create_gatsby(folder: Path, name: str) -> Site | None:
    roots = _existing(folder, "content", "src/content")
    kinds = _existing(folder, "src/pages", "src/posts", "posts", "blog", "docs", "_posts")
    return Site("Gatsby", name, roots, kinds=kinds)


def _create_hexo(folder: Path, name: str) -> Site | None:
    """Create a Hexo site; None if the file belongs to a Jekyll site."""
    root = read_text(read_settings(folder / name), "source_dir") or "source"
    is_hexo = (folder / "scaffolds").is_dir() or mentions(folder / "package.json", "hexo")
    if not is_hexo or not (folder / root).is_dir():
        return None
    return Site("Hexo", name, (root,))


def _create_hugo(folder: Path, name: str) -> Site | None:
    """Create a Hugo site; None if the file, such as `config.toml`, belongs to something else."""
    root = read_text(read_settings(folder / name), "contentDir") or "content"
    if not (folder / root).is_dir():
        return None
    return Site("Hugo", name, (root,), section_files=_SECTIONS)


def _create_hugo_folder(folder: Path, name: str) -> Site | None:
    """Create a Hugo site whose settings are a folder."""
    has_settings = (folder / name / "_default").is_dir()
    return _create_hugo(folder, name) if has_settings else None


def _create_jekyll(folder: Path, name: str) -> Site | None:
    settings = read_settings(folder / name)
    source = read_text(settings, "source").strip("./")
    root = read_text(settings, "collections_dir").strip("/")
    roots = (source, root) if root and root != "." else (source,)
    return Site("Jekyll", name, roots, only_underscored=True)


def _create_mkdocs(folder: Path, name: str) -> Site | None:
    root = read_text(read_settings(folder / name), "docs_dir") or "docs"
    if not (folder / root).is_dir():
        return None
    return Site("MkDocs", name, (), kinds=(root.strip("/"),), is_optional=True)


def _create_nuxt(folder: Path, name: str) -> Site | None:
    """Create a site of Nuxt content; None if a Nuxt application has no content."""
    if not (folder / "content").is_dir():
        return None
    return Site("Nuxt", name, ("content",), is_optional=True)


def _create_pelican(folder: Path, name: str) -> Site | None:
    roots = _existing(folder, "content") or ("",)
    return Site("Pelican", name, roots)


def _create_vitepress(folder: Path, name: str) -> Site | None:
    has_settings = any(each.name.startswith("config.") for each in (folder / name).glob("config.*"))
    return Site("VitePress", name, is_optional=True) if has_settings else None


def _create_zola(folder: Path, name: str) -> Site | None:
    """Create a Zola site; None if the file is that of another generator."""
    if not read_text(read_settings(folder / name), "base_url") or not _existing(folder, "content"):
        return None
    return Site("Zola", name, ("content",), section_files=_SECTIONS)


_GENERATORS: tuple[tuple[str, Callable[[Path, str], Site | None]], ...] = (
    ("astro.config.*", _create_astro),
    ("docusaurus.config.*", _create_docusaurus),
    ("eleventy.config.*", _create_eleventy),
    (".eleventy.*js", _create_eleventy),
    ("gatsby-config.*", _create_gatsby),
    ("nuxt.config.*", _create_nuxt),
    ("pelicanconf.py", _create_pelican),
    (".vitepress", _create_vitepress),
    ("mkdocs.y*ml", _create_mkdocs),
    ("hugo.*", _create_hugo),
    ("_config.y*ml", _create_hexo),
    ("_config.y*ml", _create_jekyll),
    ("_config.toml", _create_jekyll),
    ("zola.toml", _create_zola),
    ("config.toml", _create_zola),
    ("config.toml", _create_hugo),
    ("config.y*ml", _create_hugo),
    ("config.json", _create_hugo),
    ("config", _create_hugo_folder),
)
"""Patterns of settings files of generators; the first one that yields a site counts."""
