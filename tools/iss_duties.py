"""Statements, agreements and obligations of the shipped programme, from the statement tables.

``import_iss_history.py`` writes them. Assumptions and limits: what the words of a table do not name is named here, by
hand, row by row.
"""

from __future__ import annotations

import re
from pathlib import Path

from iss_tables import GENERAL, PARTNERS, Row, read

# A bill that was not enacted replaces no law.
SUPERSEDES = {"us-2026-03-04-senate": ""}

NOTICES = {"ob-notice-one-year"}

# Statements for which the table names no text, and the texts in which they were read since.
READ_IN = {
    "rus-1993-joins": "The Space Library, Sep 2 1993 (thespacelibrary.com, citing NASA Release 93-158); Gagarin "
    "Cosmonaut Training Center, gctc.su id=859; Congressional Research Service IB93017, 2005",
    "us-2004-bush-vision": "Earthfiles, President Bush Sets New Course for America's Space Program, 2004-01-14, "
    "earthfiles.com; the speech at spacenews.com, President Bush announces new Vision for Space Exploration Program",
    "us-2010-budget": "AFP via space-travel.com, Obama budget extends US commitment to space station, 2010-02-01; "
    "the earlier end of support is general knowledge",
    "com-2023-10-04-northrop": "Via Satellite, Northrop Grumman Ends its Commercial Space Station Plan, 2023-10-05, "
    "satellitetoday.com; Spaceflight Now, 2023-10-05",
    "com-2025-02-20-musk": "SpaceNews copy todayheadline.co, Musk calls for deorbiting ISS as soon as possible, "
    "2025-02; Dallas Express p=230779",
}


def statements(shared: Path) -> list[Row]:
    """Statements with their ids and partial dates kept; outlets and effect clauses as lists."""
    rows = []
    for row in read(shared / "data/statements/statements.csv"):
        rows.append(
            {
                "id": row["id"],
                "said": row["said_on"],
                "speaker": row["speaker"],
                "role": row["role"],
                "audience": row["audience"],
                "outlets": "; ".join(part.strip() for part in re.split(r"[>;]", row["outlet_chain"]) if part.strip()),
                "firmness": row["firmness"],
                "about": row["about"],
                "effect": "; ".join(part.strip() for part in row["effect"].split(";") if part.strip()),
                "supersedes": SUPERSEDES.get(row["id"], row["supersedes"]),
                "paraphrase": row["paraphrase"],
                "source": READ_IN.get(row["id"], general(row["source"], row["status"])),
                "status": "F" if row["id"] in READ_IN else row["status"],
            }
        )
    return rows


def general(source: str, status: str) -> str:
    """Say "general knowledge" wherever a row rests on it."""
    source = source.replace("own knowledge, no text found in when compiled", f"{GENERAL}, no text found")
    source = re.sub(r"^FACTS(\.md)?\b[^;]*", "compiled from agency and press figures", source)
    source = re.sub(r"\s*\(see FACTS(\.md)?\)|in FACTS(\.md)?", "", source).replace("FACTS.md", "agency figures")
    source = re.sub(r"\bFACTS\b", "agency figures", source).strip()
    return source if status != "K" or GENERAL in source else f"{source}; {GENERAL}"


def agreements(shared: Path) -> list[Row]:
    """Treaties, memoranda and contracts; ``same`` parties are written out."""
    rows: list[Row] = []
    parties = ""
    for row in read(shared / "data/statements/agreements.csv"):
        parties = parties if row["parties"] == "same" else row["parties"]
        rows.append(
            {
                "id": row["id"],
                "name": row["name"],
                "parties": parties,
                "signed": row["signed"],
                "start": row["in_force_from"],
                "end": row["until"],
                "owed": row["what_is_owed"],
                "by": row["by"],
                "to": row["to"],
                "article": row["article_or_clause"],
                "exit_clause": row["notice_or_exit_clause"],
                "source": general(row["source"], row["status"]),
                "status": row["status"],
            }
        )
    return rows


# Which partners owe it, where the words of the table do not name them, and the function that it serves.
OWED_BY = {
    "ob-notice-one-year": "nasa; roscosmos; esa; jaxa; csa",
    "ob-endeavour-terms": "nasa; roscosmos; esa; jaxa; csa",
    "ob-funding-warning": "nasa; roscosmos; esa; jaxa; csa",
    "ob-use-four": "nasa; jaxa; esa; csa",
    "ob-deorbit-share": "nasa; roscosmos; esa; jaxa; csa",
    "ob-prk-rule": "nasa; roscosmos",
    "ob-us-umbrella": "nasa; roscosmos",
    "ob-zarya-support": "roscosmos",
    "ob-crs2-spacex": "nasa",
    "ob-crs2-northrop": "nasa",
    "ob-crs2-sierra": "nasa",
    "ob-ccp-spacex": "nasa",
    "ob-ccp-boeing": "nasa",
    "ob-usdv-delivery": "nasa",
}

