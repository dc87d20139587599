"""Make the recorded tables of the shipped programme from the history and statement tables.

    python tools/import_iss_history.py SHARED

SHARED is the folder that holds ``data/history``, ``data/statements``, ``data/elements`` and ``data/oem``. The tool
writes ``flights.csv``, ``people.csv``, ``altitudes.csv``, ``statements.csv``, ``agreements.csv`` and
``obligations.csv`` in ``src/cupola/data/iss``. It is deterministic: equal inputs give equal bytes. Announced flights
(outcome ``planned``) are written by hand; they are read back from the present ``flights.csv`` and kept.
"""

from __future__ import annotations

import datetime as dt
import gzip
import math
import re
import statistics
import sys
from collections import Counter
from pathlib import Path

from iss_duties import agreements, obligations, statements
from iss_tables import GENERAL, PARTNERS, TARGET, Row, read, write

OPERATORS = {
    "Roscosmos": "roscosmos",
    "NASA": "nasa",
    "ESA": "esa",
    "JAXA": "jaxa",
    "SpaceX": "spacex",
    "SpaceX/Axiom": "spacex",
    "Northrop Grumman": "northrop-grumman",
    "Boeing": "boeing",
}

PLACES = {"free": "free", "Canadarm2 hold": "canadarm2-grip"}

# A ship with this trunk kit can reboost; the others of its type cannot, so it is a vehicle type of its own.
BOOST_KIT = {"dragon-crs-33": "cargo-dragon-boost"}

# It had left Zvezda aft when the next ship docked there on 2026-04-28; the day itself was not found.
LEFT_BY = {"progress-ms-32": "2026-04-27"}

FIRST_MATING = "1998-12-07"

DRY_ONLY = {"dragon-1", "cargo-dragon", "cargo-dragon-boost", "cygnus", "htv", "htv-x"}

EARTH_RADIUS_KM = 6378.137

MU_KM = 398600.4418

BAD_FIT = "2024-11-13T22:09"

FLIGHT_COLUMNS = [
    *("id", "name", "vehicle", "operator", "launched", "docked", "port", "moves", "undocked", "ended"),
    *("crew_up", "crew_down", "dry_cargo", "propellant", "water", "gas", "cargo_up", "cargo_down", "outcome", "known"),
    *("cells", "source", "status"),
]


def port_id(name: str, day: str) -> str:
    """Our port id for a name of the history table.

    Harmony zenith had a berthing port until the adapter for docking came; ``PMA-2`` and ``Harmony forward`` are
    the same place with the old and the new docking system.
    """
    if name == "Harmony zenith" and day < "2017-03-26":
        return "harmony-zenith-berthing"
    return name.lower().replace(" ", "-")


def moves(text: str) -> str:
    """Relocations, with ``free`` where a ship flew beside the station for a day or more between two ports."""
    steps = [(day, name) for day, _, name in (part.strip().partition(":") for part in text.split(";")) if name]
    after = [*(day for day, _ in steps[1:]), ""]
    return "; ".join(
        f"{day} {PLACES.get(name) or port_id(name, day)}"
        for number, (day, name) in enumerate(steps)
        if name != "free" or day != after[number]
    )


def partner_of(agency: str, ship: str) -> str:
    """Partner id for a person: guests count to the partner that flew them."""
    if agency in PARTNERS:
        return PARTNERS[agency]
    return "roscosmos-guests" if ship.startswith("soyuz") else "private"


def crew(people: Counter[str], total: str, operator: str) -> str:
    """``roscosmos 2; nasa 1``: the named people, and the rest of the total under the operator's partner."""
    counts = Counter(people)
    rest = int(total or 0) - sum(counts.values())
    if rest > 0:
        counts[operator] += rest
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(f"{partner} {count}" for partner, count in ordered)


def cargo(row: Row, vehicle: str) -> dict[str, str]:
    """Cargo by class where a split is known; ships that bring dry cargo only have it all there."""
    parts = {key: row[f"{key}_kg"] for key in ("dry", "propellant", "water", "gas")}
    if not parts["dry"] and row["upmass_kg"]:
        total = float(row["upmass_kg"])
        fluids = [float(parts[key] or 0.0) for key in ("propellant", "water", "gas")]
        if vehicle in DRY_ONLY:
            parts["dry"] = f"{total:.0f}"
        elif vehicle == "progress" and any(fluids):
            parts["dry"] = f"{max(0.0, total - sum(fluids)):.0f}"
    return {"dry_cargo": parts["dry"], "propellant": parts["propellant"], "water": parts["water"], "gas": parts["gas"]}


