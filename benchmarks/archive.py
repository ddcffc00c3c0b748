"""Generates news archives of any size, with defects at the rates of real ones.

    python benchmarks/archive.py FOLDER --records 5000 --related 32

What is written depends on the options alone. Stories are made of invented companies, products and
events, so that headlines and excerpts belong together by their words. Most records are unpublished,
as in real archives, and each embeds copies of the stories close to it, so that each copy stands in
dozens of files.
"""

import argparse
import base64
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import ftfy.bad_codecs

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeiou"]
_KINDS = ["database", "compiler", "browser", "telescope", "battery", "satellite", "turbine"]
_EVENTS = {
    "launches": "presented its new {kind} in {place}; the first {product} units ship in {month}",
    "recalls": "asks owners of the {kind} to stop using it after {product} overheated in {place}",
    "acquires": "pays {sum} million for the maker of the {product} {kind}, based in {place}",
    "open-sources": "publishes the design of {product}, the {kind} that engineers in {place} built",
    "delays": "says that {product} needs more tests; the {kind} was due in {place} this {month}",
}
_MONTHS = ["January", "March", "April", "May", "June", "July", "August", "October"]
_BOILERPLATE = "All that matters in the world of technology, every day and all week long."


ftfy.bad_codecs.ok()  # registers the sloppy code pages


class Story(NamedTuple):
    """An invented article."""

    number: int
    title: str
    excerpt: str
    published_at: datetime
    domain: str
    quality: int
    has_image: bool
    is_published: bool

    @property
    def url(self) -> str:
        """Where readers find it."""
        return f"https://www.{self.domain}/{self.published_at:%Y/%m}/story-{self.number}"


@lru_cache(maxsize=1024)
def story(number: int) -> Story:
    """Return the story with a number: always the same one."""
    rng = random.Random(number)
    company, product, place = (_name(rng) for _ in range(3))
    kind, month = rng.choice(_KINDS), rng.choice(_MONTHS)
    event = rng.choice(list(_EVENTS))
    words = {"kind": kind, "place": place, "product": product, "month": month}
    lead = _EVENTS[event].format(sum=rng.randint(2, 900), **words)
    excerpt = f"{company} {lead}. It’s what our customers asked for, its founder said."
    if rng.random() < 0.01:
        excerpt = _BOILERPLATE
    if rng.random() < 0.02:
        excerpt = excerpt.encode().decode("sloppy-windows-1252")
    return Story(
        number,
        f"{company} {event} {product}, a {kind} made in {place}",
        excerpt,
        datetime(2022, 1, 1) + timedelta(minutes=97 * number),  # noqa: DTZ001 # written as UTC
        f"{_name(rng).lower()}.example.com",
        rng.randint(10, 180),
        rng.random() < 0.75,
        rng.random() < 0.02,
    )


def _name(rng: random.Random) -> str:
    """Return an invented name."""
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))).capitalize()


def record(number: int, related: list[Story], body: str = "") -> str:
    """Return the file of the record with a number."""
    this = story(number)
    rng = random.Random(-number)
    head = [
        "---",
        "category: news",
        *_description(this, ""),
        f"heat: {rng.randint(-1, 200)}",
        f"published: {str(this.is_published).lower()}",
        "",
        "topics:",
        "  - AI",
        "",
    ]
    entries = ["related:"] if related else []
    for other in related:
        seen = other._replace(quality=other.quality + 1) if rng.random() < 0.01 else other
        first, *rest = _description(seen, "")
        entries += [f"  - {first}", *(f"    {line}" for line in rest)]
    secret = ";".join(base64.b64encode(rng.randbytes(n)).decode() for n in (240, 16))
    tail = ["", f'secured: "{secret}"', "---", body]
    return "\n".join(head + entries + tail)


def _description(this: Story, indent: str) -> Iterator[str]:
    """Yield the lines that describe a story."""
    yield f'{indent}title: "{this.title}"'
    yield f'{indent}excerpt: "{this.excerpt}"'
    yield f"{indent}publishedDateTime: {this.published_at:%Y-%m-%dT%H:%M:%SZ}"
    yield f'{indent}webUrl: "{this.url}"'
    yield f"{indent}type: article"
    yield f"{indent}quality: {this.quality}"
    yield f"{indent}provider:"
    yield f"{indent}  name: {this.domain.split('.', maxsplit=1)[0].capitalize()}"
    yield f"{indent}  domain: {this.domain}"
    if this.has_image:
        yield f"{indent}images:"
        yield f'{indent}  - url: "https://www.{this.domain}/images/{this.number}-800x600.jpg"'
        yield f"{indent}    width: 800"
        yield f"{indent}    height: 600"
        yield f"{indent}    isCached: true"


def write_archive(folder: Path, records: int, related: int, body: int = 0) -> None:
    """Write an archive.

    Args:
        folder: Where; it is made.
        records: How many records it has.
        related: How many entries of `related` each has.
        body: How many words of text each has below its front matter.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(records):
        rng = random.Random(f"related {number}")
        near = rng.sample(range(1, 2 * related + 2), related)
        others = [story((number + far) % records) for far in near]
        text = record(number, others, " ".join(rng.choices(_KINDS, k=body)))
        name = f"{story(number).published_at:%Y-%m-%d}-story-{number}.md"
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--related", type=int, default=32)
    parser.add_argument("--body", type=int, default=0, metavar="WORDS")
    options = parser.parse_args()
    write_archive(options.folder, options.records, options.related, options.body)


if __name__ == "__main__":
    main()
