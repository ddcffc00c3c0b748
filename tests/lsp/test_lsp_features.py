"""Code actions, hover texts, navigation, symbols and completion in an editor."""

from pathlib import Path
from typing import Any

import pytest
from editor import Editor, editing
from lsprotocol import types

from helpers import write
from newslint.documents import read_document
from newslint.syntax import Reader

A = "title: One story\nwebUrl: https://a.example/a\nquality: 7\n"
B = (
    "title: Two stories\nwebUrl: https://a.example/b\nrelated:\n"
    "- title: One story\n  webUrl: https://a.example/a\n  quality: 5\n"
)
BAD = "title: Caf\u00c3\u00a9 &amp; more\nwebUrl: https://a.example/c\n"


@pytest.fixture
def linked(archive: Path) -> Path:
    write(archive, a=A, b=B)
    return archive


def at(editor: Editor, path: Path, text: str, shift: int = 0) -> types.Position:
    """The position of a text in a document, for a client that counts UTF-16."""
    before = editor.texts[path].partition(text)[0] if text else ""
    before += text[:shift]
    line = before.rpartition("\n")[2]
    return types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def apply(editor: Editor, path: Path, edit: types.WorkspaceEdit) -> str:
    """Apply an edit as an editor does."""
    (change,) = edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.uri == path.as_uri()
    assert change.text_document.version == editor.versions[path]
    text = editor.texts[path]
    lines = text.split("\n")

    def offset(position: types.Position) -> int:
        line = lines[position.line].encode("utf-16-le")[: 2 * position.character]
        before = sum(len(each) + 1 for each in lines[: position.line])
        return before + len(line.decode("utf-16-le"))

    edits = sorted(change.edits, key=lambda each: offset(each.range.start), reverse=True)
    for each in edits:
        start, end = offset(each.range.start), offset(each.range.end)
        text = text[:start] + each.new_text + text[end:]
    return text


async def actions(editor: Editor, path: Path, text: str, *only: str) -> dict[str, types.CodeAction]:
    start = at(editor, path, text)
    found = await editor.client.text_document_code_action_async(
        types.CodeActionParams(
            editor.named(path),
            types.Range(start, start),
            types.CodeActionContext([], [*only] or None),
        )
    )
    assert all(isinstance(each, types.CodeAction) for each in found or ())
    return {each.title: each for each in found or ()}  # type: ignore[misc]


async def test_each_fix_is_an_action_and_unsafe_ones_are_marked(archive: Path) -> None:
    path = archive / "c.md"
    (archive / "newslint.toml").write_text('select = ["text", "urls"]\n')
    write(archive, c="title: \U0001f600 Caf\u00c3\u00a9\nwebUrl: http://a.example/c\n")
    async with editing(archive) as editor:
        editor.open(path)
        safe = (await actions(editor, path, "\u00c3"))["Restore the text"]
        assert safe.is_preferred
        assert safe.kind == types.CodeActionKind.QuickFix
        assert [each.code for each in safe.diagnostics or ()] == ["mojibake"]
        assert safe.edit is not None
        assert "\U0001f600 Caf\u00e9\n" in apply(editor, path, safe.edit)
        unsafe = (await actions(editor, path, "http:"))["Use HTTPS (unsafe: review the result)"]
        assert not unsafe.is_preferred
        assert unsafe.edit is not None
        assert "https://a.example/c" in apply(editor, path, unsafe.edit)


async def test_all_safe_fixes_of_a_file_are_one_action(archive: Path) -> None:
    path = archive / "c.md"
    write(archive, c=BAD)
    async with editing(archive) as editor:
        editor.open(path)
        found = await actions(editor, path, "---", "source.fixAll")
        (action,) = found.values()
        assert action.kind == "source.fixAll.newslint"
        assert action.edit is not None
        fixed = apply(editor, path, action.edit)
        assert fixed == editor.texts[path].replace("Caf\u00c3\u00a9 &amp;", "Caf\u00e9 &")
        editor.write(path, fixed)
        await editor.wait_for_rules(path)
        assert not await actions(editor, path, "---", "source.fixAll")


