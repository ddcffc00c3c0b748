"""Cache keys of a state of files and settings: runs with equal keys have the same results."""

from collections.abc import Iterable
from pathlib import Path

from newslint.execution.cache_keys import run_key
from newslint.execution.check_request import CheckRequest
from newslint.execution.stat_fingerprint import unless_racy
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
    paths = [*request.found_files().corpus.values(), *others]
    return state_key(request, paths, ([*others], invocation))


def state_key(request: CheckRequest, paths: Iterable[Path], further: object) -> bytes | None:
    """Compute the digest of the settings, the names of all files, and the state of some files.

    Args:
        request: The request; its files have been found.
        paths: The files whose size and times are part of the digest.
        further: Other values that are part of it; `repr` must distinguish them.

    Returns:
        The digest; None as for `output_key`.
    """
    if not isinstance(request.rules, Selection) or request.cache is None:
        return None
    cache, files = request.cache, request.found_files()
    stats = [unless_racy(cache.stat(path), cache.now) for path in paths]
    if not all(stats):
        return None
    project = request.project
    settings = run_key(request.rules, project.settings)
    place = (project.root, project.file, project.root_found)
    names = (list(files.corpus), list(files.scope), files.left_out, [*request.paths])
    verdicts = request.verdicts.read(request).digest
    return digest_of(settings, place, names, b"".join(stats), verdicts, further, request.notes)
