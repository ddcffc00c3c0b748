"""The cost of one changed record: in a workspace, on the command line, and in three hooks.

    python benchmarks/workspace.py [--records N] [--related N] [--archive FOLDER]

Prints processor time, as a share of a `CSafeLoader` parse of the archive where a whole process is
measured. An update of a workspace includes reading, judging and the diagnostics of changed files.
"""

import argparse
import random
import resource
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from archive import Archive
from lab import Lab, say, yardstick
from measuring import measured

from newslint.execution import CheckRequest
from newslint.execution.memory import keep_results
from newslint.execution.workspace import Workspace

_SURVEY = "headline-excerpt-mismatch"
_HOOKS = (("--force-exclude", "{}"), ("--fix-only", "--force-exclude", "{}"), (".",))
_EDITS = ((b"quality: ", b"quality: 1"), (b"title: ", b"title: Zz "), (b"://www.", b"://xwww."))


def updates(folder: Path, number: int, ignore: Sequence[str]) -> Iterator[str]:
    """Yield lines about a workspace of an archive and updates of some of its files."""
    before = process_time()
    workspace = Workspace(CheckRequest.create([folder], folder, ignore=ignore))
    token, changed = workspace.changed_since(0)
    for each in sorted(changed):
        workspace.diagnostics(each)
    keep_results()  # as the server does
    yield f"  filled in {process_time() - before:.1f} s"
    names = sorted(path.name for path in folder.glob("*.md"))
    costs: list[float] = []
    for position, name in enumerate(random.Random(1).sample(names, number)):
        content = (folder / name).read_bytes().replace(*_EDITS[position % len(_EDITS)], 1)
        before = process_time()
        workspace.update(name, content)
        token, changed = workspace.changed_since(token)
        for each in changed:
            workspace.diagnostics(each)
        costs.append(process_time() - before)
    last = quantiles(costs, n=100)[-1]
    yield f"  update: median {median(costs) * 1000:.0f} ms, p99 {last * 1000:.0f} ms"
    yield f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def commands(lab: Lab, folder: Path, rounds: int) -> Iterator[str]:
    """Yield lines about commands on an archive of which one file has changed, with a warm cache."""
    name = min(path.name for path in folder.glob("*.md"))
    path, text = folder / name, (folder / name).read_text("utf-8")
    with tempfile.TemporaryDirectory() as cache:
        options = ("--cache-dir", cache, "--output", "/dev/null")
        lab.check(folder, cache=Path(cache))
        parses: list[float] = []
        single: list[float] = []
        hooks: list[float] = []
        for position in range(rounds):
            parses.append(parse := yardstick(folder).cpu)
            costs = []
            path.write_text(f"{text}\nChange {position}.\n", "utf-8")
            for hook in _HOOKS:
                arguments = [each.format(name) for each in hook]
                command = [*lab.newslint, "check", *options, *arguments]
                costs.append(measured(command, folder).cpu)
            single.append(costs[0] / parse)
            hooks.append(sum(costs) / parse)
        path.write_text(text, "utf-8")
    yield f"yardstick {median(parses):.1f} s"
    yield f"newslint check FILE: {median(single):.3f} of it"
    yield f"three hooks of one commit: {median(hooks):.3f} of it"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--related", type=int, default=32)
    parser.add_argument("--updates", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--archive", type=Path, help="measure a copy of this archive")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="newslint-workspace-"))
    try:
        lab = Lab(work, options.records)
        if options.archive:
            folder = lab.copy_of(options.archive)
        else:
            folder = lab.archive(Archive(options.records, options.related))
        for line in commands(lab, folder, options.rounds):
            print(line, flush=True)
        for title, ignore in (("keyed rules", [_SURVEY]), ("all rules", [])):
            say(title)
            print(f"workspace, {title}:")
            for line in updates(folder, options.updates, ignore):
                print(line, flush=True)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
