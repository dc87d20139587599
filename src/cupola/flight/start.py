"""Where a flight begins: the state of a craft, and what is known of it, from a file or from six numbers.

Assumptions and limits: an OEM gives one of its own states, never one between two; ICRF is taken as GCRF and each ITRF
as the newest (centimetres). A TLE or OMM gives what SGP4 makes of it, some kilometre off. What the comments of an OEM
tell holds for the whole segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cupola.base.constants import MU_EARTH
from cupola.base.errors import DomainError, Problem
from cupola.base.instants import DAY_S, NS, format_instant
from cupola.flight import full_library as door
from cupola.flight.full_library import Floats
from cupola.flight.names import is_called, listed
from cupola.flight.sgp4_door import sgp4_states
from cupola.flight.utc import HELD, to_calendar
from cupola.formats.element_set import UNKNOWN, ElementSet
from cupola.formats.ephemeris import FRAMES, ROTATING, Oem
from cupola.formats.findings import Findings
from cupola.formats.oem_notes import notes_of
from cupola.formats.orbit_files import read_orbit_file
from cupola.formats.state_checks import check_states
from cupola.formats.trajectory_notes import TrajectoryEvent

BEGIN, END = "start", "end"
"""Words for the first and the last state of an OEM"""
STALE_DAYS = 30.0
"""Days from the epoch beyond which SGP4 is not asked for a start"""


@dataclass(frozen=True)
class Start:
    """A state, and what the file tells of the craft; None for what it does not."""

    instant: int
    """TAI nanoseconds since 2000-01-01T00:00:00 TAI"""
    motion: Floats
    """(6,) GCRF [m, m/s]"""
    origin: str
    """What it was taken from, in words"""
    object_name: str = UNKNOWN
    object_id: str = UNKNOWN
    mass: float | None = None
    """[kg]"""
    drag_area: float | None = None
    """C_D A [m2]"""
    solar_area: float | None = None
    """C_R A [m2]"""
    planned: tuple[TrajectoryEvent, ...] = ()
    """Burns after the state that the file's comments plan"""
    visits: tuple[TrajectoryEvent, ...] = ()
    """Dockings and undockings after the state that they plan; they tell no masses"""


def read_start(path: Path, at: int | str = END, wanted: str = "") -> Start:
    """The start that a file gives.

    path       OEM, OMM or TLE, in any notation, compressed or not
    at         an instant in TAI nanoseconds, or ``start`` or ``end``: for an OEM the state nearest to it, for element
               sets the nearest epoch, flown to the instant by SGP4
    wanted     name, designator or catalogue number of the object, where the file holds several

    Raises FormatError with every problem of the file, DomainError when it does not hold what is asked for.
    """
    found = read_orbit_file(path, leap=HELD)
    if isinstance(found, Oem):
        return from_oem(found, at, wanted)
    if isinstance(found, tuple):
        return from_elements(found, at, wanted)
    raise DomainError("file: holds rows of mean elements, from which no state follows; expected an OEM, OMM or TLE")


def from_oem(oem: Oem, at: int | str = END, wanted: str = "") -> Start:
    """The state of an OEM nearest to an instant, or its first or last. Raises DomainError outside its span."""
    held = oem.segments[0].object_name, oem.segments[0].object_id
    if wanted and not is_called(wanted, *held):
        raise DomainError(f"object: is not in the file: got {wanted[:40]!r}; expected {listed([held])}")
    first = min(int(segment.instants[0]) for segment in oem.segments)
    last = max(int(segment.instants[-1]) for segment in oem.segments)
    target = {BEGIN: first, END: last}.get(at) if isinstance(at, str) else at
    if target is None or not first <= target <= last:
        got = at if isinstance(at, str) else format_instant(at, "UTC", HELD)
        raise DomainError(
            f"instant: lies outside the states of the file: got {got}; expected {format_instant(first, 'UTC', HELD)} "
            f"to {format_instant(last, 'UTC', HELD)} UTC"
        )
    # The later segment where two hold the instant: it tells of what has changed.
    gaps = [int(np.abs(segment.instants - target).min()) for segment in oem.segments]
    segment = min(zip(gaps, range(0, -len(gaps), -1), oem.segments, strict=True), key=lambda item: item[:2])[2]
    row = int(np.argmin(np.abs(segment.instants - target)))
    instant = int(segment.instants[row])
    state = np.concatenate([segment.position[row], segment.velocity[row]])
    notes = notes_of(segment, HELD)
    known = {name: getattr(notes, name) for name in ("drag_area", "drag_coefficient", "solar_area")}
    area, coefficient, solar = known["drag_area"], known["drag_coefficient"], known["solar_area"]
    later = [event for event in notes.events if event.instant > instant]
    return Start(
        instant,
        turned(segment.ref_frame, state, instant, segment.ref_frame_epoch),
        f"state {row + 1} of {len(segment.instants)} of an OEM, in {segment.ref_frame}",
        *held,
        mass=notes.mass,
        drag_area=None if area is None or coefficient is None else area * coefficient,
        solar_area=None if solar is None or notes.solar_coefficient is None else solar * notes.solar_coefficient,
        planned=tuple(event for event in later if event.kind == "burn"),
        visits=tuple(event for event in later if event.kind in ("docking", "undocking")),
    )


