"""Files that can be read, and files that cannot."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newslint.documents import load_document
from newslint.syntax import Limits, Reader

NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up the rights of root, before which no file is closed."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def why(path: Path, limits: Limits | None = None) -> str:
    document = load_document(path, "a.md", Reader(limits))
    assert document.path == "a.md"
    assert document.roots == ()
    (problem,) = document.problems
    assert problem.rule == "unreadable-file"
    return problem.message


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"---\ntitle: x\n---\nbody")
    document = load_document(path, "news/x.md", Reader())
    assert document.path == "news/x.md"
    assert not document.problems
    assert document.roots[0].python == {"title": "x"}


def test_a_missing_file(tmp_path: Path) -> None:
    assert "does not exist" in why(tmp_path / "x.md")


def test_a_folder(tmp_path: Path) -> None:
    assert why(tmp_path) == "cannot be read: it is a folder"


def test_a_loop_of_symbolic_links(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("b.md")
    (tmp_path / "b.md").symlink_to("a.md")
    assert why(tmp_path / "a.md") == "cannot be read: its symbolic links form a loop"


def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert why(tmp_path / "a.md") == "cannot be read: it is a named pipe, no regular file"


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("a.md")
        assert why(Path("a.md")) == "cannot be read: it is a socket, no regular file"


def test_a_device() -> None:
    assert why(Path(os.devnull)) == "cannot be read: it is a device, no regular file"


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.touch()
    before = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr("newslint.documents.files.os.stat", lambda _: before)
    assert why(path) == "cannot be read: it is a named pipe, no regular file"


def test_any_other_failure_has_the_message_of_the_system(tmp_path: Path) -> None:
    assert why(tmp_path / ("x" * 300)).startswith("cannot be read: ")


def test_a_file_that_nobody_may_read(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.touch(mode=0)
    with as_nobody():
        assert why(path) == "cannot be read: no permission to read it"


def test_a_folder_that_nobody_may_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "sub"
    folder.mkdir(mode=0)
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    with as_nobody():
        assert why(Path("sub")) == "cannot be read: no permission to open the folder"


def test_a_folder_that_fails_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("newslint.documents.files.os.scandir", fail)
    assert why(tmp_path) == "cannot be read: the folder cannot be listed: Input/output error"


def test_a_file_larger_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"x" * (3 * 1024 * 1024))
    message = why(path, Limits(file_size=1024 * 1024))
    assert message == "3.0 MiB is larger than the limit of 1.0 MiB"


def test_a_file_as_large_as_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"---\na: b\n---\n")
    assert not load_document(path, "a.md", Reader(Limits(file_size=13))).problems
