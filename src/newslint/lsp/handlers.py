"""The handlers of messages, which connect the server with the features."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from newslint.lsp.diagnostics import FileDiagnostics
from newslint.lsp.features import register_features
from newslint.lsp.open_documents import OpenDocument, parse_uri
from newslint.lsp.options import ServerOptions
from newslint.lsp.server import Server
from newslint.lsp.session import Session

_SERVER_CANCELLED = -32802
_WATCHED = "**/*"
_NO_CLIENT = """\
newslint: stdin ended without a message of the Language Server Protocol that starts a session.
Editors start 'newslint server'; to check files, run 'newslint check'.
"""


def create_server(options: ServerOptions) -> Server:
    """Create a server with all its features."""
    server = Server(options)
    for method, handler in _LIFE.items():
        server.feature(method)(handler)
    pull = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True)
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pull)(pull_document)
    server.feature(types.WORKSPACE_DIAGNOSTIC)(pull_workspace)
    register_features(server)
    return server


def serve(options: ServerOptions, stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Serve a client until it ends the session.

    Args:
        options: The options of the command line.
        stdin: Messages of the client.
        stdout: Messages for it.

    Returns:
        The exit status of the protocol: 0 if the client asked for a shutdown first, else 1.
    """
    server = create_server(options)
    server.start_io(stdin, stdout)
    if not server.has_started:
        sys.stderr.write(_NO_CLIENT)
    return 0 if server.has_ended else 1


def initialize(ls: Server, params: types.InitializeParams) -> None:
    """Get to know the client."""
    ls.start_session(params)


async def initialized(ls: Server, _params: types.InitializedParams) -> None:
    """Read the folders of the client."""
    if ls.client.watches:
        ls.spawn(_watch_files(ls))
    try:
        for folder in ls.client.folders:
            await ls.open_folder(folder)
    finally:
        ls.is_ready.set()
    ls.spawn(ls.refresh(surveys=True))


async def _watch_files(ls: Server) -> None:
    """Ask the client to report changes of files."""
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_WATCHED)])
    await ls.client_register_capability_async(
        types.RegistrationParams(
            [types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)]
        )
    )


def shutdown(ls: Server, _params: None) -> None:
    """Stop all work."""
    ls.end_session()


def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """Use the text of a document instead of its file."""
    item = params.text_document
    path = parse_uri(item.uri)
    if path is not None:
        ls.set_document(item.uri, OpenDocument(item.uri, path, item.version, item.text))


def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Apply changes of a document."""
    item = params.text_document
    document = ls.documents.get(item.uri)
    if document is not None:
        changed = document.change(item.version, params.content_changes, ls.encoding)
        ls.set_document(item.uri, changed)


def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """Use the file of a document again."""
    ls.set_document(params.text_document.uri, None)


async def did_change_files(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Read files that changed on the disk."""
    paths = [path for path in (parse_uri(each.uri) for each in params.changes) if path is not None]
    await ls.ask(lambda session: session.change_files(paths))
    ls.schedule()


async def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Read settings that were saved, if the client reports no changes of files."""
    path = parse_uri(params.text_document.uri)
    if path is not None and not ls.client.watches:
        await ls.ask(lambda session: session.change_files([path]))
        ls.schedule()


async def did_change_folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Read the folders that were added, and forget those that were removed."""
    for each in params.event.removed:
        path = parse_uri(each.uri)
        if path is not None:
            await ls.ask(partial(_close_folder, path))
    for each in params.event.added:
        path = parse_uri(each.uri)
        if path is not None:
            await ls.open_folder(path)
    ls.schedule()


def _close_folder(path: Path, session: Session) -> None:
    """Forget the projects in a folder."""
    session.close_folder(path)


def cancel_progress(ls: Server, params: types.WorkDoneProgressCancelParams) -> None:
    """Stop the reading of a folder."""
    ls.stop_progress(params.token)


async def pull_document(
    ls: Server, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    """Answer with the diagnostics of a document."""
    uri = params.text_document.uri
    path = parse_uri(uri)
    before = ls.documents.get(uri)
    if path is None:
        return types.RelatedFullDocumentDiagnosticReport(items=[])
    if ls.is_busy:
        await ls.wait_until_quiet()
    found = await ls.ask(lambda session: session.diagnostics(path))
    if ls.documents.get(uri) is not before:
        raise JsonRpcException(
            "the text has changed", _SERVER_CANCELLED, {"retriggerRequest": True}
        )
    if found.result_id and params.previous_result_id == found.result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=found.result_id)
    return types.RelatedFullDocumentDiagnosticReport(
        items=found.items, result_id=found.result_id or None
    )


async def pull_workspace(
    ls: Server, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """Answer with the diagnostics of all files, as soon as some differ from those of the client."""
    known = {each.uri: each.value for each in params.previous_result_ids}
    while True:
        waiting = ls.next_change()
        found = await ls.ask(lambda session: list(session.all_diagnostics(known)))
        full = [each for each in found if isinstance(each, FileDiagnostics)]
        if full or not known or ls.has_ended:
            break
        await waiting.wait()
    same = [each for each in found if isinstance(each, str)]
    return types.WorkspaceDiagnosticReport(
        [
            *map(_report_file, full),
            *(
                types.WorkspaceUnchangedDocumentDiagnosticReport(uri=uri, result_id=known[uri])
                for uri in same
            ),
        ]
    )


def _report_file(found: FileDiagnostics) -> types.WorkspaceFullDocumentDiagnosticReport:
    """Convert the diagnostics of a file for the report on all files."""
    return types.WorkspaceFullDocumentDiagnosticReport(
        uri=found.uri,
        items=found.items,
        version=found.version,
        result_id=found.result_id or None,
    )


_LIFE: dict[str, Callable[..., Any]] = {
    types.INITIALIZE: initialize,
    types.INITIALIZED: initialized,
    types.SHUTDOWN: shutdown,
    types.TEXT_DOCUMENT_DID_OPEN: did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: did_change,
    types.TEXT_DOCUMENT_DID_CLOSE: did_close,
    types.TEXT_DOCUMENT_DID_SAVE: did_save,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: did_change_files,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: did_change_folders,
    types.WINDOW_WORK_DONE_PROGRESS_CANCEL: cancel_progress,
}
