"""Diagnostics in an editor: while one types, in other files, pushed and pulled."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from editor import PATIENCE, editing
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from helpers import write
from newslint.cli.app import run
from newslint.lsp.diagnostics import FileDiagnostics
from newslint.lsp.session import Session
from newslint.rules.api import Diagnostic, Text
from newslint.rules.text.mojibake import Mojibake

A = "title: One story\nwebUrl: https://a.example/a\n"
B = "title: Two stories\nwebUrl: https://a.example/b\n"


async def test_a_document_is_checked_as_one_types(archive: Path) -> None:
    path = archive / "a.md"
    async with editing(archive) as editor:
        editor.open(path)
        await editor.wait_for_rules(path)
        editor.write(path, editor.texts[path].replace("One", "Caf\u00c3\u00a9"))
        (found,) = await editor.wait_for_rules(path, "mojibake")
        assert found.range == types.Range(types.Position(1, 10), types.Position(1, 12))
        assert found.severity is types.DiagnosticSeverity.Error
        assert found.source == "newslint"
        assert found.code_description is not None
        assert editor.published[-1].version == 2


async def test_a_change_is_shown_in_other_documents(archive: Path) -> None:
    write(archive, b=B + "related:\n- title: One story\n  webUrl: https://a.example/a\n")
    a, b = archive / "a.md", archive / "b.md"
    async with editing(archive) as editor:
        editor.open(a)
        editor.open(b)
        await editor.wait_for_rules(b)
        editor.write(a, editor.texts[a].replace("title", "published: false\ntitle"))
        (found,) = await editor.wait_for_rules(b, "related-unpublished")
        assert found.related_information
        assert found.related_information[0].location.uri == a.as_uri()
        editor.close(a)
        await editor.wait_for_rules(b)


async def test_edits_in_quick_succession_are_all_shown_in_other_files(archive: Path) -> None:
    mention = "related:\n- title: One story\n  webUrl: https://a.example/a\n"
    names = [f"c{number}" for number in range(30)]
    write(archive, **{name: f"{B[:-2]}{name}\n{mention}" for name in names})
    a = archive / "a.md"
    async with editing(archive) as editor:
        editor.open(a)
        await editor.wait_for_rules(a)
        visible = editor.texts[a]
        hidden = visible.replace("title", "published: false\ntitle")
        editor.write(a, hidden)
        await editor.wait_for_rules(archive / "c0.md", "related-unpublished")
        editor.write(a, f"{visible}Body.\n")
        editor.write(a, f"{hidden}Body.\n")
        for name in names:
            await editor.wait_for_rules(archive / f"{name}.md", "related-unpublished")
        editor.write(a, visible)
        for name in names:
            await editor.wait_for_rules(archive / f"{name}.md")


async def test_files_that_are_not_open_are_shown_too(archive: Path) -> None:
    write(archive, b=B + "excerpt: Caf\u00c3\u00a9\n")
    async with editing(archive) as editor:
        await editor.wait_for_rules(archive / "b.md", "mojibake")
        assert editor.published[-1].version is None
        assert editor.shown(archive / "a.md") is None


async def test_the_last_record_counts_while_the_front_matter_is_broken(archive: Path) -> None:
    a, b = archive / "a.md", archive / "b.md"
    write(
        archive,
        a=A + "published: false\n",
        b=B + "related:\n- title: One story\n  webUrl: https://a.example/a\n",
    )
    async with editing(archive) as editor:
        editor.open(a)
        editor.open(b)
        await editor.wait_for_rules(b, "related-unpublished")
        editor.write(a, editor.texts[a].replace("title: ", "title: ["))
        await editor.wait_for_rules(a, "yaml-syntax")
        assert editor.rules(b) == ["related-unpublished"]


async def test_a_client_pulls_and_learns_what_is_unchanged(archive: Path) -> None:
    write(archive, b=B + "related:\n- title: One story\n  webUrl: https://a.example/a\n")
    a, b = archive / "a.md", archive / "b.md"
    async with editing(archive, pulls=True) as editor:
        editor.open(a)
        editor.open(b)
        first = await editor.pull(b)
        assert first.kind == "full"
        assert not first.items
        assert (await editor.pull(b, first.result_id)).kind == "unchanged"
        editor.write(a, editor.texts[a].replace("title", "published: false\ntitle"))
        await editor.wait_for(lambda: editor.refreshes > 0)
        second = await editor.pull(b, first.result_id)
        assert [each.code for each in second.items] == ["related-unpublished"]
        assert editor.published == []


async def test_a_client_pulls_all_files(archive: Path) -> None:
    write(archive, b=B + "excerpt: Caf\u00c3\u00a9\n")
    async with editing(archive, pulls=True) as editor:

        async def pull(previous: list[types.PreviousResultId]) -> dict[str, object]:
            report = await editor.client.workspace_diagnostic_async(
                types.WorkspaceDiagnosticParams(previous_result_ids=previous)
            )
            return {each.uri: each for each in report.items}

        first = await pull([])
        assert first.keys() == {(archive / "b.md").as_uri()}
        (report,) = first.values()
        assert [each.code for each in report.items] == ["mojibake"]  # type: ignore[attr-defined]
        known = [types.PreviousResultId(report.uri, report.result_id)]  # type: ignore[attr-defined]
        (archive / "c.md").write_bytes((archive / "b.md").read_bytes())
        editor.report_files(archive / "c.md", kind=types.FileChangeType.Created)
        kinds = {uri: each.kind for uri, each in (await pull(known)).items()}  # type: ignore[attr-defined]
        assert kinds[(archive / "c.md").as_uri()] == "full"


async def test_a_pull_of_text_that_changes_meanwhile_is_to_be_repeated(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive / "a.md"
    entered, gate = threading.Event(), threading.Event()
    compute = Session.diagnostics

    def wait(self: Session, path: Path) -> FileDiagnostics:
        entered.set()
        assert gate.wait(PATIENCE)
        return compute(self, path)

    monkeypatch.setattr(Session, "diagnostics", wait)
    async with editing(archive, pulls=True) as editor:
        editor.open(path)
        first = asyncio.ensure_future(editor.pull(path))
        await editor.poll(entered.is_set)
        editor.write(path, editor.texts[path].replace("One", "Caf\u00c3\u00a9"))
        await editor.poll(lambda: editor.server.documents[path.as_uri()].version == 2)
        gate.set()
        with pytest.raises(JsonRpcException) as caught:
            await first
        assert caught.value.code == -32802
        last = await editor.pull(path)
        assert [each.code for each in last.items] == ["mojibake"]


async def test_many_keystrokes_give_few_publications(archive: Path) -> None:
    path = archive / "a.md"
    async with editing(archive) as editor:
        editor.open(path)
        await editor.wait_for_rules(path)
        before = len(editor.published)
        title = "A title of a hundred letters " * 3 + "Caf\u00c3\u00a9"
        for count in range(len(title) + 1):
            editor.write(path, f"---\ntitle: {title[:count]}\nwebUrl: https://a.example/a\n---\n")
        await editor.wait_for_rules(path, "mojibake")
        assert editor.published[-1].version == editor.versions[path]
        assert len(editor.published) - before <= 3


async def test_a_rule_that_crashes_is_a_diagnostic(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(self: Mojibake, text: Text) -> Iterator[Diagnostic]:
        raise ValueError(text.value)
        yield

    monkeypatch.setattr(Mojibake, "check", crash)
    path = archive / "a.md"
    async with editing(archive) as editor:
        editor.open(path)
        await editor.wait_for_rules(path)
        editor.write(path, editor.texts[path].replace("One", "Caf\u00c3\u00a9"))
        await editor.wait_for_rules(path, "rule-crashed")
        editor.write(path, editor.texts[path].replace("Caf\u00c3\u00a9", "One"))
        await editor.wait_for_rules(path)


async def test_diagnostics_of_surveys_follow(archive: Path) -> None:
    (archive / "newslint.toml").write_text(
        'select = ["provider-name-mismatch"]\nrules.provider-name-mismatch.established = 2\n'
    )
    provider = "provider: {name: One, domain: a.example}\n"
    write(archive, a=A + provider, b=B + provider, c=A.replace("/a\n", "/c\n") + provider)
    path = archive / "c.md"
    async with editing(archive) as editor:
        editor.open(path)
        await editor.wait_for_rules(path)
        editor.write(path, editor.texts[path].replace("name: One", "name: Other"))
        await editor.wait_for_rules(path, "provider-name-mismatch")
        editor.write(path, editor.texts[path].replace("name: Other", "name: One"))
        await editor.wait_for_rules(path)


async def test_a_baseline_counts(archive: Path) -> None:
    write(archive, b=B + "excerpt: Caf\u00c3\u00a9\n")
    with contextlib.chdir(archive):
        assert run(["baseline", "create", "--no-cache"]) == 0
    path = archive / "b.md"
    async with editing(archive) as editor:
        editor.open(path)
        await editor.wait_for_rules(path)
        editor.write(path, editor.texts[path].replace("Two", "Caf\u00c3\u00a9"))
        await editor.wait_for_rules(path, "mojibake")
        assert editor.published[-1].diagnostics[0].range.start.line == 1


@pytest.mark.parametrize(
    ("encoding", "line_end", "mark"),
    [
        ("utf-8", "\n", ""),
        ("utf-8", "\r\n", "\ufeff"),
        ("utf-16", "\r", ""),
        ("utf-16", "\r\n", "\ufeff"),
        ("utf-32", "\r\n", ""),
        (None, "\n", "\ufeff"),
        (None, "\r\n", ""),
    ],
)
async def test_positions_are_in_the_encoding_of_the_client(
    archive: Path, encoding: str | None, line_end: str, mark: str
) -> None:
    before = "title: \U0001f600\u0085 \u20ac\u00e9 "
    text = line_end.join(
        [f"{mark}---", f"{before}Caf\u00c3\u00a9!", "webUrl: https://a.example/b", "---", ""]
    )
    codec = {"utf-8": "utf-8", "utf-32": "utf-32-le"}.get(encoding or "", "utf-16-le")
    unit = {"utf-8": 1, "utf-32": 4}.get(encoding or "", 2)

    def units(part: str) -> int:
        return len(part.encode(codec)) // unit

    start, end = units("title: \U0001f600"), units("title: \U0001f600\u0085")
    path, other = archive / "b.md", archive / "c.md"
    other.write_bytes(text.replace("/b", "/c").encode())
    async with editing(archive, encoding=encoding) as editor:
        editor.open(path, text)
        for each in (path, other):  # one that is open, and one that is not
            await editor.wait_for(lambda each=each: "mojibake" in (editor.rules(each) or []))
            found = next(one for one in editor.shown(each) or [] if one.code == "mojibake")
            assert found.range == types.Range(types.Position(1, start), types.Position(1, end))
        end = units(f"{before}Caf\u00c3\u00a9")
        editor.change(
            path,
            types.TextDocumentContentChangePartial(
                types.Range(types.Position(1, start), types.Position(1, end)), "Good"
            ),
        )
        await editor.wait_for(lambda: "mojibake" not in (editor.rules(path) or []))
