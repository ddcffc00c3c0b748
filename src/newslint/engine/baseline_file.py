"""The file format of baselines.

It is text: a header line, then a line for each cause with its tokens, all sorted:

    # newslint-baseline 3.1: what 'newslint check' lets pass; see 'newslint baseline --help'
    html-entity:5a0c9d1e7b42 0sV-k
    mojibake:91be20c4d7f3 4Qz1b,Jd_9w,xY07e

The header contains the version of the fingerprints: of their values, then of the URLs in pointers.
Tools that compare or merge lines can compare and merge baselines. 160,000 diagnostics take about
a megabyte.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from newslint.documents import BASELINE_MARK
from newslint.documents.access import AccessError, read_limited, resolve_named
from newslint.engine.baseline import Baseline, mark_version, parse_version
from newslint.engine.past_identity import IdentityVersion
from newslint.rules.api import quote_value

_MAX_BYTES = 256 * 1024 * 1024
"""The size limit of a file, which has about six bytes for each diagnostic."""

_HEADER = (
    f"{BASELINE_MARK}{IdentityVersion()}: "
    "what 'newslint check' lets pass; see 'newslint baseline --help'"
)
_VERSIONED = re.compile(re.escape(BASELINE_MARK) + r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\b")
_DIGEST = r"[\w-]{5}(?:@[0-9]{1,9}\.[0-9]{1,9})?"
_LINE = re.compile(rf"([^\s#]\S*:[\w.-]+) ({_DIGEST}(?:,{_DIGEST})*)", re.ASCII)
_CONFLICT = re.compile(r"<{7}|\|{7}|={7}|>{7}")


class BaselineError(ValueError):
    """A baseline cannot be used; the message contains the place, the reason and a remedy."""


def render_baseline(baseline: Baseline) -> Iterator[str]:
    """Yield the lines of a baseline's file."""
    yield _HEADER + "\n"
    for cause, tokens in sorted(baseline.causes.items()):
        yield f"{cause} {','.join(sorted(tokens))}\n"


def parse_baseline(text: str, name: str) -> Baseline:
    """Parse the text of a baseline file.

    Lines may have Windows line ends and any order, and a cause may occur on several lines, as it
    does after a merge of two branches.

    Args:
        text: The text of the file.
        name: The name of the file in messages.

    Raises:
        BaselineError: It is no baseline, has another version, or has unresolved merge conflicts.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    for number, line in enumerate(lines, start=1):
        if _CONFLICT.match(line):
            raise BaselineError(
                f"{name}:{number}: a merge was left unfinished at {quote_value(line)}: delete the "
                "lines that start with <<<<<<<, |||||||, ======= or >>>>>>>, keep all others, then "
                "run 'newslint baseline prune'"
            )
    version = _parse_header(lines[0], name)
    numbered = enumerate(lines[1:], start=2)
    return Baseline.merge(
        _parse_line(line, version, f"{name}:{number}")
        for number, line in numbered
        if line not in ("", lines[0])
    )


def _parse_header(line: str, name: str) -> IdentityVersion:
    """Parse the version in the header line.

    Raises:
        BaselineError: It is no baseline, or has another version.
    """
    versioned = _VERSIONED.match(line)
    if versioned is None:
        raise BaselineError(
            f"{name}:1: no baseline: the first line is {quote_value(line)}, not "
            f"'{BASELINE_MARK}…'; name another file, or delete "
            "this one and run 'newslint baseline create'"
        )
    version = parse_version(versioned[1])
    if not version.is_known:
        raise BaselineError(
            f"{name}:1: its format is of version {quote_value(versioned[1])}, and this newslint "
            f"reads versions up to {IdentityVersion()}: use the newslint that wrote it, or delete "
            "it and run 'newslint baseline create'"
        )
    return version


def _parse_line(line: str, version: IdentityVersion, place: str) -> tuple[str, list[str]]:
    """Parse a line to its cause and tokens.

    Args:
        line: The line.
        version: The version of tokens that have none of their own.
        place: The place for the message.

    Raises:
        BaselineError: It is no such line.
    """
    match = _LINE.fullmatch(line)
    if match is None:
        raise BaselineError(
            f"{place}: {quote_value(line)} is not 'rule:cause token,token': restore the line, or "
            "delete it and run 'newslint baseline update'"
        )
    return match[1], [_parse_token(token, version) for token in match[2].split(",")]


def _parse_token(token: str, version: IdentityVersion) -> str:
    """Add the version of the file to a token of an earlier one, unless the token has its own."""
    return token if "@" in token else mark_version(token, version)


def read_baseline(path: Path, name: str) -> Baseline:
    """Read a baseline file, which messages call `name`.

    Raises:
        FileNotFoundError: There is no such file.
        BaselineError: It cannot be read or parsed.
    """
    try:
        data = read_limited(resolve_named(path), _MAX_BYTES)
        return parse_baseline(data.decode("utf-8-sig"), name)
    except AccessError as error:
        raise BaselineError(f"cannot read the baseline {name}: {error}") from error
    except UnicodeDecodeError as error:
        raise BaselineError(
            f"{name}: no baseline: it is not UTF-8 text; name another file, or delete this one and "
            "run 'newslint baseline create'"
        ) from error
