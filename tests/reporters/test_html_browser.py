"""The HTML report in a browser: people can use it, and it asks for nothing."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import DESKTOP, PHONE, Opened, chromium, needs_axe, needs_chromium, opened, violations
from playwright.sync_api import Browser, Page, expect
from test_report_consumers import HOSTILE_REPORT, USUAL

from newslint.cli.app import run
from newslint.reporters.escape import escape
from newslint.reporters.formats import HTML
from newslint.rules.example_records import NEWS_RECORD
from newslint.testing import fence
from reports import HOSTILE, rendered

pytestmark = [needs_chromium, pytest.mark.xdist_group("browser")]

ENTRY = """
- title: "Lasers {n}"
  excerpt: "What the lasers of laboratory {n} did"
  publishedDateTime: 2022-09-{day:02}T10:00:00Z
  webUrl: https://www.site{n}.example/story
  type: article
  quality: {quality}
  provider: {{name: Site {n}, domain: site{n}.example}}
"""

Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports on an archive in which causes fill several pages and months."""
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
    assert run([*arguments, *options]) == 0
    return folder


@pytest.fixture(scope="module")
def diagnostics(archive: Path) -> list[dict[str, Any]]:
    """What the JSON report lists."""
    found: list[dict[str, Any]] = json.loads((archive / "report.json").read_text())["diagnostics"]
    return found


@pytest.fixture
def page(browser: Browser, archive: Path) -> Iterator[Page]:
    """The report, open; the console stays empty, and nothing is asked of a network."""
    with opened(browser, (archive / "report.html").as_uri()) as found:
        expect(found.page.locator("#filters")).to_be_visible()
        yield found.page
        assert found.complaints == []


def result(causes: int, diagnostics: int) -> str:
    def counted(number: int, noun: str) -> str:
        return f"{number:,} {noun}{'' if number == 1 else 's'}"

    return f"{counted(causes, 'cause')}, {counted(diagnostics, 'diagnostic')}"


def told(found: list[dict[str, Any]]) -> str:
    """Return what the page says of the diagnostics that it shows."""
    return result(len({each["cause"] for each in found}), len(found))


