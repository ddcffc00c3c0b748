"""The reference of settings, which is generated from their schema."""

import json
import sys
from pathlib import Path

import pytest

from helpers import Golden


@pytest.fixture
def page(repository: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Render the page."""
    monkeypatch.syspath_prepend(str(repository / "tools"))
    monkeypatch.delitem(sys.modules, "settings_page", raising=False)
    import settings_page

    schema = json.loads((repository / "schemas" / "settings.schema.json").read_text("utf-8"))
    return "".join(settings_page.render_page(schema))


def test_the_page_is_up_to_date(page: str, repository: Path, golden: Golden) -> None:
    golden(repository / "docs" / "settings-reference.md", page)


def test_every_setting_has_a_line(page: str, repository: Path) -> None:
    schema = json.loads((repository / "schemas" / "settings.schema.json").read_text("utf-8"))
    tables = [schema, *schema["$defs"].values()]
    for table in tables:
        for name in table.get("properties", ()):
            assert f"| `{name}` |" in page or f"| [{name}](rules/{name}.md) |" in page
    assert "| `max-errors` | integer, at least 0 |" in page
    assert "| | `articles` | integer, above 1 | `3` |" in page
