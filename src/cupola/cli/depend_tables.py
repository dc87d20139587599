"""What ``cupola depend`` finds and how it prints it: the answer as one document, and tables of one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cupola.cli.output import print_table, print_text
from cupola.programme.functions import RETURN_SEATS

if TYPE_CHECKING:
    import datetime as dt

    from cupola.analysis.losses import Loss
    from cupola.programme.programme import Programme

Row = dict[str, Any]
MOST_ROWS = 40
"""Rows of minimal sets that are printed; all of them are in the JSON document."""
LEGEND = (
    "share: of all that is provided. only: nobody else provides it. "
    "falls: what others provide falls too without this partner."
)

LATER = "from: ships that are docked give what they give until they must leave; after that no other one can come."


@dataclass(frozen=True)
class Asked:
    """What was asked of a programme."""

    programme: Programme
    date: dt.date
    months: list[dt.date]
    without: tuple[Loss, ...]
    function: str
    by: str
    minimal: bool


def answer(asked: Asked, *, drawn: bool = False) -> Row:
    """Everything that was asked, as one document; with ``drawn`` also what a drawing of the day shows."""
    from cupola.analysis.cut_sets import minimal_sets
    from cupola.analysis.dependence import dependence
    from cupola.analysis.losses import single_losses
    from cupola.analysis.outages import idle_sites, outages
    from cupola.analysis.remaining import remaining

    programme, base = asked.programme, asked.without
    found: Row = {"scenario": programme.id, "as_of": programme.as_of, "without": [loss.key for loss in base]}
    if asked.months:
        from cupola.analysis.dependence_months import by_month, summary

        rows = by_month(programme, asked.months, base, asked.function)
        found |= {"from": asked.months[0], "to": asked.months[-1], "summary": summary(rows), "months": rows}
    else:
        found |= {"date": asked.date, "outages": outages(programme, asked.date)}
    idle = idle_sites(programme, base)
    if idle:
        found["idle_sites"] = idle
    if asked.minimal:
        found["minimal"] = minimal_sets(programme, asked.date, base, function=asked.function)
    if asked.by:
        sets = [losses for losses in single_losses(programme, asked.by, asked.date) if not set(losses) & set(base)]
        found |= {"by": asked.by, "left": remaining(programme, asked.date, sets, base, asked.function)}
    elif base and not asked.minimal and not asked.months:
        found["left"] = remaining(programme, asked.date, [base], (), asked.function)
    plain = not (asked.months or asked.minimal or asked.by or base)
    if plain or (drawn and not asked.months):
        rows = dependence(programme, asked.date, base)
        found["dependence"] = [row for row in rows if asked.function in ("", row["function"])]
        found["single_points"] = minimal_sets(programme, asked.date, base, 1, asked.function)
    if asked.function and (plain or drawn) and not asked.months:
        from cupola.analysis.need_graph import need_graph

        found["graph"] = need_graph(programme, asked.date, base, asked.function)
    return found


def print_answer(asked: Asked, found: Row) -> None:
    """The same, for people."""
    programme = asked.programme
    when = f"{found['from']} to {found['to']}" if asked.months else f"on {asked.date}"
    print_text(f"{programme.id} {when}, as of {programme.as_of}")
    if asked.without and (asked.by or asked.minimal or asked.months):
        print_text(f"Without {', '.join(found['without'])}.")
    for row in found.get("outages", []):
        print_text(_outage(row))
    print()
    if "months" in found:
        _print_months(asked, found)
    if "minimal" in found:
        _print_minimal(found["minimal"])
    if "left" in found:
        _print_left(found["left"], in_detail=bool(asked.function) or not asked.by)
    for row in found.get("idle_sites", []):
        print_text(_idle(row))
    plain = not (asked.months or asked.minimal or asked.by or asked.without)
    if plain:
        columns = ("function", "partner", "capacity", "unit", "share", "only", "falls")
        print_table(columns, found["dependence"], empty="No function is named.")
        _print_points([row for row in found["single_points"] if row["vital"]])
    leaving = programme.departure
    last = asked.months[-1] if asked.months else asked.date
    if leaving is not None and last > leaving.after:
        print_text(f"\n{leaving.partner} leaves after {leaving.after}; what it provides is listed as if it stayed.")
    if plain:
        print_text(f"\n{LEGEND}")


def _outage(row: Row) -> str:
    """A site that is out of use, in a sentence."""
    until = f"to {row['until']}" if row["until"] else "without a known end"
    if not row["vehicles"]:
        return f"Out of use: {row['name']}, from {row['since']} {until}; other sites serve its ships."
    docked = {0: "none is docked", 1: "the one docked stays"}.get(row["docked"], f"the {row['docked']} docked stay")
    ships = " or ".join(row["vehicles"])
    return f"Out of use: {row['name']}, from {row['since']} {until}: no {ships} can be launched; {docked}."


def _idle(row: Row) -> str:
    """A lost site on which nothing hangs, and those on which something does."""
    used = "; ".join(f"{key} ({', '.join(ships)})" for key, ships in row["used"].items())
    told = f"No ship that provides anything is launched from {row['site']} ({row['name']})."
    return f"{told} Launch sites in use: {used or 'none'}."


def _print_points(rows: Sequence[Row]) -> None:
    """Warn of vital functions that one loss ends."""
    if not rows:
        print_text("\nNo single partner, element, vehicle type or site ends a vital function.")
        return
    print_text("\nSingle points of failure of vital functions (each loss alone ends it):")
    by_function: dict[str, list[str]] = {}
    for row in rows:
        later = "launch of" in "".join(row["why"])
        when = f" (from {row['felt'] or 'a day that is not known'})" if later else ""
        by_function.setdefault(row["function"], []).append(_id(row["losses"][0]) + when)
    print_table(
        ("function", "losses"),
        [{"function": key, "losses": ", ".join(losses)} for key, losses in by_function.items()],
        empty="",
    )


def _print_left(rows: Sequence[Row], *, in_detail: bool) -> None:
    """What each loss leaves: a line a loss, or a line a function with why."""
    if in_detail:
        listed = [
            {
                **row,
                "without": _together(row["losses"]),
                "left of": f"{row['left']:.6g} of {row['before']:.6g}",
                "from": row["felt"] or "unknown",
                "why": _why(row),
            }
            for row in rows
        ]
        columns = ("without", "function", "left of", "unit", "verdict", "from", "why")
        print_table(columns, listed, empty="Nothing falls.")
        if any("launch of" in chain for row in rows for chain in row["why"]):
            print_text(f"\n{LATER}")
        return
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        line = found.setdefault(_together(row["losses"]), {"ends": [], "less": []})
        line["ends" if row["ends"] else "less"].append(row["function"] + ("*" if row["ends"] and row["vital"] else ""))
    listed = [
        {"without": key, "ends": ", ".join(line["ends"]) or "-", "less of": ", ".join(line["less"]) or "-"}
        for key, line in sorted(found.items(), key=lambda pair: -len(pair[1]["ends"]))
    ]
    print_table(("without", "ends", "less of"), listed, empty="Nothing falls.")
    print_text(
        "\n*: a vital function. What is not listed takes nothing away. --function ID tells how much is left, and why."
    )


def _print_minimal(rows: Sequence[Row]) -> None:
    ordered = sorted(rows, key=lambda row: row["size"])
    listed = [
        {
            "function": row["function"] + ("*" if row["vital"] else ""),
            "without": _together(row["losses"]),
            "why": _why(row),
        }
        for row in ordered[:MOST_ROWS]
    ]
    print_table(("function", "without", "why"), listed, empty="No set of up to three losses ends a function.")
    print_text("\n*: a vital function. Read <- as 'needs'.")
    if len(rows) > MOST_ROWS:
        print_text(f"{len(rows) - MOST_ROWS} more sets: choose one with --function ID, or see all with --json.")


def _print_months(asked: Asked, found: Row) -> None:
    """A line a function; for one function a line a spell."""
    from cupola.analysis.dependence_months import spells

    if asked.function:
        listed = [
            {
                **row,
                "capacity": f"{row['lowest']:.6g}"
                + (f" to {row['highest']:.6g}" if row["highest"] > row["lowest"] else ""),
                "partners": ", ".join(row["partners"]) or "-",
                "ends without": ", ".join(_id(key) for key in row["single"]) or "-",
            }
            for row in spells(found["months"])
        ]
        columns = ("first", "last", "verdict", "capacity", "unit", "partners", "ends without")
        print_table(columns, listed, empty="No month was asked for.")
        return
    listed = [
        {
            "function": row["function"] + ("*" if row["vital"] else ""),
            "stands": f"{row['stood']} of {row['months']}",
            "short": row["short"] or "-",
            "since": row["first"] or "-",
            "ends without": _often(row),
        }
        for row in found["summary"]
    ]
    print_table(("function", "stands", "short", "since", "ends without"), listed, empty="No function is named.")
    print_text("\n*: a vital function. Percentages: of the months in which it stands. --function ID tells its months.")


def _often(row: Row) -> str:
    """Losses that alone end a function, the most frequent first, with how often."""
    told = []
    for key, months in sorted(row["single"].items(), key=lambda pair: -pair[1]):
        share = 100.0 * months / row["stood"]
        told.append(f"{_id(key)} {'always' if months == row['stood'] else f'{max(share, 1.0):.0f} %'}")
    return ", ".join(told) or "-"


def _why(row: Row) -> str:
    """The first chain, how many more there are, and who lost a seat."""
    why = row["why"][0] if row["why"] else ""
    more = f" (and {len(row['why']) - 1} more)" if len(row["why"]) > 1 else ""
    seats = ""
    if row["unseated"] and row["function"] == RETURN_SEATS:
        seats = f"; {row['unseated']} without the own seat home"
    return f"{why}{more}{seats}"


def _id(key: str) -> str:
    return key.partition("/")[2]


def _together(keys: Sequence[str]) -> str:
    return " + ".join(_id(key) for key in keys)
