"""Paths that do not exist: the message says what to name instead, or where it was looked for."""

from pathlib import Path

import pytest

from newslint.cli.app import run


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "News" / "2022").mkdir(parents=True)
    (tmp_path / "newslint.toml").touch()
    (tmp_path / ".git").mkdir()
    (tmp_path / "News" / "2022" / "rome.md").write_text("---\ntitle: Rome\n---\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", [["check"], ["stats"], ["schema", "infer"]])
@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("nwes", "did you mean 'News'?"),
        ("NEWS", "did you mean 'News'?"),
        ("news/2022/roma.md", "did you mean 'News/2022/rome.md'?"),
        ("news/2022/oslo.md", "did you mean 'News/2022'?"),
        ("nothing", "no name in {0} is similar; is this the right folder?"),
        ("News/2022/rome.md/x", "{0}/News/2022/rome.md is no folder"),
        (
            "News/*.txt",
            (
                "patterns are expanded by the shell: write it without quotes, name the folder, or "
                "set 'include' in the settings"
            ),
        ),
    ],
)
def test_the_message_says_what_to_name_instead(
    command: list[str], path: str, advice: str, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, path]) == 2
    expected = f"Error: no such file or folder: {path}; {advice.format(archive)}\n"
    assert capsys.readouterr().err == expected


@pytest.mark.parametrize(
    ("path", "meant"), [("News/2022", "."), ("News/2022/rome.md", "rome.md"), ("News", "..")]
)
def test_a_path_from_the_top_of_the_project(
    path: str,
    meant: str,
    archive: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(archive / "News" / "2022")
    assert run(["check", path]) == 2
    expected = f"Error: no such file or folder: {path}; did you mean '{meant}'?\n"
    assert capsys.readouterr().err == expected


def test_a_path_outside_of_the_current_folder(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive / "News")
    assert run(["check", f"{archive}/newslint.tml"]) == 2
    name = f"{archive}/newslint.t"
    expected = f"Error: no such file or folder: {name}ml; did you mean '{name}oml'?\n"
    assert capsys.readouterr().err == expected
