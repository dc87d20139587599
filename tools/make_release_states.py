"""Cut releases of the station's predicted trajectory to the states on which the full engine is judged.

    python tools/make_release_states.py FOLDER [OUT]

FOLDER holds releases as CCSDS OEM files in any notation, compressed or not, one segment each in a frame that Cupola
knows; ``../shared`` with its ``data/oem`` will do. Writes ``release_states.npz`` (or OUT), which
``tests/validation/releases.py`` reads. A file that cannot be used is named with the reason and left out.

Of each release are kept, in GCRF:

* the states of the first 24 hours, at most one in FIRST_S, then one in LATER_S, those nearest to MARKS days, and the
  first at or after the start of each other release,
* its burns: the stretches of states closer than DENSE_S, three at least, and the rows of its table of events with a
  velocity change that no such stretch covers. The velocity change is the one with which the full engine goes from the
  first state of the burn to the last; a burn of the table alone has none,
* mass and C_D A where the comments give them, the time of each docking, undocking and relocation.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from cupola.base.errors import CupolaError
from cupola.base.instants import NS
from cupola.flight.full import Burn, Craft, Forces, State, fly
from cupola.flight.start import turned
from cupola.flight.utc import to_calendar
from cupola.formats.ephemeris import OemSegment
from cupola.formats.oem import read_oem
from cupola.formats.oem_notes import notes_of

OUT = Path(__file__).resolve().parents[1] / "tests/validation/data/release_states.npz"
DAY_S = 86_400.0
FIRST_S, LATER_S = 1_100.0, 21_600.0
MARKS = (1.0, 3.0, 7.0, 14.0)
DENSE_S = 30.0
UNSEEN_S = (-120.0, 900.0)
"""[s] around the time of a burn whose states are no closer than the others"""
COAST = Forces(degree=36, drag=False, solar_pressure=False, step_s=30.0)
VISITS = ("docking", "undocking", "relocation")


def gcrf(segment: OemSegment, places: np.ndarray) -> np.ndarray:
    """(n, 6) states in GCRF [m, m/s]."""
    states = np.hstack([segment.position, segment.velocity])
    return np.stack(
        [
            turned(segment.ref_frame, states[k], int(segment.instants[k]), segment.ref_frame_epoch)
            for k in places.tolist()
        ]
    )


def moments(segment: OemSegment, places: np.ndarray) -> np.ndarray:
    """(n,) UTC."""
    return np.array([to_calendar(int(segment.instants[k])) for k in places.tolist()])


def spaced(seconds: np.ndarray, first: float, last: float, step: float) -> list[int]:
    """Places between two times, at least a step apart."""
    kept: list[int] = []
    for place in np.flatnonzero((seconds >= first) & (seconds <= last)).tolist():
        if not kept or seconds[place] - seconds[kept[-1]] >= step:
            kept.append(place)
    return kept


def kept_places(segment: OemSegment, starts: list[int]) -> np.ndarray:
    """Places of the states that are kept."""
    seconds = segment.seconds - segment.seconds[0]
    places = {0, seconds.size - 1, *spaced(seconds, 0.0, DAY_S, FIRST_S), *spaced(seconds, DAY_S, np.inf, LATER_S)}
    places |= {int(np.argmin(np.abs(seconds - mark * DAY_S))) for mark in MARKS if mark * DAY_S <= seconds[-1]}
    inside = [start for start in starts if segment.instants[0] < start <= segment.instants[-1]]
    places |= {int(np.searchsorted(segment.instants, start)) for start in inside}
    return np.array(sorted(places))


def change(segment: OemSegment, first: int, last: int) -> list[float]:
    """Velocity change of a burn along R, T, N [m/s], with which the full engine goes from its first state to its last.

    Least squares on position and velocity at the end; one engine, of constant thrust fixed in the orbital frame.
    """
    one, two = gcrf(segment, np.array([first, last]))
    begin, end = moments(segment, np.array([first, last]))
    seconds = float(segment.seconds[last] - segment.seconds[first])
    craft = Craft(1e6, 0.0)
    push = craft.mass_kg / seconds

    def flown(axis: int | None) -> np.ndarray:
        ways = np.eye(3)
        burns = [] if axis is None else [Burn(begin, seconds, push, 1e5, tuple(ways[axis].tolist()))]
        return fly(State(begin, one, craft), end, forces=COAST, burns=burns).states[:, -1]

    weight = np.array([1.0, 1.0, 1.0, seconds, seconds, seconds])
    coasted = flown(None)
    columns = np.stack([weight * (flown(axis) - coasted) for axis in range(3)], axis=1)
    return list(np.linalg.lstsq(columns, weight * (two - coasted), rcond=None)[0])


def burns_of(segment: OemSegment, told: list[tuple[int, float]]) -> list[list[float]]:
    """Rows of seconds from the start to begin and end, velocity change along R, T, N, and its size in the table."""
    seconds = segment.seconds - segment.seconds[0]
    close = np.flatnonzero(np.diff(seconds) < DENSE_S)
    runs = [run for run in np.split(close, np.flatnonzero(np.diff(close) > 1) + 1) if run.size >= 3]
    left = [((instant - int(segment.instants[0])) / NS, size) for instant, size in told]
    rows = []
    for run in runs:
        first, last = int(run[0]), int(run[-1]) + 1
        mine = [one for one in left if seconds[first] - 300.0 < one[0] < seconds[last] + 300.0]
        left = [one for one in left if one not in mine]
        size = mine[0][1] if mine else np.nan
        rows.append([seconds[first], seconds[last], *change(segment, first, last), size])
    rows += [[at + UNSEEN_S[0], at + UNSEEN_S[1], np.nan, np.nan, np.nan, size] for at, size in left]
    return sorted(rows)


def usable(path: Path) -> tuple[OemSegment, str]:
    """The longest segment of a file, and when the file was made. Raises CupolaError where there is none of 26 hours."""
    oem = read_oem(path)
    segment = max(oem.segments, key=lambda one: int(one.instants[-1] - one.instants[0]))
    if segment.instants[-1] - segment.instants[0] < 26 * 3_600 * NS:
        raise CupolaError("spans less than 26 hours")
    return segment, str(oem.creation)


def main(arguments: list[str]) -> int:
    """Write the file."""
    if not arguments:
        print(__doc__)
        return 2
    folder = Path(arguments[0])
    folder = folder / "data" / "oem" if (folder / "data" / "oem").is_dir() else folder
    found: list[tuple[str, OemSegment]] = []
    for path in sorted(path for path in folder.iterdir() if path.suffix in (".gz", ".xml", ".oem", ".txt")):
        try:
            segment, _ = usable(path)
            gcrf(segment, np.array([0]))
            found.append((path.name, segment))
        except CupolaError as error:
            print(f"{path.name}: left out: {str(error).splitlines()[0]}")
    if not found:
        print(f"{folder}: holds no release that can be used")
        return 3
    found.sort(key=lambda one: int(one[1].instants[0]))
    arrays: dict[str, np.ndarray] = {"names": np.array([name for name, _ in found])}
    arrays["craft"] = np.full((len(found), 2), np.nan)
    starts = [int(segment.instants[0]) for _, segment in found]
    for number, (name, segment) in enumerate(found):
        notes, places = notes_of(segment), kept_places(segment, starts)
        arrays[f"us_{number}"] = moments(segment, places).astype(np.int64)
        arrays[f"states_{number}"] = gcrf(segment, places).round(6)
        told = [(event.instant, event.delta_v) for event in notes.events if event.delta_v > 0.0]
        arrays[f"burns_{number}"] = np.array(burns_of(segment, told)).reshape(-1, 6)
        visits = [event.instant for event in notes.events if event.kind in VISITS]
        arrays[f"visits_{number}"] = (np.array(visits, dtype=np.float64) - starts[number]) / NS
        if notes.mass is not None:
            arrays["craft"][number, 0] = notes.mass
        if notes.drag_area is not None and notes.drag_coefficient is not None:
            arrays["craft"][number, 1] = notes.drag_area * notes.drag_coefficient
        print(name, segment.ref_frame, f"{places.size} states", f"burns {arrays[f'burns_{number}'].round(3).tolist()}")
    out = Path(arguments[1]) if len(arguments) > 1 else OUT
    np.savez_compressed(out, **arrays)
    print(f"{out}: {out.stat().st_size / 1e3:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