def sources(row: Row) -> tuple[str, str]:
    """Source and status of a flight: general knowledge as soon as the docking or undocking day rests on it."""
    weak = [key for key in ("dock", "port", "undock") if row[f"{key}_status"] in ("K", "U")]
    texts = ["J. McDowell, GCAT and JSR ISS tables (planet4589.org, CC-BY 4.0)"]
    for key in ("dock", "port", "undock", "cargo"):
        text = row.get(f"{key}_source", "")
        if text and text != GENERAL and not text.startswith("JSR") and text not in texts:
            texts.append(text)
    if weak:
        texts.append(f"{GENERAL} for {', '.join(weak)}")
    return "; ".join(texts), "K" if weak else "F"


def cells(row: Row) -> str:
    """How sure each part of a flight is: ``docked K; port F; ...``; U unknown, NA not applicable."""
    names = {"dock": "docked", "port": "port", "relocation": "moves", "undock": "undocked", "end": "ended"}
    found = {word: row[f"{key}_status"] for key, word in names.items()} | {"cargo": row["cargo_status"]}
    return "; ".join(f"{word} {status}" for word, status in found.items() if status)


def visitors() -> list[Row]:
    """Visiting crews that the history table does not name: flight, partner and name."""
    rows = read(Path(__file__).with_name("iss_shuttle_crews.csv"))
    return [row | {"name": name.strip()} for row in rows for name in row["names"].split(";")]


def flights(shared: Path) -> list[Row]:
    """Every launch to the station, with ports as ids and crews by partner, then the announced ones kept from before."""
    up: dict[str, Counter[str]] = {}
    down: dict[str, Counter[str]] = {}
    for person in read(shared / "data/history/iss_crew_flights.csv"):
        partner = partner_of(person["agency"], person["up_ship"])
        up.setdefault(person["up_ship"], Counter())[partner] += 1
        if person["down_ship"]:
            down.setdefault(person["down_ship"], Counter())[partner] += 1
    for person in visitors():
        up.setdefault(person["flight"], Counter())[person["partner"]] += 1
        down.setdefault(person["flight"], Counter())[person["partner"]] += 1
    rows = []
    for visit in read(shared / "data/history/iss_visits.csv"):
        key = visit["id"]
        for field, named in (("crew_up", up), ("crew_down", down)):
            if key in up and key.startswith("sts") and sum(named[key].values()) != int(visit[field]):
                raise SystemExit(f"{key}: {sum(named[key].values())} people named, {visit[field]} in the flight list")
        vehicle = BOOST_KIT.get(key, visit["vehicle_type"])
        operator = OPERATORS[visit["operator"]]
        docked = max(visit["dock_utc"][:10], FIRST_MATING) if visit["dock_utc"] else ""
        source, status = sources(visit)
        people = visit["crew_up"] not in ("", "0")
        rows.append(
            {
                "id": key,
                "name": visit["name"],
                "vehicle": vehicle,
                "operator": operator,
                "launched": visit["launch_utc"][:10],
                "docked": docked,
                "port": port_id(visit["port"], docked) if visit["port"] else "",
                "moves": moves(visit["relocations"]),
                "undocked": LEFT_BY.get(key, visit["undock_utc"][:10]),
                "ended": visit["end_utc"][:10],
                "crew_up": crew(up.get(key, Counter()), visit["crew_up"], operator_partner(operator)) if people else "",
                "crew_down": crew(down.get(key, Counter()), visit["crew_down"], operator_partner(operator)),
                **cargo(visit, vehicle),
                "cargo_up": whole(visit["upmass_kg"]),
                "cargo_down": whole(visit["downmass_kg"]),
                "outcome": visit["outcome"],
                "known": visit["launch_utc"][:10],
                "cells": cells(visit),
                "source": source,
                "status": status,
            }
        )
    old = TARGET / "flights.csv"
    planned = [row for row in read(old) if row["outcome"] == "planned"] if old.exists() else []
    return rows + planned


def whole(text: str) -> str:
    """A number without its needless point; blank stays blank."""
    return f"{float(text):.0f}" if text else ""


def operator_partner(operator: str) -> str:
    """The partner for whom an operator's crews are counted."""
    return operator if operator in PARTNERS.values() else "nasa"


