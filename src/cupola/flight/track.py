"""The track of an object: altitude history, burns and ballistic coefficient, from a series of orbit files.

Where ephemerides overlap, the newer one counts from its start on: its first states are an estimate, and those of an
older file for the same time a forecast. How far that forecast was off there is told; a planned burn that it held and
the newer file does not show is refused; and a difference that no air explains is a burn between the files.

Assumptions and limits: those of ``track_states``, ``track_elements`` and ``track_drag``. Element sets fill the times
that no ephemeris covers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.base.errors import FormatError, Problem
from cupola.base.instants import DAY_S, NS, format_instant
from cupola.flight.track_drag import Coefficient, coefficients
from cupola.flight.track_elements import Series, burns_of, outliers
from cupola.flight.track_files import Material, Piece, Refusal, read_files
from cupola.flight.track_states import (
    GUARD_S,
    Burn,
    MeanOrbit,
    burns_in,
    is_dense,
    mean_orbit,
    revolution_altitudes,
)
from cupola.formats.records import FloatArray, IntArray

MISS_M, MISS_SHARE = 150.0, 0.6
"""A forecast may be off by this, and by this share of the sinking since it was made, before it means a burn."""
NOT_FLOWN = 0.35
"""A planned burn is not flown when the difference undoes it to within this share."""
FAR_DAYS = 20.0
"""Across a longer gap between files a difference says nothing."""


@dataclass(frozen=True)
class Handover:
    """What a newer ephemeris says of the forecast of an older one."""

    older: str
    newer: str
    instant: int
    lead: float
    """[day] from the older file's creation, or from its end"""
    miss: float
    """[m] mean altitude, newer less older"""
    beyond: bool
    """Whether the older file had ended, and its last slope was carried on"""


@dataclass(frozen=True)
class Track:
    """What the files tell together."""

    name: str
    instants: IntArray
    """(n,) TAI nanoseconds since 2000-01-01T00:00:00 TAI, in order of time"""
    altitude: FloatArray
    """(n,) [m] mean, above the equatorial radius"""
    basis: tuple[str, ...]
    """(n,) ``estimate``, ``plan`` or ``elements``"""
    burns: tuple[Burn, ...]
    coefficients: tuple[Coefficient, ...]
    handovers: tuple[Handover, ...]
    refused: tuple[Refusal, ...]
    told: tuple[str, ...]
    """What else a reader must know, in sentences"""


@dataclass(frozen=True)
class _Flown:
    """One segment, worked out."""

    piece: Piece
    orbit: MeanOrbit
    middles: IntArray
    heights: FloatArray
    burns: tuple[Burn, ...]


Span = tuple[int, int]


def claims(spans: Sequence[Span], lag: Sequence[int]) -> list[list[Span]]:
    """What each span keeps when later ones in the list go before it, from ``lag`` after their start on.

    >>> claims([(0, 10), (4, 14)], [0, 0])
    [[(0, 4)], [(4, 14)]]
    """
    found = []
    for place, span in enumerate(spans):
        left = [span]
        for later, late in zip(spans[place + 1 :], lag[place + 1 :], strict=True):
            begin, end = min(later[0] + late, later[1]), later[1]
            cut = [part for low, high in left for part in ((low, min(high, begin)), (max(low, end), high))]
            left = [part for part in cut if part[0] < part[1]]
        found.append(left)
    return found


