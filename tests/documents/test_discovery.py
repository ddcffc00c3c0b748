"""Which files of a folder are documents."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import nested_folders
from newslint.documents import (
    BASELINE_MARK,
    SUFFIXES,
    FileFilter,
    SkipReason,
    discover,
    load_document,
    search,
)
from newslint.documents.files import read_bytes
from newslint.syntax import Reader


def tree(folder: Path, *names: str, **ignores: str) -> Path:
    """Write empty files; `sub=...` writes `sub/.gitignore`, `_=...` that of `folder`."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for name, text in ignores.items():
        base = folder if name == "_" else folder / name
        base.mkdir(parents=True, exist_ok=True)
        (base / ".gitignore").write_text(text, "utf-8")
    return folder


def found(folder: Path, below: Path | None = None) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in discover(below or folder)]


@pytest.fixture
def inside_tmp(tmp_path: Path) -> Iterator[Path]:
    before = Path.cwd()
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


def test_documents_are_found_at_any_depth_sorted_by_path(tmp_path: Path) -> None:
    tree(tmp_path, "b.md", "a/z.txt", "a-b/x.md", "a.md", "a/b/c.yml", "B.MD")
    paths = list(discover(tmp_path))
    assert paths == sorted(paths)
    assert found(tmp_path) == ["B.MD", "a/b/c.yml", "a/z.txt", "a-b/x.md", "a.md", "b.md"]


def test_documents_are_found_by_suffix(tmp_path: Path) -> None:
    tree(tmp_path, *(f"x{suffix}" for suffix in SUFFIXES), "x.py", "README", "x.md.bak", ".md")
    assert found(tmp_path) == sorted(f"x{suffix}" for suffix in SUFFIXES)


def test_hidden_and_installed_files_are_left_out(tmp_path: Path) -> None:
    tree(
        tmp_path,
        ".git/x.md",
        ".x.md",
        ".newslint-0123abcd.tmp",
        "node_modules/a/x.md",
        "_site/x.md",
        "vendor/x.md",
        "x.md",
    )
    assert found(tmp_path) == ["x.md"]


def test_ignored_files_are_left_out(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "b.md", "drafts/x.md", "c/drafts/y.md", "c/b.md", _="/b.md\ndrafts/\n")
    assert found(tmp_path) == ["a.md", "c/b.md"]


def test_the_closest_ignore_file_decides(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "sub/a.txt", "sub/b.txt", _="*.txt\n", sub="!a.txt\n")
    assert found(tmp_path) == ["sub/a.txt"]


def test_the_last_line_decides(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "b.txt", _="# all\n*.txt\n!b.txt\n")
    assert found(tmp_path) == ["b.txt"]


def test_nothing_comes_back_from_an_ignored_folder(tmp_path: Path) -> None:
    tree(tmp_path, "drafts/a.md", _="drafts/\n!drafts/a.md\n", drafts="!a.md\n")
    assert found(tmp_path) == []


def test_ignore_files_above_count_up_to_the_repository(tmp_path: Path) -> None:
    tree(tmp_path, "repo/.git/HEAD", "repo/news/a.md", "repo/news/b.md", _="a.md\n", repo="b.md\n")
    assert found(tmp_path / "repo", tmp_path / "repo" / "news") == ["news/a.md"]


def test_without_a_repository_ignore_files_above_do_not_count(tmp_path: Path) -> None:
    tree(tmp_path, "news/a.md", _="a.md\n")
    assert found(tmp_path, tmp_path / "news") == ["news/a.md"]


def test_a_relative_folder_has_parents_too(inside_tmp: Path) -> None:
    tree(inside_tmp, ".git/HEAD", "news/deep/a.md", "news/deep/b.md", _="a.md\n")
    os.chdir("news")
    assert list(discover(Path("deep"))) == [Path("deep/b.md")]
    assert list(discover(Path("../news/deep"))) == [Path("../news/deep/b.md")]
    assert list(discover(Path())) == [Path("deep/b.md")]


def test_lines_that_are_no_patterns_match_nothing(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "b.md", "[.md", _="!\n\\\n[?-.]\n[[]\r\nb.md\r\n\ufeff")
    assert found(tmp_path) == ["[.md", "a.md"]


@given(st.text(st.sampled_from("a/*!?[]\\ .#^-{}\t\r\n")))
def test_any_ignore_file_can_be_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tree(tmp_path_factory.mktemp("ignore"), "a/a.md", _=text)
    assert found(folder) in (["a/a.md"], [])


def test_an_ignore_file_may_start_with_a_byte_order_mark(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "b.md", _="\ufeffa.md\n")
    assert found(tmp_path) == ["b.md"]


def test_an_ignore_file_that_is_a_folder_is_none(tmp_path: Path) -> None:
    tree(tmp_path, ".gitignore/x", "a.md")
    assert found(tmp_path) == ["a.md"]


def test_a_document_by_its_name_is_one_even_if_it_is_binary(tmp_path: Path) -> None:
    for name in ("a.txt", "b.MD", "c.png", "d"):
        (tmp_path / name).write_bytes(b"\x89PNG\0")
    assert found(tmp_path) == ["a.txt", "b.MD"]


