"""Bad input is reported clearly, and the run continues."""

import io
import json
import os
import socket
import stat
from pathlib import Path
from typing import Any

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.rules.example_records import NEWS_RECORD

FILES = {
    "latin-1": "---\ntitle: Café crème, déjà vu\n---\n".encode("latin-1"),
    "utf-16": "---\ntitle: x\n---\n".encode("utf-16"),
    "empty": b"",
    "fence": b"---\n",
    "toml": b"+++\ntitle = x\n+++\n",
    "json": b'{"title": x}\n',
    "bare": b"Just a text.\n",
    "bomb": b"---\na0: [x]\n"
    + b"".join(
        b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 9)
    )
    + b"---\n",
    "deep": b"---\na: " + b"[" * 10_000 + b"]" * 10_000 + b"\n---\n",
    "broken": b"---\ntitle: [a\n---\n",
    "nul": b"---\ntitle: a\0b\n---\nText\n",
    "nuls": bytes(4096),
    "utf-16-le": "---\ntitle: x\n---\n".encode("utf-16-le"),
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}
FILES["bomb"] = FILES["bomb"].replace(b"a0: [x]", b"a0: &a0 [x, x, x, x, x, x, x, x, x]")


@pytest.fixture(autouse=True)
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(archive, good=NEWS_RECORD)
    monkeypatch.chdir(archive)
    monkeypatch.setenv("COLUMNS", "80")
    return archive


