"""`newslint baseline`, and `newslint check` with a baseline, on real folders."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run

Run = Callable[..., tuple[int, str, str]]

ENTRIES = """\
  - title: Metaâ€™s team
    webUrl: https://example.org/meta
    quality: -1
  - title: "A &amp; B"
    webUrl: https://example.org/both
"""
RECORD = f"""\
title: Alphabetâ€™s cloud
excerpt: It joins the foundation.
webUrl: https://example.org/cloud
related:
{ENTRIES}"""
OTHER = "title: Another\nwebUrl: https://example.org/another\n"
FILE = Path("newslint.baseline")
RULES = ("--select", "text,invalid-value")


@pytest.fixture
def newslint(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command in an archive of a record with four problems and a record with none."""
    (archive / "newslint.toml").write_text(
        'select = ["text", "invalid-value"]\nbaseline = "newslint.baseline"\n'
    )
    write(archive, a=RECORD, b=OTHER)
    monkeypatch.chdir(archive)
    monkeypatch.setenv("COLUMNS", "80")

    def run_here(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        message = capsys.readouterr()
        return status, message.out, message.err

    return run_here


@pytest.fixture
def based(newslint: Run) -> Run:
    """Run a command in the archive after its baseline was created."""
    assert newslint("baseline", "create")[0] == 0
    return newslint


def concise(newslint: Run, *arguments: str) -> tuple[int, list[str], str]:
    status, out, err = newslint("check", "--format", "concise", *arguments)
    return status, out.splitlines(), err


CLEAN = (0, "No diagnostics in 2 documents, 4 baselined\n", "")
STALE = "of newslint.baseline no longer occur"


def test_known_diagnostics_are_not_reported(newslint: Run) -> None:
    assert newslint("check", "--no-baseline")[0] == 1
    message = newslint("baseline", "create")
    assert message == (0, "Wrote newslint.baseline: 4 diagnostics of 4 causes\n", "")
    assert newslint("check") == CLEAN
    assert newslint("check", "--fail-level", "info") == CLEAN


def test_moved_lines_and_reordered_entries_and_keys_change_nothing(based: Run) -> None:
    one, other = ENTRIES.split("  - ")[1:]
    for changed in (
        "# a remark\n\n\n" + RECORD,
        RECORD.replace(ENTRIES, f"  - {other}  - {one}"),
        RECORD.replace(ENTRIES, f"  - title: New\n    webUrl: https://example.org/new\n{ENTRIES}"),
        f"related:\n{ENTRIES}" + RECORD.split("related:", maxsplit=1)[0],
        RECORD.replace(ENTRIES, "  - quality: -1\n    title: Metaâ€™s team\n"
                       f"    webUrl: https://example.org/meta\n  - {other}"),
    ):  # fmt: skip
        write(Path(), a=changed)
        assert newslint_is_clean(based)


def newslint_is_clean(newslint: Run) -> bool:
    return newslint("check", "--stale-baseline", "error") == CLEAN


def test_a_new_place_of_a_known_cause_is_reported_alone(based: Run) -> None:
    entry = "related:\n  - title: Metaâ€™s team\n    webUrl: https://example.org/meta\n"
    write(Path(), b=OTHER + entry)
    status, lines, err = concise(based)
    assert (status, err) == (1, "")
    assert [line.split(":")[0] for line in lines] == ["b.md"]
    summary = json.loads(based("check", "--format", "json")[1])["summary"]
    assert (summary["diagnostics"], summary["causes"], summary["baselined"]) == (1, 1, 4)
    assert summary["by_severity"] == {"error": 1, "warning": 0, "info": 0}


def test_fixed_diagnostics_are_stale_until_they_are_pruned(based: Run) -> None:
    write(Path(), a=RECORD.replace("Metaâ€™s", "Meta's"))
    status, out, err = based("check")
    assert (status, out) == (0, "No diagnostics in 2 documents, 3 baselined\n")
    assert err == (
        "Warning: 1 diagnostic of newslint.baseline no longer occurs (1 mojibake); "
        "to remove the stale ones, run: newslint baseline prune\n"
    )
    message = based("baseline", "prune")
    assert message[1] == "Wrote newslint.baseline: 3 diagnostics of 3 causes; 0 added, 1 removed\n"
    assert based("check") == (0, out, "")
    write(Path(), a=RECORD)
    assert concise(based)[0] == 1


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        ([], 0, "Warning"),
        (["--stale-baseline", "warn"], 0, "Warning"),
        (["--stale-baseline", "ignore"], 0, ""),
        (["--stale-baseline", "error"], 1, "Error"),
        (["--stale-baseline", "error", "--exit-zero"], 0, "Error"),
        (["--stale-baseline", "error", "--quiet"], 1, ""),
        (["--quiet"], 0, ""),
        (["--no-baseline", "--stale-baseline", "error", "-q", "--select", "html-markup"], 0, ""),
    ],
)
def test_stale_entries_can_fail_a_run(
    arguments: list[str], status: int, word: str, based: Run
) -> None:
    write(Path(), a=OTHER.replace("another", "a"))
    for format_ in ("text", "json", "concise"):
        ended, out, err = based("check", *arguments, "--format", format_)
        assert ended == status
        assert err.startswith(f"{word}: 4 diagnostics {STALE} (2 mojibake" if word else "")
        assert bool(err) == bool(word)
        assert STALE not in out
    summary = json.loads(based("check", "--exit-zero", "--format", "json")[1])["summary"]
    assert summary["stale_baseline"] == 4


