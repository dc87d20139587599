"""What the finding of burns gives on the releases' states and on the record of element sets, beside what is known.

Thresholds were chosen on the releases of even number and on the elements of 1998 to 2000; the others are the test. That
steps are looked for with three sets on either side and then placed at the widest gap came from steps of 2000, 2003 and
2024, and the two days within which sets tell a step's size from the smallest one, of 2024-11-25 (with four days it is
missed; the years for choosing are the same with both): for these the later years are no clean test.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from cupola.base.instants import DAY_S, NS, parse_instant
from cupola.flight.track import Track, track
from cupola.flight.track_states import Burn, burns_in, mean_orbit
from cupola.formats.ephemeris import OemSegment

DATA = Path(__file__).parent / "data"
LEAST_M_S, LEAST_M = 0.3, 500.0
NEAR_NS = 5_600 * NS
CHOSEN = ("1998", "1999", "2000")


@dataclass(frozen=True)
class Told:
    """A burn of an event table, and the one that was found there."""

    release: int
    event: str
    delta_v: float
    """[m/s], without its sign"""
    found: float | None
    """[m/s], None when it was not found"""


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def of_releases() -> tuple[tuple[Told, ...], tuple[tuple[int, Burn], ...]]:
    """Every burn of the event tables, and every burn that was found where no table has one."""
    told: list[Told] = []
    more: list[tuple[int, Burn]] = []
    table = rows("track_burns.csv")
    with np.load(DATA / "track_states.npz", allow_pickle=False) as data:
        for number, creation in enumerate(data["creation"].tolist()):
            instants, state = data[f"ns_{number}"], data[f"state_{number}"].astype(np.float64)
            ends = int(instants[0]), int(instants[-1])
            segment = OemSegment("", "", "EME2000", "UTC", *ends, instants, state[:, :3], state[:, 3:])
            left = burns_in(mean_orbit(segment), creation, str(number))
            for row in (row for row in table if row["release"] == str(number)):
                at = parse_instant(row["time"])
                near = [burn for burn in left if burn.begin - NEAR_NS < at < burn.end + NEAR_NS]
                left = [burn for burn in left if burn not in near]
                told.append(Told(number, row["event"], float(row["delta_v_m_s"]), near[0].delta_v if near else None))
            more += [(number, burn) for burn in left]
    return tuple(told), tuple(more)


@dataclass(frozen=True)
class Step:
    """A step of the hand-checked list."""

    after: int
    before: int
    size: float
    """[m] of the median of up to three sets on either side"""
    burn: bool


@lru_cache(maxsize=1)
def elements() -> Track:
    return track([DATA / "track_rows.csv.gz"])


@lru_cache(maxsize=1)
def checked() -> tuple[Step, ...]:
    return tuple(
        Step(parse_instant(row["after"]), parse_instant(row["before"]), float(row["step_m"]), row["burn"] == "yes")
        for row in rows("track_checked.csv")
    )


def of_elements(chosen: bool) -> tuple[list[tuple[Step, Burn | None]], list[Burn], float]:
    """Listed burns with what was found, alarms of LEAST_M that are no listed burn, and years with sets.

    chosen    the years on which thresholds were chosen, or the others
    """
    from cupola.base.instants import format_instant

    def mine(instant: int) -> bool:
        return (format_instant(instant)[:4] in CHOSEN) == chosen

    pairs: list[tuple[Step, Burn | None]] = []
    left = [burn for burn in elements().burns if mine(burn.begin)]
    for step in (step for step in checked() if step.burn and mine(step.after)):
        near = [b for b in left if b.begin < step.before + 60 * NS and b.end > step.after - 60 * NS]
        burn = near[0] if near else None
        left = [b for b in left if b is not burn]
        pairs.append((step, burn))
    days = {int(at) // (DAY_S * NS) for at in elements().instants.tolist() if mine(int(at))}
    return pairs, [burn for burn in left if abs(burn.raised) >= LEAST_M], len(days) / 365.25
