"""Attacks by the files of a clone on files outside of it: nothing is read, nothing is written."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.rules.example_records import NEWS_RECORD
from processes import newslint

SECRET = "correct horse battery staple"
PRIVATE = f"{SECRET} = = {SECRET}\n"
"""The text of a private file, which is valid in no format."""

COLLECTION = '[[collections]]\nname = "a"\npaths = ["*.md"]\nschema = "{}"\n'


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """Create a private file beside the clone."""
    file = tmp_path / "home" / "private"
    file.parent.mkdir()
    file.write_text(PRIVATE)
    return file


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create a clone of an archive, which is the current folder."""
    folder = tmp_path / "clone"
    (folder / ".git").mkdir(parents=True)
    write(folder, a=NEWS_RECORD, b="title: Alphabetâ€™s\nwebUrl: https://example.org/b")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(params=["path", "link", "folder link"])
def reference(request: pytest.FixtureRequest, clone: Path, private: Path) -> str:
    """Return a path in the clone that leads to the private file."""
    if request.param == "path":
        return str(private)
    if request.param == "link":
        (clone / "link").symlink_to(private)
        return "link"
    (clone / "folder").symlink_to(private.parent)
    return "folder/private"


def assert_refused(status: int, capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    text = captured.out + captured.err
    assert status == 2, text
    assert SECRET not in text
    assert "bug in newslint" not in text
    return text


SETTINGS = {
    "extends": 'extends = "{}"\n',
    "baseline": 'baseline = "{}"\n',
    "corpus": 'corpus = ["{}"]\n',
    "plugin": 'plugins = ["{}"]\n',
    "schema": COLLECTION,
    "model": COLLECTION.replace("{}", "{}:Model"),
}
REASONS = ("it is outside of the project", "a symbolic link leads out of the project")


@pytest.mark.parametrize("arguments", [["check"], ["config", "show"], ["baseline", "create"]])
@pytest.mark.parametrize("kind", SETTINGS)
def test_settings_name_no_file_outside(  # noqa: PLR0913, PLR0917 # fixtures
    kind: str,
    arguments: list[str],
    clone: Path,
    reference: str,
    private: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    suffix = {"plugin": ".py", "schema": ".json", "model": ".py"}.get(kind, "")
    if suffix:
        private.rename(private.with_name(f"private{suffix}"))
        link = clone / "link"
        if link.is_symlink():
            link.unlink()
            (clone / f"link{suffix}").symlink_to(private.with_name(f"private{suffix}"))
    if kind == "plugin" and "/" not in reference:
        reference = f"./{reference}"
    (clone / "newslint.toml").write_text(SETTINGS[kind].format(reference + suffix))
    text = assert_refused(run(arguments), capsys)
    assert any(reason in text for reason in REASONS), text
    assert "newslint.toml:" in text


def test_the_environment_is_not_printed(
    clone: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone / "newslint.toml").write_text('extends = "/proc/self/environ"\n')
    monkeypatch.setenv("PASSWORD", SECRET)
    assert_refused(run(["check", "--no-plugins"]), capsys)


@pytest.mark.parametrize("name", ["newslint.toml", "pyproject.toml"])
def test_a_settings_file_is_no_link_out(
    name: str, clone: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private.write_text(f"[tool.newslint]\n{PRIVATE}")
    (clone / name).symlink_to(private)
    run(["check"])
    captured = capsys.readouterr()
    assert SECRET not in captured.out + captured.err
    assert_refused(run(["check", "--config", name]), capsys)


def test_settings_inside_the_work_tree_and_of_packages_are_read(
    clone: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packages = tmp_path / "site-packages"
    packages.mkdir()
    monkeypatch.setattr(sysconfig, "get_path", lambda _name: str(packages))
    from newslint.documents import access

    access.package_folders.cache_clear()
    try:
        (packages / "house.toml").write_text('ignore = ["mojibake"]\n')
        (clone / "base.toml").write_text(f'extends = "{packages}/house.toml"\n')
        (clone / "sub").mkdir()
        (clone / "sub" / "newslint.toml").write_text('extends = "../base.toml"\n')
        assert run(["config", "show", "sub"]) == 0
    finally:
        access.package_folders.cache_clear()
    assert 'ignore = ["mojibake"]' in capsys.readouterr().out


def test_a_ref_of_a_schema_does_not_leave(
    clone: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clone / "link.json").symlink_to(private)
    for target in (private.as_uri(), "link.json", "../home/private"):
        (clone / "a.json").write_text(f'{{"$ref": "{target}"}}')
        (clone / "newslint.toml").write_text(COLLECTION.format("a.json"))
        assert_refused(run(["check"]), capsys)


def test_a_baseline_or_history_that_links_out_is_not_read(
    clone: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clone / "link").symlink_to(private)
    for arguments in (
        ["check", "--baseline", "link"],
        ["baseline", "update", "--baseline", "link"],
        ["check", "--report", "html=report.html", "--history", "link"],
        ["stats", "--history", "link"],
    ):
        assert_refused(run(arguments), capsys)
    assert private.read_text() == PRIVATE


def test_an_ignore_file_that_is_a_link_is_not_read(
    clone: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private.write_text("*.md\n")
    (clone / ".gitignore").symlink_to(private)
    assert run(["check", "--exit-zero"]) == 0


ENDLESS = ["newslint.toml", "pyproject.toml", ".gitignore", "base.toml", "a.json", "b", "h"]


@pytest.mark.parametrize("kind", ["zero", "pipe"])
@pytest.mark.parametrize("name", ENDLESS)
def test_no_file_exhausts_memory_or_blocks(name: str, kind: str, clone: Path) -> None:
    settings = {
        "base.toml": 'extends = "base.toml"\n',
        "a.json": COLLECTION.format("a.json"),
        "b": 'baseline = "b"\n',
    }
    (clone / "newslint.toml").write_text(settings.get(name, ""))
    (clone / name).unlink(missing_ok=True)
    if kind == "zero":
        (clone / name).symlink_to("/dev/zero")
    else:
        os.mkfifo(clone / name)
    options = ["--report", "html=r.html", "--history", "h"] if name == "h" else []
    limit = 2 * 1024**3
    code = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))"
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}\nfrom newslint.cli.app import run\nimport sys\nsys.exit(run(sys.argv[1:]))",
            *("check", "--exit-zero", "--no-cache", "-j", "1", *options),
        ],
        capture_output=True,
        check=False,
        timeout=240,
        encoding="utf-8",
    )
    assert ended.returncode in {0, 2}, ended.stderr
    assert "bug in newslint" not in ended.stderr


