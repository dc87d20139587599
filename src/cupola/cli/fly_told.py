"""What ``cupola fly`` prints and writes: the orbit at both ends, what was assumed, and the files."""

from __future__ import annotations

import datetime as dt
import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cupola.base.time import from_mjd, to_mjd
from cupola.cli.fly_acting import arrays_of, arrays_told
from cupola.cli.fly_changes import changes_json
from cupola.cli.fly_events import events_json, show_events
from cupola.cli.output import log, print_json, print_table, print_text, width
from cupola.cli.places import write_beside

if TYPE_CHECKING:
    import numpy as np

    from cupola.cli.fly_asked import Job
    from cupola.flight.course import Course
    from cupola.flight.course_events import Seen
    from cupola.flight.settled import Orbit
    from cupola.flight.sky import Sky
    from cupola.programme.environment import SolarOutlook

LONG_DAYS = 20.0
"""Days of the full engine above which it is said how long they take"""
_LATEST = dt.date(9999, 1, 1)
_FORCES = {
    "full": "gravity EGM2008 to degree 70, Sun and Moon, sunlight, drag by NRLMSISE-00 with the history of ap",
    "averaged": "gravity J2 to J4, drag by NRLMSISE-00 with the history of ap where it was observed, averaged over "
    "the orbit; no sunlight, Sun or Moon",
}


def announce(job: Job) -> None:
    """Say how long a long flight of the full engine takes."""
    from cupola.flight.utc import day_of, to_calendar

    days = day_of(job.until) - day_of(to_calendar(job.start.instant))
    if job.fidelity == "full" and days > LONG_DAYS:
        log(f"Flying {days:.0f} days by every force, some {days / 4.0:.0f} s")


def sky_of(job: Job) -> tuple[Sky, SolarOutlook]:
    """The Sun's indices along the flight, and what they come from. Raises DomainError where there are none."""
    from cupola.flight.utc import day_of, to_calendar
    from cupola.simulation.sun import sky_between

    begin, end = int(day_of(to_calendar(job.start.instant))), int(day_of(job.until))
    return sky_between(job.as_of or _LATEST, begin, end)


def sun_told(outlook: SolarOutlook, end: int) -> list[str]:
    """How far the Sun's indices were observed, for a flight that ended on a day (MJD)."""
    if end <= to_mjd(outlook.observed_until):
        return ["flux and ap as observed"]
    told = [
        f"flux and ap as observed up to {outlook.observed_until}, after that the middle of the forecast issued "
        f"{outlook.issue}, one Ap for all hours of a day, read where the truth lay"
    ]
    if end > to_mjd(outlook.forecast_until):
        told.append(f"after {outlook.forecast_until}, where that forecast ends, its last eleven years again")
    return told


def assumed(job: Job, course: Course, sun: SolarOutlook) -> list[str]:
    """What the flight rests on, a line each."""
    from cupola.flight.course import orientation_until
    from cupola.flight.utc import day_of

    tides = ", the Earth's body tide" if job.acting.tides else ""
    lines = [f"start: {job.start.origin}", f"forces: {_FORCES[job.fidelity]}{tides}", *job.known]
    lines += arrays_told(job, course)
    if job.fidelity == "full" and not job.craft.solar_area_m2:
        lines.append("no pressure of sunlight, as no solar area is known (--solar-area)")
    lines += sun_told(sun, int(day_of(course.end)))
    if day_of(course.end) > orientation_until():
        lines.append(f"after {from_mjd(orientation_until())} the Earth's last known orientation, and no leap second")
    if job.burns and job.burns[0].specific_impulse is None:
        lines.append("burns leave the mass as it is, as no specific impulse is known (--isp)")
    flown = {burn.instant for burn in job.burns}
    for event in job.start.planned:
        instant = _calendar(event.instant)
        if instant < job.until and instant not in flown:
            sign = {1: "+", -1: "-"}.get(event.sign, "+ or -")
            size = f"{sign}{event.delta_v:g} m/s"
            lines.append(f"not flown: {event.name}, {_shown(instant)}, {size}, which the file plans (--planned)")
    changed = {one.instant.astype("datetime64[D]") for one in job.refits}
    for event in job.start.visits:
        instant = _calendar(event.instant)
        if instant < job.until and instant.astype("datetime64[D]") not in changed:
            lines.append(
                f"no change of the craft by {event.name}, {_shown(instant)}: the file tells no mass (--change)"
            )
    return lines


def _calendar(instant: int) -> np.datetime64:
    from cupola.flight.utc import to_calendar

    return to_calendar(instant)


