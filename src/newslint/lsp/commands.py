"""Commands that the client asks the server to execute."""

from pathlib import Path

from newslint.documents.access import AccessError, resolve_named
from newslint.engine.baseline import Baseline
from newslint.engine.baseline_file import BaselineError, read_baseline, render_baseline
from newslint.lsp.view import DocumentView


def add_to_baseline(view: DocumentView, fingerprint: str) -> str:
    """Add a diagnostic to the baseline of its project.

    Args:
        view: The document.
        fingerprint: The fingerprint of the diagnostic.

    Returns:
        An empty text, or the reason why that is not possible.
    """
    found = [each for each in view.diagnostics if each.fingerprint == fingerprint]
    path = view.project.request.project.baseline
    if not found or path is None:
        return "the diagnostic no longer exists" if path else "the settings name no baseline"
    try:
        before = _read(path)
        target = resolve_named(path)
        text = "".join(render_baseline(before | Baseline.from_diagnostics(found)))
        target.write_text(text, "utf-8", newline="")
    except (BaselineError, AccessError, OSError) as error:
        return str(error)
    view.project.reload_baseline()
    return ""


def _read(path: Path) -> Baseline:
    """Read a baseline; an empty one if there is no file.

    Raises:
        BaselineError: It cannot be used.
    """
    try:
        return read_baseline(path, path.name)
    except FileNotFoundError:
        return Baseline()
