"""The addresses of pages on a site, as front matter and links write them."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from newslint.text.lazy_pattern import lazy_pattern

_TEMPLATE = lazy_pattern(r"[{}<>*$\\]|(?:^|/):")
_SCHEME = re.compile(r"\A(?:[a-z][a-z0-9+.-]{0,30}:|//)", re.IGNORECASE)
_INDEX = lazy_pattern(r"(?:^|/)(?:_?index|README)(?:\.\w+)*$", re.IGNORECASE)
_LANGUAGE = lazy_pattern(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_DATE = lazy_pattern(r"\d{4}-\d{1,2}-\d{1,2}-")


def is_absolute(text: str) -> bool:
    """Check if a link names a host or a scheme, such as `https:` or `mailto:`."""
    return _SCHEME.match(text) is not None


def page_address(text: str) -> str:
    """Normalise the address of a page from the root of the site, so that equal pages compare equal.

    `/about/`, `/about` and `/about/index.html` become `/about`.

    Returns:
        The address; empty for templates (`/:year/:title/`), other sites and single words.
    """
    text = text.strip()
    if is_absolute(text) or _TEMPLATE.search(text) or ("/" not in text and "." not in text):
        return ""
    path = unquote(re.split("[?#]", text, maxsplit=1)[0])
    path = _INDEX.sub("", path).strip("/") if path.strip("/") else ""
    return f"/{path}" if path or text[0] == "/" else ""


def language_of(path: str) -> str:
    """Find the language that a path names: `about.fr.md`, `content/fr/about.md`; else empty."""
    *folders, name = path.split("/")
    parts = [*folders, *name.split(".")[1:-1]]
    return " ".join(part for part in parts if _LANGUAGE.fullmatch(part))


def file_date(path: str) -> str:
    """Find the date at the start of a file's name: `2022-09-12-`; empty if there is none."""
    found = _DATE.match(PurePosixPath(path).name)
    return found[0] if found else ""


def page_folder(path: str) -> str:
    """Find the folder that the address of a file's page starts with.

    A file such as `a/b/index.md` is the page of its folder `a/b`, which is in `a`.
    """
    file = PurePosixPath(path)
    is_index = _INDEX.search(file.name) is not None
    return str(file.parent.parent if is_index else file.parent)
