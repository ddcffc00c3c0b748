"""Texts that list diagnostics: the larger part of reports for programs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from newslint.diagnostics.diagnostic import Diagnostic
from newslint.diagnostics.mapped_sequence import find_computed

Lister = Callable[[Iterable[Diagnostic]], str]
"""Lists diagnostics in the form of a report: an item for each."""

CreateLister = Callable[[], Lister]
"""Creates a lister, which may keep parts that lines share."""

_LINES = 64


def list_texts(diagnostics: Sequence[Diagnostic], create: CreateLister) -> Iterator[str]:
    """Yield texts that list several diagnostics each, since each piece takes time to write.

    Args:
        diagnostics: The diagnostics, of which the texts may be known already.
        create: Creates the lister.
    """
    known: Iterable[str] | None = find_computed(diagnostics, create)
    if known is not None:
        yield from known
        return
    lister, rest = create(), iter(diagnostics)
    while part := [*islice(rest, _LINES)]:
        yield lister(part)
