"""Burns found in the states of real releases and in real element sets."""

from __future__ import annotations

import numpy as np
import pytest
from track_found import LEAST_M_S, checked, of_elements, of_releases

pytestmark = pytest.mark.validation


@pytest.mark.parametrize("odd", [0, 1])
def test_every_burn_of_the_event_tables_is_found(odd: int) -> None:
    # Thresholds were chosen on even numbers. Measured: 9 of 9 and 5 of 5 found, worst 0.056 m/s of a table in tenths.
    told, more = of_releases()
    mine = [one for one in told if one.release % 2 == odd]
    assert len([one for one in mine if one.delta_v >= LEAST_M_S]) >= 5
    assert all(one.found is not None for one in mine)
    assert all(abs(abs(one.found) - one.delta_v) <= 0.1 for one in mine if one.found is not None)
    assert [burn for number, burn in more if number % 2 == odd] == []


def test_what_lowers_has_its_sign() -> None:
    signs = {one.event: np.sign(one.found or 0.0) for one in of_releases()[0]}
    assert signs["GMT267 Deboost Preli"] == signs["GMT 358 Deboost"] == -1.0
    assert signs["GMT231 SM Reboost"] == signs["GMT055 Reboost Preli"] == 1.0


@pytest.mark.parametrize("chosen", [True, False])
def test_steps_of_the_checked_list_are_found(chosen: bool) -> None:
    # Measured: 24 of 24 and 42 of 42, two false alarms in 2.1 years and one in 4.2.
    pairs, alarms, years = of_elements(chosen)
    assert all(burn is not None for _, burn in pairs)
    assert len(alarms) <= years
    assert np.median([abs(burn.raised - step.size) for step, burn in pairs if burn is not None]) < 250.0


def test_the_checked_list_is_long_enough() -> None:
    assert sum(step.burn for step in checked()) >= 60
