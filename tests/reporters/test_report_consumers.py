"""Consumers accept every report, whatever text the records contain."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from consumers import (
    CodeQuality,
    Rdjson,
    junit_schemas,
    needs_sarif_schema,
    sarif_validator,
    table_rows,
    workflow_commands,
)
from hypothesis import given
from lxml import etree
from msgspec.structs import replace
from pages import normalise_page, parse_page

from helpers import Golden, check
from newslint import __version__
from newslint.diagnostics import Report, Severity
from newslint.reporters.causes import rank_causes
from newslint.reporters.escape import UNSAFE, escape
from newslint.reporters.formats import FORMAT_NAMES, HTML, TEXT, render
from newslint.rules.text.mojibake import Mojibake
from reports import FIX, HOSTILE, REPORTS, diagnostic, related, render_report, report_input, span

SNAPSHOTS = Path(__file__).parent / "snapshots"
FORMATS = [name for name in FORMAT_NAMES if name != TEXT]
LINE = "---\ntitle: â€™ is what is wrong here, Ünïcödé\n---\n"

USUAL = Report(
    documents=3,
    records=2,
    mentions=9,
    diagnostics=(
        diagnostic(
            span(2, 8, 11),
            message="'â€™' was '’'",
            related_locations=(related("b.md", 9, "and here"),),
            fix=FIX,
            record="https://example.org/a",
        ),
        diagnostic(
            span(2, 1, 5, 9), path="ä b.md", severity=Severity.WARNING, cause="2", fingerprint="2"
        ),
        diagnostic(path="ä b.md", severity=Severity.INFO, rule="own", cause="3", fingerprint="3"),
    ),
)
HOSTILE_REPORT = Report(
    documents=1,
    diagnostics=tuple(
        diagnostic(
            path=f"{text}.md",
            message=text,
            cause=text,
            fingerprint=f"{number}",
            related_locations=(related(text, 3, text),),
            fix=FIX._replace(title=text, edits=(FIX.edits[0]._replace(text=text),)),
        )
        for number, text in enumerate(HOSTILE)
    ),
)
CASES = {"usual": USUAL, "hostile": HOSTILE_REPORT, "clean": Report(3)}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", FORMATS)
def test_snapshots(case: str, name: str, golden: Golden) -> None:
    given_ = replace(report_input(CASES[case], lambda _path: LINE), rules=(Mojibake,))
    text = "".join(render(name, given_)).replace(f'"{__version__}"', '"…"')
    if name == HTML:
        text = normalise_page(text).replace(f"newslint {__version__}", "newslint …")
    golden(SNAPSHOTS / "formats" / f"{case}.{name}", text)


def check_sarif(text: str, _report: Report) -> None:
    assert list(sarif_validator().iter_errors(json.loads(text))) == []


def cause_messages(report: Report) -> list[str]:
    """List the messages of entries for causes."""
    return [escape(each.message) for each in rank_causes(report.diagnostics)]


def check_junit(text: str, report: Report) -> None:
    root = etree.fromstring(text.encode())
    for schema in junit_schemas():
        schema.assertValid(root)
    failures = [each.get("message") for each in root.iter("failure")]
    messages = failures + [each.get("message").partition(": ")[2] for each in root.iter("skipped")]
    assert sorted(messages) == sorted(
        each.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
        for each in cause_messages(report)
    )
    assert int(root.get("failures")) == len(failures)


def check_rdjson(text: str, report: Report) -> None:
    found = Rdjson.model_validate_json(text, strict=True).diagnostics
    assert sorted(each.message for each in found) == sorted(cause_messages(report))


def check_gitlab(text: str, report: Report) -> None:
    found = CodeQuality.model_validate_json(text).root
    assert len({each.fingerprint for each in found}) == len(found) == report.causes


def check_github(text: str, report: Report) -> None:
    found = workflow_commands(text)
    assert [each[2] for each in found] == cause_messages(report)
    assert {each[1]["file"] for each in found} <= {
        escape(each.location.path) for each in report.diagnostics
    }


def check_markdown(text: str, report: Report) -> None:
    shown = {tuple(" ".join(cell.split()) for cell in row[:3]) for row in table_rows(text)}
    assert shown == {
        (each.severity.value, each.first.rule, " ".join(escape(each.first.message).split()))
        for each in rank_causes(report.diagnostics)
    }
    assert len(table_rows(text)) == report.causes


def check_html(text: str, report: Report) -> None:
    page = parse_page(text)
    assert len(page.tree.xpath("//script")) == len(page.tree.xpath("//style")) + 1 == 2
    assert all(link.startswith("#") for *_, link, _ in page.tree.iterlinks())
    assert sum(cause[1] for cause in page.causes) == len(report.diagnostics)
    assert sum(len(cause[6]) for cause in page.causes) == len(report.diagnostics)
    shown = {look[1] for _rule, _total, _documents, looks, *_ in page.causes for look in looks}
    assert shown == {escape(each.message) for each in report.diagnostics}


def check_jsonl(text: str, report: Report) -> None:
    head, *found = map(json.loads, text.splitlines())
    diagnostics = [each for each in found if "suppressed" not in each]
    suppressed = [each["suppressed"] for each in found if "suppressed" in each]
    lists = {"diagnostics": diagnostics, "suppressed": suppressed}
    assert head | lists == json.loads(render_report("json", report))


CHECKS: dict[str, Callable[[str, Report], None]] = {
    "junit": check_junit,
    "rdjson": check_rdjson,
    "gitlab": check_gitlab,
    "github": check_github,
    "markdown": check_markdown,
    "html": check_html,
    "jsonl": check_jsonl,
}


def test_every_format_has_a_check() -> None:
    assert {*CHECKS, "sarif", "json", "json-causes", "concise", TEXT} == set(FORMAT_NAMES)


@given(report=REPORTS)
def test_consumers_accept_any_report(report: Report) -> None:
    for name in FORMATS:
        text = render_report(name, report, lambda _path: LINE)
        assert not UNSAFE.search(text.replace("\n", "")), name
        if name in CHECKS:
            CHECKS[name](text, report)


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("case", CASES)
def test_consumer_accepts_hostile_text(name: str, case: str) -> None:
    CHECKS[name](render_report(name, CASES[case]), CASES[case])


@needs_sarif_schema
@given(report=REPORTS)
def test_any_sarif_log_is_valid(report: Report) -> None:
    check_sarif(render_report("sarif", report), report)


@needs_sarif_schema
@pytest.mark.parametrize("case", CASES)
def test_a_hostile_sarif_log_is_valid(case: str) -> None:
    check_sarif(render_report("sarif", CASES[case]), CASES[case])


@pytest.mark.parametrize("name", [*CHECKS, pytest.param("sarif", marks=needs_sarif_schema)])
def test_consumer_accepts_the_report_of_the_seeds(name: str, repository: Path) -> None:
    report = check(repository, "seeds", select=["mojibake", "quality-mismatch"])
    text = render_report(name, report, lambda path: (repository / path).read_text("utf-8"))
    (CHECKS | {"sarif": check_sarif})[name](text, report)
