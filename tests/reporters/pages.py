"""Takes HTML reports apart."""

import base64
import json
import re
import zlib
from typing import Any, NamedTuple

from lxml import html

_DATA = re.compile(r'(<script type="application/octet-stream" id="data">)([^<]*)(</script>)')
_OWN = re.compile(r'(<style>|<script type="module">).*?(</style>|</script>)', re.DOTALL)
_DIGEST = re.compile(r"sha256-[^&']*")


class Page(NamedTuple):
    """An HTML report.

    Attributes:
        tree: Its elements.
        head: What its data says of rules and paths.
        causes: What its data says of each cause.
    """

    tree: html.HtmlElement
    head: dict[str, Any]
    causes: list[list[Any]]


def data_of(text: str) -> str:
    """Return what the data in a page is when it is unpacked."""
    found = _DATA.search(text)
    assert found
    return zlib.decompress(base64.b64decode(found[2])).decode()


def page_of(text: str) -> Page:
    """Return a page, taken apart."""
    head, *causes = map(json.loads, data_of(text).split("\n"))
    return Page(html.fromstring(text), head, causes)


def readable(text: str) -> str:
    """Return a page without what is ours and the same in all, and its data unpacked."""
    data = data_of(text)
    text = _DATA.sub(lambda match: f"{match[1]}\n{data}\n{match[3]}", text)
    return _DIGEST.sub("sha256-…", _OWN.sub(r"\1…\2", text))
