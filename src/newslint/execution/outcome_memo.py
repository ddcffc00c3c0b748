"""The outcomes of checks of few files, for later runs on the same state with other options.

So the hook that fixes the files of a commit finds the outcome of the hook that checks them.
"""

from functools import partial
from typing import NamedTuple

import msgspec

from newslint.diagnostics import Diagnostic, Report, SuppressedDiagnostic
from newslint.diagnostics.pages import Pages
from newslint.diagnostics.patterns import PlaceCount
from newslint.documents.rows import is_container
from newslint.execution.check_request import CheckRequest
from newslint.execution.mapping import content_digest
from newslint.execution.outcome import Outcome, Renewal, redacted_text
from newslint.execution.output_key import state_key
from newslint.execution.workspace import Workspace

MAX_FILES = 256
"""Outcomes of checks of more files are not stored."""

MAX_BYTES = 1024 * 1024
"""Larger outcomes are not stored."""


class StoredOutcome(msgspec.Struct, frozen=True, array_like=True):
    """The parts of an outcome that its request does not determine.

    Attributes:
        counts: Numbers of documents, records and mentions.
        diagnostics: The diagnostics of the report.
        suppressed: Its suppressed diagnostics.
        asked: The places that rules examined.
        rules: Ids of the rules that ran on any file.
        known: Number of files that were not reported on.
        groups: Number of groups whose judgement was needed.
        files: Digest of the files of the project; empty if no rule needed them.
    """

    counts: tuple[int, int, int]
    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[SuppressedDiagnostic, ...]
    asked: tuple[tuple[str, Pages, PlaceCount], ...]
    rules: tuple[str, ...]
    known: int
    groups: int
    files: bytes


class OutcomeKey(NamedTuple):
    """The identity of an outcome.

    Attributes:
        digest: Digest of all that the outcome depends on but the files of the project.
        seen: Digests of the contents of the files that are reported on, by name.
    """

    digest: bytes
    seen: dict[str, bytes]


class RecalledCheck(NamedTuple):
    """A check whose outcome is known.

    Attributes:
        request: Its request.
        known: Its outcome.
    """

    request: CheckRequest
    known: Outcome

    def outcome(self) -> Outcome:
        """Return the outcome."""
        return self.known


def outcome_key(request: CheckRequest) -> OutcomeKey | None:
    """Compute the key of the outcome of a check, before its files are read.

    Files that are reported on may have just been changed, so their contents count; the others, of
    which there may be many, count as unchanged by their size and times.

    Returns:
        The key; None if the outcome is not stored, such as that of a whole archive.
    """
    found = request.found_files()
    has_options = request.contents or request.diff or request.memory or request.profiler
    is_small = found.scope.keys() < found.corpus.keys() and len(found.scope) <= MAX_FILES
    if has_options or not is_small or any(map(is_container, found.scope)):
        return None
    seen = {name: content_digest(request.reader.read(path)) for name, path in found.scope.items()}
    others = (path for name, path in found.corpus.items() if name not in seen)
    digest = state_key(request, others, ("outcome", seen, request.limits))
    return None if digest is None else OutcomeKey(digest, seen)


def recall_outcome(request: CheckRequest, key: OutcomeKey) -> Outcome | None:
    """Find the outcome of a check; None if it is not stored, or damaged."""
    assert request.cache is not None  # noqa: S101 # there is no key otherwise
    data = request.cache.find_output(key.digest)
    if data is None:
        return None
    try:
        stored = msgspec.msgpack.decode(data, type=StoredOutcome)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    known = {rule.id: rule for rule in request.project.registry}
    if not known.keys() >= {*stored.rules}:
        return None
    if stored.files and request.listing.read(request).digest != stored.files:
        return None
    asked = {(rule, pages): count for rule, pages, count in stored.asked}
    report = Report(*stored.counts, stored.diagnostics, stored.suppressed, asked=asked)
    most = request.max_per_rule
    if most is not None and any(number > most for number in report.by_rule.values()):
        return None
    return Outcome(
        report,
        complete=True,
        text=partial(redacted_text, request.reader, request.found_files().corpus),
        judged=frozenset(),
        rules=tuple(known[name] for name in stored.rules),
        left_out=request.found_files().left_out,
        seen=key.seen,
        known=stored.known,
        renewal=Renewal(recalled=stored.groups),
        statistics=lambda: Workspace(request).outcome().statistics(),
    )


def store_outcome(request: CheckRequest, key: OutcomeKey, outcome: Outcome) -> None:
    """Store the outcome of a check, unless its files changed meanwhile or it is unusual."""
    report = outcome.report
    is_usual = outcome.complete and not outcome.unread and outcome.find_row is None
    if request.cache is None or not is_usual or report.omitted or outcome.seen != key.seen:
        return
    stored = StoredOutcome(
        (report.documents, report.records, report.mentions),
        tuple(report.diagnostics),
        tuple(report.suppressed),
        tuple((*each, count) for each, count in report.asked.items()),
        tuple(rule.id for rule in outcome.rules),
        outcome.known,
        outcome.renewal.groups + outcome.renewal.recalled,
        request.listing.digest,
    )
    try:
        data = msgspec.msgpack.encode(stored)
    except (TypeError, ValueError, OverflowError):
        return
    if len(data) <= MAX_BYTES:
        request.cache.add_output(key.digest, data)
