"""Properties of the process: exit statuses, streams, signals, the locale."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import write
from newslint import __version__
from newslint.cli import ExitStatus
from newslint.rules.example_records import NEWS_RECORD
from processes import COMMAND, INTERRUPTIBLE, environment, newslint, run_newslint

BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")
C_LOCALE = environment(
    LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii", PYTHONCOERCECLOCALE="0"
)


@pytest.fixture
def here(archive: Path) -> Path:
    write(archive, broken=BROKEN)
    return archive


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "--ignore", "text"], ExitStatus.CLEAN),
        (["check"], ExitStatus.FOUND),
        (["check", "--exit-zero"], ExitStatus.CLEAN),
        (["check", "nowhere", "--exit-zero"], ExitStatus.ERROR),
        (["check", "--nonsense"], ExitStatus.ERROR),
        ([], ExitStatus.ERROR),
    ],
)
def test_the_process_ends_with_the_status(
    arguments: list[str], status: ExitStatus, here: Path
) -> None:
    ended = run_newslint(COMMAND, *arguments, cwd=here)
    assert ended.returncode == status
    assert bool(ended.stdout) == (status != ExitStatus.ERROR)
    assert bool(ended.stderr) == (status == ExitStatus.ERROR)


def test_the_version_is_printed(here: Path) -> None:
    assert newslint("--version", cwd=here).stdout == f"newslint {__version__}\n"


def test_a_reader_that_goes_away_ends_the_run_quietly(here: Path) -> None:
    for number in range(300):
        write(here, **{f"more{number}": BROKEN.replace("pytorch-moves", f"x{number}")})
    for arguments in (["check"], ["check", "--format", "json"]):
        ended = _read_one_line(arguments, here)
        assert ended == (ExitStatus.FOUND, "")
    assert _read_one_line(["check", "--exit-zero"], here) == (ExitStatus.CLEAN, "")


def _read_one_line(arguments: list[str], cwd: Path) -> tuple[int, str]:
    """Return the status and stderr of a command whose reader closes the pipe after a line."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, *arguments], cwd=cwd, env=environment(), **pipes) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        message = process.stderr.read().decode()
    return process.returncode, message