def test_the_settings_choose_the_policy_for_stale_entries(based: Run) -> None:
    settings = Path("newslint.toml")
    settings.write_text(f'{settings.read_text()}stale-baseline = "error"\n')
    write(Path(), a=OTHER.replace("another", "a"))
    assert based("check")[0] == 1
    assert based("check", "--stale-baseline", "ignore")[0] == 0


def test_many_stale_rules_are_counted(based: Run) -> None:
    lines = "".join(f"{rule}-url:1 aaaaa\n" for rule in ("insecure", "invalid"))
    FILE.write_text(f"{FILE.read_text()}{lines}")
    Path("a.md").unlink()
    _, _, err = based("check", "--select", "text,schema,urls")
    listed = "(2 mojibake, 1 html-entity, 1 insecure-url, 1 invalid-url, and 1 more rule)"
    assert f"6 diagnostics {STALE} {listed}" in err


def test_unchecked_diagnostics_are_not_stale(based: Run) -> None:
    write(Path(), a=OTHER.replace("another", "a"))
    assert based("check", "--stale-baseline", "error", "a.md")[0] == 0
    assert based("check", "--stale-baseline", "error", "--select", "html-markup")[0] == 0
    assert "2 diagnostics" in based("check", "--select", "mojibake")[2]
    for command in ("update", "prune"):
        for narrowed in (("a.md",), ("--select", "html-markup")):
            _, out, _ = based("baseline", command, *narrowed)
            assert "4 diagnostics of 4 causes; 0 added, 0 removed\nKept 4 diagnostics" in out
    out = based("baseline", "prune", "--ignore", "mojibake")[1]
    assert "2 diagnostics of 2 causes; 0 added, 2 removed\nKept 2 diagnostics unchecked" in out


def test_without_a_project_only_the_whole_folder_can_have_stale_entries(
    newslint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("newslint.toml").unlink()
    Path("in").mkdir()
    write(Path("in"), c=RECORD.replace("cloud", "c"))
    newslint("baseline", "create", *RULES)
    Path("newslint.toml").unlink()
    (Path("in") / "c.md").write_text("---\ntitle: x\n---\n")
    strict = ("--baseline", str(FILE), "--stale-baseline", "error", *RULES)
    assert newslint("check", "in", *strict)[0] == 0
    assert newslint("check", "in", "a.md", "b.md", *strict)[0] == 0
    assert newslint("check", *strict)[0] == 1


def test_rules_that_are_not_known_are_kept(based: Run) -> None:
    FILE.write_text(f"{FILE.read_text()}removed-plugin:1 aaaaa\n")
    assert newslint_is_clean(based)
    for command in ("update", "prune"):
        message = based("baseline", command)[1]
        assert "Kept 1 diagnostic unchecked: their rules did not run" in message
    assert "removed-plugin:1 aaaaa\n" in FILE.read_text()


def test_update_takes_in_the_new_and_takes_out_the_old(based: Run) -> None:
    write(Path(), a=RECORD.replace("Metaâ€™s", "Meta's"), b="title: Appleâ€™s\n")
    message = based("baseline", "update", "--dry-run")
    assert message == (
        0,
        "Would write newslint.baseline: 4 diagnostics of 4 causes; 1 added, 1 removed\n",
        "",
    )
    assert concise(based)[0] == 1
    assert based("baseline", "update")[1] == message[1].replace("Would write", "Wrote")
    assert newslint_is_clean(based)


def test_updating_twice_changes_nothing(based: Run) -> None:
    text = FILE.read_bytes()
    assert based("baseline", "update")[1].endswith("; 0 added, 0 removed\n")
    assert FILE.read_bytes() == text
    FILE.unlink()
    based("baseline", "create")
    assert FILE.read_bytes() == text


def test_prune_takes_in_nothing(based: Run) -> None:
    write(Path(), a=RECORD.replace("Metaâ€™s", "Meta's"), b="title: Appleâ€™s\n")
    for arguments in (["--dry-run"], []):
        assert based("baseline", "prune", *arguments)[1].endswith("; 0 added, 1 removed\n")
    assert [line.split(":")[0] for line in concise(based)[1]] == ["b.md"]


def test_an_archive_without_defects_has_an_empty_baseline(newslint: Run) -> None:
    write(Path(), a=OTHER.replace("another", "a"))
    assert newslint("baseline", "create")[1] == "Wrote newslint.baseline: no diagnostics\n"
    assert FILE.read_text().count("\n") == 1
    assert newslint("check") == (0, "No diagnostics in 2 documents\n", "")


def test_create_never_overwrites(based: Run) -> None:
    text = FILE.read_bytes()
    status, out, err = based("baseline", "create")
    assert (status, out) == (2, "")
    assert err == (
        "Error: newslint.baseline exists; to add new diagnostics, run: newslint baseline update; "
        "to remove those that no longer occur, run: newslint baseline prune\n"
    )
    Path("link").symlink_to("nowhere")
    assert (
        "link exists; to add new diagnostics, run: newslint baseline update --baseline link;"
        in (based("baseline", "create", "--baseline", "link")[2])
    )
    assert FILE.read_bytes() == text


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("newslint.toml", "newslint.toml"),
        ("pyproject.toml", "pyproject.toml"),
        ("", "newslint.toml"),
    ],
)
def test_create_adds_the_setting(settings: str, expected: str, newslint: Run) -> None:
    Path("newslint.toml").unlink()
    if settings:
        Path(settings).write_text("[tool.newslint]\n" if settings == "pyproject.toml" else "")
    out = newslint("baseline", "create", *RULES)[1]
    added = f'Added to {expected}: baseline = "newslint.baseline"\n'
    assert out == f"Wrote newslint.baseline: 4 diagnostics of 4 causes\n{added}"
    assert newslint("check", *RULES)[0] == 0


