"""A report reaches its file as a whole, or not at all."""

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.cli.output import configure_streams
from newslint.rules.example_records import NEWS_RECORD

OLD = "what was there before"


@pytest.fixture(autouse=True)
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(archive, a=NEWS_RECORD)
    monkeypatch.chdir(archive)
    return archive


def check_into(target: Path | str, *arguments: str) -> int:
    return run(["check", "a.md", "--format", "concise", *arguments, "--output", str(target)])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "report"
    target.write_text(OLD)
    target.chmod(0o640)
    assert check_into(target) == 0
    assert target.read_text() == "a.md:2:1: warning missing-image no image\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert names(tmp_path) == {"archive", "report"}


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    previous = os.umask(0o027)
    try:
        check_into(tmp_path / "report")
    finally:
        os.umask(previous)
    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target = tmp_path / "there" / "report"
    target.write_text(OLD)
    link = tmp_path / "link"
    link.symlink_to(target)
    check_into(link)
    assert link.is_symlink()
    assert "no image" in target.read_text()


@pytest.mark.parametrize("arguments", [["nowhere.md"], ["--select", "nonsense"]])
def test_a_run_that_fails_leaves_the_file_alone(arguments: list[str], tmp_path: Path) -> None:
    target = tmp_path / "report"
    target.write_text(OLD)
    assert check_into(target, *arguments) == 2
    assert target.read_text() == OLD
    assert names(tmp_path) == {"archive", "report"}


def test_a_report_that_cannot_be_rendered_leaves_the_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint.reporters import concise

    monkeypatch.setattr(concise, "escape", lambda _text: 1 / 0)
    target = tmp_path / "report"
    target.write_text(OLD)
    assert check_into(target) == 2
    assert target.read_text() == OLD
    assert names(tmp_path) == {"archive", "report"}


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("nowhere/report", "its folder does not exist"),
        ("a.md/report", "its folder is a file"),
        (".", "it is a folder"),
        ("loop", "its symbolic links form a loop"),
        ("x" * 300, "File name too long"),
    ],
)
def test_an_unwritable_destination_is_an_error(
    target: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("loop").symlink_to("loop")
    assert check_into(target, "--exit-zero") == 2
    message = capsys.readouterr()
    assert message.out == ""
    assert message.err == f"Error: cannot write to {target}: {reason}\n"
    assert names(Path()) == {"a.md", "loop", "newslint.toml"}


def test_an_unwritable_folder_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    usual = Path.open

    def refuse(path: Path, *arguments: object, **options: object) -> object:
        if path.name.startswith(".newslint-"):
            raise PermissionError(13, "Permission denied")
        return usual(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert check_into("report") == 2
    assert capsys.readouterr().err == "Error: cannot write to report: Permission denied\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_into("/dev/full") == 2
    expected = "Error: cannot write to /dev/full: No space left on device\n"
    assert capsys.readouterr().err == expected


def test_a_device_is_written_to_and_not_replaced() -> None:
    assert check_into(os.devnull) == 0
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_named_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    assert check_into(pipe) == 0
    reader.join()
    assert read == ["a.md:2:1: warning missing-image no image\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_file_has_colour_only_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    target = tmp_path / "report"
    run(["check", "a.md", "-o", str(target)])
    assert "\x1b" not in target.read_text()
    run(["check", "a.md", "-o", str(target), "--color", "always"])
    assert "\x1b" in target.read_text()


def test_closed_streams_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", object())
    configure_streams()
    assert sys.stdout.name == os.devnull
    sys.stdout.close()
