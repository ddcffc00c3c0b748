"""The link stage on disk: the same links as `engine.link`, found by sorting instead of indexes.

Records to compare are sorted by the keys that they share, and compared with their neighbours.
Components are found in an array with a number for each URL.
"""

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from newslint.engine.link_articles import find_claims, has_path
from newslint.engine.link_candidate import Candidate, read_linked_record
from newslint.engine.link_comparisons import (
    Comparison,
    Keys,
    compare_stories,
    compare_variants,
    digest_column,
    list_page_keys,
)
from newslint.engine.link_components import Pair
from newslint.engine.link_stories import MAX_REPEATED, is_comparable, weigh_stem
from newslint.engine.link_variants import compare_parameters, find_ignored
from newslint.execution.codec import decode_candidate, decode_text, encode_candidate, encode_text
from newslint.execution.partitions.components import LazyWeights, UnionFind
from newslint.execution.partitions.spill import Spill, batches
from newslint.records import Description

_BLOCK = 2000
"""Number of records of a block in memory."""

_SCHEMA = """
CREATE TABLE url(id INTEGER PRIMARY KEY, name BLOB UNIQUE);
CREATE TABLE amp(name BLOB, first INT);
CREATE TABLE claim(name BLOB, domain BLOB, first INT);
CREATE TABLE linked(body BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE candidate(id INTEGER PRIMARY KEY, body BLOB, repeated BLOB);
CREATE TABLE block(name BLOB, candidate INT);
CREATE TABLE stem(name BLOB PRIMARY KEY, weight INT) WITHOUT ROWID;
CREATE TABLE article(name BLOB PRIMARY KEY, id BLOB) WITHOUT ROWID;
CREATE TABLE story(name BLOB PRIMARY KEY, id BLOB) WITHOUT ROWID;
"""


