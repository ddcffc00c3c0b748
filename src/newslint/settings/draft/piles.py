"""Which files of a site are records of one kind."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from newslint.documents.document import YAML_SUFFIXES
from newslint.settings.draft.holding import Holding, State
from newslint.settings.draft.site import DATA, RESERVED, Site

_ABOUT = re.compile(
    r"(?:readme|changelog|changes|history|licen[cs]e|contributing|code_of_conduct|security|authors"
    r"|notice|todo)(?:\.[\w-]+)*$",
    re.IGNORECASE,
)
"""Files that speak about a folder."""
_DATED = re.compile(r"[\d._-]+")
_FEWEST = 2
_FEWEST_DATA = 5
"""YAML files of a site may be anything; so many with the same fields are records."""
_ALIKE = 0.8
"""So much of the usual fields must be common to two kinds for them to be one."""
_MOST_KINDS = 12
"""A folder with more kinds than that below is left as it is: what varies so is no collection."""
_SHARED = 0.9
_SPECIAL = re.compile(r"([\\*?\[\]!# ])")


class Pile(NamedTuple):
    """Files that hold records of one kind.

    Attributes:
        name: What the collection may be called.
        paths: Patterns of its files, as in `.gitignore`.
        holdings: Those of its files that are no mere notes about the folder.
    """

    name: str
    paths: tuple[str, ...]
    holdings: tuple[Holding, ...]

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records that are mappings."""
        return [each for held in self.holdings for each in held.records if isinstance(each, dict)]


class Sorted(NamedTuple):
    """What became of the files of a site.

    Attributes:
        piles: Records, by kind.
        left_out: Folders whose files seem to be no records, each with the reason.
    """

    piles: tuple[Pile, ...]
    left_out: tuple[tuple[str, str], ...]


class _Folder:
    """A folder and its documents."""

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.own: list[Holding] = []
        self.about: list[str] = []
        self.inner: dict[str, _Folder] = {}

    def add(self, parts: Sequence[str], held: Holding, about: bool) -> None:  # noqa: FBT001 # inside
        """Add a document that lies below, given the names of the folders on the way to it."""
        if parts:
            name = parts[0]
            path = f"{self.path}/{name}" if self.path else name
            self.inner.setdefault(name, _Folder(path)).add(parts[1:], held, about)
        elif about:
            self.about.append(PurePosixPath(held.path).name)
        else:
            self.own.append(held)

    def all(self) -> Iterator[Holding]:
        """Yield all documents below."""
        yield from self.own
        for folder in self.inner.values():
            yield from folder.all()

    @property
    def is_bundle(self) -> bool:
        """Whether it is one article with what belongs to it."""
        index = any(PurePosixPath(held.path).stem == "index" for held in self.own)
        return index or len(list(self.all())) < _FEWEST

    def notes(self) -> set[str]:
        """Return the names of files below that speak about a folder."""
        return {*self.about, *(name for each in self.inner.values() for name in each.notes())}


def sort_files(holdings: Iterable[Holding], site: Site, top: str) -> Sorted:
    """Return which files are records of one kind.

    Each folder of the site is a kind; one whose sub-folders hold records that are not alike is as
    many kinds. No file is in two piles.

    Args:
        holdings: What the files of the site hold, in the order of their names.
        site: What is known of it.
        top: Name of the top folder.
    """
    tree = _Folder()
    for held in holdings:
        *parents, name = held.path.split("/")
        if not RESERVED.intersection(parents) and held.path.isprintable():
            about = name in site.sections
            about = about or (held.state is not State.READ and bool(_ABOUT.match(name)))
            tree.add(parents, held, about)
    found = [pile for folder in _units(tree, site) for pile in _split(folder)]
    if not site.generator or site.generator == "Eleventy":
        found += _loose(tree, top)
    reasons = [(pile, _why_not(pile)) for pile in found]
    kept = [_named(pile, site) for pile, why in reasons if not why]
    left_out = [(pile.paths[0], why) for pile, why in reasons if why]
    return Sorted(tuple(_distinct(kept)), tuple(left_out))


def _units(tree: _Folder, site: Site) -> Iterator[_Folder]:
    """Yield the folders that each are a kind of records, or several."""
    if site.underscored:
        yield from _underscored(tree)
        return
    for root in site.roots:
        folder: _Folder | None = tree
        for part in root.split("/") if root else ():
            folder = folder.inner.get(part) if folder else None
        yield from folder.inner.values() if folder else ()


def _underscored(folder: _Folder) -> Iterator[_Folder]:
    """Yield the highest folders below that start with `_`."""
    for name, inner in folder.inner.items():
        if name.startswith("_"):
            yield inner
        else:
            yield from _underscored(inner)


