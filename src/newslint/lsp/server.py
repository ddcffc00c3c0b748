"""The server: its state, and when diagnostics are computed and sent.

The event loop reads messages and sends answers. All that takes time runs in the thread of a
`Worker`, which alone uses the `Session`.
"""

import asyncio
import traceback
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from newslint._version import __version__
from newslint.lsp.client import ClientAbilities
from newslint.lsp.diagnostics import FileDiagnostics
from newslint.lsp.open_documents import OpenDocument, parse_uri
from newslint.lsp.options import ServerOptions
from newslint.lsp.progress import FolderProgress
from newslint.lsp.protocol import Protocol, create_converter
from newslint.lsp.session import Session
from newslint.lsp.view import DocumentView
from newslint.lsp.worker import Worker

T = TypeVar("T")

DEBOUNCE = 0.05
"""Seconds after the last change until diagnostics are computed."""

_IDLE = 0.25
"""Seconds after that until those of surveys are computed."""

_BATCH = 8
"""Number of files whose diagnostics are computed before the server looks for messages."""


class Server(LanguageServer):
    """The language server.

    Args:
        options: The options of the command line.

    Attributes:
        client: The abilities of the client.
        documents: The open documents, by address; newer than those of the session.
        has_ended: Whether the client has asked for a shutdown.
        is_ready: Set when the folders of the client have been read.
    """

    def __init__(self, options: ServerOptions) -> None:
        super().__init__(
            "newslint", __version__, protocol_cls=Protocol, converter_factory=create_converter
        )
        self.client = ClientAbilities()
        self.documents: dict[str, OpenDocument] = {}
        self.has_ended = False
        self.is_ready = asyncio.Event()
        self._options = options
        self._worker = Worker()
        self._bar = FolderProgress(self)
        self._timer: asyncio.TimerHandle | None = None
        self._edits = 0
        self._published: set[str] = set()
        self._unsent: list[Path] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._changes = asyncio.Event()
        self._session: Session

    @property
    def has_started(self) -> bool:
        """True once a client has sent `initialize`."""
        return hasattr(self, "_session")

    def start_session(self, params: types.InitializeParams) -> None:
        """Create the session when the client has introduced itself."""
        self.client = ClientAbilities.read(params)
        options = self._options
        if self.client.options.get("plugins") is False:
            options = replace(options, plugins=False)
        self.encoding = types.PositionEncodingKind(self.workspace.position_encoding)
        self._session = Session(
            options, self.encoding, self._bar.observe, has_related=self.client.has_related
        )

    def end_session(self) -> None:
        """Stop the work that still runs."""
        self.has_ended = True
        self._bar.stop()
        if self._timer is not None:
            self._timer.cancel()
        self.is_ready.set()
        self._note_changes()
        self._worker.stop()

    async def ask(self, function: Callable[[Session], T]) -> T:
        """Call a function in the thread of the session, after all changes before it."""
        await self.is_ready.wait()
        return await self._run(function)

    async def _run(self, function: Callable[[Session], T]) -> T:
        """Call a function in the thread of the session."""

        def call() -> T:
            self._session.apply_pending()
            return function(self._session)

        return await self._worker.run(call)

    async def ask_view(self, uri: str, function: Callable[[DocumentView], T]) -> T | None:
        """Call a function with the view of an open document; None if it is no record's."""
        path = parse_uri(uri)

        def call(session: Session) -> T | None:
            view = None if path is None else session.view(path)
            return None if view is None else function(view)

        return await self.ask(call)

    async def open_folder(self, folder: Path) -> None:
        """Read the projects in a folder, and show the progress."""
        async with self._bar.show(f"newslint: {folder.name}"):
            await self._run(lambda session: session.open_folder(folder))

    def set_document(self, uri: str, document: OpenDocument | None) -> None:
        """Use the text of a document from now on; None if it was closed."""
        path = parse_uri(uri)
        if document is None:
            self.documents.pop(uri, None)
        else:
            self.documents[uri] = document
        if path is not None:
            self._session.pending[path] = document
            self.schedule()

    def schedule(self) -> None:
        """Compute diagnostics soon, unless there are further changes."""
        self._edits += 1
        self._call_later(DEBOUNCE, surveys=False)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine, and log its failure."""
        task = asyncio.get_running_loop().create_task(self._guard(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def refresh(self, *, surveys: bool) -> None:
        """Compute diagnostics, and send those that have changed."""
        edits = self._edits
        paths = await self.ask(lambda session: session.take_changes(surveys=surveys))
        if self.client.pulls:
            self._ask_to_pull(paths)
        else:
            await self._publish([*dict.fromkeys((*self._unsent, *paths))], edits)
        if paths:
            self._note_changes()
        if surveys:
            await self.ask(Session.prepare)
        elif edits == self._edits:
            self._call_later(_IDLE, surveys=True)

    async def wait_until_quiet(self) -> None:
        """Wait until no document has changed for a while."""
        edits = -1
        while edits != self._edits:
            edits = self._edits
            await asyncio.sleep(DEBOUNCE)

    @property
    def is_busy(self) -> bool:
        """Whether a document has changed since diagnostics were computed."""
        return bool(self._session.pending)

    def next_change(self) -> asyncio.Event:
        """Find the event that is set when diagnostics change, or the session ends."""
        return self._changes

    def stop_progress(self, token: str | int) -> None:
        """Stop the work whose progress the user has cancelled."""
        self._bar.stop_token(token)

    def _note_changes(self) -> None:
        """Wake those who wait for changes."""
        self._changes.set()
        self._changes = asyncio.Event()

    def _call_later(self, seconds: float, *, surveys: bool) -> None:
        """Refresh after some time, instead of when it was planned before."""
        if self._timer is not None:
            self._timer.cancel()
        if not self.has_ended:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(
                seconds, lambda: self.spawn(self.refresh(surveys=surveys))
            )

    async def _guard(self, work: Coroutine[Any, Any, None]) -> None:
        """Await a coroutine, and log its failure."""
        try:
            await work
        except Exception:  # noqa: BLE001 # a failure is shown to the user, and the server goes on
            message = f"newslint failed; please report this:\n{traceback.format_exc()}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def _ask_to_pull(self, paths: list[Path]) -> None:
        """Ask the client to pull again if files have changed that it does not pull by itself."""
        open_paths = {each.path for each in self.documents.values()}
        is_known = len(self.documents) == 1 and open_paths.issuperset(paths)
        if self.client.refreshes and paths and not is_known:
            self.workspace_diagnostic_refresh(None)

    async def _publish(self, paths: list[Path], edits: int) -> None:
        """Send the diagnostics of files, open ones first; keep the others if a text changes."""
        open_paths = {each.path for each in self.documents.values()}
        first = [each for each in paths if each in open_paths]
        self._unsent = [each for each in paths if each not in open_paths]
        batch = first
        while batch or self._unsent:
            for found in await self.ask(partial(_list_diagnostics, batch)):
                self._publish_file(found)
            if edits != self._edits:
                return
            batch, self._unsent = self._unsent[:_BATCH], self._unsent[_BATCH:]

    def _publish_file(self, found: FileDiagnostics) -> None:
        """Send the diagnostics of a file, unless its text has changed since."""
        document = self.documents.get(found.uri)
        if document is not None and document.version != found.version:
            return
        if not found.items and document is None and found.uri not in self._published:
            return
        if found.items:
            self._published.add(found.uri)
        else:
            self._published.discard(found.uri)
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(found.uri, found.items, found.version)
        )


def _list_diagnostics(paths: Iterable[Path], session: Session) -> list[FileDiagnostics]:
    """List the diagnostics of files."""
    return [session.diagnostics(path) for path in paths]
