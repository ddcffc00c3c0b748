"""Changes of a document as edits of the protocol."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import pairwise

from lsprotocol import types

from newslint.diagnostics import Edit
from newslint.lsp.view import DocumentView
from newslint.text import SourceText, Span


def create_edit(
    view: DocumentView, edits: list[types.TextEdit], *, has_versions: bool
) -> types.WorkspaceEdit:
    """Create the change of one document.

    Args:
        view: The document.
        edits: Edits of its current text.
        has_versions: Whether the client takes edits with the version that they apply to.
    """
    uri = view.open.uri
    if not has_versions:
        return types.WorkspaceEdit(changes={uri: edits})
    name = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=view.open.version)
    return types.WorkspaceEdit(
        document_changes=[types.TextDocumentEdit(text_document=name, edits=[*edits])]
    )


def convert_edits(view: DocumentView, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Convert edits of a fix."""
    return [types.TextEdit(view.positions.range(span), text) for span, text in edits]


def compare_texts(view: DocumentView, after: str) -> list[types.TextEdit]:
    """List the edits, in whole lines, that turn the text of a document into another."""
    before = SourceText(view.open.text)
    old, new = (_split_lines(each) for each in (before, SourceText(after)))
    starts = [*before.line_starts, len(before.text)]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        types.TextEdit(
            view.positions.range(Span(*map(before.position, (starts[first], starts[last])))),
            "".join(new[start:end]),
        )
        for kind, first, last, start, end in matcher.get_opcodes()
        if kind != "equal"
    ]


def _split_lines(source: SourceText) -> list[str]:
    """Split a text into lines with their ends."""
    starts = [*source.line_starts, len(source.text)]
    return [source.text[start:end] for start, end in pairwise(starts)]
