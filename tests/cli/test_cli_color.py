"""Colour and width: options, variables and the capabilities of the terminal."""

import io
import os
import subprocess
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.terminal import ColorChoice, create_console, use_color
from newslint.rules.example_records import NEWS_RECORD
from processes import environment, quick_command


class FakeTerminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "variables", "on_terminal", "on_file"),
    [
        ("auto", {}, True, False),
        ("auto", {"NO_COLOR": "1"}, False, False),
        ("auto", {"NO_COLOR": ""}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, True, True),
        ("auto", {"FORCE_COLOR": ""}, True, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, True),
        ("auto", {"TERM": "dumb"}, False, False),
        ("always", {"NO_COLOR": "1"}, True, True),
        ("never", {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_colour_is_decided(
    *,
    choice: ColorChoice,
    variables: dict[str, str],
    on_terminal: bool,
    on_file: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert use_color(choice, FakeTerminal()) is on_terminal
    assert use_color(choice, io.StringIO()) is on_file


@pytest.mark.parametrize(
    ("columns", "width"), [("120", 120), ("", 80), ("0", 80), ("-3", 80), ("wide", 80)]
)
def test_the_width_is_that_of_the_variable_or_80(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert create_console(io.StringIO(), "never").width == width


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_terminal_gets_colour_and_its_width_is_kept_to(archive: Path) -> None:
    import fcntl
    import pty
    import struct
    import termios

    write(archive, a=NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud" + " and more" * 20))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    ended = subprocess.run(
        [*quick_command(), "check", "--select", "mojibake"],
        cwd=archive,
        env=environment(TERM="xterm"),
        stdout=theirs,
        check=False,
    )
    os.close(theirs)
    message = os.read(ours, 65536).decode()
    os.close(ours)
    assert ended.returncode == 1
    assert "\x1b[1;31m" in message
    plain = "".join(part.partition("m")[2] for part in f"m{message}".split("\x1b["))
    assert max(map(len, plain.splitlines())) <= 60
