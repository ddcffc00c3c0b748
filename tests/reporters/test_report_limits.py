"""Limits of consumers: the least important diagnostics are omitted, with a warning."""

import json
import random
import zlib
from typing import Any

import pytest
from consumers import (
    needs_sarif_schema,
    sarif_results,
    sarif_validator,
    table_rows,
    workflow_commands,
)

from newslint.diagnostics import Diagnostic, Report, Severity, SuppressedDiagnostic
from newslint.reporters import sarif
from newslint.reporters.formats import render
from newslint.reporters.github import MAX_ANNOTATIONS, render_step_summary
from newslint.reporters.markdown import MAX_BYTES, MAX_CAUSES, render_markdown
from newslint.reporters.sarif import MAX_RELATED
from newslint.reporters.summary import rank_diagnostics
from newslint.rules.meta.rule_crashed import RuleCrashed
from reports import HOSTILE, diagnostic, related, render_report, report_input

LEVELS = list(Severity)


def make_diagnostic(severity: Severity, cause: str, number: int = 0, **fields: Any) -> Diagnostic:
    return diagnostic(
        severity=severity,
        cause=cause,
        message=f"{severity} {cause} {number}",
        fingerprint=f"{severity} {cause} {number}",
        **fields,
    )


def many(number: int) -> Report:
    """Build a report of `number` diagnostics: a twentieth are errors, ten have the same cause."""
    levels = [Severity.INFO] * 10 + [Severity.WARNING] * 9 + [Severity.ERROR]
    return Report(
        1,
        diagnostics=tuple(
            make_diagnostic(levels[index % 20], f"{index % (number // 10)}", index)
            for index in range(number)
        ),
    )


def render_with_warnings(name: str, report: Report) -> tuple[str, list[str]]:
    """Render a report, and collect the warnings."""
    warnings: list[str] = []
    return "".join(render(name, report_input(report, warnings=warnings))), warnings


def test_order_of_ranked_diagnostics() -> None:
    given = [
        make_diagnostic(Severity.INFO, "a"),
        make_diagnostic(Severity.ERROR, "b"),
        *(make_diagnostic(Severity.ERROR, "c", number) for number in range(3)),
        make_diagnostic(Severity.WARNING, "d"),
    ]
    order = [(each.severity.value, each.cause) for each in rank_diagnostics(given)]
    assert order == [
        ("error", "c"),
        ("error", "b"),
        ("error", "c"),
        ("error", "c"),
        ("warning", "d"),
        ("info", "a"),
    ]


def test_sarif_has_as_many_results_as_github_accepts() -> None:
    text, warnings = render_with_warnings("sarif", many(30_000))
    kept = sarif_results(text)
    assert len(kept) == sarif.MAX_RESULTS
    assert [each["level"] for each in kept].count("error") == 1_500
    (invocation,) = json.loads(text)["runs"][0]["invocations"]
    (notice,) = invocation["toolExecutionNotifications"]
    assert warnings == [notice["message"]["text"]]
    assert warnings[0].startswith("the SARIF log holds 25,000 of 30,000 results, the worst first")


def test_sarif_fits_into_ten_megabytes_compressed() -> None:
    chance = random.Random(1)
    noise = [chance.randbytes(6_000).hex() for _ in range(3_000)]
    report = Report(1, diagnostics=tuple(diagnostic(message=each, cause=each) for each in noise))
    text, warnings = render_with_warnings("sarif", report)
    assert 9_000_000 < len(zlib.compress(text.encode(), 6)) < 10_000_000
    assert len(warnings) == 1
    assert 0 < len(sarif_results(text)) < 3_000


def test_sarif_lists_as_many_related_places_as_github_shows() -> None:
    places = tuple(related("b.md", line, "here") for line in range(1, 300))
    (result,) = sarif_results(
        render_report(
            "sarif",
            Report(
                1, diagnostics=(make_diagnostic(LEVELS[0], "a")._replace(related_locations=places),)
            ),
        )
    )
    assert len(result["relatedLocations"]) == MAX_RELATED


