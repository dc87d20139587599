"""``cupola fly``: one craft from a state to an ephemeris, by the full forces or the averaged ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli.fly_asked import Asked, Job, places
from cupola.cli.options import AsJson, day

if TYPE_CHECKING:
    import numpy as np

    from cupola.flight.course import Wanted
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
    solar_area: Solar = None,
    burn: Burns = None,
    planned: Planned = False,
    isp: Isp = None,
    thrust: Thrust = None,
    as_of: AsOf = None,
    object_name: Object = "",
    as_json: AsJson = False,
) -> None:
    """Fly a craft and write its ephemeris.

    From a state, an OEM, an OMM or a TLE, with the Sun's activity as observed and, after that, as forecast; with
    --as-of, as it was known on that day. Without --out the orbit at both ends is printed. It ends early at 120 km.
    """
    from cupola.cli.fly_told import show, sky_of
    from cupola.flight.course import follow
    from cupola.flight.full import State as Full
    from cupola.flight.utc import to_calendar

    asked = Asked()
    numbers = {
        "mass": asked.number("--mass", "mass", mass, "kg", 0.0, 1e9),
        "drag": asked.number("--drag-area", "drag area", drag_area, "m2", 0.0, 1e7, least=True),
        "solar": asked.number("--solar-area", "solar area", solar_area, "m2", 0.0, 1e7, least=True),
        "isp": asked.number("--isp", "specific impulse", isp, "s", 1.0, 1e5),
        "thrust": asked.number("--thrust", "thrust", thrust, "N", 0.0, 1e8),
        "every": asked.number("--every", "spacing", every, "min", 1.0, 1e9, least=True),
    }
    known_on = known_day(asked, as_of)
    start = chosen_start(asked, file, (state, epoch, frame, time_system), at, object_name)
    job = _job(asked, start, file, numbers, (until, days, fidelity), (burn or [], planned), out or [], known_on)
    sky, sun = sky_of(job)
    begin = Full(to_calendar(job.start.instant), job.start.motion, job.craft)
    course = follow(begin, job.until, job.fidelity, sky, job.burns, job.every if job.outs else 0.0)
    show(job, course, sun, as_json)


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


def _job(
    asked: Asked,
    start: Start | None,
    file: str | None,
    numbers: dict[str, float | None],
    way: tuple[str | None, str | None, str],
    pushed: tuple[Sequence[str], bool],
    outs: Sequence[str],
    as_of: dt.date | None,
) -> Job:
    """The job. Raises ScenarioError with every problem that was found up to here."""
    from cupola.base.errors import DomainError
    from cupola.flight.course import FIDELITIES, craft_of

    until = asked.end(way[0], way[1], None if start is None else start.instant)
    fidelity = asked.choice("--fidelity", "fidelity", way[2], FIDELITIES)
    burns = asked.burns(pushed[0], numbers["isp"], numbers["thrust"])
    if start is not None and pushed[1]:
        burns += _planned(asked, start, until, numbers)
    if burns and fidelity == "full":
        for option, key in (("--isp", "isp"), ("--thrust", "thrust")):
            if numbers[key] is None:
                asked.add(option, "burns", "is missing", remedy="The full engine flies each burn at its length.")
    elif burns and numbers["thrust"] is not None and numbers["isp"] is None:
        asked.add("--isp", "burns", "is missing", remedy="Give it with --thrust.")
    written = places(asked, outs, file)
    values = {"mass": numbers["mass"], "drag_area": numbers["drag"], "solar_area": numbers["solar"]}
    known = []
    if start is not None:
        for key, option in (("mass", "--mass"), ("drag_area", "--drag-area"), ("solar_area", "--solar-area")):
            told, name = getattr(start, key), option[2:].replace("-", " ")
            if values[key] is None and told is None and key != "solar_area":
                asked.add(option, name, f"is not told by {file or 'the state'}", remedy=f"Give {option}.")
            unit = "kg" if key == "mass" else "m2"
            value, by = (told, "as the file tells") if values[key] is None else (values[key], "as given")
            values[key] = value
            if value is not None:
                lasting = "less what burns use" if key == "mass" and burns else "the same all along"
                known.append(f"{name} {value:g} {unit}, {by}, {lasting}")
    asked.stop()
    assert start is not None and until is not None and fidelity is not None
    assert values["mass"] is not None and values["drag_area"] is not None and numbers["every"] is not None
    try:
        craft = craft_of(values["mass"], values["drag_area"], values["solar_area"] or 0.0)
    except DomainError as error:
        asked.refused(file or "--drag-area", error)
        asked.stop()
        raise
    job = Job(start, craft, until, fidelity, tuple(burns), numbers["every"], as_of, tuple(written), tuple(known))
    _check_burns(asked, job)
    return job


def _check_burns(asked: Asked, job: Job) -> None:
    """Burns that lie outside the flight. Raises ScenarioError."""
    from cupola.base.errors import DomainError
    from cupola.flight.course import planned_burns
    from cupola.flight.utc import to_calendar

    try:
        planned_burns(job.craft.mass_kg, job.burns, to_calendar(job.start.instant), job.until)
    except DomainError as error:
        asked.refused("--burn", error)
    asked.stop()


def _planned(asked: Asked, start: Start, until: np.datetime64 | None, numbers: dict[str, float | None]) -> list[Wanted]:
    """Burns that the file plans between the start and the end."""
    from cupola.flight.course import Wanted
    from cupola.flight.utc import to_calendar

    found = []
    for event in start.planned:
        if until is not None and to_calendar(event.instant) >= until:
            continue
        if event.sign == 0:
            asked.add("--planned", "burn", "may go either way: the states do not tell", event.name)
        else:
            size = event.sign * event.delta_v
            found.append(Wanted(to_calendar(event.instant), size, numbers["isp"], numbers["thrust"]))
    return found
