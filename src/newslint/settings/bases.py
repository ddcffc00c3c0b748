"""Settings that others can extend: presets of newslint, and files of installed packages."""

import importlib.util
import re
from pathlib import Path
from typing import NamedTuple

from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.similarity import closest

PRESETS = Path(__file__).parent / "presets"
"""The folder of presets."""

_OWN = "newslint"
_URL = lazy_pattern(r"[a-z][a-z+.-]+://", re.IGNORECASE)
_REFERENCE = lazy_pattern(r"([A-Za-z_]\w+):([^/\\:][^\\:]*)", re.ASCII)


def suggest_preset(reference: str) -> str:
    """Suggest a preset for the path of a file that does not exist; empty if none is similar."""
    near = closest(reference.lower(), list_presets())
    return f"; did you mean '{_OWN}:{near}'?" if near else ""


class Base(NamedTuple):
    """A settings file in a package.

    Attributes:
        path: The file.
        folder: The folder that it must be in.
    """

    path: Path
    folder: Path


class BaseError(ValueError):
    """A reference to settings that cannot be used; the message contains the reason."""


def list_presets() -> list[str]:
    """List the names of the presets."""
    return sorted(path.stem for path in PRESETS.glob("*.toml"))


def find_base(reference: str) -> Base | None:
    """Find the file of a preset (`newslint:jekyll`), or of a package (`acme_news:house.toml`).

    Args:
        reference: The value of the setting `extends`.

    Returns:
        None if it is the path of a file.

    Raises:
        BaseError: It is a URL, or the preset or package does not exist.
    """
    if _URL.match(reference):
        raise BaseError(
            "settings are never read from the network: copy the file into the project, or extend "
            "a preset such as 'newslint:jekyll'"
        )
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    package, name = match.groups()
    if package == _OWN:
        return _find_preset(name)
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not folders:
        raise BaseError(f"there is no installed package '{package}'")
    return Base(Path(folders[0]) / name, Path(folders[0]))


def _find_preset(name: str) -> Base:
    """Find the file of a preset.

    Raises:
        BaseError: There is no such preset.
    """
    presets = list_presets()
    if name not in presets:
        near = closest(name, presets)
        hint = f"did you mean '{_OWN}:{near}'?" if near else f"there are {', '.join(presets)}"
        raise BaseError(f"there is no preset '{_OWN}:{name}'; {hint}")
    return Base(PRESETS / f"{name}.toml", PRESETS)
