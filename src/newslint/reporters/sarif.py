"""SARIF 2.1.0, as code scanning on GitHub and viewers in editors read it.

The log is built from dictionaries, and tests validate it with the JSON Schema of OASIS.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from newslint._manual import page_address
from newslint._version import __version__
from newslint.diagnostics import Diagnostic, Report
from newslint.reporters.causes import omission_notice, prioritise, rank_causes
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.json import dumps_utf8, encode_gate, encode_pattern
from newslint.reporters.sarif_result import ROOT, Result, encode_result, encode_uri
from newslint.reporters.sarif_rules import rule_descriptors
from newslint.reporters.summary import omission_lines
from newslint.rules.api import Rule
from newslint.rules.meta.rule_crashed import RuleCrashed

if TYPE_CHECKING:
    from newslint.execution.origin import Origin

MAX_RESULTS = 5_000
"""GitHub shows at most this number of results of a run."""

MAX_BYTES = 9_500_000
"""GitHub refuses more than 10 MB, compressed by gzip; the end of the log takes the rest."""

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_NEW, _UNCHANGED = "new", "unchanged"

_TOP = "REPOSITORY"
"""The placeholder for the top folder of the repository, if that is not the project root."""


def render_sarif(
    report: Report,
    rules: Sequence[type[Rule]],
    warn: Warn,
    find_origin: "Callable[[], Origin | None]" = lambda: None,
    baselined: Sequence[Diagnostic] = (),
) -> Iterator[str]:
    """Yield the log in pieces: one line for each result.

    The first cause of each rule comes first, then the others from the most important to the least.

    Args:
        report: The outcome of the run.
        rules: The rules that ran.
        warn: Receives a sentence if causes are omitted, as GitHub shows no more.
        find_origin: Finds the commit that was checked; None if there is none.
        baselined: The diagnostics of the baseline.
    """
    results = [*_results(report, baselined)]
    descriptors = rule_descriptors(rules, (each.cause.first.rule for each in results))
    indexes = {each["id"]: index for index, each in enumerate(descriptors)}
    yield _opening(descriptors, find_origin())
    written = 0
    lines = (dumps_utf8(encode_result(each, indexes[each.cause.first.rule])) for each in results)
    for line in _limit_compressed(islice(lines, MAX_RESULTS), MAX_BYTES):
        yield (",\n   " if written else "\n   ") + line
        written += 1
    reason = f"GitHub takes {MAX_RESULTS:,} results and 10 MB"
    notice = omission_notice("the SARIF log", written, len(results), reason)
    if notice:
        warn(notice)
    omitted = Counter(each.cause.first.rule for each in results[written:])
    yield _closing(report, [notice + _omitted_rules(omitted)] if notice else [])


def _results(report: Report, baselined: Sequence[Diagnostic]) -> Iterator[Result]:
    """Yield the results by priority, each with its state.

    If one result of a run has the member `suppressions`, all results must have it.
    """
    state = {"baselineState": _NEW} if report.baselined or baselined else {}
    unsuppressed: dict[str, Any] = {"suppressions": []} if report.suppressed else {}
    for cause in prioritise(rank_causes(report.diagnostics, report.patterns)):
        yield Result(cause, state | unsuppressed)
    for cause in prioritise(rank_causes(baselined)):
        yield Result(cause, {"baselineState": _UNCHANGED} | unsuppressed)
    for suppressed, reason in report.suppressed:
        (cause,) = rank_causes([suppressed])
        yield Result(cause, state | {"suppressions": [_suppression(reason)]})


def _suppression(reason: str) -> dict[str, str]:
    """Encode a suppression by a comment."""
    return {"kind": "inSource"} | ({"justification": escape(reason)} if reason else {})


def _opening(descriptors: Sequence[dict[str, Any]], origin: "Origin | None") -> str:
    """Serialise the log up to its first result."""
    driver = {
        "name": "newslint",
        "semanticVersion": __version__,
        "informationUri": page_address("README"),
        "rules": descriptors,
    }
    folder = "" if origin is None else encode_uri(origin.folder)
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"newslint/{folder}"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": _base_ids(folder),
        **({"versionControlProvenance": [_provenance(origin)]} if origin and origin.url else {}),
    }
    head = dumps_utf8({"$schema": _SCHEMA, "version": "2.1.0"})
    return f'{head[:-1]}, "runs": [\n {dumps_utf8(run)[:-1]},\n  "results": ['


def _base_ids(folder: str) -> dict[str, Any]:
    """Encode the placeholders for folders.

    Args:
        folder: URI of the project root, relative to the top of its repository.
    """
    root: dict[str, Any] = {"description": {"text": "The folder that paths are relative to."}}
    if not folder:
        return {ROOT: root}
    top = {"description": {"text": "The top folder of the repository."}}
    return {_TOP: top, ROOT: {"uri": folder, "uriBaseId": _TOP, **root}}


def _provenance(origin: "Origin") -> dict[str, Any]:
    """Encode the commit that was checked."""
    return {
        "repositoryUri": origin.url,
        "revisionId": origin.commit,
        **({"branch": escape(origin.branch)} if origin.branch else {}),
        "mappedTo": {"uriBaseId": _TOP if origin.folder else ROOT},
    }


def _omitted_rules(numbers: Counter[str]) -> str:
    """Format the rules of the results that are left out, with the number of each."""
    return "; left out: " + ", ".join(f"{number:,} of {rule}" for rule, number in numbers.items())


def _closing(report: Report, notices: Sequence[str]) -> str:
    """Serialise the log after its last result."""
    invocation: dict[str, Any] = {"executionSuccessful": RuleCrashed.id not in report.by_rule}
    if texts := [*notices, *omission_lines(report)]:
        invocation["toolExecutionNotifications"] = [
            {"level": "warning", "message": {"text": text}} for text in texts
        ]
    patterns = [encode_pattern(each) for each in report.patterns]
    members: dict[str, Any] = {"patterns": patterns} if patterns else {}
    if report.gate is not None:
        members["gate"] = encode_gate(report.gate)
    properties = f', "properties": {dumps_utf8(members)}' if members else ""
    return f'],\n  "invocations": [{dumps_utf8(invocation)}]{properties}}}]}}\n'


def _limit_compressed(lines: Iterable[str], max_bytes: int) -> Iterator[str]:
    """Yield lines until their compressed size exceeds `max_bytes`."""
    compressor = zlib.compressobj()
    size = 0
    for line in lines:
        size += len(compressor.compress(line.encode()))
        if size > max_bytes:
            return
        yield line
