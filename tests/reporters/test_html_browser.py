"""The HTML report in a browser: it works, is accessible, and requests nothing."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import (
    DESKTOP,
    PHONE,
    OpenPage,
    launch_chromium,
    needs_axe,
    needs_chromium,
    open_page,
    violations,
)
from playwright.sync_api import Browser, Page, expect
from test_report_consumers import HOSTILE_REPORT, USUAL

from newslint.cli.app import run
from newslint.diagnostics import Edit, Report
from newslint.reporters.escape import escape
from newslint.reporters.formats import HTML
from newslint.rules.example_records import NEWS_RECORD
from newslint.testing import fence
from reports import FIX, HOSTILE, diagnostic, render_report, span

pytestmark = needs_chromium

ENTRY = """
- title: "Lasers {n}"
  excerpt: "What the lasers of laboratory {n} did"
  publishedDateTime: 2022-09-{day:02}T10:00:00Z
  webUrl: https://www.site{n}.example/story
  type: article
  quality: {quality}
  provider: {{name: Site {n}, domain: site{n}.example}}
"""

Open = Callable[..., OpenPage]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch_chromium() as found:
        yield found


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports on an archive whose causes fill several pages and months."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "newslint.toml").write_text('today = "2024-01-01"\n')
    for number in range(12):
        entries = "".join(
            ENTRY.format(n=n, day=n % 28 + 1, quality=50 + (n + number) % 2)
            for n in range(number, number + 40)
        )
        text = NEWS_RECORD.replace("pytorch-moves", f"story{number}").replace(
            "2022-09", f"2022-{number % 9 + 1:02}"
        )
        (folder / f"record{number:02}.md").write_text(fence(f"{text}\nrelated:{entries}"))
    broken = NEWS_RECORD.replace("title: ", 'title: "It’s â€™ \\u202e" #', 1)
    (folder / "broken.md").write_text(fence(broken))
    arguments = ["check", str(folder), "--config", str(folder / "newslint.toml"), "--exit-zero"]
    reports = [f"{name}={folder}/report.{name}" for name in ("html", "json")]
    history = str(folder / "history.jsonl")
    assert run(["stats", str(folder), "--history", history]) == 0
    assert run(["stats", str(folder), "--history", history, "--ignore", "images"]) == 0
    options = ["--history", history, "--quiet", "--report", reports[0], "--report", reports[1]]
    options += ["--editor", "vscode"]
    assert run([*arguments, *options]) == 0
    return folder


@pytest.fixture(scope="module")
def diagnostics(archive: Path) -> list[dict[str, Any]]:
    """The diagnostics of the JSON report."""
    found: list[dict[str, Any]] = json.loads((archive / "report.json").read_text())["diagnostics"]
    return found


@pytest.fixture
def page(browser: Browser, archive: Path) -> Iterator[Page]:
    """The opened report; there must be no message in the console and no request."""
    with open_page(browser, (archive / "report.html").as_uri()) as found:
        expect(found.page.locator("#filters")).to_be_visible()
        yield found.page
        assert found.problems == []


def result_text(causes: int, diagnostics: int) -> str:
    def counted(number: int, noun: str) -> str:
        return f"{number:,} {noun}{'' if number == 1 else 's'}"

    return f"{counted(causes, 'cause')}, {counted(diagnostics, 'diagnostic')}"


def count_text(found: list[dict[str, Any]]) -> str:
    """Format the counts of displayed diagnostics as the page does."""
    return result_text(len({each["cause"] for each in found}), len(found))


def test_all_diagnostics_are_shown_at_first(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    expect(page.locator("#result")).to_have_text(count_text(diagnostics))
    expect(page.locator("#count-diagnostics")).to_have_text(f"{len(diagnostics):,}")
    assert page.locator("#list > li").count() == 25


def test_filter_by_rule(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    for rule in {each["rule"] for each in diagnostics}:
        page.select_option("#rule", rule)
        of_rule = [each for each in diagnostics if each["rule"] == rule]
        expect(page.locator("#result")).to_have_text(count_text(of_rule))
        assert {*page.locator("#list .rule").all_text_contents()} == {rule}


def test_filter_by_severity(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    for severity in ("error", "warning", "info"):
        page.get_by_role("checkbox", name=severity).uncheck()
        others = [each for each in diagnostics if each["severity"] != severity]
        expect(page.locator("#result")).to_have_text(count_text(others))
        page.get_by_role("checkbox", name=severity).check()
    expect(page.locator("#result")).to_have_text(count_text(diagnostics))


def test_text_filter_searches_messages_paths_and_source(
    page: Page, diagnostics: list[dict[str, Any]]
) -> None:
    search = page.locator("#text")
    search.fill("RECORD03.md")
    in_path = [each for each in diagnostics if each["path"] == "record03.md"]
    related = [each for each in diagnostics if "record03.md" in each["message"]]
    expect(page.locator("#result")).to_have_text(count_text([*in_path, *related]))
    search.fill("It’s")
    expect(page.locator("#list .rule").first).to_have_text("mojibake")
    search.fill("no such text anywhere")
    expect(page.locator("#result")).to_have_text(result_text(0, 0))
    expect(page.locator("#nothing")).to_be_visible()


def test_filter_by_provider(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    page.locator("#provider").fill("SITE7.example")
    assert page.locator("#domains option").count() > 40
    pages = page.locator("#list .message").all_text_contents()
    assert pages
    page.locator("#list summary").first.click()
    expect(page.locator("#list .provider").first).to_have_text("site7.example")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#result")).to_have_text(count_text(diagnostics))
    expect(page.get_by_role("button", name="Clear filters")).to_be_hidden()


def test_tables_link_to_filtered_causes(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    page.locator("#rules").get_by_role("link", name="quality-mismatch").click()
    chosen = [each for each in diagnostics if each["rule"] == "quality-mismatch"]
    expect(page.locator("#result")).to_have_text(count_text(chosen))
    expect(page.locator("#causes")).to_be_focused()
    page.locator("#providers").get_by_role("button", name=re.compile("^Show .* more$")).click()
    page.locator("#providers").get_by_role("link", name="site9.example").first.click()
    expect(page.locator("#provider")).to_have_value("site9.example")
    expect(page.locator("#rule")).to_have_value("")
    page.locator("#sources td a").first.click()
    assert page.locator("#rule").input_value()
    assert page.locator("#provider").input_value()


def test_documents_lead_to_their_causes(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    documents = page.locator("#documents")
    documents.get_by_role("searchbox").fill("RECORD07")
    documents.get_by_role("link", name="record07.md").click()
    own = [each for each in diagnostics if each["path"] == "record07.md"]
    expect(page.locator("#result")).to_have_text(count_text(own))
    expect(page.locator("#applied")).to_have_text("Filtered by document: record07.md")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#result")).to_have_text(count_text(diagnostics))


def test_tables_sort(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    rules = page.locator("#rules")
    names = rules.locator("tbody th a")
    rules.get_by_role("button", name="Rule", exact=True).click()
    assert names.all_text_contents() == sorted({each["rule"] for each in diagnostics})
    expect(rules.locator("thead th").first).to_have_attribute("aria-sort", "ascending")
    rules.get_by_role("button", name="Diagnostics").click()
    counts = Counter(each["rule"] for each in diagnostics)
    expect(names.first).to_have_text(counts.most_common(1)[0][0])
    expect(rules.locator("[aria-sort]")).to_have_count(1)


def test_first_steps_copy_and_lead_to_causes(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the command that repairs").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("newslint check --fix ")
    assert copied == page.locator("#start-repair pre").text_content()
    page.locator("#start-causes a").first.click()
    expect(page.locator("#list > li")).to_have_count(1)
    expect(page.locator("#list .permalink")).to_be_visible()
    assert "#cause=" in page.url


def test_places_lead_to_the_editor(page: Page, archive: Path) -> None:
    page.select_option("#rule", "mojibake")  # of which there is one, so that it is open
    link = page.locator("#list .actions").get_by_role("link", name="Editor")
    expect(link).to_have_attribute("href", re.compile(f"^vscode://file{archive}/broken.md:\\d+:"))


def test_print_shows_all_filtered_causes(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    page.get_by_role("checkbox", name="info").uncheck()
    chosen = {each["cause"] for each in diagnostics if each["severity"] != "info"}
    assert len(chosen) > 25
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#list > li")).to_have_count(len(chosen))
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#list > li")).to_have_count(25)


def test_url_contains_the_filters(browser: Browser, archive: Path, page: Page) -> None:
    page.select_option("#rule", "missing-image")
    page.locator("#text").fill("a & b = c")
    page.get_by_role("checkbox", name="info").uncheck()
    with open_page(browser, page.url) as other:
        expect(other.page.locator("#text")).to_have_value("a & b = c")
        expect(other.page.locator("#rule")).to_have_value("missing-image")
        expect(other.page.get_by_role("checkbox", name="info")).not_to_be_checked()
        expect(other.page.get_by_role("checkbox", name="error")).to_be_checked()


def test_pagination(page: Page) -> None:
    first = page.locator("#list .message").all_text_contents()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#page")).to_contain_text("Page 2 of ")
    expect(page.locator("#causes")).to_be_focused()
    assert page.locator("#list").get_attribute("start") == "26"
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#list .message")).to_have_text(first)
    expect(page.get_by_role("button", name="Previous")).to_be_disabled()


def test_cause_shows_source_lines_fix_and_all_places(
    page: Page, diagnostics: list[dict[str, Any]]
) -> None:
    page.select_option("#rule", "quality-mismatch")
    cause = page.locator("#list > li").first
    cause.locator("summary").click()
    expect(cause.locator(".source mark").first).to_have_text("50")
    expect(cause.locator("del mark").first).to_have_text("0")
    expect(cause.locator("ins mark").first).to_have_text("1")
    expect(cause.get_by_text("safe fix").first).to_be_visible()
    while cause.locator("button.more").count():
        cause.locator("button.more").first.click()
    listed = cause.locator("code.at").all_inner_texts()
    of_rule = [each for each in diagnostics if each["rule"] == "quality-mismatch"]
    (name,) = {each["cause"] for each in of_rule if place_of(each) == listed[0]}
    assert sorted(listed) == sorted(place_of(each) for each in of_rule if each["cause"] == name)


def place_of(found: dict[str, Any]) -> str:
    start = found["location"]["start"]
    return f"{found['path']}:{start['line']}:{start['column']}"


def test_keyboard_navigation(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the causes")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#causes")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("lasers")
    expect(page.get_by_role("button", name="Clear filters")).to_be_visible()
    error = page.get_by_role("checkbox", name="error")
    for reached in (page.locator("[name=rule]"), page.locator("[name=provider]"), error):
        page.keyboard.press("Tab")
        expect(reached).to_be_focused()
    page.keyboard.press("Space")
    expect(error).not_to_be_checked()
    page.keyboard.press("Space")
    expect(error).to_be_checked()
    others = [page.get_by_role("checkbox", name=name) for name in ("warning", "info")]
    clear = page.get_by_role("button", name="Clear filters")
    for reached in (*others, clear, page.locator("#list summary").first):
        page.keyboard.press("Tab")
        expect(reached).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list .source").first).to_be_visible()


def test_hostile_text_is_escaped(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(
        render_report(HTML, HOSTILE_REPORT, lambda _path: "---\ntitle: </script><b>\n---\n")
    )
    with open_page(browser, file.as_uri()) as found:
        expect(found.page.locator("#filters")).to_be_visible()
        shown = found.page.locator("#list .message").all_text_contents()
        assert sorted(shown) == sorted(map(escape, HOSTILE))
        for summary in found.page.locator("#list summary").all():
            summary.click()
        expect(found.page.locator("#list b")).to_have_count(len(HOSTILE))  # titles of fixes
        links = "a:not([href^='#cause='])"
        assert found.page.locator("#list").locator(f"script, img, {links}").count() == 0
        assert found.problems == []


def test_diff_marks_words_that_differ(browser: Browser, tmp_path: Path) -> None:
    line = "title: the old house by the old river"
    edits = (Edit(span(2, 12, 15), "new"), Edit(span(2, 29, 32), "new"))
    report = Report(1, diagnostics=(diagnostic(fix=FIX._replace(edits=edits)),))
    file = tmp_path / "diff.html"
    file.write_text(render_report(HTML, report, lambda _path: f"---\n{line}\n---\n"))
    with open_page(browser, file.as_uri()) as found:
        expect(found.page.locator("#list del mark")).to_have_text(["old", "old"])
        expect(found.page.locator("#list ins mark")).to_have_text(["new", "new"])
        expect(found.page.locator("#list ins")).to_have_text(line.replace("old", "new"))
        assert found.problems == []


def test_old_browser_shows_a_notice_and_the_first_causes(browser: Browser, archive: Path) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    page.goto((archive / "report.html").as_uri())
    expect(page.locator("#partial")).to_be_visible()
    assert page.locator("#list > li").count() == 20
    expect(page.locator("#beginning")).to_contain_text("more causes")
    expect(page.locator("#filters")).to_be_hidden()
    context.close()


def test_first_causes_are_shown_without_scripts(browser: Browser, archive: Path) -> None:
    with open_page(browser, (archive / "report.html").as_uri(), java_script_enabled=False) as found:
        expect(found.page.locator("#partial")).to_be_visible()
        assert found.page.locator("#list > li").count() == 20


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@needs_axe
def test_page_is_accessible(browser: Browser, archive: Path, size: dict[str, int]) -> None:
    options = {"color_scheme": "light", "viewport": size, "bypass_csp": True}
    with open_page(browser, (archive / "report.html").as_uri(), **options) as found:
        page = found.page
        for summary in page.locator("summary").all()[:8]:
            summary.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        page.emulate_media(color_scheme="dark")
        assert violations(page, "color-contrast") == []
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


@needs_axe
def test_small_reports_are_accessible(browser: Browser, tmp_path: Path) -> None:
    for name, report in (("clean", Report(3)), ("usual", USUAL)):
        file = tmp_path / f"{name}.html"
        file.write_text(render_report(HTML, report))
        with open_page(browser, file.as_uri(), bypass_csp=True) as found:
            assert violations(found.page) == []
            assert found.problems == []


@pytest.mark.parametrize("media", ["screen", "print"])
def test_paths_are_whole_on_a_phone_and_on_paper(
    media: Any, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    path = "_news/2022/" + "a-very-long-name-of-a-record-" * 5 + ".md"
    causes = tuple(diagnostic(path=path, cause=cause) for cause in "ab")  # a single one is open
    file.write_text(render_report(HTML, Report(1, diagnostics=causes)))
    size = PHONE if media == "screen" else DESKTOP | {"width": 700}
    with open_page(browser, file.as_uri(), viewport=size) as found:
        found.page.emulate_media(media=media)
        where = found.page.locator("#list summary .where").first
        expect(where).to_be_visible()
        assert where.evaluate("each => each.scrollWidth <= each.clientWidth")
        assert where.evaluate("each => each.getBoundingClientRect().height") > 30
        bar = found.page.locator("#rules .share svg").first
        assert bar.is_hidden()
