"""`newslint check --watch`: the reports after changes of files."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from commits import git_environment, git_in
from helpers import write
from newslint.cli import ExitStatus
from newslint.cli.baseline_options import BaselineOptions
from newslint.cli.check_run import CheckRun
from newslint.cli.fix_options import FixOptions
from newslint.cli.options import CheckOptions
from newslint.cli.report_options import ReportOptions, ReportTarget
from newslint.cli.watch import find_folders, is_watched, watch
from newslint.rules.example_records import NEWS_RECORD
from newslint.settings.gate import GateOverride
from newslint.testing import fence
from processes import INTERRUPTIBLE, newslint, unmeasured_environment

GOOD = NEWS_RECORD.replace("pytorch-moves", "other")
BROKEN = GOOD.replace("PyTorch moves", "Alphabetâ€™s cloud")
STATE = "press Ctrl+C to end"

Change = Callable[[Path], object]
"""Changes files in a folder."""


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a folder with a good and a broken record, which is the current one."""
    write(archive, good=NEWS_RECORD, broken=BROKEN)
    monkeypatch.chdir(archive)
    return archive


def create_run(
    *, fix: bool = False, since: str | None = None, report: Path | None = None
) -> CheckRun:
    """Read the settings and find the files, as the command does."""
    targets = [ReportTarget("text", None)]
    return CheckRun.create(
        CheckOptions(no_cache=True),
        ReportOptions(),
        FixOptions(fix=fix),
        BaselineOptions(),
        since=since,
        limits=GateOverride(None, None, None),
        targets=[*targets, ReportTarget("json", report)] if report else targets,
    )


def watch_while(
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, Change],
    create: Callable[[], CheckRun] = create_run,
) -> tuple[int, list[str]]:
    """Watch the current folder while files in it change.

    Args:
        capsys: Captures the output.
        changes: What happens to which file, relative to the folder.
        create: Creates a run.

    Returns:
        The last status; what was printed at first, and after each change.
    """
    printed: list[str] = []
    folder = Path.cwd()

    def make_changes(_: object) -> Iterator[frozenset[Path]]:
        for name, change in changes.items():
            printed.append("".join(capsys.readouterr()))
            change(folder / name)
            yield frozenset({folder / name})
        printed.append("".join(capsys.readouterr()))

    return watch(create, make_changes), printed


def putting(record: str) -> Change:
    """Create a change that writes a record."""
    return lambda path: path.write_text(fence(record), encoding="utf-8")


