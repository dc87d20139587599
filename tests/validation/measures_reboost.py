"""Comparisons of planned burns with burns that were made, and of planned meetings with the full engine."""

from __future__ import annotations

import numpy as np
from reboost_planned import meetings, of_releases, reported
from scoreboard import Row, measure

REPORTS = "Roscosmos, TASS, Interfax, NASA and others, 2018-2025, named in tests/validation/data/reboost_makers.csv"


@measure
def planned_sizes() -> list[Row]:
    """The size of a burn from what it did to the orbit."""
    made = of_releases()
    errors = [abs(abs(one.planned) - one.told) for one in made]
    mean = float(np.mean([one.told for one in made]))
    told = [one for one in reported() if one.delta_v is not None and one.planned is not None]
    shares = [abs(one.planned / one.delta_v - 1.0) for one in told if one.planned and one.delta_v]
    sizes = np.array([one.delta_v for one in told])
    others = (sizes.sum() - sizes) / (sizes.size - 1)
    return [
        Row(
            f"reboost: size of {len(made)} burns, planned for the altitudes before and after",
            "NASA/JSC OEM files 2021-08 to 2024-02: states and event tables, which give tenths of m/s",
            f"off by {np.median(errors):.3f} m/s in the median, {max(errors):.3f} at most",
            "within the tables' last digit, 0.05",
            float(max(errors)),
            0.1,
            "m/s",
            float(max(abs(one.told - mean) for one in made)),
            "the mean size of them all",
        ),
        Row(
            f"reboost: size of {len(told)} reported burns, planned for the reported gain",
            REPORTS,
            f"median {100.0 * np.median(shares):.1f} %, worst {100.0 * max(shares):.1f} %",
            "0",
            float(np.median(shares)),
            0.1,
            "%",
            float(np.median(np.abs(others / sizes - 1.0))),
            "the mean size of the others",
        ),
    ]


@measure
def planned_makers() -> list[Row]:
    """Who made the burns, and how long they took."""
    burns = reported()
    able = [one for one in burns if one.maker is not None and not one.maker.refused]
    chance = float(np.mean([sum(not p.refused for p in one.pushers) / len(one.pushers) for one in burns]))
    timed = [one for one in burns if one.length is not None]
    errors = [abs(one.length / one.burn_s - 1.0) for one in timed if one.length is not None]
    taken = np.array([one.burn_s for one in timed])
    others = (taken.sum() - taken) / (taken.size - 1)
    sized = [(one, one.delta_v or one.planned or 0.0) for one in able if one.delta_v or one.planned]
    own = sum(one.maker is not None and one.maker.delta_v >= size for one, size in sized)
    whole = sum(one.maker is not None and one.maker.delta_v_all >= size for one, size in sized)
    return [
        Row(
            f"reboost: the ship that made each of {len(burns)} reported burns can push on that day",
            REPORTS + "; the days from which types can push were partly set from them",
            f"{len(able)} of {len(burns)}; its own tanks suffice for {own} of {len(sized)}, with what it brought for "
            f"the station's tanks {whole}",
            f"{len(burns)} of {len(burns)}",
            1.0 - len(able) / len(burns),
            0.1,
            "%",
            1.0 - chance,
            "one of the docked ships and engines at random",
        ),
        Row(
            f"reboost: burn time of {len(timed)} reported burns, by the ship and the mass of the day",
            REPORTS + "; the thrust is the mean of twelve of them, so it is partly fitted",
            f"median {100.0 * np.median(errors):.1f} %, worst {100.0 * max(errors):.1f} %",
            "0",
            float(np.median(errors)),
            0.15,
            "%",
            float(np.median(np.abs(others / taken - 1.0))),
            "the mean time of the others",
        ),
    ]


@measure
def planned_meetings() -> list[Row]:
    """Burns for a place at an instant, planned by the averaged engine and flown by the full one."""
    made = meetings()
    missed = [one.missed / 1e3 for one in made]
    sizes = [abs(one.delta_v) for one in made]
    return [
        Row(
            f"reboost: place of {len(made)} planned meetings, 3 to 10 days after the burn, by the full engine",
            "own full engine (EGM2008 70x70, Sun, Moon, 3-hourly ap), from the first states of two NASA/JSC releases "
            "and of a station on 2003-10-28 and 2024-05-09, before storms with an ap of 400",
            f"median {np.median(missed):.1f} km, worst {max(missed):.1f} km "
            f"(burns of {min(sizes):.1f} to {max(sizes):.1f} m/s)",
            "0",
            float(max(missed)),
            20.0,
            "km",
            float(np.median([one.coasting for one in made])) / 1e3,
            "no burn, median",
        )
    ]