def _split(folder: _Folder) -> list[Pile]:
    """Return the piles of a folder: one where the records of its sub-folders are alike."""
    own = list(folder.own)
    others: list[Pile] = []
    bundled: list[Holding] = []
    for name, inner in folder.inner.items():
        if _DATED.fullmatch(name) or inner.is_bundle:
            bundled += inner.all()
        else:
            others += _split(inner)
    mine = [*own, *bundled]
    if not mine and not others:
        return []
    if DATA not in folder.path.split("/") and (
        len(others) > _MOST_KINDS or _is_one_kind(mine, others)
    ):
        return [_pile(folder, list(folder.all()), ())]
    piles = [_pile(folder, mine, [pile.paths[0] for pile in others])] if mine else []
    return [*piles, *others]


def _is_one_kind(own: Sequence[Holding], others: Iterable[Pile]) -> bool:
    """Tell whether the records of a folder and those of its sub-folders are alike."""
    piles = [Pile("", (), tuple(own)), *others] if own else others
    first, *rest = (usual_fields(pile.records) for pile in piles)
    return all(_are_alike(first, each) for each in rest)


def _pile(folder: _Folder, holdings: Sequence[Holding], without: Iterable[str]) -> Pile:
    """Return the pile of a folder.

    Args:
        folder: Where it is.
        holdings: What is in it.
        without: Patterns of the files in the folder that are in other piles.
    """
    paths = [f"/{_literal(folder.path)}/"]
    paths += [f"!{pattern}" for pattern in without]
    paths += [f"!{_literal(name)}" for name in sorted(folder.notes())]
    return Pile(folder.path, tuple(paths), tuple(holdings))


def _literal(path: str) -> str:
    """Return the pattern that means `path` and nothing else."""
    return _SPECIAL.sub(r"\\\1", path)


def _loose(tree: _Folder, top: str) -> list[Pile]:
    """Return the pile of the documents that are in no folder but the top one."""
    own = [held for held in tree.own if PurePosixPath(held.path).suffix not in YAML_SUFFIXES]
    if not any(held.records for held in own):
        return []
    suffixes = sorted({PurePosixPath(held.path).suffix for held in own})
    notes = [f"!{_literal(name)}" for name in sorted(tree.about)]
    return [Pile(top, (*(f"/*{suffix}" for suffix in suffixes), *notes), tuple(own))]


def usual_fields(records: Sequence[dict[str, Any]], share: float = 0.5) -> set[str]:
    """Return the names of the fields that at least a share of `records` have."""
    counts = Counter(name for record in records for name in record)
    return {name for name, count in counts.items() if count >= share * len(records)}


def _are_alike(one: set[str], other: set[str]) -> bool:
    """Tell whether records with these usual fields are of one kind."""
    return len(one & other) >= _ALIKE * len(one | other)


def _why_not(pile: Pile) -> str:
    """Return why files are no records; empty where they are."""
    states = Counter(held.state for held in pile.holdings)
    read, total = states[State.READ], len(pile.holdings)
    records = pile.records
    data = all(PurePosixPath(held.path).suffix in YAML_SUFFIXES for held in pile.holdings)
    data = data or DATA in pile.paths[0].split("/")
    if not read:
        return f"{total:,} {_files(total)} {' or '.join(sorted(states))}"
    if 2 * read < total:
        return f"only {read:,} of {total:,} files have front matter that can be read"
    if len(records) < (_FEWEST_DATA if data else _FEWEST):
        return f"{total:,} {_files(total)}, too few to tell what they have in common"
    if not usual_fields(records, _SHARED):
        return f"{total:,} {_files(total)} that have no field in common"
    return ""


def _files(count: int) -> str:
    """Return the word for so many files."""
    return "file" if count == 1 else "files"


def _named(pile: Pile, site: Site) -> Pile:
    """Return a pile with the name for its collection: its path without what says nothing."""
    path = pile.name
    for root in sorted(site.roots, key=len, reverse=True):
        if root and path.startswith(f"{root}/"):
            path = path.removeprefix(f"{root}/")
            break
    words = [re.sub(r"[^\w.]+", "-", part.lstrip("_")).strip("-.") for part in path.split("/")]
    return pile._replace(name="-".join(filter(None, words)) or "records")


def _distinct(piles: Iterable[Pile]) -> Iterator[Pile]:
    """Yield the piles, with numbers where names differ in nothing but case."""
    taken: set[str] = set()
    for pile in piles:
        names = (pile.name, *(f"{pile.name}-{number}" for number in range(2, len(taken) + 2)))
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        yield pile._replace(name=name)
