"""``cupola fly``: one craft from a state to an ephemeris, by the full forces or the averaged ones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli.fly_acting import ArrayArea, Feathered, Tides, acting_of, arrays_of
from cupola.cli.fly_asked import HEAVIEST, WIDEST, Asked
from cupola.cli.options import AsJson, day

if TYPE_CHECKING:
    from cupola.flight.start import Start

File = Annotated[
    str | None,
    typer.Argument(metavar="FILE", help="OEM, OMM or TLE to start from, in any notation.", show_default=False),
]
State = Annotated[
    str | None,
    typer.Option("--state", metavar="NUMBERS", help="Start 'x,y,z,vx,vy,vz' in km and km/s, in place of FILE."),
]
Epoch = Annotated[str | None, typer.Option("--epoch", metavar="INSTANT", help="Time of --state.")]
Frame = Annotated[str, typer.Option("--frame", metavar="NAME", help="Frame of --state: GCRF, EME2000, TEME, ITRF.")]
System = Annotated[str, typer.Option("--time-system", metavar="NAME", help="Of --epoch: UTC, TAI, TT or GPS.")]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="INSTANT",
        help="Which state of FILE: the nearest to it, 'start' or 'end'; the last when missing.",
    ),
]
Until = Annotated[str | None, typer.Option("--until", metavar="INSTANT", help="Where the flight ends, UTC.")]
Days = Annotated[str | None, typer.Option("--days", metavar="N", help="How long it lasts, in place of --until.")]
Every = Annotated[str, typer.Option("--every", metavar="TIME", help="Spacing of the states that are written.")]
Fidelity = Annotated[
    str, typer.Option("--fidelity", metavar="NAME", help="'full' for days to the metre, 'averaged' for years.")
]
Outs = Annotated[
    list[str] | None,
    typer.Option(
        "-o", "--out", metavar="FILE", help="Ephemeris to write: .oem, .xml (OEM), .csv or .czml. Repeatable."
    ),
]
Mass = Annotated[str | None, typer.Option("--mass", metavar="MASS", help="Mass [kg], in place of the file's.")]
Drag = Annotated[
    str | None,
    typer.Option("--drag-area", metavar="AREA", help="Drag coefficient times area [m2], in place of the file's."),
]
Solar = Annotated[
    str | None,
    typer.Option("--solar-area", metavar="AREA", help="Radiation coefficient times area [m2], for --fidelity full."),
]
Burns = Annotated[
    list[str] | None,
    typer.Option("--burn", metavar="TEXT", help="A burn, 'INSTANT DV m/s prograde' or 'retrograde'. Repeatable."),
]
Planned = Annotated[bool, typer.Option("--planned", help="Fly the burns, too, that the comments of FILE plan.")]
Isp = Annotated[str | None, typer.Option("--isp", metavar="TIME", help="Specific impulse of the burns [s].")]
Thrust = Annotated[
    str | None, typer.Option("--thrust", metavar="FORCE", help="Thrust of the burns [N]; needed for --fidelity full.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Use of the Sun only what was known on this day; all when missing."),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--change",
        metavar="TEXT",
        help="The craft becomes another: 'INSTANT mass MASS drag-area AREA solar-area AREA', any of them. Repeatable.",
    ),
]
Events = Annotated[
    str | None,
    typer.Option(
        "--events",
        metavar="NAMES",
        help="Events to find, comma-separated: node, perigee, apogee, eclipse, penumbra, altitude=HEIGHT; "
        "for --fidelity full.",
    ),
]
EventsOut = Annotated[
    str | None, typer.Option("--events-out", metavar="FILE", help="Table of all of them to write: .csv.")
]
Object = Annotated[
    str, typer.Option("--object", metavar="NAME", help="Which object of FILE; with --state its NAME or NAME/ID.")
]


def fly(
    file: File = None,
    state: State = None,
    epoch: Epoch = None,
    frame: Frame = "GCRF",
    time_system: System = "UTC",
    at: At = None,
    until: Until = None,
    days: Days = None,
    every: Every = "4min",
    fidelity: Fidelity = "full",
    out: Outs = None,
    mass: Mass = None,
    drag_area: Drag = None,
    array_area: ArrayArea = None,
    feathered: Feathered = False,
    solar_area: Solar = None,
    tides: Tides = False,
    burn: Burns = None,
    planned: Planned = False,
    isp: Isp = None,
    thrust: Thrust = None,
    change: Changes = None,
    events: Events = None,
    events_out: EventsOut = None,
    as_of: AsOf = None,
    object_name: Object = "",
    as_json: AsJson = False,
) -> None:
    """Fly a craft and write its ephemeris.

    From a state, an OEM, an OMM or a TLE, with the Sun's activity as observed and, after that, as forecast; with
    --as-of, as it was known on that day. Without --out the orbit at both ends is printed. It ends early at 120 km.
    """
    from cupola.cli.fly_changes import refits_of
    from cupola.cli.fly_events import looked_for
    from cupola.cli.fly_job import Way, job_of
    from cupola.cli.fly_told import announce, show, sky_of
    from cupola.flight.course import FIDELITIES, follow
    from cupola.flight.course_events import watches
    from cupola.flight.full import State as Full
    from cupola.flight.utc import to_calendar

    asked = Asked()
    numbers = craft_numbers(asked, mass, drag_area, solar_area) | {
        "isp": asked.number("--isp", "specific impulse", isp, "s", 1.0, 1e5),
        "thrust": asked.number("--thrust", "thrust", thrust, "N", 0.0, 1e8),
        "every": asked.number("--every", "spacing", every, "min", 1.0, 1e9, least=True),
    }
    known_on = known_day(asked, as_of)
    start = chosen_start(asked, file, (state, epoch, frame, time_system), at, object_name)
    way = Way(
        asked.end(until, days, None if start is None else start.instant),
        asked.choice("--fidelity", "fidelity", fidelity, FIDELITIES),
        refits_of(asked, change or []),
        looked_for(asked, (events, events_out), fidelity, out or [], file),
        acting_of(asked, array_area, drag_area, (feathered, tides), fidelity),
    )
    job = job_of(asked, start, file, numbers, way, (burn or [], planned), out or [], known_on)
    sky, sun = sky_of(job)
    begin = Full(to_calendar(job.start.instant), job.start.motion, job.craft)
    watched, acts = watches(job.looked.sought), (arrays_of(job.acting), job.acting.tides)
    announce(job)
    course = follow(begin, job.until, job.fidelity, sky, job.burns, job.spacing, job.refits, watched, *acts)
    show(job, course, sun, as_json)


def craft_numbers(
    asked: Asked, mass: str | None, drag_area: str | None, solar_area: str | None
) -> dict[str, float | None]:
    """Mass [kg] and areas [m2] that were given."""
    return {
        "mass": asked.number("--mass", "mass", mass, "kg", 0.0, HEAVIEST),
        "drag_area": asked.number("--drag-area", "drag area", drag_area, "m2", 0.0, WIDEST, least=True),
        "solar_area": asked.number("--solar-area", "solar area", solar_area, "m2", 0.0, WIDEST, least=True),
    }


def known_day(asked: Asked, text: str | None) -> dt.date | None:
    """The day of ``--as-of``."""
    from cupola.base.errors import ScenarioError

    try:
        return day(text, "--as-of")
    except ScenarioError as error:
        asked.problems += error.problems
        return None


def chosen_start(
    asked: Asked, file: str | None, given: tuple[str | None, str | None, str, str], at: str | None, name: str
) -> Start | None:
    """The start from a file or from six numbers; ``given`` are --state, --epoch, --frame and --time-system."""
    state, epoch, frame, system = given
    if (file is None) == (state is None):
        what = "are two" if file is not None else "is missing"
        asked.add("FILE", "start", what, expected="either a file or --state")
        return None
    if file is not None:
        if epoch is not None:
            asked.add("--epoch", "instant", "goes with --state only", epoch, remedy="Choose a state by --at.")
        return asked.start_of(file, at, name)
    assert state is not None
    if at is not None:
        asked.add("--at", "instant", "goes with a file only", at, remedy="Give the time of the state by --epoch.")
    title, _, number = name.strip().partition("/")
    return asked.start_from(state, epoch, frame, system, (title or "UNKNOWN", number or "UNKNOWN"))
