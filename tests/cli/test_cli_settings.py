"""Settings: the files that are read, and the diagnostics of each collection."""

import json
from pathlib import Path

import pytest

from helpers import write
from newslint.testing import fence
from processes import newslint_in_process as newslint

BROKEN = fence("title: â€™")


def put(folder: Path, *names: str, text: str = BROKEN) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def read(folder: Path, *arguments: str) -> list[str]:
    """Return the files that are reported on."""
    command = ("check", *arguments, "--select", "mojibake", "--format", "concise")
    ended = newslint(*command, cwd=folder)
    assert ended.returncode < 2, ended.stderr
    return [line.split(":")[0] for line in ended.stdout.splitlines()]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", ["a.md", "in/b.md", "in/deep/c.txt", "out/d.md"]),
        ('exclude = ["out/"]', ["a.md", "in/b.md", "in/deep/c.txt"]),
        ('exclude = ["*.md", "!b.md"]', ["in/b.md", "in/deep/c.txt"]),
        ('include = ["in/"]', ["in/b.md", "in/deep/c.txt", "in/e.rst"]),
        ('include = ["/*.md", "*.rst"]', ["a.md", "in/e.rst"]),
        ('include = ["*.md"]\nexclude = ["in/"]', ["a.md", "out/d.md"]),
        ('[[collections]]\nname = "x"\npaths = ["in/*"]', ["in/b.md", "in/deep/c.txt"]),
        ('[[overrides]]\npaths = ["in/"]\nignore = ["mojibake"]', ["a.md", "out/d.md"]),
    ],
)
def test_which_files_are_read(archive: Path, settings: str, expected: list[str]) -> None:
    put(archive, "a.md", "in/b.md", "in/deep/c.txt", "out/d.md", "in/e.rst")
    (archive / "newslint.toml").write_text(settings)
    assert read(archive) == expected


def test_excluded_files_are_read_if_they_are_named(archive: Path) -> None:
    put(archive, "a.md", "out/d.md")
    (archive / "newslint.toml").write_text('exclude = ["out/"]')
    assert read(archive, "out/d.md") == ["out/d.md"]
    assert read(archive, "a.md", "out/d.md", "--force-exclude") == ["a.md"]
    assert read(archive, "out/d.md", "--force-exclude") == []
    (archive / "newslint.toml").write_text('exclude = ["out/"]\nforce-exclude = true')
    assert read(archive, "out/d.md") == []


def test_records_of_no_collection_are_noted(archive: Path) -> None:
    settings = '[[collections]]\nname = "news"\npaths = ["news/"]\n'
    put(archive, "news/a.md", "about.md", "events/b.md", "events/data.yml")
    put(archive, "README.md", "layout.html", text="{{ title }}\n")
    (archive / "newslint.toml").write_text(settings)
    note = (
        "newslint: 2 files with front matter belong to no collection and are not checked, such as "
        "about.md; add collections for them, or use 'exclude'\n"
    )
    command = ("check", "--select", "mojibake", "--format", "concise")
    for _ in range(2):  # the second run prints the cached output
        assert newslint(*command, cwd=archive).stderr == note
    assert newslint(*command, "news", cwd=archive).stderr == ""
    assert newslint(*command, "--quiet", cwd=archive).stderr == ""
    (archive / "newslint.toml").write_text(f'exclude = ["/events/"]\n{settings}')
    assert "newslint: 1 file with front matter belongs to no collection and is not checked: " in (
        newslint(*command, cwd=archive).stderr
    )
    (archive / "newslint.toml").write_text(f'exclude = ["/events/", "/about.md"]\n{settings}')
    assert newslint(*command, cwd=archive).stderr == ""


def test_files_of_no_collection_are_left_alone_and_named(archive: Path) -> None:
    put(archive, "news/a.md", "README.md")
    (archive / "newslint.toml").write_text('[[collections]]\nname = "news"\npaths = ["news/"]')
    ended = newslint("check", "README.md", "news/a.md", "--format", "concise", cwd=archive)
    assert "newslint: README.md belongs to no collection of the settings\n" in ended.stderr
    assert "README.md" not in ended.stdout
    alone = newslint("check", "README.md", cwd=archive)
    assert alone.returncode == 2
    assert "nothing to check: README.md belongs to no collection of the settings" in alone.stderr
    assert newslint("check", "README.md", "--force-exclude", cwd=archive).returncode == 0
    put(archive, "Gemfile")
    other = newslint("check", "Gemfile", cwd=archive)
    assert "nothing to check: Gemfile is no document: newslint reads .md, " in other.stderr


def test_a_run_without_files_is_an_error(archive: Path) -> None:
    put(archive, "a.md")
    (archive / "newslint.toml").write_text('include = ["*.rst"]')
    ended = newslint("check", cwd=archive)
    assert ended.returncode == 2
    assert (
        "no documents found in .: 'include', 'exclude' and 'collections' of the settings"
        in ended.stderr
    )


