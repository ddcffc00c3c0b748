"""The files that are reported on, the files that are known, and their paths in reports."""

import os
from pathlib import Path

import pytest

from helpers import check, write
from newslint.diagnostics import Report
from newslint.execution import CheckRequest, UsageError
from newslint.execution import check as run_check

RECORD = "title: t\nwebUrl: https://example.org/a\npublished: false\nquality: 84"
COPY = """\
title: host
webUrl: https://example.org/host
related:
  - title: t
    webUrl: https://example.org/a
    quality: 86"""
RULES = ("related-unpublished", "quality-mismatch")


def found(report: Report) -> list[tuple[str, str]]:
    return [(each.rule, each.location.path) for each in report.diagnostics]


def both(path: str) -> list[tuple[str, str]]:
    return [("related-unpublished", path), ("quality-mismatch", path)]


def session_of(*paths: Path, working: Path) -> Report:
    request = CheckRequest.create(list(paths), working, select=RULES)
    return run_check(request).report


def test_one_file_is_reported_on_and_its_folder_is_known(archive: Path) -> None:
    write(archive, record=RECORD, copy=COPY, other=COPY.replace("/host", "/other"))
    report = check(archive, "copy.md", select=RULES)
    assert found(report) == both("copy.md")
    assert (report.documents, report.records, report.mentions) == (1, 1, 2)


def test_a_file_without_diagnostics_of_its_own_is_clean(archive: Path) -> None:
    write(archive, record=RECORD, copy=COPY)
    assert found(check(archive, "record.md", select=RULES)) == []


@pytest.mark.parametrize("marker", ["newslint.toml", ".git"])
def test_the_root_is_where_settings_or_a_repository_are(tmp_path: Path, marker: str) -> None:
    root = tmp_path / "root"
    (root / "deep" / "er").mkdir(parents=True)
    (root / "elsewhere").mkdir()
    if marker == ".git":
        (root / marker).mkdir()
    else:
        (root / marker).write_text("")
    write(root / "deep" / "er", copy=COPY)
    write(root / "elsewhere", record=RECORD)
    write(tmp_path, record=RECORD.replace("84", "99"))
    report = session_of(root / "deep" / "er" / "copy.md", working=root / "deep")
    assert found(report) == both("deep/er/copy.md")
    assert report.diagnostics[0].related_locations[0].location.path == "elsewhere/record.md"


def test_the_configured_corpus_decides(archive: Path) -> None:
    (archive / "newslint.toml").write_text('corpus = ["news"]')
    for folder in ("news", "drafts"):
        (archive / folder).mkdir()
    write(archive / "news", copy=COPY)
    write(archive / "drafts", record=RECORD)
    assert found(check(archive, "news", select=RULES)) == []
    (archive / "newslint.toml").write_text('corpus = ["news", "drafts"]')
    assert found(check(archive, "news", select=RULES)) == both("news/copy.md")


def test_files_outside_the_configured_corpus_are_known_when_named(archive: Path) -> None:
    (archive / "newslint.toml").write_text('corpus = ["news"]')
    (archive / "news").mkdir()
    write(archive / "news", record=RECORD)
    write(archive, copy=COPY)
    assert found(check(archive, "copy.md", select=RULES)) == both("copy.md")


def test_without_a_root_the_named_folders_are_the_corpus(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    write(tmp_path / "one", copy=COPY)
    write(tmp_path / "two", record=RECORD)
    one, two = tmp_path / "one", tmp_path / "two"
    assert found(session_of(one, working=tmp_path)) == []
    assert found(session_of(one, two, working=tmp_path)) == both("one/copy.md")
    assert found(session_of(one, two, working=one)) == both("one/copy.md")


def test_without_a_root_a_files_folder_is_the_corpus(tmp_path: Path) -> None:
    write(tmp_path, record=RECORD, copy=COPY)
    assert found(session_of(tmp_path / "copy.md", working=tmp_path)) == both("copy.md")


def test_a_file_named_twice_is_one(archive: Path) -> None:
    write(archive, record=RECORD, copy=COPY)
    report = check(archive, "copy.md", ".", "copy.md", select=RULES)
    assert (report.documents, len(report.diagnostics)) == (2, 2)


def test_hard_links_are_files_of_their_own(archive: Path) -> None:
    write(archive, record=RECORD)
    (archive / "link.md").hardlink_to(archive / "record.md")
    report = check(archive, ".", select=["duplicate-record"])
    found_in = [each.location.path for each in report.diagnostics]
    assert (report.documents, found_in) == (2, ["link.md", "record.md"])


def test_relative_paths_are_understood(archive: Path) -> None:
    (archive / "news").mkdir()
    write(archive / "news", record=RECORD, copy=COPY)
    assert found(session_of(Path("copy.md"), working=archive / "news")) == both("news/copy.md")
    assert found(session_of(Path("../news"), working=archive / "news")) == both("news/copy.md")


def test_a_path_that_does_not_exist_is_named(archive: Path) -> None:
    with pytest.raises(UsageError, match=r"no such file or folder: gone\.md"):
        check(archive, "gone.md")


def test_a_folder_without_documents_is_an_error(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    (archive / "image.png").write_bytes(b"x")
    with pytest.raises(UsageError, match=r"no documents found in \."):
        check(archive)


def test_a_folder_of_a_collection_that_cannot_be_opened_is_named(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = archive / "posts"
    posts.mkdir()
    (archive / "newslint.toml").write_text('[[collections]]\nname = "c"\npaths = ["posts/**"]\n')
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path) == posts:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(UsageError, match=r": \S*posts: no permission to open the folder$"):
        check(archive)


def test_a_named_file_is_read_whatever_its_name(archive: Path) -> None:
    (archive / "record.news").write_text("text")
    assert found(check(archive, "record.news", select=("missing-front-matter",))) == [
        ("missing-front-matter", "record.news")
    ]


def test_without_rules_on_groups_the_report_is_the_same(archive: Path) -> None:
    write(archive, record=RECORD, copy=COPY)
    alone = check(archive, "copy.md", select=("images",))
    assert found(alone) == [("missing-image", "copy.md")] * 2


def test_lost_text_is_found_in_files_that_are_not_reported_on(archive: Path) -> None:
    write(archive, record=RECORD.replace("t\n", "a b\n", 1), copy=COPY.replace(": t", ": a\ufffdb"))
    report = check(archive, "copy.md", select=["replacement-character"])
    assert [each.fix is not None for each in report.diagnostics] == [True]


def test_what_is_called_alike_is_suggested(tmp_path: Path) -> None:
    write(tmp_path, records="title: A")
    with pytest.raises(UsageError, match=r"no such file or folder: record\.md; did you mean 'rec"):
        check(tmp_path, "record.md")
