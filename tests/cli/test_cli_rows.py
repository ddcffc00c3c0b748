"""Rows of JSON Lines as records, on the command line: places, fixes, keys, limits, faults."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers import Golden
from newslint.cli.app import run
from newslint.reporters.formats import FORMAT_NAMES

Run = Callable[..., tuple[int, str, str]]

CASES = Path(__file__).parent / "snapshots" / "rows"
BROKEN = "What linters don\u00e2\u20ac\u2122t see"  # mojibake
RULES = "mojibake,tracking-parameter,headline-mismatch,duplicate-record,file"
SETTINGS = """\
select = ["mojibake", "file"]

[[collections]]
name = "export"
paths = ["*.jsonl"]
rows = { key = "id" }
"""


@pytest.fixture
def newslint(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command in the archive."""
    monkeypatch.chdir(archive)

    def run_here(*arguments: str) -> tuple[int, str, str]:
        status = run([*arguments, "--no-cache"])
        message = capsys.readouterr()
        return status, message.out, message.err

    return run_here


def row(number: int, **values: Any) -> dict[str, Any]:
    """Create a record."""
    return {
        "id": f"n{number}",
        "title": f"Storm number {number}",
        "webUrl": f"https://example.org/{number}",
        **values,
    }


def write_rows(path: Path, *rows: Any, end: str = "\n") -> None:
    """Write a file of JSON Lines; texts are written as they are."""
    lines = (
        each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in rows
    )
    path.write_bytes("".join(f"{line}{end}" for line in lines).encode())


def listed(out: str) -> list[dict[str, Any]]:
    return json.loads(out)["diagnostics"]


COPY = {"title": "Another headline", "webUrl": "https://example.org/1"}
MIXED = (
    row(1),
    row(2, title=BROKEN),
    '{"title": "never closed',
    "",
    row(3, webUrl="https://example.org/3?utm_source=x"),
    '  {"title": "indented", "related": [' + json.dumps(COPY) + "]}",
    "[1, 2]",
    "nonsense",
    "12",
)


@pytest.mark.parametrize("name", [each for each in FORMAT_NAMES if each not in ("html", "sarif")])
def test_every_format_has_the_lines_of_the_file(
    newslint: Run, archive: Path, golden: Golden, name: str
) -> None:
    write_rows(archive / "a.jsonl", *MIXED)
    status, out, _ = newslint("check", "a.jsonl", "--select", RULES, "--format", name)
    assert status == 1
    golden(CASES / f"report.{name}", out)


@pytest.mark.parametrize("name", ["html", "sarif"])
def test_formats_with_versions_have_them_too(newslint: Run, archive: Path, name: str) -> None:
    write_rows(archive / "a.jsonl", *MIXED)
    status, out, _ = newslint("check", "a.jsonl", "--select", RULES, "--format", name)
    assert status == 1
    assert "a.jsonl" in out
    assert "a.jsonl#" not in out


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fixing_changes_no_other_byte(newslint: Run, archive: Path, end: str) -> None:
    path = archive / "a.jsonl"
    write_rows(path, *MIXED, end=end)
    before = path.read_bytes()
    status, _, err = newslint("check", "a.jsonl", "--select", "mojibake,headline-mismatch", "--fix")
    assert (status, err) == (0, "Fixed 2 diagnostics in 1 file\n")
    broken = BROKEN.encode()
    expected = before.replace(broken, "What linters don\u2019t see".encode())
    assert path.read_bytes() == expected.replace(b"Another headline", b"Storm number 1")


def test_rows_below_fixed_ones_are_shown_as_they_are(newslint: Run, archive: Path) -> None:
    rows = (row(1, title=BROKEN), row(2, title=BROKEN), '{"title": "never closed', row(3))
    write_rows(archive / "a.jsonl", *rows)
    status, out, _ = newslint("check", "a.jsonl", "--select", "mojibake,file", "--fix")
    assert status == 1
    assert '3 │ {"title": "never closed\n' in out


def test_the_diff_has_the_lines_of_the_file(newslint: Run, archive: Path, golden: Golden) -> None:
    write_rows(archive / "a.jsonl", *MIXED)
    _, out, _ = newslint("check", "a.jsonl", "--select", RULES, "--diff")
    golden(CASES / "fixes.diff", out)
    before = (archive / "a.jsonl").read_text()
    for number in (2, 5, 6):
        assert f"@@ -{number} +{number} @@\n-{before.splitlines()[number - 1]}\n" in out


