"""Grouping of the files of a site into clusters of similar records."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from newslint.cli.init.sample import FileSample, FileState
from newslint.cli.init.site import DATA, RESERVED, Site
from newslint.documents.document import find_whole_syntax

_ABOUT_FOLDER = re.compile(
    r"(?:readme|changelog|changes|history|licen[cs]e|contributing|code_of_conduct|security|authors"
    r"|notice|todo)(?:\.[\w-]+)*$",
    re.IGNORECASE,
)
"""Names of files that describe a folder."""
_DATE = re.compile(r"[\d._-]+")
_MIN_RECORDS = 2
_MIN_DATA_RECORDS = 5
"""Whole files of YAML may be anything; this many with common fields are records."""
_MIN_SIMILARITY = 0.8
"""The share of common fields from which two clusters are one kind."""
_MAX_CLUSTERS = 12
"""A folder with more clusters inside is one cluster: such varied folders are not collections."""
_COMMON = 0.9
_SPECIAL = re.compile(r"([\\*?\[\]!# ])")


class Cluster(NamedTuple):
    """Files with records of one kind.

    Attributes:
        name: A name for the collection.
        paths: The patterns of the files, as in `.gitignore`.
        samples: The files, without those that describe the folder.
    """

    name: str
    paths: tuple[str, ...]
    samples: tuple[FileSample, ...]

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records that are mappings."""
        records = (record for sample in self.samples for record in sample.records)
        return [record for record in records if isinstance(record, dict)]


class Clusters(NamedTuple):
    """The clusters of a site.

    Attributes:
        clusters: Files with records, by kind.
        skipped: Patterns of files that are probably not records, each with the reason.
    """

    clusters: tuple[Cluster, ...]
    skipped: tuple[tuple[str, str], ...]


class _Folder:
    """A folder of the site.

    Attributes:
        path: The path from the top of the site, with `/`.
        files: The documents directly in the folder.
        notes: The names of documents that describe the folder.
        folders: The sub-folders by name.
    """

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.files: list[FileSample] = []
        self.notes: list[str] = []
        self.folders: dict[str, _Folder] = {}

    def folder(self, parts: Sequence[str]) -> "_Folder":
        """Look up or create the folder at a path below this one."""
        if not parts:
            return self
        name, *rest = parts
        path = f"{self.path}/{name}" if self.path else name
        return self.folders.setdefault(name, _Folder(path)).folder(rest)

    def all_files(self) -> Iterator[FileSample]:
        """Yield the documents in this folder and its sub-folders."""
        yield from self.files
        for folder in self.folders.values():
            yield from folder.all_files()

    def all_notes(self) -> set[str]:
        """Collect the names of files that describe this folder or a sub-folder."""
        return {*self.notes, *(name for each in self.folders.values() for name in each.all_notes())}

    @property
    def is_bundle(self) -> bool:
        """Whether the folder is one article with its attachments."""
        has_index = any(PurePosixPath(file.path).stem == "index" for file in self.files)
        return has_index or len(list(self.all_files())) < _MIN_RECORDS


def cluster_files(samples: Iterable[FileSample], site: Site, top: str) -> Clusters:
    """Group the files of a site into clusters of similar records.

    Each content folder of the site is one cluster, or several if the records of its sub-folders
    differ. No file is in two clusters.

    Args:
        samples: The files of the site, sorted by path.
        site: The site.
        top: The name of the top folder.
    """
    tree = _Folder()
    for sample in samples:
        *parents, name = sample.path.split("/")
        if not RESERVED.intersection(parents) and sample.path.isprintable():
            folder = tree.folder(parents)
            if _is_note(sample, name, site):
                folder.notes.append(name)
            else:
                folder.files.append(sample)
    found = [cluster for folder in _content_folders(tree, site) for cluster in _split(folder)]
    if not site.generator or site.generator == "Eleventy":
        found += _cluster_top_files(tree, top)
    reasons = [(cluster, _skip_reason(cluster)) for cluster in found]
    clusters = [_assign_name(cluster, site) for cluster, reason in reasons if not reason]
    skipped = [(cluster.paths[0], reason) for cluster, reason in reasons if reason]
    return Clusters(tuple(_number_duplicates(clusters)), tuple(skipped))


def _is_note(sample: FileSample, name: str, site: Site) -> bool:
    """Check if a file describes its folder; a README with front matter may be a record."""
    if name in site.section_files:
        return True
    return sample.state is not FileState.READ and bool(_ABOUT_FOLDER.match(name))


def _content_folders(tree: _Folder, site: Site) -> Iterator[_Folder]:
    """Yield the folders that each contain records of one or several kinds."""
    if site.only_underscored:
        yield from _underscored_folders(tree)
        return
    for root in site.roots:
        folder: _Folder | None = tree
        for part in root.split("/") if root else ():
            folder = folder.folders.get(part) if folder else None
        yield from folder.folders.values() if folder else ()


