"""Which files of a site are records of one kind."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from newslint.cli.init.sample import FileSample, FileState
from newslint.cli.init.site import DATA, RESERVED, Site
from newslint.documents.document import YAML_SUFFIXES

_ABOUT = re.compile(
    r"(?:readme|changelog|changes|history|licen[cs]e|contributing|code_of_conduct|security|authors"
    r"|notice|todo)(?:\.[\w-]+)*$",
    re.IGNORECASE,
)
"""Files that speak about a folder."""
_DATED = re.compile(r"[\d._-]+")
_FEWEST = 2
_FEWEST_DATA = 5
"""YAML files of a site may be anything; so many with the same fields are records."""
_ALIKE = 0.8
"""So much of the usual fields must be common to two kinds for them to be one."""
_MOST_KINDS = 12
"""A folder with more kinds than that below is left as it is: what varies so is no collection."""
_SHARED = 0.9
_SPECIAL = re.compile(r"([\\*?\[\]!# ])")


class Cluster(NamedTuple):
    """Files that hold records of one kind.

    Attributes:
        name: What the collection may be called.
        paths: Patterns of its files, as in `.gitignore`.
        samples: Those of its files that are no mere notes about the folder.
    """

    name: str
    paths: tuple[str, ...]
    samples: tuple[FileSample, ...]

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records that are mappings."""
        return [
            each for sample in self.samples for each in sample.records if isinstance(each, dict)
        ]


class Clusters(NamedTuple):
    """What became of the files of a site.

    Attributes:
        clusters: Records, by kind.
        skipped: Folders whose files seem to be no records, each with the reason.
    """

    clusters: tuple[Cluster, ...]
    skipped: tuple[tuple[str, str], ...]


class _Folder:
    """A folder and its documents."""

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.own: list[FileSample] = []
        self.about: list[str] = []
        self.inner: dict[str, _Folder] = {}

    def add(self, parts: Sequence[str], sample: FileSample, about: bool) -> None:  # noqa: FBT001 # inside
        """Add a document that lies below, given the names of the folders on the way to it."""
        if parts:
            name = parts[0]
            path = f"{self.path}/{name}" if self.path else name
            self.inner.setdefault(name, _Folder(path)).add(parts[1:], sample, about)
        elif about:
            self.about.append(PurePosixPath(sample.path).name)
        else:
            self.own.append(sample)

    def all(self) -> Iterator[FileSample]:
        """Yield all documents below."""
        yield from self.own
        for folder in self.inner.values():
            yield from folder.all()

    @property
    def is_bundle(self) -> bool:
        """Whether it is one article with what belongs to it."""
        index = any(PurePosixPath(sample.path).stem == "index" for sample in self.own)
        return index or len(list(self.all())) < _FEWEST

    def notes(self) -> set[str]:
        """Return the names of files below that speak about a folder."""
        return {*self.about, *(name for each in self.inner.values() for name in each.notes())}


def cluster_files(samples: Iterable[FileSample], site: Site, top: str) -> Clusters:
    """Return which files are records of one kind.

    Each folder of the site is a kind; one whose sub-folders hold records that are not alike is as
    many kinds. No file is in two clusters.

    Args:
        samples: What the files of the site hold, in the order of their names.
        site: What is known of it.
        top: Name of the top folder.
    """
    tree = _Folder()
    for sample in samples:
        *parents, name = sample.path.split("/")
        if not RESERVED.intersection(parents) and sample.path.isprintable():
            about = name in site.section_files
            about = about or (sample.state is not FileState.READ and bool(_ABOUT.match(name)))
            tree.add(parents, sample, about)
    found = [cluster for folder in _units(tree, site) for cluster in _split(folder)]
    if not site.generator or site.generator == "Eleventy":
        found += _loose(tree, top)
    reasons = [(cluster, _why_not(cluster)) for cluster in found]
    kept = [_named(cluster, site) for cluster, why in reasons if not why]
    skipped = [(cluster.paths[0], why) for cluster, why in reasons if why]
    return Clusters(tuple(_distinct(kept)), tuple(skipped))


def _units(tree: _Folder, site: Site) -> Iterator[_Folder]:
    """Yield the folders that each are a kind of records, or several."""
    if site.only_underscored:
        yield from _underscored(tree)
        return
    for root in site.roots:
        folder: _Folder | None = tree
        for part in root.split("/") if root else ():
            folder = folder.inner.get(part) if folder else None
        yield from folder.inner.values() if folder else ()


def _underscored(folder: _Folder) -> Iterator[_Folder]:
    """Yield the highest folders below that start with `_`."""
    for name, inner in folder.inner.items():
        if name.startswith("_"):
            yield inner
        else:
            yield from _underscored(inner)


