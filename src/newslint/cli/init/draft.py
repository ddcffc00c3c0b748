"""Drafting of the settings of a folder, as TOML with the reasons in comments."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

from newslint.cli.init.cluster import Cluster
from newslint.cli.init.clustering import cluster_files
from newslint.cli.init.collection import NEWS, CollectionDraft, draft_collection
from newslint.cli.init.sample import FileState, read_sample
from newslint.cli.init.site import Site, detect_sites, find_projects
from newslint.documents import SkipReason, discover, load_document, search
from newslint.documents.gitignore import FileFilter
from newslint.settings.discovery import has_settings
from newslint.syntax import Reader, Value

_SCHEMAS = "schemas"
_MAX_WIDTH = 100
_UNESCAPED = re.compile("[\x7f\ud800-\udfff]")
"""Characters that JSON allows in a text and TOML does not."""

_HEADER = """\
# Settings of newslint, drafted by `newslint init` from {site}.
# `newslint config show PATH` shows the settings that apply to a file, and where each comes from.
{extends}
# Date rules compare with today's date. Set a date to get the same report on every day:
# today = 2026-01-31

# `newslint check` fails if a diagnostic has at least this severity: info, warning or error.
# The table [gate] sets other limits.
# fail-level = "error"

# Rules or categories that do not run on any file; `newslint rules` lists all:
# ignore = ["uncached-image"]

# To accept the present diagnostics of the archive and report only new ones, create a baseline:
# `newslint baseline create` writes it, and adds its name here.

# Each collection is a kind of records with a schema. A file belongs to the first collection with a
# matching pattern in `paths` (as in .gitignore, relative to this folder). Files that belong to no
# collection are not checked.
"""


class SettingsDraft(NamedTuple):
    """Drafted settings of a folder.

    Attributes:
        folder: The folder, relative to the one that the user names; empty if it is that.
        sites: The sites in the folder.
        collections: The collections.
        skipped: Patterns of files that are probably not records, each with the reason.
        schemas: The paths of inferred schemas, relative to the folder, by the name of the
            collection.
        text: The text of the settings file.
    """

    folder: str
    sites: tuple[Site, ...]
    collections: tuple[CollectionDraft, ...]
    skipped: tuple[tuple[str, str], ...]
    schemas: dict[str, str]
    text: str


def draft_projects(folder: Path) -> list[SettingsDraft]:
    """Draft the settings of a folder, or of each site in it and of the rest.

    Folders with settings are left out, and so is a rest without records.

    Args:
        folder: An absolute path.

    Raises:
        OSError: The folder cannot be listed.
    """
    inner = [path for path in find_projects(folder) if not has_settings(folder / path)]
    drafts = [draft_settings(folder / path)._replace(folder=path) for path in inner]
    drafts = [draft for draft in drafts if draft.collections]
    rest = draft_settings(folder, frozenset(draft.folder for draft in drafts))
    return [rest, *drafts] if rest.collections or not drafts else drafts


def find_settled(folder: Path) -> list[str]:
    """Find the folders below a folder that have settings, sorted.

    Args:
        folder: An absolute path.
    """
    found = search(folder, FileFilter(folder, is_project=has_settings))
    settled = (path for path, skip, _ in found if skip is SkipReason.PROJECT)
    return sorted(path.relative_to(folder).as_posix() for path in settled)


def draft_settings(folder: Path, projects: frozenset[str] = frozenset()) -> SettingsDraft:
    """Draft settings from the records in a folder, without writing anything.

    Args:
        folder: An absolute path.
        projects: Folders in it that get settings of their own.

    Raises:
        OSError: The folder cannot be listed.
    """
    sites = tuple(site for site in detect_sites(folder) if site.folder not in projects)
    reader = Reader()
    evidence = {site.evidence for site in sites}
    files = FileFilter(
        folder,
        is_project=lambda path: (
            path.relative_to(folder).as_posix() in projects or has_settings(path)
        ),
    )
    named = ((path, path.relative_to(folder).as_posix()) for path in discover(folder, files))
    samples = [
        read_sample(path, name, reader, folder) for path, name in named if name not in evidence
    ]
    clusters, skipped = cluster_files(samples, sites, folder.name)
    is_site = bool(sites)
    read_roots = partial(_read_roots, folder, reader)
    drafts = tuple(draft_collection(each, read_roots, is_site=is_site) for each in clusters)
    schemas = _schema_paths(folder, [draft.name for draft in drafts if draft.schema is not None])
    text = render_settings(sites, drafts, schemas)
    return SettingsDraft("", sites, drafts, skipped, schemas, text)


def _read_roots(folder: Path, reader: Reader, cluster: Cluster) -> Iterator[Value]:
    """Yield the front matter of the records of a cluster, which is read again."""
    for sample in cluster.samples:
        if sample.state is FileState.READ:
            document = load_document(folder / sample.path, sample.path, reader, folder)
            yield from document.roots


def _schema_paths(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Choose a path that does not exist yet for the schema of each collection."""
    paths: dict[str, str] = {}
    for name in names:
        stems = (name if number == 1 else f"{name}-{number}" for number in count(1))
        candidates = (f"{_SCHEMAS}/{stem}.schema.json" for stem in stems)
        paths[name] = next(
            path
            for path in candidates
            if path not in paths.values() and not (folder / path).exists()
        )
    return paths


