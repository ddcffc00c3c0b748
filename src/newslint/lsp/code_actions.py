"""Actions on diagnostics: fixes, suppression, the baseline, and the page of a rule."""

from collections.abc import Collection, Iterator

from lsprotocol import types

from newslint.diagnostics import Diagnostic, Safety
from newslint.engine.suppression_writer import NOT_SUPPRESSIBLE, insert_suppressions
from newslint.lsp.client import ClientAbilities
from newslint.lsp.edits import compare_texts, convert_edits, create_edit
from newslint.lsp.fix_all import fix_text
from newslint.lsp.view import DocumentView, find_address
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.text import Position

FIX_ALL = "source.fixAll.newslint"
ADD_TO_BASELINE = "newslint.addToBaseline"
FIX_ALL_COMMAND = "newslint.fixAll"
OPEN_PAGE = "newslint.openRulePage"

KINDS = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll, FIX_ALL]
"""The kinds of actions that the server offers."""


def list_actions(
    view: DocumentView,
    chosen: types.Range,
    only: Collection[str] | None,
    client: ClientAbilities,
) -> list[types.CodeAction]:
    """List the actions at a range.

    Args:
        view: The document.
        chosen: The range.
        only: The kinds of actions that the client asks for; None for all.
        client: The abilities of the client.
    """
    actions: list[types.CodeAction] = []
    if _is_wanted(types.CodeActionKind.QuickFix, only):
        start, end = view.positions.place(chosen.start), view.positions.place(chosen.end)
        found = [each for each in view.diagnostics if _overlaps(each, start, end)]
        for each in found:
            actions += _fix_actions(view, each, client)
        for each in found:
            actions += _other_actions(view, each, client)
    if _is_wanted(FIX_ALL, only) and _has_safe_fix(view):
        actions += _fix_all_action(view, client, is_asked=only is not None)
    return actions


def _is_wanted(kind: str, only: Collection[str] | None) -> bool:
    """Check if a client asks for a kind of actions, or for one that contains it."""
    return only is None or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _overlaps(diagnostic: Diagnostic, start: Position, end: Position) -> bool:
    """Check if a diagnostic is between two places, or touches them."""
    first, last = diagnostic.location.span
    return first <= end and start <= last


def _fix_actions(
    view: DocumentView, diagnostic: Diagnostic, client: ClientAbilities
) -> Iterator[types.CodeAction]:
    """Yield the action that applies the fix of a diagnostic."""
    fix = diagnostic.fix
    if fix is None or not fix.edits:
        return
    is_safe = fix.safety is Safety.SAFE
    edits = convert_edits(view, fix.edits)
    yield types.CodeAction(
        title=fix.title if is_safe else f"{fix.title} (unsafe: review the result)",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[view.convert(diagnostic)],
        is_preferred=is_safe,
        edit=create_edit(view, edits, has_versions=client.has_versions),
    )


def _other_actions(
    view: DocumentView, diagnostic: Diagnostic, client: ClientAbilities
) -> Iterator[types.CodeAction]:
    """Yield the actions that accept a diagnostic, or explain it."""
    rule = diagnostic.rule
    ignored = _suppress(view, diagnostic)
    if ignored is not None:
        edit = create_edit(view, ignored, has_versions=client.has_versions)
        yield _action(view, diagnostic, f"Ignore {rule} here", edit=edit)
    if view.project.request.project.baseline is not None and rule != RuleCrashed.id:
        arguments = [view.open.uri, diagnostic.fingerprint]
        title = f"Add this {rule} to the baseline"
        command = types.Command(title=title, command=ADD_TO_BASELINE, arguments=arguments)
        yield _action(view, diagnostic, title, command=command)
    address = find_address(view.registry, rule)
    if address and client.shows_documents:
        title = f"Open the page of {rule}"
        command = types.Command(title=title, command=OPEN_PAGE, arguments=[address])
        yield _action(view, diagnostic, title, command=command)


def _action(
    view: DocumentView,
    diagnostic: Diagnostic,
    title: str,
    *,
    edit: types.WorkspaceEdit | None = None,
    command: types.Command | None = None,
) -> types.CodeAction:
    """Create an action that belongs to a diagnostic."""
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[view.convert(diagnostic)],
        edit=edit,
        command=command,
    )


def _suppress(view: DocumentView, diagnostic: Diagnostic) -> list[types.TextEdit] | None:
    """List the edits that insert a comment which suppresses a diagnostic; None if none can."""
    if diagnostic.rule in NOT_SUPPRESSIBLE:
        return None
    reader = view.project.request.reader.parser()
    after = insert_suppressions(view.document, [diagnostic], "", view.registry, reader)
    return None if after is None else compare_texts(view, after.source.text)


def _has_safe_fix(view: DocumentView) -> bool:
    """Check if a diagnostic of a document has a safe fix."""
    return any(each.fix and each.fix.safety is Safety.SAFE for each in view.diagnostics)


def _fix_all_action(
    view: DocumentView, client: ClientAbilities, *, is_asked: bool
) -> Iterator[types.CodeAction]:
    """Yield the action that applies all safe fixes of a document.

    Args:
        view: The document.
        client: The abilities of the client.
        is_asked: Whether the client wants this action, as when a file is saved. If not, the fixes
            are computed when the user chooses the action.
    """
    title = "Apply all safe fixes of newslint in this file"
    if not is_asked:
        command = types.Command(title=title, command=FIX_ALL_COMMAND, arguments=[view.open.uri])
        yield types.CodeAction(title=title, kind=FIX_ALL, command=command)
        return
    edits = compare_texts(view, fix_text(view.project, view.name, view.open.content))
    if edits:
        edit = create_edit(view, edits, has_versions=client.has_versions)
        yield types.CodeAction(title=title, kind=FIX_ALL, edit=edit)
