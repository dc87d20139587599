from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cupola.scenario.references import MAX_CIRCLES, circles

NODES = st.sampled_from("abcdefg")
GRAPHS = st.dictionaries(NODES, st.lists(NODES, max_size=4).map(tuple), max_size=7)


@given(GRAPHS)
def test_circles_are_circles_and_one_is_found_when_there_is_one(links):
    found = circles(links)
    for circle in found:
        assert circle[0] == circle[-1]
        assert all(after in links[before] for before, after in pairwise(circle))
    assert bool(found) == _has_circle(links)


def _has_circle(links):
    """Leaves are cut until none is left; what remains then holds a circle."""
    rest = dict(links)
    while True:
        leaves = [node for node, steps in rest.items() if not any(step in rest for step in steps)]
        if not leaves:
            return bool(rest)
        for node in leaves:
            del rest[node]


def test_a_long_chain_does_not_exhaust_the_stack():
    chain = {str(number): (str(number + 1),) for number in range(20_000)}
    assert circles(chain) == []
    assert len(circles({**chain, "20000": ("0",)})) == 1


def test_a_knot_of_many_circles_is_cut_short():
    everyone = tuple(str(number) for number in range(60))
    assert len(circles({node: everyone for node in everyone})) == MAX_CIRCLES