def from_elements(sets: Sequence[ElementSet], at: int | str = END, wanted: str = "") -> Start:
    """The state that SGP4 gives, at an instant, or at the last or first epoch. Raises DomainError for none."""
    one = _chosen(sets, at, wanted)
    instant = one.epoch if isinstance(at, str) else at
    days = (instant - one.epoch) / (NS * DAY_S)
    if abs(days) > STALE_DAYS:
        raise DomainError(
            f"instant: is too far from the elements: got {abs(days):.1f} days from the epoch "
            f"{format_instant(one.epoch, 'UTC', HELD)}; expected at most {STALE_DAYS:g}"
        )
    states = sgp4_states(one, np.array([instant]), leap=HELD)
    state = np.concatenate([states.position[0], states.velocity[0]])
    area = None if one.drag_area is None or one.drag_coefficient is None else one.drag_area * one.drag_coefficient
    solar = None if one.solar_area is None or one.solar_coefficient is None else one.solar_area * one.solar_coefficient
    return Start(
        instant,
        turned("TEME", state, instant),
        f"elements of {format_instant(one.epoch, 'UTC', HELD)} by SGP4" + (f", {days:+.2f} days on" if days else ""),
        one.object_name,
        one.object_id,
        mass=one.mass,
        drag_area=area,
        solar_area=solar,
    )


def _chosen(sets: Sequence[ElementSet], at: int | str, wanted: str) -> ElementSet:
    """The set of the wanted object whose epoch is nearest."""
    named = [(one.object_name, one.object_id, str(one.catalogue_id)) for one in sets]
    kept = [one for one, names in zip(sets, named, strict=True) if not wanted.strip() or is_called(wanted, *names)]
    if not kept:
        raise DomainError(f"object: is not in the file: got {wanted[:40]!r}; expected one of {listed(named)}")
    if len({one.catalogue_id for one in kept}) > 1:
        several = listed((one.object_name, one.object_id, str(one.catalogue_id)) for one in kept)
        raise DomainError(f"object: the file holds several: got {several}; expected the name or number of one")
    if isinstance(at, str):
        return (min if at == BEGIN else max)(kept, key=lambda one: one.epoch)
    return min(kept, key=lambda one: abs(one.epoch - at))


def turned(frame: str, state: Floats, instant: int, epoch: int | None = None) -> Floats:
    """A state in a frame of CCSDS, in GCRF; ``epoch`` is that of the frame, if it has one.

    state      (6,) [m, m/s]
    returns    (6,)

    Raises DomainError for a frame that is not known, and for ground axes held at an epoch.
    """
    if frame not in FRAMES:
        raise DomainError(f"frame: is not known: got {frame[:40]!r}; expected one of {', '.join(FRAMES)}")
    if frame in ROTATING and epoch is not None:
        raise DomainError(f"frame: {frame} is held at an epoch, and so is none that turns with the Earth")
    name = "ITRF" if frame in ROTATING else "GCRF" if frame == "ICRF" else frame
    when = epoch if name == "TEME" and epoch is not None else instant
    return door.to_gcrf(name, state, to_calendar(when))


def state_problems(where: str, frame: str, state: Floats) -> list[Problem]:
    """What is wrong with a state (6,) [m, m/s] that somebody typed: under the ground, no closed orbit, too far."""
    findings = Findings(where)
    check_states(findings, [1], state[None, :3], state[None, 3:], frame, MU_EARTH)
    return [replace(problem, where=where) for problem in findings.problems]
