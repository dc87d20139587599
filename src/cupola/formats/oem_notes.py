"""What the comments and the states of a segment tell together: which burns raised the orbit and which lowered it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cupola.base.constants import EARTH_RADIUS, J2, MU_EARTH
from cupola.base.instants import LEAP_SECONDS, NS, LeapSeconds
from cupola.formats.ephemeris import OemSegment
from cupola.formats.findings import Findings
from cupola.formats.records import FloatArray
from cupola.formats.trajectory_notes import TrajectoryNotes, check_notes

_GAP_S = 120.0
"""States this close before a burn's time are left out, as the time is rounded."""
_BURN_S = 2_400.0
"""Longest burn that is looked across [s]."""


def notes_of(segment: OemSegment, leap: LeapSeconds = LEAP_SECONDS) -> TrajectoryNotes:
    """What the comments of a segment tell, with the signs of its burns from its states.

    Raises FormatError when the comments contradict themselves; those of a segment that was read never do.
    """
    findings = Findings("comments")
    lines = list(enumerate(segment.data_comments, start=1))
    notes = check_notes(lines, segment.start, segment.stop, findings, leap)
    findings.stop()
    return with_signs(notes, segment)


def orbital_energy(position: FloatArray, velocity: FloatArray) -> FloatArray:
    """Energy per mass with the Earth's flattening, which drag and burns change and little else.

        E = v^2 / 2 - mu / r + mu J2 R^2 / (2 r^3) (3 sin^2(latitude) - 1)

    position   (n, 3) [m], in an inertial frame whose third axis is the Earth's
    velocity   (n, 3) [m/s]
    returns    (n,) [J/kg]

    Source: Vallado, Fundamentals of Astrodynamics and Applications, 4th edition (2013), 8.6.
    """
    x, y, z = (position[:, axis] for axis in range(3))
    vx, vy, vz = (velocity[:, axis] for axis in range(3))
    r2 = x * x + y * y + z * z
    r = np.sqrt(r2)
    flattening = MU_EARTH * J2 * EARTH_RADIUS**2 / (2.0 * r2 * r) * (3.0 * z * z / r2 - 1.0)
    energy: FloatArray = (vx * vx + vy * vy + vz * vz) / 2.0 - MU_EARTH / r + flattening
    return energy


def along_track_change(segment: OemSegment, instant: int) -> float | None:
    """Velocity change along the track that the states show at a time, drag set aside [m/s].

    The median energy of the revolution that ends at the time is held against that of the revolution that begins after
    the longest burn; decay over the time between, taken from before the burn, is small and left in.

    Returns None when there is no whole revolution of states on both sides.
    """
    seconds = (segment.instants - instant) / NS
    period = 5_600.0
    before = (seconds > -period - _GAP_S) & (seconds < -_GAP_S)
    after = (seconds > _BURN_S) & (seconds < _BURN_S + period)
    if min(seconds[-1] - _BURN_S, -seconds[0] - _GAP_S) < 0.95 * period or min(before.sum(), after.sum()) < 6:
        return None
    energy = orbital_energy(segment.position, segment.velocity)
    speed = float(np.sqrt(np.mean(np.square(segment.velocity[before]).sum(axis=1))))
    return float(np.median(energy[after]) - np.median(energy[before])) / speed


def with_signs(notes: TrajectoryNotes, segment: OemSegment) -> TrajectoryNotes:
    """The notes with the sign of each burn, where the states show at least a quarter of its size."""
    events = []
    for event in notes.events:
        change = along_track_change(segment, event.instant) if event.delta_v > 0.0 else None
        shown = change is not None and abs(change) > 0.25 * event.delta_v
        sign = (1 if change > 0.0 else -1) if shown and change is not None else 0
        events.append(replace(event, sign=sign, along_track=change))
    return replace(notes, events=tuple(events))
