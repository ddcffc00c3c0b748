"""The protocol of pygls without its open documents, which `OpenDocument` replaces."""

from collections.abc import Iterator
from typing import Any

from cattrs import Converter
from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method

from newslint.lsp.diagnostics import JsonDiagnostic

_Step = tuple[Any, tuple[Any, ...], dict[str, Any] | None]
"""A handler that pygls calls, and its arguments."""


def create_converter() -> Converter:
    """Create the converter of messages, which leaves diagnostics as they are: they are JSON."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call] # of pygls
    for kind in (types.Diagnostic, JsonDiagnostic):
        converter.register_unstructure_hook(kind, lambda found: found)
    return converter


class Protocol(LanguageServerProtocol):
    """The protocol, in which the server's handlers alone see changes of documents."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(
        self, params: types.DidOpenTextDocumentParams
    ) -> Iterator[_Step]:
        """Call the handler of the server."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: types.DidChangeTextDocumentParams
    ) -> Iterator[_Step]:
        """Call the handler of the server."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(
        self, params: types.DidCloseTextDocumentParams
    ) -> Iterator[_Step]:
        """Call the handler of the server."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None