def track(paths: Sequence[Path], wanted: str | None = None, say: Callable[[str], None] = lambda _: None) -> Track:
    """The track that some files tell.

    paths    OEM, OMM, TLE or rows of mean elements, compressed or not
    wanted   name, designator or catalogue number of the object; what most states are of when None
    say      told what takes long

    Raises FormatError with every problem of all files, and when they tell nothing of the object.
    """
    material = read_files(paths, wanted)
    flown = [_flown(piece) for piece in material.pieces]
    refused = list(material.refused)
    burns, handovers = _burns_of_states(flown, refused)
    instants, heights, basis, node = _history_of_states(flown)
    inclinations = [one.orbit.inclination for one in flown]
    series, places = _elements(material, flown, refused)
    if series.instants.size:
        burns += [burn for burn in burns_of(series, "element sets") if not _covered(burn.middle, flown)]
        instants.append(series.instants)
        heights.append(series.altitude)
        basis += ["elements"] * series.instants.size
        node.append(material.node[places])
        inclinations.append(float(np.median(material.inclination[places])))
    if not instants:
        shown = f"object {wanted}" if wanted else "them"
        problem = Problem(f"{paths[0]}:1", "files", f"tell no altitude history of {shown}", expected="a revolution")
        raise FormatError(str(paths[0]), [problem])
    whole, height, nodes = np.concatenate(instants), np.concatenate(heights), np.concatenate(node)
    order = np.argsort(whole, kind="stable")
    whole, height, nodes = whole[order], height[order], nodes[order]
    burns.sort(key=lambda one: one.begin)
    # A revolution's mean is of no use where a burn lies in that revolution.
    half = round((max((one.orbit.period for one in flown), default=0.0) / 2.0) * NS)
    cuts = [(burn.begin - half, burn.end + half) for burn in burns]
    cuts += [(one.instant - 1, one.instant) for one in handovers]
    found, told = coefficients(whole, height, nodes, float(np.median(inclinations)), sorted(cuts), say)
    told += _about(flown, burns)
    ordered = tuple(basis[place] for place in order)
    return Track(
        material.name, whole, height, ordered, tuple(burns), tuple(found), tuple(handovers), tuple(refused), tuple(told)
    )


def _flown(piece: Piece) -> _Flown:
    orbit = mean_orbit(piece.segment)
    if not is_dense(orbit):
        none = np.empty(0, dtype=np.int64)
        return _Flown(piece, orbit, none, np.empty(0), ())
    middles, heights = revolution_altitudes(orbit)
    return _Flown(piece, orbit, middles, heights, tuple(burns_in(orbit, piece.creation, piece.name)))


def _spans(flown: Sequence[_Flown]) -> list[Span]:
    return [(int(one.orbit.instants[0]), int(one.orbit.instants[-1])) for one in flown]


def _burns_of_states(flown: Sequence[_Flown], refused: list[Refusal]) -> tuple[list[Burn], list[Handover]]:
    """Burns of all segments, each from the file that counts there, and those that lie between files."""
    lag = [round((one.orbit.period + 2.0 * GUARD_S) * NS) for one in flown]
    kept: list[Burn] = []
    for one, parts in zip(flown, claims(_spans(flown), lag), strict=True):
        kept += [burn for burn in one.burns if any(low <= burn.middle < high for low, high in parts)]
    for one in flown:
        if one.middles.size == 0:
            refused.append(Refusal(one.piece.name, "states", "too few or too far apart to show a revolution"))
    usable = sorted((one for one in flown if one.middles.size), key=lambda one: int(one.orbit.instants[0]))
    handovers = []
    for older, newer in pairwise(usable):
        found = _handover(older, newer)
        if found is not None:
            handovers.append(found[0])
            kept = _judged(kept, older, found[0], found[1], refused)
    return kept, handovers


def _handover(older: _Flown, newer: _Flown) -> tuple[Handover, float] | None:
    """How far off the older file was at the newer one's first revolution, and its slope [m/day]; None if too long."""
    at = int(newer.middles[0])
    recent = older.middles > older.middles[-1] - 3 * DAY_S * NS
    recent &= older.middles > max((burn.end for burn in older.burns), default=0)
    days = (older.middles - older.middles[-1]) / (NS * DAY_S)
    slope = float(np.polyfit(days[recent], older.heights[recent], 1)[0]) if recent.sum() > 3 else 0.0
    ended = float(at - older.middles[-1]) / (NS * DAY_S)
    if ended > FAR_DAYS:
        return None
    beyond = ended > 0.0
    there = older.heights[-1] + slope * ended if beyond else np.interp(at, older.middles, older.heights)
    since = older.piece.creation if not beyond else min(older.piece.creation, int(older.middles[-1]))
    lead = max(0.0, (at - since) / (NS * DAY_S))
    miss = float(newer.heights[0] - there)
    return Handover(older.piece.name, newer.piece.name, at, lead, miss, beyond), slope


