"""Baselines and histories that are meant to fail: each is reported with its line."""

from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run

HEADER = "# newslint-baseline 1: x\n"
BASELINES = {
    "not text": (b"\xff\xfe\x00", "list: no baseline: it is not UTF-8 text"),
    "version": (b"# newslint-baseline " + b"9" * 5000, "list:1: no baseline: the first line is "),
    "long line": (b"x" * 3_000_000, "list:1: no baseline: the first line is 'xxx"),
    "NUL": (f"{HEADER}\0\n".encode(), "list:2: '\\x00' is not "),
    "escape": (f"{HEADER}mojibake:\x1b[2J 0sV-k\n".encode(), "list:2: 'mojibake:\\x1b[2J 0sV-k'"),
    "many tokens": (f"{HEADER}mojibake:0123456789ab {'0sV-k,' * 100_000}!".encode(), "list:2: '"),
}
RUN = '{{"schema_version": 1, "time": {}, "clean": {}, "summary": {}}}\n'
FOREIGN = {
    "not text": b"\xff\xfe\x00",
    "digits": b'{"time": ' + b"9" * 5000 + b"}\n",
    "arrays": b"[" * 100_000,
    "other keys": b"{}\n",
    "NUL": b"\0\n",
    "escape": b"\x1b[2J\n",
}
DAMAGED = {
    "nesting": RUN.format("[" * 5000 + "]" * 5000, 1, "{}"),
    "time": RUN.format("1e300", 1, "{}"),
    "counts": RUN.format(
        '"2022-09-12T00:00:00Z"',
        "1e308",
        '{"documents": 1e308, "diagnostics": -1, "by_severity": {}}',
    ),
}


@pytest.fixture
def record(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a record; the archive is the current folder. Returns the path of a list in it."""
    monkeypatch.chdir(archive)
    write(archive, a="title: x")
    return archive / "list"


@pytest.mark.parametrize("kind", BASELINES)
def test_hostile_baselines_are_reported_with_their_line(
    kind: str, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, message = BASELINES[kind]
    record.write_bytes(content)
    assert run(["check", "--baseline", "list"]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"Error: {message}")
    assert len(error) < 400
    assert error[:-1].isprintable()


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("command", ["stats", "check --report html=o.html"])
def test_a_file_that_is_no_history_is_left_unchanged(
    command: str, kind: str, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record.write_bytes(FOREIGN[kind])
    assert run([*command.split(), "--history", "list"]) == 2
    expected = (
        "Error: list is not a history of newslint and is left unchanged; choose another file\n"
    )
    assert capsys.readouterr().err == expected
    assert record.read_bytes() == FOREIGN[kind]


@pytest.mark.parametrize("kind", DAMAGED)
def test_hostile_lines_of_a_history_are_ignored(
    kind: str, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record.write_text(DAMAGED[kind] + '{"schema_version": 1}\n')
    assert run(["check", "--exit-zero", "--report", "html=o.html", "--history", "list"]) == 0
    error = capsys.readouterr().err
    assert "list:1 is ignored: this version of newslint cannot read it\n" in error
