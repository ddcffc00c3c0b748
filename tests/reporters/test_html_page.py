"""The HTML report as a file: its data, its content security policy, its limits."""

import hashlib
import html
import json
import random
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from pages import decode_data, parse_page

from helpers import write
from newslint.diagnostics import Edit, Fix, Report, Safety
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.records import ArchiveStatistics
from newslint.reporters.formats import HTML, ReportInput, render
from newslint.reporters.html.cause_groups import MAX_PLACES, group_causes
from newslint.reporters.html.payload import build_payload
from newslint.reporters.json import render_json
from newslint.text import SourceText
from reports import diagnostic, render_report, report_input, span, suppressed


def page_and_report(folder: Path, *names: str) -> tuple[str, dict[str, Any]]:
    """Render the HTML report and the JSON report of one run."""
    request = CheckRequest.create([folder / name for name in names] or [folder], folder)
    outcome = run_check(request)
    report_input = ReportInput(
        outcome.report, outcome.rules, outcome.text, lambda _sentence: None, outcome.statistics
    )
    return "".join(render(HTML, report_input)), json.loads("".join(render_json(outcome.report)))


def test_data_has_every_diagnostic_of_the_json_report(repository: Path) -> None:
    text, expected = page_and_report(repository, "seeds")
    page = parse_page(text)
    rules = [name for name, _why in page.head["rules"]]
    found = []
    for rule, total, documents, looks, seen, steps, lines, entries, *_more in page.causes:
        paths = [page.head["paths"][sum(steps[: index + 1])] for index in range(len(steps))]
        assert total == len(steps)
        assert documents == len(set(paths))
        for index, path in enumerate(paths):
            severity, message, _provider, pointer, column, *_ = looks[seen[index] if seen else 0]
            joined = str(entries[index] if entries else 0).join(pointer)
            name = ["error", "warning", "info"][severity]
            found.append((rules[rule], name, message, path, joined, lines[index], column))
    assert sorted(found) == sorted(
        (
            each["rule"],
            each["severity"],
            each["message"],
            each["path"],
            each["pointer"],
            each["location"]["start"]["line"],
            each["location"]["start"]["column"],
        )
        for each in expected["diagnostics"]
    )


def test_the_worst_causes_in_most_visible_files_come_first(repository: Path) -> None:
    page = parse_page(page_and_report(repository, "seeds")[0])
    ranks = [min(severity for severity, *_ in looks) for _, _, _, looks, *_ in page.causes]
    order = [(rank, -cause[8]) for rank, cause in zip(ranks, page.causes, strict=True)]
    assert order == sorted(order)
    assert {rank for rank, _ in order} == {0, 1, 2}


def test_counts_equal_those_of_the_json_report(repository: Path) -> None:
    text, expected = page_and_report(repository, "seeds")
    tree = parse_page(text).tree
    summary = expected["summary"]
    assert int(tree.get_element_by_id("count-diagnostics").text) == summary["diagnostics"]
    assert int(tree.get_element_by_id("count-causes").text) == summary["causes"]
    rows = {
        row.xpath("string(.//a)"): int(row.xpath("string(td[1])"))
        for row in tree.xpath('//section[@id="rules"]//tbody/tr')
    }
    assert rows == summary["by_rule"]
    touched = {each["path"] for each in expected["diagnostics"]}
    clean = summary["documents"] - len(touched)
    assert tree.xpath('string(//section[@class="health"]//li[@class="clean"]/b)') == str(clean)


def test_policy_allows_only_the_own_script_and_style(repository: Path) -> None:
    text, _ = page_and_report(repository, "seeds")
    found = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert found
    policy = dict(part.split(" ", 1) for part in html.unescape(found[1]).split("; "))
    for directive, element in (("script-src", 'script type="module"'), ("style-src", "style")):
        own = re.search(f"<{element}>(.*?)</{element.split(' ')[0]}>", text, re.DOTALL)
        assert own
        digest = b64encode(hashlib.sha256(own[1].encode()).digest()).decode()
        assert policy[directive] == f"'sha256-{digest}'"
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["trusted-types"] == "'none'"
    assert " style=" not in text
    assert not re.search(r"<[^>]+ on\w+=", text)
    assert not re.search(r"<(link|img|iframe|object|embed|base)\b", text)


def test_equal_runs_give_equal_pages(repository: Path) -> None:
    assert page_and_report(repository, "seeds")[0] == page_and_report(repository, "seeds")[0]


