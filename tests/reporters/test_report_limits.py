"""Limits of consumers: the least important diagnostics are omitted, with a warning."""

import json
import random
import re
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from consumers import (
    needs_sarif_schema,
    sarif_results,
    sarif_validator,
    table_rows,
    workflow_commands,
)
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from newslint.diagnostics import (
    Diagnostic,
    Gate,
    Occurrence,
    Report,
    Severity,
    SuppressedDiagnostic,
    judge_gate,
)
from newslint.diagnostics.gate import fail_limits
from newslint.diagnostics.pages import ALL_PAGES
from newslint.diagnostics.patterns import PlaceCount
from newslint.execution.origin import Origin
from newslint.reporters import sarif
from newslint.reporters.causes import MAX_ENTRIES, Cause, prioritise, rank_causes, select_causes
from newslint.reporters.formats import render
from newslint.reporters.github import MAX_ANNOTATIONS, render_step_summary, select_annotations
from newslint.reporters.markdown import MAX_BYTES, MAX_CAUSES, render_markdown
from newslint.reporters.sarif_result import MAX_RELATED
from newslint.rules.builtin import BUILTIN
from newslint.rules.meta.rule_crashed import RuleCrashed
from reports import HOSTILE, REPORTS, diagnostic, related, render_report, report_input

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


def test_order_of_ranked_causes() -> None:
    given = [
        make_diagnostic(Severity.INFO, "a"),
        make_diagnostic(Severity.ERROR, "b"),
        *(make_diagnostic(Severity.ERROR, "c", number) for number in range(3)),
        make_diagnostic(Severity.WARNING, "d"),
        make_diagnostic(Severity.INFO, "b"),
    ]
    ranked = rank_causes(given)
    assert [(each.first.cause, len(each.diagnostics)) for each in ranked] == [
        ("c", 3),
        ("b", 2),
        ("d", 1),
        ("a", 1),
    ]
    assert [each.severity.value for each in ranked] == ["error", "error", "warning", "info"]


def test_a_cause_is_represented_by_its_first_visible_place() -> None:
    hidden = Occurrence("a.md", is_visible=False)
    places = [
        make_diagnostic(Severity.INFO, "a", path="a.md", occurrence=hidden),
        make_diagnostic(Severity.WARNING, "a", path="b.md"),
        make_diagnostic(Severity.WARNING, "a", path="c.md"),
    ]
    (cause,) = rank_causes(places)
    assert [each.path for each in cause.diagnostics] == ["b.md", "c.md", "a.md"]
    assert (cause.severity, cause.visible) == (Severity.WARNING, 2)
    assert cause.message == "warning a 0 (and 2 more places)"


@given(causes=REPORTS.map(lambda report: rank_causes(report.diagnostics)), limit=st.integers(0, 6))
def test_selections_keep_order_and_rules(causes: list[Cause], limit: int) -> None:
    selected = select_causes(causes, limit)
    assert selected == [each for each in causes if each in selected]
    assert len(selected) == min(limit, len(causes))
    rules = {each.first.rule for each in causes}
    assert len({each.first.rule for each in selected}) == min(limit, len(rules))
    assert sorted(prioritise(causes)[:limit], key=causes.index) == selected


def test_causes_in_patterns_come_last_within_a_severity() -> None:
    texts = [make_diagnostic(Severity.WARNING, f"{number}") for number in range(60)]
    other = make_diagnostic(Severity.WARNING, "other", rule="missing-image")
    info = make_diagnostic(Severity.INFO, "info", rule="missing-image")
    asked = {("mojibake", ALL_PAGES): PlaceCount(60, 60)}
    placed = [each.replace(occurrence=Occurrence(f"{at}.md")) for at, each in enumerate(texts)]
    report = Report(60, diagnostics=(*placed, other, info), asked=asked)
    ranked = rank_causes(report.diagnostics, report.patterns)
    assert [each.in_pattern for each in ranked] == [False, *[True] * 60, False]
    assert [each.first.rule for each in select_causes(ranked, 2)] == ["missing-image", "mojibake"]


def various(number: int) -> Report:
    """Build a report of `number` causes of one rule, and one of each other built-in rule."""
    texts = [make_diagnostic(Severity.ERROR, f"{index}", index) for index in range(number)]
    others = [
        make_diagnostic(Severity.INFO, rule.id, rule=rule.id)
        for rule in BUILTIN
        if rule.id != "mojibake"
    ]
    return Report(1, diagnostics=(*texts, *others))


