"""The steps of the averaged engine with the table, one future after the other, compiled by numba.

The same formulae as ``averaged_step`` with ``averaged_table``, in the same order; the loop over futures is written out,
since a compiler makes it five to ten times faster than array operations do. Without numba :func:`advance_lanes` runs
as plain Python, slowly, which is how a test holds it against the array form.

Assumptions and limits: as for those two. Compiling takes some seconds, once in a process.
"""

from __future__ import annotations

from functools import lru_cache
from types import FunctionType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.base.quantity import DAY_S
from cupola.flight.averaged_air import Indices, Span
from cupola.flight.averaged_harmonics import FIELDS, FLUXES, HEIGHTS, HOURS_FINE
from cupola.flight.averaged_harmonics import FOOT as WAVES_FOOT
from cupola.flight.averaged_harmonics import HIGHEST as WAVES_TOP
from cupola.flight.averaged_harmonics import LOWEST as WAVES_LOWEST
from cupola.flight.averaged_rates import even_zonals, secular_terms, turned
from cupola.flight.averaged_slab import day_of_2000
from cupola.flight.averaged_step import FAST, SHARE, SHORTEST
from cupola.flight.averaged_table import Tabulated, drag_terms
from cupola.physics.density import effective_flux
from cupola.physics.orbit import node_local_time

Floats = NDArray[np.float64]

_TURN = 2.0 * np.pi
_WAVES_ROOT = float(np.sqrt(WAVES_LOWEST - WAVES_FOOT))
_WAVES_PER_ROOT = (HEIGHTS - 1) / (float(np.sqrt(WAVES_TOP - WAVES_FOOT)) - _WAVES_ROOT)


class Compiled(Tabulated):
    """Air by table, whose futures are stepped by compiled code."""

    def __init__(self, inclination: float, compiled: bool = True) -> None:
        """As for :class:`Tabulated`; ``compiled=False`` runs the same loop as plain Python."""
        super().__init__(inclination)
        self._seen: tuple[Indices, Any, Any, Any] | None = None
        """The indices of the step before, with the places in the table that go with them"""
        self._advance: Any = _compiled() if compiled else advance_lanes

    def advance(self, sky: Span, rows: Floats, last: Floats, over: Floats, area: Floats, indices: Indices) -> None:
        """Fly all futures that are not over through a span; arrays are changed in place."""
        season = day_of_2000(sky.day)
        flux = np.asarray(effective_flux(indices.f107, indices.f107a))
        if self._seen is None or self._seen[0] is not indices or self._seen[1].shape[1] != over.size:
            places, weights = self.slabs.places(flux, np.asarray(indices.ap), over.size)
            grade = np.interp(np.broadcast_to(flux, over.shape), FLUXES, np.arange(float(len(FLUXES))))
            self._seen = (indices, places, weights, grade)
        _, places, weights, grade = self._seen
        slab = self.slabs.slab(season, flux, np.asarray(indices.ap))
        span = (sky.begin, sky.end, sky.longest, sky.entry)
        table = (slab.values, slab.foot, slab.lowest, slab.highest, slab.root, slab.per_root)
        air = (places, weights, self.waves(season), grade)
        self._advance(rows, last, over, np.ascontiguousarray(area), span, sky.fresh, table, air, self.cosine)


def advance_lanes(
    rows: Any, last: Any, over: Any, area: Any, span: Any, fresh: bool, table: Any, air: Any, cosine: float
) -> None:
    """Fly each future through a span, as ``averaged_step.advance`` does."""
    begin, end, longest, entry = span
    elements = np.empty(6)
    drag = np.empty(4)
    for lane in range(over.size):
        if not np.isnan(over[lane]):
            continue
        for row in range(6):
            elements[row] = rows[row, lane]
        for row in range(4):
            drag[row] = last[row, lane]
        now = begin
        while now < end:
            before, height = elements[0], elements[0] - EARTH_RADIUS - entry
            kept = (elements[1], elements[2], elements[3], elements[4], elements[5])
            days = lane_step(elements, drag, now, end, longest, area[lane], fresh, table, air, lane, cosine)
            if elements[0] - EARTH_RADIUS <= entry:
                share = height / max(before - elements[0], 1e-9)
                elements[0] = before + share * (elements[0] - before)
                for row in range(5):
                    elements[row + 1] = kept[row] + share * (elements[row + 1] - kept[row])
                over[lane] = now + share * days
                break
            now = end if end - now - days < 1e-8 else now + days
        for row in range(6):
            rows[row, lane] = elements[row]
        for row in range(4):
            last[row, lane] = drag[row]


def lane_step(
    elements: Any,
    last: Any,
    now: float,
    end: float,
    longest: float,
    area: float,
    fresh: bool,
    table: Any,
    air: Any,
    lane: int,
    cosine: float,
) -> Any:
    """One step of one future: elements and its drag are changed in place; returns the step's length [day]."""
    axis, ex, ey, inclination, node = elements[0], elements[1], elements[2], elements[3], elements[4]
    days = min(end - now, longest)
    if -last[0] * DAY_S * days > FAST or fresh:
        middle = now + 0.5 * min(days, 0.1)
        lane_drag(last, axis, ex, ey, inclination, node, middle, area, table, air, lane, cosine)
    room = SHARE * 0.2 * max(axis - EARTH_RADIUS - 80e3, 20e3)
    days = min(days, max(room / max(-last[0] * DAY_S, 1e-9), SHORTEST))
    seconds = days * DAY_S
    half = 0.5 * seconds
    middle = axis + half * last[0]
    argument, apsides, plane, frozen = secular_terms(middle, inclination)
    near_x, near_y = turned(ex, ey, frozen, apsides * half)
    at_x, at_y = near_x + half * last[1], near_y + half * last[2]
    when = now + 0.5 * days
    lane_drag(last, middle, at_x, at_y, inclination, node + half * plane, when, area, table, air, lane, cosine)
    fall = seconds * last[0]
    end_x, end_y = turned(near_x + seconds * last[1], near_y + seconds * last[2], frozen, apsides * half)
    missed = axis + 0.5 * fall - middle
    elements[0] = axis + fall
    elements[1], elements[2] = end_x, end_y
    elements[3] = inclination + seconds * last[3]
    elements[4] = node + seconds * plane
    elements[5] += seconds * argument * (1.0 - 1.5 * missed / middle)
    return days