def _judged(burns: list[Burn], older: _Flown, handover: Handover, slope: float, refused: list[Refusal]) -> list[Burn]:
    """Burns with what a handover says: a planned one that was not flown goes, one that nobody planned comes."""
    allowed = MISS_M + MISS_SHARE * abs(slope) * handover.lead
    if abs(handover.miss) <= allowed:
        return burns
    for burn in burns:
        planned = burn.source == older.piece.name and burn.basis == "plan" and burn.begin < handover.instant
        left = abs(handover.miss + burn.raised)
        if planned and left <= min(max(NOT_FLOWN * abs(burn.raised), allowed), 0.5 * abs(handover.miss)):
            what = f"burn of {burn.delta_v:+.2f} m/s planned for {format_instant(burn.begin)[:16]}"
            reason = f"not flown: at its start {handover.newer} is {handover.miss:+.0f} m from the plan with it"
            refused.append(Refusal(burn.source, what, reason))
            return [one for one in burns if one is not burn]
    axis = EARTH_RADIUS + float(older.heights[-1])
    change = handover.miss * float(np.sqrt(MU_EARTH / axis)) / (2.0 * axis)
    begin = min(max(older.piece.creation, int(older.orbit.instants[0])), handover.instant - NS)
    strength = 5.0 * abs(handover.miss) / allowed
    return [
        *burns,
        Burn(begin, handover.instant, change, handover.miss, strength, "between files", handover.newer),
    ]


def _history_of_states(
    flown: Sequence[_Flown],
) -> tuple[list[IntArray], list[FloatArray], list[str], list[FloatArray]]:
    """Mean altitudes by revolution, each from the file that counts there, with what they rest on and the node."""
    instants, heights, basis, nodes = [], [], list[str](), []
    for one, parts in zip(flown, claims(_spans(flown), [0] * len(flown)), strict=True):
        inside = np.zeros(one.middles.size, dtype=np.bool_)
        for low, high in parts:
            inside |= (one.middles >= low) & (one.middles < high)
        if inside.any():
            instants.append(one.middles[inside])
            heights.append(one.heights[inside])
            basis += ["plan" if at > one.piece.creation else "estimate" for at in one.middles[inside].tolist()]
            places = np.clip(np.searchsorted(one.orbit.instants, one.middles[inside]), 0, one.orbit.node.size - 1)
            nodes.append(one.orbit.node[places])
    return instants, heights, basis, nodes


def _covered(instant: int, flown: Sequence[_Flown]) -> bool:
    """Whether an ephemeris with whole revolutions covers an instant."""
    return any(one.middles.size and one.orbit.instants[0] <= instant <= one.orbit.instants[-1] for one in flown)


def _elements(material: Material, flown: Sequence[_Flown], refused: list[Refusal]) -> tuple[Series, IntArray]:
    """Element sets without outliers and without those of times that an ephemeris covers; their places too."""
    series = material.sets
    wrong = outliers(series)
    for place, off in wrong:
        what = f"set of {format_instant(int(series.instants[place]))}"
        refused.append(Refusal(series.sources[place], what, f"{off:+.0f} m from the line of its neighbours"))
    bad = {place for place, _ in wrong}
    places = np.array([p for p in range(series.instants.size) if p not in bad], dtype=np.int64)
    covered = np.array([_covered(int(series.instants[place]), flown) for place in places], dtype=np.bool_)
    places = places[~covered] if covered.any() else places
    kept = replace(
        series,
        instants=series.instants[places],
        altitude=series.altitude[places],
        sources=tuple(series.sources[int(place)] for place in places),
    )
    return kept, places


def _about(flown: Sequence[_Flown], burns: Sequence[Burn]) -> list[str]:
    """Sentences on what burns and history rest on."""
    told = []
    if len(flown) > 1:
        told.append(
            "where ephemerides overlap the newer one counts from its start on, for its first states are estimates"
        )
    if any(burn.basis == "plan" for burn in burns):
        told.append("a burn with the basis plan lies after its file's creation: it was planned, not yet flown")
    return told
