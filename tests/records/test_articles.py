"""Articles: grouping mentions, linking URLs and finding reference values."""

import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import value_of
from newslint.engine.link import Links
from newslint.records import (
    Corpus,
    Description,
    Group,
    Record,
    article_key,
    find_reference,
    pack_lines,
)
from newslint.records import describe as read_description

URLS = [f"https://example.org/{name}" for name in "abcde"]


KNOWN: dict[bytes, Description] = {}
"""All descriptions of these tests by digest."""


def described(yaml: str, *, is_record: bool = False) -> Description:
    description = read_description(value_of(yaml), is_record=is_record)
    return KNOWN.setdefault(description.digest, description)


def describe(*, is_record: bool = False, **fields: object) -> Description:
    yaml = "\n".join(f"{name}: {value}" for name, value in fields.items()) or "{}"
    return described(yaml, is_record=is_record)


def record(path: str, **fields: object) -> Record:
    return Record(path, describe(is_record=True, **fields).digest)


def record_with_entries(path: str, *entries: Description, date: str = "") -> Record:
    digest = describe(is_record=True, publishedDateTime=date).digest
    digests = b"".join(each.digest for each in entries)
    return Record(path, digest, 0, "/related", digests, pack_lines([0] * len(entries)))


def group_of(*records: Record) -> Group:
    """Return the group of all entries, and of all records that hold none."""
    digests = [each for one in records for each in (one.digests[1:] or [one.digest])]
    return Corpus(records, KNOWN).group("", dict.fromkeys(digests))


def links_of(records: Iterable[Record]) -> dict[str, str]:
    return Links(Corpus(records, KNOWN).own_descriptions).articles


def quality(description: Description) -> int | None:
    return description.quality


class TestReference:
    def test_a_record_decides_against_any_majority(self) -> None:
        entries = [record_with_entries(f"{name}.md", describe(quality=88)) for name in "abc"]
        found = find_reference(group_of(*entries, record("d.md", quality=84)), quality)
        assert found is not None
        assert (found.value, found.votes, found.mention.path) == (84, 0, "d.md")

    def test_a_record_without_a_value_does_not_decide(self) -> None:
        found = find_reference(
            group_of(record("a.md"), record_with_entries("b.md", describe(quality=5))), quality
        )
        assert found is not None
        assert (found.value, found.votes, found.total) == (5, 1, 1)

    def test_the_majority_decides(self) -> None:
        scores = {"a": 86, "b": 88, "c": 88}
        entries = [
            record_with_entries(f"{name}.md", describe(quality=score))
            for name, score in scores.items()
        ]
        found = find_reference(group_of(*entries), quality)
        assert found is not None
        assert (found.value, found.votes, found.total) == (88, 2, 3)

    @pytest.mark.parametrize(
        ("dates", "winner"),
        [
            (("2022-01-01", "2022-01-02"), 2),
            (("2022-01-02", "2022-01-01"), 1),
            (("2022-01-01", ""), 1),
            (("2022-01-01T00:00:00+02:00", "2022-01-01T00:00:00Z"), 2),
            (("2022-01-01", "2022-01-01"), 2),
        ],
    )
    def test_in_a_tie_the_newest_record_decides(self, dates: tuple[str, str], winner: int) -> None:
        entries = [
            record_with_entries(f"{score}.md", describe(quality=score), date=date)
            for score, date in enumerate(dates, 1)
        ]
        found = find_reference(group_of(*entries), quality)
        assert found is not None
        assert found.value == winner

    def test_without_values_there_is_no_reference(self) -> None:
        assert (
            find_reference(
                group_of(record("a.md"), record_with_entries("b.md", describe())), quality
            )
            is None
        )


class TestLinks:
    def names(self, *records: dict[str, str]) -> dict[str, str]:
        known = [record(f"{at}.md", **fields) for at, fields in enumerate(records)]
        return links_of(known)

    def test_urls_of_one_record_need_no_link(self) -> None:
        assert self.names({"webUrl": URLS[0]}, {"webUrl": URLS[1]}, {"title": "t"}) == {}

    def test_an_original_url_leads_to_its_article(self) -> None:
        assert self.names({"webUrl": URLS[1], "originalUrl": URLS[0]}) == {URLS[1]: URLS[0]}

    def test_chains_have_one_root(self) -> None:
        found = self.names(
            {"webUrl": URLS[3], "originalUrl": URLS[2]},
            {"webUrl": URLS[1], "originalUrl": URLS[0]},
            {"webUrl": URLS[2], "originalUrl": URLS[1]},
        )
        assert found == dict.fromkeys(URLS[1:4], URLS[0])

    def test_an_amp_page_leads_to_its_article(self) -> None:
        found = self.names({"webUrl": URLS[0], "ampWebUrl": URLS[1], "cdnAmpWebUrl": URLS[2]})
        assert found == {URLS[1]: URLS[0], URLS[2]: URLS[0]}

    def test_an_amp_page_that_two_articles_claim_does_not_make_them_one(self) -> None:
        found = self.names(
            {"webUrl": URLS[0], "ampWebUrl": URLS[4]}, {"webUrl": URLS[1], "ampWebUrl": URLS[4]}
        )
        assert found == {URLS[4]: URLS[0]}

    def test_entries_link_nothing(self) -> None:
        entry = describe(webUrl=URLS[1], originalUrl=URLS[0])
        assert links_of([record_with_entries("a.md", entry)]) == {}


