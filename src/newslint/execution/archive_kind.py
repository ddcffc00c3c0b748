"""Archives without settings: is it an archive of news, as rules and schema assume?"""

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from newslint.documents.access import AccessError, read_limited
from newslint.documents.gitignore import GitignorePatterns
from newslint.documents.rows import is_container
from newslint.execution.check_request import CheckRequest
from newslint.records import Collection
from newslint.settings import RuleSelector, Selection, Settings
from newslint.settings.selection import ConfiguredCollection
from newslint.text.lazy_pattern import lazy_pattern

_SIGNS = 3
"""Number of typical fields that a record of news has."""
_FIELD = lazy_pattern(
    rb'^[ \t"\']*(title|excerpt|publishedDateTime|webUrl|provider)["\']?[ \t]*[:=.]', re.MULTILINE
)
_FENCE = lazy_pattern(rb"\s*(?:---|\+\+\+|;;;|\{|<!--\s*\{)")
_MAX_SAMPLE = 100
_MIN_DOCUMENTS = 5
_FEW = 0.05
_HEAD = 64 * 1024
_NEUTRAL = frozenset(
    {
        "baseline",
        "stale_baseline",
        "fail_level",
        "gate",
        "today",
        "exclude",
        "force_exclude",
        "limits",
        "online",
    }
)
"""Settings that say nothing about kinds of records or about rules."""
_NEWS_RULES = ("schema", "missing-image", "uncached-image")
_BARE = "missing-front-matter"


class _Counts(msgspec.Struct, frozen=True):
    """Numbers of documents.

    Attributes:
        documents: All of the sample.
        news: Those with typical fields of news.
        bare: Those that do not start like front matter.
    """

    documents: int
    news: int
    bare: int


def adapt_to_archive(request: CheckRequest, *, is_alone: bool = True) -> CheckRequest:
    """Leave out rules for news if there are no settings and the documents are no news.

    Whether they are is judged by at most 100 documents of the archive, evenly spaced.

    Args:
        request: The request.
        is_alone: Whether there are no other projects in the tree. Beside these, a few documents
            such as a README are not taken for news.

    Raises:
        UsageError: There are no files.
    """
    rules = request.rules
    if not isinstance(rules, Selection) or not _is_unspecified(request.project.settings, rules):
        return request
    files = request.found_files()
    request = replace(request, files=files)
    if any(map(is_container, files.scope)):
        return request
    paths = list(files.corpus.values())
    if len(paths) < (_MIN_DOCUMENTS if is_alone else 1):
        return request
    counts = _count(paths[:: -(-len(paths) // _MAX_SAMPLE)], request)
    if 2 * counts.news >= counts.documents:
        return request
    few = max(1, _FEW * counts.documents) if is_alone else 0
    left_out = [*_NEWS_RULES, *([_BARE] if counts.bare > few else [])]
    notes = (*request.notes, _describe(counts, left_out, is_alone=is_alone))
    return replace(request, rules=_without(rules, left_out), notes=notes)


def _is_unspecified(settings: Settings, rules: Selection) -> bool:
    """Check if neither settings nor the command line say which kinds of records or rules to use."""
    return settings.model_fields_set <= _NEUTRAL and rules.command_line.select is None


def _count(paths: Sequence[Path], request: CheckRequest) -> _Counts:
    """Count the documents that look like news, and those without front matter."""
    heads = [read_head(path, request) for path in paths]
    bare = sum(_FENCE.match(head) is None for head in heads)
    return _Counts(len(heads), sum(map(_has_signs, heads)), bare)


def _has_signs(head: bytes) -> bool:
    """Check if the start of a document contains typical fields of news."""
    found: set[bytes] = set()
    for match in _FIELD.finditer(head):
        found.add(match[1])
        if len(found) == _SIGNS:
            return True
    return False


def read_head(path: Path, request: CheckRequest) -> bytes:
    """Read the start of a document; empty if it cannot be read."""
    if path in request.contents:
        return request.contents[path][:_HEAD]
    try:
        limit = request.project.settings.limits.file_size
        return read_limited(path, limit)[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    except (OSError, AccessError):
        return b""


def _without(rules: Selection, left_out: Sequence[str]) -> Selection:
    """Copy a selection with one collection for all files, which has no schema and fewer rules."""
    selector = RuleSelector(ignore=tuple(left_out), options={"invalid-url": {"relative": ("*",)}})
    everything = ConfiguredCollection(Collection("any", None), GitignorePatterns(("*",)), selector)
    return Selection(
        rules.registry,
        rules.base,
        collections=(everything,),
        overrides=rules.overrides,
        today=rules.today,
        command_line=rules.command_line,
    )


def _describe(counts: _Counts, left_out: Sequence[str], *, is_alone: bool) -> str:
    """Describe why rules do not run, and how to change that."""
    if not is_alone:
        return (
            "no settings for documents outside of the projects, and only "
            f"{counts.news:,} of {counts.documents:,} look like news: not running "
            f"{', '.join(left_out)}; a newslint.toml there can exclude them"
        )
    bare = f", {counts.bare:,} have no front matter" if _BARE in left_out else ""
    return (
        f"no settings, and only {counts.news:,} of {counts.documents:,} documents look like news"
        f"{bare}: not running {', '.join(left_out)}; 'newslint init' drafts settings that fit"
    )
