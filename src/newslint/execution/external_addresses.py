"""The addresses of other sites in an archive, and whether the world may know of them."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from newslint.execution.check_request import CheckRequest
from newslint.execution.map_run import MapRun
from newslint.execution.mapping import MapTask
from newslint.execution.rows import expand_rows
from newslint.execution.rulesets import RulesetResolver
from newslint.records import Corpus
from newslint.records.external_links import ExternalLink, external_links
from newslint.records.record import ENTRIES, Record


class ExternalAddress(NamedTuple):
    """An address that an archive contains.

    Attributes:
        address: The canonical address.
        url: A URL to ask: as written, with `https` if it is written so anywhere.
        is_image: Whether it is shown as an image.
        is_visible: Whether a record that readers can see contains it.
        is_in_scope: Whether a file that is reported on contains it.
        uses: Number of places that contain it.
    """

    address: str
    url: str
    is_image: bool = False
    is_visible: bool = False
    is_in_scope: bool = False
    uses: int = 0

    def merge(self, other: "ExternalAddress") -> "ExternalAddress":
        """Merge two uses of an address."""
        return ExternalAddress(
            self.address,
            min(self.url, other.url, key=_url_order),
            self.is_image or other.is_image,
            self.is_visible or other.is_visible,
            self.is_in_scope or other.is_in_scope,
            self.uses + other.uses,
        )


def _url_order(url: str) -> tuple[bool, int, str]:
    """Compute the sort key of URLs with the same address: secure and short ones come first."""
    return not url.startswith("https:"), len(url), url


def read_addresses(request: CheckRequest) -> dict[str, ExternalAddress]:
    """Read the addresses in the files of a request; no rule runs.

    Raises:
        UsageError: There are no files.
    """
    found = expand_rows(request.found_files(), request)
    resolver = RulesetResolver(request.rules)
    tasks = [
        MapTask(name, path, rules, is_full=False)
        for name, path in sorted(found.corpus.items())
        if (rules := resolver.file_rules(name)) is not None
    ]
    reader = replace(request.reader, rows=found.rows or {})
    run = MapRun(tasks, reader, request.cache, request.observe)
    mapped = run.map_files(request.jobs, request.start_method)
    return find_addresses(Corpus(mapped.records, mapped.descriptions), found.scope)


def find_addresses(corpus: Corpus, scope: Container[str]) -> dict[str, ExternalAddress]:
    """Find the addresses in an archive, by canonical address and sorted by it.

    Args:
        corpus: All records.
        scope: The files that are reported on.
    """
    found: dict[str, ExternalAddress] = {}
    for digest, places in corpus.places.items():
        links = list(external_links(corpus.descriptions[digest]))
        if not links:
            continue
        records = [corpus.records[place // ENTRIES] for place in places]
        is_visible = any(_is_visible(corpus, record) for record in records)
        is_in_scope = any(record.path in scope for record in records)
        for each in _uses(links, is_visible=is_visible, is_in_scope=is_in_scope, uses=len(places)):
            known = found.get(each.address)
            found[each.address] = each if known is None else known.merge(each)
    return dict(sorted(found.items()))


def _uses(
    links: list[ExternalLink], *, is_visible: bool, is_in_scope: bool, uses: int
) -> Iterator[ExternalAddress]:
    """Yield the uses of addresses in a description."""
    for link in links:
        yield ExternalAddress(link.address, link.url, link.is_image, is_visible, is_in_scope, uses)


def _is_visible(corpus: Corpus, record: Record) -> bool:
    """Check if readers can see a record."""
    return corpus.descriptions[record.digest].is_visible
