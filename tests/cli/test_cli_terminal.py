"""Output on a terminal: width, paging and progress."""

import io
import os
import re
import shutil
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.cli.help import HelpFormatter
from newslint.cli.pager import pager_command
from newslint.cli.progress import format_time_left, show_progress
from newslint.execution.progress import Phase, Progress
from newslint.rules.example_records import NEWS_RECORD, RELATED_ENTRY
from terminals import at_terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")

LONG = "news/" + "-".join(["a-name-that-is-longer-than-narrow-terminals"] * 2)
BROKEN = (
    NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud" + " and more" * 20)
    + "\n"
    + RELATED_ENTRY
)
COMMANDS = [
    ["--help"],
    ["check"],
    ["check", "--group-by", "file"],
    ["check", "--statistics", "--quiet"],
    ["check", "--verbose", "--quiet"],
    ["check", "--help"],
    ["check", "nowhere/" + "nothing-" * 8 + "at-all.md"],
    ["check", "--select", "mojibaek"],
    ["check", "--fix", "--unsafe-fixes", "--output", "report.txt"],
    ["baseline", "--help"],
    ["baseline", "create", "--help"],
    ["baseline", "update", "--help"],
    ["cache", "--help"],
    ["cache", "clean", "--help"],
    ["config", "show", "--help"],
    ["schema", "--help"],
    ["schema", "infer", "--help"],
    ["schema", "show", "--help"],
    ["stats", "--help"],
    ["baseline", "create"],
    ["completion", "--help"],
    ["config", "--help"],
    ["explain", "truncated-excerpt", "--no-pager"],
    ["explain", "text"],
    ["explain", "--help"],
    ["init", "--help"],
    ["init", "--dry-run"],
    ["init"],
    ["rules"],
    ["rules", "--help"],
    ["schema", "infer", ".", "--output", "drafted.json"],
    ["schema", "show", "nothing"],
    ["suppress"],
    ["suppress", "--help"],
]
"""Commands that print text for people. Lines of settings, schemas and diffs are never wrapped."""

WIDE = {"--statistics"}


@pytest.fixture
def folder(archive: Path) -> Path:
    """Create an archive with problems, in a folder with a long name."""
    (archive / "news").mkdir()
    write(archive, **{LONG: BROKEN})
    (archive / "news" / "binary.md").write_bytes(b"\0")
    return archive


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_lines_fit_80_columns_and_paths_stay_whole(command: list[str], folder: Path) -> None:
    shown = at_terminal(*command, cwd=folder)
    assert shown.status in (0, 1, 2)
    assert_fits(command, shown.sent, 80)


@pytest.mark.parametrize("columns", [40, 200])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_lines_fit_other_terminals_too(
    command: list[str], columns: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if columns == 40 and WIDE.intersection(command):
        pytest.skip("tables take more columns")
    terminal = Terminal()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setattr("sys.stderr", terminal)
    assert run(command) in (0, 1, 2)
    assert_fits(command, terminal.getvalue(), columns)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def assert_fits(command: list[str], sent: str, columns: int) -> None:
    """Check that lines fit the terminal, and that longer paths stay whole."""
    plain = re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", sent)
    assert plain
    for line in re.split(r"[\r\n]+", plain):  # a progress bar that is redrawn follows a "\r"
        is_code = command[0] == "explain" and line.startswith("    ")
        room = columns - len(line) + len(line.lstrip())
        is_one_path = any(len(word) > room for word in line.split())
        assert len(line) <= columns or is_code or is_one_path, line
    assert plain.count(LONG[:30]) == plain.count(f"{LONG}.md")


@pytest.mark.parametrize(
    ("variables", "colour"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_variables_decide_on_colour(
    *, variables: dict[str, str], colour: bool, folder: Path
) -> None:
    for command in (["check"], ["rules"], ["explain", "mojibake"]):
        shown = at_terminal(*command, cwd=folder, only="stdout", **variables)
        assert ("\x1b[" in shown.sent) is colour, command


EAGER = """
from newslint.cli import progress
from newslint.rules.api import DocumentRule, Severity

progress.BAR_DELAY = 0

class Nothing(DocumentRule):
    '''Nothing is reported.'''

    id = "nothing"
    severity = Severity.INFO
    examples = ()

    def check(self, document):
        return ()

RULES = (Nothing,)
"""


@pytest.fixture
def many(archive: Path) -> Path:
    """Create an archive whose plugin makes newslint show progress from the first file on."""
    (archive / "eager.py").write_text(EAGER)
    (archive / "newslint.toml").write_text('plugins = ["./eager.py"]\n')
    for number in range(90):
        text = NEWS_RECORD.replace("pytorch-moves", str(number)) + "\n" + RELATED_ENTRY
        write(archive, **{f"{number}": text.replace("moves", f"moves {number}")})
    return archive


def test_a_run_shows_progress_and_erases_it(many: Path) -> None:
    shown = at_terminal("check", "--exit-zero", cwd=many, only="stderr")
    assert re.search(r"Reading .*\d+/90", shown.sent)
    assert shown.screen == []
    assert (
        at_terminal("check", "--exit-zero", cwd=many, only="stdout")
        .sent.replace("\r\n", "\n")
        .count("\x1b[2K")
        == 0
    )


def test_progress_fits_and_the_report_is_the_same_as_without(many: Path) -> None:
    from processes import newslint

    quiet = newslint("check", "--format", "json", cwd=many)
    for columns in (20, 40, 200):
        options = ("--format", "json", "--no-cache")
        shown = at_terminal("check", *options, cwd=many, columns=columns, only="stderr")
        assert shown.other == quiet.stdout
        assert "Reading" in shown.sent
        assert shown.screen == []


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [(["--quiet"], {}), ([], {"TERM": "dumb"})],
)
def test_quiet_runs_show_no_progress(
    arguments: list[str], variables: dict[str, str], many: Path
) -> None:
    shown = at_terminal("check", "--exit-zero", *arguments, cwd=many, only="stderr", **variables)
    assert "Reading" not in shown.sent


def test_a_short_run_shows_no_progress() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    with show_progress(terminal) as observe:
        observe(Progress(next(iter(Phase)), 1, 2))
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "message"), [(0.2, "1 s left"), (59, "59 s left"), (61, "1 min left")]
)
def test_the_time_left_is_formatted(seconds: float, message: str) -> None:
    assert format_time_left(seconds) == message


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """Create a pager that prints its arguments and its input."""
    program = tmp_path / "a pager"
    program.write_text('#!/bin/sh\necho "paged $*"\ncat\n')
    program.chmod(0o755)
    return program


