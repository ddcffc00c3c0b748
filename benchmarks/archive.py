"""Generates news archives of any size, with defects at the rates of real ones.

    python benchmarks/archive.py FOLDER --records 5000 --related 32
    python benchmarks/archive.py FOLDER --records 5000 --related 0
    python benchmarks/archive.py FOLDER --records 5000 --related 32 --patterns
    python benchmarks/archive.py FOLDER --records 100000 --related 50 --body 400

The result depends on the options alone, and one record at a time is in memory. Stories are
made of invented companies, products and events, so that headlines and excerpts belong together by
their words. Most records are unpublished, as in real archives, and each embeds copies of the
stories close to it, so that each copy occurs in dozens of files.
"""

import argparse
import base64
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import ftfy.bad_codecs
from prose import prose

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeiou"]
_KINDS = ["database", "compiler", "browser", "telescope", "battery", "satellite", "turbine"]
_EVENTS = {
    "launches": "presented its new {kind} in {place}; the first {product} units ship in {month}",
    "recalls": "asks owners of the {kind} to stop using it after {product} overheated in {place}",
    "acquires": "pays {sum} million for the maker of the {product} {kind}, based in {place}",
    "open-sources": "publishes the design of {product}, the {kind} that engineers in {place} built",
    "delays": "says that {product} needs more tests; the {kind} was due in {place} this {month}",
}
_ENDS = [
    "It’s what our customers asked for, its founder said.",
    "Analysts expect that others in {place} follow before the year is over.",
    "No price was named, and no date for readers outside of {place}.",
]
_MONTHS = ["January", "March", "April", "May", "June", "July", "August", "October"]
_TOPICS = ["AI", "Hardware", "Robotics", "Energy", "Space", "Open Source", "Policy"]
_BOILERPLATE = "All that matters in the world of technology, every day and all week long."
_FIRST_DAY = datetime(2005, 1, 1)  # noqa: DTZ001 # written as UTC
_APART = timedelta(minutes=7)  # a million records end before today
_PROVIDERS = 400
_VARIANTS = {
    "": "www.{domain}/{path}",
    "comments": "www.{domain}/{path}?comments=1",
    "mobile": "m.{domain}/{path}",
    "region": "www.{domain}/au/{path}",
}


ftfy.bad_codecs.ok()  # registers the sloppy code pages


class Rates(NamedTuple):
    """Shares of stories with each defect; the defaults are those of real archives."""

    boilerplate: float = 0.01
    mojibake: float = 0.02
    unpublished: float = 0.84
    without_image: float = 0.12
    changed: float = 0.01  # half of the copies were made before its quality changed
    duplicated: float = 0.009  # in a record of its own, at a variant of the URL
    retold: float = 0.044  # by another provider, in other words
    updates: float = 0.0  # notices of one provider, in a folder of its site, all without images

    def times(self, factor: float) -> "Rates":
        """Return rates that are `factor` times as high."""
        return Rates(*(rate * factor for rate in self))


REAL = Rates()
PATTERNS = REAL._replace(unpublished=0.985, updates=0.05)
"""Nearly all stories are unpublished, and one provider's updates lack images."""