class DiskLinks:
    """Links from URLs to articles and stories, in the tables `article` and `story`.

    Args:
        spill: The database.
    """

    def __init__(self, spill: Spill) -> None:
        self._spill = spill
        spill.execute("SAVEPOINT links")
        for statement in _SCHEMA.split(";")[:-1]:
            spill.execute(statement)
        spill.execute("RELEASE links")
        self._number = lru_cache(spill.budget.records)(self._read_number)
        self._candidate = lru_cache(max(64, spill.budget.records))(self._read_candidate)
        self._weight = lru_cache(max(64, spill.budget.numbers))(self._read_weight)
        self._joined = array("Q")

    def add(self, description: Description) -> None:
        """Add a record, given its own description."""
        record = read_linked_record(description) if description.is_record else None
        if record is None:
            return
        insert = self._spill.insert
        first, *others = [self._add_url(url) for url in record.urls]
        for other in others:
            self._joined.extend((first, other))
        for url in record.amp_urls:
            insert("amp", encode_text(url), first)
        for url, domain in find_claims(record):
            insert("claim", encode_text(url), encode_text(domain), first)
        if record.candidate is not None:
            body = encode_candidate(record.candidate)
            self._spill.execute("INSERT OR IGNORE INTO linked VALUES(?)", (body,))

    def close(self, *, has_stories: bool) -> None:
        """Find the links of all records."""
        self._spill.execute(
            "INSERT INTO candidate SELECT NULL, body, NULL FROM linked ORDER BY body"
        )
        (count,) = self._spill.first("SELECT COALESCE(MAX(id), 0) FROM url")
        articles = UnionFind(range(count + 1))
        for at in range(0, len(self._joined), 2):
            articles.join(self._joined[at], self._joined[at + 1])
        self._join(articles, self._find_variants())
        self._join_claims(articles)
        self._name(articles, "article")
        self._name_amp_pages()
        if has_stories:
            stories = UnionFind(articles.parents)
            self._join(stories, self._find_stories())
            self._name(stories, "story", articles)
        for each in (self._number, self._candidate, self._weight):
            each.cache_clear()  # which a cycle of references would keep

    def _add_url(self, url: str) -> int:
        """Number a URL."""
        name = encode_text(url)
        row = self._spill.first("SELECT id FROM url WHERE name = ?", name)
        return int(row[0]) if row else self._spill.insert("url", None, name)

    def _read_number(self, url: str) -> int:
        """Look up the number of a URL."""
        return int(self._spill.first("SELECT id FROM url WHERE name = ?", encode_text(url))[0])

    def _read_candidate(self, number: int) -> Candidate:
        """Read a candidate."""
        (body,) = self._spill.first("SELECT body FROM candidate WHERE id = ?", number)
        return decode_candidate(body)

    def _read_weight(self, stem: str) -> int:
        """Read the weight of a stem."""
        row = self._spill.first("SELECT weight FROM stem WHERE name = ?", encode_text(stem))
        return int(row[0])

    def _join(self, components: UnionFind, pairs: Iterable[Pair]) -> None:
        """Join the components of pairs of URLs."""
        for one, other in pairs:
            components.join(self._number(one), self._number(other))

    def _join_claims(self, articles: UnionFind) -> None:
        """Join the records of one provider that share a page below that of a whole site."""
        rows = self._spill.rows("SELECT name, domain, first FROM claim ORDER BY name, domain")
        for (name, _), group in groupby(rows, itemgetter(0, 1)):
            first, *others = (number for _, _, number in group)
            if others and has_path(decode_text(name)):
                for other in others:
                    articles.join(first, other)

    def _list_candidates(self) -> Iterator[tuple[int, Candidate]]:
        """Yield all candidates with their numbers, in order."""
        (count,) = self._spill.first("SELECT COUNT(*) FROM candidate")
        return ((number, self._candidate(number)) for number in range(1, count + 1))

    def _write_keys(self, keys: Keys) -> None:
        """Replace the keys of all candidates."""
        self._spill.execute("DELETE FROM block")
        for number, candidate in self._list_candidates():
            for key in keys(candidate):
                self._spill.insert("block", encode_text(repr(key)), number)

    def _blocks(self, overlap: int) -> Iterator[list[Candidate]]:
        """Yield the candidates in each block of several, in order; large blocks in parts.

        Args:
            overlap: Number of candidates of a part that the next part repeats.
        """
        rows = self._spill.rows(
            "SELECT DISTINCT name, candidate FROM block ORDER BY name, candidate"
        )
        for _, group in groupby(rows, itemgetter(0)):
            for part in batches((number for _, number in group), _BLOCK, overlap):
                if len(part) > 1:
                    yield [self._candidate(number) for number in part]

    def _find_pairs(self, comparison: Comparison) -> Iterator[Pair]:
        """Yield the pairs in all blocks of a comparison."""
        self._write_keys(comparison.keys)
        for block in self._blocks(comparison.reach):
            yield from comparison.find(block)

    def _find_variants(self) -> Iterator[Pair]:
        """Yield the records that are probably of one article (see `link_variants`)."""
        self._write_keys(list_page_keys)
        ignored = find_ignored(compare_parameters(block) for block in self._blocks(1))
        for comparison in compare_variants(ignored):
            yield from self._find_pairs(comparison)

    def _find_stories(self) -> Iterator[Pair]:
        """Yield the records that tell the same story (see `link_stories`)."""
        self._spill.execute("DELETE FROM block")
        total = 0
        columns: list[tuple[bytes, int]] = []
        for number, candidate in self._list_candidates():
            if is_comparable(candidate):
                total += 1
                columns.append((digest_column(candidate), number))
                for stem in candidate.stems.stems:
                    self._spill.insert("block", encode_text(stem), number)
                if len(columns) >= _BLOCK:
                    self._mark(columns)
        self._mark(columns)
        counted = self._spill.rows("SELECT name, COUNT(*) FROM block GROUP BY name")
        self._spill.insert_all(
            "INSERT INTO stem VALUES(?, ?)",
            ((name, weigh_stem(count, total)) for name, count in counted),
        )
        repeated = self._spill.rows(
            "SELECT repeated FROM candidate WHERE repeated NOT NULL GROUP BY repeated "
            "HAVING COUNT(*) > ?",
            MAX_REPEATED,
        )
        found = {name for (name,) in repeated}
        yield from self._find_pairs(compare_stories(LazyWeights(self._weight), found))

    def _mark(self, columns: list[tuple[bytes, int]]) -> None:
        """Write the columns of candidates, and clear the list."""
        self._spill.insert_all("UPDATE candidate SET repeated = ? WHERE id = ?", columns)
        columns.clear()

    def _name(self, components: UnionFind, table: str, parts: UnionFind | None = None) -> None:
        """Write the names of components, which are their smallest URLs.

        Args:
            components: The components.
            table: The table.
            parts: Their parts; a component of one part has no name.
        """
        names: dict[int, bytes] = {}
        size = len(components.parents)
        smallest = array("Q", bytes(8 * size))
        several = bytearray(size)
        seen = array("Q", bytes(8 * size))
        for number in range(1, size if parts else 1):
            root, part = components.find(number), parts.find(number) if parts else 0
            several[root] |= bool(seen[root]) and seen[root] != part
            seen[root] = part
        for number, name in self._spill.rows("SELECT id, name FROM url ORDER BY name"):
            root = components.find(number)
            if not smallest[root]:
                smallest[root] = number
            elif parts is None or several[root]:
                names[number] = name
                if len(names) >= _BLOCK:
                    self._write_names(names, table, components, smallest)
        self._write_names(names, table, components, smallest)

    def _write_names(
        self, names: dict[int, bytes], table: str, components: UnionFind, smallest: "array[int]"
    ) -> None:
        """Write the names of URLs, and clear the dictionary."""
        self._spill.insert_all(
            f"INSERT INTO {table} VALUES(?, (SELECT name FROM url WHERE id = ?))",  # noqa: S608 # a table of this module
            [(name, smallest[components.find(number)]) for number, name in names.items()],
        )
        names.clear()

    def _name_amp_pages(self) -> None:
        """Write the articles of AMP pages that are no record's own URL."""
        self._spill.execute(
            "INSERT INTO article SELECT amp.name, MIN(COALESCE(article.id, url.name)) AS least "
            "FROM amp JOIN url ON url.id = amp.first LEFT JOIN article ON article.name = url.name "
            "WHERE amp.name NOT IN (SELECT name FROM url) GROUP BY amp.name "
            "HAVING least != amp.name"
        )
