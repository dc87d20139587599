"""The model of a run: a programme with its ids turned into rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cupola.base.time import to_mjd
from cupola.programme.functions import Need, Provision
from cupola.programme.programme import Programme
from cupola.programme.traffic import Flight, Vehicle
from cupola.simulation.exit_plan import Exit, exit_plan
from cupola.simulation.queue import Planned, flight_queue


@dataclass(frozen=True)
class Docked:
    """A ship that is there on the first day."""

    flight: Flight
    port: int
    vehicle: int
    days: int
    """Days since it arrived"""
    mass: float
    """kg on the first day, without the propellant in its own tanks"""


@dataclass(frozen=True)
class Model:
    """Everything static about a run. Rows are indices into these tuples."""

    programme: Programme
    first: int
    """Modified Julian Day of day 0"""
    days: int
    recorded: int
    """Day of the run up to which what happened is on record. Zero or less: nothing of the run is"""
    partners: tuple[str, ...]
    ports: tuple[str, ...]
    vehicles: tuple[str, ...]
    vehicle_partner: tuple[int, ...]
    services: tuple[str, ...]
    queue: tuple[Planned, ...]
    docked: tuple[Docked, ...]
    functions: tuple[str, ...]
    provisions: tuple[Provision, ...]
    """In an order in which each one's needs come first"""
    exit: Exit | None

    def partner_row(self, operator: str) -> int:
        """Row of the partner that answers for an operator, or -1."""
        partner = self.programme.partner_of(operator)
        return self.partners.index(partner) if partner in self.partners else -1


def build_model(programme: Programme) -> Model:
    """Turn a checked programme into rows."""
    start = programme.span.start
    first = to_mjd(start)
    partners = tuple(key for key, partner in programme.partners.items() if partner.role == "partner")
    there = programme.attached_within(start, programme.span.end)
    docked_now = programme.docked_on(start)
    ports = tuple(
        key
        for key, port in programme.ports.items()
        if (port.element in there and _within(port.since, port.until, programme)) or key in docked_now
    )
    vehicles = tuple(programme.vehicles)
    docked = tuple(
        Docked(
            flight,
            ports.index(port),
            vehicles.index(flight.vehicle),
            first - to_mjd(flight.docked or start),
            _mass(programme.vehicles[flight.vehicle], flight),
        )
        for port, flight in docked_now.values()
    )

    def partner_row(operator: str) -> int:
        partner = programme.partner_of(operator)
        return partners.index(partner) if partner in partners else -1

    provisions = tuple(
        provision
        for provision in programme.provisions.values()
        if _within(provision.since, provision.until, programme)
        and (provision.provider in there or provision.provider not in programme.elements)
    )
    return Model(
        programme=programme,
        first=first,
        days=to_mjd(programme.span.end) - first,
        recorded=to_mjd(programme.record_until or start) - first,
        partners=partners,
        ports=ports,
        vehicles=vehicles,
        vehicle_partner=tuple(partner_row(vehicle.operator) for vehicle in programme.vehicles.values()),
        services=tuple(programme.services),
        queue=flight_queue(programme),
        docked=docked,
        functions=tuple(programme.functions),
        provisions=in_order_of_needs(provisions),
        exit=exit_plan(programme, first, partners),
    )


def _mass(vehicle: Vehicle, flight: Flight) -> float:
    """kg of a ship that is there on the first day, without the propellant in its own tanks."""
    return vehicle.mass.value - vehicle.propellant_own.value if flight.mass is None else flight.mass


def _within(since: dt.date, until: dt.date | None, programme: Programme) -> bool:
    """Whether some day of the span lies between a first and a last day."""
    return since < programme.span.end and (until is None or until >= programme.span.start)


def in_order_of_needs(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Sort so that the providers that one needs stand before it; loops keep their order."""
    by_id = {provision.id: provision for provision in provisions}
    by_function: dict[str, list[str]] = {}
    for provision in provisions:
        by_function.setdefault(provision.function, []).append(provision.id)

    def needed(need: Need) -> list[str]:
        if need.kind == "provision":
            return [need.subject]
        return by_function.get(need.subject, []) if need.kind == "function" else []

    placed: list[Provision] = []
    seen: set[str] = set()

    def place(key: str, trail: frozenset[str]) -> None:
        if key in seen or key in trail or key not in by_id:
            return
        for need in by_id[key].needs:
            for other in needed(need):
                place(other, trail | {key})
        if key not in seen:
            seen.add(key)
            placed.append(by_id[key])

    for provision in provisions:
        place(provision.id, frozenset())
    return tuple(placed)