UPDATES = "Updates"
"""The provider of these notices."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The shape of a generated archive.

    Attributes:
        records: How many records it has.
        related: How many entries of `related` each has, as long as there are so many stories.
        distinct: How many stories these entries are copies of; None for five in six of the
            archive's own. Those beyond the number of records are in no record.
        body: How many words of Markdown each record has below its front matter.
        rates: How common defects are.
    """

    records: int = 5000
    related: int = 32
    distinct: int | None = None
    body: int = 0
    rates: Rates = REAL

    def embedded(self, number: int) -> list[int]:
        """Return the numbers of the stories that the record with a number embeds."""
        pool = self.records * 5 // 6 if self.distinct is None else self.distinct
        wide = self.related if pool >= self.records * self.related else 2 * self.related + 1
        wide = max(min(wide, pool - 1), 0)
        middle = number * pool // self.records
        near = random.Random(f"related {number}").sample(range(wide), min(self.related, wide))
        return [self._in_pool((middle + 1 + far) % pool, pool) for far in near]

    def _in_pool(self, index: int, pool: int) -> int:
        """Return the number of a story of the pool; the pool is spread over all records."""
        if pool > self.records:
            return self.records + index
        return -(-index * self.records // pool)  # upwards, so that no record embeds itself

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each file."""
        for number in range(self.records):
            this = story(number, self.rates)
            entries = [entry(other, self.rates, number % 2 == 0) for other in self.embedded(number)]
            body = prose(number, self.body)
            yield f"{this.published_at:%Y-%m-%d}-story-{number}.md", record(this, entries, body)

    def write(self, folder: Path) -> None:
        """Write all files into `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.files():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")


class Story(NamedTuple):
    """An invented article."""

    number: int
    title: str
    excerpt: str
    published_at: datetime
    provider: str
    quality: int
    has_amp: bool
    has_image: bool
    is_published: bool
    has_changed: bool
    variant: str = ""
    is_update: bool = False

    @property
    def domain(self) -> str:
        """The domain of who publishes it."""
        return f"{self.provider.lower()}.example.com"

    @property
    def url(self) -> str:
        """The URL of the article."""
        slug = re.sub(r"\W+", "-", self.title.lower())
        folder = "updates" if self.is_update else f"{self.published_at:%Y/%m}"
        path = f"{folder}/{slug}-{self.number}"
        return f"https://{_VARIANTS[self.variant].format(domain=self.domain, path=path)}"


@lru_cache(maxsize=1024)
def story(number: int, rates: Rates) -> Story:
    """Return the story with a number: always the same one.

    It may be that of the number before, told again.
    """
    told = _invent(number, rates)
    plan = planted(number, rates)
    if not plan or planted(number - 1, rates):
        return told
    first = _invent(number - 1, rates)
    if plan == "retold":
        subject, _, description = first.title.partition(", ")
        company, event, product = subject.split()
        title = f"{product}, {description}: {company} {event} it"
        return told._replace(title=title, excerpt=first.excerpt)
    return first._replace(variant=plan, quality=told.quality, has_amp=False)


def planted(number: int, rates: Rates) -> str:
    """Return how the story with a number tells that before it again; empty if it does not."""
    rng = random.Random(f"planted {number}")
    chance = rng.random()
    if number and chance < rates.retold:
        return "retold"
    is_duplicate = number and chance < rates.retold + rates.duplicated
    return rng.choice([name for name in _VARIANTS if name]) if is_duplicate else ""


def _invent(number: int, rates: Rates) -> Story:
    """Invent the story with a number."""
    rng = random.Random(number)
    company, product, place = (_name(rng) for _ in range(3))
    kind, month = rng.choice(_KINDS), rng.choice(_MONTHS)
    event = rng.choice(list(_EVENTS))
    words = {"kind": kind, "place": place, "product": product, "month": month}
    lead = _EVENTS[event].format(sum=rng.randint(2, 900), **words)
    excerpt = f"{company} {lead}. {rng.choice(_ENDS).format(place=place)}"
    if rng.random() < rates.boilerplate:
        excerpt = _BOILERPLATE
    elif rng.random() < rates.mojibake:
        excerpt = f"{excerpt} That’s all…".encode().decode("sloppy-windows-1252")
    chance = random.Random(f"update {number}").random()
    made = Story(
        number,
        f"{company} {event} {product}, a {kind} made in {place}",
        excerpt,
        _FIRST_DAY + number * _APART,
        _name(random.Random(f"provider {rng.randrange(_PROVIDERS)}")),
        quality=rng.randint(10, 180),
        has_amp=rng.random() < 0.5,
        has_image=rng.random() >= rates.without_image,
        is_published=rng.random() >= rates.unpublished,
        has_changed=rng.random() < rates.changed,
    )
    if chance < rates.updates:
        return made._replace(provider=UPDATES, has_image=False, is_update=True)
    return made._replace(provider=UPDATES) if chance < 2 * rates.updates else made


def _name(rng: random.Random) -> str:
    """Return an invented name."""
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))).capitalize()


@lru_cache(maxsize=1024)
def entry(number: int, rates: Rates, is_old: bool) -> str:  # noqa: FBT001 # lru_cache's keys
    """Return the entry of `related` that describes the story with a number.

    Args:
        number: The story's.
        rates: How common defects are.
        is_old: The copy was made before the story changed, if it did.
    """
    this = story(number, rates)
    if is_old and this.has_changed:
        this = this._replace(quality=this.quality + 1)
    first, *rest = [*_head(this), *_provider(this), f"quality: {this.quality}", *_images(this)]
    return "\n".join([f"  - {first}", *(f"    {line}" for line in rest)])


def record(this: Story, entries: list[str], body: str) -> str:
    """Return the file of a record.

    Args:
        this: The story that it is about.
        entries: Its `related`, as lines.
        body: The text below its front matter.
    """
    rng = random.Random(-this.number)
    secret = ";".join(base64.b64encode(rng.randbytes(n)).decode() for n in (480, 16))
    lines = [
        "---",
        "category: news",
        *_head(this),
        f'originalUrl: "{this.url}"',
        f"quality: {this.quality}",
        f"heat: {rng.randint(-1, 200)}",
        f"published: {str(this.is_published).lower()}",
        "",
        *_provider(this),
        "",
        "topics:",
        *(f"  - {topic}" for topic in rng.sample(_TOPICS, k=rng.randint(1, 3))),
        "",
        *_images(this),
        *(["", "related:", *entries] if entries else []),
        "",
        f'secured: "{secret}"',
        "---",
        body,
    ]
    return "\n".join(lines)


def _head(this: Story) -> Iterator[str]:
    """Yield the lines of the fields that any mention of a story has."""
    yield f'title: "{this.title}"'
    yield f'excerpt: "{this.excerpt}"'
    yield f"publishedDateTime: {this.published_at:%Y-%m-%dT%H:%M:%SZ}"
    yield f'webUrl: "{this.url}"'
    if this.has_amp:
        address = this.url.removeprefix("https://")
        host = this.domain.replace(".", "-")
        yield f'ampWebUrl: "{this.url}?amp"'
        yield f'cdnAmpWebUrl: "https://www-{host}.cdn.ampproject.org/c/s/{address}?amp"'
    yield "type: article"


def _provider(this: Story) -> Iterator[str]:
    """Yield the lines on who published a story."""
    yield "provider:"
    yield f"  name: {this.provider}"
    yield f"  domain: {this.domain}"


def _images(this: Story) -> Iterator[str]:
    """Yield the lines on a story's image."""
    if this.has_image:
        yield "images:"
        yield f'  - url: "https://www.{this.domain}/images/{this.number}-800x600.jpg?fit=bounds"'
        yield "    width: 800"
        yield "    height: 600"
        yield "    isCached: true"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--related", type=int, default=32, metavar="ENTRIES", help="of each record")
    parser.add_argument(
        "--distinct",
        type=int,
        metavar="STORIES",
        help="how many stories the entries are copies of (default: 5/6 of the records)",
    )
    parser.add_argument("--body", type=int, default=0, metavar="WORDS", help="below front matter")
    parser.add_argument(
        "--defects", type=float, default=1.0, metavar="FACTOR", help="to real archives' rates"
    )
    parser.add_argument(
        "--patterns",
        action="store_true",
        help="nearly all stories are unpublished, and one provider's updates lack images",
    )
    options = parser.parse_args()
    rates = PATTERNS if options.patterns else REAL.times(options.defects)
    archive = Archive(options.records, options.related, options.distinct, options.body, rates)
    archive.write(options.folder)


if __name__ == "__main__":
    main()
