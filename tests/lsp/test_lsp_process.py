"""The command `newslint server` as a process."""

import subprocess
import sys
from pathlib import Path

import pytest
from editor import abilities
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from helpers import write
from newslint.cli.app import run
from processes import environment

COMMAND = (sys.executable, "-m", "newslint", "server", "--stdio", "--no-cache")
A = "title: Caf\u00c3\u00a9\nwebUrl: https://a.example/a\n"
PLUGIN = '"""Rules, and noise."""\n\nprint("noise")\nRULES = ()\n'


async def start(folder: Path) -> LanguageClient:
    client = LanguageClient(converter_factory=default_converter)
    register_lsp_features(
        client,
        {**DEFAULT_CLIENT_FEATURES, types.CLIENT_REGISTER_CAPABILITY: lambda _params: None},
    )
    await client.start_io(*COMMAND, env=environment())
    await client.initialize_session(
        types.InitializeParams(
            abilities(pulls=True),
            workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
        )
    )
    return client


async def end(client: LanguageClient) -> int | None:
    """End a session as an editor does, and return the exit status."""
    await client.shutdown_session()
    server = client._server  # noqa: SLF001 # what pytest-lsp waits for
    status = None if server is None else server.returncode
    await client.stop()
    return status


async def test_a_session_in_which_a_plugin_prints(archive: Path) -> None:
    write(archive, a=A)
    (archive / "house.py").write_text(PLUGIN)
    with (archive / "newslint.toml").open("a") as file:
        file.write('plugins = ["./house.py"]\n')
    client = await start(archive)
    found = await client.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(types.TextDocumentIdentifier((archive / "a.md").as_uri()))
    )
    assert [each.code for each in found.items] == ["mojibake"]  # type: ignore[union-attr]
    assert await end(client) == 0


async def test_a_shutdown_while_files_are_read(archive: Path) -> None:
    write(archive, **{f"n{number}": A.replace("/a", f"/{number}") for number in range(300)})
    assert await end(await start(archive)) == 0


@pytest.mark.parametrize("text", [b"", b"title: x\n\nno message\n"])
def test_input_that_starts_no_session_ends_the_server(archive: Path, text: bytes) -> None:
    ended = subprocess.run(
        COMMAND, cwd=archive, env=environment(), input=text, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert b"stdin ended without a message of the Language Server Protocol" in ended.stderr


@pytest.mark.parametrize("missing", ["pygls", "lsprotocol"])
def test_the_extra_is_named_if_it_is_missing(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [each for each in sys.modules if each.startswith(("newslint.lsp", missing))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    assert run(["server"]) == 2
    assert "pip install pygls lsprotocol" in capsys.readouterr().err
