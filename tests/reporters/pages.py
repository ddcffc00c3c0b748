"""Parse HTML reports."""

import base64
import json
import re
import zlib
from typing import Any, NamedTuple

from lxml import html

_DATA = re.compile(r'(<script type="application/octet-stream" id="data">)([^<]*)(</script>)')
_OWN = re.compile(r'(<style>|<script type="module">).*?(</style>|</script>)', re.DOTALL)
_DIGEST = re.compile(r"sha256-[^&']*")


class ParsedPage(NamedTuple):
    """An HTML report.

    Attributes:
        tree: The elements.
        head: The rules and paths in its data.
        causes: The causes in its data.
    """

    tree: html.HtmlElement
    head: dict[str, Any]
    causes: list[list[Any]]


def decode_data(text: str) -> str:
    """Decode the data of a page."""
    found = _DATA.search(text)
    assert found
    return zlib.decompress(base64.b64decode(found[2])).decode()


def parse_page(text: str) -> ParsedPage:
    """Parse a page."""
    head, *causes = map(json.loads, decode_data(text).split("\n"))
    return ParsedPage(html.fromstring(text), head, causes)


def normalise_page(text: str) -> str:
    """Replace scripts, styles and digests in a page, and decode its data."""
    data = decode_data(text)
    text = _DATA.sub(lambda match: f"{match[1]}\n{data}\n{match[3]}", text)
    return _DIGEST.sub("sha256-…", _OWN.sub(r"\1…\2", text))