async def test_all_safe_fixes_are_a_command_too(archive: Path) -> None:
    path = archive / "c.md"
    write(archive, c=BAD)
    async with editing(archive) as editor:
        editor.open(path)
        action = (await actions(editor, path, "---"))[
            "Apply all safe fixes of newslint in this file"
        ]
        await execute(editor, action)
        await editor.wait_for(lambda: bool(editor.applied))
        assert "Caf\u00e9 & more" in apply(editor, path, editor.applied[0].edit)


async def execute(editor: Editor, action: types.CodeAction) -> None:
    command = action.command
    assert command is not None
    await editor.client.workspace_execute_command_async(
        types.ExecuteCommandParams(command.command, command.arguments)
    )


async def test_a_comment_ignores_a_diagnostic(archive: Path) -> None:
    path = archive / "c.md"
    write(archive, c="title: Caf\u00c3\u00a9\nwebUrl: https://a.example/c\n")
    async with editing(archive) as editor:
        editor.open(path)
        action = (await actions(editor, path, "\u00c3"))["Ignore mojibake here"]
        assert action.edit is not None
        after = apply(editor, path, action.edit)
        assert "# newslint: ignore[mojibake]\n" in after
        editor.write(path, after)
        await editor.wait_for_rules(path)


async def test_a_diagnostic_is_added_to_the_baseline(archive: Path) -> None:
    path = archive / "c.md"
    write(archive, c="title: Caf\u00c3\u00a9\nwebUrl: https://a.example/c\n")
    with (archive / "newslint.toml").open("a") as file:
        file.write('baseline = "known.baseline"\n')
    async with editing(archive) as editor:
        editor.open(path)
        await editor.wait_for_rules(path, "mojibake")
        await execute(
            editor, (await actions(editor, path, "\u00c3"))["Add this mojibake to the baseline"]
        )
        await editor.wait_for_rules(path)
        assert "mojibake:" in (archive / "known.baseline").read_text()


async def test_the_page_of_a_rule_opens_in_the_browser(archive: Path) -> None:
    path = archive / "c.md"
    write(archive, c="title: Caf\u00c3\u00a9\nwebUrl: https://a.example/c\n")
    async with editing(archive) as editor:
        editor.open(path)
        await execute(editor, (await actions(editor, path, "\u00c3"))["Open the page of mojibake"])
        (shown,) = editor.client.shown_documents
        assert shown.external
        assert shown.uri.endswith("rules/mojibake.md")


async def hover(editor: Editor, path: Path, text: str, shift: int = 0) -> str:
    found = await editor.client.text_document_hover_async(
        types.HoverParams(editor.named(path), at(editor, path, text, shift))
    )
    if found is None:
        return ""
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


async def test_a_hover_explains_the_rule_and_the_article(linked: Path) -> None:
    b, c = linked / "b.md", linked / "c.md"
    write(linked, c=BAD)
    async with editing(linked) as editor:
        editor.open(b)
        editor.open(c)
        rule = await hover(editor, c, "\u00c3")
        assert "mojibake](https://" in rule
        assert "**Why:**" in rule
        article = await hover(editor, b, "One story")
        assert f"Record: [a.md]({(linked / 'a.md').as_uri()})" in article
        assert "Mentioned by 1 record\n" in article
        assert "Quality: 5, 7" in article
        assert not await hover(editor, b, "---", 1)


async def test_an_entry_leads_to_its_record_and_back(linked: Path) -> None:
    a, b = linked / "a.md", linked / "b.md"
    async with editing(linked) as editor:
        editor.open(a)
        editor.open(b)
        where: Any = await editor.client.text_document_definition_async(
            types.DefinitionParams(editor.named(b), at(editor, b, "a.example/a"))
        )
        title = types.Range(types.Position(1, 7), types.Position(1, 16))
        assert list(where) == [types.Location(a.as_uri(), title)]
        for declared, count in ((False, 1), (True, 2)):
            found = await editor.client.text_document_references_async(
                types.ReferenceParams(
                    types.ReferenceContext(declared), editor.named(a), at(editor, a, "One story")
                )
            )
            assert len(found or ()) == count
            assert b.as_uri() in {each.uri for each in found or ()}