def show(job: Job, course: Course, sun: SolarOutlook, as_json: bool) -> None:
    """Write the files, then print."""
    from cupola.flight.course_events import seen
    from cupola.flight.settled import DAY
    from cupola.flight.utc import to_calendar

    told = assumed(job, course, sun)
    begin = to_calendar(job.start.instant)
    found = seen(course.events, job.looked.sought)
    write(job, course, told, found)
    days = float((course.end - begin).astype("timedelta64[us]").astype(float)) / 86_400e6
    decay = (course.first.altitude - course.last.altitude) / days
    if as_json:
        document = _document(job, course, begin, decay, told)
        print_json(document | (events_json(found) if job.looked.sought else {}))
        return
    name = " ".join(word for word in (job.start.object_name, job.start.object_id) if word != "UNKNOWN") or "Flight"
    length = f"{days:.4g} {'day' if days == 1.0 else 'days'}"
    print_text(f"{name}: {_shown(begin)} to {_shown(course.end)} UTC, {length}, {job.fidelity} engine\n")
    print_table(("orbit", "start", "end", "change"), _rows(course), empty="")
    kinds = list(dict.fromkeys([course.first.found, course.last.found]))
    print_text(f"\nElements: {'; '.join(kinds)}. True equator of date; heights above 6,378.137 km.")
    if not course.burns and kinds == [DAY]:
        print_text(f"Sinks by {decay / 1e3:.4g} km a day in the mean.")
    for burn in course.burns:
        length = f"{burn.duration:.0f} s" if burn.duration else "an impulse"
        at = _shown(burn.wanted.instant)
        print_text(f"Burn {at}: {burn.wanted.delta_v:+g} m/s, {length}, mass after it {burn.mass_after:.0f} kg.")
    for one in job.refits:
        if one.instant <= course.end:
            now = next(change.craft for change in course.crafts if change.instant == one.instant)
            areas = f"drag area {now.drag_area_m2:g} m2, solar area {now.solar_area_m2:g} m2"
            print_text(f"Change {_shown(one.instant)}: mass {now.mass_kg:.0f} kg, {areas} from there on.")
    if course.entered:
        print_text(f"Comes down to 120 km at {_shown(course.end)} UTC; the flight ends there.")
    if job.looked.sought:
        show_events(job.looked, found)
    print_text("\nAssumed:")
    for line in told:
        print_text(textwrap.fill(line, width(), initial_indent="- ", subsequent_indent="  "))
    if job.outs:
        listed = ", ".join(str(place) for place in job.outs)
        print_text(f"\nWritten: {listed}: {course.instants.size} states in GCRF.")
    if job.looked.out is not None:
        print_text(f"\nWritten: {job.looked.out}: {len(found)} events.")


def write(job: Job, course: Course, told: list[str], found: Sequence[Seen]) -> None:
    """Write the files that were asked for: all texts first, so that none is written when one cannot be."""
    from cupola import __version__
    from cupola.flight.course_events import events_csv
    from cupola.flight.course_files import course_text
    from cupola.flight.utc import to_instant

    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    names = (job.start.object_name, job.start.object_id)
    comments = [f"Flown by Cupola {__version__}, {job.fidelity} engine", *told]
    creation = to_instant(_numpy(now))
    wings = arrays_of(job.acting)
    texts = [
        course_text(course, place.suffix.lower(), names, job.craft, comments, creation, wings) for place in job.outs
    ]
    places = list(job.outs)
    if job.looked.out is not None:
        texts.append(events_csv(found))
        places.append(job.looked.out)
    for place, text in zip(places, texts, strict=True):
        write_beside(place, text)


def _numpy(moment: dt.datetime) -> np.datetime64:
    import numpy as np

    return np.datetime64(moment, "us")


def _shown(moment: np.datetime64) -> str:
    return str(moment.astype("datetime64[s]"))


def _rows(course: Course) -> list[dict[str, Any]]:
    one, two = course.first, course.last

    def height(name: str, first: float, last: float) -> dict[str, Any]:
        change = f"{(last - first) / 1e3:+.3f} km"
        return {"orbit": name, "start": f"{first / 1e3:.3f} km", "end": f"{last / 1e3:.3f} km", "change": change}

    def angle(name: str, first: float, last: float) -> dict[str, Any]:
        ends = [f"{math.degrees(value):.4f} deg" for value in (first, last)]
        change = math.degrees(math.remainder(last - first, 2.0 * math.pi))
        return {"orbit": name, "start": ends[0], "end": ends[1], "change": f"{change:+.4f} deg"}

    return [
        height("altitude", one.altitude, two.altitude),
        height("apogee", one.apogee, two.apogee),
        height("perigee", one.perigee, two.perigee),
        angle("inclination", one.inclination, two.inclination),
        angle("node", one.node, two.node),
    ]


def _document(job: Job, course: Course, begin: np.datetime64, decay: float, told: list[str]) -> dict[str, Any]:
    def orbit(one: Orbit) -> dict[str, Any]:
        return {
            "altitude_m": one.altitude,
            "apogee_m": one.apogee,
            "perigee_m": one.perigee,
            "inclination_deg": math.degrees(one.inclination),
            "node_deg": math.degrees(one.node),
            "elements": one.found,
        }

    def state(row: int) -> dict[str, Any]:
        values = course.states[:, row].tolist()
        return {"frame": "GCRF", "position_m": values[:3], "velocity_m_s": values[3:]}

    burns = [
        {
            "begin": str(burn.wanted.instant),
            "delta_v_m_s": burn.wanted.delta_v,
            "duration_s": burn.duration,
            "mass_after_kg": burn.mass_after,
        }
        for burn in course.burns
    ]
    return {
        "object": {"name": job.start.object_name, "id": job.start.object_id},
        "fidelity": job.fidelity,
        "start": {"instant": str(begin), "orbit": orbit(course.first), "state": state(0)},
        "end": {"instant": str(course.end), "orbit": orbit(course.last), "state": state(-1), "mass_kg": course.mass},
        "sinks_m_a_day": decay,
        "came_down": course.entered,
        "burns": burns,
        "changes": changes_json(course),
        "assumed": told,
        "files": [*job.outs, *([] if job.looked.out is None else [job.looked.out])],
        "states": course.instants.size,
    }
