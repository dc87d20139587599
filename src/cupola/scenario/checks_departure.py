"""Checks of what becomes of elements when a partner leaves, and of a departure that takes time or continues."""

from __future__ import annotations

from cupola.scenario.cells import Findings, remedy
from cupola.scenario.typed import TypedRow, TypedTables

_TAKEN = ("operated", "transferred", "sold")
_GOES = ("separates", "deorbited")


def check_fates(tables: TypedTables, findings: Findings) -> None:
    """Note fates that cannot come true as they are written."""
    departure = tables.get("departure", {}).get("")
    if departure is None:
        return
    _check_range(departure, findings)
    _check_options(departure, findings)
    for row in tables["fates"].values():
        if row.id in tables["elements"]:
            if _gone(tables["elements"][row.id], departure.day("after")):
                _told_gone(row, departure, tables, findings)
                continue
            _check_owner(row, departure, tables, findings)
            _check_under_cut(row, departure, tables, findings)
            _check_needs(row, departure, tables, findings)
            _check_hanging(row, departure, tables, findings)
    _check_cut(departure, tables, findings)


def _check_range(departure: TypedRow, findings: Findings) -> None:
    """The last day of full service lies within its own range."""
    after = departure.day("after")
    for field in ("earliest", "latest"):
        day = departure.day(field)
        if after is not None and day is not None and (day > after if field == "earliest" else day < after):
            rule = f"{'no later' if field == 'earliest' else 'no earlier'} than departure.after, {after}"
            what, advice = "lies on the wrong side of the day itself", "Mend one of the two dates."
            findings.add(departure.place(field), departure.key(field), what, str(day), rule, advice)


def _check_options(departure: TypedRow, findings: Findings) -> None:
    """Fields that say something only for a separation."""
    if departure.text("mode") == "separates":
        return
    for field, usual in (("continues", ""), ("ships", "home")):
        value = departure.text(field)
        if value != usual:
            advice = "Set mode to separates and name the cut, or leave it out."
            what = "says something only where the part separates"
            findings.add(departure.place(field), departure.key(field), what, value, "mode separates", advice)


def _partner(tables: TypedTables, operator: str) -> str:
    row = tables["partners"].get(operator)
    return (row.text("acts_for") or operator) if row is not None else operator


def _leaving(tables: TypedTables, element: str) -> dict[str, TypedRow]:
    """An element and all that hangs on it."""
    found = {element}
    while more := {key for key, row in tables["elements"].items() if row.text("host") in found} - found:
        found |= more
    return {key: row for key, row in tables["elements"].items() if key in found}


def _check_owner(row: TypedRow, departure: TypedRow, tables: TypedTables, findings: Findings) -> None:
    """Only what the partner owns or runs, or what its cut takes along, has a fate."""
    element, leaver = tables["elements"][row.id], departure.text("partner")
    if leaver not in tables["partners"]:
        return  # that nobody can be read as the one who leaves is told at the departure
    own = {_partner(tables, element.text(field)) for field in ("owner", "operator")}
    cut = departure.text("cut") if departure.text("mode") == "separates" else ""
    if leaver in own or (cut in tables["elements"] and row.id in _leaving(tables, cut)):
        return
    got = f"{row.id} of {element.text('owner')}, run by {element.text('operator')}"
    mine = [
        key for key, other in tables["elements"].items()
        if leaver in (_partner(tables, other.text("owner")), _partner(tables, other.text("operator")))
    ]  # fmt: skip
    advice = remedy(row.id, mine, f"Elements of {leaver}: {', '.join(mine)}.")
    findings.add(row.where, f"fates.{row.id}", f"is no element of {leaver}, which leaves", got, "", advice)


def _told_gone(row: TypedRow, departure: TypedRow, tables: TypedTables, findings: Findings) -> None:
    """An element that has left the station before has no fate of its own any more."""
    gone, last = tables["elements"][row.id].day("detached"), departure.day("after")
    what, advice = f"is not part of the station on {last}", "Leave it out."
    findings.add(row.where, f"fates.{row.id}", what, f"{row.id}, detached on {gone}", "", advice)


def _check_under_cut(row: TypedRow, departure: TypedRow, tables: TypedTables, findings: Findings) -> None:
    """What hangs on the cut goes with the part, whatever else is said of it."""
    cut, fate = departure.text("cut"), row.text("fate")
    if departure.text("mode") != "separates" or cut not in tables["elements"] or fate in ("", "separates"):
        return
    if row.id in _leaving(tables, cut):
        what = f"contradicts the cut: {row.id} {'is where' if row.id == cut else f'hangs on {cut}, where'} it is made"
        advice = f"Leave the fate out, for {row.id} goes with the part; or cut nearer to the end, so that it stays."
        findings.add(row.place("fate"), f"fates.{row.id}.fate", what, fate, "separates", advice)


