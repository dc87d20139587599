"""Limits to draw beside the lines: rules and facts of the record that have a number in the panel's unit."""

from __future__ import annotations

from cupola.report.charts.lines import Limit
from cupola.report.links import Links
from cupola.report.names import Names
from cupola.report.view import Row, Tables
from cupola.report.wording import clean, number

ALTITUDE_FACTS = (
    "fact/orbit_policy.floor",
    "fact/deorbit.crew_off",
    "fact/deorbit.lowest",
    "fact/attitude.thrusters_only_below",
)
MOST_LIMITS = 4


def altitude_limits(tables: Tables, links: Links, names: Names) -> list[tuple[Limit, Row]]:
    """Altitudes that mean something: rules about altitude first, then facts; the lowest of equal ones once."""
    record = {row.text("key"): row for row in tables.rows("record")}
    rows = [
        row
        for key, row in record.items()
        if key.startswith("rule/") and _kind(key, names) in ("altitude", "") and _km(row)
    ]
    rows += [record[key] for key in ALTITUDE_FACTS if key in record and _km(record[key])]
    found: dict[float, tuple[Limit, Row]] = {}
    for row in rows:
        value = row.number("value")
        if value is not None:
            found.setdefault(value, (_limit(row, value, "km", links), row))
    return list(found.values())[:MOST_LIMITS]


def reserve_limits(tables: Tables, commodity: str, links: Links, names: Names) -> list[Limit]:
    """Rules that ask for so many days of a commodity."""
    limits = []
    for row in tables.rows("record"):
        key, value = row.text("key"), row.number("value")
        if not key.startswith("rule/") or row.text("unit") != "d" or value is None:
            continue
        rule = names.rules.get(key.removeprefix("rule/"), {})
        if rule.get("kind", "reserve") == "reserve" and rule.get("subject", commodity) == commodity:
            limits.append(_limit(row, value, "d", links))
    return limits[:2]


def _kind(key: str, names: Names) -> str:
    return str(names.rules.get(key.removeprefix("rule/"), {}).get("kind", ""))


def _km(row: Row) -> bool:
    return row.text("unit") == "km"


def _limit(row: Row, value: float, unit: str, links: Links) -> Limit:
    # A fact's text begins with its section, which the line does not need.
    words = row.text("text").split(": ", 1)[-1] if row.text("kind") == "fact" else row.text("text")
    name = clean(words, 44)
    # A rule that is called by its number needs it only once.
    told = number(value) in name.split()
    return Limit(name if told else f"{name}, {number(value, unit)}", value, links.to(row))
