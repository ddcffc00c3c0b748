"""The abilities of the client, and its wishes when it starts the server."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types

from newslint.lsp.open_documents import parse_uri


class ClientAbilities(NamedTuple):
    """The abilities of the client.

    Attributes:
        folders: The folders that it works on.
        pulls: It asks for diagnostics, so they are not sent without a question.
        refreshes: It fetches diagnostics again when the server requests that.
        has_related: It shows related locations of diagnostics.
        has_tooltips: It shows remarks on links.
        has_progress: It shows progress.
        watches: It can be asked to report changes of files.
        shows_documents: It can be asked to open an address.
        has_versions: Edits of documents may have the version that they apply to.
        options: The options that its user has set for the server.
    """

    folders: tuple[Path, ...] = ()
    pulls: bool = False
    refreshes: bool = False
    has_related: bool = False
    has_tooltips: bool = False
    has_progress: bool = False
    watches: bool = False
    shows_documents: bool = False
    has_versions: bool = False
    options: Mapping[str, Any] = {}  # never changed

    @classmethod
    def read(cls, params: types.InitializeParams) -> "ClientAbilities":
        """Read the first message of a client."""
        abilities = params.capabilities
        text, workspace = abilities.text_document, abilities.workspace
        window = abilities.window
        published = text.publish_diagnostics if text else None
        pulled = workspace.diagnostics if workspace else None
        watched = workspace.did_change_watched_files if workspace else None
        edits = workspace.workspace_edit if workspace else None
        shown = window.show_document if window else None
        options = params.initialization_options
        return cls(
            _list_folders(params),
            pulls=bool(text and text.diagnostic),
            refreshes=bool(pulled and pulled.refresh_support),
            has_related=bool(published and published.related_information),
            has_tooltips=bool(text and text.document_link and text.document_link.tooltip_support),
            has_progress=bool(window and window.work_done_progress),
            watches=bool(watched and watched.dynamic_registration),
            shows_documents=bool(shown and shown.support),
            has_versions=bool(edits and edits.document_changes),
            options=options if isinstance(options, dict) else {},
        )


def _list_folders(params: types.InitializeParams) -> tuple[Path, ...]:
    """List the folders that the client works on."""
    uris = [each.uri for each in params.workspace_folders or ()]
    if not uris and params.root_uri:
        uris = [params.root_uri]
    paths = [path for path in map(parse_uri, uris) if path is not None]
    if not uris and params.root_path:
        paths = [Path(params.root_path)]
    return tuple(dict.fromkeys(paths))
