"""The handlers of requests about one open document."""

from collections.abc import Callable
from functools import partial
from typing import Any

from lsprotocol import types

from newslint.lsp import code_actions, navigation
from newslint.lsp.commands import add_to_baseline
from newslint.lsp.completion import complete
from newslint.lsp.edits import compare_texts, create_edit
from newslint.lsp.fix_all import fix_text
from newslint.lsp.hover import find_hover
from newslint.lsp.open_documents import parse_uri
from newslint.lsp.server import Server
from newslint.lsp.settings_completion import complete_settings
from newslint.lsp.settings_files import SETTINGS_NAMES
from newslint.lsp.view import DocumentView


def register_features(server: Server) -> None:
    """Add the features to a server."""
    actions = types.CodeActionOptions(code_action_kinds=code_actions.KINDS)
    completion = types.CompletionOptions(trigger_characters=[":", "-", " ", '"', "'"])
    handlers: list[tuple[str, object, Callable[..., Any]]] = [
        (types.TEXT_DOCUMENT_CODE_ACTION, actions, list_actions),
        (types.TEXT_DOCUMENT_HOVER, None, hover),
        (types.TEXT_DOCUMENT_DEFINITION, None, define),
        (types.TEXT_DOCUMENT_REFERENCES, None, refer),
        (types.TEXT_DOCUMENT_CODE_LENS, None, list_lenses),
        (types.TEXT_DOCUMENT_DOCUMENT_LINK, None, list_links),
        (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, None, list_symbols),
        (types.TEXT_DOCUMENT_COMPLETION, completion, complete_text),
    ]
    for method, options, handler in handlers:
        server.feature(method, options)(handler)
    server.command(code_actions.ADD_TO_BASELINE)(execute_add_to_baseline)
    server.command(code_actions.OPEN_PAGE)(execute_open_page)
    server.command(code_actions.FIX_ALL_COMMAND)(execute_fix_all)
    server.command(navigation.SHOW_MENTIONS)(execute_show_mentions)


async def list_actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """List the actions at a range."""
    only = params.context.only
    kinds = None if only is None else [str(getattr(each, "value", each)) for each in only]
    return await ls.ask_view(
        params.text_document.uri,
        lambda view: code_actions.list_actions(view, params.range, kinds, ls.client),
    )


async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """Explain diagnostics and the article at a position."""
    return await ls.ask_view(
        params.text_document.uri, lambda view: find_hover(view, params.position)
    )


async def define(ls: Server, params: types.DefinitionParams) -> list[types.Location] | None:
    """Find the record of an entry."""
    return await ls.ask_view(
        params.text_document.uri, lambda view: navigation.find_definitions(view, params.position)
    )


async def refer(ls: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    """Find the mentions of an article."""
    with_records = params.context.include_declaration
    return await ls.ask_view(
        params.text_document.uri,
        lambda view: navigation.find_references(view, params.position, with_records=with_records),
    )


async def list_lenses(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """List lenses with the number of mentions."""
    return await ls.ask_view(params.text_document.uri, navigation.list_lenses)


async def list_links(
    ls: Server, params: types.DocumentLinkParams
) -> list[types.DocumentLink] | None:
    """List links to the records of entries."""
    return await ls.ask_view(
        params.text_document.uri,
        lambda view: navigation.list_links(view, has_tooltips=ls.client.has_tooltips),
    )


async def list_symbols(
    ls: Server, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | None:
    """List the fields of a document."""
    return await ls.ask_view(params.text_document.uri, navigation.list_symbols)


async def complete_text(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    """Complete the key or value at a position, in a record or in settings."""
    uri, position = params.text_document.uri, params.position
    path = parse_uri(uri)
    if path is not None and path.name in SETTINGS_NAMES:
        document, encoding = ls.documents.get(uri), ls.encoding
        if document is None:
            return None
        return await ls.ask(
            lambda session: complete_settings(
                document, position, encoding, session.registry_of(document.path)
            )
        )
    return await ls.ask_view(uri, lambda view: complete(view, position))


async def execute_add_to_baseline(ls: Server, uri: str, fingerprint: str) -> None:
    """Add a diagnostic to the baseline."""
    reason = await ls.ask_view(uri, partial(_add_to_baseline, fingerprint))
    if reason:
        message = f"newslint cannot change the baseline: {reason}"
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))
    ls.schedule()


def _add_to_baseline(fingerprint: str, view: DocumentView) -> str:
    """Add a diagnostic of a document to the baseline."""
    return add_to_baseline(view, fingerprint)


async def execute_open_page(ls: Server, address: str) -> None:
    """Open the page of a rule in the browser."""
    if address.startswith(("https://", "http://")):
        await ls.window_show_document_async(types.ShowDocumentParams(uri=address, external=True))


async def execute_fix_all(ls: Server, uri: str) -> None:
    """Apply all safe fixes of a document."""

    def fix(view: DocumentView) -> types.WorkspaceEdit:
        after = fix_text(view.project, view.name, view.open.content)
        return create_edit(view, compare_texts(view, after), has_versions=ls.client.has_versions)

    edit = await ls.ask_view(uri, fix)
    if edit is not None:
        await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit))


async def execute_show_mentions(
    ls: Server, _uri: str, _position: Any, locations: list[Any]
) -> None:
    """Name the files that mention a record; editors with a list of references use that."""
    paths = [parse_uri(each["uri"]) for each in locations]
    names = sorted({path.name for path in paths if path is not None})
    message = f"Mentioned by {', '.join(names)}"
    ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))
