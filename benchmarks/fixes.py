"""Measure fixes of an archive: files, edits, rounds and seconds.

    python benchmarks/fixes.py ARCHIVE [--safe] [--diff FILE]

The archive is copied to a temporary folder first. Exits with 1 if a promise is broken: a second
run would change something, a file could not be fixed, the fixes do not settle, something new of the
severity of a fixed one, or above, is reported, or PyYAML cannot parse a file any more.
"""

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import yaml

from newslint.diagnostics import Report, Safety
from newslint.documents import read_document
from newslint.execution import CheckRequest, check
from newslint.execution.fixing import FixResult, fix_files, write_fixed_files
from newslint.execution.workspace import Workspace
from newslint.syntax import Reader


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--safe", action="store_true", help="apply safe fixes only")
    parser.add_argument("--diff", type=Path, help="where to write what changed")
    options = parser.parse_args()
    safeties = frozenset({Safety.SAFE}) if options.safe else frozenset(Safety)
    with TemporaryDirectory(prefix="newslint-") as name:
        folder = Path(name).resolve() / "archive"
        shutil.copytree(options.archive, folder)
        return measured(folder, safeties, options.diff)


def measured(folder: Path, safeties: frozenset[Safety], diff: Path | None) -> int:
    request = CheckRequest.create([folder], folder)
    before = perf_counter()
    files = len(request.found_files().scope)
    report = check(request).report
    once = perf_counter() - before
    print(f"{files:,} files, {len(report.diagnostics):,} diagnostics, checked in {once:.1f} s")
    before = perf_counter()
    workspace = Workspace(request)
    repairs = write_fixed_files(fix_files(workspace, safeties), workspace)
    tell(repairs, perf_counter() - before)
    if diff:
        diff.write_text("".join(lines(repairs)), "utf-8")
    again = fix_files(Workspace(request), safeties)
    problems = [*broken(report, repairs), *(f"{name}: changes again" for name in again.files)]
    print("\n".join(problems) or "all promises are kept")
    return int(bool(problems))


def broken(before: Report, repairs: FixResult) -> Iterator[str]:
    yield from (f"{name}: {reason}" for name, reason in repairs.failures)
    for name, file in repairs.files.items():
        if is_read(name, file.before) and not is_read(name, file.after):
            yield f"{name}: PyYAML does not read it any more"
    mildest = max((each.severity.rank for each in repairs.fixed), default=-1)
    new = said(repairs.outcome.report, mildest) - said(before, mildest)
    yield from (f"{path}: {number} more of {rule}" for (path, rule), number in new.items())


def said(report: Report, mildest: int) -> Counter[tuple[str, str]]:
    return Counter(
        (each.location.path, each.rule)
        for each in report.diagnostics
        if each.severity.rank <= mildest
    )


def is_read(name: str, content: bytes) -> bool:
    where = read_document(name, content, Reader()).front_matter
    if where is None:
        return False
    try:
        yaml.load(content.decode()[where.start : where.end], yaml.CSafeLoader)
    except yaml.YAMLError:
        return False
    return True


def tell(repairs: FixResult, seconds: float) -> None:
    edits = sum(len(each.fix.edits) for each in repairs.fixed if each.fix)
    print(
        f"{len(repairs.fixed):,} diagnostics fixed by {edits:,} edits in {len(repairs.files):,} "
        f"files; {repairs.rounds} rounds, {seconds:.1f} s, settled: {repairs.settled}"
    )
    for rule, number in Counter(each.rule for each in repairs.fixed).most_common():
        print(f"  {number:8,} {rule}")


def lines(repairs: FixResult) -> Iterator[str]:
    for name, file in repairs.files.items():
        old, new = (text.decode().splitlines(keepends=True) for text in (file.before, file.after))
        yield from unified_diff(old, new, name, name, n=2)


if __name__ == "__main__":
    sys.exit(main())
