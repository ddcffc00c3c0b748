"""`newslint check --fix` and its kin, on real folders."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newslint.cli.app import run

Run = Callable[..., tuple[int, str, str]]

RECORD = """\
---
title: "Alphabetâ€™s  cloud"  # by hand
excerpt: 'R&amp;D'
webUrl: http://example.org/a
secured: TopSecret
---
The  body&amp;.
"""
SAFE = RECORD.replace("â€™s  ", "’s ").replace("'R&amp;D'", "'R&D'")
UNSAFE = SAFE.replace("http:", "https:")
SELECT = ("--select", "text,insecure-url,unused-suppression")


@pytest.fixture
def record(archive: Path) -> Path:
    path = archive / "a.md"
    path.write_bytes(RECORD.encode())
    return path


@pytest.fixture
def check(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Check the archive."""
    monkeypatch.chdir(archive)
    monkeypatch.setenv("COLUMNS", "80")

    def run_here(*arguments: str) -> tuple[int, str, str]:
        status = run(["check", *SELECT, *arguments])
        message = capsys.readouterr()
        return status, message.out, message.err

    return run_here


def text(path: Path) -> str:
    return path.read_bytes().decode()


def test_safe_fixes_are_applied_and_the_rest_is_reported(record: Path, check: Run) -> None:
    status, out, err = check("--fix")
    assert status == 0
    assert text(record) == SAFE
    assert "insecure-url" in out
    assert "mojibake" not in out
    assert err == "Fixed 3 diagnostics in 1 file (1 more with --unsafe-fixes)\n"


def test_unsafe_fixes_are_applied_on_request(record: Path, check: Run) -> None:
    status, _, err = check("--fix", "--unsafe-fixes")
    assert (status, text(record), err) == (0, UNSAFE, "Fixed 4 diagnostics in 1 file\n")


def test_a_second_run_changes_nothing(record: Path, check: Run) -> None:
    check("--fix")
    changed = record.stat().st_mtime_ns
    assert check("--fix")[2] == "Fixed 0 diagnostics (1 more with --unsafe-fixes)\n"
    assert record.stat().st_mtime_ns == changed


def test_a_diff_is_shown_and_nothing_written(record: Path, check: Run) -> None:
    status, out, err = check("--diff", "--fail-level", "warning")
    assert (status, text(record)) == (0, RECORD)
    assert out == (
        "--- a.md\n"
        "+++ a.md\n"
        "@@ -1,6 +1,6 @@\n"
        " ---\n"
        '-title: "Alphabetâ€™s  cloud"  # by hand\n'
        "-excerpt: 'R&amp;D'\n"
        '+title: "Alphabet’s cloud"  # by hand\n'
        "+excerpt: 'R&D'\n"
        " webUrl: http://example.org/a\n"
        " secured: •••••••••\n"
        " ---\n"
    )
    assert err == "Would fix 3 diagnostics in 1 file (1 more with --unsafe-fixes)\n"


def test_the_exit_status_is_that_of_the_remaining_diagnostics(record: Path, check: Run) -> None:
    assert check("--diff", "--fail-level", "info")[0] == 1
    assert check("--fix", "--fail-level", "info")[0] == 1
    assert check("--fix", "--unsafe-fixes", "--fail-level", "info")[0] == 0


def test_fix_only_reports_nothing_that_remains(record: Path, check: Run) -> None:
    status, out, err = check("--fix-only", "--fail-level", "info")
    assert (status, out, text(record)) == (0, "", SAFE)
    assert err.startswith("Fixed 3 diagnostics in 1 file")


def test_a_machine_format_has_stdout_for_itself(record: Path, check: Run) -> None:
    _, out, err = check("--fix", "--format", "json")
    assert [each["rule"] for each in json.loads(out)["diagnostics"]] == ["insecure-url"]
    assert err.startswith("Fixed 3 diagnostics")


def test_quiet_fixes_print_nothing(record: Path, check: Run) -> None:
    assert check("--fix", "--quiet") == (0, "", "")
    assert text(record) == SAFE


def test_suppressed_diagnostics_are_not_fixed(record: Path, check: Run) -> None:
    comment = "# newslint: ignore[text]"
    record.write_bytes(RECORD.replace("# by hand", comment).encode())
    check("--fix")
    assert f'title: "Alphabetâ€™s  cloud"  {comment}' in text(record)
    assert "'R&D'" in text(record)


def test_diagnostics_of_the_baseline_are_not_fixed(
    record: Path, check: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["baseline", "create", "--baseline", "known.txt", *SELECT])
    capsys.readouterr()
    status, _, err = check("--fix", "--baseline", "known.txt")
    assert (status, text(record), err) == (0, RECORD, "Fixed 0 diagnostics\n")


