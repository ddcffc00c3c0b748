"""JUnit's XML, as CI servers read it: a test suite for each file, a test for each cause.

The last suite is the quality gate, if it has limits, or fails for another reason than the causes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, starmap
from xml.etree import ElementTree as ET

from newslint.diagnostics import Gate, GateResult, Report, judge_gate
from newslint.diagnostics.gate import SEVERITY_METRICS
from newslint.reporters.causes import Cause, omission_notice, rank_causes, select_causes
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.summary import gate_line

_FORBIDDEN = re.compile("[\ufffe\uffff]")
"""Characters that XML 1.0 forbids and `escape` does not escape."""


def render_junit(report: Report, warn: Warn) -> Iterator[str]:
    """Yield the report in pieces: one for each file that is the first place of a cause.

    A cause that does not count towards a limit that is exceeded is a skipped test, whose message CI
    servers show. A clean report contains one test that passed, as they take an empty one for a
    mistake.

    Args:
        report: The outcome of the run.
        warn: Receives a sentence if causes are omitted.
    """
    causes = rank_causes(report.diagnostics, report.patterns)
    selected = sorted(select_causes(causes), key=lambda each: each.first.order)
    notice = omission_notice("the JUnit report", len(selected), len(causes))
    gate = report.gate or judge_gate(report, Gate())
    limits = [_gate_case(gate)] if gate.needs_explanation(SEVERITY_METRICS.values()) else []
    total = len(selected) + bool(notice or not causes) + len(limits)
    failures = sum(_has_failed(each, gate) for each in selected)
    failures += sum(len(each) for each in limits)
    yield "<?xml version='1.0' encoding='utf-8'?>\n"
    yield f'<testsuites name="newslint" tests="{total}" failures="{failures}">\n'
    if not causes:
        yield _suite("newslint", [ET.Element("testcase", name="check", classname="newslint")])
    for path, group in groupby(selected, lambda each: each.first.path):
        yield _suite(_escape_xml(path), list(_cases(group, gate)))
    if notice:
        warn(notice)
        case = ET.Element("testcase", name="causes that are not listed", classname="newslint")
        ET.SubElement(case, "skipped", message=notice)
        yield _suite("newslint", [case])
    if limits:
        yield _suite("quality gate", limits)
    yield "</testsuites>\n"


def _suite(name: str, cases: Sequence[ET.Element]) -> str:
    """Serialise the test suite that contains `cases`."""
    numbers = Counter(each.tag for case in cases for each in case)
    suite = ET.Element("testsuite", name=name, tests=str(len(cases)))
    suite.set("failures", str(numbers["failure"]))
    suite.set("errors", "0")
    suite.set("skipped", str(numbers["skipped"]))
    suite.extend(cases)
    ET.indent(suite, " ", level=1)
    return " " + ET.tostring(suite, encoding="unicode") + "\n"


def _has_failed(cause: Cause, gate: GateResult) -> bool:
    """Check if a diagnostic of a cause counts towards a limit that is exceeded."""
    kinds = {(each.rule, each.severity, each.occurrence.project) for each in cause.diagnostics}
    return any(starmap(gate.is_exceeded_by, kinds))


def _cases(causes: Iterable[Cause], gate: GateResult) -> Iterator[ET.Element]:
    """Yield the test of each cause whose first place is in one file.

    Its name is the rule and the pointer, which do not change when lines move, so that a CI server
    recognises new failures. Equal names get a number, as GitLab ignores tests of known names.
    """
    names: Counter[str] = Counter()
    for cause in causes:
        name = f"{cause.first.rule} {_escape_xml(cause.first.location.pointer)}".rstrip()
        names[name] += 1
        if names[name] > 1:
            name += f" ({names[name]})"
        yield _case(name, cause, has_failed=_has_failed(cause, gate))


def _case(name: str, cause: Cause, *, has_failed: bool) -> ET.Element:
    """Build the test of a cause: failed, or skipped."""
    location = cause.first.location
    line, column = location.span.start
    path = _escape_xml(location.path)
    case = ET.Element("testcase", name=name, classname=path, file=path, line=str(line))
    message = _escape_xml(cause.message)
    if has_failed:
        result = ET.SubElement(case, "failure", type=cause.severity.value, message=message)
    else:
        result = ET.SubElement(case, "skipped", message=f"{cause.severity}: {message}")
    result.text = f"{path}:{line}:{column}: {cause.severity} {cause.first.rule} {message}"
    return case


def _gate_case(gate: GateResult) -> ET.Element:
    """Build the test of the quality gate."""
    case = ET.Element("testcase", name="quality gate", classname="newslint")
    if not gate.has_passed:
        ET.SubElement(case, "failure", type="gate", message=gate_line(gate))
    return case


def _escape_xml(text: str) -> str:
    """Escape unsafe characters and characters that XML forbids; not markup, ElementTree does."""
    return _FORBIDDEN.sub(lambda match: ascii(match[0])[1:-1], escape(text))