def _underscored_folders(folder: _Folder) -> Iterator[_Folder]:
    """Yield the highest folders below that start with `_`."""
    for name, inner in folder.folders.items():
        if name.startswith("_"):
            yield inner
        else:
            yield from _underscored_folders(inner)


def _split(folder: _Folder) -> list[Cluster]:
    """Split a folder into clusters, or make it one if the records of its sub-folders are similar.

    Files in sub-folders that are bundles, or named after dates, count as files of the folder.
    """
    files = list(folder.files)
    others: list[Cluster] = []
    for name, inner in folder.folders.items():
        if _DATE.fullmatch(name) or inner.is_bundle:
            files += inner.all_files()
        else:
            others += _split(inner)
    if not files and not others:
        return []
    is_data = DATA in folder.path.split("/")
    if not is_data and (len(others) > _MAX_CLUSTERS or _is_one_kind(files, others)):
        return [_create_cluster(folder, list(folder.all_files()), ())]
    excluded = [cluster.paths[0] for cluster in others]
    own = [_create_cluster(folder, files, excluded)] if files else []
    return [*own, *others]


def _is_one_kind(files: Sequence[FileSample], others: Sequence[Cluster]) -> bool:
    """Check if the records of a folder and those of its sub-folders are similar."""
    clusters = [Cluster("", (), tuple(files)), *others] if files else others
    first, *rest = (_usual_fields(cluster.records) for cluster in clusters)
    return all(_are_similar(first, fields) for fields in rest)


def _create_cluster(
    folder: _Folder, samples: Sequence[FileSample], excluded: Iterable[str]
) -> Cluster:
    """Create the cluster of a folder.

    Args:
        folder: The folder.
        samples: The files of the cluster.
        excluded: Patterns of files in the folder that belong to other clusters.
    """
    paths = [f"/{_escape(folder.path)}/"]
    paths += [f"!{pattern}" for pattern in excluded]
    paths += [f"!{_escape(name)}" for name in sorted(folder.all_notes())]
    return Cluster(folder.path, tuple(paths), tuple(samples))


def _escape(path: str) -> str:
    """Escape a path for a pattern."""
    return _SPECIAL.sub(r"\\\1", path)


def _cluster_top_files(tree: _Folder, top: str) -> list[Cluster]:
    """Create the cluster of the documents directly in the top folder, if there are records."""
    files = [sample for sample in tree.files if find_whole_syntax(sample.path) is None]
    if not any(sample.records for sample in files):
        return []
    suffixes = sorted({PurePosixPath(sample.path).suffix for sample in files})
    notes = [f"!{_escape(name)}" for name in sorted(tree.notes)]
    return [Cluster(top, (*(f"/*{suffix}" for suffix in suffixes), *notes), tuple(files))]


def _usual_fields(records: Sequence[dict[str, Any]], share: float = 0.5) -> set[str]:
    """Collect the fields that at least a share of `records` have."""
    counts = Counter(name for record in records for name in record)
    return {name for name, count in counts.items() if count >= share * len(records)}


def _are_similar(one: set[str], other: set[str]) -> bool:
    """Check if two sets of usual fields are those of one kind of records."""
    return len(one & other) >= _MIN_SIMILARITY * len(one | other)


def _skip_reason(cluster: Cluster) -> str:
    """Explain why files are probably not records; empty if they are."""
    states = Counter(sample.state for sample in cluster.samples)
    read, total = states[FileState.READ], len(cluster.samples)
    files = f"{total:,} {'file' if total == 1 else 'files'}"
    records = cluster.records
    is_data = DATA in cluster.paths[0].split("/") or all(
        find_whole_syntax(sample.path) is not None for sample in cluster.samples
    )
    if not read:
        return f"{files} {' or '.join(sorted(states))}"
    if 2 * read < total:
        return f"only {read:,} of {total:,} files have front matter that can be read"
    if len(records) < (_MIN_DATA_RECORDS if is_data else _MIN_RECORDS):
        return f"{files}, too few for a collection"
    if not _usual_fields(records, _COMMON):
        return f"{files} that have no field in common"
    return ""


def _assign_name(cluster: Cluster, site: Site) -> Cluster:
    """Name a cluster after its path, without the content folder of the site."""
    path = cluster.name
    for root in sorted(site.roots, key=len, reverse=True):
        if root and path.startswith(f"{root}/"):
            path = path.removeprefix(f"{root}/")
            break
    words = [re.sub(r"[^\w.]+", "-", part.lstrip("_")).strip("-.") for part in path.split("/")]
    return cluster._replace(name="-".join(filter(None, words)) or "records")


def _number_duplicates(clusters: Iterable[Cluster]) -> Iterator[Cluster]:
    """Append numbers to names that differ only in case, or not at all."""
    taken: set[str] = set()
    for cluster in clusters:
        names = (cluster.name, *(f"{cluster.name}-{number}" for number in range(2, len(taken) + 2)))
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        yield cluster._replace(name=name)