def _check_needs(row: TypedRow, departure: TypedRow, tables: TypedTables, findings: Findings) -> None:
    """What each fate needs to be named."""
    fate, to = row.text("fate"), row.text("to")
    partners = [key for key, other in tables["partners"].items() if other.text("role") == "partner"]
    others = [key for key in partners if key != departure.text("partner")]
    if fate in _TAKEN and not to:
        advice = f"Name the partner that takes it over: {', '.join(others)}."
        findings.add(
            row.place("fate"), row.key("to"), "is missing", "nothing", f"a partner, for the fate {fate}", advice
        )
    if to and to == departure.text("partner") and fate in _TAKEN:
        findings.add(
            row.place("to"), row.key("to"), "is the partner that leaves", to, remedy=f"Name one of {', '.join(others)}."
        )
    if to in tables["partners"] and to not in partners:
        advice = f"Name the partner that it acts for, {_partner(tables, to)}."
        findings.add(row.place("to"), row.key("to"), "is a contractor, not a partner", to, remedy=advice)
    vehicle = tables["vehicles"].get(row.text("vehicle"))
    if fate != "deorbited":
        return
    ports = [key for key, port in tables["ports"].items() if port.text("element") in _leaving(tables, row.id)]
    fits = [key for key, other in tables["vehicles"].items() if set(ports) & set(other.names("ports"))]
    if not row.text("vehicle"):
        advice = f"Name a vehicle type that docks at it: {', '.join(fits) or 'none does'}."
        findings.add(
            row.place("fate"), row.key("vehicle"), "is missing", "nothing", "a ship in which it leaves", advice
        )
    elif vehicle is not None and vehicle.values.get("crewed") is True:
        advice = "Name a ship without people."
        findings.add(row.place("vehicle"), row.key("vehicle"), "carries people", vehicle.id, "", advice)
    elif vehicle is not None and vehicle.id not in fits:
        advice = f"Name one of {', '.join(fits)}." if fits else "Bring it down with what it hangs on."
        what = f"docks at no port of {row.id} or of what hangs on it"
        findings.add(row.place("vehicle"), row.key("vehicle"), what, vehicle.id, "", advice)


def _check_hanging(row: TypedRow, departure: TypedRow, tables: TypedTables, findings: Findings) -> None:
    """What leaves takes along all that hangs on it: each of these must be meant to go."""
    fate, cut = row.text("fate"), departure.text("cut")
    if fate not in _GOES or (cut in tables["elements"] and row.id in _leaving(tables, cut)):
        return
    element = tables["elements"][row.id]
    if not element.text("host"):
        advice = "Name an element that hangs on another."
        what = "is the root of the station; it hangs on nothing"
        findings.add(row.where, f"fates.{row.id}", what, row.id, "", advice)
        return
    last = departure.day("after")
    fates = tables["fates"]
    left = [
        key for key, other in _leaving(tables, row.id).items()
        if key != row.id and not _gone(other, last) and (key not in fates or fates[key].text("fate") not in _GOES)
    ]  # fmt: skip
    if left:
        what = f"cannot leave alone: {_list(left)} {'hangs' if len(left) == 1 else 'hang'} on it"
        advice = (
            f"Give {_list(left)} a fate by which {'it goes' if len(left) == 1 else 'they go'} too, "
            f"or leave {row.id} where it is."
        )
        findings.add(row.where, f"fates.{row.id}.fate", what, fate, "", advice)


def _gone(element: TypedRow, day: object) -> bool:
    detached = element.day("detached")
    return detached is not None and day is not None and detached <= day  # type: ignore[operator]


def _list(keys: list[str]) -> str:
    return keys[0] if len(keys) == 1 else f"{', '.join(keys[:-1])} and {keys[-1]}"


def _check_cut(departure: TypedRow, tables: TypedTables, findings: Findings) -> None:
    """A cut must not take elements along that others run, unless it is said what becomes of them."""
    cut, leaver = departure.text("cut"), departure.text("partner")
    if (
        departure.text("mode") != "separates"
        or cut not in tables["elements"]
        or not tables["elements"][cut].text("host")
    ):
        return
    last = departure.day("after")
    others = {
        key: _partner(tables, row.text("operator"))
        for key, row in _leaving(tables, cut).items()
        if _partner(tables, row.text("operator")) != leaver and not _gone(row, last) and key not in tables["fates"]
    }
    if not others:
        return
    named = _list([f"{key} of {owner}" for key, owner in others.items()])
    what = f"takes along what others run: {named} {'hangs' if len(others) == 1 else 'hang'} on it"
    advice = "Cut nearer to the leaving part, or say in the table fates what becomes of each of them."
    findings.add(departure.place("cut"), departure.key("cut"), what, cut, "", advice)
