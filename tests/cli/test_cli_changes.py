"""`--since REV`: changes, and the problems that they cause in other records."""

import subprocess
from pathlib import Path

import pytest

from helpers import write
from processes import newslint_in_process as newslint

RECORD = "title: One\nwebUrl: https://a.example/one\nquality: 84\npublished: true\n"
COPY = """\
title: {title}
webUrl: https://a.example/{title}
related:
  - title: One
    webUrl: https://a.example/one
    quality: 84"""
RULES = "quality-mismatch,duplicate-record,dangling-related,headline-mismatch,mojibake"


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@a.example")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def history(archive: Path) -> Path:
    """A repository in which all is committed: a record and two copies of it."""
    git(archive, "init", "-q")
    write(archive, record=RECORD, two=COPY.format(title="two"), three=COPY.format(title="three"))
    write(archive, old="title: broken â€™ long ago\nwebUrl: https://a.example/old")
    git(archive, "add", ".")
    git(archive, "commit", "-qm", "all")
    return archive


def since(folder: Path, *options: str, revision: str = "HEAD") -> tuple[int, list[str]]:
    command = ("check", ".", "--select", RULES, "--format", "concise", "--since", revision)
    ended = newslint(*command, *options, cwd=folder)
    assert ended.returncode < 2, ended.stderr
    return ended.returncode, ended.stdout.splitlines()


def test_nothing_is_reported_without_changes(history: Path) -> None:
    assert since(history) == (0, [])
    message = newslint("check", "--since", "HEAD", cwd=history).stdout
    assert "0 documents" in message


def test_a_change_is_reported_in_records_that_it_breaks(history: Path) -> None:
    write(history, record=RECORD.replace("84", "90"))
    status, lines = since(history)
    assert status == 1
    assert [line.split(" ")[0] for line in lines] == ["three.md:7:14:", "two.md:7:14:"]


def test_other_faults_of_those_files_are_left_aside(history: Path) -> None:
    write(history, two=COPY.format(title="tw â€™ o"))
    git(history, "commit", "-qam", "broken")
    write(history, record=RECORD.replace("84", "90"))
    assert [line.split(" ")[2] for line in since(history)[1]] == ["quality-mismatch"] * 2


def test_a_changed_file_is_reported_on_as_a_whole(history: Path) -> None:
    write(history, two=COPY.format(title="tw â€™ o").replace("84", "86"))
    assert {line.split(":")[0] for line in since(history)[1]} == {"two.md"}
    assert len(since(history)[1]) == 3


def test_an_untracked_file_is_a_change(history: Path) -> None:
    write(history, again=RECORD)
    assert [line.split(":")[0] for line in since(history)[1]] == ["again.md", "record.md"]


def test_a_deletion_leaves_references_dangling(history: Path) -> None:
    (history / "record.md").unlink()
    assert [line.split(" ")[2] for line in since(history)[1]] == ["dangling-related"] * 2
    git(history, "commit", "-qam", "gone")
    assert since(history) == (0, [])
    assert len(since(history, revision="HEAD~1")[1]) == 2


def test_an_article_that_changed_its_url_leaves_references_dangling(history: Path) -> None:
    write(history, record=RECORD.replace("/one", "/first"))
    assert [line.split(" ")[2] for line in since(history)[1]] == ["dangling-related"] * 2


def test_a_renamed_file_makes_nothing_wrong(history: Path) -> None:
    (history / "record.md").rename(history / "renamed.md")
    assert since(history) == (0, [])


def test_paths_still_narrow_the_report(history: Path) -> None:
    write(history, record=RECORD.replace("84", "90"))
    command = ("check", "two.md", "--select", RULES, "--format", "concise", "--since", "HEAD")
    assert newslint(*command, cwd=history).stdout.count("\n") == 1


def test_an_archive_below_the_top_of_its_repository(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "née"
    folder.mkdir(parents=True)
    (folder / "newslint.toml").touch()
    git(tmp_path, "init", "-q")
    write(folder, record=RECORD, two=COPY.format(title="two"))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "all")
    write(folder, record=RECORD.replace("84", "90"))
    assert [line.split(":")[0] for line in since(folder)[1]] == ["two.md"]


@pytest.mark.parametrize("name", ["a b.md", "é.md", "--x.md", 'q"uote.md', "new\nline.md"])
def test_names_of_all_kinds(history: Path, name: str) -> None:
    (history / name).write_text(f"---\n{RECORD.replace('/one', '/n')}---\n")
    git(history, "add", ".")
    git(history, "commit", "-qm", "more")
    (history / name).write_text(f"---\n{RECORD.replace('One', 'â€™').replace('/one', '/n')}---\n")
    assert [line.split(" error ")[1][:8] for line in since(history)[1]] == ["mojibake"]