def test_a_container_that_changes_meanwhile_is_not_written(
    newslint: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint.execution import fixed_rows

    path = archive / "a.jsonl"
    write_rows(path, row(1, title=BROKEN))
    real = fixed_rows.write_rows

    def changed_first(*arguments: Any) -> Any:
        write_rows(path, row(2), row(1, title=BROKEN))
        return real(*arguments)

    monkeypatch.setattr("newslint.execution.fixing.write_rows", changed_first)
    status, out, err = newslint("check", "a.jsonl", "--select", "mojibake", "--fix")
    assert status == 2
    assert "it has changed since it was read; run newslint again" in out + err
    assert "Storm number 2" in path.read_text()


def test_fingerprints_do_not_depend_on_other_rows(newslint: Run, archive: Path) -> None:
    rows = [row(number, title=BROKEN) for number in range(1, 4)]
    write_rows(archive / "a.jsonl", *rows)
    _, out, _ = newslint("check", "a.jsonl", "--select", "mojibake", "--format", "json")
    before = {each["record"]: each["fingerprint"] for each in listed(out)}
    write_rows(archive / "a.jsonl", row(9), *reversed(rows))
    _, out, _ = newslint("check", "a.jsonl", "--select", "mojibake", "--format", "json")
    assert {each["record"]: each["fingerprint"] for each in listed(out)} == before
    assert len(set(before.values())) == 3


def test_equal_rows_have_distinct_fingerprints(newslint: Run, archive: Path) -> None:
    write_rows(archive / "a.jsonl", *[row(1, title=BROKEN)] * 12)
    _, out, _ = newslint("check", "a.jsonl", "--select", "mojibake", "--format", "json")
    assert len({each["fingerprint"] for each in listed(out)}) == 12
    assert [each["location"]["start"]["line"] for each in listed(out)] == [*range(1, 13)]


def test_a_baseline_survives_added_rows(newslint: Run, archive: Path) -> None:
    write_rows(archive / "a.jsonl", row(1, title=BROKEN))
    options = ("a.jsonl", "--select", "mojibake", "--baseline", "known.txt")
    assert newslint("baseline", "create", *options)[0] == 0
    write_rows(archive / "a.jsonl", row(2), row(1, title=BROKEN), row(3, title=BROKEN))
    status, out, _ = newslint("check", *options, "--format", "concise")
    assert status == 1
    assert [line.split(" ")[0] for line in out.splitlines()] == ["a.jsonl:3:40:"]


def test_overrides_apply_to_a_file_or_to_a_row_by_its_key(newslint: Run, archive: Path) -> None:
    override = '\n[[overrides]]\npaths = ["{}"]\nignore = ["mojibake"]\n'
    write_rows(archive / "a.jsonl", row(1, title=BROKEN), row(2, title=BROKEN))
    for pattern, expected in (
        ("other.jsonl", [1, 2]),
        ("a.jsonl#id=n1", [2]),
        ("*.jsonl#id=n2", [1]),
        ("a.jsonl", []),
    ):
        (archive / "newslint.toml").write_text(SETTINGS + override.format(pattern))
        _, out, _ = newslint("check", "--format", "json")
        found = [each["location"]["start"]["line"] for each in listed(out)]
        assert found == expected, pattern


def test_rows_with_one_key_are_all_checked(newslint: Run, archive: Path) -> None:
    (archive / "newslint.toml").write_text(SETTINGS)
    same, none = row(1, title=BROKEN), {"title": BROKEN}
    write_rows(archive / "a.jsonl", same, same, none, row(2, id=None, title=BROKEN))
    _, out, _ = newslint("check", "--format", "json")
    assert [each["location"]["start"]["line"] for each in listed(out)] == [1, 2, 3, 4]


def test_records_in_rows_and_files_are_compared(newslint: Run, archive: Path) -> None:
    write_rows(archive / "a.jsonl", row(1), row(2))
    record = "title: Other\nwebUrl: https://example.org/9\nrelated:\n- "
    (archive / "b.md").write_text(f"---\n{record}{json.dumps(COPY)}\n---\n")
    _, out, _ = newslint("check", "a.jsonl", "b.md", "--select", "headline-mismatch")
    assert "b.md:5:13 warning headline-mismatch" in out
    assert "a.jsonl:1:23: the headline is 'Storm number 1' here" in out


def test_the_report_depends_neither_on_processes_nor_on_the_cache(
    newslint: Run, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rows(archive / "a.jsonl", *MIXED)
    command = ("check", "a.jsonl", "--select", RULES, "--format", "json")
    _, expected, _ = newslint(*command)
    assert newslint(*command, "--jobs", "2")[1] == expected
    for _ in range(2):
        run([*command, "--cache-dir", "cache"])
        assert capsys.readouterr().out == expected
    write_rows(archive / "a.jsonl", row(7), *MIXED)
    run([*command, "--cache-dir", "cache"])
    assert capsys.readouterr().out == newslint(*command)[1]


def test_rows_of_several_projects_are_shown(newslint: Run, archive: Path) -> None:
    for name in ("one", "two"):
        (archive / name).mkdir()
        (archive / name / "newslint.toml").write_text(SETTINGS)
        write_rows(archive / name / "a.jsonl", row(1), row(2, title=BROKEN))
    _, out, _ = newslint("check")
    for name in ("one", "two"):
        assert f"{name}/a.jsonl:2:40 error mojibake" in out
    assert out.count(f'2 │ {{"id": "n2", "title": "{BROKEN}"') == 2


def test_text_from_stdin_may_have_rows(
    newslint: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    text = "\n".join(
        json.dumps(each, ensure_ascii=False) for each in (row(1), row(2, title=BROKEN))
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    _, out, _ = newslint("check", "-", "--stdin-filename", "new.jsonl", "--select", "mojibake")
    assert "new.jsonl:2:40 error mojibake" in out


def test_a_changed_container_is_reported_on_as_a_whole(newslint: Run, archive: Path) -> None:
    def git(*arguments: str) -> None:
        names = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        subprocess.run(["git", *names, *arguments], cwd=archive, check=True, capture_output=True)

    write_rows(archive / "a.jsonl", row(1, title=BROKEN))
    write_rows(archive / "b.jsonl", row(2, title=BROKEN))
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "Add rows")
    write_rows(archive / "b.jsonl", row(2, title=BROKEN), row(3))
    options = ("--select", "mojibake", "--since", "HEAD", "--format", "concise")
    _, out, _ = newslint("check", "a.jsonl", "b.jsonl", *options)
    assert [line.split(":")[0] for line in out.splitlines()] == ["b.jsonl"]


def test_rows_that_cannot_be_read_are_reported_and_the_run_goes_on(
    newslint: Run, archive: Path
) -> None:
    (archive / "newslint.toml").write_text("limits.file-size = 3000000\n")
    rows = (json.dumps(row(1)).encode(), b'{"title": "\xe9"}', b'{"a": "' + b"x" * 3_000_000, b"{}")
    (archive / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\n".join(rows))
    (archive / "empty.jsonl").write_bytes(b"\n \n")
    (archive / "gone.jsonl").symlink_to(archive / "nowhere.jsonl")
    names = ("a.jsonl", "empty.jsonl", "gone.jsonl")
    status, out, _ = newslint("check", *names, "--select", "file", "--format", "concise")
    assert status == 1
    assert out.splitlines() == [
        (
            "a.jsonl:2:12: error unreadable-file not UTF-8: byte 0xe9 at offset 11; "
            "convert the file to UTF-8"
        ),
        "a.jsonl:3:1: error unreadable-file 2.9 MiB is larger than the limit of 2.9 MiB",
        "empty.jsonl:1:1: error missing-front-matter the file is blank",
        (
            "gone.jsonl:1:1: error unreadable-file cannot be read: it does not exist (a dangling "
            "symbolic link, or removed while newslint ran)"
        ),
    ]


def test_secrets_in_rows_stay_secret(newslint: Run, archive: Path) -> None:
    write_rows(archive / "a.jsonl", row(1, title=BROKEN, secured="hunter2"))
    for options in (("--format", "text"), ("--format", "html"), ("--diff",)):
        _, out, err = newslint("check", "a.jsonl", "--select", "mojibake", *options)
        assert "hunter2" not in out + err
        assert out


def test_comments_are_not_written_into_rows(newslint: Run, archive: Path) -> None:
    write_rows(archive / "a.jsonl", row(1, title=BROKEN), row(2, title=BROKEN))
    before = (archive / "a.jsonl").read_bytes()
    status, _, err = newslint("suppress", "a.jsonl", "--select", "mojibake")
    assert status == 1
    assert err.count("a.jsonl: unchanged: comments cannot be written into rows") == 1
    assert (archive / "a.jsonl").read_bytes() == before
