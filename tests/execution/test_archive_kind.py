"""Without settings, documents that are no news are checked without rules for news."""

from pathlib import Path

import pytest

from newslint.cli.app import run
from newslint.execution.request import build_run
from newslint.rules.example_records import NEWS_RECORD

POST = "---\nlayout: post\ntitle: Post {number} isnâ€™t here\n---\n"
NOTE = "no settings, and only 0 of 6 documents look like news: not running schema, missing-image, "


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of six posts."""
    monkeypatch.chdir(tmp_path)
    for number in range(6):
        (tmp_path / f"{number}.md").write_text(POST.format(number=number))
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[set[str], str]:
    """Check a folder, and return the rules that report something, and stderr."""
    run(["check", "--no-cache", "--format", "concise", *options])
    printed = capsys.readouterr()
    return {line.split()[2] for line in printed.out.splitlines()}, printed.err


def test_posts_are_not_judged_as_news(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules, notes = check(capsys)
    assert rules == {"mojibake"}
    assert notes.count("\n") == 1
    assert NOTE in notes
    assert "'newslint init'" in notes
    assert check(capsys, "--quiet")[1] == ""


def test_one_file_of_the_folder_gets_the_same_report(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".git").mkdir()
    assert check(capsys, "1.md") == ({"mojibake"}, check(capsys)[1])


def test_files_without_front_matter_are_one_remark(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(6):
        (folder / f"note{number}.md").write_text("The cafÃ© is open.\n")
    rules, notes = check(capsys)
    assert rules == {"mojibake"}
    assert "0 of 12 documents look like news, 6 have no front matter: " in notes


@pytest.mark.parametrize(
    ("settings", "options"),
    [
        ('ignore = ["mojibake"]', []),
        ('[[collections]]\nname = "a"\npaths = ["*.md"]', []),
        ("", ["--select", "schema"]),
    ],
)
def test_a_choice_of_the_user_holds(
    settings: str, options: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if settings:
        (folder / "newslint.toml").write_text(settings)
    rules, notes = check(capsys, *options)
    assert "missing-field" in rules
    assert notes == ""


def test_news_is_judged_as_news(folder: Path) -> None:
    for number in range(6):
        news = NEWS_RECORD if number else NEWS_RECORD.replace("title", "titel")
        (folder / f"news{number}.md").write_text(f"---\n{news}\n---\n")
    assert [each.notes for each in build_run([folder]).checks] == [()]


def test_few_documents_are_judged_as_news(folder: Path) -> None:
    for number in range(2):
        (folder / f"{number}.md").unlink()
    assert [each.notes for each in build_run([folder]).checks] == [()]
