"""The HTML report as a worklist: first steps, views by document and source, links, identity."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pages import parse_page

from newslint.diagnostics import Diagnostic, Occurrence, Report, Severity
from newslint.execution.origin import Origin
from newslint.records import ArchiveStatistics
from newslint.reporters.formats import HTML, render
from newslint.reporters.html.cause_groups import group_causes
from newslint.reporters.html.heat_map import LEVELS, build_heat_map
from newslint.reporters.html.links import create_links, resolve_editor
from newslint.reporters.html.views import build_tables
from newslint.reporters.html.worklist import Worklist, build_worklist
from newslint.reporters.run_facts import RunFacts
from newslint.reporters.summary import count_by_provider
from newslint.text import SourceText
from reports import FIX, diagnostic, report_input

FACTS = RunFacts("news", "", "2026-01-02", "newslint check news", "news", "newslint.toml")
ORIGIN = Origin("0123456789abcdef", "main", "https://github.com/example/news", "site/")


def found(path: str, cause: str, **fields: Any) -> Diagnostic:
    visible = fields.pop("visible", True)
    return diagnostic(path=path, cause=cause, **fields).replace(
        occurrence=Occurrence(path, is_visible=visible, provider=fields.get("provider", ""))
    )


def report_of(*diagnostics: Diagnostic, documents: int = 9) -> Report:
    return Report(documents, diagnostics=sorted(diagnostics, key=lambda each: each.order))


def worklist_of(report: Report, run: RunFacts = FACTS) -> Worklist:
    causes = group_causes(report, lambda _path: SourceText(""), ArchiveStatistics())
    return build_worklist(report, causes, run)


def shown(text: str) -> str:
    return " ".join(parse_page(text).tree.text_content().split())


def render_page(report: Report, **fields: Any) -> str:
    return "".join(render(HTML, replace(report_input(report), **fields)))


def test_steps_are_causes_that_reach_most_documents_together() -> None:
    wide = [found(f"{n}.md", "mojibake:wide") for n in range(5)]
    inner = [found(f"{n}.md", "mojibake:inner") for n in range(4)]
    other = [found(f"{n}.md", "mojibake:other") for n in range(4, 7)]
    steps = worklist_of(report_of(*wide, *inner, *other)).steps
    assert [(step.cause.cause, step.documents) for step in steps] == [
        ("mojibake:wide", 5),
        ("mojibake:other", 2),
    ]


def test_steps_reach_visible_documents_if_there_are_any() -> None:
    hidden = [found(f"{n}.md", "mojibake:hidden", visible=False) for n in range(5)]
    steps = worklist_of(report_of(*hidden, found("x.md", "mojibake:seen"))).steps
    assert [step.cause.cause for step in steps] == ["mojibake:seen"]
    work = worklist_of(report_of(*hidden))
    assert ([step.documents for step in work.steps], work.visible) == ([5], False)


def test_infos_are_no_steps_beside_errors() -> None:
    infos = [found(f"{n}.md", "own:1", severity=Severity.INFO, rule="own") for n in range(5)]
    assert [each.cause.cause for each in worklist_of(report_of(*infos)).steps] == ["own:1"]
    steps = worklist_of(report_of(*infos, found("x.md", "mojibake:1"))).steps
    assert [each.cause.cause for each in steps] == ["mojibake:1"]


def test_safe_fixes_are_one_command() -> None:
    fixes = [found(f"{n}.md", f"mojibake:{n}", fix=FIX) for n in range(3)]
    work = worklist_of(report_of(*fixes, found("2.md", "mojibake:x")))
    assert work.repair
    assert work.repair._replace(command="") == ("", 3, 3, 2)
    assert work.repair.command == "newslint check --fix news"
    assert [step.cause.cause for step in work.steps] == ["mojibake:x"]
    assert work.baseline == "newslint baseline create news"
    assert worklist_of(report_of(*fixes)).baseline == ""


def test_commands_fit_the_run() -> None:
    report = report_of(found("a.md", "mojibake:1", fix=FIX), found("b.md", "mojibake:2"))
    known = worklist_of(report, FACTS._replace(baseline="known", arguments="--baseline known"))
    assert known.baseline == "newslint baseline update --baseline known"
    changed = worklist_of(report, FACTS._replace(since="main~2"))
    assert changed.repair
    assert changed.repair.command == "newslint check --fix news --since 'main~2'"
    assert changed.baseline == ""
    without = worklist_of(report, FACTS._replace(ignores_baseline=True))
    assert without.repair
    assert without.repair.command == "newslint check --fix news --no-baseline"
    assert without.baseline == ""
    stdin = worklist_of(report, FACTS._replace(is_repeatable=False))
    assert (stdin.repair, stdin.baseline) == (None, "")


def test_worst_visible_documents_come_first() -> None:
    report = report_of(
        found("a.md", "1", severity=Severity.WARNING),
        found("b.md", "2", visible=False),
        found("c.md", "3"),
        found("c.md", "4", severity=Severity.INFO),
    )
    overview = ArchiveStatistics(headlines={"c.md": "Storms"})
    causes = group_causes(report, lambda _path: SourceText(""), overview)
    rows = build_tables(report, causes, ()).documents
    assert [row.path for row in rows] == ["c.md", "a.md", "b.md"]
    assert rows[0].counts == (2, "Storms", True, (1, 0, 1), 2)


def test_cause_names_the_article() -> None:
    entry = Occurrence("a.md", "/related/0", entry_url="https://e.example/x", provider="e.example")
    report = report_of(diagnostic(path="").replace(occurrence=entry), found("b.md", "mojibake:2"))
    overview = ArchiveStatistics(
        headlines={"b.md": "Own\u202e"}, entry_headlines={"https://e.example/x": "Copied"}
    )
    text = render_page(report, overview=lambda: overview)
    page = parse_page(text)
    assert [cause[-2:] for cause in page.causes] == [["Copied", 1], ["Own\\u202e", 1]]
    assert "“Copied” e.example" in shown(text)


def heat_map_of(*diagnostics: Diagnostic, **articles: int) -> list[tuple[str, list[int]]]:
    report = report_of(*diagnostics)
    numbers = {name.replace("_", "."): number for name, number in articles.items()}
    rows = build_heat_map(report, ["mojibake", "own"], count_by_provider(report), numbers).rows
    return [(row.rule, [cell.level for cell in row.cells]) for row in rows]


def test_heat_map_shades_shares_of_articles() -> None:
    all_of_small = [found(f"s{n}.md", str(n), provider="small.org") for n in range(2)]
    few_of_large = [found(f"l{n}.md", str(n), provider="large.org") for n in range(3)]
    found_ = heat_map_of(*all_of_small, *few_of_large, small_org=2, large_org=100)
    assert found_ == [("mojibake", [1, LEVELS])]
    assert heat_map_of(*all_of_small, small_org=2) == []


def test_sections_without_data_are_left_out() -> None:
    page = parse_page(render_page(report_of(found("a.md", "mojibake:1"))))
    sections = {section.get("id") for section in page.tree.xpath("//section")}
    assert sections >= {"start", "documents", "rules", "run"}
    assert not sections & {"providers", "sources", "charts", "patterns"}
    assert page.tree.get_element_by_id("no-trend") is not None


def test_identity_of_the_run() -> None:
    report = report_of(found("a b.md", "mojibake:1"))
    text = render_page(report, run=FACTS, find_origin=lambda: ORIGIN)
    run = " ".join(parse_page(text).tree.get_element_by_id("run").text_content().split())
    assert "Archive news Commit 0123456789ab of main in https://github.com/example/news" in run
    assert "Date 2026-01-02 Command newslint check news Settings newslint.toml" in run
    assert "github.com/example/news/blob/0123456789abcdef/site/a%20b.md#L2" in text


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://github.com/e/n", "https://github.com/e/n/blob/c/site/a%7B.md#L7"),
        ("https://gitlab.example/e/n", "https://gitlab.example/e/n/-/blob/c/site/a%7B.md#L7"),
        ("https://bitbucket.org/e/n", "https://bitbucket.org/e/n/src/c/site/a%7B.md#lines-7"),
        ("https://codeberg.org/e/n", "https://codeberg.org/e/n/src/commit/c/site/a%7B.md#L7"),
        ("", ""),
    ],
)
def test_links_to_a_repository(url: str, line: str) -> None:
    links = create_links(RunFacts(), Origin("c", "main", url, "site/"))
    assert links.source_of("a{.md", 7) == line
    assert create_links(RunFacts(), None).source_of("a.md", 7) == ""


def test_links_to_an_editor() -> None:
    template = resolve_editor("vscode")
    links = create_links(RunFacts(root="/home/ä b", editor_url=template), None)
    assert links.editor == "vscode://file/home/%C3%A4%20b/{path}:{line}:{column}"
    assert resolve_editor("x-my://open?f={path}") == "x-my://open?f={path}"


@pytest.mark.parametrize(
    "template",
    ["emacs", "javascript://{path}", "JavaScript://{path}", "vscode://file", "://{path}"],
)
def test_unsafe_templates_are_refused(template: str) -> None:
    with pytest.raises(ValueError, match="path"):
        resolve_editor(template)


def test_absolute_paths_are_in_the_page_for_editors_only(tmp_path: Path) -> None:
    report = report_of(found("a.md", "mojibake:1"))
    with_editor = FACTS._replace(root=str(tmp_path), editor_url=resolve_editor("vscode"))
    heads = [parse_page(render_page(report, run=run)).head for run in (FACTS, with_editor)]
    assert [str(tmp_path) in head["links"][1] for head in heads] == [False, True]