def test_an_unwritable_file_is_reported_and_the_others_are_written(
    record: Path, check: Run, tmp_path: Path
) -> None:
    outside = tmp_path / "outside" / "b.md"
    outside.parent.mkdir()
    outside.write_bytes(RECORD.replace("/a\n", "/b\n").encode())
    (record.parent / "news").symlink_to(outside.parent)
    status, out, err = check("--fix", ".", "news/b.md")
    assert status == 2
    assert text(record) == SAFE
    assert "mojibake" in text(outside) or "â€™" in text(outside)
    assert "Error: news/b.md: cannot be written: a symbolic link leads out of the project\n" in err
    assert "Fixed 3 diagnostics in 1 file" in err
    assert "news/b.md:1:1 error unrepaired-file" in out
    assert "news/b.md:2:" in out  # diagnostics that were not fixed are still reported


def test_both_names_of_a_file_are_repaired(record: Path, check: Run) -> None:
    other = record.parent / "b.md"
    other.hardlink_to(record)
    _, _, err = check("--fix")
    assert (text(record), text(other)) == (SAFE, SAFE)
    assert err.startswith("Fixed 6 diagnostics in 2 files")


def test_a_diff_leaves_the_report_to_files(record: Path, check: Run) -> None:
    diff = check("--diff")[1]
    options = ("--format", "json", "--output", "report.json", "--report", "concise=report.txt")
    assert check("--diff", *options)[1] == diff
    found = json.loads((record.parent / "report.json").read_bytes())["diagnostics"]
    assert [each["rule"] for each in found] == ["insecure-url"]
    assert "insecure-url" in text(record.parent / "report.txt")
    assert text(record) == RECORD


def test_statistics_are_not_part_of_a_diff(record: Path, check: Run) -> None:
    _, out, err = check("--diff", "--statistics")
    assert out == check("--diff")[1]
    assert "insecure-url" in err
    assert text(record) == RECORD


def test_line_ends_and_the_byte_order_mark_stay(record: Path, check: Run) -> None:
    record.write_bytes(b"\xef\xbb\xbf" + RECORD.replace("\n", "\r\n").encode())
    check("--fix")
    assert record.read_bytes() == b"\xef\xbb\xbf" + SAFE.replace("\n", "\r\n").encode()


def test_a_byte_order_mark_is_removed_on_request(record: Path, check: Run) -> None:
    record.write_bytes(b"\xef\xbb\xbf" + UNSAFE.encode())
    check("--fix", "--extend-select", "byte-order-mark")
    assert text(record) == UNSAFE


def test_several_entries_of_one_list_are_taken_out_together(archive: Path, check: Run) -> None:
    entry = "  - title: t\n    webUrl: https://example.org/a\n"
    head = "---\ntitle: x\nwebUrl: https://example.org/a\nrelated:\n"
    path = archive / "a.md"
    path.write_text(f"{head}{entry}{entry}{entry}---\n")
    check("--fix", "--unsafe-fixes", "--select", "self-related,duplicate-related")
    assert text(path) == "---\ntitle: x\nwebUrl: https://example.org/a\nrelated: []\n---\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--unsafe-fixes",), "--unsafe-fixes needs --fix, --fix-only or --diff"),
        (
            ("--diff", "--format", "json"),
            "the diff goes to stdout; name a file for the report: --output FILE",
        ),
        (
            ("--fix-only", "--format", "sarif"),
            "--fix-only prints no report; name a file for it: --output FILE, or use --fix",
        ),
        (("--fix", "-"), "text from stdin cannot be fixed in place; use --diff"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    check: Run, options: tuple[str, ...], message: str
) -> None:
    status, out, err = check(*options)
    assert (status, out) == (2, "")
    assert " ".join(message.split()) in " ".join(err.split())


def test_code_in_the_body_stays(archive: Path, check: Run) -> None:
    front = '---\ntitle: "a"\n---\n'
    code = "`â€™` is code\n\n    â€™\n\n~~~\nâ€™\n~~~\n<pre>\nâ€™\n</pre>\n"
    (archive / "a.md").write_text(front + code + "Itâ€™s `â€™`\n", "utf-8")
    assert check("--fix")[0] == 0
    assert (archive / "a.md").read_text("utf-8") == front + code + "It’s `â€™`\n"


def test_a_safe_fix_keeps_the_trace_of_a_lost_link(archive: Path, check: Run) -> None:
    record = archive / "a.md"
    record.write_text('---\ntitle: "Quay  opens"\nexcerpt: See the plans at  or ask.\n---\n')
    check("--fix", "--extend-select", "lost-link-text")
    assert text(record) == '---\ntitle: "Quay opens"\nexcerpt: See the plans at  or ask.\n---\n'
    reported = check("--extend-select", "lost-link-text", "--format", "concise")[1]
    assert "a.md:3:24: warning lost-link-text lost text of a link: " in reported
