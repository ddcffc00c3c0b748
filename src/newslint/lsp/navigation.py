"""Ways between records: definitions, references, lenses, links and symbols."""

from collections.abc import Iterator

from lsprotocol import types

from newslint.lsp.hover import mention_count
from newslint.lsp.places import article_of, children_of, mention_at, mentions_in
from newslint.lsp.view import DocumentView
from newslint.records import Mention
from newslint.records.record import strip_record_number
from newslint.syntax import Value
from newslint.syntax.tree import Mapping, Scalar, Sequence
from newslint.text import Span

SHOW_MENTIONS = "newslint.showMentions"
"""The command of a lens; its arguments are those of `editor.action.showReferences`."""

_MAX_DETAIL = 80
_KINDS = {bool: types.SymbolKind.Boolean, int: types.SymbolKind.Number}


def find_definitions(view: DocumentView, position: types.Position) -> list[types.Location]:
    """Find the records of the article that an entry is about."""
    mention = mention_at(view, view.positions.place(position))
    if mention is None:
        return []
    found = article_of(view, mention.description)
    return [view.locate(each) for each in found if each.is_record]


def find_references(
    view: DocumentView, position: types.Position, *, with_records: bool
) -> list[types.Location]:
    """Find the entries about the article at a position, and its records if asked to."""
    mention = mention_at(view, view.positions.place(position))
    if mention is None:
        return []
    found = article_of(view, mention.description)
    return [view.locate(each) for each in found if with_records or not each.is_record]


def list_lenses(view: DocumentView) -> list[types.CodeLens]:
    """List a lens for each record that others mention."""
    lenses = []
    for mention in mentions_in(view):
        if mention.is_record:
            entries = [each for each in article_of(view, mention.description) if not each.is_record]
            if entries:
                lenses.append(_create_lens(view, mention, entries))
    return lenses


def _create_lens(view: DocumentView, record: Mention, entries: list[Mention]) -> types.CodeLens:
    """Create the lens that shows how many records mention a record."""
    location = view.locate(record)
    arguments = [location.uri, location.range.start, [view.locate(each) for each in entries]]
    command = types.Command(
        title=mention_count(entries), command=SHOW_MENTIONS, arguments=arguments
    )
    return types.CodeLens(location.range, command)


def list_links(view: DocumentView, *, has_tooltips: bool) -> list[types.DocumentLink]:
    """List links from the URLs of entries to the files of their records."""
    links = []
    for mention in mentions_in(view):
        if mention.is_record or not mention.description.has_field("webUrl"):
            continue
        records = [each for each in article_of(view, mention.description) if each.is_record]
        if records:
            place = view.locate(mention, "webUrl")
            target = view.locate(records[0])
            links.append(
                types.DocumentLink(
                    range=place.range,
                    target=f"{target.uri}#L{target.range.start.line + 1}",
                    tooltip=records[0].description.title if has_tooltips else None,
                )
            )
    return links


def list_symbols(view: DocumentView) -> list[types.DocumentSymbol]:
    """List the fields of all records of a document, with those inside of them."""
    titles = {
        (each.place[0].number, strip_record_number(each.prefix)): each.description.title
        for each in mentions_in(view)
        if each.place is not None
    }
    return [
        symbol
        for number, root in enumerate(view.document.roots)
        for symbol in _list_fields(view, root, number, titles)
    ]


_Titles = dict[tuple[int, str], str | None]
"""Titles of descriptions by the number of the record and the pointer."""


def _list_fields(
    view: DocumentView, parent: Value, number: int, titles: _Titles
) -> Iterator[types.DocumentSymbol]:
    """Yield the symbols of the values in a value."""
    for key, value in children_of(parent):
        name_span = parent.key_span(key) or value.span
        whole = Span(min(name_span.start, value.span.start), max(name_span.end, value.span.end))
        node = value.node
        detail = None
        if isinstance(node, Scalar):
            detail = " ".join(str(node.value).split())[:_MAX_DETAIL]
        elif title := titles.get((number, value.pointer)):
            detail = title
        yield types.DocumentSymbol(
            name=key or "''",
            kind=_find_kind(value),
            range=view.positions.range(whole),
            selection_range=view.positions.range(name_span),
            detail=detail,
            children=[*_list_fields(view, value, number, titles)],
        )


def _find_kind(value: Value) -> types.SymbolKind:
    """Find the kind of the symbol of a value."""
    node = value.node
    if isinstance(node, Mapping):
        return types.SymbolKind.Object
    if isinstance(node, Sequence):
        return types.SymbolKind.Array
    kind = type(node.value) if isinstance(node, Scalar) else str
    return _KINDS.get(kind, types.SymbolKind.String)