class TestGroups:
    def test_mentions_are_sorted_by_file_and_entry(self) -> None:
        entry = describe(title="x")
        known = [record("b.md", title="x"), record_with_entries("a.md", *[entry] * 11)]
        digests = [known[0].digest, entry.digest, known[1].digest]
        members = Corpus(known, KNOWN).group("", digests)
        places = [(each.path, each.prefix) for each in members.mentions]
        entries = [("a.md", f"/related/{at}") for at in range(11)]
        assert places == [("a.md", ""), *entries, ("b.md", "")]

    def test_records_and_entries_are_separate(self) -> None:
        members = group_of(record("b.md"), record_with_entries("a.md", describe()))
        assert [each.path for each in members.records] == ["b.md"]
        assert [each.path for each in members.entries] == ["a.md"]

    def test_equal_occurrences_are_one_description(self) -> None:
        entry = describe(title="x")
        members = group_of(
            record_with_entries("a.md", entry, entry), record_with_entries("b.md", entry)
        )
        assert members.descriptions == (entry,)
        assert members.count_mentions(entry) == len(members.mentions) == 3
        assert members.paths_with_duplicates == {"a.md"}
        assert [each.prefix for each in members.entries_in(frozenset({"a.md"}))] == [
            "/related/0",
            "/related/1",
        ]

    def test_entries_that_are_no_mappings_belong_to_no_group(self) -> None:
        entry = described("just text")
        corpus = Corpus([record_with_entries("a.md", entry, describe(title="x"))], KNOWN)
        (found,) = corpus.groups(lambda each: ["x"] * (not each.is_record), {})
        assert [each.prefix for each in found.mentions] == ["/related/1"]

    def test_a_mention_may_belong_to_many_groups_or_none(self) -> None:
        corpus = Corpus(
            [record("a.md", title="x y"), record("b.md", title="y"), record("c.md")], KNOWN
        )
        found = corpus.groups(lambda each: (each.description.title or "").split(), {})
        assert {each.key: [one.path for one in each.mentions] for each in found} == {
            "x": ["a.md"],
            "y": ["a.md", "b.md"],
        }

    def test_aliases_merge_groups(self) -> None:
        corpus = Corpus([record("a.md", webUrl=URLS[0]), record("b.md", webUrl=URLS[1])], KNOWN)
        (found,) = corpus.groups(article_key, {URLS[1]: URLS[0]})
        assert (found.key, len(found.mentions)) == (URLS[0], 2)

    @given(
        st.lists(
            st.tuples(st.booleans(), *[st.sampled_from(["", *URLS])] * 3, st.integers(0, 2)),
            max_size=8,
        ),
        st.randoms(use_true_random=False),
    )
    def test_the_order_of_records_does_not_matter(
        self, rows: list[tuple[bool, str, str, str, int]], shuffler: random.Random
    ) -> None:
        known = []
        for at, (is_record, web, original, amp, score) in enumerate(rows):
            fields = {
                "webUrl": web or "''",
                "originalUrl": original or "''",
                "ampWebUrl": amp or "''",
                "quality": score,
            }
            description = describe(is_record=is_record, **fields)
            name = f"{at}.md"
            known.append(
                Record(name, description.digest)
                if is_record
                else record_with_entries(name, description)
            )
        assert outcome(known) == outcome(shuffler.sample(known, len(known)))


def outcome(records: list[Record]) -> object:
    corpus = Corpus(records, KNOWN)
    names = links_of(records)
    groups = list(corpus.groups(article_key, names))
    truths = [find_reference(each, quality) for each in groups]
    return (
        names,
        [(each.key, [one.path for one in each.mentions]) for each in groups],
        [(truth.value, truth.mention.path) for truth in truths if truth],
    )