def lane_drag(
    drag: Any,
    axis: float,
    ex: float,
    ey: float,
    inclination: float,
    node: float,
    when: float,
    area: float,
    table: Any,
    air: Any,
    lane: int,
    cosine: float,
) -> None:
    """Rates by drag of one future, written to ``drag``."""
    values, foot, lowest, highest, low_root, per_root = table
    places, weights, waves, grade = air
    altitude = axis - EARTH_RADIUS
    theta = node_local_time(node, when)
    # The density, as in Slab.lookup.
    hours, heights = values.shape[1], values.shape[2]
    hour = theta * ((hours - 1) / _TURN)
    hour = hour - np.floor(hour / (hours - 1)) * (hours - 1)
    low_hour = min(int(hour), hours - 2)
    part = hour - low_hour
    root = np.sqrt(min(max(altitude, lowest), highest) - foot)
    step = (root - low_root) * per_root
    low_step = min(int(step), heights - 2)
    low = 0.0
    high = 0.0
    for one in range(places.shape[0]):
        row, weight = places[one, lane], weights[one, lane]
        near, far = values[row, low_hour, low_step], values[row, low_hour + 1, low_step]
        low += weight * (near + part * (far - near))
        near, far = values[row, low_hour, low_step + 1], values[row, low_hour + 1, low_step + 1]
        high += weight * (near + part * (far - near))
    rise = high - low
    slope = rise * (0.5 * per_root) / root
    ln_rho = low + (step - low_step) * rise + slope * max(altitude - highest, 0.0)
    fields = lane_waves(waves, grade[lane], theta, altitude)
    rates = drag_terms(axis, ex, ey, inclination, area, np.exp(ln_rho), slope, fields, cosine)
    drag[0], drag[1], drag[2], drag[3] = rates


def lane_waves(waves: Any, grade: float, theta: float, altitude: float) -> Any:
    """The harmonics of one future, as ``averaged_harmonics.lookup`` gives them."""
    step = (np.sqrt(min(max(altitude, WAVES_LOWEST), WAVES_TOP) - WAVES_FOOT) - _WAVES_ROOT) * _WAVES_PER_ROOT
    low_step = min(int(step), HEIGHTS - 2)
    rest = step - low_step
    hour = theta * (HOURS_FINE / _TURN)
    hour = hour - np.floor(hour / HOURS_FINE) * HOURS_FINE
    low_hour = min(int(hour), HOURS_FINE - 1)
    part = hour - low_hour
    low_grade = min(int(grade), len(FLUXES) - 2)
    level = grade - low_grade
    base = (low_grade * (HOURS_FINE + 1) + low_hour) * HEIGHTS + low_step
    up = (HOURS_FINE + 1) * HEIGHTS
    found = np.empty(FIELDS)
    for field in range(FIELDS):
        a = waves[base, field] + level * (waves[base + up, field] - waves[base, field])
        b = waves[base + 1, field] + level * (waves[base + 1 + up, field] - waves[base + 1, field])
        c = waves[base + HEIGHTS, field] + level * (waves[base + HEIGHTS + up, field] - waves[base + HEIGHTS, field])
        d = waves[base + HEIGHTS + 1, field]
        d = d + level * (waves[base + HEIGHTS + 1 + up, field] - d)
        first, second = a + part * (c - a), b + part * (d - b)
        found[field] = first + rest * (second - first)
    return (found[0], found[1], found[2], found[3], found[4], found[5], found[6])


@lru_cache(maxsize=1)
def _compiled() -> Any:
    """The loop, compiled with all that it calls."""
    # Imported here because it is an extra, and loads a compiler.
    try:
        import numba  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError as error:
        raise DomainError(
            "compiled steps: numba is not installed; expected it beside this package. "
            "Install it, or fly with averaged_table.Tabulated, which is slower."
        ) from error
    names = dict(globals())
    # What calls is compiled after what it calls, and sees it in its compiled form.
    for function in (
        even_zonals,
        secular_terms,
        turned,
        node_local_time,
        drag_terms,
        lane_waves,
        lane_drag,
        lane_step,
        advance_lanes,
    ):
        here = {**function.__globals__, **{name: names[name] for name in _COMPILED if name in names}}
        bound = FunctionType(function.__code__, here, function.__name__, function.__defaults__)
        names[function.__name__] = numba.njit(error_model="numpy")(bound)
    return names["advance_lanes"]


_COMPILED = (
    "even_zonals",
    "secular_terms",
    "turned",
    "node_local_time",
    "drag_terms",
    "lane_waves",
    "lane_drag",
    "lane_step",
)
