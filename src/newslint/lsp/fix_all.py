"""Application of all safe fixes to the text of one document."""

from newslint.diagnostics import Diagnostic, Safety
from newslint.documents import read_document
from newslint.execution.fixed_file import FixFailure
from newslint.execution.fixing import MAX_ROUNDS, fix_document
from newslint.lsp.served_project import ServedProject


def fix_text(project: ServedProject, name: str, content: bytes) -> str:
    """Apply all safe fixes of a file, round by round as `newslint check --fix` does.

    Args:
        project: The project; it contains the file as it was in the end.
        name: The file.
        content: Its content, which the project contains.

    Returns:
        The fixed text; the current one if the fixes do damage, or do not come to an end.
    """
    reader = project.request.reader.parser()
    after = content
    try:
        for _ in range(MAX_ROUNDS):
            found = _list_safe(project, name)
            if not found:
                return after.decode("utf-8", "surrogatepass")
            fixed = fix_document(read_document(name, after, reader), found, reader)
            if isinstance(fixed, FixFailure):
                break
            after, _ = fixed
            project.workspace.update(name, after)
    finally:
        project.workspace.update(name, content)
    return content.decode("utf-8", "surrogatepass")


def _list_safe(project: ServedProject, name: str) -> list[Diagnostic]:
    """List the diagnostics of a file that have safe fixes."""
    found = project.diagnostics(name, surveys=False)
    return [each for each in found if each.fix and each.fix.safety is Safety.SAFE]
