"""The protocol of pygls without its open documents, which `OpenDocument` replaces."""

from collections.abc import Iterator
from typing import Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, lsp_method

_Step = tuple[Any, tuple[Any, ...], dict[str, Any] | None]
"""A handler that pygls calls, and its arguments."""


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