def test_a_changed_file_is_checked_again(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, (before, after) = watch_while(capsys, {"broken.md": putting(GOOD)})
    assert "mojibake" in before
    assert "mojibake" not in after
    assert f"watching 2 files; {STATE}" in after
    assert status == ExitStatus.CLEAN
    assert here.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"good.md": putting(NEWS_RECORD.replace("quality: 84", "quality: [84"))},
        {"new.md": putting(BROKEN.replace("other", "third"))},
        {"broken.md": Path.unlink},
        {"broken.md": lambda path: path.rename(path.with_name("renamed.md"))},
        {"newslint.toml": lambda path: path.write_text('ignore = ["mojibake"]')},
        {"broken.md": putting(GOOD), "good.md": Path.unlink, "x.md": putting(BROKEN)},
    ],
    ids=["changed", "created", "removed", "renamed", "settings", "several"],
)
def test_the_report_is_that_of_a_new_run(
    changes: dict[str, Change], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, printed = watch_while(capsys, changes)
    fresh = newslint("check", "--no-cache", cwd=here)
    assert printed[-1].startswith(fresh.stdout)
    assert len(set(printed)) == len(printed)
    assert status == fresh.returncode


def test_nothing_is_printed_if_the_report_stays_the_same(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes: dict[str, Change] = {
        "good.md": Path.touch,
        "4913": lambda _: None,
        "image.png": lambda path: path.write_bytes(b""),
        "broken.md": putting(BROKEN + "\n"),
    }
    _, (_, *printed) = watch_while(capsys, changes)
    assert printed == [""] * len(changes)
    assert here.exists()


def test_broken_settings_are_reported_and_the_watch_goes_on(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes: dict[str, Change] = {
        "newslint.toml": lambda path: path.write_text("nonsense = 1\n"),
        "broken.md": putting(GOOD),
        "./newslint.toml": lambda path: path.write_text(""),
    }
    status, (_, broken, still, mended) = watch_while(capsys, changes)
    for each in (broken, still):
        assert "nonsense" in each
        assert STATE in each
    assert "nonsense" not in mended
    assert status == ExitStatus.CLEAN
    assert here.exists()


def test_an_empty_folder_is_reported_until_it_has_a_file(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes: dict[str, Change] = {
        "good.md": lambda path: [each.unlink() for each in path.parent.glob("*.md")],
        "new.md": putting(GOOD),
    }
    status, (_, empty, filled) = watch_while(capsys, changes)
    assert "no " in empty
    assert "watching 1 file;" in filled
    assert status == ExitStatus.CLEAN
    assert here.exists()


def test_fixes_are_applied_as_files_are_written(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes: dict[str, Change] = {
        "broken.md": lambda _: None,  # the file as the first fix has written it
        "good.md": putting(NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")),
    }
    _, (first, own, second) = watch_while(capsys, changes, lambda: create_run(fix=True))
    assert "Fixed 1 diagnostic in 1 file" in first
    assert own == ""
    assert "Fixed 1 diagnostic in 1 file" in second
    assert "Alphabet’s cloud" in (here / "good.md").read_text(encoding="utf-8")
    assert "Alphabet’s cloud" in (here / "broken.md").read_text(encoding="utf-8")


def test_since_a_revision_only_what_differs_from_it_is_reported(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git = git_in(here, git_environment())
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "All"]):
        git(*arguments)
    changes: dict[str, Change] = {
        "good.md": putting(NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud"))
    }
    _, (before, after) = watch_while(capsys, changes, lambda: create_run(since="HEAD"))
    assert "mojibake" not in before
    assert "good.md" in after
    assert "broken.md" not in after


def test_a_report_in_the_folder_is_written_without_being_a_change(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = here / "report.json"
    changes: dict[str, Change] = {
        "report.json": lambda path: path.touch(),
        "broken.md": putting(GOOD),
    }
    _, (_, own, after) = watch_while(capsys, changes, lambda: create_run(report=report))
    assert own == ""
    assert STATE in after
    assert "mojibake" not in report.read_text()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.md", True),
        ("images/a.png", True),
        ("newslint.toml", True),
        (".gitignore", True),
        ("news/.gitignore", True),
        (".git/index", False),
        (".newslint-1a2b.tmp", False),
        ("news/.a.md.swp", False),
        ("node_modules/x/readme.md", False),
    ],
)
def test_hidden_and_installed_files_are_not_watched(name: str, *, expected: bool) -> None:
    folder = Path("/somewhere/.hidden/project")
    assert is_watched(folder / name, [folder]) is expected


def test_the_folder_of_each_project_is_watched_once(here: Path) -> None:
    inner = here / "inner"
    shutil.copytree(here, inner)
    assert find_folders(create_run().request) == [here]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-"], "stdin cannot be watched; name files or folders"),
        (["--profile"], "--watch and --profile exclude each other"),
        (["--format", "json"], "name a file for another: --report json=FILE"),
    ],
)
def test_options_that_cannot_be_watched_are_refused(
    options: list[str], message: str, here: Path
) -> None:
    ended = newslint("check", "--watch", *options, cwd=here, input="")
    assert ended.returncode == ExitStatus.ERROR
    assert message in ended.stderr


def test_without_watchfiles_the_message_says_how_to_install_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(click.ClickException, match="pip install watchfiles"):
        watch(create_run)
    assert here.exists()


def test_a_process_watches_until_it_is_interrupted(here: Path) -> None:
    command = [*INTERRUPTIBLE, "check", "--watch", "--no-cache"]
    with subprocess.Popen(
        command,
        cwd=here,
        env=unmeasured_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        try:
            read_until(process.stderr, "watching 2 files")
            for number in range(300):
                write(here, **{f"more{number}": GOOD.replace("other", f"x{number}")})
            read_until(process.stderr, "watching 302 files")
        finally:
            process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert process.returncode == ExitStatus.INTERRUPTED
    assert "Traceback" not in rest


def read_until(stream: Iterator[str], text: str) -> None:
    """Read lines up to the next one that contains a text."""
    assert any(text in line for line in stream)
