"""Records of one article that disagree, and the mentions that follow them."""

import random

from hypothesis import given
from hypothesis import strategies as st

from helpers import value_of
from newslint.records import Corpus, Description, Group, Record, describe, pack_lines
from newslint.records.disagreement import count_followers, find_disagreements, have_disagreement

Values = tuple[str, int]
VALUES = st.tuples(st.sampled_from(["One", "Two", "Cut short", "Cut"]), st.sampled_from([1, 2]))


def description(values: Values, *, is_record: bool) -> Description:
    title, quality = values
    yaml = f"title: {title}\nexcerpt: {title}\nquality: {quality}\nwebUrl: https://a.example/1"
    return describe(value_of(yaml), is_record=is_record)


def group(records: list[Values], entries: list[Values]) -> Group:
    """Build the group of records of one article, the first of which embeds all entries."""
    own = [description(each, is_record=True) for each in records]
    embedded = [description(each, is_record=False) for each in entries]
    known = {each.digest: each for each in (*own, *embedded)}
    files = [Record(f"{at}.md", each.digest) for at, each in enumerate(own)]
    digests = b"".join(each.digest for each in embedded)
    lines = pack_lines([0] * len(embedded))
    files[0] = Record("0.md", own[0].digest, 0, "/related", digests, lines)
    return Corpus(files, known).group("", known)


def test_the_fields_in_which_records_disagree() -> None:
    assert find_disagreements(group([("One", 1), ("Two", 1)], [])) == ("headline", "excerpt")
    assert find_disagreements(group([("One", 1), ("One", 2)], [])) == ("quality",)


def test_a_truncated_excerpt_is_no_disagreement() -> None:
    assert find_disagreements(group([("Cut short", 1), ("Cut", 1)], [])) == ("headline",)


def test_one_record_agrees_with_itself() -> None:
    assert not have_disagreement(group([("One", 1)], [("Two", 2)]))


def test_a_mention_follows_the_record_that_it_has_most_in_common_with() -> None:
    found = count_followers(group([("One", 1), ("Two", 2)], [("One", 1), ("Two", 1), ("Two", 2)]))
    assert found == {0: 1, 1: 2}


@given(st.lists(VALUES, min_size=1, max_size=4), st.lists(VALUES, max_size=4), st.randoms())
def test_each_mention_follows_one_record(
    records: list[Values], entries: list[Values], rng: random.Random
) -> None:
    found = group(records, entries)
    assert count_followers(found).total() == len(entries)
    shuffled = group(rng.sample(records, len(records)), entries)
    assert find_disagreements(found) == find_disagreements(shuffled)
    assert have_disagreement(found) == bool(find_disagreements(found))
