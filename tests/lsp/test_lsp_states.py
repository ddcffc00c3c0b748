"""Whatever an editor does, its diagnostics are those of a fresh check."""

import asyncio
import tempfile
from pathlib import Path

from editor import PATIENCE, Editor, editing
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from lsprotocol import types

from contradictions import BROKEN, LEADS, RECORD
from helpers import check
from newslint.documents import read_document
from newslint.syntax import Reader

NAMES = st.sampled_from(["a.md", "b.md", "d/c.md"])
WRITES = RECORD | RECORD.map(lambda text: text.replace("\n", "\r\n")) | BROKEN
SETTINGS = st.sampled_from(
    ["", 'ignore = ["schema"]\n', 'select = ["references"]\n', 'exclude = ["d/"]\n']
)
TYPED = ["x", "Caf\u00c3\u00a9", "\U0001f600", "\n", " ", "\u0085"]
Shown = dict[str, list[tuple[object, int, int, str]]]


class Edits(RuleBasedStateMachine):
    """Edits documents and files through the protocol, and compares the diagnostics."""

    @initialize(text=RECORD)
    def start(self, text: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name).resolve()
        (self.root / "d").mkdir()
        (self.root / "newslint.toml").write_text("")
        (self.root / "always.md").write_text(text, newline="")
        self.session = editing(self.root, pulls=True)
        self.editor: Editor = self.loop.run_until_complete(self.session.__aenter__())
        self.known: dict[str, types.WorkspaceFullDocumentDiagnosticReport] = {}
        self.shown: Shown = {}

    def path(self, name: str) -> Path:
        return self.root / name

    def report(self, name: str, kind: types.FileChangeType) -> None:
        self.editor.report_files(self.path(name), kind=kind)

    @rule(name=NAMES | st.just("always.md"), text=WRITES)
    def edit(self, name: str, text: str) -> None:
        path = self.path(name)
        if path in self.editor.texts:
            self.editor.write(path, text)
        else:
            self.editor.open(path, text)

    @rule(name=NAMES | st.just("always.md"), data=st.data())
    def type_in(self, name: str, data: st.DataObject) -> None:
        path = self.path(name)
        text = self.editor.texts.get(path)
        if not text or "\r" in text:
            return
        lines = text.split("\n")
        number = data.draw(st.integers(0, len(lines) - 1))
        column = data.draw(st.integers(0, len(lines[number])))
        new = data.draw(st.sampled_from(TYPED))
        start = types.Position(number, len(lines[number][:column].encode("utf-16-le")) // 2)
        self.editor.change(
            path, types.TextDocumentContentChangePartial(types.Range(start, start), new)
        )
        lines[number] = lines[number][:column] + new + lines[number][column:]
        self.editor.texts[path] = "\n".join(lines)

    @rule(name=NAMES | st.just("always.md"))
    def save(self, name: str) -> None:
        path = self.path(name)
        if path in self.editor.texts:
            path.write_bytes(self.editor.texts[path].encode())
            self.report(name, types.FileChangeType.Changed)

    @rule(name=NAMES | st.just("always.md"))
    def close(self, name: str) -> None:
        if self.path(name) in self.editor.texts:
            self.editor.close(self.path(name))

    @rule(name=NAMES, text=WRITES)
    def write_outside(self, name: str, text: str) -> None:
        is_new = not self.path(name).exists()
        self.path(name).write_text(text, newline="")
        self.report(name, types.FileChangeType.Created if is_new else types.FileChangeType.Changed)

    @rule(name=NAMES)
    def delete_outside(self, name: str) -> None:
        if self.path(name).exists():
            self.path(name).unlink()
            self.report(name, types.FileChangeType.Deleted)

    @rule(text=SETTINGS)
    def change_settings(self, text: str) -> None:
        self.path("newslint.toml").write_text(text)
        self.report("newslint.toml", types.FileChangeType.Changed)

    @rule(lead=st.sampled_from(LEADS))
    def change_lead_outside(self, lead: str) -> None:
        path = self.path("always.md")
        path.write_bytes(path.read_bytes().replace(LEADS[0].encode(), lead.encode()))
        self.report("always.md", types.FileChangeType.Changed)

    @invariant()
    def shows_the_diagnostics_of_a_fresh_check(self) -> None:
        if not hasattr(self, "editor"):
            return
        self.loop.run_until_complete(asyncio.wait_for(self.pull(), PATIENCE))
        if not self.is_broken():  # a broken file keeps its last record for comparison
            assert self.shown == self.fresh()

    def is_broken(self) -> bool:
        """Check if a file has no record, as during an edit."""
        texts = {path: path.read_bytes() for path in self.root.rglob("*.md")}
        texts |= {path: text.encode() for path, text in self.editor.texts.items()}
        found = (read_document(path.name, text, Reader()) for path, text in texts.items())
        return not all(each.roots for each in found)

    async def pull(self) -> None:
        """Ask for all diagnostics, and use those that have changed."""
        previous = [
            types.PreviousResultId(uri, each.result_id or "") for uri, each in self.known.items()
        ]
        marker = types.PreviousResultId((self.root / "none.md").as_uri(), "x")  # never waits
        report = await self.editor.client.workspace_diagnostic_async(
            types.WorkspaceDiagnosticParams(previous_result_ids=[*previous, marker])
        )
        for each in report.items:
            if isinstance(each, types.WorkspaceFullDocumentDiagnosticReport):
                self.known[each.uri] = each
                self.shown.pop(each.uri, None)
                if each.items:
                    self.shown[each.uri] = sorted(
                        (one.code, one.range.start.line, one.range.end.line, one.message)
                        for one in each.items
                    )

    def fresh(self) -> Shown:
        """The diagnostics of a check of the files as they are in the editor."""
        with tempfile.TemporaryDirectory() as name:
            copy = Path(name).resolve()
            (copy / "d").mkdir()
            for path in (*self.root.rglob("*.md"), self.root / "newslint.toml"):
                (copy / path.relative_to(self.root)).write_bytes(path.read_bytes())
            for path, text in self.editor.texts.items():
                (copy / path.relative_to(self.root)).write_bytes(text.encode())
            found: Shown = {}
            for each in check(copy).diagnostics:
                (line, _), (end, _) = each.location.span
                uri = (self.root / each.path).as_uri()
                entry = (each.rule, line - 1, end - 1, each.message)
                found.setdefault(uri, []).append(entry)
            return {uri: sorted(each) for uri, each in found.items()}

    def teardown(self) -> None:
        if hasattr(self, "editor"):
            self.loop.run_until_complete(self.session.__aexit__(None, None, None))
            self.loop.close()
            self.folder.cleanup()


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=max(2, settings.default.max_examples // 12), stateful_step_count=8
)