SERVES = {
    "ob-rus-operate-2024": "command_data",
    "ob-rus-operate-2028": "command_data",
    "ob-rus-reboost": "reboost",
    "ob-rus-progress": "refuelling",
    "ob-rus-propellant": "refuelling",
    "ob-rus-soyuz": "return_seats",
    "ob-rus-docking-ports": "ship_ports",
    "ob-nasa-power": "power_transfer",
    "ob-nasa-cmg": "attitude_gyros",
    "ob-nasa-comms": "communication",
    "ob-csa-mss": "robotic_arm",
    "ob-ccp-spacex": "return_seats",
    "ob-ccp-boeing": "return_seats",
    "ob-deorbit-rs": "attitude_thrusters",
    "ob-seat-2022-us": "return_seats",
    "ob-seat-2022-ru": "return_seats",
    "ob-axiom-port": "berthing_ports",
}

# The shared duty to take the station down was stated with the call for a deorbit vehicle; the seat swap is owed from
# its signature on, though its first flight came later.
STARTS = {
    "ob-deorbit-share": "2023-09-18",
    "ob-deorbit-rs": "2028",
    "ob-bill-overlap": "2026-03-04",
    "ob-seat-2022-us": "2022-07-14",
    "ob-seat-2022-ru": "2022-07-14",
}

ENDS = {"ob-deorbit-rs": "2031", "ob-crew-time-us-ru": "2005"}

# These ran to the end of 2024 until a later decision prolonged them: two rows, so that the second can be told apart.
PROLONGED = {
    "ob-rus-reboost": "rus-govt-2028",
    "ob-rus-progress": "rus-govt-2028",
    "ob-rus-propellant": "rus-govt-2028",
    "ob-rus-soyuz": "rus-govt-2028",
    "ob-rus-docking-ports": "rus-govt-2028",
    "ob-rus-crew-min": "seat-add-2023; seat-add-2025",
    "ob-nasa-crew-min": "seat-add-2023; seat-add-2025",
    "ob-csa-mss": "csa-2023-03-24",
}

# What a duty rests on, where the words of the table name no row: the statements and agreements that they speak of.
RESTS_ON = {
    "ob-rus-operate-2024": "rus-2015-govt-2024",
    "ob-four-operate-2024": "us-2014-2024; us-2015-law-2024; csa-2015-2024; jpn-2015-2024; esa-2016-2024",
    "ob-four-operate-2030": "us-law-2030; jpn-2022-11-18; esa-2022-11-23; csa-2023-03-24",
    "ob-deorbit-rs": "rus-us-2025-07-31; rus-2025-07-31-krikalev",
    "ob-cld-phase1": "cld-blue; cld-nanoracks; cld-northrop",
    "ob-bill-overlap": "us-2026-03-04-senate",
}

FIRST_END, SECOND_START = "2024-12-31", "2025-01-01"


def obligations(shared: Path) -> list[Row]:
    """What is owed; the period's ends are dates where the words hold one, and the words are kept in the condition."""
    rows = []
    for row in read(shared / "data/statements/obligations.csv"):
        key = row["id"]
        named = [partner for name, partner in PARTNERS.items() if name in row["by"]]
        until = ENDS.get(key, row["until"])
        end = re.match(r"\d{4}(-\d{2}(-\d{2})?)?(?!\d|-)", until)
        condition = [row["condition_or_exit"]] if row["condition_or_exit"] not in ("", "-") else []
        if row["until"] and (end is None or end.group() != row["until"]) and row["until"] != "open":
            condition.append(f"until: {row['until']}")
        whole: Row = {
            "id": key,
            "by": row["by"],
            "partners": OWED_BY.get(key, "; ".join(named)),
            "to": row["to"],
            "what": row["what"],
            "quantity": row["quantity"],
            "unit": row["unit"],
            "per": row["per"],
            "start": STARTS.get(key, row["from"]),
            "end": end.group() if end else "",
            "basis": RESTS_ON.get(key, row["basis"]),
            "condition": "; ".join(condition),
            "function": SERVES.get(key, ""),
            "act": "notice" if key in NOTICES else "",
            "source": general(row["source"], row["status"]),
            "status": row["status"],
        }
        if key in PROLONGED:
            rows.append(whole | {"end": FIRST_END})
            whole |= {"id": f"{key}-prolonged", "start": SECOND_START, "basis": PROLONGED[key]}
        rows.append(whole)
    return rows
