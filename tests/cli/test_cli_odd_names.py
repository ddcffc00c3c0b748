"""File names with characters that are special to shells, terminals, URLs, XML or GitHub."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

from helpers import nested_folders
from newslint.cli.app import run

ODD = {
    b"with blank.md": "with blank.md",
    b"quote'\"&<.md": "quote'\"&<.md",
    b"new\nline.md": "new\nline.md",
    b"bytes\xff\xfe.md": "bytes\\xff\\xfe.md",
    b"esc\x1b[31m.md": "esc\x1b[31m.md",
    b"-leading.md": "-leading.md",
    b"--help.md": "--help.md",
    b"=1+1.md": "=1+1.md",
    "東京 é.md".encode(): "東京 é.md",
    b"[brackets] *?.md": "[brackets] *?.md",
    b"::error file=a,b%0A.md": "::error file=a,b%0A.md",
}
"""File names, and their form in machine-readable reports."""

SEEN = {name: called.replace("\n", "\\n").replace("\x1b", "\\x1b") for name, called in ODD.items()}
"""Their form in messages and text reports."""

Newslint = Callable[..., tuple[int, str]]
BEFORE, AFTER = (f"---\ntitle: Alphabet{mark}s\n---\n".encode() for mark in ("â€™", "’"))
LINE = "2:16: error mojibake text decoded with the wrong code page: 'â€™' was '’'"


@pytest.fixture(params=ODD, ids=repr)
def name(request: pytest.FixtureRequest, archive: Path) -> bytes:
    """The name of the one file of an archive."""
    named: bytes = request.param
    write(archive, named, BEFORE)
    return named


@pytest.fixture
def newslint(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Newslint:
    """Run `newslint check` in the archive, and return its status and output."""
    monkeypatch.chdir(archive)

    def check(*arguments: str | bytes) -> tuple[int, str]:
        status = run(["check", "--select", "mojibake", *map(os.fsdecode, arguments)])
        return status, capsys.readouterr().out

    return check


@pytest.fixture
def report(newslint: Newslint, name: bytes) -> Callable[[str], str]:
    """Return a report on the file, and check that it equals the report on its folder."""

    def in_format(format_: str) -> str:
        named = newslint("--format", format_, "--", name)
        assert named == newslint("--format", format_)
        assert named[0] == 1
        return named[1]

    return in_format


def write(folder: Path, name: bytes, content: bytes) -> None:
    with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123 # bytes
        file.write(content)


def held(folder: Path) -> dict[bytes, bytes]:
    """Return the files of a folder but the settings, with their content."""
    files = (path for path in folder.iterdir() if path.name != "newslint.toml")
    return {os.fsencode(path.name): path.read_bytes() for path in files}


def test_fixing_reaches_the_file_and_no_other(
    name: bytes, archive: Path, newslint: Newslint
) -> None:
    _, diff = newslint("--fix", "--diff", "--", name)
    assert diff.startswith(f"--- {SEEN[name]}\n+++ {SEEN[name]}\n@@ ")
    assert held(archive) == {name: BEFORE}
    assert newslint("--fix", "--", name)[0] == 0
    assert held(archive) == {name: AFTER}
    write(archive, name, BEFORE)
    assert newslint("--fix")[0] == 0
    assert held(archive) == {name: AFTER}


def test_people_read_it_on_one_line(name: bytes, report: Callable[[str], str]) -> None:
    shown = re.sub(r"\A::", r"\\x3a:", SEEN[name])  # no command of a CI server
    assert report("concise") == f"{shown}:{LINE}\n"


def test_json_and_sarif_name_the_file_as_it_is(name: bytes, report: Callable[[str], str]) -> None:
    (found,) = json.loads(report("json"))["diagnostics"]
    assert found["path"] == ODD[name]
    (result,) = json.loads(report("sarif"))["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == ODD[name]
    assert uri.isascii()
    assert not set(uri) & set(" \n\x1b\"<>\\[]*?:,&='")


def test_github_reads_one_annotation(name: bytes, report: Callable[[str], str]) -> None:
    (line,) = report("github").splitlines()
    start, _, rest = line.partition("::error file=")
    file, _, _ = rest.partition(",line=2,")
    assert start == ""
    assert unquote(file) == SEEN[name]
    assert not set(file) & set(":,")


def test_junit_contains_the_name_as_text(name: bytes, report: Callable[[str], str]) -> None:
    root = etree.fromstring(report("junit").encode())
    (case,) = root.iter("testcase")
    assert (case.get("file"), case.get("name")) == (SEEN[name], "mojibake /title")
    assert case.findtext("failure") == f"{SEEN[name]}:{LINE}"


def test_a_path_that_is_too_long_is_reported_and_the_run_goes_on(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """missing-image lists all files of the project, in a search of its own."""
    write(archive, b"z.md", BEFORE)
    (archive / "loop").symlink_to("loop")
    monkeypatch.chdir(archive)
    rules = "unreadable-file,mojibake,missing-image"
    # Not a length with which a file is the first whose path is too long: it would be reported, too.
    left = os.pathconf("/", "PC_PATH_MAX") - 1 - len(bytes(archive))
    width = next(each for each in (250, 240) if left % (each + 1) > len("/a.md"))
    with nested_folders(archive, "d" * width, 20):
        status = run(["check", "--select", rules, "--format", "concise"])
    lines = capsys.readouterr().out.splitlines()
    too_long, last = (line for line in lines if "missing-image" not in line)
    assert status == 1
    assert "unreadable-file cannot be read: its path is too long" in too_long
    assert last == f"z.md:{LINE}"
