"""`newslint check -`: the text on stdin, as if it were a file of the corpus."""

from pathlib import Path

import pytest

from helpers import write
from newslint.testing import fence
from processes import newslint as newslint_process
from processes import newslint_in_process as newslint

RECORD = "title: One\nwebUrl: https://a.example/one\nquality: 84"
COPY = RECORD.replace("/one", "/two") + (
    "\nrelated:\n  - title: One\n    webUrl: https://a.example/one\n    quality: 86"
)
SELECT = ("--select", "quality-mismatch,mojibake", "--format", "concise")


def expected(folder: Path, text: str, *options: str) -> tuple[int, str, str]:
    ended = newslint("check", "-", *SELECT, *options, cwd=folder, input=text)
    return ended.returncode, ended.stdout, ended.stderr


def test_the_text_takes_the_place_of_the_file(archive: Path) -> None:
    write(archive, one=RECORD, two=COPY.replace("86", "84"))
    status, out, _ = expected(archive, fence(COPY), "--stdin-filename", "two.md")
    assert (status, out.split(" ")[:3]) == (1, ["two.md:8:14:", "error", "quality-mismatch"])
    assert expected(archive, fence(RECORD), "--stdin-filename", "two.md") == (0, "", "")


def test_the_file_need_not_exist(archive: Path) -> None:
    write(archive, one=RECORD)
    status, out, _ = expected(archive, fence(COPY), "--stdin-filename", "new.md")
    assert (status, out.split(":")[0]) == (1, "new.md")


def test_source_lines_are_those_of_the_text(archive: Path) -> None:
    write(archive, one=RECORD)
    ended = newslint(
        "check", "-", "--stdin-filename", "one.md", cwd=archive, input="---\ntitle: â€™\n---\n"
    )
    assert "2 │ title: â€™" in ended.stdout


def test_without_a_name_it_is_a_record_of_its_own(archive: Path) -> None:
    write(archive, one=RECORD)
    status, out, _ = expected(archive, fence("title: â€™"))
    assert (status, out.split(" ")[0]) == (1, "<stdin>:2:8:")


def test_a_folder_that_does_not_exist_yet(archive: Path) -> None:
    status, out, _ = expected(archive, fence("title: â€™"), "--stdin-filename", "deep/er/a.md")
    assert (status, out.split(" ")[0]) == (1, "deep/er/a.md:2:8:")


def test_a_file_that_the_settings_leave_out(archive: Path) -> None:
    (archive / "newslint.toml").write_text('exclude = ["out/"]\n')
    options = ("--stdin-filename", "out/a.md")
    assert expected(archive, fence("title: â€™"), *options)[0] == 1
    status, out, err = expected(archive, fence("title: â€™"), *options, "--force-exclude")
    assert (status, out) == (0, "")
    assert err == "newslint: the settings exclude out/a.md\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "a.md"], "'-' reads the text from stdin and must be the only PATH"),
        ([".", "--stdin-filename", "a.md"], "--stdin-filename needs '-' as the PATH"),
    ],
)
def test_impossible_options_are_refused(archive: Path, arguments: list[str], message: str) -> None:
    ended = newslint("check", *arguments, cwd=archive, input="")
    assert ended.returncode == 2
    assert message in ended.stderr


def test_bytes_that_are_no_text(archive: Path) -> None:
    (archive / "raw").write_bytes(b"caf\xe9")
    with (archive / "raw").open("rb") as raw:
        ended = newslint_process("check", "-", "--format", "concise", cwd=archive, stdin=raw)
    assert ended.stdout.startswith("<stdin>:1:4: error unreadable-file not UTF-8")