@pytest.mark.parametrize("setting", ["corpus", "extends", "baseline"])
def test_large_files_are_refused(
    setting: str, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (clone / "large").open("wb") as file:
        file.truncate(300 * 1024**2)
    (clone / "newslint.toml").write_text(SETTINGS[setting].format("large"))
    status = run(["check"])
    if setting != "corpus":
        assert "is larger than the limit of " in assert_refused(status, capsys)


WRITERS = {
    "output": ["check", "--format", "json", "--output", "{}"],
    "report": ["check", "--report", "junit={}"],
    "html": ["check", "--report", "html={}"],
    "history": ["stats", "--history", "{}"],
    "baseline": ["baseline", "create", "--baseline", "{}"],
    "schema": ["schema", "infer", ".", "--force", "--output", "{}"],
}


@pytest.fixture(params=["git", "settings", "current folder"])
def unpacked(request: pytest.FixtureRequest, clone: Path) -> Path:
    """Return a clone that git, settings, or nothing but the current folder marks as a project."""
    if request.param != "git":
        (clone / ".git").rmdir()
    if request.param == "settings":
        (clone / "newslint.toml").touch()
    return clone


@pytest.mark.parametrize("link", ["file", "dangling", "folder"])
@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_is_written_through_a_link_out(
    writer: str, link: str, unpacked: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(private.parent.iterdir())
    target = "out"
    if link == "folder":
        (unpacked / "out").symlink_to(private.parent)
        target = "out/new"
    else:
        (unpacked / "out").symlink_to(private if link == "file" else private.parent / "new")
    status = run([each.format(target) for each in WRITERS[writer]])
    assert_refused(status, capsys)
    assert set(private.parent.iterdir()) == before
    assert private.read_text() == PRIVATE


def test_a_baseline_of_the_settings_is_not_written_outside(
    clone: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clone / "newslint.toml").write_text('baseline = "../home/new"\n')
    assert_refused(run(["baseline", "create"]), capsys)
    assert not (private.parent / "new").exists()


@pytest.mark.parametrize("name", ["newslint.toml", "schemas"])
def test_init_writes_nothing_through_a_link_out(
    name: str, unpacked: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (unpacked / "newslint.toml").unlink(missing_ok=True)
    for folder in ("talks", "news"):
        (unpacked / folder).mkdir()
        for number in range(3):
            text = f"---\nspeaker: s{number}\nroom: {number}\n---\n"
            (unpacked / folder / f"{number}.md").write_text(text)
    (unpacked / name).symlink_to(private.parent / ("new" if name != "schemas" else ""))
    assert_refused(run(["init", "."]), capsys)
    assert sorted(private.parent.iterdir()) == [private]


def test_links_of_other_users_are_not_followed(
    tmp_path: Path, private: Path, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can create files of other users")
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "report").symlink_to(private)
    os.lchown(shared / "report", 4711, 4711)
    assert_refused(run(["check", "--output", f"{shared}/report"]), capsys)
    assert private.read_text() == PRIVATE


def test_links_inside_a_project_and_own_links_are_followed(
    tmp_path: Path, private: Path, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clone / "build").mkdir()
    (clone / "report").symlink_to("build/report")
    assert run(["check", "--exit-zero", "--output", "report"]) == 0
    assert (clone / "build" / "report").read_text()
    own = tmp_path / "own"
    own.symlink_to(private)
    assert run(["check", "--exit-zero", "--output", str(own)]) == 0
    assert SECRET not in private.read_text()


def test_a_corpus_is_no_link_out(
    clone: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(private.parent, c=f"title: {SECRET}\nwebUrl: https://example.org/c")
    (clone / "all").symlink_to(private.parent)
    for corpus in ("all", "../home", "all/.."):
        (clone / "newslint.toml").write_text(f'corpus = [".", "{corpus}"]\n')
        assert_refused(run(["check", "--fix", "--unsafe-fixes", "."]), capsys)


@pytest.mark.parametrize("command", [["schema", "infer", "."], ["init", "--dry-run", "."]])
def test_drafts_contain_no_text_of_records_outside(
    command: list[str], clone: Path, private: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(12):
        write(private.parent, **{f"c{number}": f"title: {SECRET}\nkind: {SECRET}"})
        (clone / f"c{number}.md").symlink_to(private.parent / f"c{number}.md")
    (clone / "hugo.toml").symlink_to(private)
    run(command)
    captured = capsys.readouterr()
    assert SECRET not in captured.out + captured.err


@pytest.fixture
def shared_folder(tmp_path: Path) -> Iterator[Path]:
    """Create a folder like `/tmp` whose settings somebody else has written."""
    folder = tmp_path / "shared"
    (folder / "mine" / "archive").mkdir(parents=True)
    write(folder / "mine" / "archive", a=NEWS_RECORD)
    (folder / "newslint.toml").write_text('plugins = ["./evil.py"]\n')
    (folder / "evil.py").write_text("raise SystemExit(99)")
    return folder


def test_the_search_for_settings_stops_at_a_shared_folder(shared_folder: Path) -> None:
    shared_folder.chmod(0o1777)
    ended = newslint("check", cwd=shared_folder / "mine" / "archive")
    assert ended.returncode == 0, ended.stderr


def test_the_search_for_settings_stops_at_a_folder_of_somebody_else(shared_folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can create files of other users")
    os.chown(shared_folder, 4711, 4711)
    ended = newslint("check", cwd=shared_folder / "mine" / "archive")
    assert ended.returncode == 0, ended.stderr


def test_root_finds_the_settings_of_another_user(
    shared_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can create files of other users")
    (shared_folder / "newslint.toml").write_text('select = ["mojibake"]\n')
    for path in (shared_folder, *shared_folder.rglob("*")):
        os.chown(path, 4711, 4711)
    assert run(["config", "show", str(shared_folder / "mine" / "archive")]) == 0
    assert 'select = ["mojibake"]' in capsys.readouterr().out
