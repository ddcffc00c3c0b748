"""The site of the manual: what the program changes in pages, and the navigation."""

import re
from pathlib import Path
from types import ModuleType

import pytest
import yaml


@pytest.fixture
def site(repository: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(repository / "tools"))
    import build_site

    return build_site


class SiteLoader(yaml.SafeLoader):
    """Reads `mkdocs.yml` without its tags for Python."""


SiteLoader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


def listed(nav: object) -> list[str]:
    """List the pages of a navigation."""
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav
    return [page for part in parts for page in listed(part)]


def test_the_navigation_lists_every_page_once(repository: Path, site: ModuleType) -> None:
    docs = repository / "docs"
    index = (docs / "rules" / "README.md").read_text("utf-8")
    config = site.add_rules((repository / "mkdocs.yml").read_text("utf-8"), index)
    nav = yaml.load(config, SiteLoader)["nav"]  # noqa: S506 # a safe loader
    pages = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")]
    assert sorted(listed(nav)) == sorted([*pages, "security.md"])


def test_a_copy_of_the_manual_is_prepared(site: ModuleType, tmp_path: Path) -> None:
    site.prepare(tmp_path / "manual")
    page = (tmp_path / "manual" / "docs" / "README.md").read_text("utf-8")
    assert "(security.md)" in page
    security = (tmp_path / "manual" / "docs" / "security.md").read_text("utf-8")
    assert "](online.md#safety)" in security
    assert "    - rules/README.md\n" in (tmp_path / "manual" / "mkdocs.yml").read_text("utf-8")


def test_names_of_blocks_become_titles(site: ModuleType) -> None:
    text = "```toml newslint.toml\na = 1\n```\n\n```sh\nls\n```\n"
    adapted = site.adapt(text, Path("docs"), "https://host.example")
    assert adapted == text.replace(" newslint.toml", ' title="newslint.toml"')


@pytest.mark.parametrize(
    ("folder", "link", "expected"),
    [
        ("docs", "../SECURITY.md", "security.md"),
        ("docs", "../SECURITY.md#trust", "security.md#trust"),
        ("docs", "../Makefile", "https://host.example/blob/main/Makefile"),
        ("docs", "settings.md", "settings.md"),
        ("docs/rules", "../settings.md", "../settings.md"),
        ("docs/rules", "../../SECURITY.md", "../security.md"),
    ],
)
def test_links_out_of_the_manual_lead_to_the_repository(
    site: ModuleType, folder: str, link: str, expected: str
) -> None:
    adapted = site.adapt(f"[a]({link})", Path(folder), "https://host.example")
    assert adapted == f"[a]({expected})"


def test_every_block_of_the_manual_has_a_fence_that_the_site_reads(
    repository: Path, site: ModuleType
) -> None:
    for page in (repository / "docs").rglob("*.md"):
        text = site.adapt(page.read_text("utf-8"), Path("docs"), "")
        for info in re.findall(r"^`{3,}(\S.*)$", text, re.MULTILINE):
            assert re.fullmatch(r'\w+( title="[^"]+")?', info), (page, info)
