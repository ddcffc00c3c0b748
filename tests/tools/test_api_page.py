"""The reference of the Python API, which is generated from the source code."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from helpers import Golden
from newslint.records.collection import ROLES
from newslint.rules.api import Description


@pytest.fixture
def api_page(repository: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import the tool."""
    monkeypatch.syspath_prepend(str(repository / "tools"))
    monkeypatch.delitem(sys.modules, "api_page", raising=False)
    return importlib.import_module("api_page")


@pytest.fixture
def page(api_page: ModuleType) -> str:
    """Render the page."""
    return "".join(api_page.render_page())


def test_the_page_is_up_to_date(page: str, repository: Path, golden: Golden) -> None:
    golden(repository / "docs" / "api-reference.md", page)


def test_every_public_name_has_a_section_or_a_link(api_page: ModuleType, page: str) -> None:
    for name in api_page.MODULES:
        for each in importlib.import_module(name).__all__:
            assert f"\n### {each}\n" in page
    assert "| `published_at` | `datetime.datetime \\| None` |" in page
    assert "\n#### Mention.target\n" in page


def test_the_roles_are_those_of_the_settings(api_page: ModuleType, page: str) -> None:
    for role in ROLES:
        assert (f"\n| `{role}` | " in page) != role.startswith("image-")
    assert {*api_page.ATTRIBUTES, *api_page.TEXTS} <= {*ROLES}
    for text in api_page.ATTRIBUTES.values():
        for name in text.split("`")[1::2]:
            assert hasattr(Description, name)


def test_every_attribute_of_a_description_has_a_meaning(page: str) -> None:
    section = page.split("\n### Description\n")[1].split("\n### ", maxsplit=1)[0]
    assert "|  |" not in section
    for name in Description.__struct_fields__:
        assert f"\n| `{name}` | " in section
