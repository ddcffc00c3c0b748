"""Colour and width: options, variables and the capabilities of the terminal."""

import io
import os
import re
import subprocess
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.terminal import ColorChoice, create_console, supports_links, use_color
from newslint.rules.example_records import NEWS_RECORD
from processes import UNSET, environment, quick_command
from terminals import at_terminal


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


@pytest.mark.parametrize(
    ("variables", "on_terminal", "on_file"),
    [
        ({}, False, False),
        ({"TERM_PROGRAM": "WezTerm"}, True, False),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False, False),
        ({"TERM": "xterm-kitty"}, True, False),
        ({"KONSOLE_VERSION": "220401"}, True, False),
        ({"WT_SESSION": ""}, False, False),
        ({"VTE_VERSION": "5202"}, True, False),
        ({"VTE_VERSION": "5000"}, False, False),
        ({"VTE_VERSION": "new"}, False, False),
        ({"TERM_PROGRAM": "vscode", "NO_COLOR": "1"}, True, False),
        ({"TERM_PROGRAM": "vscode", "TERM": "dumb"}, False, False),
        ({"TERM_PROGRAM": "vscode", "CI": "true"}, False, False),
        ({"VTE_VERSION": "5202", "TMUX": "socket,1,0"}, False, False),
        ({"VTE_VERSION": "5202", "TERM": "screen-256color"}, False, False),
        ({"VTE_VERSION": "5202", "FORCE_HYPERLINK": "0"}, False, False),
        ({"FORCE_HYPERLINK": "1", "TERM": "tmux"}, True, True),
        ({"FORCE_HYPERLINK": ""}, False, False),
    ],
)
def test_links_are_decided(
    *,
    variables: dict[str, str],
    on_terminal: bool,
    on_file: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in (*UNSET, "CI", "STY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert supports_links(FakeTerminal()) is on_terminal
    assert supports_links(io.StringIO()) is on_file


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}])
def test_names_of_rules_are_links_at_a_terminal_that_supports_them(
    archive: Path, tmp_path: Path, variables: dict[str, str]
) -> None:
    """The second run prints cached output, and the third one has no use for it."""
    write(archive, a=NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud"))
    variables |= {"NEWSLINT_CACHE_DIR": str(tmp_path / "cache"), "CI": "", "STY": "", "TMUX": ""}
    command = ("check", "--select", "mojibake")
    first = at_terminal(*command, cwd=archive, **variables, VTE_VERSION="7600")
    second = at_terminal(*command, cwd=archive, **variables, VTE_VERSION="7600")
    without = at_terminal(*command, cwd=archive, **variables)
    link = r"\x1b\]8;;(https://\S+/mojibake\S*?)\x1b\\mojibake\x1b\]8;;\x1b\\"
    assert re.search(link, first.sent)
    assert second.sent == first.sent
    assert re.sub(link, "mojibake", first.sent) == without.sent
    assert "\x1b]" not in without.sent
