"""Russia leaves with a part of the station: what goes with it, what stays, and what is of no more use."""

from __future__ import annotations

import datetime as dt

import pytest

from behaviour.story import Story, tell

AFTER = dt.date(2022, 10, 31)
SETTINGS = (f"departure.after={AFTER}", "span.end=2022-12-31")
CUT = AFTER + dt.timedelta(days=1)
BEYOND_ZVEZDA = {"zvezda", "nauka", "prichal", "poisk"}
BEYOND_ZARYA = BEYOND_ZVEZDA | {"zarya", "rassvet"}
GOES = {"zvezda": BEYOND_ZVEZDA, "zarya": BEYOND_ZARYA}
TANKS = {"zvezda": {"tank-zvezda", "tank-nauka"}, "zarya": {"tank-zvezda", "tank-nauka", "tank-zarya"}}
PORTS = {
    "zvezda": {"zvezda-aft", "poisk-zenith", "prichal-nadir"},
    "zarya": {"zvezda-aft", "poisk-zenith", "prichal-nadir", "rassvet-nadir"},
}


@pytest.fixture(scope="module", params=["zvezda", "zarya"])
def story(request: pytest.FixtureRequest) -> Story:
    """Cut between Zarya and Zvezda, or between PMA-1 and Zarya."""
    return tell("iss-russia-separates", *SETTINGS, f"departure.cut={request.param}")


@pytest.fixture(scope="module")
def whole() -> Story:
    """The same exit without a cut."""
    return tell("iss-russia-leaves", *SETTINGS)


def cut_of(story: Story) -> str:
    assert story.programme.departure is not None
    return story.programme.departure.cut


def test_what_hangs_on_the_cut_goes(story: Story) -> None:
    gone = {key for key, mask in story.state.attached.items() if not mask.any()}
    known = {key for key in gone if story.programme.elements[key].detached is None}
    assert known == GOES[cut_of(story)]


def test_the_mass_that_goes_is_that_of_the_elements_and_their_share_of_the_rest(story: Story) -> None:
    programme, event = story.programme, story.first(f"separated/{cut_of(story)}")
    assert event.date == CUT
    listed = {key: row.mass.value for key, row in programme.attached_on(programme.span.start).items()}
    elements = sum(listed[key] for key in GOES[cut_of(story)])
    share = elements / sum(listed.values())
    assert event.value == pytest.approx(elements + share * programme.orbit.unlisted_mass.value, rel=1e-9)


def test_not_a_kilogram_is_lost_in_the_cut(story: Story, whole: Story) -> None:
    taken = {
        row["commodity"]: -row["amount"]
        for row in story.rows("flows")
        if row["future"] == 1 and row["cause"] == "separated"
    }
    structure = story.first(f"separated/{cut_of(story)}").value or 0.0
    # The series weighs the station every fifth day; this is the first such day after the cut.
    day = CUT + dt.timedelta(days=2)
    missing = whole.column("mass")[day] - story.column("mass")[day]
    # The generators at once begin to make up for the oxygen that left, and vent the hydrogen of that water.
    vented = missing - structure - sum(taken.values())
    assert 0.0 < vented <= taken["oxygen"] * 0.127
    assert taken["water"] > 500 and taken["food"] > 0 and taken["propellant"] > 0


def test_tanks_that_leave_are_empty_and_the_others_are_not_touched(story: Story, whole: Story) -> None:
    ledger, other = story.state.ledger, whole.state.ledger
    for store in story.programme.stores.values():
        if store.commodity == "propellant" and store.capacity.value > 0:
            level = ledger.levels[ledger.row(store.id)]
            gone = store.id in TANKS[cut_of(story)]
            assert (level == 0.0).all() if gone else (level == other.levels[other.row(store.id)]).all(), store.id


def test_propellant_that_stays_is_stranded(story: Story) -> None:
    lost = story.first("function-lost/propellant_storage")
    assert lost.date == CUT
    left = story.column("propellant")
    after = {day: amount for day, amount in left.items() if day >= CUT}
    burnt = [event for event in story.of("reboost") if event.date >= CUT]
    assert burnt == []
    if cut_of(story) == "zvezda":
        assert min(after.values()) > 1000.0, "that of the tanks in Zarya stays aboard and nobody can use it"
        assert "provider-lost/storage-zarya" in lost.because
        assert story.first("provider-lost/storage-zarya").because == ("partner-left/roscosmos",)
    else:
        own = story.programme.vehicles["cygnus"].propellant_own.value
        assert max(after.values()) <= own + 1e-6, "only what a Cygnus has in its own tanks"
        assert story.first("rule-crossed/propellant-reserve").date == CUT


def test_its_ports_are_gone_and_no_ship_is_left_at_them(story: Story) -> None:
    closed = {port for row, port in enumerate(story.state.model.ports) if not story.state.port_open[row].any()}
    assert closed == PORTS[cut_of(story)]
    for stay in story.stays():
        if stay["port"] in PORTS["zarya"]:
            assert stay["left"] is not None and stay["left"] <= AFTER, stay["flight"]


def test_its_people_are_home_before_the_cut(story: Story) -> None:
    crew = story.column("crew")
    assert crew[AFTER] == 4 and crew[CUT] == 4
    assert story.state.trained[story.state.model.partners.index("roscosmos")].max() == 0
    assert story.subjects("stranded") == set()


def test_each_part_lacks_what_the_other_took(story: Story) -> None:
    name = story.programme.elements[cut_of(story)].name
    verdict = {(row["part"], row["function"]): row["verdict"] for row in story.rows("parts")}
    with_it, without = f"with {name}", "without it"
    for function in ("attitude_thrusters", "reboost"):
        assert (verdict[with_it, function], verdict[without, function]) == ("enough", "none")
    for function in ("attitude_gyros", "oxygen_generation", "power_transfer"):
        assert verdict[with_it, function] == "none"
    assert verdict[without, "power"] == "enough"
    # The converters stand in Zarya: they stay when the cut is behind it, and are of no use to either part.
    assert verdict[without, "power_transfer"] == ("none" if cut_of(story) == "zarya" else "enough")


def test_the_lighter_station_sinks_faster(story: Story, whole: Story) -> None:
    day = dt.date(2022, 12, 15)
    lighter, heavier = (run.column("altitude", 0)[CUT] - run.column("altitude", 0)[day] for run in (story, whole))
    assert lighter > heavier > 0.0
