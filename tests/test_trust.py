"""Secrets, links out of the project, control characters, network access, reproducible reports."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.reporters.escape import UNSAFE
from newslint.reporters.formats import FORMAT_NAMES, TEXT
from newslint.rules.example_records import NEWS_RECORD
from processes import environment, newslint
from reports import HOSTILE

SECRET = "31415926535"
LEAKY = [
    SECRET,
    f'"{SECRET}"',
    f'"Alphabetâ€™s {SECRET}\ufffd\\x9d &amp;"',
    f"&{SECRET} 5",
    f"!{SECRET} x",
    f"*{SECRET}",
    f"{SECRET}: x: y",
    f'"{SECRET}',
    f"[{SECRET}, {{a: {SECRET}}}",
    f"|\n  {SECRET}\n  {SECRET}â€™",
    f"https://example.org/{SECRET}?utm_source={SECRET}",
    f"{SECRET}\x80",
    f"{{{SECRET}: 1, {SECRET}: 2}}",
    f"{{{SECRET}: {{a: 1, a: 2}}}}",
    f'"\\{SECRET}"',
    f"|{SECRET}",
    f"- {SECRET}",
]
"""Records with secrets that rules and schemas could quote."""

READABLE = LEAKY[:3]

COMMANDS = [
    *(["check", "--select", "all", "--format", name] for name in FORMAT_NAMES),
    *(["check", "--group-by", name, "--statistics"] for name in ("file", "rule", "cause")),
    ["check", "--select", "all", "--fix", "--unsafe-fixes", "--diff"],
    ["check", "--select", "all", "--fix", "--unsafe-fixes"],
    ["baseline", "create", "--select", "all"],
    ["suppress", "--select", "all", "--diff"],
    ["schema", "infer", "."],
    ["init", "--dry-run", "."],
    ["config", "show", "a.md"],
]


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(archive)
    return archive


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_prints_secrets(
    command: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, secret in enumerate(READABLE if command[0] in {"schema", "init"} else LEAKY):
        url = f"webUrl: https://example.org/{number}"
        entry = f"related:\n- title: t\n  {url}\n  secured: {secret}"
        indented = entry.replace("\n  3", "\n    3")
        texts = {
            "a": f"title: Aâ€™s\n{url}\nsecured: {secret}",
            "b": f"title: t\n{indented}",
            "c": f"{indented}\ntitle: a{':' * (secret not in READABLE)} b",
            "d": f"title: t\n'secured': {secret}\nsecured: x\nimages: [{{secured: {SECRET}}}]",
        }
        write(here, **{f"{name}{number}": text for name, text in texts.items()})
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    assert run(command) in {0, 1}
    captured = capsys.readouterr()
    assert captured.out + captured.err
    assert SECRET not in captured.out + captured.err
    for path in here.iterdir():
        if path.name not in before:
            assert SECRET not in path.read_text("utf-8")


@pytest.fixture
def outside(here: Path, tmp_path: Path) -> Path:
    """Create a file outside the archive, and links to it in the archive."""
    folder = tmp_path / "private"
    folder.mkdir()
    write(folder, notes="title: Alphabetâ€™s private notes\nwebUrl: https://example.org/private")
    write(here, a=NEWS_RECORD)
    (here / "link.md").symlink_to(folder / "notes.md")
    (here / "winding.md").symlink_to("../archive/../private/notes.md")
    (here / "folder").symlink_to(folder)
    return folder / "notes.md"


@pytest.mark.parametrize("paths", [["."], ["link.md", "winding.md"]])
@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_links_out_of_the_project_are_reported_and_not_followed(
    name: str, paths: list[str], outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = outside.read_bytes()
    assert run(["check", *paths, "--fix", "--unsafe-fixes", "--format", name]) in {1, 2}
    captured = capsys.readouterr()
    assert "private" not in captured.out + captured.err
    assert "a symbolic link leads out of the project" in captured.out
    assert outside.read_bytes() == before


def test_links_inside_the_project_are_followed(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "kept").mkdir()
    write(here / "kept", a="title: Alphabetâ€™s")
    (here / "link.md").symlink_to("kept/a.md")
    assert run(["check", "--select", "mojibake", "--format", "concise"]) == 1
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "kept/a.md",
    ]


def paths_in(value: Any) -> Iterator[str]:
    """Yield all paths in a JSON report."""
    if isinstance(value, dict):
        if "path" in value:
            yield value["path"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from paths_in(each)


def test_paths_in_reports_are_relative_to_the_root(
    here: Path, outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "deep" / "er").mkdir(parents=True)
    write(
        here / "deep" / "er", b=NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s"), c=NEWS_RECORD
    )
    for paths in (["."], ["deep/../deep/er"], ["./deep/er/../er/b.md", "link.md"], ["deep"]):
        run(["check", *paths, "--select", "all", "--format", "json"])
        found = set(paths_in(json.loads(capsys.readouterr().out)))
        assert found
        assert all(not name.startswith(("/", ".")) and ".." not in name for name in found)


def test_named_path_outside_the_root_is_absolute(
    here: Path, outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", "--config", "newslint.toml", "--format", "json", "--select", "mojibake"]
    assert run([*arguments, "../private/notes.md"]) == 1
    assert set(paths_in(json.loads(capsys.readouterr().out))) == {outside.as_posix()}


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_no_report_contains_control_characters(
    name: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = "\x1b[2J\u202e\u2066\u200b\x9b31m \u2028 \ufeff"
    written = [text.encode("utf-8", "replace").decode() for text in (*HOSTILE, odd)]
    for number, text in enumerate(written):
        quoted = json.dumps(text, ensure_ascii=False)
        write(here, **{f"a{number}": f"title: {quoted}\nwebUrl: {quoted}\n{quoted}: {quoted}"})
        write(here, **{f"b{number}": f"title: {text}: x: y\n# newslint: ignore[{text}]\n{text}"})
    (here / "\x1b]0;x\u202e.md").write_text("---\n")
    run(["check", "--select", "all", "--format", name, "--statistics"])
    captured = capsys.readouterr()
    assert not UNSAFE.search((captured.out + captured.err).replace("\n", ""))


BLOCKED = """
import sys

