"""Tests of the GitLab CI template: they run its script unchanged."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from helpers import write
from newslint import __version__
from newslint.rules.example_records import NEWS_RECORD

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="needs sh")

BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")
INPUT = re.compile(r"\$\[\[ inputs\.(\w+) \]\]")
HOSTILE = ["$(touch pwned)", "`touch pwned`", "a.md; touch pwned", "END\ntouch pwned\n"]


class Template(NamedTuple):
    """The template.

    Attributes:
        inputs: The inputs that a project may set.
        job: The job.
    """

    inputs: dict[str, Any]
    job: dict[str, Any]


@pytest.fixture(scope="session")
def template(repository: Path) -> Template:
    """Return the template as YAML holds it."""
    head, jobs = yaml.safe_load_all((repository / "ci" / "gitlab.yml").read_text("utf-8"))
    return Template(head["spec"]["inputs"], jobs["newslint"])


@pytest.fixture
def job(archive: Path, template: Template, installed: str, clean_environment: dict[str, str]):
    """Run the script of the job after the installation, with the template's inputs."""
    programs = archive / ".newslint" / "bin"
    programs.mkdir(parents=True)
    (programs / "newslint").symlink_to(installed)

    def job(**inputs: str) -> tuple[int, str]:
        assert inputs.keys() <= template.inputs.keys()
        values = {name: each["default"] for name, each in template.inputs.items()} | inputs
        variables = {
            name: INPUT.sub(lambda match: values[match[1]], value)
            for name, value in template.job["variables"].items()
        }
        ended = subprocess.run(
            ["sh", "-e", "-c", template.job["script"][-1]],
            cwd=archive,
            env={**clean_environment, "GITLAB_CI": "true", **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return ended.returncode, ended.stdout

    return job


def test_a_clean_archive_passes_and_has_its_reports(job, archive: Path) -> None:
    write(archive, a=NEWS_RECORD.replace("topics", "image: {url: https://e.org/a.png}\ntopics"))
    status, told = job(args="--ignore schema,images")
    assert status == 0, told
    assert json.loads((archive / "gl-code-quality-report.json").read_text()) == []


def test_diagnostics_fail_the_job_and_are_in_the_reports(
    job, archive: Path, template: Template
) -> None:
    write(archive, a=BROKEN)
    status, told = job()
    assert status == 1
    assert "a.md:3:16 error mojibake" in told
    assert "newslint: in GitLab CI" not in told
    for name in template.job["artifacts"]["reports"].values():
        assert "mojibake" in (archive / name).read_text("utf-8")
    assert template.job["artifacts"]["when"] == "always"


def test_paths_are_lines_and_arguments_are_words(job, archive: Path) -> None:
    (archive / "old news").mkdir()
    write(archive / "old news", a=BROKEN)
    write(archive, b=BROKEN, c=BROKEN)
    arguments = "--format concise --select 'text, schema'"
    status, told = job(paths="old news/a.md\nb.md", args=arguments)
    assert status == 1
    found = [line.partition(":")[0] for line in told.splitlines() if "mojibake" in line]
    assert found == ["b.md", "old news/a.md"]


@pytest.mark.parametrize("name", ["paths", "args"])
@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_of_an_input_is_run(name: str, value: str, job, archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    status, told = job(**{name: value})
    assert status == 2, told
    assert not (archive / "pwned").exists()


def test_a_quote_that_is_never_closed_is_told(job, archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    status, told = job(args="--select 'text")
    assert status == 2
    assert "newslint: args has a quote that is never closed" in told


def test_newslint_is_installed_in_a_folder_of_its_own(
    template: Template,
    repository: Path,
    clean_environment: dict[str, str],
    borrowed_pip: dict[str, str],
    tmp_path: Path,
) -> None:
    variables = {"NEWSLINT_PACKAGE": str(repository)}
    ended = subprocess.run(
        ["sh", "-e", "-c", "\n".join(template.job["script"][:-1])],
        cwd=tmp_path,
        env={**borrowed_pip, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    program = tmp_path / ".newslint" / "bin" / "newslint"
    told = subprocess.check_output([program, "--version"], env=clean_environment, text=True)
    assert told == f"newslint {__version__}\n"


def test_the_template_installs_this_version(template: Template) -> None:
    assert (
        template.inputs["package"]["default"]
        == f"git+https://github.com/newslint/newslint@v{__version__}"
    )


def test_every_input_is_used_and_described(template: Template, repository: Path) -> None:
    used = set(INPUT.findall((repository / "ci" / "gitlab.yml").read_text("utf-8")))
    assert used == set(template.inputs)
    assert not any("$[[" in line for line in template.job["script"])
    page = (repository / "docs" / "gitlab.md").read_text("utf-8")
    for name, each in template.inputs.items():
        assert each["description"].strip()
        assert f"| `{name}` |" in page
