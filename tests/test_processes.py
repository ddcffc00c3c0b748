"""A forked process of newslint is like one that is started."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from processes import COMMAND, environment, newslint, quick_command, run_newslint

STATE = """
import json, os, sys
streams = [sys.stdin, sys.stdout, sys.stderr]
os.umask(umask := os.umask(0))
print(json.dumps([
    os.getcwd(), umask, sys.argv[1:], sys.path, dict(os.environ), __import__("time").tzname,
    [(each.encoding, each.errors, each.line_buffering, each.write_through) for each in streams],
    [each.isatty() for each in streams], sys.stdin.read(), sys.flags.safe_path,
    sys.modules["__main__"].__spec__.name, len(os.listdir("/dev/fd")),
]))
print("error", file=sys.stderr)
"""


@pytest.fixture
def here(archive: Path) -> Path:
    (archive / "newslint.toml").write_text('plugins = ["./state.py"]\n')
    return archive


def test_a_forked_process_is_like_one_that_is_started(here: Path) -> None:
    (here / "state.py").write_text(STATE)
    env = environment(TZ="Asia/Tokyo", SOME="thing")
    del env["NEWSLINT_CACHE_DIR"]
    names = ("--select", "é", os.fsdecode(b"\xff"))
    (here / names[-1]).mkdir()
    ended = [
        run_newslint(command, "check", *names, cwd=here, env=env, input="in", umask=0o027)
        for command in (COMMAND, quick_command())
    ]
    assert ended[0].stdout == ended[1].stdout
    assert ended[0].stderr == ended[1].stderr
    assert ended[0].returncode == ended[1].returncode == 2
    assert "Asia" not in ended[0].stdout.replace('"TZ": "Asia/Tokyo"', "")
    assert '"JST"' in ended[0].stdout


@pytest.mark.parametrize("variables", [{"PYTHONHASHSEED": "7"}, {"LC_ALL": "C"}])
def test_variables_of_the_interpreter_need_a_start(variables: dict[str, str], here: Path) -> None:
    (here / "state.py").write_text("import sys\nprint('newslint.cli.stats' in sys.modules)\n")
    assert newslint("check", cwd=here).stdout == "True\n"
    assert newslint("check", cwd=here, env=environment(**variables)).stdout == "False\n"


def test_a_signal_ends_both(here: Path) -> None:
    (here / "state.py").write_text("import os\nos.kill(os.getpid(), 15)\n")
    assert newslint("check", cwd=here).returncode == -signal.SIGTERM


def test_the_process_ends_with_its_client(here: Path) -> None:
    (here / "state.py").write_text("import time\nprint(1, flush=True)\ntime.sleep(60)\n")
    command = [*quick_command(), "check"]
    with subprocess.Popen(command, cwd=here, env=environment(), stdout=-1) as client:
        assert client.stdout
        assert client.stdout.readline() == b"1\n"
        client.kill()
        assert client.stdout.read() == b""  # nobody has the pipe open any more
