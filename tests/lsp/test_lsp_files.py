"""Files, settings and projects that change on the disk while an editor works on them."""

from pathlib import Path

import pytest
from editor import editing
from lsprotocol import types

from helpers import write

CREATED, CHANGED, DELETED = (
    types.FileChangeType.Created,
    types.FileChangeType.Changed,
    types.FileChangeType.Deleted,
)
A = "title: One story\nwebUrl: https://a.example/a\n"
HIDDEN = "published: false\n"
B = "title: Two stories\nwebUrl: https://a.example/b\n"
MENTION = "related:\n- title: One story\n  webUrl: https://a.example/a\n"


async def test_the_server_asks_for_changes_of_files(archive: Path) -> None:
    async with editing(archive) as editor:
        await editor.poll(lambda: bool(editor.registrations))
        assert editor.registrations[0].method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES


async def test_a_file_is_created_changed_renamed_and_deleted(archive: Path) -> None:
    b, c, d = (archive / f"{name}.md" for name in "bcd")
    write(archive, b=B + MENTION)
    (archive / "a.md").unlink()
    async with editing(archive) as editor:
        editor.open(b)
        await editor.wait_for_rules(b)
        write(archive, c=A + HIDDEN)
        editor.report_files(c, kind=CREATED)
        await editor.wait_for_rules(b, "related-unpublished")
        write(archive, c=A)
        editor.report_files(c, kind=CHANGED)
        await editor.wait_for_rules(b)
        write(archive, c=A + HIDDEN)
        editor.report_files(c, kind=CHANGED)
        await editor.wait_for_rules(b, "related-unpublished")
        c.rename(d)
        editor.report_files(d, kind=CREATED)
        editor.report_files(c, kind=DELETED)
        await editor.wait_for(lambda: d.as_uri() in str(editor.shown(b)))
        d.unlink()
        editor.report_files(d, kind=DELETED)
        await editor.wait_for_rules(b)


async def test_a_folder_is_renamed_and_deleted(archive: Path) -> None:
    b, old, new = archive / "b.md", archive / "old", archive / "new"
    write(archive, b=B + MENTION)
    old.mkdir()
    (archive / "a.md").unlink()
    write(old, a=A + HIDDEN)
    async with editing(archive) as editor:
        editor.open(b)
        await editor.wait_for_rules(b, "related-unpublished")
        old.rename(new)
        editor.report_files(old, kind=DELETED)
        editor.report_files(new, kind=CREATED)
        await editor.wait_for(lambda: (new / "a.md").as_uri() in str(editor.shown(b)))
        (new / "a.md").unlink()
        new.rmdir()
        editor.report_files(new, kind=DELETED)
        await editor.wait_for_rules(b)


async def test_the_text_of_an_open_document_counts_and_not_the_file(archive: Path) -> None:
    a = archive / "a.md"
    async with editing(archive) as editor:
        editor.open(a)
        await editor.wait_for_rules(a)
        write(archive, a=A + "excerpt: Caf\u00c3\u00a9\n")
        editor.report_files(a, kind=CHANGED)
        editor.write(a, editor.texts[a].replace("One", "Na\u00c3\u00afve"))
        await editor.wait_for_rules(a, "mojibake")
        assert (editor.shown(a) or [])[0].range.start.line == 1
        editor.close(a)
        await editor.wait_for(lambda: (editor.shown(a) or [])[0].range.start.line == 3)


async def test_a_new_document_is_checked_before_it_is_saved(archive: Path) -> None:
    c = archive / "c.md"
    async with editing(archive) as editor:
        editor.open(c, f"---\n{B.replace('/b', '/c')}excerpt: Caf\u00c3\u00a9\n---\n")
        await editor.wait_for_rules(c, "mojibake")
        editor.close(c)
        await editor.wait_for_rules(c)


