"""Clusters: files that may be the records of one collection."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from newslint.cli.init.sample import FileSample, FileState
from newslint.cli.init.site import DATA
from newslint.documents.document import find_whole_syntax

_MIN_RECORDS = 2
_MIN_DATA_RECORDS = 5
"""Whole files of YAML may be anything; this many with common fields are records."""
_MIN_SIMILARITY = 0.8
"""The share of common fields from which two clusters are one kind."""
_COMMON = 0.9
_SPECIAL = re.compile(r"([\\*?\[\]{}!# ])")


class Cluster(NamedTuple):
    """Files with records of one kind.

    Attributes:
        name: A name for the collection.
        paths: The patterns of the files, as in `.gitignore`.
        samples: The files, without those that describe the folder.
        is_open: Whether the records may have any further fields: pages of various kinds.
        folders: The folders that contain the files.
    """

    name: str
    paths: tuple[str, ...]
    samples: tuple[FileSample, ...]
    is_open: bool = False
    folders: tuple[str, ...] = ()

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records that are mappings."""
        records = (record for sample in self.samples for record in sample.records)
        return [record for record in records if isinstance(record, dict)]


def escape(path: str) -> str:
    """Escape a path for a pattern."""
    return _SPECIAL.sub(r"\\\1", path)


def usual_fields(records: Sequence[dict[str, Any]], share: float = 0.5) -> set[str]:
    """Collect the fields that at least a share of `records` have."""
    counts = Counter(name for record in records for name in record)
    return {name for name, count in counts.items() if count >= share * len(records)}


def are_similar(one: set[str], other: set[str]) -> bool:
    """Check if two sets of usual fields are those of one kind of records."""
    return len(one & other) >= _MIN_SIMILARITY * len(one | other)


def is_data(cluster: Cluster) -> bool:
    """Check if the files of a cluster may be data for templates, or settings of programs."""
    return DATA in cluster.paths[0].split("/") or all(
        find_whole_syntax(sample.path) is not None for sample in cluster.samples
    )


def skip_reason(cluster: Cluster, *, is_optional: bool) -> str:
    """Explain why files are probably not records; empty if they are.

    Args:
        cluster: The files.
        is_optional: Whether records need no front matter.
    """
    states = Counter(sample.state for sample in cluster.samples)
    read, total = states[FileState.READ], len(cluster.samples)
    files = f"{total:,} {'file' if total == 1 else 'files'}"
    records = cluster.records
    if not read:
        return f"{files} {' or '.join(sorted(states))}"
    if 2 * read < total and not is_optional:
        return f"only {read:,} of {total:,} files have front matter that can be read"
    if len(records) < (_MIN_DATA_RECORDS if is_data(cluster) else _MIN_RECORDS):
        return f"{files}, too few for a collection"
    if not usual_fields(records, _COMMON) and not is_optional:
        return f"{files} that have no field in common"
    return ""
