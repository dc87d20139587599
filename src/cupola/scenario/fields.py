"""The one specification of every input field: ``fields.csv``.

Columns: ``table,field,type,unit,default,low,high,required,choices,refers,meaning``.

* ``unit``: the edge unit of a number; ``@unit`` takes it from the row's own column ``unit``, ``@function.unit`` from
  the row that ``function`` refers to. For a date, ``end`` reads a partial date as the end of its period.
* ``default``: a value as in a file (``value; low; high`` for a quantity); ``=field`` takes another field of the row,
  ``=field.other`` takes ``other`` of the row that ``field`` refers to; ``=as_of`` is the as-of day.
* ``low``, ``high``: the hard range in the edge unit. What lies outside is refused, whatever the source says.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cupola.programme import functions, leaving, programme, record, settings, station, traffic

SECTIONS: Mapping[str, type] = MappingProxyType(
    {
        "span": settings.Span,
        "orbit": settings.Orbit,
        "orbit_policy": settings.OrbitPolicy,
        "attitude": settings.Attitude,
        "life_support": settings.LifeSupport,
        "crew_policy": settings.CrewPolicy,
        "deorbit": settings.Deorbit,
        "departure": settings.Departure,
    }
)
"""Sections of scenario.yaml and the nouns they become."""
OPTIONAL_SECTIONS = frozenset({"departure"})

TABLES: Mapping[str, type] = MappingProxyType(
    {
        "partners": record.Partner,
        "elements": station.Element,
        "ports": station.Port,
        "stores": station.Store,
        "sites": station.Site,
        "outages": station.Outage,
        "functions": functions.Function,
        "provisions": functions.Provision,
        "vehicles": traffic.Vehicle,
        "flights": traffic.Flight,
        "services": traffic.Service,
        "people": traffic.Person,
        "rules": record.Rule,
        "burns": settings.Burn,
        "targets": settings.Target,
        "phasings": settings.Phasing,
        "fates": leaving.Fate,
        "statements": record.Statement,
        "consequences": record.Consequence,
        "agreements": record.Agreement,
        "obligations": record.Obligation,
        "altitudes": programme.MeanAltitude,
        "chronicle": record.Happening,
        "expeditions": record.Expedition,
        "totals": record.Total,
    }
)
"""Tables of a scenario and the nouns that their rows become."""

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({"people": ("name", "arrived"), "altitudes": ("day",)})
"""Fields that name a row where there is no ``id``."""

HEAD = "scenario"
"""Table name of the top-level keys of scenario.yaml."""


@dataclass(frozen=True)
class FieldSpec:
    """What one input field is."""

    table: str
    field: str
    type: str
    unit: str
    default: str
    low: float | None
    high: float | None
    required: bool
    choices: tuple[str, ...]
    refers: tuple[str, ...]
    meaning: str

    def expected(self) -> str:
        """The rule for its value in a few words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        words = {
            "quantity": "a number",
            "number": "a number",
            "integer": "a whole number",
            "date": "a date such as 2022-07-26",
            "yesno": "yes or no",
            "id": "an id of letters, digits, '-', '_' and '.'",
            "ids": "ids separated by '; '",
            "crew": "people by partner such as 'a 2; b 1'",
            "moves": "relocations such as '2021-07-21 port; 2021-09-01 port'",
            "needs": "needs such as 'function:power=2 kW; store:water'",
        }.get(self.type, "a text")
        if self.low is None or self.high is None:
            return words
        unit = "" if self.unit in ("", "1") or self.unit.startswith("@") else f" {self.unit}"
        return f"{words} from {self.low:g} to {self.high:g}{unit}"


@cache
def field_specs() -> Mapping[tuple[str, str], FieldSpec]:
    """Every input field by (table, field), in the order of ``fields.csv``."""
    path = Path(__file__).with_name("fields.csv")
    with path.open(encoding="utf-8", newline="") as file:
        specs = [_spec(row) for row in csv.DictReader(file, strict=True)]
    return MappingProxyType({(spec.table, spec.field): spec for spec in specs})


@cache
def table_specs(table: str) -> Mapping[str, FieldSpec]:
    """The fields of one table or section by name, in the order of ``fields.csv``."""
    return MappingProxyType({field: spec for (owner, field), spec in field_specs().items() if owner == table})


def key_fields(table: str) -> tuple[str, ...]:
    """The fields that name a row of a table."""
    return KEYS.get(table, ("id",))


def _spec(row: Mapping[str, str]) -> FieldSpec:
    return FieldSpec(
        table=row["table"],
        field=row["field"],
        type=row["type"],
        unit=row["unit"],
        default=row["default"],
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        required=row["required"] == "yes",
        choices=tuple(part.strip() for part in row["choices"].split(";") if part.strip()),
        refers=tuple(part.strip() for part in row["refers"].split(";") if part.strip()),
        meaning=row["meaning"],
    )
