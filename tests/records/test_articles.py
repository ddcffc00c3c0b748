"""Mentions become articles: keys, groups, and the reference among what they say."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import value_of
from newslint.records import Facts, Group, Mention, article_names, by_article, group, reference

URLS = [f"https://example.org/{name}" for name in "abcde"]


def mention(path: str, prefix: str = "", host: Facts | None = None, **fields: object) -> Mention:
    yaml = "\n".join(f"{name}: {value}" for name, value in fields.items()) or "{}"
    facts = Facts(value_of(yaml), is_record=not prefix)
    return Mention(facts, path, prefix, host=host)


def hosted(path: str, date: str = "", **fields: object) -> Mention:
    host = Facts(value_of(f"publishedDateTime: {date}"), is_record=True)
    return mention(path, "/related/0", host, **fields)


def quality(one: Mention) -> int | None:
    return one.facts.quality


class TestReference:
    def test_a_record_decides_against_any_majority(self) -> None:
        mentions = [hosted(f"{name}.md", quality=88) for name in "abc"]
        found = reference(Group("", [*mentions, mention("d.md", quality=84)]), quality)
        assert found is not None
        assert (found.value, found.votes, found.mention.path) == (84, 0, "d.md")

    def test_a_record_that_says_nothing_does_not_decide(self) -> None:
        found = reference(Group("", [mention("a.md"), hosted("b.md", quality=5)]), quality)
        assert found is not None
        assert (found.value, found.votes, found.total) == (5, 1, 1)

    def test_the_majority_decides(self) -> None:
        scores = {"a": 86, "b": 88, "c": 88}
        mentions = [hosted(f"{name}.md", quality=score) for name, score in scores.items()]
        found = reference(Group("", mentions), quality)
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
    def test_on_a_tie_the_newest_record_decides(self, dates: tuple[str, str], winner: int) -> None:
        mentions = [hosted("a.md", dates[0], quality=1), hosted("b.md", dates[1], quality=2)]
        found = reference(Group("", mentions), quality)
        assert found is not None
        assert found.value == winner

    def test_where_nobody_says_anything_there_is_none(self) -> None:
        assert reference(Group("", [mention("a.md"), hosted("b.md")]), quality) is None


class TestNames:
    def names(self, *records: dict[str, str]) -> dict[str, str]:
        return article_names([mention(f"{at}.md", **fields) for at, fields in enumerate(records)])

    def test_urls_that_lead_nowhere_else_need_no_name(self) -> None:
        assert self.names({"webUrl": URLS[0]}, {"webUrl": URLS[1]}, {"title": "t"}) == {}

    def test_an_original_url_leads_to_its_article(self) -> None:
        assert self.names({"webUrl": URLS[1], "originalUrl": URLS[0]}) == {URLS[1]: URLS[0]}

    def test_chains_have_one_name(self) -> None:
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

    def test_entries_lead_nowhere(self) -> None:
        entry = hosted("a.md", webUrl=URLS[1], originalUrl=URLS[0])
        assert article_names([entry]) == {}


class TestGroups:
    def test_mentions_are_sorted_by_file_and_entry(self) -> None:
        found = [mention("b.md"), mention("a.md", "/related/10"), mention("a.md", "/related/9")]
        found += [mention("a.md")]
        places = [(each.path, each.prefix) for each in Group("", found).mentions]
        assert places == [
            ("a.md", ""),
            ("a.md", "/related/9"),
            ("a.md", "/related/10"),
            ("b.md", ""),
        ]

    def test_records_and_entries_are_told_apart(self) -> None:
        members = Group("", [mention("b.md"), mention("a.md", "/related/0")])
        assert [each.path for each in members.records] == ["b.md"]
        assert [each.path for each in members.entries] == ["a.md"]

    def test_a_mention_may_belong_to_many_groups_or_none(self) -> None:
        mentions = [mention("a.md", title="x y"), mention("b.md", title="y"), mention("c.md")]
        found = group(mentions, lambda each: (each.facts.title or "").split(), {})
        assert {each.key: [one.path for one in each.mentions] for each in found} == {
            "x": ["a.md"],
            "y": ["a.md", "b.md"],
        }

    def test_names_bring_groups_together(self) -> None:
        mentions = [mention("a.md", webUrl=URLS[0]), mention("b.md", webUrl=URLS[1])]
        (found,) = group(mentions, by_article, {URLS[1]: URLS[0]})
        assert (found.key, len(found.mentions)) == (URLS[0], 2)

    @given(
        st.lists(
            st.tuples(st.booleans(), *[st.sampled_from(["", *URLS])] * 3, st.integers(0, 2)),
            max_size=8,
        ),
        st.randoms(use_true_random=False),
    )
    def test_the_order_of_mentions_does_not_matter(
        self, rows: list[tuple[bool, str, str, str, int]], shuffler: random.Random
    ) -> None:
        mentions = [
            mention(
                f"{at}.md",
                "" if is_record else f"/related/{at}",
                webUrl=web or "''",
                originalUrl=original or "''",
                ampWebUrl=amp or "''",
                quality=score,
            )
            for at, (is_record, web, original, amp, score) in enumerate(rows)
        ]
        shuffled = list(mentions)
        shuffler.shuffle(shuffled)
        assert outcome(mentions) == outcome(shuffled)


def outcome(mentions: list[Mention]) -> object:
    names = article_names(mentions)
    groups = list(group(mentions, by_article, names))
    truths = [reference(each, quality) for each in groups]
    return (
        names,
        [(each.key, [one.path for one in each.mentions]) for each in groups],
        [(truth.value, truth.mention.path) for truth in truths if truth],
    )
