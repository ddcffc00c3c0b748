"""An archive set up by the manual's instructions, from a clean clone: hooks, GitHub and GitLab."""

import json
import re
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from commits import Git, commit_all, ended, git_in, pre_commit
from helpers import write
from newslint.rules.example_records import NEWS_RECORD
from processes import newslint
from steps import Runner, expanded

pytestmark = pytest.mark.skipif(
    any(shutil.which(program) is None for program in ("bash", "git")),
    reason="needs bash and git",
)

SHOWN = re.compile(r"^```yaml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")
ACTION = "newslint/newslint/ci/github@v0.1.0"


class Clone(NamedTuple):
    """A clean clone of an archive that is set up by the manual's instructions.

    Attributes:
        folder: Its folder.
        git: Runs git there.
        environment: That of its processes.
    """

    folder: Path
    git: Git
    environment: dict[str, str]


def shown(repository: Path, page: str) -> dict[str, str]:
    """Return the files that a page shows, by their names."""
    text = (repository / "docs" / f"{page}.md").read_text("utf-8")
    return {match[1]: match[2] for match in SHOWN.finditer(text)}


@pytest.fixture
def clone(
    repository: Path,
    published: tuple[Path, str],
    clean_environment: dict[str, str],
    tmp_path: Path,
) -> Clone:
    """Set up an archive with a baseline, and clone it."""
    origin, folder = tmp_path / "origin", tmp_path / "clone"
    shutil.copytree(repository / "seeds", origin / "seeds")
    (origin / "newslint.toml").write_text('baseline = "newslint.baseline"\n')
    address, revision = published
    files = {name: text for page in ("pre-commit", "github", "gitlab")
             for name, text in shown(repository, page).items()}  # fmt: skip
    hooks = yaml.safe_load(files[".pre-commit-config.yaml"])
    hooks["repos"][0] |= {"repo": str(address), "rev": revision}
    files[".pre-commit-config.yaml"] = yaml.safe_dump(hooks)
    for name, text in files.items():
        (origin / name).parent.mkdir(parents=True, exist_ok=True)
        (origin / name).write_text(text, "utf-8")
    assert newslint("baseline", "create", cwd=origin).returncode == 0
    git = git_in(origin, clean_environment)
    git("init", "--quiet", "--initial-branch", "main")
    git("add", "--all")
    git("commit", "--quiet", "--message", "The archive")
    git("clone", "--quiet", str(origin), str(folder))
    pre_commit("install", cwd=folder, env=clean_environment)
    return Clone(folder, git_in(folder, clean_environment), clean_environment)


def test_commits_go_as_the_page_says(clone: Clone) -> None:
    (clone.folder / "notes").mkdir()
    write(clone.folder / "notes", a=BROKEN)
    said = commit_all(clone.git, fails=True)
    assert ended("newslint (fixes)", said) == "Failed"
    assert "Fixed 1 diagnostic in 1 file" in said
    said = commit_all(clone.git)
    hooks = ("newslint (fixes)", "newslint", "newslint (whole archive)")
    assert [ended(hook, said) for hook in hooks] == ["Passed"] * 3


def test_a_deletion_goes_as_the_page_says(clone: Clone) -> None:
    settings = 'extend-select = ["dangling-related"]\nfail-level = "warning"\n'
    file = clone.folder / "newslint.toml"
    file.write_text(file.read_text() + settings)
    newslint("baseline", "update", cwd=clone.folder)
    commit_all(clone.git)
    clone.git("rm", "--quiet", "seeds/004_1997b118588a4bd1.txt")
    said = clone.git("commit", "--message", "Delete", fails=True).stdout
    assert [ended(hook, said) for hook in ("newslint (fixes)", "newslint")] == ["Skipped"] * 2
    assert ended("newslint (whole archive)", said) == "Failed"
    assert "seeds/000_fa19dfdce7e70c1a.txt:72:13 warning dangling-related" in said


def workflow(
    name: str, clone: Clone, action: dict[str, Any], program: str, tmp_path: Path
) -> tuple[list[int], Runner]:
    """Run the steps of a workflow that newslint has a part in; return how each ended."""
    loaded = yaml.safe_load((clone.folder / ".github" / "workflows" / name).read_text("utf-8"))
    (job,) = loaded["jobs"].values()
    known = {"steps.install.outputs.program": program}
    runner = Runner(clone.folder, tmp_path, clone.environment, known)
    used = [step for step in job["steps"] if step.get("uses") == ACTION]
    assert used
    return [runner.run(each) for step in used for each in expanded(action, step, runner)], runner


def test_the_workflow_passes_and_fails_as_the_page_says(
    clone: Clone, action: dict[str, Any], installed: str, tmp_path: Path
) -> None:
    assert workflow("newslint.yml", clone, action, installed, tmp_path)[0] == [0]
    write(clone.folder, a=BROKEN)
    statuses, runner = workflow("newslint.yml", clone, action, installed, tmp_path)
    assert statuses == [1]
    assert "::error file=a.md,line=3,col=16," in runner.log


def test_the_report_for_code_scanning_is_there_when_the_check_fails(
    clone: Clone, action: dict[str, Any], installed: str, tmp_path: Path
) -> None:
    write(clone.folder, a=BROKEN)
    assert workflow("code-scanning.yml", clone, action, installed, tmp_path)[0] == [1]
    text = (clone.folder / ".github" / "workflows" / "code-scanning.yml").read_text("utf-8")
    (upload,) = [step for step in yaml.safe_load(text)["jobs"]["newslint"]["steps"] if "if" in step]
    report = json.loads((clone.folder / upload["with"]["sarif_file"]).read_text("utf-8"))
    assert "mojibake" in {each["ruleId"] for each in report["runs"][0]["results"]}


def test_the_gitlab_job_is_included_with_inputs_that_there_are(
    clone: Clone, repository: Path
) -> None:
    (include,) = yaml.safe_load((clone.folder / ".gitlab-ci.yml").read_text())["include"]
    template = repository / include["remote"].partition("/v0.1.0/")[2]
    head, _ = yaml.safe_load_all(template.read_text("utf-8"))
    assert include["inputs"].keys() <= head["spec"]["inputs"].keys()


def test_pages_give_the_action_inputs_that_there_are(
    repository: Path, action: dict[str, Any]
) -> None:
    text = (repository / "docs" / "github.md").read_text("utf-8")
    blocks = re.findall(r"^```yaml[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    used = [
        step
        for block in map(yaml.safe_load, blocks)
        for step in (block if isinstance(block, list) else block["jobs"]["newslint"]["steps"])
        if step.get("uses") == ACTION
    ]
    assert len(used) == 3
    assert all(step.get("with", {}).keys() <= action["inputs"].keys() for step in used)
