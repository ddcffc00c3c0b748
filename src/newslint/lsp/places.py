"""Values of a document at a position, and the articles that they describe."""

from collections.abc import Iterator
from typing import NamedTuple

from newslint.documents import Document
from newslint.lsp.view import DocumentView
from newslint.records import Description, Mention
from newslint.records.record import strip_record_number
from newslint.syntax import Value
from newslint.syntax.tree import Mapping, Sequence
from newslint.text import Position, Span


class Spot(NamedTuple):
    """The value at a position.

    Attributes:
        value: The innermost value.
        record: The 0-based number of the record that contains it.
    """

    value: Value
    record: int


def contains(span: Span, position: Position) -> bool:
    """Check if a position is in a span, or at its end."""
    return span.start <= position <= span.end


def find_spot(document: Document, position: Position) -> Spot | None:
    """Find the innermost value whose key or text is at a position."""
    for number, root in enumerate(document.roots):
        value = _child_at(root, position)
        if value is None:
            continue
        while (child := _child_at(value, position)) is not None:
            value = child
        return Spot(value, number)
    return None


def _child_at(value: Value, position: Position) -> Value | None:
    """Find the value of a mapping or list that contains a position, with its key."""
    for key, child in children_of(value):
        start = value.key_span(key) or child.span
        if contains(Span(start.start, max(start.end, child.span.end)), position):
            return child
    return None


def children_of(value: Value) -> Iterator[tuple[str, Value]]:
    """Yield the values that are written in a value, with their keys; none of an alias."""
    if isinstance(value.node, (Mapping, Sequence)):
        yield from ((key, child) for key, child in value.items() if value.owns(key))


def mentions_in(view: DocumentView) -> Iterator[Mention]:
    """Yield the mentions in a document: its records and their entries."""
    known = view.project.workspace.known
    for record in known.records.get(view.name, ()):
        for place in range(len(record.digests)):
            yield record.mention(place, known.descriptions)


def mention_at(view: DocumentView, position: Position) -> Mention | None:
    """Find the entry at a position, or else the record."""
    spot = find_spot(view.document, position)
    if spot is None:
        return None
    pointer, best = spot.value.pointer, None
    for mention in mentions_in(view):
        record = None if mention.place is None else mention.place[0]
        if record is None or record.number != spot.record:
            continue
        prefix = strip_record_number(mention.prefix)
        if not prefix or pointer == prefix or pointer.startswith(f"{prefix}/"):
            best = mention
    return best


def article_of(view: DocumentView, description: Description) -> tuple[Mention, ...]:
    """List all mentions of the article that a description is about; none without a URL."""
    return view.article(description.article).mentions if description.article else ()