def test_all_is_there_at_first(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    expect(page.locator("#result")).to_have_text(told(diagnostics))
    expect(page.locator("#count-diagnostics")).to_have_text(f"{len(diagnostics):,}")
    assert page.locator("#list > li").count() == 25


def test_each_rule_can_be_chosen(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    for rule in {each["rule"] for each in diagnostics}:
        page.select_option("#rule", rule)
        of_rule = [each for each in diagnostics if each["rule"] == rule]
        expect(page.locator("#result")).to_have_text(told(of_rule))
        assert {*page.locator("#list .rule").all_text_contents()} == {rule}


def test_severities_can_be_left_out(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    for severity in ("error", "warning", "info"):
        page.get_by_role("checkbox", name=severity).uncheck()
        others = [each for each in diagnostics if each["severity"] != severity]
        expect(page.locator("#result")).to_have_text(told(others))
        page.get_by_role("checkbox", name=severity).check()
    expect(page.locator("#result")).to_have_text(told(diagnostics))


def test_text_is_looked_for_in_messages_paths_and_source(
    page: Page, diagnostics: list[dict[str, Any]]
) -> None:
    search = page.locator("#text")
    search.fill("RECORD03.md")
    in_path = [each for each in diagnostics if each["path"] == "record03.md"]
    related = [each for each in diagnostics if "record03.md" in each["message"]]
    expect(page.locator("#result")).to_have_text(told([*in_path, *related]))
    search.fill("It’s")
    expect(page.locator("#list .rule").first).to_have_text("mojibake")
    search.fill("no such text anywhere")
    expect(page.locator("#result")).to_have_text(result(0, 0))
    expect(page.locator("#nothing")).to_be_visible()


def test_a_provider_can_be_looked_for(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    page.locator("#provider").fill("SITE7.example")
    assert page.locator("#domains option").count() > 40
    pages = page.locator("#list .message").all_text_contents()
    assert pages
    page.locator("#list summary").first.click()
    expect(page.locator("#list .provider").first).to_have_text("site7.example")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#result")).to_have_text(told(diagnostics))
    expect(page.get_by_role("button", name="Clear filters")).to_be_hidden()


def test_tables_lead_to_the_causes(page: Page, diagnostics: list[dict[str, Any]]) -> None:
    page.locator("#rules").get_by_role("link", name="quality-mismatch").click()
    chosen = [each for each in diagnostics if each["rule"] == "quality-mismatch"]
    expect(page.locator("#result")).to_have_text(told(chosen))
    expect(page.locator("#causes")).to_be_focused()
    page.get_by_role("button", name=re.compile(r"^Show \d+ more$")).click()
    page.locator("#providers").get_by_role("link", name="site9.example").first.click()
    expect(page.locator("#provider")).to_have_value("site9.example")
    expect(page.locator("#rule")).to_have_value("")


def test_an_address_keeps_the_filters(browser: Browser, archive: Path, page: Page) -> None:
    page.select_option("#rule", "missing-image")
    page.locator("#text").fill("a & b = c")
    page.get_by_role("checkbox", name="info").uncheck()
    with opened(browser, page.url) as other:
        expect(other.page.locator("#text")).to_have_value("a & b = c")
        expect(other.page.locator("#rule")).to_have_value("missing-image")
        expect(other.page.get_by_role("checkbox", name="info")).not_to_be_checked()
        expect(other.page.get_by_role("checkbox", name="error")).to_be_checked()


def test_pages_can_be_turned(page: Page) -> None:
    first = page.locator("#list .message").all_text_contents()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#page")).to_contain_text("Page 2 of ")
    expect(page.locator("#causes")).to_be_focused()
    assert page.locator("#list").get_attribute("start") == "26"
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#list .message")).to_have_text(first)
    expect(page.get_by_role("button", name="Previous")).to_be_disabled()


def test_a_cause_shows_source_lines_fix_and_every_place(
    page: Page, diagnostics: list[dict[str, Any]]
) -> None:
    page.select_option("#rule", "quality-mismatch")
    cause = page.locator("#list > li").first
    cause.locator("summary").click()
    expect(cause.locator(".source mark").first).to_have_text("50")
    expect(cause.locator("del mark").first).to_have_text("0")
    expect(cause.locator("ins mark").first).to_have_text("1")
    expect(cause.get_by_text("safe fix").first).to_be_visible()
    while cause.get_by_role("button").count():
        cause.get_by_role("button").first.click()
    listed = cause.locator(".place > code:first-child, .places code:first-child").all_inner_texts()
    of_rule = [each for each in diagnostics if each["rule"] == "quality-mismatch"]
    (name,) = {each["cause"] for each in of_rule if place_of(each) == listed[0]}
    assert sorted(listed) == sorted(place_of(each) for each in of_rule if each["cause"] == name)


def place_of(found: dict[str, Any]) -> str:
    start = found["location"]["start"]
    return f"{found['path']}:{start['line']}:{start['column']}"


def test_it_can_be_used_by_keyboard_alone(page: Page) -> None:
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


def test_hostile_text_is_shown_as_text(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(rendered(HTML, HOSTILE_REPORT, lambda _path: "---\ntitle: </script><b>\n---\n"))
    with opened(browser, file.as_uri()) as found:
        expect(found.page.locator("#filters")).to_be_visible()
        shown = found.page.locator("#list .message").all_text_contents()
        assert sorted(shown) == sorted(map(escape, HOSTILE))
        for summary in found.page.locator("#list summary").all():
            summary.click()
        expect(found.page.locator("#list b")).to_have_count(len(HOSTILE))  # titles of fixes
        assert found.page.locator("#list").locator("script, img, a").count() == 0
        assert found.complaints == []


def test_an_old_browser_is_told_and_shows_the_beginning(browser: Browser, archive: Path) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    page.goto((archive / "report.html").as_uri())
    expect(page.locator("#partial")).to_be_visible()
    assert page.locator("#list > li").count() == 20
    expect(page.locator("#beginning")).to_contain_text("more causes")
    expect(page.locator("#filters")).to_be_hidden()
    context.close()


def test_without_scripts_the_beginning_is_shown(browser: Browser, archive: Path) -> None:
    with opened(browser, (archive / "report.html").as_uri(), java_script_enabled=False) as found:
        expect(found.page.locator("#partial")).to_be_visible()
        assert found.page.locator("#list > li").count() == 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@needs_axe
def test_everybody_can_use_it(
    browser: Browser, archive: Path, scheme: str, size: dict[str, int]
) -> None:
    options = {"color_scheme": scheme, "viewport": size, "bypass_csp": True}
    with opened(browser, (archive / "report.html").as_uri(), **options) as found:
        page = found.page
        for summary in page.locator("summary").all()[:8]:
            summary.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


@needs_axe
def test_an_empty_report_can_be_used_too(browser: Browser, tmp_path: Path) -> None:
    from newslint.diagnostics import Report

    for name, report in (("clean", Report(3)), ("usual", USUAL)):
        file = tmp_path / f"{name}.html"
        file.write_text(rendered(HTML, report))
        with opened(browser, file.as_uri(), bypass_csp=True) as found:
            assert violations(found.page) == []
            assert found.complaints == []