@pytest.mark.parametrize(
    "arguments", [["rules"], ["--help"], ["explain", "mojibake"], ["--version"]]
)
def test_a_reader_that_is_gone_from_the_start_is_no_failure(
    arguments: list[str], here: Path
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = newslint(
        *arguments, cwd=here, capture_output=False, stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_stdout_may_be_closed(here: Path) -> None:
    script = '"$@" >&-'
    ended = subprocess.run(
        ["sh", "-c", script, "sh", *COMMAND, "check"],
        cwd=here,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_an_error(here: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = newslint(
            "check", cwd=here, capture_output=False, stdout=full, stderr=subprocess.PIPE
        )
    assert ended.returncode == ExitStatus.ERROR
    assert ended.stderr == "Error: cannot write to stdout: No space left on device\n"


WAITING = """
import time
from newslint.rules.api import Bad, DocumentRule, Good, Severity

class Waiting(DocumentRule):
    '''A file keeps the run busy.'''

    id = "waiting"
    severity = Severity.INFO
    examples = (Bad("title: x"), Good("title: y"))

    def check(self, document):
        print("checking", flush=True)
        time.sleep(60)
        return ()

RULES = (Waiting,)
"""


def test_ctrl_c_ends_the_run(here: Path) -> None:
    """A rule keeps the process busy until the signal arrives."""
    (here / "waiting.py").write_text(WAITING)
    (here / "newslint.toml").write_text('plugins = ["./waiting.py"]\n')
    (here / "report").write_text("old")
    before = set(here.iterdir())
    with subprocess.Popen(
        [*INTERRUPTIBLE, "check", "--output", "report"],
        cwd=here,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"checking\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(240) == ExitStatus.INTERRUPTED
        assert process.stderr
        assert process.stderr.read().strip() == b"newslint: interrupted"
    assert set(here.iterdir()) == before
    assert (here / "report").read_text() == "old"


def test_ctrl_c_while_starting_ends_the_run(here: Path) -> None:
    script = (
        "import sys, newslint.__main__ as main, newslint.cli.app as app\n"
        "def interrupt(): raise KeyboardInterrupt\n"
        "app.run = interrupt\n"
        "main.main()"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=here, env=environment(), check=False)
    assert ended.returncode == ExitStatus.INTERRUPTED


@pytest.mark.parametrize("format_", ["text", "concise", "json"])
def test_the_locale_does_not_affect_reports(format_: str, here: Path) -> None:
    (here / "東京.md").write_text("---\ntitle: 東京â€™s\n---\n", "utf-8")
    usual = newslint("check", "--format", format_, cwd=here)
    assert "東京.md" in usual.stdout
    plain = newslint("check", "--format", format_, cwd=here, env=C_LOCALE)
    assert (plain.returncode, plain.stdout, plain.stderr) == (1, usual.stdout, "")


def test_the_locale_does_not_affect_messages(here: Path) -> None:
    for env in (environment(), C_LOCALE):
        assert newslint("check", "東京", cwd=here, env=env).stderr == (
            f"Error: no such file or folder: 東京; no name in {here} is similar; is this the right "
            "folder?\n"
        )
    assert newslint("rules", cwd=here, env=C_LOCALE).stdout == newslint("rules", cwd=here).stdout


NAMES = [
    b"with blank.md",
    b"quote'\".md",
    b"new\nline.md",
    b"bytes\xff\xfe.md",
    b"esc\x1b[31m.md",
    b"-leading.md",
    b"--help.md",
    "東京 é.md".encode(),
    b"[brackets] *?.md",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_file_name_is_accepted(name: bytes, archive: Path) -> None:
    with open(os.path.join(os.fsencode(archive), name), "wb") as file:  # noqa: PTH118, PTH123 # bytes
        file.write(b"---\n")
    text = newslint("check", "--", name, cwd=archive)
    assert text.returncode == 1
    assert "\x1b" not in text.stdout
    assert "unclosed-front-matter" in text.stdout.splitlines()[0]
    concise = newslint("check", "--format", "concise", cwd=archive).stdout
    assert concise.count("\n") == 1
    assert concise.startswith(text.stdout.split(":1:1 ")[0])
    (found,) = json.loads(newslint("check", "--format", "json", cwd=archive).stdout)["diagnostics"]
    assert found["path"] == name.decode("utf-8", "backslashreplace")


@pytest.mark.parametrize("name", NAMES)
def test_any_missing_name_is_an_error(name: bytes, archive: Path) -> None:
    ended = newslint("check", "--", name, cwd=archive)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Error: no such file or folder: ")
    assert "\x1b" not in ended.stderr


def test_a_name_like_an_option_needs_two_dashes(archive: Path) -> None:
    (archive / "-x.md").write_text("---\n")
    ended = newslint("check", "-x.md", cwd=archive)
    assert ended.returncode == 2
    assert "No such option" in ended.stderr


def test_two_processes_write_the_same_report(here: Path, repository: Path) -> None:
    reports = {
        newslint("check", "seeds", "--format", "json", cwd=repository, env=env).stdout
        for env in (environment(PYTHONHASHSEED="1"), environment(PYTHONHASHSEED="2"))
    }
    assert len(reports) == 1


@pytest.mark.parametrize(("command", "heavy"), [("--help", {"rich", "pydantic"})])
def test_help_imports_no_heavy_module(command: str, heavy: set[str], here: Path) -> None:
    script = (
        f"import sys\nsys.argv = ['newslint', {command!r}]\nimport newslint.__main__ as main\n"
        "try: main.main()\nexcept SystemExit: pass\nprint(*sys.modules, sep='\\n')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=here,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert not heavy & set(ended.stdout.splitlines())
