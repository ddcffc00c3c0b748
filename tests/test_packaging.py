"""Tests of the installed package and of the project's set-up."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from itertools import chain
from pathlib import Path

import pytest

from processes import environment


def run(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command that sees nothing of this checkout, and hold that it succeeds."""
    env = environment(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_COMPILE="0", **variables)
    del env["PYTHONPATH"]
    ended = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert ended.returncode == 0, ended.stderr
    return ended


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "wheel", "--no-deps", "--wheel-dir", folder]
    run(*pip, repository, cwd=folder)
    (built,) = folder.iterdir()
    return built


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path, repository: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    source = repository / "src"
    files = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    assert held == {name for name in files if "__pycache__" not in name}
    assert "newslint/py.typed" in held


def test_docstrings_contain_no_surrogates(repository: Path) -> None:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for path in repository.glob("src/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            text = ast.get_docstring(node) or "" if isinstance(node, kinds) else ""
            # Python 3.13.0 cannot compile others.
            assert text.encode("utf-8", "ignore").decode() == text, f"{path}: {text}"


def test_constraints_pin_versions_and_say_nothing_of_where_from(repository: Path) -> None:
    lines = (repository / "requirements" / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9A-Za-z.+]*", pin) for pin in pins)
    names = [pin.partition("==")[0].lower() for pin in pins]
    assert names == sorted(names)


def canonical(pin: str) -> str:
    """Return a pin with its name as package indexes compare it."""
    name, _, version = pin.partition("==")
    return f"{re.sub(r'[-_.]+', '-', name).lower()}=={version}"


def test_hashed_constraints_pin_the_same_versions_and_name_no_host(repository: Path) -> None:
    text = (repository / "requirements" / "constraints-hashed.txt").read_text()
    entries = [each.split() for each in text.replace("\\\n", "").splitlines()]
    for _, *hashes in entries:
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes)
    lines = (repository / "requirements" / "constraints.txt").read_text().splitlines()
    pins = {canonical(line) for line in lines if not line.startswith("#")}
    assert {canonical(pin) for pin, *_ in entries} == pins


def test_constraints_cover_what_the_project_asks_for(repository: Path) -> None:
    import tomllib

    project = tomllib.loads((repository / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *chain(*project["dependency-groups"].values())]
    asked += project["build-system"]["requires"]
    names = {re.split(r"[^A-Za-z0-9_.-]", each)[0].lower().replace("_", "-") for each in asked}
    pins = (repository / "requirements" / "constraints.txt").read_text().lower().replace("_", "-")
    assert names <= {line.partition("==")[0] for line in pins.splitlines()} - {"newslint"}


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_lists_its_targets(repository: Path) -> None:
    told = run("make", cwd=repository, MAKEFLAGS="").stdout
    for target in ("demo", "test", "format", "update", "fuzz", "clean"):
        assert re.search(rf"^make {target} +\S", told, re.MULTILINE)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_says_that_python_is_too_old(repository: Path, tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\necho Python 3.9.2\nexit 1\n")
    old.chmod(0o755)
    for name in ("Makefile", "requirements/constraints-hashed.txt", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(repository / name, tmp_path / name)
    ended = subprocess.run(
        ["make", "demo", f"PYTHON={old}"],
        cwd=tmp_path,
        env=environment(MAKEFLAGS=""),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert f"newslint needs Python 3.11 or newer, but '{old}' is Python 3.9.2" in ended.stderr
    assert "make PYTHON=python3.12 demo" in ended.stderr


def test_no_page_and_no_classifier_promises_windows(repository: Path) -> None:
    import tomllib

    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    systems = [each for each in project["classifiers"] if each.startswith("Operating System")]
    assert systems == ["Operating System :: MacOS", "Operating System :: POSIX"]
    for name in ("README.md", "SECURITY.md", "docs/github.md"):
        text = " ".join((repository / name).read_text("utf-8").split())
        assert "Windows is not supported" in text or "does not support Windows" in text
    for name in ("ci/gitlab.yml", ".github/workflows/ci.yml"):
        assert "windows" not in (repository / name).read_text("utf-8").lower()


def test_continuous_integration_runs_make_test(repository: Path) -> None:
    script = repository / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().endswith("\nmake test\n")


def test_the_source_distribution_brings_the_manual(repository: Path, tmp_path: Path) -> None:
    backend, pins = tmp_path / "backend", repository / "requirements" / "constraints.txt"
    pip = [sys.executable, "-m", "pip", "--quiet", "install", "--target", backend, "-c", pins]
    run(*pip, "hatchling", cwd=tmp_path)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE"):
        shutil.copy(repository / name, tmp_path)
    for name in ("src", "schemas", "docs"):
        shutil.copytree(repository / name, tmp_path / name)
    path = "import sys; sys.path.insert(0, 'backend')"
    program = f"{path}; from hatchling.cli import hatchling; hatchling()"
    run(sys.executable, "-c", program, "build", "--target", "sdist", cwd=tmp_path)
    (built,) = (tmp_path / "dist").iterdir()
    with tarfile.open(built) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    pages = (repository / "docs").rglob("*.md")
    assert {path.relative_to(repository).as_posix() for path in pages} <= held
    assert "SECURITY.md" in held
