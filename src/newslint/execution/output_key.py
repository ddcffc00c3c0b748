"""The cache key of the output of a run: runs with equal keys print the same bytes."""

from collections.abc import Iterable
from pathlib import Path

from newslint.execution.cache_keys import run_key
from newslint.execution.check_request import CheckRequest
from newslint.execution.stat_fingerprint import stat_fingerprint, unless_racy
from newslint.settings import Selection
from newslint.settings.digests import digest_of


def output_key(
    request: CheckRequest,
    selection: Selection,
    others: Iterable[Path],
    now: int,
    *invocation: object,
) -> bytes | None:
    """Compute the cache key of the output of a run.

    Args:
        request: The request; its files have been found.
        selection: The selected rules.
        others: Further files that the output depends on, such as the baseline.
        now: When the run began, in nanoseconds since 1970.
        invocation: Other values that the output depends on; `repr` must distinguish them.

    Returns:
        The key; None if a file changed too recently to rely on its size and times.
    """
    files = request.found_files()
    paths = [*files.corpus.values(), *others]
    stats = [unless_racy(stat_fingerprint(path), now) for path in paths]
    if not all(stats):
        return None
    project = request.project
    settings = run_key(selection, project.settings)
    place = (project.root, project.file, project.root_found)
    names = (list(files.corpus), list(files.scope), files.left_out, [*request.paths], [*others])
    return digest_of(settings, place, names, b"".join(stats), invocation)