def _split(folder: _Folder) -> list[Cluster]:
    """Return the clusters of a folder: one where the records of its sub-folders are alike."""
    own = list(folder.own)
    others: list[Cluster] = []
    bundled: list[FileSample] = []
    for name, inner in folder.inner.items():
        if _DATED.fullmatch(name) or inner.is_bundle:
            bundled += inner.all()
        else:
            others += _split(inner)
    mine = [*own, *bundled]
    if not mine and not others:
        return []
    if DATA not in folder.path.split("/") and (
        len(others) > _MOST_KINDS or _is_one_kind(mine, others)
    ):
        return [_cluster(folder, list(folder.all()), ())]
    clusters = [_cluster(folder, mine, [cluster.paths[0] for cluster in others])] if mine else []
    return [*clusters, *others]


def _is_one_kind(own: Sequence[FileSample], others: Iterable[Cluster]) -> bool:
    """Tell whether the records of a folder and those of its sub-folders are alike."""
    clusters = [Cluster("", (), tuple(own)), *others] if own else others
    first, *rest = (usual_fields(cluster.records) for cluster in clusters)
    return all(_are_alike(first, each) for each in rest)


def _cluster(folder: _Folder, samples: Sequence[FileSample], without: Iterable[str]) -> Cluster:
    """Return the cluster of a folder.

    Args:
        folder: Where it is.
        samples: What is in it.
        without: Patterns of the files in the folder that are in other clusters.
    """
    paths = [f"/{_literal(folder.path)}/"]
    paths += [f"!{pattern}" for pattern in without]
    paths += [f"!{_literal(name)}" for name in sorted(folder.notes())]
    return Cluster(folder.path, tuple(paths), tuple(samples))


def _literal(path: str) -> str:
    """Return the pattern that means `path` and nothing else."""
    return _SPECIAL.sub(r"\\\1", path)


def _loose(tree: _Folder, top: str) -> list[Cluster]:
    """Return the cluster of the documents that are in no folder but the top one."""
    own = [sample for sample in tree.own if PurePosixPath(sample.path).suffix not in YAML_SUFFIXES]
    if not any(sample.records for sample in own):
        return []
    suffixes = sorted({PurePosixPath(sample.path).suffix for sample in own})
    notes = [f"!{_literal(name)}" for name in sorted(tree.about)]
    return [Cluster(top, (*(f"/*{suffix}" for suffix in suffixes), *notes), tuple(own))]


def usual_fields(records: Sequence[dict[str, Any]], share: float = 0.5) -> set[str]:
    """Return the names of the fields that at least a share of `records` have."""
    counts = Counter(name for record in records for name in record)
    return {name for name, count in counts.items() if count >= share * len(records)}


def _are_alike(one: set[str], other: set[str]) -> bool:
    """Tell whether records with these usual fields are of one kind."""
    return len(one & other) >= _ALIKE * len(one | other)


def _why_not(cluster: Cluster) -> str:
    """Return why files are no records; empty where they are."""
    states = Counter(sample.state for sample in cluster.samples)
    read, total = states[FileState.READ], len(cluster.samples)
    records = cluster.records
    data = all(PurePosixPath(sample.path).suffix in YAML_SUFFIXES for sample in cluster.samples)
    data = data or DATA in cluster.paths[0].split("/")
    if not read:
        return f"{total:,} {_files(total)} {' or '.join(sorted(states))}"
    if 2 * read < total:
        return f"only {read:,} of {total:,} files have front matter that can be read"
    if len(records) < (_FEWEST_DATA if data else _FEWEST):
        return f"{total:,} {_files(total)}, too few to tell what they have in common"
    if not usual_fields(records, _SHARED):
        return f"{total:,} {_files(total)} that have no field in common"
    return ""


def _files(count: int) -> str:
    """Return the word for so many files."""
    return "file" if count == 1 else "files"


def _named(cluster: Cluster, site: Site) -> Cluster:
    """Return a cluster with the name for its collection: its path without what says nothing."""
    path = cluster.name
    for root in sorted(site.roots, key=len, reverse=True):
        if root and path.startswith(f"{root}/"):
            path = path.removeprefix(f"{root}/")
            break
    words = [re.sub(r"[^\w.]+", "-", part.lstrip("_")).strip("-.") for part in path.split("/")]
    return cluster._replace(name="-".join(filter(None, words)) or "records")


def _distinct(clusters: Iterable[Cluster]) -> Iterator[Cluster]:
    """Yield the clusters, with numbers where names differ in nothing but case."""
    taken: set[str] = set()
    for cluster in clusters:
        names = (cluster.name, *(f"{cluster.name}-{number}" for number in range(2, len(taken) + 2)))
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        yield cluster._replace(name=name)
