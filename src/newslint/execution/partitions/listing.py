"""The documents of a run: files, and rows of containers, listed on disk in the order of names."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newslint.documents.rows import RowSource, is_container, row_order
from newslint.engine.checks import FileRules
from newslint.execution.check_request import CheckRequest
from newslint.execution.codec import decode_text, encode_text
from newslint.execution.files import FoundFiles, UsageError
from newslint.execution.mapping import MapTask
from newslint.execution.partitions.spill import Spill
from newslint.execution.row_table import RowTable
from newslint.execution.rows import list_rows
from newslint.execution.rulesets import RulesetResolver
from newslint.rules.api import CorpusRule, Rule


class ListedTask(NamedTuple):
    """A document to map.

    Attributes:
        number: Its number in the table `task`.
        task: The document and its rules.
        row: The place of its text; None if it is a file.
    """

    number: int
    task: MapTask
    row: RowSource | None


def list_documents(found: FoundFiles, request: CheckRequest, spill: Spill) -> RowTable:
    """Write the documents of a run to the table `task`.

    Returns:
        The holder of copies of the rows of tables, which exist as long as it does.
    """
    table = RowTable()
    for name, path in found.corpus.items():
        is_full = name in found.scope
        if not is_container(name):
            _add(spill, name, path, is_full=is_full)
            continue
        names: set[str] = set()
        for suffix, row in list_rows(name, path, request, table, names):
            _add(spill, name + suffix, path.with_name(path.name + suffix), row, is_full=is_full)
    return table


def read_tasks(spill: Spill, resolver: RulesetResolver) -> Iterator[ListedTask]:
    """Yield the documents in the order of their names.

    Raises:
        UsageError: No rule applies to any of them, or one needs all records at once.
    """
    selected = is_ruled = False
    allowed: dict[int, FileRules] = {}
    for number, name, path, is_full, *row in spill.rows("SELECT * FROM task ORDER BY name"):
        text = decode_text(name)
        rules = resolver.resolve(text)
        if rules is None:
            continue
        selected = True
        if is_full and id(rules) not in allowed:
            _refuse_corpus_rules(rules.between_records.values())
            allowed[id(rules)] = rules
        is_ruled = is_ruled or bool(is_full and rules.ruleset.rules)
        task = MapTask(text, Path(os.fsdecode(path)), rules, bool(is_full))
        yield ListedTask(number, task, _read_row(row))
    if selected and not is_ruled:
        raise UsageError(resolver.explain_nothing())


def _refuse_corpus_rules(rules: Iterable[Rule]) -> None:
    """Refuse rules that need all records at once.

    Raises:
        UsageError: There are some.
    """
    names = sorted(rule.id for rule in rules if isinstance(rule, CorpusRule))
    if names:
        raise UsageError(
            f"--memory cannot run {', '.join(names)}, which needs the whole archive in memory: "
            f"add --ignore {','.join(names)}, or run without --memory"
        )


def find_row(spill: Spill, name: str) -> RowSource | None:
    """Find the place of the text of a row by its name; None for files."""
    row = spill.first(
        "SELECT file, start, stop, line, reason FROM task WHERE name = ?", encode_text(name)
    )
    return None if row is None else _read_row(row)


def _add(
    spill: Spill, name: str, path: Path, row: RowSource | None = None, *, is_full: bool
) -> None:
    """Write a document to the table."""
    found: tuple[object, ...] = (None, 0, 0, 0, None)
    if row is not None:
        content = row.content
        reason = encode_text(content) if isinstance(content, str) else content and b"\0" + content
        found = os.fsencode(row.file), row.start, row.end, row.line, reason
    spill.insert("task", None, encode_text(name), os.fsencode(path), is_full, *found)


def _read_row(row: "list[object] | tuple[object, ...]") -> RowSource | None:
    """Read the place of a row from its columns; None if there is none."""
    file, start, end, line, reason = row
    if not isinstance(file, bytes):
        return None
    content = None
    if isinstance(reason, bytes):
        content = reason[1:] if reason.startswith(b"\0") else decode_text(reason)
    return RowSource(
        Path(os.fsdecode(file)), int(str(start)), int(str(end)), int(str(line)), content
    )


def sort_columns(name: str) -> tuple[bytes, int, bytes]:
    """Compute the columns that sort a document in the report, as `row_order` does."""
    container, number, row = row_order(name)
    return encode_text(container), number, encode_text(row)
