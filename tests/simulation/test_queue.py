"""The queue goes on from the last dated flight at the service's interval, until the service or the span ends."""

import dataclasses
import datetime as dt

from cupola.programme.station import Outage, Site
from cupola.simulation.queue import flight_queue
from support.nouns import START, flight, on
from support.small_station import small


def days_of(vehicle: str, **changes: object) -> list[int]:
    programme = small(400)
    service = dataclasses.replace(programme.services[vehicle], **changes)
    programme = dataclasses.replace(programme, services={vehicle: service})
    return [flight.day for flight in flight_queue(programme)]


def test_flights_come_at_the_interval() -> None:
    assert days_of("truck") == [20, 140, 260, 380]


def test_a_service_that_began_long_ago_keeps_its_rhythm() -> None:
    first = days_of("truck", first=START - dt.timedelta(days=130))
    assert first == [110, 230, 350]


def test_a_service_ends() -> None:
    assert days_of("truck", until=START + dt.timedelta(days=200)) == [20, 140]


def test_ids_differ_and_days_are_in_order() -> None:
    queue = flight_queue(small(400))
    assert len({flight.id for flight in queue}) == len(queue)
    assert [flight.day for flight in queue] == sorted(flight.day for flight in queue)


def queue_with(*outages: Outage, **changes: object) -> list[int]:
    """Days of the trucks that fly from one pad, with its outages."""
    programme = small(400)
    truck = dataclasses.replace(programme.vehicles["truck"], site="pad")
    programme = dataclasses.replace(
        programme,
        vehicles=programme.vehicles | {"truck": truck},
        services={"truck": dataclasses.replace(programme.services["truck"], **changes)},
        sites=programme.sites | {"pad": Site("pad", "Pad", "launch", "b", "s", "K", "")},
        outages={row.id: row for row in outages},
    )
    return [flight.day for flight in flight_queue(programme)]


def out(begin: int, expected: int | None = None, end: int | None = None) -> Outage:
    day = [None if number is None else on(number) for number in (expected, end)]
    return Outage(f"out-{begin}", "pad", on(begin), *day, "s", "K", "")


def test_a_line_waits_for_its_site_and_goes_on_from_there() -> None:
    assert queue_with(out(130, end=169)) == [20, 170, 290]
    assert queue_with(out(130, expected=169)) == [20, 170, 290]
    assert queue_with(out(130, expected=169, end=149)) == [20, 150, 270, 390]
    assert queue_with(out(30, end=139)) == [20, 140, 260, 380], "it was back in time"


def test_one_outage_after_the_other_is_waited_for() -> None:
    assert queue_with(out(130, end=169), out(160, end=189)) == [20, 190, 310]


def test_without_a_known_end_nothing_flies() -> None:
    assert queue_with(out(130)) == [20]
    assert queue_with(out(130, end=169), until=on(165)) == [20], "the line has ended by then"


def planned_with(*outages: Outage, day: int = 140, days: int = 400, **site: object) -> list[int]:
    """Days of one dated plan of a truck that flies from one pad, without a line that goes on from it."""
    programme = small(days)
    truck = dataclasses.replace(programme.vehicles["truck"], site="pad")
    plan = flight("plan-truck", "truck", None, "front", outcome="planned", known=START, launched=day)
    pad = dataclasses.replace(Site("pad", "Pad", "launch", "b", "s", "K", ""), **site)
    programme = dataclasses.replace(
        programme,
        vehicles=programme.vehicles | {"truck": truck},
        services={},
        sites=programme.sites | {"pad": pad},
        outages={row.id: row for row in outages},
        flights={plan.id: plan},
    )
    return [row.day for row in flight_queue(programme)]


def test_a_dated_plan_waits_for_its_site() -> None:
    assert planned_with() == [140]
    assert planned_with(out(130, end=169)) == [170]
    assert planned_with(out(130, end=140)) == [141], "the last day of the outage counts"
    assert planned_with(out(130, end=139)) == [140]
    assert planned_with(out(140, end=149)) == [150], "and so does the first"
    assert planned_with(out(141, end=149)) == [140]
    assert planned_with(since=on(200)) == [200], "the site is not in use before"


def test_a_dated_plan_that_cannot_be_launched_within_the_run_is_not_flown() -> None:
    assert planned_with(out(130)) == []
    assert planned_with(out(130, end=398)) == [399]
    assert planned_with(out(130, end=399)) == []
    assert planned_with(until=on(140)) == [140]
    assert planned_with(until=on(139)) == []
