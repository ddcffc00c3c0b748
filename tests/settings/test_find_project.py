"""Discovery of settings files, and errors of invalid ones."""

import os
from pathlib import Path

import pytest

from newslint.diagnostics import Severity
from newslint.settings import Settings, SettingsError, find_project


def test_root_is_the_start_without_a_settings_file(tmp_path: Path) -> None:
    project = find_project(tmp_path)
    assert (project.root, project.settings, project.file, project.root_found) == (
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
    assert (project.root, project.file, project.root_found) == (tmp_path, file, True)
    assert project.settings == Settings(
        corpus=("_news",), select=("text",), ignore=("mojibake",), fail_level=Severity.WARNING
    )


def test_baseline_and_stale_baseline(tmp_path: Path) -> None:
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
    assert (project.root, project.settings, project.root_found) == (
        tmp_path / "in",
        Settings(),
        True,
    )


@pytest.mark.parametrize("text", ["", "[tool.other]\nx = 1\n", "not [ toml", "\xff"])
def test_shared_file_without_settings_is_skipped(tmp_path: Path, text: str) -> None:
    (tmp_path / "newslint.toml").write_text('select = ["urls"]\n')
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "pyproject.toml").write_bytes(text.encode("latin-1"))
    assert find_project(tmp_path / "in").root == tmp_path


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ('selct = ["text"]', 1, "unknown setting 'selct'; did you mean 'select'?"),
        ('fail_levl = "error"', 1, "unknown setting 'fail_levl'; did you mean 'fail-level'?"),
        ("zzz = 1", 1, "unknown setting 'zzz'; expected one of baseline, "),
        ('select = "text"', 10, "'select': expected a list"),
        ("select = [1]", 11, "'select.0': expected text in quotes"),
        ('fail-level = "erro"', 14, "'fail-level': expected error, warning or info; did you mean"),
        ('today = "soon"', 9, "'today': expected a date, such as 2022-09-12"),
        ('plugins = ["./none.py"]', 12, "plugin './none.py' not found: no such file in "),
        ('extends = "none.toml"', 11, "settings file not found: "),
        ('ignore = ["txet"]', 11, "unknown rule or category 'txet'; did you mean 'text'?"),
        ('select = ["mojibaek"]', 11, "did you mean 'mojibake'?"),
        ('exclude = ["a", "!"]', 17, "'!' is no pattern"),
        ("rules.mojibaek = {}", 7, "did you mean 'mojibake'?"),
        ('rules.mojibake.severity = "wraning"', 27, "did you mean 'warning'?"),
        ("rules.placeholder-image.artcles = 5", 25, "rule 'placeholder-image' has no option"),
        (
            'rules.placeholder-image.articles = "x"',
            36,
            "'articles': expected a whole number",
        ),
        ("select = [", 11, "not valid TOML: "),
        ("x = = 1", 5, "not valid TOML: "),
    ],
)
@pytest.mark.parametrize("shared", [False, True])
def test_invalid_settings(
    tmp_path: Path, text: str, column: int, message: str, *, shared: bool
) -> None:
    file = tmp_path / ("pyproject.toml" if shared else "newslint.toml")
    file.write_text(f"[tool.newslint]\n{text}\n" if shared else f"{text}\n")
    with pytest.raises(SettingsError) as caught:
        find_project(tmp_path)
    head, source, mark = str(caught.value).split("\n")
    line = 2 if shared else 1
    assert head.startswith(f"{file}:{line}:{column}: ")
    assert message in head
    assert source == f"  {line} | {text}"
    assert mark.index("^") == len("  1 | ") + column - 1


def test_all_errors_are_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('selct = []\nignore = "x"\n')
    with pytest.raises(SettingsError) as caught:
        find_project(tmp_path)
    assert [each.split(": ")[0].rsplit(":", 2)[1:] for each in caught.value.problems] == [
        ["1", "1"],
        ["2", "10"],
    ]


def test_settings_that_are_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_bytes(b'select = ["caf\xe9"]')
    with pytest.raises(SettingsError, match="not valid TOML"):
        find_project(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_settings_without_read_permission(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text("")
    (tmp_path / "newslint.toml").chmod(0)
    with pytest.raises(SettingsError, match="cannot be read"):
        find_project(tmp_path)