@needs_sarif_schema
def test_sarif_states_of_suppressed_and_baselined_results() -> None:
    one, two, three = (make_diagnostic(LEVELS[0], name) for name in "abc")
    silenced = (SuppressedDiagnostic(two, "as it is"), SuppressedDiagnostic(two, ""))
    report = Report(1, diagnostics=(one,), suppressed=silenced)
    given = report_input(report)
    text = "".join(sarif.render_sarif(report, given.rules, given.warn, [three]))
    assert list(sarif_validator().iter_errors(json.loads(text))) == []
    states = [(each["baselineState"], each["suppressions"]) for each in sarif_results(text)]
    assert states == [
        ("new", []),
        ("unchanged", []),
        ("new", [{"kind": "inSource", "justification": "as it is"}]),
        ("new", [{"kind": "inSource"}]),
    ]


def test_sarif_has_no_states_without_a_baseline() -> None:
    report = Report(1, diagnostics=(make_diagnostic(LEVELS[0], "a"),))
    (result,) = sarif_results(render_report("sarif", report))
    assert not {"baselineState", "suppressions"} & result.keys()
    (result,) = sarif_results(
        render_report("sarif", Report(1, diagnostics=report.diagnostics, baselined=3))
    )
    assert result["baselineState"] == "new"


def test_sarif_reports_a_crashed_rule() -> None:
    crashed = make_diagnostic(LEVELS[0], "a", rule=RuleCrashed.id)
    for report, complete in ((Report(1), True), (Report(1, diagnostics=(crashed,)), False)):
        (invocation,) = json.loads(render_report("sarif", report))["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is complete


def test_sarif_describes_every_rule_that_ran() -> None:
    driver = json.loads(render_report("sarif", Report(1)))["runs"][0]["tool"]["driver"]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert "**Why:**" in rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) == 1


def test_github_annotates_ten_of_each_severity_with_a_warning() -> None:
    text, warnings = render_with_warnings("github", many(400))
    kinds = [kind for kind, *_ in workflow_commands(text)]
    assert kinds == [kind for kind in ("error", "warning", "notice") for _ in range(10)]
    (sentence,) = warnings
    assert sentence.startswith("30 of 400 diagnostics are annotations, the worst first: GitHub")


def test_step_summary_lists_all_causes_if_annotations_do_not() -> None:
    report = many(400)
    assert len(table_rows("".join(render_step_summary(report, 10**6)))) == report.causes
    few = Report(1, diagnostics=report.diagnostics[:MAX_ANNOTATIONS])
    assert "".join(render_step_summary(few, 10**6)) == ""


@pytest.mark.parametrize("room", [-1, 0, 500, 5_000, 50_000])
def test_the_step_summary_fits(room: int) -> None:
    text = "".join(render_step_summary(many(4_000), room))
    assert len(text.encode()) <= max(room, 0)


def test_markdown_lists_a_hundred_causes_with_a_warning() -> None:
    text, warnings = render_with_warnings("markdown", many(4_000))
    rows = table_rows(text)
    assert len(rows) == MAX_CAUSES
    assert {row[0] for row in rows} == {"error", "warning"}
    assert text.endswith("\n300 more causes are not listed here.\n")
    assert warnings == ["the Markdown table lists 100 of 400 causes, the worst first"]


def test_markdown_is_not_longer_than_github_accepts() -> None:
    long = tuple(
        diagnostic(path=HOSTILE[4] * 9, message=f"{number} {HOSTILE[5] * 9}", cause=f"{number}")
        for number in range(MAX_CAUSES)
    )
    warnings: list[str] = []
    text = "".join(render_markdown(Report(1, diagnostics=long), warnings.append))
    assert MAX_BYTES * 0.9 < len(text.encode()) <= MAX_BYTES
    assert len(warnings) == 1
