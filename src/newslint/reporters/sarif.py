"""SARIF 2.1.0, as code scanning on GitHub and viewers in editors read it."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from newslint._version import __version__
from newslint.diagnostics import AnyDiagnostic, Diagnostic, Report, materialise
from newslint.reporters.escape import escaped
from newslint.reporters.json import dump_utf8
from newslint.reporters.ranking import Tell, ranked
from newslint.reporters.sarif_result import ROOT, result
from newslint.reporters.sarif_rules import descriptors
from newslint.rules.api import Rule
from newslint.rules.meta.rule_crashed import RuleCrashed

MOST_RESULTS = 25_000
"""GitHub refuses a run with more results."""

MOST_BYTES = 9_500_000
"""GitHub refuses more than 10 MB, compressed by gzip; what comes after the results is small."""

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_NEW, _UNCHANGED = "new", "unchanged"


def render_sarif(
    report: Report,
    rules: Sequence[type[Rule]],
    tell: Tell,
    baselined: Iterable[Diagnostic] = (),
) -> Iterator[str]:
    """Yield the SARIF log in pieces: one line for each result, what matters most first.

    Args:
        report: What was found.
        rules: Those that ran.
        tell: Is told when results are left out, since GitHub refuses logs that are too large.
        baselined: What the baseline lets pass.
    """
    rows = [*_rows(report, tuple(baselined))]
    described = descriptors(rules, (row[0].rule for row in rows))
    indexes = {each["id"]: index for index, each in enumerate(described)}
    yield _opening(described)
    written = 0
    lines = (dump_utf8(result(materialise(row[0]), indexes[row[0].rule], row[1])) for row in rows)
    for line in _fitting(islice(lines, MOST_RESULTS), MOST_BYTES):
        yield (",\n   " if written else "\n   ") + line
        written += 1
    notice = _notice(written, len(rows))
    if notice:
        tell(notice)
    yield _closing(notice, complete=RuleCrashed.id not in report.by_rule)


def _rows(
    report: Report,
    baselined: Sequence[Diagnostic],
) -> Iterator[tuple[AnyDiagnostic, dict[str, Any]]]:
    """Yield diagnostics, what matters most first, each with what SARIF says of its state.

    Where a result of a run says whether it is suppressed, all have to.
    """
    state = {"baselineState": _NEW} if report.baselined or baselined else {}
    silenced: dict[str, Any] = {"suppressions": []} if report.suppressed else {}
    for finding in ranked(report.diagnostics):
        yield finding, state | silenced
    for finding in ranked(baselined):
        yield finding, {"baselineState": _UNCHANGED} | silenced
    for diagnostic, reason in report.suppressed:
        yield diagnostic, state | {"suppressions": [_suppression(reason)]}


def _suppression(reason: str) -> dict[str, str]:
    """Return how a comment silences a diagnostic."""
    return {"kind": "inSource"} | ({"justification": escaped(reason)} if reason else {})


def _opening(described: Sequence[dict[str, Any]]) -> str:
    """Return the log down to its first result."""
    driver = {"name": "newslint", "semanticVersion": __version__, "rules": described}
    folder = {"description": {"text": "The folder that paths are relative to."}}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: folder},
    }
    head = dump_utf8({"$schema": _SCHEMA, "version": "2.1.0"})
    return f'{head[:-1]}, "runs": [\n {dump_utf8(run)[:-1]},\n  "results": ['


def _closing(notice: str, *, complete: bool) -> str:
    """Return the log after its last result."""
    invocation: dict[str, Any] = {"executionSuccessful": complete}
    if notice:
        told = {"level": "warning", "message": {"text": notice}}
        invocation["toolExecutionNotifications"] = [told]
    return f'],\n  "invocations": [{dump_utf8(invocation)}]}}]}}\n'


def _notice(written: int, number: int) -> str:
    """Return what to say of results that are left out; empty where all are there."""
    if written == number:
        return ""
    return (
        f"the SARIF log holds {written:,} of {number:,} results, the worst first: GitHub takes no "
        f"more than {MOST_RESULTS:,} results and 10 MB; the JSON report holds all"
    )


def _fitting(lines: Iterable[str], most: int) -> Iterator[str]:
    """Yield `lines` as long as all of them take no more than `most` bytes when compressed."""
    compressor = zlib.compressobj()
    size = 0
    for line in lines:
        size += len(compressor.compress(line.encode()))
        if size > most:
            return
        yield line
