"""JUnit's XML, as CI servers read it: a test suite for each file, a failure for each diagnostic."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from newslint.diagnostics import Diagnostic, Report
from newslint.reporters.escape import escape

_FORBIDDEN = re.compile("[\ufffe\uffff]")
"""Characters that XML 1.0 forbids and `escape` does not escape."""


def render_junit(report: Report) -> Iterator[str]:
    """Yield the report in pieces: one for each file that has diagnostics.

    A clean report contains one test that passed, as CI servers take an empty one for a mistake.
    """
    total = len(report.diagnostics)
    yield "<?xml version='1.0' encoding='utf-8'?>\n"
    yield f'<testsuites name="newslint" tests="{max(total, 1)}" failures="{total}">\n'
    if not total:
        passed = ET.Element("testcase", name="check", classname="newslint")
        yield _serialise(_suite("newslint", [passed], failures=0))
    for path, diagnostics in groupby(report.diagnostics, lambda each: each.location.path):
        cases = list(map(_failed_case, diagnostics))
        yield _serialise(_suite(_escape_xml(path), cases, failures=len(cases)))
    yield "</testsuites>\n"


def _suite(name: str, cases: Sequence[ET.Element], failures: int) -> ET.Element:
    """Build the test suite that contains `cases`."""
    suite = ET.Element("testsuite", name=name, tests=str(len(cases)), failures=str(failures))
    suite.set("errors", "0")
    suite.extend(cases)
    return suite


def _failed_case(diagnostic: Diagnostic) -> ET.Element:
    """Build the failed test of a diagnostic.

    Its name is the rule and the pointer, which do not change when lines move, so that a CI server
    recognises new failures.
    """
    location = diagnostic.location
    line, column = location.span.start
    path = _escape_xml(location.path)
    name = f"{diagnostic.rule} {_escape_xml(location.pointer)}".rstrip()
    case = ET.Element("testcase", name=name, classname=path, file=path, line=str(line))
    message = _escape_xml(diagnostic.message)
    failure = ET.SubElement(case, "failure", type=diagnostic.severity.value, message=message)
    failure.text = f"{path}:{line}:{column}: {diagnostic.severity} {diagnostic.rule} {message}"
    return case


def _escape_xml(text: str) -> str:
    """Escape unsafe characters and characters that XML forbids; not markup, ElementTree does."""
    return _FORBIDDEN.sub(lambda match: ascii(match[0])[1:-1], escape(text))


def _serialise(suite: ET.Element) -> str:
    """Serialise a test suite, indented."""
    ET.indent(suite, " ", level=1)
    return " " + ET.tostring(suite, encoding="unicode") + "\n"
