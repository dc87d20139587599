"""What acts beside the usual forces on the usual craft, as ``cupola fly`` is asked for it and tells of it.

Assumptions and limits: those of ``flight.course_arrays`` for arrays, by the averaged engine; the body tide by the full
one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli.fly_asked import WIDEST, Acting, Asked

if TYPE_CHECKING:
    from cupola.cli.fly_asked import Job
    from cupola.flight.course import Course
    from cupola.flight.course_arrays import Arrays

ArrayArea = Annotated[
    str | None,
    typer.Option(
        "--array-area",
        metavar="AREA",
        help="Drag coefficient times full area [m2] of arrays that face the Sun, --drag-area being the body's then; "
        "for --fidelity averaged.",
    ),
]
Feathered = Annotated[
    bool, typer.Option("--feathered", help="The arrays lie edge-on to the wind in the Earth's shadow.")
]
Tides = Annotated[bool, typer.Option("--tides", help="The Earth's body tide acts, too; for --fidelity full.")]


def acting_of(
    asked: Asked, array_area: str | None, drag_area: str | None, flags: tuple[bool, bool], engine: str
) -> Acting:
    """What acts; ``flags`` are --feathered and --tides, ``engine`` is --fidelity."""
    feathered, tides = flags
    word = engine.strip().casefold()
    area = asked.number("--array-area", "array area", array_area, "m2", 0.0, WIDEST)
    if array_area is not None and word == "full":
        remedy = "Or give the mean of what meets the wind by --drag-area."
        asked.add(
            "--array-area", "arrays", "are flown by the averaged engine only", engine, "--fidelity averaged", remedy
        )
    if array_area is not None and drag_area is None:
        asked.add("--drag-area", "drag area", "is missing", remedy="With --array-area give that of the body.")
    if feathered and array_area is None:
        asked.add("--feathered", "arrays", "have no area", remedy="Give it by --array-area.")
    if tides and word == "averaged":
        asked.add("--tides", "tides", "act in the full engine only", engine, "--fidelity full")
    return Acting(area or 0.0, feathered, tides)


def arrays_of(acting: Acting) -> Arrays:
    """The arrays, as they are flown."""
    from cupola.flight.course_arrays import Arrays

    return Arrays(acting.array_area, acting.feathered)


def arrays_told(job: Job, course: Course) -> list[str]:
    """What the flight rests on as to arrays: a line, or none without arrays."""
    from cupola.flight.course_arrays import in_the_wind

    arrays = arrays_of(job.acting)
    if not arrays.area:
        return []
    shares = [in_the_wind(arrays, 0.0, course.states[:, row], course.instants[row]) / arrays.area for row in (0, -1)]
    turned = "face the Sun" + (", and lie edge-on to the wind in the Earth's shadow" if arrays.feathered else "")
    told = [
        f"drag area of the arrays {arrays.area:g} m2, as given, if full in the wind; they {turned}: in the mean of an "
        f"orbit {shares[0]:.3f} of it meets the wind at the start, {shares[1]:.3f} at the end"
    ]
    if any(place.suffix.lower() in (".oem", ".xml") for place in job.outs):
        told.append("an OEM tells as drag area what of body and arrays meets the wind at the end of each segment")
    return told
