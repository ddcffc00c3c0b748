"""The cost of a change in an editor: `newslint server` on an archive, as a client sees it.

    python benchmarks/server.py [--records N] [--related N] [--archive FOLDER] [--changes N]

Starts the server as a process, and measures the time until the first diagnostics, as a share of a
`CSafeLoader` parse of the archive, and the peak of memory. The cost of a change is measured in this
process: the processor time between a change and the messages with all diagnostics that it changes.
Linux only: processor time is read from `/proc`.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from statistics import quantiles
from threading import Thread
from typing import Any

from archive import Archive
from lab import Lab, yardstick
from lsprotocol import types

from newslint.execution.progress import no_observer
from newslint.lsp.open_documents import OpenDocument
from newslint.lsp.options import ServerOptions
from newslint.lsp.protocol import create_converter
from newslint.lsp.session import Session

_EDITS = (("quality: ", "quality: 1"), ("title: ", "title: Zz "), ("://www.", "://xwww."))
_QUIET = 0.5
_KEYSTROKES = 100


class Server:
    """A server process, and the messages that it has sent.

    Args:
        folder: The archive.
        cache: The folder of the cache.
    """

    def __init__(self, folder: Path, cache: Path) -> None:
        command = [sys.executable, "-m", "newslint", "server", "--cache-dir", str(cache)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe)  # noqa: S603 # our own
        if self.process.stdin is None or self.process.stdout is None:
            raise AssertionError
        self._stdin, self._stdout = self.process.stdin, self.process.stdout
        self._received: SimpleQueue[dict[str, Any]] = SimpleQueue()
        Thread(target=self._read, daemon=True).start()
        self.started = time.perf_counter()
        self._number = 0
        self._versions: dict[str, int] = {}
        self.request("initialize", {"capabilities": {}, "rootUri": folder.as_uri()})
        self.send({"method": "initialized", "params": {}})

    def send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._stdin.flush()

    def receive(self) -> dict[str, Any]:
        """Wait for the next message."""
        return self._received.get()

    def _read(self) -> None:
        """Read messages until the end, so that the server never waits for its reader."""
        size = 0
        while line := self._stdout.readline():
            name, _, value = line.partition(b":")
            if name == b"Content-Length":
                size = int(value)
            elif not line.strip():
                self._received.put(json.loads(self._stdout.read(size)))

    def request(self, method: str, params: object) -> dict[str, Any]:
        """Send a request, and wait for the answer."""
        self._number += 1
        self.send({"id": self._number, "method": method, "params": params})
        while (found := self.receive()).get("id") != self._number:
            pass
        return found

    def open(self, path: Path, text: str) -> None:
        """Open a document."""
        self._versions[path.as_uri()] = 1
        document = {"uri": path.as_uri(), "languageId": "markdown", "version": 1, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})

    def change(self, path: Path, text: str) -> None:
        """Replace the text of a document."""
        uri = path.as_uri()
        self._versions[uri] += 1
        params = {
            "textDocument": {"uri": uri, "version": self._versions[uri]},
            "contentChanges": [{"text": text}],
        }
        self.send({"method": "textDocument/didChange", "params": params})

    def wait_for(self, path: Path) -> int:
        """Wait for the diagnostics of the current text; count the messages about the file."""
        uri, count = path.as_uri(), 0
        while True:
            params = self.receive().get("params") or {}
            if params.get("uri") == uri:
                count += 1
                if params.get("version") == self._versions[uri]:
                    return count

    @property
    def cpu(self) -> float:
        """Processor time in seconds."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in tasks) / 1e9

    @property
    def peak(self) -> float:
        """Peak memory in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    def rest(self) -> None:
        """Wait until the server has nothing to do."""
        before = -1.0
        while before != (now := round(self.cpu, 3)):
            before = now
            time.sleep(_QUIET)

    def stop(self) -> None:
        """End the session."""
        self.request("shutdown", None)
        self.send({"method": "exit"})
        self.process.wait()


def first_diagnostics(folder: Path, cache: Path) -> tuple[Server, float, float]:
    """Start a server; return it, and the elapsed and the processor time until all is sent."""
    server = Server(folder, cache)
    path = min(folder.glob("*.md"))
    server.open(path, path.read_text("utf-8"))
    server.wait_for(path)
    return server, time.perf_counter() - server.started, server.cpu


def change_costs(folder: Path, cache: Path, number: int) -> Iterator[tuple[float, float]]:
    """Yield the processor time of changes in milliseconds, up to the text of messages.

    Yields:
        The time until the message about the edited document, which is sent first, and until
        those about all files that the change affects.
    """
    session = Session(ServerOptions(cache_dir=cache), types.PositionEncodingKind.Utf16, no_observer)
    session.open_folder(folder)
    session.take_changes(surveys=True)
    session.prepare()
    converter = create_converter()
    paths = sorted(folder.glob("*.md"))
    for position, path in enumerate(random.Random(1).sample(paths, number)):
        document = OpenDocument(path.as_uri(), path, 1, path.read_text("utf-8"))
        text = document.text.replace(*_EDITS[position % len(_EDITS)], 1)
        session.pending[path] = document
        session.apply_pending()
        session.take_changes(surveys=True)
        before = time.process_time()
        session.pending[path] = replace(document, text=text)
        session.apply_pending()
        own, *others = sorted(session.take_changes(surveys=False), key=lambda each: each != path)
        times = []
        for group in ([own], others):
            for each in group:
                json.dumps(converter.unstructure(session.diagnostics(each).items))
            times.append((time.process_time() - before) * 1000)
        yield times[0], times[1]
        session.pending[path] = None


def keystrokes(server: Server, folder: Path) -> Iterator[str]:
    """Yield a line about a hundred changes in one second."""
    path = min(folder.glob("*.md"))
    text = path.read_text("utf-8")
    server.rest()
    for count in range(1, _KEYSTROKES + 1):
        title = f"title: {'x' * count}"
        server.change(path, text.replace("title:", title, 1))
        time.sleep(1 / _KEYSTROKES)
    yield f"{_KEYSTROKES} keystrokes in a second: {server.wait_for(path)} publications"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--related", type=int, default=32)
    parser.add_argument("--changes", type=int, default=60)
    parser.add_argument("--archive", type=Path, help="measure a copy of this archive")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="newslint-server-"))
    try:
        lab = Lab(work, options.records)
        archive = Archive(options.records, options.related)
        folder = lab.copy_of(options.archive) if options.archive else lab.archive(archive)
        parse = yardstick(folder).cpu
        print(f"yardstick {parse:.1f} s", flush=True)
        for title in ("cold", "cached"):
            server, elapsed, cpu = first_diagnostics(folder, work / "cache")
            print(
                f"{title}: first diagnostics after {elapsed:.1f} s, processor time "
                f"{cpu:.1f} s = {cpu / parse:.2f} yardsticks; peak {server.peak:.0f} MiB",
                flush=True,
            )
            if title == "cold":
                server.stop()
        print(*keystrokes(server, folder), sep="\n")
        print(f"peak {server.peak:.0f} MiB", flush=True)
        server.stop()
        costs = [*change_costs(folder, work / "cache", options.changes)]
        for position, title in enumerate(("of the edited document", "of all files")):
            found = quantiles((each[position] for each in costs), n=100)
            print(f"change to diagnostics {title}: p50 {found[49]:.0f} ms, p99 {found[98]:.0f} ms")
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
