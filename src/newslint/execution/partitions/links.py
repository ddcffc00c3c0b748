"""The link stage on disk: the same links as `engine.link`, found by sorting instead of indexes.

Records to compare are sorted by the keys that they share, and compared with their neighbours.
Components are found in an array with a number for each URL.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from newslint.engine.link_candidate import Candidate
from newslint.engine.link_comparisons import (
    Comparison,
    Keys,
    compare_stories,
    compare_variants,
    list_page_keys,
)
from newslint.engine.link_components import Pair
from newslint.engine.link_stories import MAX_REPEATED, weigh_stem
from newslint.engine.link_variants import compare_parameters, find_ignored
from newslint.execution.codec import decode_candidate, encode_text
from newslint.execution.link_rows import (
    AMP,
    CANDIDATE,
    CLAIM,
    COLUMN,
    HEADLINE,
    MAX_BLOCK,
    PAIR,
    STEM,
    list_links,
    list_words,
)
from newslint.execution.partitions.components import LazyWeights, UnionFind
from newslint.execution.partitions.spill import Spill, batches
from newslint.records import Description

_SCHEMA = """
CREATE TABLE link(tab INT, name BLOB, other BLOB);
CREATE TABLE url(id INTEGER PRIMARY KEY, name BLOB UNIQUE);
CREATE TABLE candidate(id INTEGER PRIMARY KEY, body);
CREATE TABLE block(name BLOB, candidate INT);
CREATE TABLE word(tab INT, name BLOB);
CREATE TABLE stem(name BLOB PRIMARY KEY, weight INT) WITHOUT ROWID;
CREATE TABLE article(name BLOB PRIMARY KEY, id BLOB) WITHOUT ROWID;
CREATE TABLE story(name BLOB PRIMARY KEY, id BLOB) WITHOUT ROWID;
"""

_URLS = "SELECT name FROM link WHERE tab = ? UNION SELECT other FROM link WHERE tab = ?"
_PAIRS = """
SELECT one.id, two.id FROM link JOIN url AS one ON one.name = link.name
    JOIN url AS two ON two.name = other WHERE tab = ? AND link.name != other
"""
_CLAIMS = """
SELECT url.id, MIN(url.id) OVER (PARTITION BY link.name)
    FROM link JOIN url ON url.name = other WHERE tab = ?
"""
_AMP_PAGES = """
INSERT INTO article SELECT link.name, MIN(COALESCE(article.id, other)) AS least
    FROM link LEFT JOIN article ON article.name = other
    WHERE tab = ? AND link.name NOT IN (SELECT name FROM url)
    GROUP BY link.name HAVING least != link.name
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

    def add(self, description: Description) -> None:
        """Add a record, given its own description."""
        rows = (row[:3] for row in list_links([description]))
        self._spill.insert_all("INSERT INTO link VALUES(?, ?, ?)", rows)

    def close(self, *, has_stories: bool) -> None:
        """Find the links of all records; the number of a URL is its place in their order."""
        spill = self._spill
        spill.execute(f"INSERT INTO url(name) {_URLS} ORDER BY 1", (PAIR, PAIR))
        names = spill.rows("SELECT DISTINCT name FROM link WHERE tab = ? ORDER BY 1", CANDIDATE)
        spill.insert_all(
            "INSERT INTO candidate(body) VALUES(?)",
            ((spill.pack(decode_candidate(name)),) for (name,) in names),
        )
        (count,) = spill.first("SELECT COUNT(*) FROM url")
        articles = UnionFind(range(count + 1))
        articles.join_all(spill.rows(_PAIRS, PAIR))
        articles.join_all(spill.rows(_CLAIMS, CLAIM))
        articles.join_all(self._find_numbers(self._find_variants()))
        self._name(articles, "article")
        spill.execute(_AMP_PAGES, (AMP,))
        if has_stories:
            stories = UnionFind(articles.parents)
            stories.join_all(self._find_numbers(self._find_stories()))
            self._name(stories, "story", articles)
        for each in (self._number, self._candidate, self._weight):
            each.cache_clear()  # which a cycle of references would keep

    def _read_number(self, url: str) -> int:
        """Look up the number of a URL."""
        return int(self._spill.first("SELECT id FROM url WHERE name = ?", encode_text(url))[0])

    def _read_candidate(self, number: int) -> Candidate:
        """Read a candidate."""
        (body,) = self._spill.first("SELECT body FROM candidate WHERE id = ?", number)
        return self._spill.unpack(body, Candidate)

    def _read_weight(self, stem: str) -> int:
        """Read the weight of a stem."""
        row = self._spill.first("SELECT weight FROM stem WHERE name = ?", encode_text(stem))
        return int(row[0])

    def _find_numbers(self, pairs: Iterable[Pair]) -> Iterator[tuple[int, int]]:
        """Yield the numbers of pairs of URLs."""
        return ((self._number(one), self._number(other)) for one, other in pairs)

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
            for part in batches((number for _, number in group), MAX_BLOCK, overlap):
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
        spill = self._spill
        for _, candidate in self._list_candidates():
            spill.insert_all("INSERT INTO word VALUES(?, ?)", list_words(candidate))
        (total,) = spill.first("SELECT COUNT(*) FROM word WHERE tab = ?", HEADLINE)
        counted = spill.rows("SELECT name, COUNT(*) FROM word WHERE tab = ? GROUP BY name", STEM)
        spill.insert_all(
            "INSERT INTO stem VALUES(?, ?)",
            ((name, weigh_stem(count, total)) for name, count in counted),
        )
        repeated = spill.rows(
            "SELECT name FROM word WHERE tab = ? GROUP BY name HAVING COUNT(*) > ?",
            COLUMN,
            MAX_REPEATED,
        )
        found = {name for (name,) in repeated}
        yield from self._find_pairs(compare_stories(LazyWeights(self._weight), found))

    def _name(self, components: UnionFind, table: str, parts: UnionFind | None = None) -> None:
        """Write the names of components, which are their smallest URLs.

        Args:
            components: The components.
            table: The table.
            parts: Their parts; a component of one part has no name.
        """
        numbers = range(1, len(components.parents))
        several = bytearray(len(components.parents))
        for number in numbers:
            root = components.find(number)
            several[root] |= parts is None or parts.find(number) != parts.find(root)
        name = "(SELECT name FROM url WHERE id = ?)"
        roots = ((number, components.find(number)) for number in numbers)
        self._spill.insert_all(
            f"INSERT INTO {table} VALUES({name}, {name})",  # a table of this module
            ((number, root) for number, root in roots if number != root and several[root]),
        )
