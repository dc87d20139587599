"""Make the chronicle and the expeditions of the shipped programme, and fill some columns of its elements.

    python tools/import_iss_chronicle.py SHARED

SHARED is the folder that holds ``data/history`` and ``data/programme``. The tool writes ``chronicle.csv`` and
``expeditions.csv`` in ``src/cupola/data/iss``, and sets the columns ``outfit``, ``stowage`` and ``moves`` of
``elements.csv``, whose other columns are written by hand. It is deterministic.

What no row lists on the epoch is parted so: outfit is the sum of the parts that the JSR table files under an element
and that came in its flight; the rest is shared out over the rooms by their rack bays.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import re
import sys
from collections import Counter
from pathlib import Path

from iss_tables import GENERAL, TARGET, Row, read, write

KINDS = {"programme": "milestone"}
LOST = {"launch-failure", "launch-abort", "lost"}
SMALLEST_PART_KG = 100.0
UNLISTED_KG, EPOCH, FILLING_DAYS = 126_600.0, dt.date(2022, 7, 26), 150.0
"""As in scenario.yaml: unlisted_mass, epoch and filling."""

RACK_BAYS = {
    **{"unity": 4, "destiny": 24, "harmony": 8, "columbus": 16, "kibo": 23, "kibo-elm-ps": 8},
    **{"tranquility": 8, "leonardo": 16},
}
"""Bays for standard racks, general knowledge. The rooms of the other segment were launched fitted out."""

MOVES = {
    "pma-2": "1998-12-07 unity; 2001-02-10 z1; 2001-02-12 destiny; 2007-11-12 harmony",
    "pma-3": "2000-10-16 unity; 2010-01-22 harmony; 2010-02-16 tranquility; 2017-03-26 harmony",
    "p6": "2000-12-03 z1; 2007-10-30 p5",
    "canadarm2": "2001-04-23 destiny; 2002-06-10 mobile-base",
    "harmony": "2007-10-26 unity; 2007-11-14 destiny",
    "kibo-elm-ps": "2008-03-14 harmony; 2008-06-06 kibo",
    "dextre": "2008-03-18 destiny; 2011-02-04 mobile-base",
    "esp-3": "2007-08-14 p3; 2010-01-12 s3",
    "leonardo": "2011-03-01 unity; 2015-05-27 tranquility",
}
"""Hosts in time: configuration events of the history; the arms walk, and only their first step is told."""

PARTS = {
    "zarya": ("Zarya",),
    "zvezda": ("Zvezda",),
    "z1": ("ISS Z1 ITS",),
    "p6": ("ITS P6",),
    "quest": ("Quest",),
    "s0": ("ISS S0 ITS", "ISS Mobile Transporter"),
    "s1": ("ISS S1 ITS",),
    "p1": ("ISS P1 ITS",),
    "esp-2": ("ESP-2",),
    "p3": ("ITS P3/P4",),
    "p4": ("ISS P4 ITS",),
    "s3": ("ITS S3/S4",),
    "s4": ("ISS S4 ITS",),
    "kibo": ("Kibo PM",),
    "s6": ("ITS S6",),
    "kibo-ef": ("Kibo Exposed Facility",),
    "elc-1": ("EXPRESS ELC-1",),
    "elc-2": ("EXPRESS ELC-2",),
    "elc-3": ("EXPRESS ELC-3",),
    "elc-4": ("ITS S3/S4",),
    "rassvet": ("Rassvet (MIM-1)",),
    "dextre": ("ISS Mobile Transporter",),
}
"""Names under which the JSR table files the parts of an element."""
LISTED = re.compile(
    r"Canadarm-2|ISS Mobile Base System|ISS .* ITS|ITS Z1|ESP-[23]|Harmony|Columbus|Kibo ELM-PS|Dextre"
    r"|Kibo (Pressurized Module|Exposed Facility)|Poisk|EXPRESS ELC-\d|Tranquility|Cupola|Rassvet|Leonardo PMM"
    r"|AMS-02|BEAM|IDA-\d|Bartolomeo|Bishop Airlock|Zarya|Zvezda|PMA-\d|Destiny|Quest|Pirs"
)
OTHERS = re.compile(r"Up Cargo|Progress|Soyuz|Resilience|Dragon|HTV|Generic")


def slug(text: str) -> str:
    """A short word for an id."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def chronicle(shared: Path) -> list[Row]:
    """Configuration events, reboosts with their figures, lost flights and those that arrived damaged."""
    rows = []
    for event in read(shared / "data/history/iss_configuration_events.csv"):
        kind = KINDS.get(event["event"], event["event"])
        kind = "crew" if event["element"] == "Crew size" else kind
        rows.append(happening(event["date"], kind, event["element"], event["detail"], event["source"], event["status"]))
    rows += [reboost(row) for row in read(shared / "data/programme/iss_reboost_events.csv")]
    told = {row["subject"].lower() for row in rows if row["kind"] == "failure"}
    for visit in read(shared / "data/history/iss_visits.csv"):
        if visit["outcome"] in LOST:
            name = visit["name"].partition(" (")[0]
            if not any(name.lower() in subject or subject.endswith(name.lower()) for subject in told):
                text = f"{visit['outcome'].replace('-', ' ')}; {visit['note']}".rstrip("; ")
                day = visit["launch_utc"][:10]
                rows.append(happening(day, "loss", visit["name"], text, "GCAT launch log (planet4589.org)", "F"))
    for row in rows:
        if row["source"] == "GCAT launch log" and row["kind"] == "failure":
            row["kind"] = "loss"
    seen: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: row["day"]):
        key = f"{row['day']}-{slug(row['subject'])}-{row['kind']}"[:60]
        seen[key] += 1
        row["id"] = key if seen[key] == 1 else f"{key}-{seen[key]}"
    return sorted(rows, key=lambda row: row["day"])


