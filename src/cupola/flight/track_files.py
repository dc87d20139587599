"""The files of a track: read in one pass, told apart by object, and laid in an order of time without repeats.

Assumptions and limits: the object is the one that most states and sets are of, unless one is named. A set whose
designator or catalogue number is another one than the object's is of another object. A table of rows without catalogue
numbers, or a file without a designator, is taken to be of the object, and so are the commonest number among sets
without a designator, where nothing else tells the object's.
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
from cupola.flight.names import designator, identifier, is_called, listed
from cupola.flight.track_elements import Series, brouwer_axis
from cupola.formats.element_rows import ElementRows
from cupola.formats.element_set import ElementSet
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
    called: list[tuple[str, str]] = field(default_factory=list)
    """Name and designator as they are spelt"""


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


def read_files(paths: Sequence[Path], wanted: str | None = None) -> Material:
    """Read files of any kind and lay them in order.

    paths    OEM, OMM, TLE or rows of mean elements, compressed or not
    wanted   name, designator or catalogue number; what most of the states are of when None

    Raises FormatError with every problem of all files, each at its line, and when nothing is of what is wanted.
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
    shown = str(paths[0]) if len(paths) == 1 else f"list ({len(paths)} files)"
    if problems:
        raise FormatError(shown, problems)
    if wanted is not None and not _holds(pieces, sets, wanted):
        remedy = "Name one of these, or leave --object out."
        raise FormatError(
            shown, [Problem("--object", "object", "is not in the files", wanted[:60], _listed(pieces, sets), remedy)]
        )
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
    sets.called.extend([("", "")] * altitude.size)


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
    sets.called.extend((one.object_name, one.object_id) for one in found)


def _sorted(pieces: list[Piece], sets: Sets, wanted: str | None) -> Material:
    refused: list[Refusal] = []
    name, target = _object(pieces, sets, wanted)
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: (one.creation, one.segment.start)):
        segment = piece.segment
        span = f"states {format_instant(segment.start, decimals=0)[:16]} to {format_instant(segment.stop)[:16]}"
        same = next((one for one in kept if one.creation == piece.creation and _same(one.segment, segment)), None)
        if target.unlike(*identifier(segment.object_id)):
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
        if unlike := target.unlike(*sets.names[place]):
            refused.append(Refusal(sets.where[place], what, f"another object: {unlike}"))
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


@dataclass(frozen=True)
class _Target:
    """The object: its designators and catalogue numbers, either empty where nothing tells them."""

    designators: frozenset[str]
    numbers: frozenset[str]
    strict: bool = False
    """Whether what has a designator or a number must share one with it"""

    def unlike(self, first: str, second: str) -> str:
        """What of a designator and a catalogue number is another object's; empty when it is of this one."""
        if second and self.numbers and second not in self.numbers:
            return second
        if first and self.designators and first not in self.designators:
            return first
        shared = first in self.designators or second in self.numbers
        return "" if shared or not self.strict else first or second


def _object(pieces: list[Piece], sets: Sets, wanted: str | None) -> tuple[str, _Target]:
    """Name of the object, and what belongs to it."""
    pairs: Counter[tuple[str, str]] = Counter(sets.names)
    for piece in pieces:
        pairs[identifier(piece.segment.object_id)] += piece.segment.instants.size
    if wanted is not None:
        pairs = Counter({pair: count for pair, count in pairs.items() if pair in _wanted(pieces, sets, wanted)})
    own: set[str] = set(_commonest(pairs, 0))
    linked = Counter({pair: count for pair, count in pairs.items() if pair[0] in own})
    # A designator that no set links to a number leaves the commonest number of sets without one to be its own.
    numbers = _commonest(linked, 1) or _commonest(Counter({p: n for p, n in pairs.items() if not p[0]}), 1)
    target = _Target(frozenset(own), frozenset(numbers), wanted is not None)
    called = [p.segment.object_name for p in pieces if not target.unlike(*identifier(p.segment.object_id))]
    shown = next(iter(called), wanted.strip() if wanted is not None else "")
    return shown or ", ".join(sorted(own | set(numbers))) or "object", target


def _commonest(pairs: Counter[tuple[str, str]], which: int) -> tuple[str, ...]:
    """The commonest designator (0) or number (1) of some pairs, if there is one."""
    counted: Counter[str] = Counter()
    for pair, count in pairs.items():
        counted[pair[which]] += count
    del counted[""]
    return (max(counted, key=counted.__getitem__),) if counted else ()


def _wanted(pieces: list[Piece], sets: Sets, wanted: str) -> set[tuple[str, str]]:
    """Designators and numbers of what a word asks for."""
    found = {
        identifier(p.segment.object_id) for p in pieces if is_called(wanted, p.segment.object_name, p.segment.object_id)
    }
    return found | {
        pair for pair, called in set(zip(sets.names, sets.called, strict=True)) if is_called(wanted, *called, pair[1])
    }


def _holds(pieces: list[Piece], sets: Sets, wanted: str) -> bool:
    """Whether a word asks for anything that was read; what has neither designator nor number is of any object."""
    return bool(_wanted(pieces, sets, wanted)) or ("", "") in sets.names


def _listed(pieces: list[Piece], sets: Sets) -> str:
    held = [(p.segment.object_name, p.segment.object_id, "") for p in pieces]
    held += [(*called, pair[1]) for pair, called in zip(sets.names, sets.called, strict=True)]
    return listed(held)