def test_of_other_names_that_settings_include_binary_files_are_left_out(tmp_path: Path) -> None:
    for name in ("a.rec", "b.REC", "c.png", "d"):
        (tmp_path / name).write_bytes(b"\x89PNG\0")
    (tmp_path / "e").write_bytes("title".encode("utf-16"))
    (tmp_path / "f").write_bytes(b"x" * 8192 + b"\0")
    only = FileFilter(tmp_path, include=["*.rec", "/[b-f]*"])
    assert {path.name: skip for path, skip, _ in search(tmp_path, only)} == {
        "a.rec": None,
        "b.REC": None,
        "c.png": SkipReason.BINARY,
        "d": SkipReason.BINARY,
        "e": None,
        "f": None,
    }


def test_a_baseline_is_no_document_under_any_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# newslint-baseline 2: what is let pass\n")
    (tmp_path / "b.txt").write_text("# newslint-baselines are text\n")
    assert found(tmp_path) == ["b.txt"]


def test_symlinks_to_folders_are_not_followed_those_to_files_are(tmp_path: Path) -> None:
    tree(tmp_path, "real/a.md")
    (tmp_path / "folder").symlink_to("real")
    (tmp_path / "folder.md").symlink_to("real")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "file.md").symlink_to("real/a.md")
    assert found(tmp_path) == ["file.md", "real/a.md"]


def test_dangling_symlinks_are_yielded_so_that_reading_reports_them(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    (tmp_path / "self.md").symlink_to("self.md")
    assert found(tmp_path) == ["gone.md", "self.md"]
    for path in discover(tmp_path):
        (problem,) = load_document(path, path.name, Reader()).problems
        assert problem.rule == "unreadable-file"


def test_a_folder_called_like_a_document_is_walked(tmp_path: Path) -> None:
    tree(tmp_path, "x.md/y.md")
    assert found(tmp_path) == ["x.md/y.md"]


def test_a_pipe_is_a_document_by_its_name_only(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.md").symlink_to("pipe")
    assert found(tmp_path) == ["link.md", "pipe.md"]
    every = FileFilter(tmp_path, include=["*"])
    skipped = {path.name: skip for path, skip, _ in search(tmp_path, every)}
    assert skipped == {"link.md": None, "pipe": SkipReason.SPECIAL, "pipe.md": None}


def test_an_ignore_file_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".gitignore")
    tree(tmp_path, "a.md")
    assert found(tmp_path) == ["a.md"]


def test_a_folder_that_cannot_be_listed_is_yielded(inside_tmp: Path) -> None:
    """A path too long to be opened is one that not even root can list."""
    name = "d" * 250
    for _ in range(17):
        Path(name).mkdir()
        os.chdir(name)
    Path("a.md").touch()
    os.chdir(inside_tmp)
    (path,) = discover(inside_tmp)
    assert path.name == name
    (problem,) = load_document(path, "d", Reader()).problems
    assert problem.message.startswith("cannot be read: ")


def test_folders_may_be_nested_more_deeply_than_calls_of_functions(tmp_path: Path) -> None:
    tree(tmp_path, "z.md")
    with nested_folders(tmp_path, "d", 600):
        *inside, last = discover(tmp_path)
    assert len(inside) == 600
    assert last == tmp_path / "z.md"


def test_a_path_that_is_too_long_is_a_reason(tmp_path: Path) -> None:
    reason = read_bytes(tmp_path.joinpath(*["d" * 250] * 17), 99, tmp_path)
    assert isinstance(reason, str)
    assert reason.startswith("cannot be read: its path is too long")


def test_the_folder_itself_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(discover(tmp_path / "missing"))
    tree(tmp_path, "a.md")
    with pytest.raises(NotADirectoryError):
        list(discover(tmp_path / "a.md"))


def test_names_may_be_any_bytes(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xff.md"
    Path(os.fsdecode(raw)).touch()
    (path,) = discover(tmp_path)
    assert os.fsencode(path) == raw


def test_skipped_files_have_a_reason(tmp_path: Path) -> None:
    names = ("a.md", "ignored.md", "old/b.md", "drafts/c.md", "draft.md", "logo.svg")
    tree(tmp_path, *names, ".git/d.md", ".hidden.md", "node_modules/e.md", _="/ignored.md\n/old/\n")
    (tmp_path / "binary.md").write_bytes(b"a\0b")
    (tmp_path / "binary").write_bytes(b"a\0b")
    (tmp_path / "baseline.txt").write_text(BASELINE_MARK)
    (tmp_path / "link.md").symlink_to("drafts")
    only = FileFilter(tmp_path, exclude=["drafts/", "draft.md"])
    found = {path.name: skip for path, skip, _ in search(tmp_path, only)}
    assert found == {
        ".git": SkipReason.HIDDEN,
        ".gitignore": SkipReason.HIDDEN,
        ".hidden.md": SkipReason.HIDDEN,
        "a.md": None,
        "baseline.txt": SkipReason.BASELINE,
        "binary": SkipReason.NAME,
        "binary.md": None,
        "draft.md": SkipReason.SETTINGS,
        "drafts": SkipReason.SETTINGS,
        "ignored.md": SkipReason.IGNORED,
        "link.md": SkipReason.LINK,
        "logo.svg": SkipReason.NAME,
        "node_modules": SkipReason.FOREIGN,
        "old": SkipReason.IGNORED,
    }
    assert list(discover(tmp_path, only)) == [tmp_path / "a.md", tmp_path / "binary.md"]
