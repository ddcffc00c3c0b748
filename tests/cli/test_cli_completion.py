"""`newslint completion`, in the shells that people have."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from newslint.cli.app import run
from newslint.cli.completion import SHELLS
from processes import SOURCE, environment, quick_command

BASH = """\
source <(newslint completion bash)
complete -p newslint
COMP_WORDS=({words}) COMP_CWORD={index}
_newslint_completion newslint
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
ZSH = """\
autoload -Uz compinit && compinit -u -D
compadd() {{ for each in $completions $completions_with_descriptions; do print -r - $each; done }}
_describe() {{ for each in $completions_with_descriptions; do print -r - ${{each%%:*}}; done }}
_path_files() {{ print files }}
eval "$(newslint completion zsh)"
(( $+_comps[newslint] )) && print registered
words=({words}) CURRENT=$(( {index} + 1 ))
_newslint_completion newslint
"""
FISH = """\
newslint completion fish | source
complete --do-complete "{line}"
"""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Create a folder with the command `newslint`."""
    folder = tmp_path / "programs"
    folder.mkdir()
    program = folder / "newslint"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(quick_command())} "$@"\n')
    program.chmod(0o755)
    return folder


def message(shell: list[str], script: str, programs: Path) -> list[str]:
    """Run a script in a shell, and return its output."""
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        [*shell, script],
        cwd=programs.parent,
        env=environment(PATH=path, HOME=str(programs.parent), PYTHONPATH=str(SOURCE)),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ended.stderr == ""
    return ended.stdout.splitlines()


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"needs {program}")


CASES = [
    ("newslint ch", ["check"]),
    ("newslint explain moji", ["mojibake"]),
    ("newslint check --format ju", ["junit"]),
    ("newslint check --fix-o", ["--fix-only"]),
    ("newslint baseline cr", ["create"]),
]
LISTED = ("newslint check --select text,moj", ["text,mojibake"])
"""Not for fish: click's completion for it ends at the first comma."""


@needs("bash")
@pytest.mark.parametrize(("line", "offered"), [*CASES, LISTED])
def test_bash_completes(line: str, offered: list[str], programs: Path) -> None:
    words = line.split()
    script = BASH.format(words=line, index=len(words) - 1)
    registered, *found = message(["bash", "--norc", "--noprofile", "-c"], script, programs)
    assert registered.endswith("-F _newslint_completion newslint")
    assert found == offered


@needs("zsh")
@pytest.mark.parametrize(("line", "offered"), [*CASES, LISTED])
def test_zsh_completes(line: str, offered: list[str], programs: Path) -> None:
    words = line.split()
    script = ZSH.format(words=line, index=len(words) - 1)
    registered, *found = message(["zsh", "-f", "-c"], script, programs)
    assert registered == "registered"
    assert [each for each in found if each] == offered


@needs("fish")
@pytest.mark.parametrize(("line", "offered"), CASES)
def test_fish_completes(line: str, offered: list[str], programs: Path) -> None:
    found = message(["fish", "--no-config", "-c"], FISH.format(line=line), programs)
    assert [each.partition("\t")[0] for each in found] == offered


def test_paths_are_completed_as_files(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_NEWSLINT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "newslint check se")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert run([]) == 0
    assert capsys.readouterr().out == "file,se\n"


def test_completion_of_nonsense_prints_nothing_to_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_NEWSLINT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "newslint nonsense x")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert run([]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("shell", SHELLS)
def test_there_is_a_script_for_every_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert "_NEWSLINT_COMPLETE" in capsys.readouterr().out


def test_another_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "tcsh"]) == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in capsys.readouterr().err
