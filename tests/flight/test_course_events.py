"""Events by the words that ask for them: where they lie over the ground, and which are meant."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.flight.course import follow
from cupola.flight.course_events import COLUMNS, HEAD, WORDS, Sought, events_csv, seen, watches
from cupola.flight.full import Craft, State
from cupola.flight.full_events import KINDS, Watch
from cupola.flight.sky import Sky

BEGIN = np.datetime64("2025-01-01T12:00", "us")
START = State(BEGIN, np.array([6_788_136.3, 0.0, 0.0, 0.0, 4_755.154, 6_008.923]), Craft(420_000.0, 3_520.0))
FLAT = np.full(200, 150.0)
SKY = Sky(60_600, FLAT, FLAT, np.full(200, 15.0), 60_600)
ALL = (*(Sought(word) for word in WORDS if word != "altitude"), Sought("altitude", 410e3), Sought("altitude", 400e3))


@pytest.fixture(scope="module")
def course():  # type: ignore[no-untyped-def]
    return follow(START, BEGIN + np.timedelta64(6, "h"), "full", SKY, watches=watches(ALL))


def test_every_word_finds_its_own_events_where_they_belong(course) -> None:  # type: ignore[no-untyped-def]
    found = seen(course.events, ALL)
    assert [one.instant for one in found] == sorted(one.instant for one in found) and len(found) == len(course.events)
    by_kind = {kind: [one for one in found if one.kind == kind] for kind in {one.kind for one in found}}
    # Four turns of 92.5 minutes, less a quarter of an hour.
    assert len(by_kind["ascending node"]) == 3 and len(by_kind["descending node"]) == 4
    # The true equator, and the axis of the ground: 0.3 arc seconds apart.
    assert all(abs(one.latitude) < 3e-6 for one in by_kind["ascending node"])
    # The ground turns by 23 degrees to the east under each turn.
    east = np.diff([one.longitude for one in by_kind["ascending node"]])
    assert np.degrees(east) == pytest.approx([-23.5, -23.5], abs=0.3)
    assert {round(one.height) for one in by_kind["height rising"]} == {400_000, 410_000}
    assert max(one.height for one in by_kind["perigee"]) < min(one.height for one in by_kind["apogee"])
    for kind in ("umbra entry", "umbra exit", "penumbra entry", "penumbra exit", "height falling"):
        assert by_kind[kind]
    assert all(abs(one.latitude) < np.radians(52.0) for one in found)


def test_a_word_leaves_the_others_out(course) -> None:  # type: ignore[no-untyped-def]
    assert {one.kind for one in seen(course.events, [Sought("perigee")])} == {"perigee"}
    assert {one.kind for one in seen(course.events, [Sought("eclipse")])} == {"umbra entry", "umbra exit"}
    assert watches([Sought("perigee"), Sought("apogee")]) == (Watch("apsis"),)
    assert seen(course.events, []) == []


def test_a_table_has_all_of_them(course) -> None:  # type: ignore[no-untyped-def]
    found = seen(course.events, [Sought("node")])
    lines = events_csv(found).splitlines()
    assert lines[0] == ",".join(COLUMNS) and lines[0].startswith(HEAD) and len(lines) == len(found) + 1
    cells = lines[1].split(",")
    assert cells[0].startswith("2025-01-01T12:46:1") and cells[0].endswith("Z") and cells[1] == "descending node"
    assert [float(cell) for cell in cells[2:]] == pytest.approx([398.6e3, 0.0, -112.9], abs=100.0)


def test_what_cannot_be_watched_is_refused() -> None:
    with pytest.raises(DomainError, match="is not known: got 'moon'"):
        Sought("moon")
    with pytest.raises(DomainError, match="height: got 90000 km"):
        watches([Sought("altitude", 90_000e3)])
    with pytest.raises(DomainError, match="full engine only"):
        follow(START, BEGIN + np.timedelta64(6, "h"), "averaged", SKY, watches=[Watch("node")])
    assert {WORDS[word][0] for word in WORDS} == set(KINDS) - {"floor"}
