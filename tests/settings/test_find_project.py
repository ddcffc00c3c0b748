"""Where settings are found, and what is said of those that cannot be used."""

import os
from pathlib import Path

import pytest

from newslint.diagnostics import Severity
from newslint.settings import Settings, SettingsError, find_project


def test_without_a_settings_file_the_start_is_assumed(tmp_path: Path) -> None:
    project = find_project(tmp_path)
    assert (project.root, project.settings, project.file, project.found) == (
        tmp_path,
        Settings(),
        None,
        False,
    )


def test_own_file(tmp_path: Path) -> None:
    file = tmp_path / "newslint.toml"
    file.write_text(
        'corpus = ["_news"]\nselect = ["text"]\nignore = ["mojibake"]\nfail-level = "warning"\n'
    )
    project = find_project(tmp_path / "deep" / "er")
    assert (project.root, project.file, project.found) == (tmp_path, file, True)
    assert project.settings == Settings(
        corpus=("_news",), select=("text",), ignore=("mojibake",), fail_level=Severity.WARNING
    )


def test_the_baseline_and_what_to_do_where_it_is_stale(tmp_path: Path) -> None:
    assert find_project(tmp_path).settings.stale_baseline == "warn"
    (tmp_path / "newslint.toml").write_text('baseline = "b"\nstale-baseline = "error"\n')
    assert find_project(tmp_path).settings == Settings(baseline="b", stale_baseline="error")


def test_shared_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.newslint]\nselect = ["text"]\n')
    project = find_project(tmp_path)
    assert project.settings.select == ("text",)
    assert project.file == tmp_path / "pyproject.toml"


def test_own_file_wins_over_the_shared_one(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.newslint]\nselect = ["text"]\n')
    (tmp_path / "newslint.toml").write_text('select = ["urls"]\n')
    assert find_project(tmp_path).settings.select == ("urls",)


def test_the_closest_file_wins_and_nothing_is_merged(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('select = ["urls"]\nignore = ["mojibake"]\n')
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "newslint.toml").write_text('select = ["text"]\n')
    project = find_project(tmp_path / "in")
    assert (project.root, project.settings.ignore) == (tmp_path / "in", ())


def test_a_repository_is_a_root(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('select = ["urls"]\n')
    (tmp_path / "in" / ".git").mkdir(parents=True)
    project = find_project(tmp_path / "in")
    assert (project.root, project.settings, project.found) == (tmp_path / "in", Settings(), True)


@pytest.mark.parametrize("text", ["", "[tool.other]\nx = 1\n", "not [ toml", "\xff"])
def test_shared_files_that_do_not_speak_to_us_are_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "newslint.toml").write_text('select = ["urls"]\n')
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "pyproject.toml").write_bytes(text.encode("latin-1"))
    assert find_project(tmp_path / "in").root == tmp_path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('selct = ["text"]', "unknown setting 'selct'; did you mean 'select'?"),
        ('fail_levl = "error"', "unknown setting 'fail_levl'; did you mean 'fail-level'?"),
        ("zzz = 1", "unknown setting 'zzz'"),
        ('select = "text"', "setting 'select': "),
        ("select = [1]", "setting 'select.0': "),
        ('fail-level = "fatal"', "setting 'fail-level': "),
        ("select = [", "not valid TOML: "),
        ("a = 1\na = 2", "not valid TOML: "),
    ],
)
@pytest.mark.parametrize("shared", [False, True])
def test_settings_that_cannot_be_used(
    tmp_path: Path, text: str, message: str, *, shared: bool
) -> None:
    file = tmp_path / ("pyproject.toml" if shared else "newslint.toml")
    file.write_text(f"[tool.newslint]\n{text}\n" if shared else f"{text}\n")
    with pytest.raises(SettingsError) as caught:
        find_project(tmp_path)
    assert str(caught.value).startswith(str(file))
    assert message in str(caught.value)


def test_settings_that_are_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_bytes(b'select = ["caf\xe9"]')
    with pytest.raises(SettingsError, match="not valid TOML"):
        find_project(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_settings_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text("")
    (tmp_path / "newslint.toml").chmod(0)
    with pytest.raises(SettingsError, match="cannot be read"):
        find_project(tmp_path)
