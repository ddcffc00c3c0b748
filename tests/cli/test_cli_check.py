"""`newslint check`, in this process."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import write
from newslint import __version__
from newslint._manual import page_address
from newslint.cli.app import run
from newslint.cli.help import OptionGroup
from newslint.rules.example_records import NEWS_RECORD

Run = Callable[..., tuple[int, str, str]]
BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud").replace("framework", "cloud")


@pytest.fixture
def newslint(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command in the archive, which contains a good and a broken record."""
    write(archive, good=NEWS_RECORD, broken=BROKEN.replace("pytorch-moves", "cloud"))
    monkeypatch.chdir(archive)
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run_here(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        message = capsys.readouterr()
        return status, message.out, message.err

    return run_here


def test_the_current_folder_is_checked_by_default(newslint: Run) -> None:
    named, unnamed = newslint("check", "."), newslint("check")
    assert named == unnamed
    assert "3 diagnostics (1 error, 2 warnings)" in unnamed[1]
    assert "2 documents" in unnamed[1]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["broken.md"], 1),
        (["broken.md", "--exit-zero"], 0),
        (["good.md"], 0),
        (["good.md", "--fail-level", "warning"], 1),
        (["good.md", "--fail-level", "warning", "--ignore", "images"], 0),
        (["broken.md", "--select", "images"], 0),
        (["broken.md", "--select", "images", "--fail-level=info"], 1),
        (["nowhere.md", "--exit-zero"], 2),
        (["--select", "nonsense", "--exit-zero"], 2),
    ],
)
def test_the_exit_status_depends_on_severities(
    arguments: list[str], status: int, newslint: Run
) -> None:
    assert newslint("check", *arguments)[0] == status


def test_the_settings_set_the_fail_level_and_options_win(newslint: Run) -> None:
    Path("newslint.toml").write_text('fail-level = "warning"\n')
    assert newslint("check", "good.md")[0] == 1
    assert newslint("check", "good.md", "--fail-level", "error")[0] == 0


def test_reading_without_fragments_changes_nothing_but_the_time(newslint: Run) -> None:
    usual = newslint("check", "--format", "json")
    assert newslint("check", "--format", "json", "--no-fragments") == usual


def test_text_is_the_default_format(newslint: Run) -> None:
    status, out, err = newslint("check", "broken.md")
    assert newslint("check", "broken.md", "--format", "text") == (status, out, err)
    assert "broken.md:3:16 error mojibake\n  text decoded with the wrong code page" in out
    assert err == ""


def test_concise_prints_a_line_for_each(newslint: Run) -> None:
    _, out, err = newslint("check", "broken.md", "--format", "concise", "--select", "text")
    assert out == (
        "broken.md:3:16: error mojibake text decoded with the wrong code page: 'â€™' was '’'\n"
    )
    assert err == ""


def test_json_prints_nothing_else(newslint: Run) -> None:
    _, out, err = newslint("check", "--format", "json")
    assert json.loads(out)["summary"]["by_rule"] == {"missing-image": 2, "mojibake": 1}
    assert err == ""


def test_names_are_separated_by_commas_or_repeated(newslint: Run) -> None:
    one = newslint("check", "--select", "mojibake, images", "--format", "json")
    other = newslint("check", "--select", "mojibake", "--select", "images,", "--format", "json")
    assert one == other
    rules = json.loads(one[1])["summary"]["by_rule"]
    assert rules == {"missing-image": 2, "mojibake": 1}


def test_ignore_wins_over_its_category(newslint: Run) -> None:
    _, out, _ = newslint("check", "--ignore", "text", "--ignore", "missing-image")
    assert out == "No diagnostics in 2 documents\n"


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize(
    ("name", "hint"),
    [("mojibaek", "did you mean 'mojibake'?"), ("txt", "did you mean 'text'?"), ("zzzzz", "")],
)
def test_unknown_names_are_refused(option: str, name: str, hint: str, newslint: Run) -> None:
    status, out, err = newslint("check", option, name)
    assert (status, out) == (2, "")
    assert f"unknown rule or category '{name}'" in err
    assert hint in err
    assert "newslint rules" in err


def test_no_rule_at_all_is_refused(newslint: Run) -> None:
    status, out, err = newslint("check", "--select", "mojibake", "--ignore", "mojibake")
    assert (status, out) == (2, "")
    assert err == "Error: no rule is left to run: all that are selected are ignored\n"


def test_quiet_prints_nothing(newslint: Run) -> None:
    assert newslint("check", "-q") == (1, "", "")
    assert newslint("check", "--quiet", "--format", "json", "good.md") == (0, "", "")


def test_quiet_runs_still_print_errors(newslint: Run) -> None:
    assert newslint("check", "-q", "nowhere")[2].startswith(
        "Error: no such file or folder: nowhere; "
    )


@pytest.mark.parametrize("format_", ["text", "concise", "json"])
def test_output_goes_to_a_file(format_: str, newslint: Run) -> None:
    status, printed, _ = newslint("check", "--format", format_)
    assert newslint("check", "--format", format_, "--output", "report") == (
        status,
        "",
        "3 diagnostics (1 error, 2 warnings); 3 causes, 1 fixable, 2 documents: see report\n",
    )
    assert Path("report").read_bytes().decode() == printed


