"""Grouping of the files of a folder into clusters of similar records."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from newslint.cli.init.cluster import (
    Cluster,
    are_similar,
    escape,
    skip_reason,
    usual_fields,
)
from newslint.cli.init.exclusion import exclude_others
from newslint.cli.init.sample import FileSample, FileState
from newslint.cli.init.site import DATA, RESERVED, TEMPLATES, Site
from newslint.cli.init.tree import Folder, group_paths
from newslint.documents.document import find_whole_syntax
from newslint.reporters.summary import pluralize

_ABOUT_FOLDER = re.compile(
    r"(?:readme|changelog|changes|history|licen[cs]e|contributing|code_of_conduct|security|authors"
    r"|notice|todo|robots|humans|ads|requirements|llms|app)(?:\.[\w-]+)*$",
    re.IGNORECASE,
)
"""Names of files that describe a folder, or that a server or a program reads."""
_DATE = re.compile(r"[\d._-]+")
_MAX_CLUSTERS = 12
"""A folder with more clusters inside is one cluster: such varied folders are not collections."""
_MIN_SECTIONS = 3
_MIN_PAGES = 2


class Clusters(NamedTuple):
    """The clusters of a folder.

    Attributes:
        clusters: Files with records, by kind.
        skipped: Patterns of files that are probably not records, each with the reason.
    """

    clusters: tuple[Cluster, ...]
    skipped: tuple[tuple[str, str], ...]


class _Trees(NamedTuple):
    """The files of a site by folder.

    Attributes:
        fenced: Files with front matter between fences.
        whole: Files that are front matter as a whole.
        sections: Files that describe a section of the site.
    """

    fenced: Folder
    whole: Folder
    sections: list[FileSample]


def cluster_files(samples: Iterable[FileSample], sites: Sequence[Site], top: str) -> Clusters:
    """Group the files of a folder into clusters of similar records.

    Each content folder of a site is one cluster, or several if the records of its sub-folders
    differ. No file is in two clusters.

    Args:
        samples: The files, sorted by path.
        sites: The sites in the folder; without any, it is a plain folder.
        top: The name of the folder.
    """
    samples = tuple(samples)
    sites = sites or (Site(),)
    parts = [_cluster_site(samples, site, top, is_only=len(sites) == 1) for site in sites]
    rest = [each for each in samples if not any(_owns(site, each.path) for site in sites)]
    plain = (
        _cluster_site(rest, Site(has_pages=False), "", is_only=True) if rest else Clusters((), ())
    )
    clusters = [cluster for part in (*parts, plain) for cluster in part.clusters]
    skipped = tuple(dict.fromkeys(pair for part in (*parts, plain) for pair in part.skipped))
    exact = exclude_others(clusters, samples)
    return Clusters(tuple(_number_duplicates(exact)), skipped)


def _owns(site: Site, path: str) -> bool:
    """Check if a file belongs to a site, in contrast to a project that the site documents."""
    if site.roots or not site.generator:
        return site.inside(path)
    return any(path.startswith(f"{kind}/") for kind in site.kinds)


def _cluster_site(
    samples: Iterable[FileSample], site: Site, top: str, *, is_only: bool
) -> Clusters:
    """Group the files of a site into clusters."""
    trees = _create_trees(samples, site)
    found: list[Cluster] = []
    for tree in (trees.fenced, trees.whole):
        found += (cluster for folder in _content_folders(tree, site) for cluster in _split(folder))
        kinds = (tree.find(kind) for kind in site.kinds)
        found += (_whole_cluster(kind) for kind in kinds if kind and any(kind.all_files()))
    if not site.generator and site.has_pages:
        found += _cluster_top_files(trees.fenced, top)
    reasons = [(each, skip_reason(each, is_optional=site.is_optional)) for each in found]
    clusters = [_assign_name(each, site, is_only=is_only) for each, why in reasons if not why]
    if site.generator and site.has_pages:
        clusters += _cluster_pages(trees, site, clusters, is_only=is_only)
    covered = {id(sample) for cluster in clusters for sample in cluster.samples}
    skipped = [
        (each.paths[0], why)
        for each, why in reasons
        if why and not covered.issuperset(map(id, each.samples))
    ]
    if site.generator and site.has_pages:
        skipped += _few_pages(trees, site, (*clusters, *found))
    return Clusters(tuple(clusters), tuple(skipped))


def _create_trees(samples: Iterable[FileSample], site: Site) -> _Trees:
    """Sort the files of a site into trees, without templates and files outside of its folder."""
    trees = _Trees(Folder(), Folder(), [])
    for sample in samples:
        *parents, name = sample.path.split("/")
        if not site.inside(sample.path) or not sample.path.isprintable():
            continue
        if _is_reserved(sample.path, site):
            continue
        if name in site.section_files:
            trees.sections.append(sample)
        tree = trees.fenced if find_whole_syntax(sample.path) is None else trees.whole
        folder = tree.folder(parents)
        is_note = name in site.section_files or _is_note(sample, name)
        if is_note:
            folder.notes.append(name)
        else:
            folder.files.append(sample)
    return trees


def _is_reserved(path: str, site: Site) -> bool:
    """Check if a file is in a folder of templates; in content folders, few names mean that."""
    roots = [root for root in (*site.roots, *site.kinds) if root and path.startswith(f"{root}/")]
    if roots:
        inner = path.removeprefix(max(roots, key=len)).split("/")
        return not TEMPLATES.isdisjoint(inner[:-1])
    return not RESERVED.isdisjoint(path.split("/")[:-1])


def _is_note(sample: FileSample, name: str) -> bool:
    """Check if a file describes its folder; a README with front matter may be a record."""
    is_record = sample.state is FileState.READ and find_whole_syntax(sample.path) is None
    return not is_record and bool(_ABOUT_FOLDER.match(name))


def _content_folders(tree: Folder, site: Site) -> Iterator[Folder]:
    """Yield the folders that each contain records of one or several kinds."""
    folders = filter(None, map(tree.find, site.roots))
    if site.only_underscored:
        yield from {id(each): each for root in folders for each in _underscored(root)}.values()
        return
    for folder in folders:
        yield from folder.folders.values()


def _underscored(folder: Folder) -> Iterator[Folder]:
    """Yield the highest folders below that start with `_`."""
    for name, inner in folder.folders.items():
        if name.startswith("_"):
            yield inner
        else:
            yield from _underscored(inner)


def _split(folder: Folder) -> list[Cluster]:
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
    is_varied = len(others) > _MAX_CLUSTERS or _is_one_kind(files, others)
    if DATA not in folder.path.split("/") and is_varied:
        return [_whole_cluster(folder)]
    excluded = [cluster.paths[0] for cluster in others]
    own = [_create_cluster(folder, files, excluded)] if files else []
    return [*own, *others]


def _is_one_kind(files: Sequence[FileSample], others: Sequence[Cluster]) -> bool:
    """Check if the records of a folder and those of its sub-folders are similar."""
    clusters = [Cluster("", (), tuple(files)), *others] if files else others
    first, *rest = (usual_fields(cluster.records) for cluster in clusters)
    return all(are_similar(first, fields) for fields in rest)


def _whole_cluster(folder: Folder) -> Cluster:
    """Create the cluster of all files below a folder."""
    return _create_cluster(folder, list(folder.all_files()), ())


def _create_cluster(
    folder: Folder, samples: Sequence[FileSample], excluded: Iterable[str]
) -> Cluster:
    """Create the cluster of a folder.

    Args:
        folder: The folder.
        samples: The files of the cluster.
        excluded: Patterns of files in the folder that belong to other clusters.
    """
    paths = [f"/{escape(folder.path)}/"]
    paths += [f"!{pattern}" for pattern in excluded]
    paths += [f"!{escape(name)}" for name in sorted(folder.all_notes())]
    return Cluster(folder.path, tuple(paths), tuple(samples), folders=(folder.path,))


def _cluster_top_files(tree: Folder, top: str) -> list[Cluster]:
    """Create the cluster of the documents directly in the top folder, if there are records."""
    if not any(sample.records for sample in tree.files):
        return []
    suffixes = sorted({PurePosixPath(sample.path).suffix for sample in tree.files})
    notes = [f"!{escape(name)}" for name in sorted(tree.notes)]
    paths = (*(f"/*{suffix}" for suffix in suffixes), *notes)
    return [Cluster(top, paths, tuple(tree.files), folders=("",))]


def _cluster_pages(
    trees: _Trees, site: Site, clusters: Sequence[Cluster], *, is_only: bool
) -> Iterator[Cluster]:
    """Yield a cluster of the sections of a site, and one of its other pages with front matter."""
    prefix = "" if is_only or not site.folder else f"{site.folder.replace('/', '-')}-"
    sections = _content_sections(trees, site)
    if len(sections) >= _MIN_SECTIONS:
        yield _create_pages(f"{prefix}sections", sections)
    pages = _other_pages(trees, site, clusters)
    if len(pages) >= _MIN_PAGES:
        yield _create_pages(f"{prefix}pages", pages)


def _content_sections(trees: _Trees, site: Site) -> list[FileSample]:
    """List the files with front matter that describe sections of the content folders."""
    starts = tuple(f"{root}/" if root else "" for root in site.roots)
    return [each for each in trees.sections if each.records and each.path.startswith(starts)]


def _other_pages(trees: _Trees, site: Site, clusters: Iterable[Cluster]) -> list[FileSample]:
    """List the pages of a site that have front matter and are in no cluster."""
    covered = {id(sample) for cluster in clusters for sample in cluster.samples}
    folders = [trees.fenced.find(root) for root in (*site.roots, *site.kinds)]
    files = {id(each): each for folder in folders if folder for each in folder.all_files()}
    return [each for key, each in files.items() if each.records and key not in covered]


def _few_pages(trees: _Trees, site: Site, clusters: Iterable[Cluster]) -> Iterator[tuple[str, str]]:
    """Yield the patterns of pages and sections too few for a collection, or that cannot be read."""
    pages, sections = _other_pages(trees, site, clusters), _content_sections(trees, site)
    for few, least in ((pages, _MIN_PAGES), (sections, _MIN_SECTIONS)):
        if len(few) < least:
            reason = f"{pluralize(len(few), 'file')}, too few for a collection"
            yield from ((f"/{escape(each.path)}", reason) for each in few)
    for root in site.roots:
        own = (trees.fenced.find(root) or Folder()).files
        if count := sum(each.state is FileState.METADATA_LINES for each in own):
            reason = f"{pluralize(count, 'file')} {FileState.METADATA_LINES}"
            yield (f"/{escape(root)}/" if root else "/", reason)


def _create_pages(name: str, samples: Sequence[FileSample]) -> Cluster:
    """Create the cluster of files in several folders, which need not have fields in common."""
    folders = sorted({each.path.rpartition("/")[0] for each in samples})
    return Cluster(
        name, tuple(group_paths(samples)), tuple(samples), is_open=True, folders=tuple(folders)
    )


def _assign_name(cluster: Cluster, site: Site, *, is_only: bool) -> Cluster:
    """Name a cluster after its path, without the content folder of the site."""
    path = cluster.name
    for root in sorted(site.roots, key=len, reverse=True):
        if root and path.startswith(f"{root}/"):
            path = path.removeprefix(f"{root}/")
            if not is_only and site.folder:
                path = f"{site.folder}/{path}"
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
