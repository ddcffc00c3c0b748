"""The file that a baseline is kept in.

It is text: a line that says what it is, then one for each cause with its tokens, all sorted:

    # newslint-baseline 1: what 'newslint check' lets pass; see 'newslint baseline --help'
    html-entity:5a0c9d1e7b42 0sV-k
    mojibake:91be20c4d7f3 4Qz1b,Jd_9w,xY07e

So whoever compares or merges lines can compare and merge baselines, and 160,000 diagnostics take
about a megabyte.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from newslint.documents import BASELINE_MARK
from newslint.engine.baseline import Baseline
from newslint.rules.api import quote_value

VERSION = "1"
"""Of the file's format."""

_HEAD = f"{BASELINE_MARK}{VERSION}: what 'newslint check' lets pass; see 'newslint baseline --help'"
_VERSIONED = re.compile(re.escape(BASELINE_MARK) + r"([0-9]+)\b")
_LINE = re.compile(r"([^\s#]\S*:[\w.-]+) ([\w-]{5}(?:,[\w-]{5})*)", re.ASCII)
_CONFLICT = re.compile(r"<{7}|\|{7}|={7}|>{7}")


class BaselineError(ValueError):
    """A baseline cannot be used; the message says where, why and what to do."""


def render_baseline(baseline: Baseline) -> Iterator[str]:
    """Yield the lines of the file that holds `baseline`."""
    yield _HEAD + "\n"
    for cause, tokens in sorted(baseline.causes.items()):
        yield f"{cause} {','.join(sorted(tokens))}\n"


def parse_baseline(text: str, name: str) -> Baseline:
    """Return the baseline that the text of a file holds.

    Lines may end as on Windows and stand in any order, and those with one cause are united, as
    merges leave them.

    Args:
        text: Of the file.
        name: What messages call it.

    Raises:
        BaselineError: It is no baseline, of another version, or left amid a merge.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    for number, line in enumerate(lines, start=1):
        if _CONFLICT.match(line):
            raise BaselineError(
                f"{name}:{number}: a merge was left unfinished at {quote_value(line)}: delete the "
                "lines that start with <<<<<<<, |||||||, ======= or >>>>>>>, keep all others, then "
                "run 'newslint baseline prune'"
            )
    _check_head(lines[0], name)
    numbered = enumerate(lines[1:], start=2)
    return Baseline.merge(
        _entry(line, f"{name}:{number}") for number, line in numbered if line not in ("", lines[0])
    )


def _check_head(line: str, name: str) -> None:
    """Hold the first line of a file against the format that can be read."""
    versioned = _VERSIONED.match(line)
    if versioned is None:
        raise BaselineError(
            f"{name}:1: no baseline: the first line is {quote_value(line)}, not "
            f"'{BASELINE_MARK}…'; name another file, or delete "
            "this one and run 'newslint baseline create'"
        )
    if versioned[1] != VERSION:
        raise BaselineError(
            f"{name}:1: its format is of version {quote_value(versioned[1])}, and this newslint "
            f"reads version {VERSION}: use the newslint that wrote it, or delete it and run "
            "'newslint baseline create'"
        )


def _entry(line: str, place: str) -> tuple[str, list[str]]:
    """Return the cause and the tokens of a line at `place`."""
    entry = _LINE.fullmatch(line)
    if entry is None:
        raise BaselineError(
            f"{place}: {quote_value(line)} is not 'rule:cause token,token': restore the line, or "
            "delete it and run 'newslint baseline update'"
        )
    return entry[1], entry[2].split(",")


def read_baseline(path: Path, name: str) -> Baseline:
    """Return the baseline in the file `path`, which messages call `name`.

    Raises:
        FileNotFoundError: There is no such file.
        BaselineError: It cannot be read, or is no baseline that can be used.
    """
    try:
        return parse_baseline(path.read_bytes().decode("utf-8-sig"), name)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BaselineError(f"cannot read the baseline {name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BaselineError(
            f"{name}: no baseline: it is not UTF-8 text; name another file, or delete this one and "
            "run 'newslint baseline create'"
        ) from error