def refuse(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        sys.stderr.write(f"{event}{arguments}")
        import os
        os._exit(99)

sys.addaudithook(refuse)
from newslint.cli.app import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    "command",
    [
        ["check", "seeds", "--select", "all", "--format", "sarif", "--report", "junit=/dev/null"],
        ["check", "seeds", "--select", "all", "--unsafe-fixes", "--diff", "--statistics"],
        ["check", "remote", "--select", "all"],
        ["schema", "infer", "seeds"],
        ["init", "--dry-run", "seeds"],
    ],
    ids=" ".join,
)
def test_no_command_opens_a_socket(command: list[str], here: Path, repository: Path) -> None:
    (here / "seeds").symlink_to(repository / "seeds")
    (here / "remote").mkdir()
    write(here / "remote", a=NEWS_RECORD)
    (here / "remote" / "newslint.toml").write_text(
        '[[collections]]\nname = "a"\npaths = ["*"]\nschema = "a.schema.json"\n'
    )
    schema = {"$ref": "https://example.org/schema.json", "$schema": "https://example.org/draft"}
    (here / "remote" / "a.schema.json").write_text(json.dumps(schema))
    ended = subprocess.run(
        [sys.executable, "-c", BLOCKED, *command],
        cwd=here,
        env=environment(),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ended.returncode in {0, 1, 2}, ended.stderr
    assert "socket" not in ended.stderr


class Shuffled(AbstractContextManager[Any]):
    """Entries of a folder in a random order, as another file system may list them."""

    def __init__(self, entries: Any, seed: int) -> None:
        self.entries = list(entries)
        random.Random(seed).shuffle(self.entries)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.entries)

    def __exit__(self, *_: object) -> None:
        """Do nothing: there is no open handle."""


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_report_is_independent_of_the_order_of_files(
    name: str,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(repository)
    scandir = os.scandir
    reports = set()
    for seed in range(4):
        monkeypatch.setattr(os, "scandir", lambda path, seed=seed: Shuffled(scandir(path), seed))
        run(["check", "seeds", "--select", "all", "--format", name])
        reports.add(capsys.readouterr().out)
    assert len(reports) == 1


def test_report_is_independent_of_the_hash_seed(repository: Path, tmp_path: Path) -> None:
    machines = [name for name in FORMAT_NAMES if name != TEXT]
    written = []
    targets = [f"--report={name}={tmp_path / name}" for name in machines]
    for seed in ("0", "1", "4711"):
        command = ["check", "seeds", "--select", "all", "--statistics", *targets]
        ended = newslint(*command, cwd=repository, env=environment(PYTHONHASHSEED=seed))
        assert ended.returncode == 1, ended.stderr
        files = {name: (tmp_path / name).read_bytes() for name in machines}
        written.append(files | {"text": ended.stdout.encode(), "stderr": ended.stderr.encode()})
    assert written[0] == written[1] == written[2]
