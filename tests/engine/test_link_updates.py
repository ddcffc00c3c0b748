"""Links that are updated are those of the remaining records, whatever has changed before."""

from hypothesis import given
from hypothesis import strategies as st
from test_link_stories import DIFFERENT, MERGER, SAME
from test_link_stories import item as story
from test_link_variants import LOOK_ALIKES, VARIANTS, A, item

from newslint.engine.link import Links
from newslint.engine.link_candidate import read_linked_record
from newslint.records import Description

COLUMN = [story("a", "Five things to read today", path=str(at)) for at in range(7)]
PAGES = [item(f"{A}news{at // 2}?id={at}", f"{MERGER} {at // 2}") for at in range(8)]
RECORDS = [
    *(
        each
        for pairs in (SAME, DIFFERENT, VARIANTS, LOOK_ALIKES)
        for one in pairs.values()
        for each in one
    ),
    *COLUMN,
    *PAGES,
]
CHANGES = st.lists(st.lists(st.sampled_from(RECORDS), max_size=12), max_size=4)


@given(CHANGES)
def test_updated_links_are_those_of_the_remaining_records(states: list[list[Description]]) -> None:
    links, before = Links(), []
    for state in states:
        links.update(*([read_linked_record(each) for each in one] for one in (before, state)))
        before = state
        fresh = Links(state)
        assert links.articles == fresh.articles
        assert links.stories == fresh.stories
