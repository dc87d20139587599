"""From one station to two: the programme in which a part that separated is flown on, from the state of that day.

The other programme says how its station is run: ships, services, rules, policies, and what is still to come. What is
there on the first day comes from the run: elements with their masses, outfitting, the level of every store, the ships
docked at it with their propellant and people, the height and the node. What the other programme would have on its
first day and did not leave with the part is not there; what it plans for later days comes as many days later as the
part does. An element that it does not know comes with its stores, and with the ports and providers that make sense
there.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from cupola.base.quantity import UNITS, Quantity
from cupola.programme.functions import Provision
from cupola.programme.programme import Programme
from cupola.programme.station import Element, Port, Store
from cupola.programme.traffic import Flight, Service, Vehicle

Row = Mapping[str, Any]
T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Carried:
    """A programme to fly on, and what a reader should know of how it was made."""

    programme: Programme
    notes: tuple[str, ...]


def carry_on(first: Programme, other: Programme, rows: Sequence[Row], name: str, source: str) -> Carried:
    """The other programme with the part that separated as its station.

    first     the programme that the part left
    other     the programme in which it is flown on
    rows      rows of the table ``separated`` of one cut and one future
    name      id of the new scenario
    source    where the state comes from, in words
    """
    maker = _Maker(first, other, rows, source)
    return Carried(maker.programme(name), tuple(maker.notes))


class _Maker:
    """Puts the new programme together, noun by noun."""

    def __init__(self, first: Programme, other: Programme, rows: Sequence[Row], source: str) -> None:
        self.first, self.other, self.rows, self.source = first, other, rows, source
        self.day: dt.date = rows[0]["date"]
        self.cut: str = rows[0]["cut"]
        self.late = dt.timedelta(days=max(0, (self.day - other.span.start).days))
        self.notes: list[str] = []
        self.left = {row["id"]: row["amount"] for row in self._of("element")}

    def _of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row["kind"] == kind]

    def exact(self, like: Quantity, value: float, unit: str = "") -> Quantity:
        """A number of the run in the place of another one: it has no range."""
        return Quantity(value, value, value, unit or like.unit, "K", self.source)

    def programme(self, name: str) -> Programme:
        """All of it."""
        other = self.other
        elements = self._elements()
        stores = self._stores(elements)
        vehicles = self._vehicles(elements)
        ports = self._ports(elements, stores)
        vehicles = {key: self._fitting(row, ports) for key, row in vehicles.items()}
        provisions = self._provisions(elements, vehicles)
        orbit = {row["id"]: row["amount"] for row in self._of("orbit")}
        outfitting = total(row["amount"] for row in self._of("outfitting"))
        return dataclasses.replace(
            other,
            id=name,
            title=f"{other.title}, continued from {self.first.id}",
            baseline="",
            span=dataclasses.replace(other.span, start=self.day),
            orbit=dataclasses.replace(
                other.orbit,
                epoch=self.day,
                altitude=self.exact(other.orbit.altitude, orbit["altitude"] * UNITS["km"][1]),
                node=self.exact(other.orbit.node, orbit["node"] * UNITS["deg"][1]),
                unlisted_mass=self.exact(other.orbit.unlisted_mass, outfitting),
            ),
            departure=None,
            fates={},
            partners=self._partners(elements, provisions, vehicles),
            elements=elements,
            ports=ports,
            stores=stores,
            functions=self._functions(provisions),
            provisions=provisions,
            vehicles=vehicles,
            flights=self._flights(ports),
            services=self._services(elements),
            rules=self._rules(stores),
            people=tuple(row for row in other.people if row.arrived > self.day),
            altitudes=(),
            traces=(),
            files=(),
        )

    # The station ---------------------------------------------------------------------------------------------

    def _elements(self) -> dict[str, Element]:
        other = self.other
        found: dict[str, Element] = {}
        missed = []
        for key, row in other.elements.items():
            if key in self.left:
                found[key] = self._there(row)
            elif row.attached <= other.span.start:
                missed.append(row.name)
            else:
                launched, attached = row.launched + self.late, row.attached + self.late
                found[key] = dataclasses.replace(row, launched=launched, attached=attached)
        added = [key for key in self.left if key not in other.elements]
        for key in added:
            statement = self.first.elements[key].statement
            row = self._there(self.first.elements[key])
            found[key] = row if statement in other.statements else dataclasses.replace(row, statement="")
        if missed:
            self.notes.append(f"Not part of what left, so not there in {other.id}: {', '.join(missed)}.")
        if added:
            names = ", ".join(self.first.elements[key].name for key in added)
            self.notes.append(f"Left along and not known in {other.id}, so added to it: {names}.")
        return self._hung(found)

    def _there(self, row: Element) -> Element:
        """An element as it left: its mass has no range, and nothing is still to come with it."""
        mass = self.exact(row.mass, self.left[row.id])
        return dataclasses.replace(row, mass=mass, detached=None, slip=_zero(row.slip), failures=_zero(row.failures))

    def _hung(self, found: dict[str, Element]) -> dict[str, Element]:
        """One tree: that of the other programme where its root left along, else the one of the cut."""
        root = next((key for key, row in self.other.elements.items() if not row.host), "")
        usual = self.other.elements if root in self.left else self.first.elements
        root = root if root in self.left else self.cut
        hung = {}
        for key, row in found.items():
            trees = (usual, self.other.elements, self.first.elements)
            hosts = [tree[key].host for tree in trees if key in tree]
            host = next((host for host in hosts if host in found), root)
            hung[key] = dataclasses.replace(row, host="" if key == root else host, moves=(), **_filled(row))
        return hung

    def _stores(self, elements: Mapping[str, Element]) -> dict[str, Store]:
        levels = {row["id"]: row["amount"] for row in self._of("store")}
        found = {}
        for key, row in {**self.other.stores, **{key: self.first.stores[key] for key in levels}}.items():
            if row.element not in elements:
                continue
            row = self.other.stores.get(key, row)
            if row.element in self.left:
                level = float(levels.get(key, 0.0))
                capacity = row.capacity
                if capacity.low < level:
                    capacity = dataclasses.replace(
                        capacity, low=level, value=max(level, capacity.value), high=max(level, capacity.high)
                    )
                row = dataclasses.replace(row, level=self.exact(row.level, level), capacity=capacity, measured=self.day)
            found[key] = row
        return found

    def _ports(self, elements: Mapping[str, Element], stores: Mapping[str, Store]) -> dict[str, Port]:
        found = {key: row for key, row in self.other.ports.items() if row.element in elements}
        for key, row in self.first.ports.items():
            if key not in found and row.element in self.left and row.element not in self.other.elements:
                found[key] = row
        return {
            key: dataclasses.replace(
                row,
                refuels=tuple(store for store in row.refuels if store in stores),
                excludes=tuple(port for port in row.excludes if port in found),
                since=self._later(row.since, row.element),
            )
            for key, row in found.items()
        }

    def _later(self, since: dt.date, element: str) -> dt.date:
        """The first day of what is on an element: it moves with one that is still to come."""
        coming = element in self.other.elements and element not in self.left
        return since + self.late if coming else since

    # What works ----------------------------------------------------------------------------------------------

    def _provisions(self, elements: Mapping[str, Element], vehicles: Mapping[str, Vehicle]) -> dict[str, Provision]:
        places = {*elements, *vehicles, *self.other.sites}
        found = {
            key: dataclasses.replace(row, since=self._later(row.since, row.provider))
            for key, row in self.other.provisions.items()
            if row.provider in places
        }
        new = {*self.left, *vehicles} - {*self.other.elements, *self.other.vehicles}
        for key, row in self.first.provisions.items():
            if key not in found and row.provider in new and row.function in self.other.functions:
                found[key] = dataclasses.replace(row, needs=tuple(need for need in row.needs if self._known(need)))
        while True:
            kept = {
                key: row
                for key, row in found.items()
                if all(need.kind != "provision" or need.subject in found for need in row.needs)
            }
            if len(kept) == len(found):
                return found
            found = kept

    def _known(self, need: Any) -> bool:
        """Whether a need makes sense in the other programme; a provision is looked for later."""
        other = self.other
        home: dict[str, Mapping[str, Any]]
        home = {"function": other.functions, "site": other.sites, "trained": other.partners}
        return need.kind in ("provision", "store") or need.subject in home[need.kind]

    def _functions(self, provisions: Mapping[str, Provision]) -> dict[str, Any]:
        """A vital function that nobody provides in the part is said, and no longer called vital."""
        provided = {row.function for row in provisions.values()}
        lost = [row.name for key, row in self.other.functions.items() if row.vital and key not in provided]
        if lost:
            self.notes.append(f"Nothing in the part provides {', '.join(lost)}.")
        return {
            key: row if key in provided or not row.vital else dataclasses.replace(row, vital=False)
            for key, row in self.other.functions.items()
        }

    # Ships and people ----------------------------------------------------------------------------------------

    def _vehicles(self, elements: Mapping[str, Element]) -> dict[str, Vehicle]:
        found = dict(self.other.vehicles)
        for ship in self._of("ship"):
            if ship["what"] not in found:
                row = self.first.vehicles[ship["what"]]
                found[row.id] = row if row.site in self.other.sites else dataclasses.replace(row, site="")
                self.notes.append(f"Left along and not known in {self.other.id}, so added to it: {row.name}.")
        return found

    def _fitting(self, row: Vehicle, ports: Mapping[str, Port]) -> Vehicle:
        """The ports that are there, with the one at which a ship of the type is docked."""
        docked = [ship["place"] for ship in self._of("ship") if ship["what"] == row.id]
        return dataclasses.replace(
            row, ports=tuple(port for port in dict.fromkeys((*row.ports, *docked)) if port in ports)
        )

    def _services(self, elements: Mapping[str, Element]) -> dict[str, Service]:
        """Lines of flights begin as long after the first day as they were to."""
        moved = self.day - self.other.span.start
        return {
            key: dataclasses.replace(
                row,
                first=row.first + moved,
                until=None if row.until is None else row.until + moved,
                after=row.after if row.after in elements else "",
            )
            for key, row in self.other.services.items()
        }

    def _rules(self, stores: Mapping[str, Store]) -> dict[str, Any]:
        """A rule on the reserve of what the part has no store for says nothing there."""
        held = {row.commodity for row in stores.values()}
        found = {key: row for key, row in self.other.rules.items() if row.kind != "reserve" or row.subject in held}
        lost = sorted({row.subject for key, row in self.other.rules.items() if key not in found})
        if lost:
            self.notes.append(f"The part has no store for {', '.join(lost)}, so no rule on its reserve.")
        return found

    def _flights(self, ports: Mapping[str, Port]) -> dict[str, Flight]:
        """The ships that left along, and what the other programme announced for the days after its first."""
        later = {
            key: dataclasses.replace(
                row,
                launched=row.launched + self.late,
                docked=None if row.docked is None else row.docked + self.late,
                undocked=None if row.undocked is None else row.undocked + self.late,
                port=row.port if row.port in ports else "",
            )
            for key, row in self.other.flights.items()
            if row.launched > self.other.span.start and row.outcome == "planned"
        }
        tanks = {row["id"]: row["amount"] for row in self._of("tank")}
        ships = {}
        for ship in self._of("ship"):
            crew = tuple((row["what"], round(row["amount"])) for row in self._of("people") if row["id"] == ship["id"])
            vehicle = {**self.first.vehicles, **self.other.vehicles}[ship["what"]]
            nothing: dict[str, Any] = dict.fromkeys(("undocked", "ended", "dry_cargo", "propellant", "water", "gas"))
            known = self.first.flights.get(ship["id"])
            ships[ship["id"]] = Flight(
                id=ship["id"], name=known.name if known else f"{vehicle.name} {ship['since']:%Y-%m}",
                vehicle=vehicle.id, operator=vehicle.operator, launched=ship["since"], docked=ship["since"],
                port=ship["place"], moves=(), crew_up=crew, crew_down=(), outcome="planned", known=self.other.as_of,
                source=self.source, status="K", where="", mass=ship["amount"], tank=tanks[ship["id"]], **nothing,
            )  # fmt: skip
        return ships | later

    def _partners(
        self, elements: Mapping[str, Element], provisions: Mapping[str, Provision], vehicles: Mapping[str, Vehicle]
    ) -> dict[str, Any]:
        """Those of the other programme, and whoever owns, runs or flies what is new in it, or is aboard."""
        named = {name for row in elements.values() for name in (row.owner, row.operator, row.builder)}
        named |= {name for row in provisions.values() for name in (row.owner, row.operator)}
        named |= {row.operator for row in vehicles.values()} | {row["what"] for row in self._of("people")}
        found = dict(self.other.partners)
        for name in sorted(named - found.keys()):
            row = self.first.partners[name]
            for key in (row.acts_for, name):
                found.setdefault(key, self.first.partners[key])
        return found


def total(amounts: Iterable[float]) -> float:
    """A sum in order."""
    whole = 0.0
    for amount in amounts:
        whole += amount
    return whole


def _zero(like: Quantity) -> Quantity:
    return Quantity(0.0, 0.0, 0.0, like.unit, like.status, like.source)


def _filled(row: Element) -> dict[str, Any]:
    """What no row lists was weighed on the day of the cut, and goes with the mass of the elements from then on."""
    return {"outfit": _zero(row.outfit), "stowage": _zero(row.stowage)}
