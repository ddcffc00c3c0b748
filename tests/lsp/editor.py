"""An editor for tests: a client of pytest-lsp that talks to a server in the same process."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from cattrs import Converter
from lsprotocol import types
from pygls.io_ import run_async
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from newslint.lsp.handlers import create_server
from newslint.lsp.options import ServerOptions
from newslint.lsp.server import Server

PATIENCE = 120
"""Seconds after which a message that does not come is a failure."""


class Pipe:
    """Bytes that one side writes and the other reads."""

    def __init__(self) -> None:
        self.reader = asyncio.StreamReader()
        self.is_closed = False

    def write(self, data: bytes) -> None:
        if not self.is_closed:
            self.reader.feed_data(data)

    def close(self) -> None:
        self.is_closed = True
        self.reader.feed_eof()


class Editor:
    """A client, and the documents that it has open.

    Attributes:
        server: The server.
        client: The client.
        published: All diagnostics that the server has sent without a question, in order.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.client = LanguageClient(converter_factory=_create_converter)
        self.published: list[types.PublishDiagnosticsParams] = []
        self.refreshes = 0
        self.applied: list[types.ApplyWorkspaceEditParams] = []
        self.texts: dict[Path, str] = {}
        self.versions: dict[Path, int] = {}
        self.registrations: list[types.Registration] = []
        self._news = asyncio.Event()
        register_lsp_features(
            self.client,
            {
                **DEFAULT_CLIENT_FEATURES,
                types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: partial(self._on_publish),
                types.WORKSPACE_DIAGNOSTIC_REFRESH: partial(self._on_refresh),
                types.CLIENT_REGISTER_CAPABILITY: partial(self._on_register),
                types.WORKSPACE_APPLY_EDIT: partial(self._on_apply),
            },
        )

    def _on_publish(self, params: types.PublishDiagnosticsParams) -> None:
        self.published.append(params)
        self._news.set()

    def _on_refresh(self, _params: None) -> None:
        self.refreshes += 1
        self._news.set()

    def _on_apply(self, params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        self.applied.append(params)
        self._news.set()
        return types.ApplyWorkspaceEditResult(applied=True)

    def _on_register(self, params: types.RegistrationParams) -> None:
        self.registrations += params.registrations

    async def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait until messages of the server make a condition true."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def poll(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition that no message changes is true."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await asyncio.sleep(0.005)

    def shown(self, path: Path) -> list[types.Diagnostic] | None:
        """The diagnostics that were sent last for a file; None if there are none."""
        for each in reversed(self.published):
            if each.uri == path.as_uri():
                return list(each.diagnostics)
        return None

    def rules(self, path: Path) -> list[object] | None:
        """The rules of the diagnostics that were sent last for a file."""
        found = self.shown(path)
        return None if found is None else [each.code for each in found]

    async def wait_for_rules(self, path: Path, *rules: str) -> list[types.Diagnostic]:
        """Wait until exactly these rules are shown for a file."""
        await self.wait_for(lambda: self.rules(path) == list(rules))
        return self.shown(path) or []

    def open(self, path: Path, text: str | None = None) -> None:
        self.texts[path] = path.read_bytes().decode() if text is None else text
        self.versions[path] = 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(path.as_uri(), "markdown", 1, self.texts[path])
            )
        )

    def write(self, path: Path, text: str) -> None:
        """Replace the whole text of a document."""
        self.change(path, types.TextDocumentContentChangeWholeDocument(text))
        self.texts[path] = text

    def change(self, path: Path, *changes: types.TextDocumentContentChangeEvent) -> None:
        self.versions[path] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[path], path.as_uri())
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(identifier, list(changes))
        )

    def close(self, path: Path) -> None:
        del self.texts[path]
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.named(path)))

    def named(self, path: Path) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(path.as_uri())

    def report_files(self, *paths: Path, kind: types.FileChangeType) -> None:
        events = [types.FileEvent(path.as_uri(), kind) for path in paths]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    async def pull(self, path: Path, previous: str | None = None) -> Any:
        """Ask for the diagnostics of a document."""
        return await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(self.named(path), previous_result_id=previous)
        )


def _create_converter() -> Converter:
    """Create a converter that also reads actions with a command, unlike that of lsprotocol."""
    converter = default_converter()

    def structure(found: dict[str, Any], _type: object) -> types.Command | types.CodeAction:
        is_command = isinstance(found.get("command"), str)
        return converter.structure(found, types.Command if is_command else types.CodeAction)

    converter.register_structure_hook(types.Command | types.CodeAction, structure)
    return converter


def abilities(*, pulls: bool = False, encoding: str | None = None) -> types.ClientCapabilities:
    """The abilities of an editor that can do nearly all."""
    encodings = None if encoding is None else [types.PositionEncodingKind(encoding)]
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=encodings),
        text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                related_information=True, version_support=True
            ),
            diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
            document_link=types.DocumentLinkClientCapabilities(tooltip_support=True),
            code_action=types.CodeActionClientCapabilities(
                code_action_literal_support=types.ClientCodeActionLiteralOptions(
                    types.ClientCodeActionKindOptions([types.CodeActionKind.QuickFix])
                ),
                data_support=True,
                is_preferred_support=True,
            ),
        ),
        workspace=types.WorkspaceClientCapabilities(
            apply_edit=True,
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
                dynamic_registration=True
            ),
            workspace_folders=True,
        ),
        window=types.WindowClientCapabilities(
            work_done_progress=True,
            show_document=types.ShowDocumentClientCapabilities(support=True),
        ),
    )


@asynccontextmanager
async def editing(
    *folders: Path,
    pulls: bool = False,
    encoding: str | None = None,
    options: ServerOptions | None = None,
    sent: dict[str, object] | None = None,
    capabilities: types.ClientCapabilities | None = None,
) -> AsyncIterator[Editor]:
    """Start a server and an editor with folders, and end both."""
    server = create_server(options or ServerOptions(use_cache=False))
    editor = Editor(server)
    there, back = Pipe(), Pipe()
    editor.client.protocol.set_writer(there)
    server.protocol.set_writer(back)
    stop = threading.Event()
    tasks = [
        asyncio.create_task(run_async(stop, reader, protocol))
        for reader, protocol in (
            (there.reader, server.protocol),
            (back.reader, editor.client.protocol),
        )
    ]
    try:
        await editor.client.initialize_session(
            types.InitializeParams(
                capabilities or abilities(pulls=pulls, encoding=encoding),
                workspace_folders=_name_folders(folders),
                initialization_options=sent,
            )
        )
        yield editor
        await editor.client.shutdown_async(None)
    finally:
        server.end_session()
        there.close()
        back.close()
        await asyncio.gather(*tasks)


def _name_folders(folders: Sequence[Path]) -> list[types.WorkspaceFolder]:
    return [types.WorkspaceFolder(each.as_uri(), each.name) for each in folders]
