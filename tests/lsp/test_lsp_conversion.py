"""Diagnostics as JSON, and positions in files that are not open."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pygls.protocol import default_converter

from helpers import write
from newslint.execution.progress import no_observer
from newslint.lsp.options import ServerOptions
from newslint.lsp.protocol import create_converter
from newslint.lsp.session import Session

UTF8, UTF16, UTF32 = (
    types.PositionEncodingKind.Utf8,
    types.PositionEncodingKind.Utf16,
    types.PositionEncodingKind.Utf32,
)
POSITIONS = st.builds(types.Position, st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
RANGES = st.builds(types.Range, POSITIONS, POSITIONS)
RELATED = st.builds(
    types.DiagnosticRelatedInformation, st.builds(types.Location, st.text(), RANGES), st.text()
)
DIAGNOSTICS = st.builds(
    types.Diagnostic,
    range=RANGES,
    message=st.text(),
    severity=st.none() | st.sampled_from(types.DiagnosticSeverity),
    code=st.none() | st.text(),
    code_description=st.none() | st.builds(types.CodeDescription, st.text()),
    source=st.none() | st.text(),
    related_information=st.none() | st.lists(RELATED, max_size=2),
    data=st.none() | st.fixed_dictionaries({"fingerprint": st.text()}),
)
SLOW, FAST = default_converter(), create_converter()


@given(st.lists(DIAGNOSTICS, max_size=2))
def test_diagnostics_become_the_json_of_the_protocol(items: list[types.Diagnostic]) -> None:
    message = types.PublishDiagnosticsParams("file:///a.md", items, 1)
    assert FAST.unstructure(message) == SLOW.unstructure(message)


@pytest.mark.parametrize(("encoding", "extra"), [(UTF8, 3), (UTF16, 1), (UTF32, 0)])
def test_positions_in_related_files_follow_their_text(
    archive: Path, encoding: types.PositionEncodingKind, extra: int
) -> None:
    entry = "related:\n- title: One story\n  webUrl: https://a.example/a\n"
    write(archive, b=f"title: Two stories\nwebUrl: https://a.example/b\n{entry}")
    path = archive / "a.md"
    session = Session(ServerOptions(use_cache=False), encoding, no_observer)
    session.open_folder(archive)
    for title, more in (("\U0001f600", extra), ("One story", 0), ("\U0001f600", extra)):
        line = f"{{title: {title}, published: false, webUrl: 'https://a.example/a'}}"
        path.write_text(f"---\n{line}\n---\n", "utf-8")
        session.change_files([path])
        session.prepare()
        places = [
            each.location.range.start.character
            for one in session.diagnostics(archive / "b.md").items
            if one.code == "related-unpublished"
            for each in one.related_information or ()
        ]
        assert places == [line.index("false") + more]
