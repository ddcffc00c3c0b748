"""Diagnostics as JSON, and positions in files that are not open."""

from pathlib import Path

import pytest
from lsprotocol import types
from pygls.protocol import default_converter

from helpers import write
from newslint.execution.progress import no_observer
from newslint.lsp.options import ServerOptions
from newslint.lsp.protocol import create_converter
from newslint.lsp.session import Session

ENTRY = "related:\n- title: One story\n  webUrl: https://a.example/a\n"
UTF8, UTF16, UTF32 = (
    types.PositionEncodingKind.Utf8,
    types.PositionEncodingKind.Utf16,
    types.PositionEncodingKind.Utf32,
)


def test_diagnostics_are_json_of_the_protocol(archive: Path) -> None:
    write(archive, b=f"title: Two stories\nwebUrl: https://a.example/b\n{ENTRY}")
    write(archive, a="title: Caf\u00c3\u00a9\npublished: false\nwebUrl: https://a.example/a\n")
    (archive / "newslint.toml").write_text("selec = []\n")
    session = Session(ServerOptions(use_cache=False), UTF16, no_observer)
    session.open_folder(archive)
    broken = session.diagnostics(archive / "newslint.toml").items
    (archive / "newslint.toml").write_text("")
    session.open_folder(archive)
    items = [one for name in ("a.md", "b.md") for one in session.diagnostics(archive / name).items]
    assert {"relatedInformation", "codeDescription", "data"} <= {
        name for one in items for name in one
    }
    converter = default_converter()
    for one in (*broken, *items):
        message = types.PublishDiagnosticsParams("file:///a.md", [one], 1)
        diagnostic = converter.structure(one, types.Diagnostic)
        assert create_converter().unstructure(message)["diagnostics"] == [one]
        assert converter.unstructure(diagnostic) == one


@pytest.mark.parametrize(("encoding", "extra"), [(UTF8, 3), (UTF16, 1), (UTF32, 0)])
def test_positions_in_related_files_follow_their_text(
    archive: Path, encoding: types.PositionEncodingKind, extra: int
) -> None:
    write(archive, b=f"title: Two stories\nwebUrl: https://a.example/b\n{ENTRY}")
    path = archive / "a.md"
    session = Session(ServerOptions(use_cache=False), encoding, no_observer)
    session.open_folder(archive)
    for title, more in (("\U0001f600", extra), ("One story", 0), ("\U0001f600", extra)):
        line = f"{{title: {title}, published: false, webUrl: 'https://a.example/a'}}"
        path.write_text(f"---\n{line}\n---\n", "utf-8")
        session.change_files([path])
        session.prepare()
        places = [
            each["location"]["range"]["start"]["character"]
            for one in session.diagnostics(archive / "b.md").items
            if one["code"] == "related-unpublished"
            for each in one.get("relatedInformation", ())
        ]
        assert places == [line.index("false") + more]
