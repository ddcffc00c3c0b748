"""What all tests share: the flag that rewrites goldens, and how hard hypothesis tries."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from helpers import Golden

# Goldens are compared in a helper, and pytest shows a difference only in modules that it rewrites.
pytest.register_assert_rewrite("helpers")

collect_ignore = ["plugins"]  # their tests run where they are installed

REPOSITORY = Path(__file__).parent.parent

settings.register_profile("default", max_examples=60, deadline=None)
settings.register_profile(
    "fuzz",
    max_examples=5_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile(os.environ.get("NEWSLINT_HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite goldens, schemas and generated files instead of comparing with them",
    )


@pytest.fixture(autouse=True, scope="session")
def outside_ci() -> Iterator[None]:
    """Let newslint see no CI server, wherever the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the cache of whoever runs the tests out of them; there is one for the tests alone."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache") / "newslint"
        patch.setenv("NEWSLINT_CACHE_DIR", str(folder))
        for name in ("NEWSLINT_NO_CACHE", "NEWSLINT_JOBS"):
            patch.delenv(name, raising=False)
        yield folder


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are rewritten in this run."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> "Golden":
    """Compare a text with a file of the repository, or write the file under `--update`."""
    from helpers import Golden

    return Golden(update=request.getfixturevalue("update"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top folder of the project."""
    return REPOSITORY


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An empty folder that is the root of a project, whatever stands above it."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "newslint.toml").write_text("")
    return folder
