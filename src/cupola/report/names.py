"""Display names and colours of what the tables call by id, as the manifest gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from cupola.report.palette import style_of
from cupola.report.view import Tables
from cupola.report.wording import clean, plain

_ID = re.compile(r"[a-z0-9_.-]{1,120}")
"""What is written like this is an id and may be put into words; anything else is already a name."""


class Names:
    """Names by id, and the palette place of each partner.

    The manifest's ``partners`` are a list of ``{id, name, role, acts_for}``; ``functions``, ``ports``, ``vehicles``
    and the like are a mapping ``id -> name`` or ``id -> {name, ...}``. Both forms are read for all of them.
    """

    def __init__(self, tables: Tables) -> None:
        self.partners = _listed(tables.manifest, "partners")
        self._names: dict[str, str] = {}
        for group in ("provisions", "vehicles", "functions", "ports", "rules", "partners"):
            for key, entry in _listed(tables.manifest, group).items():
                self._names[key] = clean(str(entry.get("name") or plain(key)), 120)
        self._tables = tables
        self._elements: dict[str, str] | None = None
        self._vehicles = _listed(tables.manifest, "vehicles")
        self.rules = _listed(tables.manifest, "rules")
        self.ports = list(_listed(tables.manifest, "ports"))
        self._places = _places(self.partners, _seen_partners(tables))

    def name(self, key: str) -> str:
        """The display name of an id, or the id in words."""
        return self._names.get(key) or (plain(key) if _ID.fullmatch(key) else clean(key, 120))

    def element(self, key: str) -> str:
        """The display name of an element, as the record of the run has it."""
        if self._elements is None:
            begin, end = "fact/elements.", ".mass"
            keys = ((row, row.text("key")) for row in self._tables.rows("record"))
            self._elements = {
                name[len(begin) : -len(end)]: clean(row.text("text").removesuffix(": mass"), 120)
                for row, name in keys
                if name.startswith(begin) and name.endswith(end)
            }
        return self._elements.get(key) or self.name(key)

    def place(self, partner: str) -> int:
        """Index of a partner's colour; a contractor shares that of the partner it acts for."""
        return self._places.get(partner, style_of(len(self._places)))

    def family(self, vehicle: str) -> str:
        """Short family name of a vehicle type, for the inside of a bar."""
        return clean(str(self._vehicles.get(vehicle, {}).get("family") or self.name(vehicle)), 40)

    def acts_for(self, partner: str) -> str:
        """The partner that a contractor serves; a partner itself."""
        return str(self.partners.get(partner, {}).get("acts_for") or partner)

    def ordered(self, partners: Iterable[str]) -> list[str]:
        """The partners in the manifest's order, others after them."""
        order = {key: i for i, key in enumerate(self.partners)}
        return sorted(set(partners), key=lambda key: (order.get(key, len(order)), key))


def _listed(manifest: Mapping[str, Any], group: str) -> dict[str, dict[str, Any]]:
    given = manifest.get(group)
    if isinstance(given, Mapping):
        return {str(key): dict(e) if isinstance(e, Mapping) else {"name": e} for key, e in given.items()}
    if isinstance(given, list | tuple):
        rows = [dict(entry) if isinstance(entry, Mapping) else {"id": entry} for entry in given]
        return {str(row["id"]): row for row in rows if "id" in row}
    return {}


def _seen_partners(tables: Tables) -> list[str]:
    seen: dict[str, None] = {}
    for table in ("stays", "dependence"):
        for row in tables.rows(table):
            seen.setdefault(row.text("partner"))
    return [partner for partner in seen if partner]


def _places(partners: Mapping[str, Mapping[str, Any]], seen: list[str]) -> dict[str, int]:
    """Partners in order take one place each; contractors follow the partner they act for."""
    places: dict[str, int] = {}
    leads = {key: str(entry.get("acts_for") or key) for key, entry in partners.items()}
    for key, lead in leads.items():
        if key == lead or lead not in leads:
            places[key] = style_of(len(places))
    for key, lead in leads.items():
        places.setdefault(key, places.get(lead, 0))
    for key in seen:
        if key not in places:
            places[key] = style_of(len(set(places.values())))
    return places