def test_the_file_is_created_beside_the_settings(
    newslint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("in").mkdir()
    write(Path("in"), c=RECORD.replace("cloud", "c"))
    monkeypatch.chdir("in")
    assert "4 diagnostics" in newslint("baseline", "create")[1]
    assert (Path("..") / FILE).exists()
    assert newslint("check") == (0, "No diagnostics in 1 document, 4 baselined\n", "")
    assert concise(newslint, "..")[1][0].startswith("a.md:2:")
    (Path("..") / "newslint.toml").write_text('select = ["text"]\n')
    name = "../a folder/b"
    (Path("..") / "a folder").mkdir()
    message = newslint("baseline", "create", "--baseline", name)[1]
    assert message.endswith('newslint.toml: baseline = "a folder/b"\n')


def test_the_option_wins_over_the_settings(based: Run) -> None:
    assert "0 added" not in based("baseline", "create", "--baseline", "b", "--select", "mojibake")
    status, lines, _ = concise(based, "--baseline", "b")
    assert (status, len(lines)) == (1, 2)
    write(Path(), a=RECORD.replace("Metaâ€™s", "Meta's"))
    err = based("check", "--baseline", "b")[2]
    assert err.endswith("run: newslint baseline prune --baseline b\n")
    assert "1 removed" in based("baseline", "prune", "--baseline", "b")[1]
    assert "1 removed" in based("baseline", "prune")[1]


def test_a_baseline_that_is_not_there_is_an_error(newslint: Run) -> None:
    for command in (["check", "--exit-zero"], ["baseline", "update"], ["baseline", "prune"]):
        assert newslint(*command) == (
            2,
            "",
            "Error: no baseline newslint.baseline; to create it, run: newslint baseline create\n",
        )
    err = newslint("check", "--baseline", "my file")[2]
    assert err.endswith("run: newslint baseline create --baseline 'my file'\n")
    assert newslint("check", "--no-baseline")[0] == 1


def test_a_baseline_that_cannot_be_used_is_an_error(based: Run) -> None:
    FILE.write_text(f"{FILE.read_text()}\x1b[2J\n")
    status, out, err = based("check", "--exit-zero")
    assert (status, out) == (2, "")
    assert err.startswith(r"Error: newslint.baseline:6: '\x1b[2J' is not 'rule:cause token,token'")
    assert "exclude each other" in based("check", "--baseline", "b", "--no-baseline")[2]
    assert based("baseline", "update", "--baseline", "a.md")[0] == 2
    assert based("check", "--baseline", ".")[2].startswith("Error: cannot read the baseline .: ")


def test_an_empty_setting_is_refused(newslint: Run) -> None:
    Path("newslint.toml").write_text('baseline = ""\n')
    assert newslint("check")[0] == 2
    Path("newslint.toml").write_text('stale-baseline = "fail"\n')
    assert newslint("check")[0] == 2


def test_a_checkout_with_windows_line_ends_works(based: Run) -> None:
    FILE.write_bytes(FILE.read_bytes().replace(b"\n", b"\r\n"))
    assert newslint_is_clean(based)
    assert based("baseline", "update")[1].endswith("; 0 added, 0 removed\n")
    assert b"\r" not in FILE.read_bytes()


def test_a_baseline_may_be_called_like_a_document(based: Run) -> None:
    based("baseline", "create", "--baseline", "baseline.txt")
    message = based("check", "--baseline", "baseline.txt", "--select", "text,file")
    assert message == (0, "No diagnostics in 2 documents, 3 baselined\n", "")


def test_a_file_that_cannot_be_read_can_be_let_pass(newslint: Run) -> None:
    Path("c.md").write_text("---\na: b: c\n---\n")
    newslint("baseline", "create", "--select", "yaml-syntax")
    assert newslint("check", "--select", "yaml-syntax")[:2] == (
        0,
        "No diagnostics in 3 documents, 1 baselined\n",
    )


def test_a_rule_that_fails_writes_nothing_and_is_not_let_pass(
    based: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint.rules.text.mojibake import Mojibake

    def fail(_rule: Mojibake, _text: object) -> None:
        raise ZeroDivisionError("oh")

    text = FILE.read_bytes()
    monkeypatch.setattr(Mojibake, "check", fail)
    monkeypatch.setenv("NEWSLINT_NO_CACHE", "1")  # a cache goes by code as it is on the disk
    for command in ("update", "prune"):
        status, out, err = based("baseline", command)
        assert (status, out) == (2, "")
        assert err.startswith("Error: a rule failed, so no baseline is written: run 'newslint ch")
    assert based("baseline", "create", "--baseline", "b")[0] == 2
    assert not Path("b").exists()
    assert FILE.read_bytes() == text
    status, out, err = based("check", "--stale-baseline", "error")
    assert status == 2
    assert "rule-crashed" in out
    assert STALE not in err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_an_error(based: Run) -> None:
    Path().chmod(0o500)
    try:
        assert "cannot write to" in based("baseline", "update")[2]
    finally:
        Path().chmod(0o700)


@pytest.mark.parametrize("command", [[], ["create"], ["update"], ["prune"]])
def test_help_fits_eighty_columns(command: list[str], newslint: Run) -> None:
    status, out, _ = newslint("baseline", *command, "--help")
    assert status == 0
    assert max(map(len, out.splitlines())) <= 80


def test_an_unknown_command_is_refused(newslint: Run) -> None:
    assert newslint("baseline", "craete")[0] == 2


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_entries_of_files_that_cannot_be_read_are_kept(
    newslint: Run, content: bytes | None
) -> None:
    settings = Path("newslint.toml")
    settings.write_text(settings.read_text().replace('["text"', '["unreadable-file", "text"'))
    newslint("baseline", "create")
    before = FILE.read_text()
    if content is None:
        Path("a.md").unlink()
        Path("a.md").symlink_to("/etc/hostname")
    else:
        Path("a.md").write_bytes(content)
    kept = "Kept 4 diagnostics unchecked: 1 file could not be read\n"
    for command in ("prune", "update", "prune"):
        assert newslint("baseline", command) == (
            0,
            f"Wrote newslint.baseline: 4 diagnostics of 4 causes; 0 added, 0 removed\n{kept}",
            "",
        )
    assert FILE.read_text() == before
    status, lines, err = concise(newslint, "--stale-baseline", "error")
    assert (status, len(lines), err) == (1, 1, "")
    assert " unreadable-file " in lines[0]


def test_a_file_that_the_rules_do_not_report_as_unreadable_was_not_read_either(based: Run) -> None:
    Path("a.md").write_bytes(b"\xff\xfe\x00")
    assert "0 removed\nKept 4 " in based("baseline", "prune")[1]
    assert based("check")[1:] == ("No diagnostics in 2 documents\n", "")


def test_unreadable_files_of_the_baseline_have_no_other_entries(newslint: Run) -> None:
    settings = Path("newslint.toml")
    settings.write_text(settings.read_text().replace('["text"', '["unreadable-file", "text"'))
    Path("c.md").write_bytes(b"\xff\xfe\x00")
    newslint("baseline", "create")
    Path("d.md").write_bytes(b"\xff\xfe\x00")
    assert "; 1 added, 0 removed\n" in newslint("baseline", "update")[1]
    write(Path(), a=OTHER)
    assert "4 diagnostics of newslint.baseline no longer occur" in newslint("check")[2]
    assert "; 0 added, 4 removed\n" in newslint("baseline", "prune")[1]