@pytest.mark.parametrize("revision", ["nope", "--output=x", "HEAD~99"])
def test_a_revision_that_git_does_not_know(history: Path, revision: str) -> None:
    ended = newslint("check", f"--since={revision}", cwd=history)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"git knows no revision '{revision}'" in ended.stderr


def test_a_folder_that_is_no_repository(archive: Path) -> None:
    write(archive, record=RECORD)
    ended = newslint("check", "--since", "HEAD", cwd=archive)
    assert ended.returncode == 2
    assert "--since needs a git repository: not a git repository" in ended.stderr


def test_a_machine_without_git(history: Path) -> None:
    from processes import environment

    ended = newslint("check", "--since", "HEAD", cwd=history, env=environment(PATH="/nowhere"))
    assert ended.returncode == 2
    assert "--since needs git, and there is none on PATH" in ended.stderr


def test_files_that_git_does_not_track_are_left_out(history: Path) -> None:
    write(history, draft="title: broken â€™ draft\nwebUrl: https://a.example/draft")
    command = ("check", ".", "--select", "mojibake", "--format", "concise")
    assert len(newslint(*command, cwd=history).stdout.splitlines()) == 2
    [line] = newslint(*command, "--tracked", cwd=history).stdout.splitlines()
    assert line.startswith("old.md:")
    git(history, "add", ".")
    assert len(newslint(*command, "--tracked", cwd=history).stdout.splitlines()) == 2


def test_tracked_needs_a_repository(archive: Path) -> None:
    write(archive, record=RECORD)
    ended = newslint("check", "--tracked", cwd=archive)
    assert ended.returncode == 2
    assert "not a git repository" in ended.stderr


def test_named_files_that_are_no_documents_are_skipped(history: Path) -> None:
    (history / "logo.gif").write_bytes(b"GIF89a")
    (history / ".hidden.md").write_text("no front matter")
    names = ("logo.gif", ".hidden.md")
    assert "in 2 documents" in newslint("check", *names, cwd=history).stdout
    assert newslint("check", *names, "--force-exclude", cwd=history).returncode == 0


@pytest.fixture
def configured(history: Path) -> Path:
    """A repository whose settings extend others and name a schema, a model and a plugin."""
    (history / "newslint.toml").write_text(
        'extends = "base.toml"\n'
        '[[collections]]\nname = "a"\npaths = ["two.md"]\nschema = "a.schema.json"\n'
        '[[collections]]\nname = "b"\npaths = ["old.md"]\nschema = "b.py:News"\n'
        '[[collections]]\nname = "c"\npaths = ["*.md"]\n'
    )
    (history / "base.toml").write_text('plugins = ["./house.py"]\n')
    (history / "a.schema.json").write_text('{"$ref": "types/part.json#/x"}')
    (history / "types").mkdir()
    (history / "types/part.json").write_text('{"x": {"type": "object"}}')
    (history / "b.py").write_text("from pydantic import BaseModel\nclass News(BaseModel): ...\n")
    (history / "house.py").write_text("RULES = ()\n")
    git(history, "add", ".")
    git(history, "commit", "-qm", "settings")
    return history


@pytest.mark.parametrize(
    "name", ["newslint.toml", "base.toml", "a.schema.json", "types/part.json", "b.py", "house.py"]
)
def test_all_files_are_checked_after_a_change_of_the_settings(configured: Path, name: str) -> None:
    assert since(configured) == (0, [])
    with (configured / name).open("a") as file:
        file.write("\n")
    ended = newslint(
        *("check", "--select", "mojibake", "--format", "concise", "--since", "HEAD"), cwd=configured
    )
    assert f": all files are checked, because {name} differs from HEAD\n" in ended.stderr
    assert ended.stdout.startswith("old.md:2:")
    assert ended.returncode == 1


def test_settings_that_were_added_or_deleted_are_changes(configured: Path) -> None:
    (configured / "newslint.toml").unlink()
    ended = newslint("check", "--since", "HEAD", cwd=configured)
    assert "all files are checked, because newslint.toml differs from HEAD\n" in ended.stderr
    git(configured, "checkout", "-q", ".")
    ended = newslint("check", "--since", "HEAD~1", cwd=configured)
    assert "all files are checked, because a.schema.json differs from HEAD~1\n" in ended.stderr


@pytest.mark.parametrize("revision", ["", " "])
def test_an_empty_revision_has_a_message_of_its_own(history: Path, revision: str) -> None:
    ended = newslint("check", "--since", revision, cwd=history)
    assert ended.returncode == 2
    assert "--since is empty; did the command that should give the revision fail?" in ended.stderr
