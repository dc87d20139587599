"""``cupola show``: the station on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.options import AsJson, AsOf, Scenario, Settings, Waive, day, read
from cupola.cli.output import log, plain, print_json, print_table, print_text

if TYPE_CHECKING:
    import datetime as dt

    from cupola.flow import Tables
    from cupola.programme.programme import Programme

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day to show; the as-of day when missing.")]


def show(
    scenario: Scenario,
    on: On = None,
    as_of: AsOf = None,
    settings: Settings = None,
    waive: Waive = None,
    as_json: AsJson = False,
) -> None:
    """Show the station on one day.

    Elements, ships at their ports, crew, mass, altitude and stores.
    A day up to the as-of day comes from the record; a later one is simulated.
    """
    wanted = day(on, "--on")
    programme = read(scenario, as_of, settings, waive)
    date = wanted or _first_day(programme)
    if date <= programme.as_of or date < programme.span.start:
        _begun(date, programme)
        from cupola.analysis.show import station_on

        station = station_on(programme, date)
    else:
        _within(date, programme)
        from cupola.analysis.show import station_on_run
        from cupola.flow import check_departure
        from cupola.simulation import simulate

        check_departure(programme)
        log(f"{date} is after the as-of day {programme.as_of}: simulating up to it")
        tables: Tables = simulate(programme)
        station = station_on_run(programme, tables, date)
    if as_json:
        print_json(station)
        return
    _print(station)


def _first_day(programme: Programme) -> dt.date:
    """The day that is shown when none is given: the as-of day, or the first of a programme that is still to come."""
    return max(programme.as_of, programme.span.start)


def _begun(date: dt.date, programme: Programme) -> None:
    """Refuse a day before there is a station. Raises ScenarioError."""
    first = min((row.launched for row in programme.elements.values()), default=date)
    if programme.span.start > programme.as_of:
        first = max(first, programme.span.start)
    if date < first:
        what, advice = "is before the station exists", f"Choose {first} or later."
        raise ScenarioError(programme.id, [Problem("--on", "date", what, str(date), f"{first} or later", advice)])


def _within(date: dt.date, programme: Programme) -> None:
    """Refuse a day that the run does not reach. Raises ScenarioError."""
    if date >= programme.span.end:
        problem = Problem(
            "--on",
            "date",
            "is not before the end of the run",
            str(date),
            f"a day before {programme.span.end}",
            "Choose an earlier day, or set a later end with --set span.end=DATE.",
        )
        raise ScenarioError(programme.id, [problem])


def _print(station: dict[str, Any]) -> None:
    print_text(f"{station['scenario']} on {station['date']}, as of {station['as_of']}")
    aboard = f"{station['crew_aboard']} aboard"
    if station.get("visitors"):
        aboard += f", {station['visitors']} of them visiting"
    print_text(
        f"{plain(station['mass_kg']) or 'unknown'} kg at {plain(station['altitude_km']) or 'unknown'} km, {aboard}"
    )
    _print_mass(station)
    if station.get("note"):
        print_text(str(station["note"]))
    for sentence in station.get("pending", []):
        print_text(sentence)
    if station.get("expeditions"):
        rows = station["expeditions"]
        print_text("; ".join(f"{row['name']} since {row['since']}, commander {row['commander']}" for row in rows))
        for row in rows:
            if row["undated_next"]:
                print_text(f"{row['undated_next']} follows; its first day is not on record.")
    if station.get("crew"):
        print_text("Crew: " + ", ".join(plain(name) for name in station["crew"]))
    for name, columns, empty in (
        ("elements", ("id", "name", "host", "owner", "operator", "mass_kg"), "No element is attached."),
        ("docked", ("vehicle", "port", "since"), "No ship is docked."),
    ):
        print()
        print_table(columns, station[name], empty=empty)
    stores = [{"store": name, "kg": level} for name, level in station["stores"].items()]
    print()
    print_table(("store", "kg"), stores, empty="Nothing is stored.")
    if station.get("chronicle"):
        print()
        print_text("Last happenings")
        for row in station["chronicle"]:
            print_text(f"{row['day']}  {row['kind']}  {plain(row['subject'])}: {plain(row['text'])}")


def _print_mass(station: dict[str, Any]) -> None:
    """The masses that count other ships, where they differ."""
    alone, together = station.get("mass_without_ships_kg"), station.get("mass_together_kg")
    parts = [f"{plain(alone)} kg without ships"] if alone not in (None, station["mass_kg"]) else []
    if together not in (None, station["mass_kg"]):
        parts.append(f"{plain(together)} kg with every ship that is docked")
    if parts:
        print_text(", ".join(parts))
