"""What names a run whose output would be, to the byte, that of an earlier one."""

from collections.abc import Iterable
from pathlib import Path

from newslint.engine.context import digest_of, run_context
from newslint.engine.session import Found, Session
from newslint.engine.sign import lasting, sign_of
from newslint.settings import Selection


def answer_key(
    session: Session,
    selection: Selection,
    found: Found,
    others: Iterable[Path],
    now: int,
    *invocation: object,
) -> bytes | None:
    """Return what names a run; None where that cannot be told without reading files.

    Args:
        session: What is checked.
        selection: By which rules.
        found: The files.
        others: Further files that the output depends on.
        now: When the run began, in nanoseconds since 1970.
        invocation: What else the output depends on, told by representations.
    """
    files, left_out = found
    signs = [lasting(sign_of(path), now) for path in (*files.corpus.values(), *others)]
    if not all(signs):
        return None
    context = run_context(selection, session.project.settings)
    project = (session.project.root, session.project.file, session.project.root_found)
    names = (list(files.corpus), list(files.scope), left_out, session.paths, [*others])
    return digest_of(context, project, names, b"".join(signs), invocation)
