"""Patterns that exclude files from a collection that was not drafted from them."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from newslint.cli.init.cluster import Cluster, escape
from newslint.cli.init.sample import FileSample
from newslint.cli.init.site import RESERVED
from newslint.documents.gitignore import GitignorePatterns


def exclude_others(clusters: Iterable[Cluster], samples: Sequence[FileSample]) -> Iterator[Cluster]:
    """Yield clusters whose patterns match their own files and no others.

    Args:
        clusters: The clusters.
        samples: All files of the folder.
    """
    for cluster in clusters:
        own = {sample.path for sample in cluster.samples}
        inside = [sample.path for sample in samples if _is_inside(sample.path, cluster.folders)]
        others = [path for path in inside if path not in own]
        patterns = GitignorePatterns(cluster.paths) if others else None
        matched = [path for path in others if patterns and patterns.match(path)]
        added = dict.fromkeys(_exclusions(matched, own))
        yield cluster._replace(paths=(*cluster.paths, *added))


def _is_inside(path: str, folders: Iterable[str]) -> bool:
    """Check if a file is in one of several folders."""
    return any(not folder or path.startswith(f"{folder}/") for folder in folders)


def _exclusions(paths: Iterable[str], own: set[str]) -> Iterator[str]:
    """Yield patterns that exclude files: by their folder, their ending or their name."""
    suffixes = {PurePosixPath(path).suffix for path in own}
    for path in paths:
        parents = path.split("/")[:-1]
        reserved = next((part for part in parents if part in RESERVED), None)
        suffix = PurePosixPath(path).suffix
        folder = f"/{reserved}/"
        if reserved is not None and not any(folder in f"/{each}" for each in own):
            yield f"!{escape(reserved)}/"
        elif suffix not in suffixes:
            yield f"!*{escape(suffix)}"
        else:
            yield f"!/{escape(path)}"
