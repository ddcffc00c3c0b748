"""The HTML report of a command names its run, and suggests commands that fit it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from helpers import write
from newslint.cli.app import run

Page = Callable[..., html.HtmlElement]


@pytest.fixture
def page(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Check an archive in the current folder, and parse its page."""
    monkeypatch.chdir(archive)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    write(archive, a='title: "a "\nwebUrl: https://example.org/a\n')

    def check(*arguments: str) -> html.HtmlElement:
        run(["check", *arguments, "--quiet", "--report", "html=report.html"])
        return html.fromstring(Path("report.html").read_text())

    return check


def words(tree: html.HtmlElement, name: str) -> str:
    return " ".join(tree.get_element_by_id(name).text_content().split())


def commands(tree: html.HtmlElement) -> list[str]:
    return [each.text_content() for each in tree.xpath('//section[@id="start"]//pre')]


def test_command_and_day(page: Page, archive: Path) -> None:
    shown = words(page("--select", "text,images", "a.md"), "run")
    assert f"Archive {archive.name} " in shown
    assert "Date 2026-01-01 Command newslint check --select text,images a.md --quiet" in shown


def test_suggested_commands_repeat_files_and_rules(page: Page) -> None:
    assert commands(page()) == ["newslint check --fix", "newslint baseline create"]
    assert commands(page("a.md", "--ignore", "images", "--no-plugins")) == [
        "newslint check --fix a.md --ignore images --no-plugins",
        "newslint baseline create a.md --ignore images --no-plugins",
    ]


def test_commands_ignore_the_baseline_if_the_run_did(page: Page) -> None:
    assert commands(page("--no-baseline")) == ["newslint check --fix --no-baseline"]


def test_baseline_gives_three_numbers(page: Page) -> None:
    assert run(["baseline", "create"]) == 0
    tree = page()
    assert words(tree, "headline") == "No new diagnostics in 1 document"
    assert words(tree, "count-new") == words(tree, "count-fixed") == "0"
    assert int(words(tree, "count-known")) > 1
    assert "Baseline newslint.baseline" in words(tree, "run")


def test_editor_of_the_environment(
    page: Page, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page()
    assert str(archive) not in Path("report.html").read_text()
    monkeypatch.setenv("NEWSLINT_EDITOR", "emacs")
    assert run(["check"]) == 2


def test_output_is_cached_for_each_day(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime("a.md", (1, 1))
    assert "Date 2026-01-01" in words(page(), "run")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767400000")
    assert "Date 2026-01-03" in words(page(), "run")
