"""Names and texts of records that CI servers would take for commands."""

import re
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.reporters.escape import escape_commands

COMMAND = re.compile(r"^\s*::|##\[|##vso\[", re.MULTILINE)
"""What the runners of GitHub and Azure look for in each line."""

NAMES = [
    "::add-mask::a",
    "::stop-commands::x",
    "##[error]b",
    "##vso[task.setvariable]c",
    "a##[debug]",
]


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write records whose names and texts are commands; the archive is the current folder."""
    monkeypatch.chdir(archive)
    collections = ""
    for number, name in enumerate(NAMES):
        text = f"{name} Alphabetâ€™s " + " ".join([name] * 30)
        write(
            archive,
            **{
                name: f'title: "{text}"\n{name}: 1\nwebUrl: https://example.org/{number}\n'
                f'excerpt: "{text}"\nprovider: {{name: "{name}", domain: "{name}"}}',
                f"{name}-copy": f'title: "{text}"\nwebUrl: https://example.org/{number}',
            },
        )
        with (archive / f"{name}.md").open("a") as file:
            file.write(f"::error::x â€™\n  ::warning::y\nâ€™ {name}\n")
        collections += f'[[collections]]\nname = "{name}"\npaths = ["{number}"]\n'
    (archive / "sub").mkdir()
    (archive / "sub" / "newslint.toml").write_text(collections)
    return archive


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--format", "concise"],
        *(["check", "--group-by", name, "--verbose"] for name in ("file", "rule", "cause")),
        ["check", "--group-by", "file", "--color", "always"],
        ["check", "--statistics"],
        ["check", "--fix", "--unsafe-fixes", "--diff"],
        ["suppress", "--diff"],
        ["stats"],
        ["check", "::error::x"],
        ["check", "--config", "::error::x"],
        ["explain", "::error::x"],
        ["config", "show", "##[error]b.md"],
        ["schema", "show", "--config", "sub/newslint.toml"],
    ],
    ids=" ".join,
)
def test_no_line_of_output_is_a_command(
    arguments: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extra = ["--select", "all"] if arguments[0] in {"check", "suppress", "stats"} else []
    run([*arguments, *extra])
    captured = capsys.readouterr()
    output = re.sub("\x1b\\[[\\d;]*m", "", captured.out + captured.err)
    assert output
    assert not COMMAND.findall(output)


@pytest.mark.parametrize(
    ("line", "escaped"),
    [
        ("::error::x", "\\x3a:error::x"),
        ("  ::error::x", "  \\x3a:error::x"),
        ("a ##[x] ##[y]", "a \\x23#[x] \\x23#[y]"),
        ("###[x]", "#\\x23#[x]"),
        ("##vso[x]", "\\x23#vso[x]"),
        ("a::b ## c", "a::b ## c"),
    ],
)
def test_escaped_commands(line: str, escaped: str) -> None:
    assert escape_commands(line) == escaped
