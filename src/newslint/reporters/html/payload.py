"""The diagnostics as data of the page: a line of JSON for each cause, compressed, in Base64.

The scripts of the page decode it. Lists instead of objects keep it small; `data.js` names their
members in the same order.
"""

import base64
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from newslint.reporters.escape import escape
from newslint.reporters.html.cause_groups import (
    CauseGroup,
    CauseGroups,
    CausePlace,
    DocumentCounts,
)
from newslint.reporters.html.links import NO_LINKS, PlaceLinks, encode_path
from newslint.reporters.json import dumps
from newslint.rules.api import Rule
from newslint.rules.explain import explain

MAX_BYTES = 3_200_000
"""The limit of the compressed data: Base64 adds a third, and a page should stay below 5 MB."""


class Payload(NamedTuple):
    """The data of a page.

    Attributes:
        data: The compressed lines in Base64.
        causes: Number of causes in it; these are the first ones.
        diagnostics: Number of diagnostics of these causes in it.
    """

    data: str
    causes: int
    diagnostics: int


def build_payload(
    causes: CauseGroups,
    rules: Sequence[type[Rule]],
    links: PlaceLinks = NO_LINKS,
    max_bytes: int = MAX_BYTES,
) -> Payload:
    """Serialise and compress as many causes as fit.

    Args:
        causes: The causes of the report, the first ones first.
        rules: The rules that ran.
        links: The links of places.
        max_bytes: The limit of the compressed data; causes beyond it are left out.
    """
    names = sorted({group.rule for group in causes.groups})
    indexes = {name: index for index, name in enumerate(names)}
    head = {
        "rules": _encode_rules(names, rules),
        "paths": list(map(escape, causes.paths)),
        "files": _encode_locators(causes.paths),
        "documents": [_encode_document(each) for each in causes.documents],
        "links": links,
    }
    lines = (dumps(_encode_group(group, indexes[group.rule])) for group in causes.groups)
    data, written = _compress(dumps(head), lines, max_bytes)
    diagnostics = sum(len(group.places) for group in causes.groups[:written])
    return Payload(base64.b64encode(data).decode(), written, diagnostics)


def _compress(head: str, lines: Iterable[str], max_bytes: int) -> tuple[bytes, int]:
    """Compress `head` and as many lines as fit into `max_bytes`.

    Returns:
        The compressed bytes, and the number of lines in them.
    """
    compressor = zlib.compressobj(9)
    pieces = [compressor.compress(head.encode())]
    size = len(pieces[0])
    written = 0
    for line in lines:
        if size > max_bytes:
            break
        pieces.append(compressor.compress(f"\n{line}".encode()))
        size += len(pieces[-1])
        written += 1
    return b"".join([*pieces, compressor.flush()]), written


def _encode_rules(names: Iterable[str], rules: Sequence[type[Rule]]) -> list[list[str]]:
    """Encode each rule as its name and the reason why it matters."""
    reasons = {rule.id: explain(rule).why.replace("`", "") for rule in rules}
    return [[name, reasons.get(name, "")] for name in names]


def _encode_group(group: CauseGroup, rule: int) -> list[Any]:
    """Encode one cause, given the index of its rule."""
    counts = group.total, group.documents
    variants = list(group.variants)
    columns = _columns(group.places)
    name = group.cause.removeprefix(f"{group.rule}:")
    about = group.visible, int(group.in_pattern), escape(name), group.headline, group.articles
    return [rule, *counts, variants, *columns, *about]


def _encode_document(document: DocumentCounts) -> list[Any]:
    """Encode the counts of one file."""
    _path, headline, is_visible, counts, causes = document
    return [headline, int(is_visible), *counts, causes]


def _encode_locators(paths: Sequence[str]) -> dict[str, str]:
    """Encode the paths that the page shows with escapes, as links need them: percent-encoded."""
    shown = {index: path for index, path in enumerate(paths) if escape(path) != path}
    return {str(index): encode_path(path) for index, path in shown.items()}


def _columns(places: Sequence[CausePlace]) -> Iterator[list[int]]:
    """Yield the variants, paths, lines and entries of places as columns.

    Paths are differences between neighbours, as small numbers compress well. A column of zeros
    becomes an empty list.
    """
    variants, paths, lines, entries = map(list, zip(*places, strict=True))
    yield variants if any(variants) else []
    yield [paths[0], *(after - before for before, after in pairwise(paths))]
    yield lines
    yield entries if any(entries) else []
