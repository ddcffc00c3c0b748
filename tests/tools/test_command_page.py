"""The page about the commands, which is generated from their help."""

import sys
from pathlib import Path

import pytest

from helpers import Golden
from newslint.cli.app import app


@pytest.fixture
def page(repository: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Render the page."""
    monkeypatch.syspath_prepend(str(repository / "tools"))
    monkeypatch.delitem(sys.modules, "command_page", raising=False)
    import command_page

    return "".join(command_page.render_page())


def test_the_page_is_up_to_date(page: str, repository: Path, golden: Golden) -> None:
    golden(repository / "docs" / "commands.md", page)


def test_every_command_has_a_section(page: str) -> None:
    import click

    for name in app.list_commands(click.Context(app, **app.context_settings)):
        assert f"\n## newslint {name}\n" in page
    assert "\n## newslint baseline prune\n" in page
    assert "`--max-warnings N`" in page
