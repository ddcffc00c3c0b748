"""The cache key of the output of a run: runs with equal keys print the same bytes."""

from collections.abc import Iterable
from pathlib import Path

from newslint.execution.cache_keys import run_key
from newslint.execution.check_request import CheckRequest
from newslint.execution.stat_fingerprint import stat_fingerprint, unless_racy
from newslint.settings import Selection
from newslint.settings.digests import digest_of


def output_key(request: CheckRequest, others: Iterable[Path], invocation: object) -> bytes | None:
    """Compute the cache key of the output about one project.

    Args:
        request: The request; its files have been found.
        others: Further files that the output depends on, such as the baseline.
        invocation: Other values that the output depends on; `repr` must distinguish them.

    Returns:
        The key; None if there is no cache, or if a file changed too recently to rely on its size
        and times.
    """
    if not isinstance(request.rules, Selection) or request.cache is None:
        return None
    now = request.cache.now
    files = request.found_files()
    paths = [*files.corpus.values(), *others]
    stats = [unless_racy(stat_fingerprint(path), now) for path in paths]
    if not all(stats):
        return None
    project = request.project
    settings = run_key(request.rules, project.settings)
    place = (project.root, project.file, project.root_found)
    names = (list(files.corpus), list(files.scope), files.left_out, [*request.paths], [*others])
    verdicts = request.verdicts.read(request).digest
    return digest_of(settings, place, names, b"".join(stats), verdicts, invocation, request.notes)