def test_an_explanation_longer_than_the_screen_is_paged(pager: Path, archive: Path) -> None:
    quoted = f"'{pager}' -x"
    page = ["explain", "truncated-excerpt"]
    high = at_terminal(*page, cwd=archive, NEWSLINT_PAGER=quoted)
    low = at_terminal(*page, cwd=archive, lines=10, NEWSLINT_PAGER=quoted, PAGER="cat")
    assert low.screen == ["paged -x", *high.screen]
    assert "\x1b[1m" in low.sent


@pytest.mark.parametrize(
    "variables",
    [{"NEWSLINT_PAGER": ""}, {"NEWSLINT_PAGER": "cat"}, {"PAGER": "cat"}, {"TERM": "dumb"}],
)
def test_nothing_is_paged_without_a_pager(
    variables: dict[str, str], archive: Path, pager: Path
) -> None:
    variables = {"PAGER": f"'{pager}'"} | variables
    shown = at_terminal("explain", "mojibake", cwd=archive, lines=5, **variables)
    assert shown.screen[0].startswith("mojibake")
    given = {"PAGER": f"'{pager}'"}
    shown = at_terminal("explain", "mojibake", "--no-pager", cwd=archive, lines=5, **given)
    assert shown.screen[0].startswith("mojibake")


def test_the_text_is_printed_if_the_pager_is_missing(archive: Path) -> None:
    shown = at_terminal("explain", "mojibake", cwd=archive, lines=5, PAGER="no-such-pager -x")
    assert shown.status == 0
    assert shown.screen[0].startswith("newslint: cannot start the pager 'no-such-pager'")
    assert "mojibake  text  error" in shown.screen


def test_a_reader_may_leave_the_pager_early(archive: Path) -> None:
    shown = at_terminal("explain", "mojibake", cwd=archive, lines=5, PAGER="true")
    assert (shown.status, shown.screen) == (0, [])


@pytest.mark.skipif(shutil.which("less") is None, reason="needs less")
def test_less_pages_by_default_and_keeps_colours(archive: Path) -> None:
    shown = at_terminal("explain", "mojibake", cwd=archive, lines=5, keys="q")
    assert shown.status == 0
    assert "mojibake" in shown.sent
    assert "ESC" not in shown.sent


@pytest.mark.parametrize(
    ("variables", "command"),
    [
        ({"PAGER": "more -s"}, ["more", "-s"]),
        ({"PAGER": "more", "NEWSLINT_PAGER": "less -R"}, ["less", "-R"]),
        ({"PAGER": "more", "NEWSLINT_PAGER": " "}, []),
        ({"PAGER": "unclosed 'quote"}, ["unclosed 'quote"]),
    ],
)
def test_a_pager_is_chosen(variables: dict[str, str], command: list[str]) -> None:
    assert pager_command(variables) == command


def test_verbose_lists_read_and_skipped_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.svg", "b.svg", "c.svg", "d.svg"):
        (folder / name).touch()
    (folder / "newslint.toml").write_text('exclude = ["/drafts/"]\n')
    (folder / "drafts").mkdir()
    write(folder, other=NEWS_RECORD)
    monkeypatch.chdir(folder)
    assert run(["check", "other.md", "--verbose", "--quiet", "--exit-zero"]) == 0
    message = capsys.readouterr()
    assert message.out == ""
    rules, *_ = re.findall(r"^Rules: \d+$", message.err, re.MULTILINE)
    judged, *_ = re.findall(r"^Judged: [1-9]\d* groups", message.err, re.MULTILINE)
    assert message.err == (
        "Settings: newslint.toml\n"
        f"Project: {folder}\n"
        f"{rules}\n"
        "Read: 1 file to report on, and 2 more to compare them with\n"
        f"{judged} of mentions that include the files to report on\n"
        "Skipped: 6\n"
        "  left out by the settings: drafts\n"
        "  not named like a document: a.svg, b.svg, c.svg and 2 more\n"
    )


@pytest.mark.parametrize("columns", [50, 70, 80])
def test_help_never_breaks_words_at_hyphens(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    formatter = HelpFormatter()
    words = ["json-causes", "a-b", "--one-option"] * 20
    formatter.write_text(" ".join(words))
    formatter.write_dl([("--term-of", " ".join(words))])
    assert formatter.getvalue().split() == [*words, "--term-of", *words]
