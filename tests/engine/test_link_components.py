"""Components that are renewed are those of the remaining pairs."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from newslint.engine.link_components import Components, PairGraph

URL = st.sampled_from("abcdefghijkl")
STATES = st.lists(st.lists(st.tuples(URL, URL).filter(lambda pair: pair[0] != pair[1])), max_size=5)


def names_of(pairs: list[tuple[str, str]]) -> dict[str, str]:
    names = {url: url for url in chain.from_iterable(pairs)}
    for _ in names:
        for pair in pairs:
            least = min(names[url] for url in pair)
            names |= dict.fromkeys(pair, least)
    return {url: name for url, name in names.items() if url != name}


@given(STATES)
def test_renewed_components_are_those_of_the_remaining_pairs(
    states: list[list[tuple[str, str]]],
) -> None:
    graph = PairGraph()
    components = Components(graph.neighbours)  # type: ignore[arg-type] # all nodes are strings
    before: list[tuple[str, str]] = []
    for state in states:
        old = dict(components.names)
        graph.replace(before, state)
        changes = components.renew(graph.take_touched(), "abcdefghijkl")
        assert components.names == names_of(state)
        for url in "abcdefghijkl":
            name = components.names.get(url, url)
            assert changes.get(url, name) == old.get(url, url)
        before = state