async def test_a_folder_without_documents_gets_one(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    path = folder / "a.md"
    async with editing(folder) as editor:
        editor.open(path, f"---\n{A}excerpt: Caf\u00c3\u00a9\n---\n")
        await editor.wait_for(lambda: "mojibake" in (editor.rules(path) or []))


async def test_a_document_outside_of_all_folders_is_checked_by_its_project(
    archive: Path, tmp_path: Path
) -> None:
    other = tmp_path.resolve() / "other"
    other.mkdir()
    write(archive, a=A + HIDDEN, b=B + MENTION)
    async with editing(other) as editor:
        editor.open(archive / "b.md")
        await editor.wait_for_rules(archive / "b.md", "related-unpublished")


async def test_excluded_and_ignored_files_are_left_alone(archive: Path) -> None:
    with (archive / "newslint.toml").open("a") as file:
        file.write('exclude = ["drafts/"]\n')
    for name in ("drafts", ".git", "built"):
        (archive / name).mkdir()
    (archive / ".gitignore").write_text("built/\n")
    bad = f"---\n{B.replace('/b', '/c')}excerpt: Caf\u00c3\u00a9\n---\n"
    left = [archive / "drafts" / "a.md", archive / "built" / "a.md", archive / ".a.md"]
    async with editing(archive) as editor:
        for path in left:
            editor.open(path, bad)
        editor.open(archive / "c.md", bad)
        await editor.wait_for_rules(archive / "c.md", "mojibake")
        assert not any(editor.shown(path) for path in left)


async def test_settings_change_on_the_disk(archive: Path) -> None:
    b, settings = archive / "b.md", archive / "newslint.toml"
    write(archive, b=B + "excerpt: Caf\u00c3\u00a9\n")
    async with editing(archive) as editor:
        await editor.wait_for_rules(b, "mojibake")
        settings.write_text('select = ["references"]\n')
        editor.report_files(settings, kind=CHANGED)
        await editor.wait_for_rules(b)
        settings.write_text("select = [\n")
        editor.report_files(settings, kind=CHANGED)
        await editor.wait_for_rules(settings, "settings")
        assert editor.rules(b) == []
        settings.write_text('select = ["text"]\n')
        editor.report_files(settings, kind=CHANGED)
        await editor.wait_for_rules(settings)
        await editor.wait_for_rules(b, "mojibake")
        settings.unlink()
        editor.report_files(settings, kind=DELETED)
        await editor.wait_for(lambda: len(editor.rules(b) or []) > 1)


async def test_settings_that_are_wrong_from_the_start_are_mended(archive: Path) -> None:
    b, settings = archive / "b.md", archive / "newslint.toml"
    write(archive, b=B + "excerpt: Caf\u00c3\u00a9\n")
    settings.write_text('select = ["texts"]\n')
    async with editing(archive) as editor:
        (found,) = await editor.wait_for_rules(settings, "settings")
        assert found.range == types.Range(types.Position(0, 10), types.Position(0, 17))
        assert "texts" in found.message
        editor.open(settings)
        editor.write(settings, 'select = ["text"]\n')
        await editor.wait_for_rules(settings)
        settings.write_text('select = ["text"]\n')
        editor.report_files(settings, kind=CHANGED)
        await editor.wait_for_rules(b, "mojibake")


@pytest.mark.parametrize("name", ["pyproject.toml", "newslint.toml"])
async def test_settings_are_checked_as_one_types(archive: Path, name: str) -> None:
    settings = archive / name
    head = "" if name == "newslint.toml" else "[tool.newslint]\n"
    async with editing(archive) as editor:
        editor.open(settings, f"{head}select = []\n")
        editor.write(settings, f"{head}\nselekt = []\n")
        (found,) = await editor.wait_for_rules(settings, "settings")
        assert found.range.start.line == head.count("\n") + 1
        editor.write(settings, f"{head}select = ['text']\n")
        await editor.wait_for_rules(settings)


async def test_a_schema_and_a_plugin_change_on_the_disk(archive: Path) -> None:
    a, plugin = archive / "a.md", archive / "house.py"
    code = (
        '"""Rules."""\n\nfrom newslint.rules.api import *\n\n\nclass House(RecordRule):\n'
        '    """WORD.\n\n    Why: Because.\n    """\n\n    id = "house"\n'
        "    severity = Severity.ERROR\n    examples = ()\n\n    def check(self, record):\n"
        '        yield self.flag(record.target("title"), "WORD")\n\n\nRULES = (House,)\n'
    )
    plugin.write_text(code.replace("WORD", "first"))
    (archive / "newslint.toml").write_text('plugins = ["./house.py"]\nselect = ["house"]\n')
    async with editing(archive) as editor:
        (found,) = await editor.wait_for_rules(a, "house")
        assert found.message == "first"
        plugin.write_text(code.replace("WORD", "second"))
        editor.report_files(plugin, kind=CHANGED)
        await editor.wait_for(lambda: (editor.shown(a) or [])[0].message == "second")


async def test_each_folder_and_each_project_has_its_own_settings(tmp_path: Path) -> None:
    top = tmp_path.resolve()
    folders = [top / name for name in ("one", "one/inner", "two")]
    for folder, select in zip(folders, ("text", "references", "urls"), strict=True):
        folder.mkdir()
        (folder / "newslint.toml").write_text(f'select = ["{select}"]\n')
        write(folder, a=A.replace("https", "http") + "excerpt: Caf\u00c3\u00a9\n")
    one, inner, two = (folder / "a.md" for folder in folders)
    async with editing(top / "one", top / "two") as editor:
        await editor.wait_for_rules(one, "mojibake")
        await editor.wait_for_rules(two, "insecure-url")
        editor.open(inner)
        await editor.wait_for_rules(inner)
        editor.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(
                types.WorkspaceFoldersChangeEvent(
                    [], [types.WorkspaceFolder((top / "two").as_uri(), "two")]
                )
            )
        )
        await editor.wait_for_rules(two)
        editor.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(
                types.WorkspaceFoldersChangeEvent(
                    [types.WorkspaceFolder((top / "two").as_uri(), "two")], []
                )
            )
        )
        await editor.wait_for_rules(two, "insecure-url")


async def test_an_image_that_is_created_counts(archive: Path) -> None:
    (archive / "newslint.toml").write_text('select = ["missing-local-image"]\n')
    (archive / "img").mkdir()
    for name in ("1", "2", "3", "4"):
        (archive / "img" / f"{name}.png").write_bytes(b"")
    (archive / "b.md").unlink()
    images = "".join(f"- url: /img/{name}.png\n" for name in "12345")
    write(archive, a=f"{A}images:\n{images}")
    a, image = archive / "a.md", archive / "img" / "5.png"
    async with editing(archive) as editor:
        await editor.wait_for_rules(a, "missing-local-image")
        image.write_bytes(b"")
        editor.report_files(image, kind=CREATED)
        await editor.wait_for_rules(a)
        image.unlink()
        editor.report_files(image, kind=DELETED)
        await editor.wait_for_rules(a, "missing-local-image")
