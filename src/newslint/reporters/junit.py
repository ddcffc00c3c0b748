"""JUnit's XML, as CI servers read it: a test suite for each file, a failure for each diagnostic."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from newslint.diagnostics import Diagnostic, Report
from newslint.reporters.escape import escape

_FORBIDDEN = re.compile("[\ufffe\uffff]")
"""What XML 1.0 does not allow and what could be printed elsewhere."""


def render_junit(report: Report) -> Iterator[str]:
    """Yield the report in pieces: one for each file that has diagnostics.

    A report without any holds one test that passed, since CI servers take none for a mistake.
    """
    number = len(report.diagnostics)
    yield "<?xml version='1.0' encoding='utf-8'?>\n"
    yield f'<testsuites name="newslint" tests="{max(number, 1)}" failures="{number}">\n'
    if not number:
        yield _text(
            _suite("newslint", [ET.Element("testcase", name="check", classname="newslint")])
        )
    for path, found in groupby(report.diagnostics, lambda each: each.location.path):
        yield _text(_suite(_xml(path), [_case(diagnostic) for diagnostic in found], failed=True))
    yield "</testsuites>\n"


def _suite(name: str, cases: Sequence[ET.Element], *, failed: bool = False) -> ET.Element:
    """Return the suite that holds `cases`, of which all or none failed."""
    failures = len(cases) if failed else 0
    suite = ET.Element("testsuite", name=name, tests=str(len(cases)), failures=str(failures))
    suite.set("errors", "0")
    suite.extend(cases)
    return suite


def _case(diagnostic: Diagnostic) -> ET.Element:
    """Return the test that failed with `diagnostic`.

    It is called after rule and pointer, which stay the same when lines move, so that a CI server
    can tell which failures are new.
    """
    location = diagnostic.location
    line, column = location.span.start
    path = _xml(location.path)
    name = f"{diagnostic.rule} {_xml(location.pointer)}".rstrip()
    case = ET.Element("testcase", name=name, classname=path, file=path, line=str(line))
    message = _xml(diagnostic.message)
    failure = ET.SubElement(case, "failure", type=diagnostic.severity.value, message=message)
    failure.text = f"{path}:{line}:{column}: {diagnostic.severity} {diagnostic.rule} {message}"
    return case


def _xml(text: str) -> str:
    """Return `text` with what XML cannot hold, or what cannot be seen, as escapes."""
    return _FORBIDDEN.sub(lambda match: ascii(match[0])[1:-1], escape(text))


def _text(suite: ET.Element) -> str:
    """Return an element as it is written."""
    ET.indent(suite, " ", level=1)
    return " " + ET.tostring(suite, encoding="unicode") + "\n"