def people(shared: Path) -> list[Row]:
    """One row a stay; a person whose arrival was not seen in a text is left out."""
    stays = {
        row["id"]: (max(row["dock_utc"][:10], FIRST_MATING), row["undock_utc"][:10])
        for row in read(shared / "data/history/iss_visits.csv")
    }
    visiting = [
        {
            "name": row["name"],
            "partner": row["partner"],
            "up": row["flight"],
            "arrived": stays[row["flight"]][0],
            "down": row["flight"],
            "left": stays[row["flight"]][1],
            "role": "visitor",
        }
        for row in visitors()
    ]
    staying = [
        {
            "name": row["name"],
            "partner": partner_of(row["agency"], row["up_ship"]),
            "up": row["up_ship"],
            "arrived": row["up_dock_utc"][:10],
            "down": row["down_ship"],
            "left": row["down_undock_utc"][:10],
            "role": row["role"],
        }
        for row in read(shared / "data/history/iss_crew_flights.csv")
        if row["up_dock_utc"]
    ]
    return staying + visiting


STATE = re.compile(
    r"<EPOCH>(\d{4}-\d{3}T\d\d:\d\d:\d\d)[^<]*</EPOCH>"
    + "".join(rf"\s*<{axis} [^>]*>([^<]+)</{axis}>" for axis in ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT"))
)

FOUR_ORBITS = dt.timedelta(minutes=371)


def ephemeris_altitude(path: Path) -> tuple[str, float]:
    """First day of an ephemeris and the mean altitude [km] over its first four orbits.

    The osculating semi-major axis is averaged at steps of at least four minutes, which takes out what the flattening
    of the Earth does within an orbit.
    """
    axes: list[float] = []
    first = last = None
    for epoch, *numbers in STATE.findall(gzip.decompress(path.read_bytes()).decode("utf-8")):
        time = dt.datetime.strptime(epoch, "%Y-%jT%H:%M:%S")
        first = first or time
        if time - first > FOUR_ORBITS:
            break
        if last is None or time - last >= dt.timedelta(minutes=4):
            x, y, z, u, v, w = (float(number) for number in numbers)
            axes.append(1.0 / (2.0 / math.sqrt(x * x + y * y + z * z) - (u * u + v * v + w * w) / MU_KM))
            last = time
    assert first is not None, path
    return first.date().isoformat(), statistics.fmean(axes) - EARTH_RADIUS_KM


def altitudes(shared: Path) -> list[Row]:
    """About one recorded mean altitude a week: the middle one (by altitude) of each seven days that have any.

    Weeks without elements are filled from the published ephemerides. The altitudes in reports of orbit corrections are
    left out: they stand about 0.7 km below the elements, counted from another radius.
    """
    weeks: dict[int, list[tuple[float, str]]] = {}
    for row in read(shared / "data/elements/iss_25544.csv"):
        if row["epoch_utc"].startswith(BAD_FIT):
            continue
        day = row["epoch_utc"][:10]
        weeks.setdefault(dt.date.fromisoformat(day).toordinal() // 7, []).append((float(row["mean_alt_km"]), day))
    rows = []
    for week in sorted(weeks):
        middle = statistics.median_low([altitude for altitude, _ in weeks[week]])
        day = next(day for altitude, day in weeks[week] if altitude == middle)
        source = "SGP4 mean semi-major axis minus 6378.137 km, derived from archived orbital elements"
        rows.append({"day": day, "altitude": f"{middle:.2f}", "source": source})
    for path in sorted((shared / "data/oem").glob("*.xml.gz")):
        day, altitude = ephemeris_altitude(path)
        if dt.date.fromisoformat(day).toordinal() // 7 not in weeks:
            source = "Mean osculating semi-major axis over four orbits of the NASA OEM minus 6378.137 km"
            rows.append({"day": day, "altitude": f"{altitude:.2f}", "source": source})
    return sorted(rows, key=lambda row: row["day"])


def main() -> None:
    """Write all six tables."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    shared = Path(sys.argv[1])
    made_by = "Made by tools/import_iss_history.py"
    credit = "Flight data from J. McDowell, GCAT and JSR (planet4589.org, CC-BY 4.0), and the texts named"
    head = f"{made_by}; rows with outcome planned by hand. {credit}."
    write("flights.csv", FLIGHT_COLUMNS, flights(shared), head)
    folk = people(shared)
    head = f"{made_by}. Names and days: general knowledge, checked against flight lists."
    write("people.csv", list(folk[0]), folk, head)
    heights = altitudes(shared)
    write("altitudes.csv", list(heights[0]), heights, f"{made_by}. km above 6378.137 km.")
    said = statements(shared)
    write("statements.csv", list(said[0]), said, f"{made_by}. Own paraphrases.")
    deals = agreements(shared)
    write("agreements.csv", list(deals[0]), deals, f"{made_by}. Own words.")
    owed = obligations(shared)
    write("obligations.csv", list(owed[0]), owed, f"{made_by}. Own words.")


if __name__ == "__main__":
    main()