async def test_a_lens_counts_mentions(linked: Path) -> None:
    a = linked / "a.md"
    write(linked, c=B.replace("/b", "/c"))
    async with editing(linked) as editor:
        editor.open(a)
        (lens,) = (
            await editor.client.text_document_code_lens_async(types.CodeLensParams(editor.named(a)))
            or ()
        )
        assert lens.command is not None
        assert lens.command.title == "mentioned by 2 records"
        await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams(lens.command.command, lens.command.arguments)
        )
        await editor.poll(lambda: bool(editor.client.messages))
        assert editor.client.messages[0].message == "Mentioned by b.md, c.md"


async def test_urls_of_entries_are_links_to_records(linked: Path) -> None:
    b = linked / "b.md"
    async with editing(linked) as editor:
        editor.open(b)
        (link,) = (
            await editor.client.text_document_document_link_async(
                types.DocumentLinkParams(editor.named(b))
            )
            or ()
        )
        assert link.target == f"{(linked / 'a.md').as_uri()}#L2"
        assert link.range.start == at(editor, b, "https://a.example/a")


async def test_fields_and_entries_are_symbols(linked: Path) -> None:
    b = linked / "b.md"
    async with editing(linked) as editor:
        editor.open(b)
        found: Any = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(editor.named(b))
        )
        assert [each.name for each in found] == ["title", "webUrl", "related"]
        assert found[0].detail == "Two stories"
        (entry,) = found[2].children
        assert (entry.name, entry.detail) == ("0", "One story")
        assert [each.name for each in entry.children] == ["title", "webUrl", "quality"]


async def complete(editor: Editor, path: Path, text: str) -> dict[str, str]:
    """Complete at the mark `|` of a text; return what each item makes of its line."""
    line = text.partition("|")[0].count("\n")
    column = len(text.partition("|")[0].rpartition("\n")[2])
    editor.write(path, text.replace("|", ""))
    found = await editor.client.text_document_completion_async(
        types.CompletionParams(editor.named(path), types.Position(line, column))
    )
    if found is None:
        return {}
    assert isinstance(found, types.CompletionList)
    before = text.split("\n")[line].partition("|")[0]
    items = {}
    for each in found.items:
        edit = each.text_edit
        assert isinstance(edit, types.TextEdit)
        items[each.label] = before[: edit.range.start.character] + edit.new_text
    return items


async def test_completion_of_keys_and_values(linked: Path) -> None:
    provider = "provider:\n  name: The Times\n  domain: times.example\ntags: [space, cats]\n"
    write(linked, c=BAD + provider)
    path = linked / "d.md"
    async with editing(linked) as editor:
        editor.open(path, "---\n---\n")
        keys = await complete(editor, path, "---\ntitle: x\n|\nwebUrl: y\n---\n")
        assert keys["excerpt"] == "excerpt: "
        assert keys["related"] == "related:"
        assert not {"title", "webUrl"} & keys.keys()
        assert "publishedDateTime" in await complete(editor, path, "---\ntitle: x\npub|\n---\n")
        entry = await complete(editor, path, "---\nrelated:\n  - title: x\n    qu|\n---\n")
        assert entry == {"quality": "    quality: "}
        assert "ampWebUrl" in await complete(editor, path, "---\nrelated:\n- |\n---\n")
        flags = await complete(editor, path, "---\npublished: |\n---\n")
        assert flags == {"true": "published: true", "false": "published: false"}
        names = await complete(editor, path, "---\nprovider:\n  name: T|\n---\n")
        assert names == {"The Times": "  name: The Times"}
        domains = await complete(editor, path, "---\nrelated:\n- provider:\n    domain: '|\n---\n")
        assert domains == {"times.example": "    domain: 'times.example"}
        assert "cats" in await complete(editor, path, "---\ntags:\n- |\n---\n")
        titles = await complete(editor, path, '---\nrelated:\n- title: "One|\n---\n')
        assert titles == {"One story": '- title: "One story'}
        urls = await complete(editor, path, "---\nrelated:\n- webUrl: |\n---\n")
        assert urls["https://a.example/a"] == "- webUrl: https://a.example/a"
        assert not await complete(editor, path, "---\ntitle: x\n---\nbody |\n")