def render_settings(
    sites: Sequence[Site], drafts: Iterable[CollectionDraft], schemas: Mapping[str, str]
) -> str:
    """Format drafted settings as TOML.

    Args:
        sites: The sites in the folder.
        drafts: The collections.
        schemas: The paths of inferred schemas, relative to the settings file, by the name of the
            collection.
    """
    header = _HEADER.format(site=describe_sites(sites), extends=_render_extends(sites))
    tables = ["\n".join((*_render_collection(draft, schemas), "")) for draft in drafts]
    return header + "\n".join(tables)


def _render_extends(sites: Sequence[Site]) -> str:
    """Format the line that extends the preset of the generator, if all sites have the same."""
    generators = {site.generator.lower() for site in sites}
    if len(generators) != 1:
        return ""
    (name,) = generators
    title = sites[0].generator
    return (
        f'\n# Excludes files that are not records on {title} sites.\nextends = "newslint:{name}"\n'
    )


def describe_sites(sites: Sequence[Site]) -> str:
    """Describe the sites in a folder for messages."""
    return " and ".join(site.describe() for site in sites) or Site().describe()


def _render_collection(draft: CollectionDraft, schemas: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a collection."""
    yield "[[collections]]"
    yield f"name = {_quote(draft.name)}"
    yield f"paths = {_render_list(draft.paths)}"
    if draft.schema is None:
        yield f"# {draft.fits:,} of {draft.records:,} records fit the built-in schema."
        yield f"schema = {_quote(NEWS)}"
    else:
        yield f"# Drafted from {draft.records:,} records, which all fit: read and tighten it."
        yield f"schema = {_quote(schemas[draft.name])}"
    if draft.ignored:
        yield "ignore = ["
        yield from (f"    {_quote(rule)}, # {reason}" for rule, reason in draft.ignored)
        yield "]"
    yield from _render_fields(draft.fields)
    if draft.relative:
        yield ""
        yield "[collections.rules.invalid-url]"
        yield "# Paths from the root of the site (/assets/a.png) are common in these fields."
        yield f"relative = {_render_list(draft.relative)}"


def _render_fields(fields: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of the table that maps roles to fields."""
    if not fields:
        return
    yield ""
    yield "[collections.fields]"
    yield "# Which field of this collection has which role."
    for role, names in fields.items():
        note = " # no field plays it" if not names else ""
        yield f"{role} = {_render_list(names) if len(names) != 1 else _quote(names[0])}{note}"


def _render_list(texts: Sequence[str]) -> str:
    """Format a list, on several lines if it is long."""
    line = f"[{', '.join(map(_quote, texts))}]"
    if len(line) <= _MAX_WIDTH:
        return line
    return "[\n" + "".join(f"    {_quote(text)},\n" for text in texts) + "]"


def _quote(text: str) -> str:
    """Quote and escape a text."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
