"""Packs all diagnostics into a page: a line of JSON for each cause, compressed, as Base64.

The scripts of the page unpack it; `data.js` names the members in the same order.
"""

import base64
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from newslint.reporters.escape import escaped
from newslint.reporters.html.looks import Look
from newslint.reporters.html.piles import Pile, Piles, Place
from newslint.reporters.json import dump
from newslint.rules.api import Rule
from newslint.rules.explain import explain

MOST_BYTES = 3_200_000
"""How much compressed data a page holds: as Base64 it is a third longer, and a page has 5 MB."""


class Packed(NamedTuple):
    """Diagnostics in a page.

    Attributes:
        data: Compressed, as Base64.
        causes: How many of the causes it holds: the first ones.
        listed: How many diagnostics of these it holds.
    """

    data: str
    causes: int
    listed: int


def packed(found: Piles, rules: Sequence[type[Rule]], most_bytes: int = MOST_BYTES) -> Packed:
    """Return what scripts unpack.

    Args:
        found: The causes, the first ones first.
        rules: Those that ran.
        most_bytes: How long the data may be when compressed; causes at the end are left out.
    """
    names = sorted({pile.rule for pile in found.piles})
    numbers = {name: number for number, name in enumerate(names)}
    head = {"rules": _rules(names, rules), "paths": list(map(escaped, found.paths))}
    lines = (dump(_pile(pile, numbers[pile.rule])) for pile in found.piles)
    data, written = _compressed(dump(head), lines, most_bytes)
    listed = sum(len(pile.places) for pile in found.piles[:written])
    return Packed(base64.b64encode(data).decode(), written, listed)


def _rules(names: Iterable[str], rules: Sequence[type[Rule]]) -> list[list[str]]:
    """Return the rules that found anything, each with the harm that it tells of."""
    known = {rule.id: explain(rule) for rule in rules}
    told = ((name, known.get(name)) for name in names)
    return [[name, each.why.replace("`", "") if each else ""] for name, each in told]


def _compressed(head: str, lines: Iterable[str], most: int) -> tuple[bytes, int]:
    """Return lines, compressed, as far as they fit into `most` bytes, and how many these are."""
    compressor = zlib.compressobj(9)
    pieces = [compressor.compress(head.encode())]
    size = len(pieces[0])
    written = 0
    for line in lines:
        if size > most:
            break
        pieces.append(compressor.compress(f"\n{line}".encode()))
        size += len(pieces[-1])
        written += 1
    return b"".join([*pieces, compressor.flush()]), written


def _pile(pile: Pile, rule: int) -> list[Any]:
    """Return what the page holds of one cause."""
    looks = list(map(_look, pile.looks))
    return [rule, pile.total, pile.documents, looks, *_columns(pile.places)]


def _columns(places: Sequence[Place]) -> Iterator[list[int]]:
    """Yield looks, paths, lines and entries of places; what is 0 everywhere is left out.

    Paths are given as steps from one to the next, which are small.
    """
    looks, paths, lines, entries = map(list, zip(*places, strict=True))
    yield looks if any(looks) else []
    yield [paths[0], *(after - before for before, after in pairwise(paths))]
    yield lines
    yield entries if any(entries) else []


def _look(look: Look) -> list[Any]:
    """Return what the page holds of how a diagnostic looks."""
    return [
        look.severity,
        look.message,
        look.provider,
        look.pointer,
        look.column,
        look.lines,
        look.repair,
        look.related,
        look.more_related,
    ]