def test_sarif_has_as_many_results_as_github_shows_from_all_rules() -> None:
    report = various(6_000)
    text, warnings = render_with_warnings("sarif", report)
    kept = sarif_results(text)
    assert len(kept) == sarif.MAX_RESULTS
    assert {each["ruleId"] for each in kept} == {rule.id for rule in BUILTIN}
    (invocation,) = json.loads(text)["runs"][0]["invocations"]
    (notice,) = invocation["toolExecutionNotifications"]
    (warning,) = warnings
    assert warning.startswith(f"the SARIF log holds 5,000 of {report.causes:,} causes, the worst")
    omitted = report.causes - sarif.MAX_RESULTS
    assert notice["message"]["text"] == f"{warning}; left out: {omitted:,} of mojibake"


def test_sarif_fits_into_ten_megabytes_compressed() -> None:
    chance = random.Random(1)
    noise = [chance.randbytes(6_000).hex() for _ in range(3_000)]
    long = [diagnostic(message=each, cause=each) for each in noise]
    last = diagnostic(rule="missing-image", cause="last", severity=Severity.INFO)
    text, warnings = render_with_warnings("sarif", Report(1, diagnostics=(*long, last)))
    assert 9_000_000 < len(zlib.compress(text.encode(), 6)) < 10_000_000
    assert len(warnings) == 1
    kept = sarif_results(text)
    assert 0 < len(kept) < 3_000
    assert {each["ruleId"] for each in kept} == {"mojibake", "missing-image"}


def test_sarif_lists_as_many_related_places_as_github_shows() -> None:
    places = tuple(related("b.md", line, "here") for line in range(1, 300))
    explained = make_diagnostic(LEVELS[0], "a", related_locations=places)
    (result,) = sarif_results(render_report("sarif", Report(1, diagnostics=(explained,) * 2)))
    assert len(result["relatedLocations"]) == MAX_RELATED
    assert result["message"]["text"].endswith(" (and 1 more place, 0 of them listed)")


def test_sarif_lists_further_places_of_a_cause() -> None:
    causes = tuple(
        make_diagnostic(LEVELS[0], "a", number, path=f"{number:03}.md", related_locations=places)
        for number, places in enumerate([(related("b.md", 1, "here"),)] * 200)
    )
    (result,) = sarif_results(render_report("sarif", Report(1, diagnostics=causes)))
    paths = [
        each["physicalLocation"]["artifactLocation"]["uri"] for each in result["relatedLocations"]
    ]
    assert paths == ["b.md", *(f"{number:03}.md" for number in range(1, 100))]
    assert result["message"]["text"] == (
        "error a 0 (and 199 more places, 99 of them listed, [the next one](2))"
    )
    assert result["occurrenceCount"] == 200
    assert result["partialFingerprints"] == {"cause/v1": "a", "newslint/v1": "error a 0"}


ORIGINS = {
    "top": Origin("0f" * 20, "main", "https://example.org/a", ""),
    "folder": Origin("0f" * 20, "", "https://example.org/a", "ä news/"),
    "local": Origin("0f" * 20, "main", "", ""),
}


@needs_sarif_schema
@pytest.mark.parametrize("name", ORIGINS)
def test_sarif_names_the_commit(name: str) -> None:
    given_ = replace(report_input(Report(1)), find_origin=lambda: ORIGINS[name])
    log = json.loads("".join(render("sarif", given_)))
    assert list(sarif_validator().iter_errors(log)) == []
    run = log["runs"][0]
    found = run.get("versionControlProvenance", [{}])[0]
    assert (found.get("revisionId"), found.get("branch")) == {
        "top": ("0f" * 20, "main"),
        "folder": ("0f" * 20, None),
        "local": (None, None),
    }[name]
    folder = "%C3%A4%20news/" * (name == "folder")
    assert run["automationDetails"]["id"] == f"newslint/{folder}"
    assert run["originalUriBaseIds"]["%SRCROOT%"].get("uri", "") == folder
    assert found.get("mappedTo", {}).get("uriBaseId") in {*run["originalUriBaseIds"], None}


@needs_sarif_schema
def test_sarif_states_of_suppressed_and_baselined_results() -> None:
    one, two, three = (make_diagnostic(LEVELS[0], name) for name in "abc")
    silenced = (SuppressedDiagnostic(two, "as it is"), SuppressedDiagnostic(two, ""))
    report = Report(1, diagnostics=(one,), suppressed=silenced)
    given = report_input(report)
    text = "".join(sarif.render_sarif(report, given.rules, given.warn, baselined=[three]))
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


def spread(number: int) -> Report:
    """Build a report of `number` causes, a third of each severity, of three places each."""
    return Report(
        1,
        diagnostics=tuple(
            make_diagnostic(LEVELS[index % 3], f"{index}", place, rule=f"rule-{index % 5}")
            for index in range(number)
            for place in range(3)
        ),
    )


