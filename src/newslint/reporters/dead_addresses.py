"""Dead links and images by host, and by the year in which their records were published."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from newslint.records.urls import host_name
from newslint.reporters.escape import escape

if TYPE_CHECKING:
    from newslint.diagnostics import Diagnostic, Report

_LINK, _IMAGE = "dead-link", "dead-image"
_MAX_HOSTS = 20
_NAME_WIDTH = 32
UNKNOWN = "unknown"
"""The name of hosts and years that are not known."""


class DeadCount(NamedTuple):
    """Numbers of distinct addresses that are gone.

    Attributes:
        name: The host, or the year.
        links: Number of links.
        images: Number of images.
        documents: Number of files that contain them.
    """

    name: str
    links: int
    images: int
    documents: int


class DeadAddresses(msgspec.Struct, frozen=True):
    """Addresses that are gone.

    Attributes:
        hosts: By host, the one with most addresses first.
        years: By the year in which a record with them was published, the first year first.
    """

    hosts: tuple[DeadCount, ...] = ()
    years: tuple[DeadCount, ...] = ()


def count_dead_addresses(report: "Report", days: Mapping[str, date]) -> DeadAddresses:
    """Count the addresses that are gone in a report.

    Args:
        report: The report.
        days: The date of publication of the record in each file, by path.
    """
    dead = [each for each in report.diagnostics if each.rule in (_LINK, _IMAGE)]
    hosts = _count_by(dead, lambda each: host_name(each.value))
    years = _count_by(dead, lambda each: f"{days[each.path].year:04}" if each.path in days else "")
    hosts.sort(key=lambda each: (-each.links - each.images, each.name))
    return DeadAddresses(tuple(hosts), tuple(years))


def _count_by(dead: "list[Diagnostic]", key: "Callable[[Diagnostic], str]") -> list[DeadCount]:
    """Count addresses and files by a key, sorted by it."""
    groups: dict[str, list[Diagnostic]] = {}
    for each in dead:
        groups.setdefault(key(each) or UNKNOWN, []).append(each)
    return [
        DeadCount(
            name,
            len({each.cause for each in group if each.rule == _LINK}),
            len({each.cause for each in group if each.rule == _IMAGE}),
            len({each.path for each in group}),
        )
        for name, group in sorted(groups.items())
    ]


def render_dead_addresses(dead: DeadAddresses) -> Iterator[str]:
    """Yield the lines of the tables by host and by year; none if nothing is gone."""
    if not dead.hosts:
        return
    yield from _table("dead at host", dead.hosts[:_MAX_HOSTS])
    if len(dead.hosts) > _MAX_HOSTS:
        yield f"and {len(dead.hosts) - _MAX_HOSTS:,} more hosts"
    yield ""
    yield from _table("dead in records of", dead.years)


def _table(heading: str, rows: tuple[DeadCount, ...]) -> Iterator[str]:
    """Yield the lines of one table."""
    yield f"{heading:{_NAME_WIDTH}} {'links':>9} {'images':>11} {'documents':>9}"
    for name, links, images, documents in rows:
        yield f"{escape(name):{_NAME_WIDTH}} {links:9,} {images:11,} {documents:9,}"