def report_on(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    status = run(["check", "--format", "concise", "--select", "file", *arguments])
    expected = capsys.readouterr()
    assert (status, expected.err) == (1, "")
    return expected.out


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("latin-1", "2:11: error unreadable-file not UTF-8: byte 0xe9 at offset 14; "),
        (
            "utf-16",
            "1:1: error unreadable-file not UTF-8: byte 0xff at offset 0; by its byte-order mark",
        ),
        ("empty", "1:1: error missing-front-matter the file is empty"),
        ("fence", "1:1: error unclosed-front-matter the front matter is opened by '---' and never"),
        (
            "toml",
            "2:9: error toml-syntax this is no value of TOML",
        ),
        ("json", "1:11: error json-syntax this is no value of JSON"),
        ("bare", "1:1: error missing-front-matter no front matter: the file does not start with"),
        ("bomb", "error yaml-limits more than 1,000,000 values, with aliases expanded"),
        ("deep", "2:103: error yaml-limits values are nested deeper than 100 levels"),
        ("broken", "error yaml-syntax "),
        ("nul", "2:9: error control-character control character U+0000, which YAML forbids"),
        ("nuls", "1:1: error unreadable-file not UTF-8: byte 0x00 at offset 0; the file is binary"),
        ("utf-16-le", "1:2: error unreadable-file not UTF-8: byte 0x00 at offset 1; by its NUL"),
        ("png", "1:1: error unreadable-file not UTF-8: byte 0x89 at offset 0; the file is a PNG"),
    ],
)
def test_a_bad_file_is_reported_and_the_others_are_checked(
    name: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.md").write_bytes(FILES[name])
    out = report_on(capsys, ".")
    assert out == report_on(capsys, "bad.md")
    assert out.startswith("bad.md:")
    assert expected in out
    assert out.count("\n") == 1
    run(["check", "--select", "file,images"])
    text = capsys.readouterr().out
    assert "good.md:2:1 warning missing-image" in text
    assert "2 documents" in text


def test_a_file_of_200_megabytes_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    with Path("huge.md").open("wb") as file:
        file.truncate(200 * 1024**2)
    out = report_on(capsys, "huge.md")
    assert out == (
        "huge.md:1:1: error unreadable-file 200.0 MiB is larger than the limit of 16.0 MiB\n"
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("nowhere", "cannot be read: it does not exist (a dangling symbolic link"),
        ("link.md", "cannot be read: its symbolic links form a loop"),
    ],
)
def test_an_unreadable_file_is_reported(
    target: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("link.md").symlink_to(target)
    for path in (".", "link.md"):
        assert f"link.md:1:1: error unreadable-file {expected}" in report_on(capsys, path)


def test_the_rest_of_a_record_with_a_nul_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text("---\ntitle: a\0b\nexcerpt: â€™\nurl: https://x.org\n---\n", "utf-8")
    run(["check", "--format", "concise", "--select", "control-character,mojibake", "bad.md"])
    out = capsys.readouterr().out
    assert "bad.md:2:9: error control-character" in out
    assert "bad.md:3:10: error mojibake" in out


def test_pictures_are_skipped_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    Path("picture.png").write_bytes(FILES["png"])
    Path("data.bin").write_bytes(FILES["nuls"])
    assert run(["check", "--select", "file", "--verbose", "."]) == 0
    assert "Skipped: 3\n  not named like a document: data.bin, newslint.toml, picture.png\n" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("kind", ["a named pipe", "a socket", "a device"])
def test_what_is_no_regular_file_is_not_opened(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        if kind == "a named pipe":
            os.mkfifo("bad.md")
        elif kind == "a socket":
            bound.bind("bad.md")
        else:
            make_device("bad.md")
        told = f"bad.md:1:1: error unreadable-file cannot be read: it is {kind}, no regular file\n"
        for path in (".", "bad.md"):
            assert report_on(capsys, path) == told


def make_device(name: str) -> None:
    try:
        os.mknod(name, stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except OSError:
        pytest.skip("only root makes devices, and not everywhere")


def test_settings_that_are_a_pipe_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("newslint.toml").unlink(missing_ok=True)
    os.mkfifo("newslint.toml")
    assert refused(capsys) == "Error: newslint.toml: cannot be read: it is a named pipe\n"


@pytest.mark.parametrize("named", [".", "link.md", "sub/link.md", "folder", "sub"])
def test_a_link_and_its_target_are_one_record(
    named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("sub").mkdir()
    Path("good.md").rename("sub/good.md")
    Path("link.md").symlink_to("sub/good.md")
    Path("sub/link.md").symlink_to("../link.md")
    Path("folder").symlink_to("sub")
    run(["check", "--format", "json", "--select", "duplicate-record,missing-image", named])
    report = json.loads(capsys.readouterr().out)
    assert report["summary"]["documents"] == 1
    assert {each["path"] for each in report["diagnostics"]} == {"sub/good.md"}
    assert {each["rule"] for each in report["diagnostics"]} == {"missing-image"}


def test_a_link_is_fixed_under_its_target_s_name(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text("---\ntitle: a&amp;b\n---\n", "utf-8")
    Path("link.md").symlink_to("bad.md")
    assert run(["check", "--fix", "--select", "html-entity", "link.md"]) == 0
    assert "link.md" not in capsys.readouterr().out
    assert Path("bad.md").read_text("utf-8") == "---\ntitle: a&b\n---\n"
    assert Path("link.md").is_symlink()


def test_text_on_stdin_for_a_link_is_that_of_its_target(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("link.md").symlink_to("good.md")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(FILES["broken"])))
    out = report_on(capsys, "-", "--stdin-filename", "link.md")
    assert out.startswith("good.md:2:8: error yaml-syntax")


def test_links_that_are_skipped_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    Path("link.md").symlink_to("good.md")
    run(["check", "--select", "file", "--verbose"])
    assert "  link to a file that is read under another name: link.md\n" in capsys.readouterr().err


def test_hard_links_are_two_records(capsys: pytest.CaptureFixture[str]) -> None:
    os.link("good.md", "hard.md")
    run(["check", "--format", "concise", "--select", "duplicate-record"])
    assert capsys.readouterr().out.count("duplicate-record") == 2


def test_two_names_that_differ_in_a_byte_are_two_files(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (b"\xff.md", rb"\xff.md"):
        Path(os.fsdecode(name)).write_bytes(FILES["broken"])
    out = report_on(capsys, ".")
    assert [line.partition(":")[0] for line in out.splitlines()] == [r"\\xff.md", r"\xff.md"]


def test_a_file_without_permission_is_reported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = open

    def refuse(path: Any, *arguments: Any, **options: Any) -> Any:
        if str(path).endswith("good.md"):
            raise PermissionError(13, "Permission denied")
        return usual(path, *arguments, **options)

    monkeypatch.setattr("builtins.open", refuse)
    expected = "good.md:1:1: error unreadable-file cannot be read: no permission to read it\n"
    assert report_on(capsys, ".") == expected


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    status = run(["check", "--exit-zero", *arguments])
    expected = capsys.readouterr()
    assert (status, expected.out) == (2, "")
    return expected.err


def test_a_path_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    expected = f"no name in {Path.cwd()} is similar; is this the right folder?\n"
    assert refused(capsys, "good.md", "bad/") == f"Error: no such file or folder: bad; {expected}"


@pytest.mark.parametrize("name", ["folder", "folder.md"])
def test_a_folder_without_documents_is_refused(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).mkdir()
    Path(name, "picture.png").write_bytes(b"")
    expected = refused(capsys, name)
    assert expected.startswith(
        f"Error: no documents found in {name}: newslint reads .md, .markdown,"
    )
    assert "neither hidden nor ignored by .gitignore" in expected


def test_an_empty_current_folder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.md").unlink()
    assert refused(capsys).startswith("Error: no documents found in .: newslint reads")


def test_a_folder_called_like_a_document_is_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    Path("folder.md").mkdir()
    Path("folder.md/bad.md").write_bytes(b"")
    assert report_on(capsys, ".").startswith("folder.md/bad.md:1:1: error missing-front-matter")
    assert report_on(capsys, "folder.md").startswith("folder.md/bad.md:1:1: error")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("selct = []", "unknown setting 'selct'; did you mean 'select'?"),
        ("x = = 1", "newslint.toml:1:5: not valid TOML"),
        ("fail-level = 'fatal'", "fail-level"),
        ("select = ['mojibaek']", "did you mean 'mojibake'?"),
    ],
)
def test_broken_settings_are_refused(
    settings: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("newslint.toml").write_text(settings)
    message = refused(capsys)
    assert message.startswith("Error: ")
    assert expected in message
    assert "Traceback" not in message
    assert "bug in newslint" not in message
