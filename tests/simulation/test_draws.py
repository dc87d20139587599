"""Draws depend on their key alone: seed, stream and future."""

import numpy as np
import pytest

from cupola.base.quantity import Quantity
from cupola.simulation.draws import Draws
from cupola.simulation.lanes import Lane, default_lanes

RANGE = Quantity(3.0, 1.0, 9.0, "1", "K", "general knowledge")


def lanes(*numbers: int) -> list[Lane]:
    return [Lane(number, str(number), False, False) for number in numbers]


def test_a_lane_draws_the_same_in_any_company() -> None:
    wide = Draws(7, lanes(*range(1, 1001)))
    alone = Draws(7, lanes(500))
    some = Draws(7, lanes(900, 3, 500))
    for stream in ("slip/a", "loss/b"):
        assert wide.uniform(stream)[499] == alone.uniform(stream)[0] == some.uniform(stream)[2]
        assert wide.quantity(stream, RANGE)[499].tobytes() == some.quantity(stream, RANGE)[2].tobytes()


def test_streams_and_seeds_differ() -> None:
    draws, other = Draws(7, lanes(*range(1, 50))), Draws(8, lanes(*range(1, 50)))
    assert not np.array_equal(draws.uniform("a"), draws.uniform("b"))
    assert not np.array_equal(draws.uniform("a"), other.uniform("a"))


def test_a_nominal_lane_takes_the_stated_value_and_the_median() -> None:
    draws = Draws(1, default_lanes(3))
    drawn = draws.quantity("x", RANGE)
    assert drawn[0] == drawn[1] == 3.0
    assert draws.uniform("u")[0] == 0.5
    assert draws.exponential("e", np.full(8, 10.0))[0] == pytest.approx(10.0 * np.log(2.0))


def test_both_lanes_of_a_sample_share_their_numbers() -> None:
    drawn = Draws(1, default_lanes(3)).quantity("x", RANGE)
    assert np.array_equal(drawn[2::2], drawn[3::2])


def test_triangular_draws_have_its_mean_and_stay_inside() -> None:
    drawn = Draws(1, lanes(*range(1, 4001))).quantity("x", RANGE)
    assert drawn.min() >= 1.0 and drawn.max() <= 9.0
    # The mean of a triangular law is (low + mode + high) / 3; its standard error here is 0.027.
    assert drawn.mean() == pytest.approx(13.0 / 3.0, abs=0.1)
