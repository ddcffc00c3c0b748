"""The close stage of a project: all diagnostics, of which few may be in memory."""

import os
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.diagnostics.mapped_sequence import ComputingTuple
from newslint.engine.close import FileReport
from newslint.execution.check_request import CheckRequest
from newslint.execution.files import FoundFiles
from newslint.execution.known_files import KnownFiles
from newslint.execution.report_closer import ReportCloser
from newslint.execution.report_memo import ReportMemo
from newslint.execution.rows import distinguish_rows

MANY_MENTIONS = 20_000
"""Mentions in an archive from which on its diagnostics are not kept, if few are needed."""


class ClosedFiles(NamedTuple):
    """The diagnostics of files.

    Attributes:
        reports: The parts of files; of those that are not kept, only their other values.
        diagnostics: All diagnostics, in the order of the report.
    """

    reports: Sequence[FileReport]
    diagnostics: Sequence[Diagnostic]


def close_files(
    closer: ReportCloser,
    known: KnownFiles,
    found: FoundFiles,
    request: CheckRequest,
    memo: ReportMemo | None,
) -> ClosedFiles:
    """Put the diagnostics of all files together.

    Args:
        closer: Puts those of one file together.
        known: The files and their records.
        found: The files, as they were found.
        request: The request, whose reports need few diagnostics or all.
        memo: The index of the last report; None if it is of no use.
    """
    if memo is not None:
        reports = closer.close_new(memo)
        return ClosedFiles(reports, memo.finish(_join(reports), closer.read))
    if request.shows_few and request.diff is None and not found.rows and hasattr(os, "pwrite"):
        mentions = {
            name: sum(len(each.digests) for each in known.results[name].records)
            for name in sorted(known.tasks)
        }
        if sum(mentions.values()) >= MANY_MENTIONS:
            from newslint.execution.closing_blocks import close_in_blocks

            return ClosedFiles(*close_in_blocks(closer, mentions, request))
    reports = closer.close_all()
    if found.rows:
        reports = distinguish_rows(reports)
    return ClosedFiles(reports, _join(reports))


def _join(reports: Iterable[FileReport]) -> ComputingTuple[Diagnostic]:
    """Join the diagnostics of files."""
    return ComputingTuple(chain.from_iterable(each.diagnostics for each in reports))
