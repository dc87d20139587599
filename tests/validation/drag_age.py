"""How well a ballistic coefficient that was fitted before tells that of two months later on, by its age.

Known on a day are the coasting segments of the half year before it, weighed as ``flight.reentry.drag_known`` weighs
them; it is tried on the mean over every later two months with three segments and twenty days. How the spread grows was
fitted on the months up to 2002; those from 2003 on, from what was known since 2002, are the test. The station's own
changes (elements, docked ships) are in it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from orbit_decay import Segment, fitted, from_days, segments

from cupola.base.instants import DAY_S, NS
from cupola.flight.reentry import drag_known
from cupola.flight.track_drag import Coefficient

BEFORE, AHEAD = 183.0, 60.0
"""Days"""
AGES = ((30.0, 120.0), (120.0, 365.0), (365.0, 730.0), (730.0, 1_100.0))
"""Days from the last segment known to the middle of the two months"""
FROM_TEST = 2003


def coefficient(segment: Segment) -> Coefficient:
    """As a track would tell it; days are counted as TAI, for only differences count."""
    begin, end = (round(day * DAY_S) * NS for day in (segment.start, segment.end))
    value = fitted(segment)
    return Coefficient(begin, end, value, value * segment.error / segment.fall, segment.fall, segment.altitude_start)


@lru_cache(maxsize=1)
def trials() -> np.ndarray:
    """Rows of age [day], ln of what came over what was known, year that it was tried on, year that it is from."""
    known = segments()
    coefficients = [coefficient(one) for one in known]
    logs, middles = np.log([one.value for one in coefficients]), np.array([0.5 * (s.start + s.end) for s in known])
    ends, lengths = np.array([s.end for s in known]), np.array([s.end - s.start for s in known])
    found = []
    for last in ends.tolist():
        past = (ends <= last + 1e-6) & (ends > last - BEFORE)
        if past.sum() < 2:
            continue
        told = drag_known([one for one, use in zip(coefficients, past, strict=True) if use], round(last * DAY_S) * NS)
        for begin in middles[middles > last + 2.0].tolist():
            two_months = (middles >= begin - 1e-9) & (middles < begin + AHEAD)
            if two_months.sum() < 3 or lengths[two_months].sum() < 20.0:
                continue
            age = float(middles[two_months].mean()) - last
            off = float(logs[two_months].mean() - np.log(told.per_mass))
            found.append((age, off, from_days(begin).year, from_days(last).year))
    return np.array(found)


def off(begin: float, end: float, tested: bool) -> np.ndarray:
    """Rows of age and ln of what came over what was known."""
    rows = trials()
    year = rows[:, 2]
    part = (year >= FROM_TEST) & (rows[:, 3] >= FROM_TEST - 1) if tested else year < FROM_TEST
    return np.asarray(rows[part & (rows[:, 0] >= begin) & (rows[:, 0] < end), :2])
