"""The altitude that is known of a station: recorded, of the scenario's epoch, or none."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from cupola.analysis.known_altitude import SET, known_altitude
from cupola.base.errors import DomainError
from cupola.programme.programme import Programme
from support.judged_nouns import q

D = dt.date


def until(programme: Programme, day: dt.date) -> Programme:
    """The programme with the altitudes recorded up to a day."""
    return dataclasses.replace(programme, altitudes=tuple(row for row in programme.altitudes if row.day <= day))


def orbit(programme: Programme, **values: object) -> Programme:
    return dataclasses.replace(programme, orbit=dataclasses.replace(programme.orbit, **values))


def test_near_a_record_it_is_that_of_the_day_or_between_two(programme: Programme) -> None:
    on = known_altitude(programme, D(2029, 12, 11))
    assert (on.altitude, on.told) == (409e3, "recorded on 2029-12-11")
    between = known_altitude(programme, D(2029, 12, 6))
    assert between.altitude == pytest.approx(409.5e3)
    assert between.told == "between those recorded on 2029-12-01 and 2029-12-11"


def test_far_from_a_record_it_is_the_last_one_with_its_age_and_never_a_target(programme: Programme) -> None:
    alone = until(programme, D(2029, 12, 11))
    later = orbit(alone, epoch=D(2031, 1, 1))
    found = known_altitude(later, D(2030, 3, 21))
    assert (found.altitude, found.told) == (409e3, "recorded on 2029-12-11, 100 days before")
    assert known_altitude(until(later, D(2029, 12, 1)), D(2029, 12, 2)).told.endswith(", 1 day before")


def test_the_scenarios_own_counts_from_its_epoch_on(programme: Programme) -> None:
    alone = until(programme, D(2029, 12, 11))
    found = known_altitude(alone, D(2030, 3, 21))
    assert (found.altitude, found.told) == (410e3, "of the scenario for 2030-01-01, 79 days before")
    assert alone.orbit.epoch == D(2030, 1, 1)
    day = D(2029, 12, 11)
    put = orbit(programme, epoch=day, altitude=dataclasses.replace(q(404.0, "km"), where=SET))
    assert known_altitude(put, day).told == "as set for 2029-12-11" and known_altitude(put, day).altitude == 404e3


def test_where_none_is_known_it_says_what_to_give(programme: Programme) -> None:
    bare = orbit(until(programme, D(2020, 1, 1)), epoch=D(2031, 1, 1))
    with pytest.raises(DomainError, match=r"no day up to 2029-12-15; expected one\. Give FILE or --state, or .* --set"):
        known_altitude(bare, D(2029, 12, 15))