def happening(day: str, kind: str, subject: str, text: str, source: str, status: str) -> Row:
    """One row; the source says where it is general knowledge."""
    if source == "month only":
        source = f"{GENERAL}; only the month is known"
    source = re.sub(r"iss_elements\.csv \(GCAT\)", "GCAT launch log", source)
    source = source.replace("JSR iss.txt", "J. McDowell, JSR ISS table (planet4589.org, CC-BY 4.0)")
    row = {"id": "", "day": day, "kind": kind, "subject": subject, "text": text or kind, "value": "", "unit": "1"}
    return row | {"source": source, "status": status}


def reboost(burn: Row) -> Row:
    """A reboost: its velocity change where it was given, else the time of the burn."""
    parts = [f"{burn['burn_s']} s"] if burn["burn_s"] else []
    if burn["mean_altitude_gain_km"]:
        parts.append(f"mean altitude +{burn['mean_altitude_gain_km']} km")
    parts += [burn["note"]] if burn["note"] else []
    row = happening(burn["date"], "reboost", burn["vehicle"], "burn of " + ", ".join(parts), burn["source"], "F")
    value, unit = (burn["delta_v_m_s"], "m/s") if burn["delta_v_m_s"] else (burn["burn_s"], "s")
    return row | {"value": value, "unit": unit if value else "1"}


def expeditions(shared: Path) -> list[Row]:
    """One row an expedition, with the statuses of its boundary days in its source; the first day may be unknown."""
    rows = []
    for row in read(shared / "data/history/iss_increments.csv"):
        words = (("begin", "start"), ("end", "end"), ("crew", "crew"))
        parts = ", ".join(f"{word} {row[f'{key}_status']}" for word, key in words)
        begins = f"boundary: {row['boundary']}" if row["boundary"] else "end not seen"
        known = all(row[f"{key}_status"] == "F" for key in ("start", "end"))
        rows.append(
            {
                "id": f"expedition-{row['expedition']}",
                "name": f"Expedition {row['expedition']}",
                "begin": row["start_utc"][:10],
                "end": row["end_utc"][:10],
                "commander": row["commander"],
                "source": f"Flight lists; undocking days of J. McDowell, JSR (CC-BY 4.0); {begins}; {parts}",
                "status": "F" if known else "K",
            }
        )
    return rows


