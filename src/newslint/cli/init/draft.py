"""Drafts the settings of a folder."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from newslint.cli.init.clustering import cluster_files
from newslint.cli.init.collection import NEWS, CollectionDraft, draft_collection
from newslint.cli.init.sample import read_sample
from newslint.cli.init.site import Site, detect_site
from newslint.documents import discover
from newslint.syntax.yaml import Reader

_SCHEMAS = "schemas"
_WIDEST = 100
_FORBIDDEN = re.compile("[\x7f\ud800-\udfff]")
"""What JSON writes as it is and TOML does not take."""

_HEAD = """\
# Settings of newslint, drafted by `newslint init` from {found}.
# `newslint config show PATH` tells what applies to a file, and why.

# Records are judged by the day of the run. Pin another one, and a report stays what it is:
# today = 2026-01-31

# `newslint check` fails where something is found at this level or above: info, warning or error.
# fail-level = "error"

# Rules, or categories of them, that are not to run anywhere: see `newslint rules`.
# ignore = ["uncached-image"]

# To let pass what the archive holds already and hear of what is new only, start a baseline:
# `newslint baseline create` writes one, and tells which line to put here.

# Each collection is a kind of records, with the schema that they are sample against. A file belongs
# to the first collection whose paths name it (patterns as in .gitignore, from this folder on).
# Files of none are left alone.
"""


class SettingsDraft(NamedTuple):
    """Settings of a folder.

    Attributes:
        site: What was found there.
        collections: Kinds of records.
        skipped: Patterns of files that seem to be no records, each with the reason.
        schemas: By the name of a collection: the file of its own schema, relative to the folder.
        text: What the settings file holds.
    """

    site: Site
    collections: tuple[CollectionDraft, ...]
    skipped: tuple[tuple[str, str], ...]
    schemas: dict[str, str]
    text: str


def draft_settings(folder: Path) -> SettingsDraft:
    """Return settings that suit what `folder` holds. Nothing is written.

    Args:
        folder: Absolute.

    Raises:
        OSError: It cannot be listed.
    """
    site = detect_site(folder)
    reader = Reader()
    files = ((path, path.relative_to(folder).as_posix()) for path in discover(folder))
    samples = [
        read_sample(path, name, reader) for path, name in files if path.name != site.evidence
    ]
    clusters, skipped = cluster_files(samples, site, folder.name)
    drafts = tuple(map(draft_collection, clusters))
    schemas = _schema_files(folder, [draft.name for draft in drafts if draft.schema is not None])
    text = render_settings(site, drafts, schemas)
    return SettingsDraft(site, drafts, skipped, schemas, text)


def _schema_files(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return a file for the schema of each collection, one that does not exist yet."""
    files: dict[str, str] = {}
    for name in names:
        free = (file for file in _names(name) if not (folder / file).exists())
        files[name] = next(file for file in free if file not in files.values())
    return files


def _names(name: str) -> Iterator[str]:
    """Yield what the file for the schema of a collection may be called, relative to the folder."""
    yield f"{_SCHEMAS}/{name}.schema.json"
    number = 2
    while True:
        yield f"{_SCHEMAS}/{name}-{number}.schema.json"
        number += 1


def render_settings(
    site: Site, drafts: Iterable[CollectionDraft], schemas: Mapping[str, str]
) -> str:
    """Return the text of a settings file.

    Args:
        site: What was found.
        drafts: Its collections.
        schemas: By the name of a collection: the file of its own schema, relative to the settings.
    """
    found = f"a {site.generator} site ({site.evidence})" if site.generator else "a folder"
    parts = [_HEAD.format(found=found)]
    parts += ["\n".join((*_collection(draft, schemas), "")) for draft in drafts]
    return "\n".join(parts)


def _collection(draft: CollectionDraft, schemas: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a collection."""
    yield "[[collections]]"
    yield f"name = {_text(draft.name)}"
    yield f"paths = {_value(draft.paths)}"
    if draft.schema is None:
        yield f"# {draft.fits:,} of {draft.records:,} records fit the schema that is built in."
        yield f"schema = {_text(NEWS)}"
    else:
        yield f"# Drafted from the {draft.records:,} records, which all fit: read and tighten it."
        yield f"schema = {_text(schemas[draft.name])}"
    if draft.ignored:
        yield "ignore = ["
        yield from (f"    {_text(rule)}, # {why}" for rule, why in draft.ignored)
        yield "]"
    yield from _fields(draft.fields)
    if draft.relative:
        yield ""
        yield "[collections.rules.invalid-url]"
        yield "# Paths from the root of the site (/assets/a.png) are common in these fields."
        yield f"relative = {_value(draft.relative)}"


def _fields(fields: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines that say which fields play which part."""
    if not fields:
        return
    yield ""
    yield "[collections.fields]"
    yield "# The parts that rules know, and the fields that play them here."
    for role, names in fields.items():
        note = " # no field plays it" if not names else ""
        yield f"{role} = {_value(names) if len(names) != 1 else _text(names[0])}{note}"


def _value(texts: Sequence[str]) -> str:
    """Return a list as TOML writes it."""
    line = f"[{', '.join(map(_text, texts))}]"
    if len(line) <= _WIDEST:
        return line
    return "[\n" + "".join(f"    {_text(text)},\n" for text in texts) + "]"


def _text(text: str) -> str:
    """Return a text as TOML writes it."""
    written = json.dumps(text, ensure_ascii=False)
    return _FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
