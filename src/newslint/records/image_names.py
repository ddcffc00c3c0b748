"""Names of images: which are called like the default picture of a site."""

import re
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from newslint.text.lazy_pattern import lazy_pattern

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MIN_NAME = 5
_MAX_TOP_LEVEL = 4
_MAX_HASH_PART = 2
_SUFFIX = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|ico)\Z", re.IGNORECASE)

_DEFAULT_WORDS = frozenset(("placeholder", "default", "favicon", "splash", "fallback"))
"""Words that name a default picture if the other words are generic or the name of the site."""

_DEFAULT_PAIRS = frozenset((("og", "image"), ("no", "image"), ("social", "share")))
_DEFAULT_PATHS = ("/tncms/custom/image/", "/pr_sections/")
_RELEASES = lazy_pattern("newswire|businesswire|accesswire|prweb")
"""Domains of agencies, whose images show the logo of the company that a release is about."""

_ASSET_FOLDERS = frozenset(("themes", "templates", "static", "statics", "template-images", "ui"))
_GENERIC = frozenset(
    """
    logo logos image images img social share sharing og fb facebook twitter card site header brand
    big small large mobile alt new icon white black square cropped crop copy dark light color
    promo lazy the en x px w h
    """.split()  # noqa: SIM905 # a list of words reads better
)


def file_name(url: str) -> str:
    """Extract the name of the file from the URL of an image."""
    return _path(url).rstrip("/").rpartition("/")[2]


def _path(url: str) -> str:
    """Extract the path of a URL, decoded; empty if it cannot be parsed."""
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""


@lru_cache(maxsize=16384)
def is_default_picture(url: str, domain: str) -> bool:
    """Check whether an image is called like the default picture or the logo of its site.

    A logo of another company, a video's `hqdefault.jpg` and folders called `default` are not.

    Args:
        url: The URL of the image.
        domain: The domain of the provider; empty if unknown.
    """
    path = _path(url)
    if any(each in path for each in _DEFAULT_PATHS):
        return True
    folders, _, name = path.rstrip("/").rpartition("/")
    stem = _SUFFIX.sub("", name)
    words = [word.lower() for word in _WORD.findall(stem)]
    if stem == name or not words:  # no image file, such as a crop called `social`
        return False
    label = "".join(filter(str.isalnum, domain.lower().removeprefix("www.")))
    return (
        _is_name_of_site(words, label)
        or not _DEFAULT_PAIRS.isdisjoint(pairwise(words))
        or _is_generic(words, label, folders)
    )


def _is_generic(words: list[str], label: str, folders: str) -> bool:
    """Check whether words describe a default picture or a logo, but no subject or other company."""
    others = {word for word in words if not (word in _GENERIC or word.isdecimal() or word in label)}
    if not _DEFAULT_WORDS.isdisjoint(words):
        long = {word for word in others if len(word) > _MAX_HASH_PART}
        return long <= _DEFAULT_WORDS or words[0] in _DEFAULT_WORDS
    if ("logo" not in words and "logos" not in folders) or _RELEASES.search(label):
        return False
    return not others or not _ASSET_FOLDERS.isdisjoint(folders.lower().split("/"))


def _is_name_of_site(words: list[str], label: str) -> bool:
    """Check whether words are the name of a site, perhaps with a size."""
    name = "".join(word for word in words if not word.isdecimal() and word != "x")
    is_long = len(name) >= _MIN_NAME
    return is_long and label.startswith(name) and len(label) - len(name) <= _MAX_TOP_LEVEL
