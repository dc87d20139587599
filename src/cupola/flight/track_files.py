"""The files of a track: read in one pass, told apart by object, and laid in an order of time without repeats.

Assumptions and limits: the object is the one that most states and sets are of, unless one is named. A table of rows
without catalogue numbers, or a file without a designator, is taken to be of that object.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import FormatError, Problem
from cupola.base.instants import NS, format_instant
from cupola.flight.track_elements import Series, brouwer_axis
from cupola.formats.element_rows import ElementRows
from cupola.formats.element_set import UNKNOWN, ElementSet
from cupola.formats.ephemeris import INERTIAL, Oem, OemSegment
from cupola.formats.orbit_files import read_orbit_file
from cupola.formats.records import FloatArray, IntArray

MOST_FILES = 2_000
SAME_NS = NS
"""Two sets whose epochs are closer than a second are of one epoch."""
SAME_M = 5.0
"""Altitudes that differ by less are of one set, spelt twice [m]."""


@dataclass(frozen=True)
class Refusal:
    """Something that was read and left out."""

    where: str
    what: str
    reason: str


@dataclass(frozen=True)
class Piece:
    """A segment of an ephemeris with its file."""

    name: str
    creation: int
    segment: OemSegment


@dataclass
class Sets:
    """Element sets from all files, in the order in which they were read."""

    instants: list[int] = field(default_factory=list)
    altitude: list[float] = field(default_factory=list)
    inclination: list[float] = field(default_factory=list)
    node: list[float] = field(default_factory=list)
    """NaN where a file does not tell it"""
    where: list[str] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    """Designator and catalogue number; empty when a file has none"""


@dataclass(frozen=True)
class Material:
    """What is left to make a track of."""

    name: str
    pieces: tuple[Piece, ...]
    """By creation, oldest first"""
    sets: Series
    inclination: FloatArray
    """(n,) of the sets [rad]"""
    node: FloatArray
    """(n,) of the sets [rad]; NaN where unknown"""
    refused: tuple[Refusal, ...]


def designator(text: str) -> str:
    """An international designator without what its spellings differ in; empty when there is none.

    >>> designator("1998-067-A"), designator("1998-067A"), designator("UNKNOWN")
    ('1998067A', '1998067A', '')
    """
    plain = text.upper().replace("-", "").replace(" ", "")
    return "" if plain == UNKNOWN else plain


def read_files(paths: Sequence[Path], wanted: str | None = None) -> Material:
    """Read files of any kind and lay them in order.

    paths    OEM, OMM, TLE or rows of mean elements, compressed or not
    wanted   designator or catalogue number; what most of the states are of when None

    Raises FormatError with every problem of all files, each at its line.
    """
    pieces: list[Piece] = []
    sets = Sets()
    problems: list[Problem] = []
    if len(paths) > MOST_FILES:
        problems.append(Problem("FILE", "files", "are too many", str(len(paths)), f"at most {MOST_FILES}"))
    for path in paths[:MOST_FILES]:
        try:
            found = read_orbit_file(path)
        except FormatError as error:
            problems.extend(error.problems)
            continue
        if isinstance(found, Oem):
            problems.extend(_frames(str(path), found))
            pieces.extend(Piece(str(path), found.creation, segment) for segment in found.segments)
        elif isinstance(found, ElementRows):
            _add_rows(sets, str(path), found)
        else:
            _add_sets(sets, str(path), found)
    if problems:
        raise FormatError(str(paths[0]) if len(paths) == 1 else f"list ({len(paths)} files)", problems)
    return _sorted(pieces, sets, wanted)


def _frames(name: str, oem: Oem) -> list[Problem]:
    """Segments in a frame that turns with the Earth: there energy is no energy."""
    return [
        Problem(
            f"{name}:1",
            "REF_FRAME",
            "turns with the Earth",
            segment.ref_frame,
            ", ".join(INERTIAL),
            "Write the states in one of these first.",
        )
        for segment in oem.segments
        if segment.ref_frame not in INERTIAL
    ]


def _add_rows(sets: Sets, name: str, rows: ElementRows) -> None:
    altitude = brouwer_axis(rows.mean_motion, rows.eccentricity, rows.inclination) - EARTH_RADIUS
    sets.instants.extend(rows.instants.tolist())
    sets.altitude.extend(altitude.tolist())
    sets.inclination.extend(rows.inclination.tolist())
    sets.node.extend([float("nan")] * altitude.size)
    sets.where.extend(f"{name}:{line}" for line in rows.lines.tolist())
    sets.names.extend(("", str(number) if number else "") for number in rows.catalogue_id.tolist())


def _add_sets(sets: Sets, name: str, found: tuple[ElementSet, ...]) -> None:
    motion, eccentricity, inclination = (
        np.array([getattr(one, key) for one in found]) for key in ("mean_motion", "eccentricity", "inclination")
    )
    sets.instants.extend(one.epoch for one in found)
    sets.altitude.extend((brouwer_axis(motion, eccentricity, inclination) - EARTH_RADIUS).tolist())
    sets.inclination.extend(inclination.tolist())
    sets.node.extend(one.raan for one in found)
    sets.where.extend(f"{name}, set {place}" for place in range(1, len(found) + 1))
    sets.names.extend((designator(one.object_id), str(one.catalogue_id)) for one in found)


def _sorted(pieces: list[Piece], sets: Sets, wanted: str | None) -> Material:
    refused: list[Refusal] = []
    name, belongs = _object(pieces, sets, wanted)
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: (one.creation, one.segment.start)):
        segment = piece.segment
        span = f"states {format_instant(segment.start, decimals=0)[:16]} to {format_instant(segment.stop)[:16]}"
        same = next((one for one in kept if one.creation == piece.creation and _same(one.segment, segment)), None)
        if not belongs(designator(segment.object_id), ""):
            refused.append(Refusal(piece.name, span, f"another object: {segment.object_id}"))
        elif same is not None:
            refused.append(Refusal(piece.name, span, f"the same states as in {same.name}"))
        elif segment.instants.size < 2:
            refused.append(Refusal(piece.name, span, "a single state tells no history"))
        else:
            kept.append(piece)
    places: list[int] = []
    for place in sorted(range(len(sets.instants)), key=sets.instants.__getitem__):
        what = f"set of {format_instant(sets.instants[place])}"
        before = places[-1] if places else None
        if not belongs(*sets.names[place]):
            other = sets.names[place][1] or sets.names[place][0]
            refused.append(Refusal(sets.where[place], what, f"another object: {other}"))
        elif before is not None and sets.instants[place] - sets.instants[before] < SAME_NS:
            off = sets.altitude[place] - sets.altitude[before]
            reason = f"the same epoch as {sets.where[before]}"
            reason = f"a repeat of {sets.where[before]}" if abs(off) < SAME_M else f"{reason}, {off:+.0f} m from it"
            refused.append(Refusal(sets.where[place], what, reason))
        else:
            places.append(place)
    series = Series(
        np.array([sets.instants[place] for place in places], dtype=np.int64),
        np.array([sets.altitude[place] for place in places], dtype=np.float64),
        tuple(sets.where[place] for place in places),
    )
    inclination, node = (np.array([values[place] for place in places]) for values in (sets.inclination, sets.node))
    return Material(name, tuple(kept), series, inclination, node, tuple(refused))


def _same(one: OemSegment, other: OemSegment) -> bool:
    """Whether two segments hold the same states."""
    pairs: list[tuple[IntArray | FloatArray, IntArray | FloatArray]] = [
        (one.instants, other.instants),
        (one.position, other.position),
        (one.velocity, other.velocity),
    ]
    return all(np.array_equal(a, b) for a, b in pairs)


class _Belongs:
    """Whether a designator and a catalogue number are those of the object; what is empty is."""

    def __init__(self, ids: set[str]) -> None:
        self.ids = ids

    def __call__(self, first: str, second: str) -> bool:
        given = {text for text in (first, second) if text}
        return not given or bool(given & self.ids)


def _object(pieces: list[Piece], sets: Sets, wanted: str | None) -> tuple[str, _Belongs]:
    """Name of the object, and what belongs to it."""
    counted: Counter[str] = Counter()
    for piece in pieces:
        counted[designator(piece.segment.object_id)] += piece.segment.instants.size
    numbers: Counter[str] = Counter()
    linked: dict[str, set[str]] = {}
    for first, second in sets.names:
        counted[first] += 1
        numbers[second] += 1
        if first and second:
            linked.setdefault(first, set()).add(second)
            linked.setdefault(second, set()).add(first)
    if wanted is not None:
        own = wanted.strip()
        own = (own.lstrip("0") or "0") if own.isdigit() else designator(own)
        ids = {own} | linked.get(own, set())
        shown = next((p.segment.object_name for p in pieces if designator(p.segment.object_id) in ids), own)
        return shown, _Belongs(ids)
    del counted[""], numbers[""]
    ids = {max(counted, key=counted.__getitem__)} if counted else set()
    more = [linked[one] for one in ids if one in linked]
    # A designator that no set links to a number leaves the commonest number to be its own.
    ids |= more[0] if more else ({max(numbers, key=numbers.__getitem__)} if numbers else set())
    shown = next((p.segment.object_name for p in pieces if designator(p.segment.object_id) in ids), "")
    return shown or ", ".join(sorted(ids)) or "object", _Belongs(ids)
