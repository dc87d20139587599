"""The graph function -> provider -> need of a programme, and which providers stand in many cases at once.

A case is a day with some things lost; cases are the last axis. A provider stands when it is there, its operator and
its element, vehicle type or site are not lost, and each of its needs is met. The greatest fixpoint: all that are there
stand until something they need is not met, so providers that need each other hold each other up.

Besides the needs that a scenario lists, a ship needs a launch site that is open to its type. That need is of those to
come: ships docked keep what they give until they leave, so ``World.leaves`` tells from when on such a loss is felt, and
a site that is out of use for a time takes nothing away. A ship needs a port that it can reach too, but not its seats
home: a crew's own ship is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.analysis.cases import Cases
from cupola.analysis.losses import provider_kinds
from cupola.analysis.presence import Flags, World
from cupola.programme.functions import RETURN_SEATS, ROBOTIC_ARM, Need, Provision
from cupola.programme.launching import out_for_good, sites_of
from cupola.programme.programme import Programme
from cupola.programme.station import is_open

Amounts = NDArray[np.float64]
NEVER = 127
"""Round in which a provider fell that stands, or was never there."""


@dataclass(frozen=True)
class Judged:
    """What stands in each case; the case is the last axis."""

    works: dict[str, Flags]
    """Provision id -> whether it stands"""
    fell: dict[str, NDArray[np.int8]]
    """Provision id -> round of judging in which it fell; NEVER where it stands or was never there"""
    lack: dict[str, NDArray[np.int8]]
    """Provision id -> place of the first thing that it lacked then, among those of its list for that round"""
    capacity: dict[str, Amounts]
    """Function id -> SI capacity of all that stands"""
    times: dict[str, NDArray[np.int64]]
    """Provision id -> how many times it is there, whether it stands or not"""
    unseated: NDArray[np.int64]
    """People of partners that stay whose own seat home is lost"""
    people: NDArray[np.int64]
    """People aboard of partners that stay"""


Test = Callable[[dict[str, Flags], dict[str, Amounts]], Flags]
"""Whether a need is met, from what stands and what that gives"""


class Judge:
    """One world and one set of cases: what stands."""

    def __init__(self, programme: Programme, world: World, cases: Cases) -> None:
        self.programme, self.world, self.cases = programme, world, cases
        self.width = len(cases.days)
        self.all = np.ones(self.width, dtype=bool)
        self._left = {key: self._partner_left(key) for key in programme.partners}
        self._site = {key: ~cases.gone("site", key) & ~self.left(row.operator) for key, row in programme.sites.items()}
        self._stocks: dict[str, Flags] = {}
        self.times = {key: self._times(row) for key, row in programme.provisions.items()}
        self.static: dict[str, list[tuple[str, Flags]]] = {}
        """Provision id -> what must hold whatever falls, in order, each with the key of what lacks otherwise"""
        self.moving: dict[str, list[tuple[str, Test]]] = {}
        """Provision id -> what hangs on other providers, likewise"""
        for key, row in programme.provisions.items():
            self._require(key, row)

    def left(self, operator: str) -> Flags:
        """Whether an operator, or the partner it acts for, is lost."""
        return self._left.get(operator, self.cases.gone("partner", operator))

    def _partner_left(self, key: str) -> Flags:
        lead = self.programme.partner_of(key)
        gone = self.cases.gone("partner", key)
        return gone if lead == key else gone | self.cases.gone("partner", lead)

    def _times(self, row: Provision) -> NDArray[np.int64]:
        """How many times a provision is there, by case: once for an element or site, once a docked ship."""
        world = self.world
        times = np.zeros(len(world.days), dtype=np.int64)
        if row.provider in world.ships:
            times = world.ships[row.provider].copy()
        if row.provider in world.attached:
            times[world.attached[row.provider]] = 1
        if row.provider in self.programme.sites:
            times[:] = 1
        times[[not is_open(row.since, row.until, day) for day in world.days]] = 0
        return times[self.cases.days]

    def _require(self, key: str, row: Provision) -> None:
        """List what must hold for a provision, the fixed things and those that may fall."""
        programme, cases = self.programme, self.cases
        partner = programme.partner_of(row.operator)
        contractor = partner != row.operator and bool(cases.gone("partner", row.operator).any())
        fixed = [(f"partner/{row.operator if contractor else partner}", ~self.left(row.operator))]
        moving: list[tuple[str, Test]] = []
        for kind in provider_kinds(programme, row.provider):
            fixed.append((f"{kind}/{row.provider}", ~cases.gone(kind, row.provider)))
        fixed.append((f"provision/{key}", ~cases.gone("provision", key)))
        if row.provider in programme.vehicles and row.function != RETURN_SEATS:
            moving += self._port(row.provider)
        for need in row.needs:
            name = f"{need.kind}/{need.subject}"
            if need.kind in ("function", "provision"):
                moving.append((name, _test(need, self.width)))
            else:
                fixed.append((name, self._fixed(need)))
        if row.provider in programme.vehicles:
            # Last, so that a ship that lacks nothing but this is one that stays until it leaves.
            fixed.append((f"launch/{row.provider}", self._launched(row.provider)))
        self.static[key], self.moving[key] = fixed, moving

    def _fixed(self, need: Need) -> Flags:
        """A need of a store, of a trained person or of a site."""
        if need.kind == "store":
            return self._stocked(need.subject)
        if need.kind == "site":
            return self._site.get(need.subject, ~self.all)
        partner = self.programme.partner_of(need.subject)
        aboard = sum(self.world.people.values(), np.zeros(len(self.world.days), dtype=np.int64))
        trained = self.world.people.get(partner, np.zeros_like(aboard))
        # With nobody aboard a segment is run from the ground, so only its partner counts.
        met: Flags = ((trained > 0) | (aboard == 0))[self.cases.days] & ~self.left(partner)
        return met

    def _stocked(self, commodity: str) -> Flags:
        """Whether something of a commodity is aboard: in a tank of an attached element, or in a docked ship's own."""
        if commodity in self._stocks:
            return self._stocks[commodity]
        found = np.zeros(self.width, dtype=bool)
        for store in self.programme.stores.values():
            if store.commodity == commodity and store.level.value > 0.0 and store.element in self.world.attached:
                found |= self.world.attached[store.element][self.cases.days] & ~self.cases.gone(
                    "element", store.element
                )
        if commodity == "propellant":
            for key, row in self.programme.vehicles.items():
                if row.propellant_own.value > 0.0:
                    there = self.world.ships[key][self.cases.days] > 0
                    found |= there & ~self.cases.gone("vehicle", key) & ~self.left(row.operator)
        self._stocks[commodity] = found
        return found

    def _launched(self, vehicle: str) -> Flags:
        """Whether a launch site is open to a type of ship; without a known site it is launched all the same."""
        days = self.world.days
        reached = np.zeros(self.width, dtype=bool)
        known = np.zeros(len(days), dtype=bool)
        for key, row in sites_of(self.programme, vehicle).items():
            usable = np.array([row.is_open(day) for day in days], dtype=bool)
            if any(out.site == key for out in self.programme.outages.values()):
                usable &= [not out_for_good(self.programme, key, day) for day in days]
            known |= usable
            reached |= usable[self.cases.days] & self._site[key]
        return reached | ~known[self.cases.days]

    def _port(self, vehicle: str) -> list[tuple[str, Test]]:
        """Whether a port is left to a type of ship; a port for berthing needs the arm."""
        programme, world, cases = self.programme, self.world, self.cases
        docks, berths = np.zeros(self.width, dtype=bool), np.zeros(self.width, dtype=bool)
        known = np.zeros(len(world.days), dtype=bool)
        for key in programme.vehicles[vehicle].ports:
            row = programme.ports.get(key)
            if row is None or row.element not in world.attached:
                continue
            here = world.attached[row.element] & [is_open(row.since, row.until, day) for day in world.days]
            known |= here
            stands = here[cases.days] & ~cases.gone("element", row.element)
            if row.method == "berthing" and ROBOTIC_ARM in programme.functions:
                berths |= stands
            else:
                docks |= stands
        unknown = ~known[cases.days]
        if not berths.any():
            return [(f"port/{vehicle}", lambda works, given: docks | unknown)]
        arm = ROBOTIC_ARM
        return [
            (f"port/{vehicle}", lambda works, given: docks | berths | unknown),
            (f"function/{arm}", lambda works, given: docks | unknown | (given[arm] > 0.0)),
        ]

    def judge(self) -> Judged:
        """Take away what has an unmet need until nothing changes; each round looks at what stood before it."""
        works = {key: times > 0 for key, times in self.times.items()}
        fell = {key: np.full(self.width, NEVER, dtype=np.int8) for key in works}
        lack = {key: np.zeros(self.width, dtype=np.int8) for key in works}
        for key, fixed in self.static.items():
            met = works[key]
            for place, (_, mask) in enumerate(fixed):
                lack[key][met & ~mask] = place
                met = met & mask
            fell[key][works[key] & ~met] = 1
            works[key] = met
        given, number, changed = self._given(works), 1, True
        while changed:
            changed, number, after = False, number + 1, dict(works)
            for key, moving in self.moving.items():
                if not moving or not works[key].any():
                    continue
                met = works[key]
                for place, (_, test) in enumerate(moving):
                    stands = test(works, given)
                    lack[key][met & ~stands] = place
                    met = met & stands
                lost = works[key] & ~met
                if lost.any():
                    fell[key][lost] = min(number, NEVER - 1)
                    after[key], changed = met, True
            if changed:
                works = after
                given = self._given(works)
        unseated, people = self._seats(works, fell, lack)
        return Judged(works, fell, lack, given, self.times, unseated, people)

    def lacks(self, judged: Judged, key: str, case: int) -> str:
        """Key of the first thing that a provision lacked when it fell; empty where it stands or was never there."""
        number = int(judged.fell[key][case])
        if number == NEVER:
            return ""
        listed: Sequence[tuple[str, object]] = self.static[key] if number == 1 else self.moving[key]
        return listed[int(judged.lack[key][case])][0]

    def _given(self, works: dict[str, Flags]) -> dict[str, Amounts]:
        """Function id -> SI capacity of all that stands, added up in file order."""
        given = {key: np.zeros(self.width) for key in self.programme.functions}
        for key, row in self.programme.provisions.items():
            total = given.setdefault(row.function, np.zeros(self.width))
            total += row.capacity.value * self.times[key] * works[key]
        return given

    def _awaits_launch(self, key: str, fell: NDArray[np.int8], lack: NDArray[np.int8]) -> Flags:
        """Whether a docked ship lacks nothing but a launch site for those after it."""
        place = next((n for n, (name, _) in enumerate(self.static[key]) if name.startswith("launch/")), -1)
        waits: Flags = (fell == 1) & (lack == place)
        return waits

    def _seats(
        self, works: dict[str, Flags], fell: dict[str, NDArray[np.int8]], lack: dict[str, NDArray[np.int8]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """People who stay and whose own seat is lost, and people who stay, by case.

        A seat in another ship is its own crew's. Types of ship of which the scenario names no seats are not judged.
        """
        unseated, people = np.zeros(self.width, dtype=np.int64), np.zeros(self.width, dtype=np.int64)
        for partner, number in self.world.people.items():
            people += number[self.cases.days] * ~self.left(partner)
        seats: dict[str, Flags] = {}
        for key, row in self.programme.provisions.items():
            if row.function == RETURN_SEATS and row.provider in self.world.ships:
                stands = works[key] | self._awaits_launch(key, fell[key], lack[key]) | (self.times[key] == 0)
                seats[row.provider] = seats.get(row.provider, ~self.all) | stands
        for (vehicle, partner), number in self.world.seated.items():
            if vehicle in seats:
                unseated += number[self.cases.days] * ~self.left(partner) * ~seats[vehicle]
        return unseated, people


def _test(need: Need, width: int) -> Test:
    subject, amount = need.subject, need.amount
    nothing = np.zeros(width)
    if need.kind == "provision":
        return lambda works, given: works.get(subject, nothing > 0.0)
    return lambda works, given: (given.get(subject, nothing) > 0.0) & (given.get(subject, nothing) >= amount)