@pytest.mark.parametrize("name", ["newslint.toml", "pyproject.toml"])
async def test_completion_of_settings(archive: Path, name: str) -> None:
    path = archive / name
    head = "" if name == "newslint.toml" else "[tool.newslint]\n"
    table = "" if name == "newslint.toml" else "tool.newslint."
    async with editing(archive) as editor:
        editor.open(path, head)
        assert "extend-select" in await complete(editor, path, f"{head}sel|\n")
        assert await complete(editor, path, f'{head}select = ["moji|\n') == {
            "mojibake": 'select = ["mojibake"'
        }
        assert "mojibake" in await complete(editor, path, f'{head}select = [\n  "text",\n  |\n')
        assert "severity" in await complete(editor, path, f"[{table}rules.mojibake]\n|\n")
        severity = await complete(editor, path, f"[{table}rules.mojibake]\nseverity = |\n")
        assert severity == {each: f'severity = "{each}"' for each in ("error", "warning", "info")}
        assert "paths" in await complete(editor, path, f"[[{table}overrides]]\npa|\n")
        if head:
            assert not await complete(editor, path, "[project]\nna|\n")


async def test_completion_in_toml_and_json(linked: Path) -> None:
    path = linked / "d.md"
    async with editing(linked) as editor:
        editor.open(path, "")
        toml = await complete(editor, path, '+++\ntitle = "x"\npublished|\n+++\n')
        assert toml["publishedDateTime"] == "publishedDateTime = "
        flags = await complete(editor, path, "+++\npublished = |\n+++\n")
        assert flags == {"true": "published = true", "false": "published = false"}
        titles = await complete(editor, path, "+++\n[[related]]\ntitle = O|\n")
        assert titles["One story"] == 'title = "One story"'
        json = await complete(editor, path, '{\n"title": "x",\n"publishedD|"\n}\n')
        assert json == {"publishedDateTime": '"publishedDateTime'}
        json = await complete(editor, path, '{"title": "x", qual|')
        assert json == {"quality": '{"title": "x", "quality": '}
        titles = await complete(editor, path, '{"related": [{"title": "One|"}]}\n')
        assert titles == {"One story": '{"related": [{"title": "One story'}
        assert not await complete(editor, path, '{"title": "x"}\nbody |\n')


async def test_requests_about_documents_without_front_matter(archive: Path) -> None:
    path = archive / "c.md"
    async with editing(archive) as editor:
        for text in ("", "no front matter\n", "---\ntitle: [\n", "---\n- 1\n---\n", "\ufeff---\n"):
            editor.open(path, text)
            position = types.Position(0, 0)
            await hover(editor, path, "")
            await actions(editor, path, "")
            await complete(editor, path, f"{text}|")
            await editor.client.text_document_document_symbol_async(
                types.DocumentSymbolParams(editor.named(path))
            )
            await editor.client.text_document_definition_async(
                types.DefinitionParams(editor.named(path), position)
            )
            editor.close(path)


def test_a_text_that_is_completed_reads_as_it_was() -> None:
    from newslint.lsp.completion import _write

    texts = ["a: b", "it's", 'say "x"', "#1", "yes", "12", "a\\b", " a", "- a", "Caf\u00e9", "a #b"]
    for text in texts:
        for quote in ("", "'", '"'):
            source = f"---\ntitle: {quote}{_write(text, quote)}{quote}\n---\n"
            (root,) = read_document("a.md", source.encode(), Reader()).roots
            assert root.python == {"title": text}
