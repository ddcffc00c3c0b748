"""Drafts the settings of a folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newslint.documents import discover
from newslint.settings.draft.collection import Draft, draft_collection
from newslint.settings.draft.holding import read_holding
from newslint.settings.draft.piles import sort_files
from newslint.settings.draft.site import Site, find_site
from newslint.settings.draft.write import write_settings
from newslint.syntax.yaml import Reader

_SCHEMAS = "schemas"


class Drafted(NamedTuple):
    """Settings of a folder.

    Attributes:
        site: What was found there.
        collections: Kinds of records.
        left_out: Patterns of files that seem to be no records, each with the reason.
        schemas: By the name of a collection: the file of its own schema, relative to the folder.
        text: What the settings file holds.
    """

    site: Site
    collections: tuple[Draft, ...]
    left_out: tuple[tuple[str, str], ...]
    schemas: dict[str, str]
    text: str


def draft_settings(folder: Path) -> Drafted:
    """Return settings that suit what `folder` holds. Nothing is written.

    Args:
        folder: Absolute.

    Raises:
        OSError: It cannot be listed.
    """
    site = find_site(folder)
    reader = Reader()
    files = ((path, path.relative_to(folder).as_posix()) for path in discover(folder))
    held = [read_holding(path, name, reader) for path, name in files if path.name != site.evidence]
    piles, left_out = sort_files(held, site, folder.name)
    drafts = tuple(map(draft_collection, piles))
    schemas = _schema_files(folder, [draft.name for draft in drafts if draft.schema is not None])
    text = write_settings(site, drafts, schemas)
    return Drafted(site, drafts, left_out, schemas, text)


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