def test_secrets_are_redacted(archive: Path) -> None:
    write(archive, a='title: "a "\nsecured: "c2VjcmV0;c2VjcmV0"\nheat: "c2VjcmV0"\n')
    text, expected = page_and_report(archive)
    assert expected["diagnostics"]
    write(archive, a='title: "a "\nsecured: "c2VjcmV0;c2VjcmV0 "\nheat: 1\n')
    text, _ = page_and_report(archive)
    assert "c2VjcmV0" not in text + decode_data(text)


def many(number: int, causes: int) -> Report:
    found = (
        diagnostic(span(index + 1, 1, 2), f"{index % 7}.md", cause=f"mojibake:{index % causes}")
        for index in range(number)
    )
    return Report(7, diagnostics=tuple(sorted(found, key=lambda each: each.order)))


def test_places_of_a_cause_are_limited() -> None:
    warnings: list[str] = []
    report = many(MAX_PLACES + 5, 1)
    text = "".join(render(HTML, report_input(report, warnings=warnings)))
    ((_rule, total, documents, _looks, _seen, steps, *_),) = parse_page(text).causes
    assert (total, documents, len(steps)) == (MAX_PLACES + 5, 7, MAX_PLACES)
    listed = "1 of 1 causes and 5,000 of 5,005 diagnostics"
    assert warnings == [f"the HTML report lists {listed}; the JSON report holds all"]
    assert f"There is room for {listed} here" in text


def test_last_causes_are_omitted_beyond_the_size_limit() -> None:
    found = group_causes(many(20_000, 10_000), lambda _path: SourceText(""), ArchiveStatistics())
    small = build_payload(found, (), max_bytes=40_000)
    assert 0 < small.causes < 10_000
    assert small.diagnostics == 2 * small.causes
    assert len(small.data) < 100_000
    assert build_payload(found, ()).causes == 10_000


def test_size_of_a_page_with_many_diagnostics() -> None:
    rng = random.Random(7)
    lines = [f"title: {rng.randbytes(30).hex()}\n" for _ in range(8000)]
    causes = {f"{n:04}-story.md": sorted(rng.sample(range(8000), 32)) for n in range(1250)}
    found = [
        diagnostic(
            span(line, 8, 18),
            path,
            message=f"a message of its own: {cause}",
            cause=f"mojibake:{cause}",
            fix=Fix("Cut it", Safety.SAFE, (Edit(span(line, 9, 20), ""),)),
        )
        for path, shown in causes.items()
        for line, cause in enumerate(shown, start=1)
    ]

    def source(path: str) -> str:
        return "".join(lines[cause] for cause in causes[path])

    text = render_report(HTML, Report(1250, diagnostics=tuple(found)), source)
    assert sum(cause[1] for cause in parse_page(text).causes) == len(found) == 40_000
    assert len(text) < 5_000_000 / 4  # so that 160,000 take less than 5 MB


@pytest.mark.parametrize(
    ("documents", "expected"), [(1, "The document is clean"), (3, "All 3 documents are clean")]
)
def test_headline_of_a_clean_archive(documents: int, expected: str) -> None:
    page = parse_page(render_report(HTML, Report(documents)))
    assert " ".join(page.tree.xpath("string(//h1)").split()) == expected
    assert page.tree.xpath('//*[@id="filters"]') == []
    assert "No diagnostics: there is nothing to repair." in page.tree.text_content()


def test_baseline_separates_new_known_and_fixed() -> None:
    tree = parse_page(render_report(HTML, Report(3, baselined=849, stale_baseline=1))).tree
    assert " ".join(tree.xpath("string(//h1)").split()) == "No new diagnostics in 3 documents"
    numbers = [tree.get_element_by_id(f"count-{name}").text for name in ("new", "known", "fixed")]
    assert numbers == ["0", "849", "1"]


def test_suppressed_diagnostics_are_mentioned() -> None:
    text = render_report(HTML, Report(3, suppressed=suppressed(2)))
    shown = " ".join(parse_page(text).tree.text_content().split())
    assert "Not counted: 2 diagnostics silenced by comments." in shown


def test_group_causes_reads_each_file_once() -> None:
    report = many(300, 100)
    paths: list[str] = []

    def read(path: str) -> SourceText:
        paths.append(path)
        return SourceText("a: b\n" * 500)

    group_causes(report, read, ArchiveStatistics())
    assert sorted(paths) == sorted({each.path for each in report.diagnostics})