COURSES = """
[[collections]]
name = "courses"
paths = ["_courses/"]
schema = "course.schema.json"
[collections.fields]
title = "name"
excerpt = ["summary", "lead"]
url = "link"
provider-domain = "host"
related = "see"
html = "body"
[[collections]]
name = "news"
paths = ["_news/"]
"""
SCHEMA = {
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        **{name: {} for name in ("lead", "summary", "link", "host", "body", "images")},
        "name": {"type": "string"},
        "see": {"type": "array", "items": {"required": ["name", "link"]}},
    },
}
COURSE = """\
name: A course
lead: .
link: https://a.example/course
host: b.example
body: <p>at home here</p>
see:
  - name: One &#038; two
    link: https://a.example/one
  - name: A course
    link: https://a.example/course"""


@pytest.fixture
def site(archive: Path) -> Path:
    (archive / "newslint.toml").write_text(COURSES)
    (archive / "course.schema.json").write_text(json.dumps(SCHEMA))
    put(archive, "_courses/a.md", text=fence(COURSE))
    put(archive, "_news/one.md", text=fence("title: One\nwebUrl: https://a.example/one"))
    put(archive, "README.md", text="# About\n")
    return archive


def wording(folder: Path, *options: str) -> list[tuple[str, str]]:
    ended = newslint("check", *options, "--format", "json", cwd=folder)
    found = json.loads(ended.stdout)["diagnostics"]
    return [(each["rule"], each["pointer"]) for each in found if "_courses" in each["path"]]


def test_rules_read_other_kinds_of_records(site: Path) -> None:
    assert wording(site, "--ignore", "images") == [
        ("missing-excerpt", "/lead"),
        ("provider-domain-mismatch", "/link"),
        ("headline-mismatch", "/see/0/name"),
        ("html-entity", "/see/0/name"),
        ("self-related", "/see/1/link"),
    ]


def test_schemas_judge_records_and_their_entries(site: Path) -> None:
    broken = COURSE.replace("name: A course\nlead", "name: 1984\nled").replace(
        "name: One", "nam: One"
    )
    put(site, "_courses/a.md", text=fence(broken))
    assert wording(site, "--select", "schema") == [
        ("wrong-type", "/name"),
        ("unknown-field", "/led"),
        ("missing-field", "/see/0"),
    ]


def test_models_are_loaded_unless_code_is_refused(site: Path) -> None:
    (site / "course.py").write_text(
        "from pydantic import BaseModel\nclass Course(BaseModel, extra='forbid'):\n    name: int\n"
    )
    settings = COURSES.replace("course.schema.json", "course.py:Course")
    (site / "newslint.toml").write_text(settings)
    assert ("wrong-type", "/name") in wording(site, "--select", "schema")
    assert wording(site, "--select", "schema", "--no-plugins") == []


def test_config_show_reads_the_settings_that_apply(site: Path) -> None:
    shown = newslint("config", "show", "_courses/a.md", cwd=site).stdout
    assert "# Collection: courses (newslint.toml:2)\n" in shown
    ended = newslint("config", "show", "--config", "none.toml", cwd=site)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "none.toml: settings file not found" in ended.stderr


def test_a_settings_file_on_the_command_line(archive: Path) -> None:
    write(archive, a="title: â€™")
    (archive / "ci.toml").write_text('[rules.mojibake]\nseverity = "info"')
    assert newslint("check", "--select", "mojibake", cwd=archive).returncode == 1
    configured = ("check", "--select", "mojibake", "--config", "ci.toml")
    assert newslint(*configured, cwd=archive).returncode == 0


def test_rules_can_be_added_on_the_command_line(archive: Path) -> None:
    write(archive, a="related: [{title: t, webUrl: https://a.example/x}]")
    (archive / "newslint.toml").write_text('select = ["urls"]')
    ended = newslint(
        "check", "--extend-select", "dangling-related", "--format", "concise", cwd=archive
    )
    assert "dangling-related" in ended.stdout


def test_schema_show_lists_the_collections(site: Path) -> None:
    shown = newslint("schema", "show", "courses", cwd=site)
    assert json.loads(shown.stdout) == SCHEMA
    assert "courses" in newslint("schema", "show", cwd=site).stdout


def test_a_role_without_a_field_is_never_missing(archive: Path) -> None:
    write(archive, a="title: One\nwebUrl: https://a.example/one")
    kind = '[[collections]]\nname = "a"\npaths = ["*"]\n'
    select = ("check", "--select", "missing-image", "--format", "concise")
    (archive / "newslint.toml").write_text(kind)
    assert "missing-image" in newslint(*select, cwd=archive).stdout
    (archive / "newslint.toml").write_text(f"{kind}[collections.fields]\nimages = []\n")
    assert newslint(*select, cwd=archive).stdout == ""


def test_rules_of_a_plugin_that_is_not_loaded_are_no_further_error(archive: Path) -> None:
    write(archive, a="title: One")
    settings = 'plugins = ["./none.py"]\n[rules.house-style]\nseverity = "error"\n'
    (archive / "newslint.toml").write_text(settings)
    message = newslint("check", cwd=archive).stderr
    assert "plugin './none.py' not found" in message
    assert "house-style" not in message
    (archive / "newslint.toml").write_text(settings.replace('["./none.py"]', "[]"))
    assert "unknown rule 'house-style'" in newslint("check", cwd=archive).stderr
