"""A drift-down: to be at an altitude on a day, with as much of it by drag as possible.

Three cases, told apart by a flight without burns. Where the craft would come too soon, its present altitude is held by
reboosts and then let go: the last of them is the one after which drag alone brings it down to the day, and its size is
solved. Where it would come too late, burns against the velocity are solved, as early as they may be, so that drag does
the rest; for comparison those that would be made on the day itself. Else nothing has to be done.

Assumptions and limits: those of the averaged engine; each level of the Sun is a future of its own, flown to the end;
while the altitude is held the mass stays, as what burns is brought again. Reboosts are pairs of burns at 00:00 UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight import averaged
from cupola.flight.averaged import ENTRY_ALTITUDE
from cupola.flight.averaged_air import Air, Indices
from cupola.flight.averaged_burns import delta_v_between, held
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_ephemeris import axis_before
from cupola.flight.reboost import HIGHEST, LONG_STEP, Means, Scene, change_of, coasted, falls_back

Floats = NDArray[np.float64]
Level = Callable[[int], Indices]

CLOSE = 20.0
"""[m] of altitude on the day within which nothing has to be done"""
PRECISE = 2e-5
"""Of the time to the day, by which the moment may be missed at which the altitude is reached"""
_ROUNDS = 40


@dataclass(frozen=True)
class Hold:
    """Reboosts that hold an altitude until it is let go."""

    mjd: Floats
    """(n,)"""
    delta_v: Floats
    """(n,) [m/s]; the last one is as large as brings the craft down to the day"""

    @property
    def total(self) -> float:
        """[m/s]"""
        return float(self.delta_v.sum())


@dataclass(frozen=True)
class Drift:
    """What one level of the Sun makes of it."""

    altitude: float
    """[m] on the day, without burns; not below that of entry"""
    reached: float
    """Modified Julian Day on which the altitude is reached without burns; NaN where not within the horizon"""
    hold: Hold | None = None
    """Where drag alone would be too fast"""
    lowering: float = 0.0
    """[m/s], not positive: burns at the time of ``Means.at``, where drag alone would be too slow"""
    late: float = 0.0
    """[m/s], not positive: the same made on the day itself"""


def drift_down(
    scene: Scene,
    goal: float,
    by: float,
    means: Means,
    levels: Sequence[Level],
    air: Air[Indices],
    band: float,
    horizon: float,
) -> list[Drift]:
    """What brings the craft to a mean altitude on a day, by level of the Sun.

    goal       [m]      mean altitude
    by         [day]    Modified Julian Day
    means      when burns may be made first, and how
    levels     indices of one future each
    air        that the months are flown through
    band       [m]      how far the craft sinks from one reboost to the next
    horizon    [day]    Modified Julian Day up to which the altitude is looked for without burns

    Raises DomainError for a goal that is not below the present altitude, and for a day that is not after the burns.
    """
    _check(scene, goal, by, means, band)
    flown = [replace(scene, indices=level, air=air, step=LONG_STEP) for level in levels]
    return [_drift(one, goal, by, means, band, horizon) for one in flown]


def _check(scene: Scene, goal: float, by: float, means: Means, band: float) -> None:
    now = float(scene.start.altitude[0])
    if not ENTRY_ALTITUDE < goal < now - band:
        raise DomainError(
            f"drift-down: is out of range: got {goal / 1e3:g} km; expected above {ENTRY_ALTITUDE / 1e3:g} km, and more "
            f"than {band / 1e3:g} km below the present {now / 1e3:.2f} km"
        )
    if not now <= HIGHEST:
        raise DomainError(f"drift-down: the craft is too high: got {now / 1e3:.1f} km; expected {HIGHEST / 1e3:g} km")
    if not by > means.at + 1.0:
        raise DomainError("drift-down: ends less than a day after the first burn could be made; expected a later day")


def _drift(scene: Scene, goal: float, by: float, means: Means, band: float, horizon: float) -> Drift:
    area = np.array([scene.craft.drag_area_m2 / scene.craft.mass_kg])
    free = averaged.fly(
        scene.start, scene.begin, by, scene.air, scene.indices, lambda mjd, orbit: area, step=scene.step
    )
    altitude = float(free.altitude[-1, 0])
    reached = float(falls_back(scene.start, scene.begin, max(horizon, by), goal, scene.air, scene.indices, area)[0])
    if abs(altitude - goal) < CLOSE:
        return Drift(altitude, reached)
    if altitude > goal:
        lowering = lowered(scene, goal, by, means, reached)
        late = float(delta_v_between(np.array([EARTH_RADIUS + altitude]), EARTH_RADIUS + goal)[0])
        return Drift(altitude, reached, None, lowering, late)
    return Drift(altitude, reached, _hold(scene, goal, by, band, area))


def lowered(scene: Scene, goal: float, by: float, means: Means, reached: float) -> float:
    """The change at the time of the burns after which drag brings the craft to the goal on the day [m/s].

    reached   [day]   on which it is there without burns; NaN for much later

    Raises DomainError where the craft is down before the burns.
    """
    span = by - means.at
    latest = by + 0.5 * span + 30.0

    def late(moment: float) -> float:
        return float(np.log(max((latest if np.isnan(moment) else moment) - means.at, 1e-3) / span))

    def after(total: float) -> float:
        return late(float(change_of(scene, total, means, latest, goal).flight.entry[0]))

    before = coasted(scene, means.at)
    most = float(delta_v_between(before.axis, EARTH_RADIUS + goal)[0])
    return _root(after, (0.0, late(reached)), (most, late(means.at)))


def _root(f: Callable[[float], float], one: tuple[float, float], two: tuple[float, float]) -> float:
    """Where a function is zero between two places with values of unlike sign, to PRECISE: the Illinois rule."""
    (a, fa), (b, fb) = one, two
    c = b
    for _ in range(_ROUNDS):
        c = b - fb * (b - a) / (fb - fa)
        fc = f(c)
        if abs(fc) < PRECISE:
            break
        if (fc > 0.0) == (fb > 0.0):
            fa *= 0.5
        else:
            a, fa = b, fb
        b, fb = c, fc
    return c


def _hold(scene: Scene, goal: float, by: float, band: float, area: Floats) -> Hold:
    """The reboosts, the last of them cut so that the craft arrives on the day."""
    top = float(scene.start.altitude[0])

    def load(mjd: float, orbit: Mean) -> Floats:
        return area

    air, sky = scene.air, scene.indices
    kept = averaged.fly(scene.start, scene.begin, by, air, sky, load, control=held(top - band, top))
    days = np.array([burn.mjd for burn in kept.made])
    sizes = np.array([float(np.asarray(burn.delta_v)[0]) for burn in kept.made])
    rows = [int(np.searchsorted(kept.mjd, day, side="right")) - 1 for day in days]
    if not days.size:
        raise DomainError("drift-down: the craft falls too fast to be held; expected a lower goal or a later day")

    def late(number: int, share: float, wait: float = 0.0) -> float:
        """By how much of the time to the day the goal is reached too late, after a share of the last reboost."""
        at, now = kept.rows[rows[number]].copy(), float(days[number])
        whole, lower = at[0], axis_before(at[0], kept.made[number])
        at[0] = lower + share * (whole - lower)
        latest = by + wait * (by - now)
        entry = averaged.fly(Mean(*at), now, latest, air, sky, load, entry=goal, step=scene.step).entry[0]
        return float(((latest if np.isnan(entry) else float(entry)) - by) / (by - now))

    low, high = -1, len(days) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if late(middle, 1.0) < 0.0 else (low, middle)
    ends = [(share, late(high, share, 0.5)) for share in (0.0, 1.0)]
    share = _root(lambda part: late(high, part, 0.5), *ends) if ends[0][1] < 0.0 < ends[1][1] else 1.0
    sizes = sizes[: high + 1].copy()
    sizes[-1] *= share
    return Hold(days[: high + 1], sizes)


def outcomes(
    scene: Scene,
    goal: float,
    by: float,
    means: Means,
    total: float,
    levels: Sequence[Level],
    air: Air[Indices],
    horizon: float,
) -> list[tuple[float, float]]:
    """Altitude on the day [m] and the day on which the goal is reached, by level, after the same burns."""
    found = []
    for level in levels:
        other = replace(scene, indices=level, air=air, step=LONG_STEP)
        plan = change_of(other, total, means, by)
        altitude = float(plan.flight.altitude[-1, 0])
        last = plan.steps[-1]
        row = int(np.searchsorted(plan.flight.mjd, last.end, side="right")) - 1
        orbit, mass = plan.flight.at(row), last.mass_after
        area = np.array([scene.craft.drag_area_m2 / mass])
        reached = falls_back(orbit, float(plan.flight.mjd[row]), max(horizon, by), goal, air, level, area)
        found.append((altitude, float(reached[0])))
    return found
