"""The graph of needs: what stands, told against a plain reading of the rules, one case at a time."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cupola.analysis.dependence import judge_on, stands, working
from cupola.analysis.losses import Loss, read_losses, single_losses
from cupola.analysis.outages import idle_sites, outages
from cupola.analysis.presence import world
from cupola.analysis.remaining import remaining
from cupola.base.errors import ScenarioError
from cupola.programme.functions import Need, Provision
from cupola.programme.programme import Programme
from cupola.programme.station import Outage, Site
from support.nouns import provision, q
from support.small_station import small

DAY = dt.date(2030, 1, 1)
PLACES = ("core", "truss", "engine-block", "cabin")
FUNCTIONS = ("power", "reboost", "attitude_thrusters", "command_data")


def plainly(programme: Programme, losses: Collection[Loss]) -> set[str]:
    """Provisions on elements that stand, by taking away one after the other until nothing changes."""
    keys = {loss.key for loss in losses}
    standing = {
        key
        for key, row in programme.provisions.items()
        if not {f"partner/{row.operator}", f"element/{row.provider}", f"provision/{key}"} & keys
    }
    while True:
        for key in sorted(standing):
            if not all(_met(programme, need, standing, keys) for need in programme.provisions[key].needs):
                standing.discard(key)
                break
        else:
            return standing


def _met(programme: Programme, need: Need, standing: Collection[str], keys: set[str]) -> bool:
    rows = [programme.provisions[key] for key in standing]
    if need.kind == "provision":
        return need.subject in standing
    if need.kind == "function":
        given = sum(row.capacity.value for row in rows if row.function == need.subject)
        return given > 0.0 and given >= need.amount
    site = programme.sites[need.subject]
    return not {f"site/{need.subject}", f"partner/{site.operator}"} & keys


@some.composite
def stations(draw: some.DrawFn) -> Programme:
    """Stations of a few providers that need each other in any way, circles included."""
    number = draw(some.integers(2, 9))
    names = [f"unit-{place}" for place in range(number)]
    need = some.one_of(
        some.builds(Need, some.just("provision"), some.sampled_from(names)),
        some.builds(Need, some.just("function"), some.sampled_from(FUNCTIONS), some.sampled_from((0.0, 1500.0))),
        some.builds(Need, some.just("site"), some.sampled_from(("centre-a", "centre-b"))),
    )
    rows: dict[str, Provision] = {}
    for name in names:
        amount = draw(some.sampled_from((0.0, 1.0, 2.0)))
        rows[name] = provision(
            name,
            draw(some.sampled_from(FUNCTIONS)),
            draw(some.sampled_from(PLACES)),
            q(amount * 1000.0),
            draw(some.sampled_from(("a", "b"))),
            *draw(some.lists(need, max_size=3)),
        )
    sites = {key: Site(key, key, "control", key[-1], "s", "K", "") for key in ("centre-a", "centre-b")}
    return dataclasses.replace(small(), provisions=rows, sites=sites, people=())


@given(stations(), some.data())
def test_what_stands_is_what_a_plain_reading_says(station: Programme, data: some.DataObject) -> None:
    pool = [Loss("partner", "a"), Loss("partner", "b"), Loss("site", "centre-a"), Loss("provision", "unit-0")]
    pool += [Loss("element", key) for key in PLACES]
    sets = data.draw(some.lists(some.lists(some.sampled_from(pool), max_size=3), min_size=1, max_size=6))
    judged = judge_on(station, station.as_of, sets).judge()
    for case, losses in enumerate(sets):
        found = {key for key, works in judged.works.items() if works[case]}
        assert found == plainly(station, losses)


@given(stations(), some.sampled_from(PLACES))
def test_every_chain_ends_at_a_loss_or_at_a_need_that_nobody_meets(station: Programme, place: str) -> None:
    for row in remaining(station, station.as_of, [(Loss("element", place),)]):
        assert len(row["why"]) == len(row["falls"])
        for told in row["why"]:
            steps = told.split(" <- ")
            assert len(steps) == len(set(steps)), "a chain that runs in a circle explains nothing"
            assert steps[-1] == place


def test_a_site_is_lost_with_its_operator_and_alone(programme: Programme) -> None:
    judged = judge_on(programme, DAY, [(), (Loss("site", "centre-a"),), (Loss("partner", "a"),)]).judge()
    assert judged.works["arrays"].tolist() == [True, False, False]


def with_pads(programme: Programme, *pads: Site) -> Programme:
    tug = dataclasses.replace(programme.vehicles["tug"], site="pad")
    capsule = dataclasses.replace(programme.vehicles["capsule"], site="pad")
    sites = {**programme.sites, **{pad.id: pad for pad in pads}}
    return dataclasses.replace(programme, sites=sites, vehicles={"tug": tug, "capsule": capsule})


PAD = Site("pad", "Pad", "launch", "b", "s", "K", "")
OTHER = Site("other", "Other pad", "launch", "c", "s", "K", "", until=dt.date(2030, 6, 1), serves=("tug",))


def test_the_loss_of_a_launch_site_grounds_the_ships_that_fly_from_it(programme: Programme) -> None:
    judged = judge_on(with_pads(programme, PAD), DAY, [(), (Loss("site", "pad"),)]).judge()
    assert judged.works["tug-thrust"].tolist() == [True, False]


def test_the_seats_of_a_ship_that_is_docked_are_missed_when_it_has_left(programme: Programme) -> None:
    station = with_pads(programme, PAD)
    stays = {"capsule": q(400 * 86400.0), "tug": q(0.0)}
    ships = {key: dataclasses.replace(row, max_stay=stays[key]) for key, row in station.vehicles.items()}
    station = dataclasses.replace(station, vehicles=ships)
    judged = judge_on(station, DAY, [(Loss("site", "pad"),)]).judge()
    assert not judged.works["seats-b"][0], "the next capsule cannot come"
    assert judged.unseated[0] == 0, "the crew of the one that is docked goes home in it"
    left = {row["function"]: row for row in remaining(station, DAY, [(Loss("site", "pad"),)])}
    gone = [dt.date.fromordinal(int(world(station, [DAY]).leaves[key][0])) for key in ("capsule", "tug")]
    assert left["return_seats"]["felt"] == gone[0] > DAY
    docked = next(row.docked for row in station.flights.values() if row.vehicle == "capsule")
    assert docked is not None and gone[0] == docked + dt.timedelta(days=400), "nobody can come to relieve it"
    assert left["reboost"]["felt"] == max(gone[1], DAY)
    both = {
        row["function"]: row["felt"]
        for row in remaining(station, DAY, [(Loss("site", "pad"), Loss("element", "core"))])
    }
    assert both["return_seats"] == gone[0], "the latest day of all that must have gone counts"
    lost = remaining(station, DAY, [(Loss("vehicle", "capsule"),)])
    assert {row["felt"] for row in lost} == {DAY}, "a ship that is lost is missed at once"


def test_an_outage_for_a_time_takes_nothing_and_one_without_an_end_takes_the_ships(programme: Programme) -> None:
    station = with_pads(programme, PAD)
    out = Outage("o", "pad", DAY, None, DAY + dt.timedelta(days=90), "s", "K", "")
    assert working(dataclasses.replace(station, outages={"o": out}), DAY) == working(station, DAY)
    for_good = dataclasses.replace(station, outages={"o": dataclasses.replace(out, end=None)})
    spare = with_pads(for_good, PAD, OTHER)
    lost = [(Loss("site", "other"),)]
    assert judge_on(spare, DAY, lost).judge().works["tug-thrust"].tolist() == [False]
    assert judge_on(with_pads(programme, PAD, OTHER), DAY, lost).judge().works["tug-thrust"].tolist() == [True]


def test_outages_are_told_with_the_ships_they_hold_back(programme: Programme) -> None:
    station = with_pads(programme, PAD, OTHER)
    out = Outage("o", "pad", DAY, DAY + dt.timedelta(days=30), None, "s", "K", "")
    station = dataclasses.replace(station, outages={"o": out})
    (row,) = outages(station, DAY)
    assert (row["site"], row["until"], row["vehicles"]) == ("pad", out.expected, ["capsule"]), "tugs fly from the other"
    assert row["docked"] == 1
    assert outages(station, DAY + dt.timedelta(days=31)) == []
    idle = idle_sites(with_pads(programme, PAD, dataclasses.replace(OTHER, serves=())), [Loss("site", "other")])
    assert [(row["site"], row["used"]) for row in idle] == [("other", {"pad": ["tug", "capsule"]})]


def test_another_open_site_takes_the_place_of_one_that_is_lost(programme: Programme) -> None:
    station = with_pads(programme, PAD, OTHER)
    lost = [(Loss("site", "pad"),), (Loss("site", "pad"), Loss("site", "other"))]
    assert judge_on(station, DAY, lost).judge().works["tug-thrust"].tolist() == [True, False]
    later = judge_on(station, dt.date(2030, 6, 2), lost).judge()
    assert not later.works["tug-thrust"].any(), "it closed the day before"
    without_b = working(station, DAY, {"b"})
    assert without_b["tug-thrust"][1] == "function/attitude_thrusters", "the other pad is a company's of partner a"


def test_the_loss_of_every_port_leaves_a_ship_nowhere_to_go(programme: Programme) -> None:
    rows = remaining(programme, DAY, [(Loss("element", "core"),)], function="return_seats")
    assert rows == [], "a docked ship is its crew's own"
    [row] = remaining(programme, DAY, [(Loss("element", "core"),)], function="reboost")
    assert row["left"] == 0.0 and "tug-thrust <- port for tug <- core" in row["why"]


def test_an_element_is_lost_alone_and_a_branch_with_what_hangs_on_it(programme: Programme) -> None:
    judged = judge_on(programme, DAY, [(Loss("element", "core"),), (Loss("branch", "core"),)]).judge()
    assert judged.works["arrays"].tolist() == [True, False], "the laboratory hangs on the core"


def test_people_of_a_partner_that_stays_lose_their_seat_with_its_ship(programme: Programme) -> None:
    sets = [(), (Loss("partner", "b"),), (Loss("vehicle", "capsule"),), (Loss("partner", "a"),)]
    judged = judge_on(programme, DAY, sets).judge()
    assert judged.unseated.tolist() == [0, 1, 2, 0], "Ada of a and Ben of b came in the capsule of b"
    assert stands(judged, "return_seats").tolist() == [True, False, False, True]
    assert judged.people.tolist() == [2, 1, 2, 1]


def test_a_contractor_is_lost_alone_or_with_its_partner(programme: Programme) -> None:
    tug = dataclasses.replace(programme.provisions["tug-thrust"], operator="c")
    station = dataclasses.replace(programme, provisions={**programme.provisions, "tug-thrust": tug})
    judged = judge_on(station, DAY, [(), (Loss("partner", "c"),), (Loss("partner", "a"),)]).judge()
    assert judged.works["tug-thrust"].tolist() == [True, False, False]
    assert judged.works["oxygen-a"].tolist() == [True, True, False]


def test_after_the_as_of_day_ships_come_by_the_services_and_are_relieved(programme: Programme) -> None:
    days = [DAY, dt.date(2030, 5, 2), dt.date(2030, 5, 20), dt.date(2030, 11, 1)]
    there = world(programme, days)
    assert there.ships["capsule"].tolist() == [1, 2, 1, 2], "on 1 May, after a week of handover, and 180 days later"
    alone = [int(world(programme, [day]).ships["capsule"][0]) for day in days]
    assert alone == [1, 2, 1, 2], "a day says the same whichever others are asked for"
    assert there.people["b"].tolist() == [1, 1, 0, 0], "this line of flights names no crew"
    ended = dataclasses.replace(programme.services["capsules"], until=dt.date(2030, 4, 1))
    over = dataclasses.replace(programme, services={"capsules": ended})
    assert world(over, [dt.date(2035, 1, 1)]).ships["capsule"].tolist() == [0]


def test_the_past_is_that_of_the_record(programme: Programme) -> None:
    there = world(programme, [dt.date(2029, 10, 31), dt.date(2029, 11, 1), dt.date(2029, 11, 8)])
    assert there.ships["capsule"].tolist() == [0, 1, 1]
    assert there.people["b"].tolist() == [1, 2, 1]


def test_words_of_losses_are_read_or_refused_all_at_once(programme: Programme) -> None:
    assert read_losses(programme, ["b", "branch:core", "b"]) == (Loss("partner", "b"), Loss("branch", "core"))
    twice = dataclasses.replace(programme, sites={**programme.sites, "core": PAD})
    with pytest.raises(ScenarioError) as caught:
        read_losses(twice, ["core", "nobody", "planet:core"])
    remedies = [problem.remedy for problem in caught.value.problems]
    assert len(remedies) == 3 and "element:core or site:core" in remedies[0]
    assert read_losses(twice, ["site:core"]) == (Loss("site", "core"),)


def test_groups_of_losses(programme: Programme) -> None:
    assert single_losses(programme, "pair") == [(Loss("partner", "a"), Loss("partner", "b"))]
    assert single_losses(programme, "element", dt.date(2019, 1, 1)) == []
    assert len(single_losses(programme, "site")) == 1