def test_github_annotates_ten_causes_of_each_severity_with_a_warning() -> None:
    text, warnings = render_with_warnings("github", spread(60))
    commands = workflow_commands(text)
    assert [kind for kind, *_ in commands] == [
        kind for kind in ("error", "warning", "notice") for _ in range(10)
    ]
    assert len({properties["title"] for _, properties, _ in commands}) == 5
    assert {message[-20:] for *_, message in commands} == {" (and 2 more places)"}
    (sentence,) = warnings
    assert sentence.startswith("the log holds 30 of 60 causes, the worst first: GitHub shows 10")


def test_step_summary_lists_all_causes_if_annotations_do_not() -> None:
    report = spread(60)
    text = "".join(render_step_summary(report, 10**6))
    assert text.count("\n| error |") + text.count("\n| warning |") + text.count("\n| info |") == 60
    assert text.count("\n#### ") == 5
    few = Report(1, diagnostics=report.diagnostics[: 3 * MAX_ANNOTATIONS])
    assert "".join(render_step_summary(few, 10**6)) == ""


def test_step_summary_lists_a_hundred_causes_of_each_rule() -> None:
    text = "".join(render_step_summary(various(300), 10**6))
    assert text.count("\n| error |") == MAX_CAUSES
    assert "\n200 more causes of this rule\n" in text


@pytest.mark.parametrize("room", [-1, 0, 500, 1_000, 5_000, 50_000])
def test_the_step_summary_fits_and_is_cut_at_a_heading(room: int) -> None:
    whole = "".join(render_step_summary(spread(3_000), 10**6))
    text = "".join(render_step_summary(spread(3_000), room))
    assert len(text.encode()) <= max(room, 0)
    body = re.sub(r"\n\d more sections? had no room here\.\n\Z", "", text)
    assert whole.startswith(body)
    assert whole == body or not body or whole[len(body) :].startswith("\n#### ")


def test_markdown_lists_a_hundred_causes_with_a_warning() -> None:
    text, warnings = render_with_warnings("markdown", many(4_000))
    rows = table_rows(text)
    assert len(rows) == MAX_CAUSES
    assert {row[0] for row in rows} == {"error", "warning"}
    assert text.endswith("\n300 more causes are not listed here.\n")
    (sentence,) = warnings
    assert sentence.startswith("the Markdown table holds 100 of 400 causes, the worst first")


def test_markdown_is_not_longer_than_github_accepts() -> None:
    long = tuple(
        diagnostic(path=HOSTILE[4] * 9, message=f"{number} {HOSTILE[5] * 9}", cause=f"{number}")
        for number in range(MAX_CAUSES)
    )
    warnings: list[str] = []
    text = "".join(render_markdown(Report(1, diagnostics=long), warnings.append))
    assert MAX_BYTES * 0.9 < len(text.encode()) <= MAX_BYTES
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("gitlab", lambda text: len(json.loads(text))),
        ("rdjson", lambda text: len(json.loads(text)["diagnostics"])),
        ("junit", lambda text: text.count("<testcase ") - 1),  # one is the notice
    ],
)
def test_formats_of_entries_have_a_limit_and_a_notice(
    name: str, count: Callable[[str], int]
) -> None:
    report = various(6_000)
    text, warnings = render_with_warnings(name, report)
    assert count(text) == MAX_ENTRIES
    (sentence,) = warnings
    assert f"holds 5,000 of {report.causes:,} causes, the worst first" in sentence
    assert all(rule.id in text for rule in BUILTIN)
    assert (sentence in text) is (name == "junit")


def test_junit_fails_what_reaches_the_fail_level() -> None:
    for level, failures in (("error", 20), ("warning", 40), ("info", 60)):
        report = spread(60)
        gate = judge_gate(report, Gate(fail_limits(Severity(level))))
        root = etree.fromstring(render_report("junit", replace(report, gate=gate)).encode())
        assert [root.get(name) for name in ("tests", "failures")] == ["60", f"{failures}"]
        assert len(list(root.iter("failure"))) == failures
        skipped = [each.get("message") for each in root.iter("skipped")]
        assert len(skipped) == 60 - failures
        assert all(each.startswith(("warning: ", "info: ")) for each in skipped)


def test_junit_names_are_unique() -> None:
    root = etree.fromstring(render_report("junit", spread(60)).encode())
    names = [(each.get("classname"), each.get("name")) for each in root.iter("testcase")]
    assert len(set(names)) == 60
    assert ("a.md", "rule-0 /title (2)") in names


def test_annotations_of_equal_causes_keep_their_order() -> None:
    rules = {"a.md": "mojibake", "b.md": "mojibake", "c.md": "missing-image"}
    found = [
        diagnostic(path=path, rule=rule, cause=f"{rule}:{path}", message=path)
        for path, rule in rules.items()
    ]
    selected = select_annotations(rank_causes(found))
    assert [each.first.message for each in selected] == list(rules)
