"""Symbolic links and the displayed names of documents."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.documents import LinkResolver, display_path


@pytest.fixture
def links(tmp_path: Path) -> LinkResolver:
    (tmp_path / "project/sub").mkdir(parents=True)
    (tmp_path / "project/b.md").touch()
    (tmp_path / "project/excluded.md").touch()
    (tmp_path / "outside.md").touch()
    return LinkResolver(tmp_path / "project", lambda path: path.name != "excluded.md")


@pytest.mark.parametrize("target", ["b.md", "sub/../b.md", "l2.md"])
def test_a_link_is_its_target(tmp_path: Path, links: LinkResolver, target: str) -> None:
    root = tmp_path / "project"
    (root / "l2.md").symlink_to("b.md")
    (root / "l.md").symlink_to(target)
    assert links.resolve(root / "l.md") == root / "b.md"
    assert links.resolve(root / "b.md") == root / "b.md"


def test_a_file_below_a_link_to_a_folder(tmp_path: Path, links: LinkResolver) -> None:
    root = tmp_path / "project"
    (root / "sub/a.md").touch()
    (root / "folder").symlink_to("sub")
    assert links.resolve(root / "folder/a.md") == root / "sub/a.md"
    assert links.resolve_folder(root / "folder") == root / "sub"


def test_a_project_may_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/b.md").touch()
    (tmp_path / "real/l.md").symlink_to("b.md")
    (tmp_path / "root").symlink_to("real")
    links = LinkResolver(tmp_path / "root", lambda _: True)
    assert links.resolve(tmp_path / "root/l.md") == tmp_path / "root/b.md"


@pytest.mark.parametrize("target", ["missing.md", "l.md", "../outside.md"])
def test_other_links_stay(tmp_path: Path, links: LinkResolver, target: str) -> None:
    link = tmp_path / "project/l.md"
    link.symlink_to(target)
    assert links.resolve(link) == link


def test_links_to_a_file_that_is_no_document_are_one(tmp_path: Path, links: LinkResolver) -> None:
    root = tmp_path / "project"
    for name in ("a.md", "z.md"):
        (root / name).symlink_to("excluded.md")
    assert links.resolve(root / "a.md") == root / "a.md"
    assert links.resolve(root / "z.md") == root / "a.md"


def test_hard_links_are_two_files(tmp_path: Path, links: LinkResolver) -> None:
    root = tmp_path / "project"
    os.link(root / "b.md", root / "h.md")
    assert links.resolve(root / "h.md") == root / "h.md"


@pytest.mark.parametrize(
    ("name", "displayed"),
    [
        (b"a\\b.md", r"a\b.md"),
        (b"\xff.md", r"\xff.md"),
        (rb"\xff.md", r"\\xff.md"),
        (rb"\\xff.md", r"\\\\xff.md"),
        (b"\\\xff.md", r"\\\xff.md"),
        ("é\n.md".encode(), "é\n.md"),
    ],
)
def test_a_name_is_displayed(name: bytes, displayed: str) -> None:
    assert display_path(os.fsdecode(name)) == displayed


@given(
    *[st.lists(st.sampled_from([b"\\", b"x", b"f", b"\xff", b"\xc3", b"\xa9"])).map(b"".join)] * 2
)
def test_no_two_names_are_displayed_alike(name: bytes, other: bytes) -> None:
    displayed = [display_path(os.fsdecode(each)) for each in (name, other)]
    assert (displayed[0] == displayed[1]) == (name == other)
