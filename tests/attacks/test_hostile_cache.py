"""Attacks through the cache: its file, links in its place, and output that is printed again."""

import os
import sqlite3
import stat
import zlib
from pathlib import Path

import pytest
from msgspec import msgpack

from helpers import write
from newslint.cli.app import run
from newslint.cli.output_cache import CachedOutput
from newslint.execution import stat_fingerprint
from newslint.rules.example_records import NEWS_RECORD

PRIVATE = "a private file\n"


@pytest.fixture
def cache(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Use an existing folder for the cache; the archive, with a record, is the current folder."""
    folder = archive.parent / "cache"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    monkeypatch.chdir(archive)
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(folder))
    monkeypatch.setattr(stat_fingerprint, "_RACY", -(10**12))  # new files count as old
    write(archive, a=NEWS_RECORD)
    return folder


def cache_file(cache: Path) -> Path:
    (file,) = cache.glob("newslint-*.sqlite")
    return file


def test_the_file_is_private_in_any_folder(
    cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(0)
    try:
        assert run(["check"]) == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE(cache_file(cache).stat().st_mode) == 0o600
    cache_file(cache).chmod(0o666)
    assert run(["check"]) == 0
    assert stat.S_IMODE(cache_file(cache).stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["file", "dangling", "database", "journal"])
def test_a_link_in_its_place_is_not_followed(
    kind: str, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check"]) == 0
    file = cache_file(cache)
    private = cache.parent / "private"
    if kind == "database":
        file.rename(private)
    elif kind != "dangling":
        private.write_text(PRIVATE)
    before = private.read_bytes() if private.exists() else None
    link = Path(f"{file}-journal") if kind == "journal" else file
    link.unlink(missing_ok=True)
    link.symlink_to(private)
    write(cache.parent / "archive", b=NEWS_RECORD.replace("pytorch", "b"))
    for _ in range(2):
        assert run(["check", "--exit-zero"]) == 0
        assert "is no regular file" in capsys.readouterr().err
    assert (private.read_bytes() if private.exists() else None) == before
    assert link.is_symlink()


def test_a_file_of_another_user_is_not_opened(
    cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can create files of other users")
    assert run(["check"]) == 0
    os.chown(cache_file(cache), 4711, 4711)
    assert run(["check"]) == 0
    assert "belongs to another user" in capsys.readouterr().err


def replace_output(cache: Path, output: bytes) -> None:
    """Store an output in place of the one that a run has stored."""
    with sqlite3.connect(cache_file(cache)) as base:
        changed = base.execute(
            "UPDATE answer SET body = ?", (zlib.crc32(output).to_bytes(4, "big") + output,)
        )
        assert changed.rowcount == 1
    base.close()


def text(content: str) -> bytes:
    return zlib.compress(content.encode("utf-8", "surrogatepass"))


FORGED = {
    "title of the terminal": CachedOutput(0, [(0, text("\x1b]0;FORGED\x07"))], [b""]),
    "link to a file": CachedOutput(
        0, [(0, text("\x1b]8;;file:///bin/sh\x1b\\FORGED\x1b]8;;\x1b\\\n"))], [b""]
    ),
    "link without an end": CachedOutput(
        0, [(0, text("\x1b]8;;https://example.org\x1b\\FORGED\n"))], [b""]
    ),
    "cursor": CachedOutput(0, [(0, text("\x1b[2JFORGED\n"))], [b""]),
    "bell": CachedOutput(0, [(1, text("FORGED\x07"))], [b""]),
    "direction": CachedOutput(0, [(0, text("FORGED \u202e\n"))], [b""]),
    "split sequence": CachedOutput(
        0, [(0, text("FORGED" * 10 + "\x1b[31mx\x1b")), (0, text("c"))], []
    ),
    "status 2": CachedOutput(2, [(0, text("FORGED\n"))], [b""]),
    "status 256": CachedOutput(256, [(0, text("FORGED\n"))], [b""]),
    "negative status": CachedOutput(-1, [(0, text("FORGED\n"))], [b""]),
    "unknown stream": CachedOutput(0, [(3, text("FORGED\n"))], [b""]),
    "negative stream": CachedOutput(0, [(-1, text("FORGED\n"))], [b""]),
    "not compressed": CachedOutput(0, [(0, b"FORGED")], [b""]),
    "not UTF-8": CachedOutput(0, [(0, zlib.compress(b"FORGED\xff"))], [b""]),
}


def too_large() -> CachedOutput:
    """Compress 280 MB."""
    return CachedOutput(0, [(0, zlib.compress(b"FORGED\n" * 40_000_000, 1))], [b""])


@pytest.mark.parametrize("kind", [*FORGED, "too large"])
def test_forged_output_is_not_printed(
    kind: str, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check"]) == 0
    expected = capsys.readouterr()
    replace_output(cache, msgpack.encode(FORGED.get(kind) or too_large()))
    assert run(["check"]) == 0
    assert capsys.readouterr() == expected


@pytest.mark.parametrize("output", [b"", b"\xff", b"FORGED", msgpack.encode([0, "FORGED"])])
def test_damaged_output_is_not_printed(
    output: bytes, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check"]) == 0
    expected = capsys.readouterr()
    replace_output(cache, output)
    assert run(["check"]) == 0
    assert capsys.readouterr() == expected


def test_output_with_styles_is_printed_again(
    cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--color", "always"]) == 0
    capsys.readouterr()
    replace_output(
        cache, msgpack.encode(CachedOutput(1, [(0, text("\x1b[1;31mkept\x1b[0m\n"))], [b""]))
    )
    assert run(["check", "--color", "always"]) == 1
    assert capsys.readouterr().out == "\x1b[1;31mkept\x1b[0m\n"


def test_the_cache_is_never_in_the_current_folder(
    cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NEWSLINT_CACHE_DIR")
    monkeypatch.setenv("HOME", str(cache))
    for folder in ("relative", ""):
        monkeypatch.setenv("XDG_CACHE_HOME", folder)
        before = sorted(Path().rglob("*"))
        assert run(["check"]) == 0
        assert sorted(Path().rglob("*")) == before
