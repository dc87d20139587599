"""Comparisons of the burns that ``track`` finds with event tables and with a list checked by eye."""

from __future__ import annotations

import numpy as np
from scoreboard import Row, measure
from track_found import LEAST_M_S, of_elements, of_releases


@measure
def burns_of_releases() -> list[Row]:
    """Burns of the event tables in the states of the releases."""
    found = []
    told, more = of_releases()
    for odd, name in ((0, "even, for choosing"), (1, "odd, tested")):
        mine = [one for one in told if one.release % 2 == odd and one.delta_v >= LEAST_M_S]
        seen = [one for one in mine if one.found is not None]
        errors = [abs(abs(one.found) - one.delta_v) for one in seen if one.found is not None]
        small = [one for one in told if one.release % 2 == odd and one.delta_v < LEAST_M_S]
        small_seen = sum(one.found is not None for one in small)
        alarms = sum(number % 2 == odd for number, _ in more)
        worst = max(errors) if len(seen) == len(mine) else float("inf")
        found.append(
            Row(
                f"track: burns of 0.3 m/s and more in the states of the releases ({name})",
                "NASA/JSC OEM files 2021-08 to 2024-02: event tables, which give tenths of m/s",
                f"{len(seen)} of {len(mine)} found, delta-v off by {np.median(errors):.3f} in the median, {worst:.3f} "
                f"at most; of smaller ones {small_seen} of {len(small)}; {alarms} others",
                "all found, none where no table has one",
                worst,
                0.1,
                "m/s",
                float(np.max(np.abs([one.delta_v - np.mean([o.delta_v for o in mine]) for one in mine]))),
                "the mean size of them all",
            )
        )
    return found


@measure
def burns_of_elements() -> list[Row]:
    """Steps of half a kilometre and more in the element sets."""
    found = []
    for chosen, name in ((True, "1998-2000, for choosing"), (False, "2002-2004, 2016, 2021, late 2024, tested")):
        pairs, alarms, years = of_elements(chosen)
        seen = [(step, burn) for step, burn in pairs if burn is not None]
        off = float(np.median([abs(burn.raised - step.size) for step, burn in seen]))
        found.append(
            Row(
                f"track: steps of 0.5 km and more in element sets, {len(pairs)} burns ({name})",
                "mean elements of 25544, derived from public TLE archives; list of 69 steps checked by eye",
                f"{len(seen)} found, size off by {off:.0f} m in the median; {len(alarms)} false alarms in "
                f"{years:.1f} years with sets",
                "all found, at most one false alarm a year",
                (len(pairs) - len(seen)) / len(pairs),
                0.0,
                "%",
            )
        )
    return found
