"""Several projects in one tree: settings, references, baselines and paths of each."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import newslint as api
from helpers import write
from newslint.testing import fence
from processes import newslint_in_process as newslint

BAD = 'title: "Metaâ€™s &amp; co"\nwebUrl: https://{site}.example/bad\n'
LINK = 'title: "Good"\nwebUrl: https://{site}.example/good\nrelated: [{{webUrl: https://a.example/bad}}]\n'
SETTINGS = {
    "a": 'select = ["mojibake", "dangling-related"]\n',
    "b": 'select = ["html-entity", "dangling-related"]\nfail-level = "warning"\n',
}


@pytest.fixture
def tree(archive: Path) -> Path:
    """Create two projects beside each other; both link to a record of `a`."""
    for site, settings in SETTINGS.items():
        folder = archive / site
        folder.mkdir()
        (folder / "newslint.toml").write_text(settings)
        write(folder, bad=BAD.format(site=site), good=LINK.format(site=site))
    return archive


def lines(folder: Path, *arguments: str) -> list[str]:
    """Check, and return file and rule of each diagnostic."""
    ended = newslint("check", "--format", "concise", "--no-cache", *arguments, cwd=folder)
    assert ended.returncode < 2, ended.stderr
    found = (line.split(" ")[:3] for line in ended.stdout.splitlines())
    return [f"{place.split(':')[0]} {rule}" for place, _, rule in found]


def report(folder: Path, *arguments: str) -> dict[str, Any]:
    """Check, and return the JSON report."""
    ended = newslint("check", "--format", "json", "--no-cache", *arguments, cwd=folder)
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


ALL = ["a/bad.md mojibake", "b/bad.md html-entity", "b/good.md dangling-related"]


def test_the_closest_settings_apply_and_references_end_at_a_project(tree: Path) -> None:
    assert lines(tree) == ALL
    assert lines(tree, "a", "b/bad.md", "b/good.md") == ALL
    assert lines(tree, "b", "a", ".") == ALL
    assert lines(tree, "b/good.md", "a/good.md") == ALL[2:]


def test_documents_around_the_projects_are_not_taken_for_news(tree: Path) -> None:
    (tree / "README.md").write_text("# About\n")
    ended = newslint("check", "--format", "concise", cwd=tree)
    assert "README" not in ended.stdout
    assert "outside of the projects, and only 0 of 1 look like news" in ended.stderr


def test_a_project_inside_of_another(tree: Path) -> None:
    (tree / "newslint.toml").write_text('select = ["html-entity"]\n')
    write(tree, c=BAD.format(site="c"))
    inner = tree / "b" / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[tool.newslint]\nselect = ["mojibake"]\n')
    write(inner, d=BAD.format(site="d"))
    expected = [*ALL[:2], ALL[2], "b/inner/d.md mojibake", "c.md html-entity"]
    assert lines(tree) == expected
    assert lines(tree, "b/inner/d.md", "b", "a", "c.md") == expected
    assert lines(tree / "b") == [
        "bad.md html-entity",
        "good.md dangling-related",
        "inner/d.md mojibake",
    ]
    assert lines(inner) == ["d.md mojibake"]


@pytest.mark.parametrize("folder", ["node_modules", ".hidden", "ignored", "excluded"])
def test_projects_in_folders_that_are_left_out(tree: Path, folder: str) -> None:
    (tree / "newslint.toml").write_text('exclude = ["excluded/"]\n')
    (tree / ".gitignore").write_text("ignored/\n")
    (tree / folder).mkdir()
    (tree / folder / "newslint.toml").write_text("wrong = 1\n")
    write(tree / folder, e=BAD.format(site="e"))
    assert lines(tree) == ALL
    assert newslint("check", folder, cwd=tree).returncode == 2


def test_a_pyproject_file_without_settings_is_no_project(tree: Path) -> None:
    (tree / "a" / "package").mkdir()
    (tree / "a" / "package" / "pyproject.toml").write_text('[project]\nname = "newslint-x"\n')
    write(tree / "a" / "package", f=BAD.format(site="f"))
    assert lines(tree, "a") == ["a/bad.md mojibake", "a/package/f.md mojibake"]


@pytest.mark.parametrize("name", [".newslint.toml", ".newslintrc", ".newslintignore"])
def test_misnamed_settings_below_are_an_error(tree: Path, name: str) -> None:
    (tree / "c").mkdir()
    (tree / "c" / name).write_text("")
    ended = newslint("check", cwd=tree)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"c/{name} is not read: " in ended.stderr


def test_wrong_settings_of_one_project_stop_the_run(tree: Path) -> None:
    (tree / "b" / "newslint.toml").write_text("wrong = 1\n")
    ended = newslint("check", cwd=tree)
    assert ended.returncode == 2
    assert "b/newslint.toml:1:1: unknown setting 'wrong'" in ended.stderr
    assert newslint("check", "a/good.md", cwd=tree).returncode == 0


def test_the_fail_level_is_that_of_each_project(tree: Path) -> None:
    assert newslint("check", "--ignore", "mojibake", cwd=tree).returncode == 1
    (tree / "b" / "newslint.toml").write_text('select = ["html-entity"]\n')
    assert newslint("check", "--ignore", "mojibake", cwd=tree).returncode == 0
    (tree / "a" / "newslint.toml").write_text('select = ["html-entity"]\nfail-level = "warning"\n')
    assert newslint("check", cwd=tree).returncode == 1
    assert newslint("check", "--fail-level", "error", cwd=tree).returncode == 0


def test_a_config_file_applies_to_all_below_it(tree: Path) -> None:
    found = ["b/bad.md html-entity", "b/good.md dangling-related"]
    assert lines(tree, "--config", "b/newslint.toml") == found
    assert lines(tree / "a", "--config", "../b/newslint.toml") == [
        "bad.md html-entity",
        found[1][2:],
    ]
    (tree / "all.toml").write_text('select = ["mojibake", "dangling-related"]\n')
    assert lines(tree, "--config", "all.toml") == ["a/bad.md mojibake", "b/bad.md mojibake"]


def test_fingerprints_are_those_of_the_project(tree: Path) -> None:
    whole, inside = report(tree), report(tree / "b")
    assert [each["fingerprint"] for each in whole["diagnostics"][1:]] == [
        each["fingerprint"] for each in inside["diagnostics"]
    ]
    assert whole["projects"] == [
        {"folder": "a", "settings": "a/newslint.toml", "documents": 2, "diagnostics": 1},
        {"folder": "b", "settings": "b/newslint.toml", "documents": 2, "diagnostics": 2},
    ]
    assert inside["projects"] == [
        {"folder": ".", "settings": "newslint.toml", "documents": 2, "diagnostics": 2}
    ]


def test_equal_defects_of_two_projects_are_two_causes(tree: Path) -> None:
    for site in SETTINGS:
        (tree / site / "newslint.toml").write_text('select = ["mojibake"]\n')
        write(tree / site, bad=BAD.format(site="same"))
    found = report(tree)
    first, second = found["diagnostics"]
    assert first["fingerprint"] == second["fingerprint"]
    assert first["cause"] != second["cause"]
    assert found["summary"]["causes"] == 2
    ended = newslint("check", "--format", "gitlab", cwd=tree)
    assert len({each["fingerprint"] for each in json.loads(ended.stdout)}) == 2


def test_a_baseline_holds_from_the_top_and_from_inside(tree: Path) -> None:
    ended = newslint("baseline", "create", cwd=tree)
    assert ended.stdout.splitlines()[::2] == [
        "Wrote a/newslint.baseline: 1 diagnostic of 1 cause",
        "Wrote b/newslint.baseline: 2 diagnostics of 2 causes",
    ]
    assert lines(tree) == lines(tree / "a") == lines(tree / "b") == []
    write(tree / "b", bad=LINK.format(site="a"))
    ended = newslint("check", "--stale-baseline", "error", cwd=tree)
    assert ended.returncode == 1
    assert "1 diagnostic of b/newslint.baseline no longer occurs (1 html-entity)" in ended.stderr
    ended = newslint("baseline", "prune", cwd=tree)
    assert "b/newslint.baseline: 1 diagnostic of 1 cause; 0 added, 1 removed" in ended.stdout
    assert newslint("baseline", "create", cwd=tree).returncode == 2


def test_one_baseline_for_several_projects_is_refused(tree: Path) -> None:
    for command in (("check",), ("stats",), ("baseline", "create"), ("baseline", "update")):
        ended = newslint(*command, "--baseline", "x", cwd=tree)
        assert ended.returncode == 2
        assert "--baseline names the file of one project, and here are 2: a, b" in ended.stderr


def test_fixes(tree: Path) -> None:
    diff = newslint("check", "--diff", cwd=tree).stdout
    assert diff.count("--- ") == 2
    assert "--- a/bad.md" in diff
    ended = newslint("check", "--fix", "--format", "concise", cwd=tree)
    assert ended.stderr.splitlines() == [
        "Quality gate failed: b: 1 warning (limit 0)",
        "Fixed 2 diagnostics in 2 files",
    ]
    assert ended.stdout.splitlines()[0].startswith("b/good.md:")
    assert lines(tree) == ALL[2:]


def test_a_diagnostic_shows_the_lines_of_its_file(tree: Path) -> None:
    text = newslint("check", cwd=tree).stdout
    assert "a/bad.md:2:" in text
    assert '2 │ title: "Metaâ€™s &amp; co"' in text
    page = newslint("check", "--format", "html", cwd=tree)
    assert page.returncode == 1
    assert "b/bad.md" in page.stdout


def test_suppression(tree: Path) -> None:
    assert newslint("suppress", cwd=tree).stdout == "Suppressed 3 diagnostics in 3 files\n"
    assert lines(tree) == []


def test_statistics(tree: Path) -> None:
    counts = json.loads(newslint("stats", "--format", "json", cwd=tree).stdout)
    assert counts["summary"]["documents"] == 4
    assert [each["folder"] for each in counts["projects"]] == ["a", "b"]


def test_rules_of_a_plugin_are_known_to_its_project_only(tree: Path) -> None:
    (tree / "a" / "house.py").write_text(
        "from newslint.rules.api import *\n"
        "from newslint.testing import *\n"
        "from newslint.rules.urls.insecure_url import InsecureUrl\n"
        "class House(InsecureUrl):\n"
        '    """A rule of the house."""\n'
        '    id = "house-rule"\n'
        "RULES = (House,)\n"
    )
    (tree / "a" / "newslint.toml").write_text('plugins = ["./house.py"]\n')
    write(tree / "a", x="title: T\nwebUrl: http://a.example/x\n")
    assert lines(tree, "--select", "house-rule") == ["a/x.md house-rule"]
    ended = newslint("check", "--select", "hose-rule", cwd=tree)
    assert ended.returncode == 2
    assert "did you mean 'house-rule'?" in ended.stderr


def test_text_from_stdin_belongs_to_the_project_of_its_file(tree: Path) -> None:
    text = fence(BAD.format(site="b"))
    command = ("check", "-", "--format", "concise", "--stdin-filename", "b/new.md")
    ended = newslint(*command, cwd=tree, input=text)
    assert ended.stdout.split(" ")[0:3:2] == ["b/new.md:2:18:", "html-entity"]


def test_text_from_stdin_makes_no_baseline_stale(tree: Path) -> None:
    assert newslint("baseline", "create", cwd=tree).returncode == 0
    for file in [*tree.glob("a/*.md"), *tree.glob("b/*.md")]:
        file.write_text(file.read_text().replace("&amp;", "and"))
    command = ("check", "-", "--exit-zero", "--stdin-filename", "b/new.md")
    assert "no longer occur" in newslint("check", "--exit-zero", cwd=tree).stderr
    assert newslint(*command, cwd=tree, input=fence(BAD.format(site="b"))).stderr == ""


def test_config_show_names_the_projects_below(tree: Path) -> None:
    text = newslint("config", "show", cwd=tree).stdout
    assert "# Another project: a/\n# Another project: b/\n" in text
    assert "# Settings: " + str(tree / "b" / "newslint.toml") in (
        newslint("config", "show", "b/bad.md", cwd=tree).stdout
    )


def test_details_are_those_of_each_project(tree: Path) -> None:
    details = newslint("check", "-v", cwd=tree).stderr
    assert "Settings: a/newslint.toml\n" in details
    assert "Settings: b/newslint.toml\n" in details


def test_a_project_without_documents_is_named(tree: Path) -> None:
    (tree / "c").mkdir()
    (tree / "c" / "newslint.toml").write_text("")
    ended = newslint("check", "--format", "concise", cwd=tree)
    assert ended.returncode == 1
    assert "newslint: no documents found in c" in ended.stderr
    assert newslint("check", "c", cwd=tree).returncode == 2


def test_a_corpus_that_is_another_project(tree: Path) -> None:
    (tree / "newslint.toml").write_text('corpus = ["a", "news"]\n')
    (tree / "news").mkdir()
    write(tree / "news", c=LINK.format(site="c"))
    ended = newslint("check", "news", "--select", "dangling-related", cwd=tree)
    assert "1 diagnostic" in ended.stdout
    note = "'corpus' names 'a', which is a project with settings of its own"
    assert note in ended.stderr


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@b.example", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_changes_since_a_revision(tree: Path) -> None:
    git(tree, "init", "-q")
    git(tree, "add", ".")
    git(tree, "commit", "-qm", "x")
    write(tree / "a", new=BAD.format(site="a2"))
    assert lines(tree, "--since", "HEAD") == ["a/new.md mojibake"]
    (tree / "b" / "newslint.toml").write_text(SETTINGS["b"] + "ignore = []\n")
    assert lines(tree, "--since", "HEAD") == ["a/new.md mojibake", *ALL[1:]]


def test_a_changed_baseline_concerns_all_files(tree: Path) -> None:
    newslint("baseline", "create", cwd=tree)
    git(tree, "init", "-q")
    git(tree, "add", ".")
    git(tree, "commit", "-qm", "x")
    write(tree / "a", new=BAD.format(site="a2"))
    assert lines(tree, "--since", "HEAD") == ["a/new.md mojibake"]
    baseline = tree / "b" / "newslint.baseline"
    entries = baseline.read_text().splitlines(keepends=True)
    baseline.write_text("".join(line for line in entries if not line.startswith("html-entity")))
    ended = newslint("check", "--since", "HEAD", "--format", "concise", cwd=tree)
    assert "all files are checked, because b/newslint.baseline differs from HEAD" in ended.stderr
    assert lines(tree, "--since", "HEAD") == ["a/new.md mojibake", "b/bad.md html-entity"]


def test_the_python_api(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    found = api.check(cache=False)
    assert [f"{each.path} {each.rule}" for each in found.diagnostics] == ALL
    assert (found.fail_level.value, found.fails(), found.fails("error")) == ("warning", True, True)
    assert not api.check(cache=False, select="byte-order-mark").fails("info")
    assert [*api.fix(cache=False, dry_run=True).files] == ["a/bad.md", "b/bad.md"]
    assert [each.path for each in api.check(config="b/newslint.toml").diagnostics] == [
        *("b/bad.md", "b/good.md")
    ]
    with pytest.raises(api.UsageError, match="the file of one project"):
        api.check(baseline="x")


def test_output_is_cached(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tree / ".cache"))
    first = newslint("check", cwd=tree)
    assert newslint("check", cwd=tree).stdout == first.stdout
    (tree / "b" / "newslint.toml").write_text('select = ["mojibake"]\n')
    assert newslint("check", cwd=tree).stdout != first.stdout


def test_tests_of_junit_fail_at_the_fail_level_of_their_project(tree: Path) -> None:
    (tree / "a" / "newslint.toml").write_text('select = ["html-entity"]\n')
    for options, failures in (((), 1), (("--fail-level", "warning"), 2)):
        ended = newslint(
            "check", "--format", "junit", "--select", "html-entity", *options, cwd=tree
        )
        assert ended.stdout.count("<skipped") == 2 - failures
        assert ended.stdout.count("<failure") == failures
