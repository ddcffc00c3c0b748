"""Bad input is reported clearly, and the run continues."""

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
    "toml": b'+++\ntitle = "x"\n+++\n',
    "json": b'{"title": "x"}\n',
    "bare": b"Just a text.\n",
    "bomb": b"---\na0: [x]\n"
    + b"".join(
        b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 9)
    )
    + b"---\n",
    "deep": b"---\na: " + b"[" * 10_000 + b"]" * 10_000 + b"\n---\n",
    "broken": b"---\ntitle: [a\n---\n",
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
        ("empty", "1:1: error missing-front-matter the file is empty; it holds no record"),
        ("fence", "1:1: error unclosed-front-matter the front matter is opened by '---' and never"),
        (
            "toml",
            "1:1: error missing-front-matter the front matter is TOML ('+++'); newslint reads",
        ),
        ("json", "1:1: error missing-front-matter the front matter is JSON ('{'); newslint reads"),
        ("bare", "1:1: error missing-front-matter no front matter: the file does not start with"),
        ("bomb", "error yaml-limits more than 1,000,000 values, with aliases expanded"),
        ("deep", "2:103: error yaml-limits values are nested deeper than 100 levels"),
        ("broken", "error yaml-syntax "),
    ],
)
def test_a_bad_file_is_reported_and_the_others_are_checked(
    name: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.md").write_bytes(FILES[name])
    out = report_on(capsys, ".")
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
    assert refused(capsys, "good.md", "bad/") == "Error: no such file or folder: bad\n"


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