def test_quiet_runs_write_files_and_print_nothing(newslint: Run) -> None:
    assert newslint("check", "-q", "-o", "report", "good.md") == (0, "", "")
    assert "no image" in Path("report").read_text()


def test_an_empty_path_is_refused(newslint: Run) -> None:
    status, _, err = newslint("check", "")
    assert status == 2
    assert "a path is empty; write '.' for the current folder" in err


def test_a_rule_that_fails_makes_an_error_of_the_run(
    newslint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint.rules.text.mojibake import Mojibake

    def fail(_rule: Mojibake, _text: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(Mojibake, "check", fail)
    monkeypatch.setenv("NEWSLINT_NO_CACHE", "1")  # a cache goes by code as it is on the disk
    status, out, err = newslint("check", "--exit-zero", "--format", "concise")
    assert status == 2
    assert "rule-crashed the rule 'mojibake' failed: ZeroDivisionError: oh" in out
    assert err == "Error: a rule failed, so the report is incomplete: see rule-crashed\n"


def test_an_internal_error_is_printed(newslint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("newslint.execution.open_run.Workspace", fail)
    status, out, err = newslint("check", "--exit-zero")
    assert (status, out) == (2, "")
    assert err.startswith("Error: newslint failed with ZeroDivisionError at test_cli_check.py:")
    assert "NEWSLINT_TRACEBACK=1" in err
    assert "secret" not in err
    monkeypatch.setenv("NEWSLINT_TRACEBACK", "1")
    assert "ZeroDivisionError: secret" in newslint("check")[2]


def test_an_interruption_is_printed(newslint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("newslint.execution.open_run.Workspace", interrupt)
    status, out, err = newslint("check", "-o", "report")
    assert (status, out, err.strip()) == (130, "", "newslint: interrupted")
    assert sorted(path.name for path in Path().iterdir()) == [
        "broken.md",
        "good.md",
        "newslint.toml",
    ]


@pytest.mark.parametrize("arguments", [["--version"], ["check", "--version"]])
def test_the_version_is_printed(arguments: list[str], newslint: Run) -> None:
    assert newslint(*arguments) == (0, f"newslint {__version__}\n", "")


def test_an_unknown_command_is_refused(newslint: Run) -> None:
    assert "Did you mean 'check'?" in newslint("chekc")[2]
    assert "To check it, run: newslint check broken.md" in newslint("broken.md")[2]
    Path("a b").mkdir()
    assert "To check it, run: newslint check 'a b'" in newslint("a b")[2]
    status, out, err = newslint("xyz")
    assert (status, out) == (2, "")
    assert err.endswith("Error: No such command 'xyz'.\n")
    assert newslint("--nonsense")[0] == 2
    assert newslint("--", "-x")[2].endswith("Error: No such command '-x'.\n")


@pytest.mark.parametrize("command", [[], ["check"], ["explain"], ["rules"]])
def test_help_fits_eighty_columns(command: list[str], newslint: Run) -> None:
    status, out, _ = newslint(*command, "--help")
    assert status == 0
    assert newslint(*command, "-h")[1] == out
    assert max(map(len, out.splitlines())) <= 80
    assert "Usage: newslint" in out


def test_help_shows_defaults(newslint: Run) -> None:
    out = " ".join(newslint("check", "--help")[1].split())
    for default in (
        "text",
        "(stdout)",
        "auto",
        "(all files)",
        "(that of the settings, else error)",
    ):
        assert f"[default: {default}]" in out


def test_help_of_check_has_groups_examples_and_the_manual(newslint: Run) -> None:
    out = newslint("check", "--help")[1]
    headings = re.findall(r"^(\w[\w ]*):$", out, re.MULTILINE)
    assert headings == [*OptionGroup, "Examples"]
    examples = re.findall(r"^  newslint check .*$", out, re.MULTILINE)
    assert len(examples) == 2
    assert out.endswith(f"\nManual: {page_address('README')}\n")


def test_the_manual_has_the_address_of_the_package_metadata(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["urls"]["Documentation"] == page_address("README")


def test_summaries_of_commands_are_complete(newslint: Run) -> None:
    out = newslint("--help")[1]
    assert "..." not in out.split("Commands:")[1]
    summaries = re.findall(r"^  [a-z]+ +[A-Z].*$", out, re.MULTILINE)
    assert len(summaries) == 13
    assert all(summary.endswith(".") for summary in summaries)


def test_help_is_printed_without_a_command(newslint: Run) -> None:
    status, _, err = newslint()
    assert status == 2
    assert "Commands:\n  check " in err


def test_hostile_arguments_are_shown_escaped(newslint: Run) -> None:
    for arguments in (
        ["check", "\x1b[2J"],
        ["\x1b[2J"],
        ["check", "--\x1b[2J"],
        ["explain", "\x1b"],
    ):
        status, _, err = newslint(*arguments)
        assert status == 2
        assert "\x1b" not in err
        assert "\\x1b" in err