def outfits(shared: Path) -> dict[str, float]:
    """Mass of the parts that came in the same flight as an element and hang on it, by element id [kg]."""
    elements = {row["id"]: row for row in read(TARGET / "elements.csv")}
    found = dict.fromkeys(elements, 0.0)
    launches = launch_days(shared)
    for part in read(shared / "data/programme/jsr_iss_objects.csv"):
        mass = float(part["mass_kg"] or 0.0)
        skip = part["statcode"] != "AO" or mass < SMALLEST_PART_KG
        if skip or LISTED.fullmatch(part["name"]) or OTHERS.search(part["name"]):
            continue
        day = launches.get(part["launch_intdes"][:8], "")
        for key, names in PARTS.items():
            if part["module"] in names and elements[key]["launched"] == day:
                found[key] += mass
                break
    return found


def launch_days(shared: Path) -> dict[str, str]:
    """Launch day by international designation without its piece."""
    rows = read(shared / "data/programme/gcat_launchlog_human_1998_2024.csv")
    return {row["Piece"].strip()[:8]: row["launch_utc"][:10] for row in rows}


def stowages(rows: list[Row], rest: float) -> dict[str, float]:
    """Racks, spares and cargo that each room holds when full [kg], by rack bays; ``rest`` is aboard on the epoch."""
    ages = {row["id"]: (EPOCH - dt.date.fromisoformat(row["attached"])).days for row in rows}
    filled = sum(bays * (1.0 - math.exp(-ages[key] / FILLING_DAYS)) for key, bays in RACK_BAYS.items())
    return {key: bays * rest / filled for key, bays in RACK_BAYS.items()}


def quantity(row: Row, field: str, value: float, spread: float) -> None:
    """Write a value with its range, or leave all three blank."""
    for ending, factor in (("", 1.0), ("_low", 1.0 - spread), ("_high", 1.0 + spread)):
        row[f"{field}{ending}"] = f"{value * factor:.0f}" if value else ""


def fill_elements(shared: Path) -> None:
    """Write the columns into ``elements.csv``; its head and its other columns stay."""
    path = TARGET / "elements.csv"
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rows, weights = read(path), outfits(shared)
    held = stowages(rows, UNLISTED_KG - sum(weights.values()))
    made = [f"{field}{ending}" for field in ("outfit", "stowage") for ending in ("", "_low", "_high")] + ["moves"]
    columns = [name for name in rows[0] if name not in (*made, "fills")]
    place = columns.index("mass_high") + 1
    columns[place:place] = made
    for row in rows:
        quantity(row, "outfit", weights[row["id"]], 0.1)
        quantity(row, "stowage", held.get(row["id"], 0.0), 0.3)
        row["moves"] = MOVES.get(row["id"], "")
        row.pop("fills", None)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("".join(f"{line}\n" for line in head))
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"elements.csv: outfit {sum(weights.values()):.0f} kg, stowage {sum(held.values()):.0f} kg")


def main() -> None:
    """Write the two tables and the columns."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    shared = Path(sys.argv[1])
    made_by = "Made by tools/import_iss_chronicle.py"
    told = chronicle(shared)
    columns = ["id", "day", "kind", "subject", "text", "value", "unit", "source", "status"]
    write("chronicle.csv", columns, told, f"{made_by}. Our words. Only of some reboosts figures were found.")
    crews = expeditions(shared)
    write("expeditions.csv", list(crews[0]), crews, f"{made_by}. Who belongs to one follows from people.csv.")
    fill_elements(shared)


if __name__ == "__main__":
    main()
