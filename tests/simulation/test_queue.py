"""The queue goes on from the last dated flight at the service's interval, until the service or the span ends."""

import dataclasses
import datetime as dt

from cupola.simulation.queue import flight_queue
from support.small_station import START, small


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
