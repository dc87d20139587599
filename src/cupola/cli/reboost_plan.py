"""What ``cupola reboost`` works out: the burns for the goal, who can make them, and what the Sun may change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cupola.base.errors import DomainError
from cupola.cli.reboost_asked import DRIFT, PASSES, PHASE, TARGET, Order, Ordered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cupola.analysis.pushers import Station
    from cupola.cli.fly_asked import Job
    from cupola.flight.averaged_air import Air, Indices
    from cupola.flight.averaged_elements import Mean
    from cupola.flight.drift_down import Drift
    from cupola.flight.phasing import Meeting
    from cupola.flight.reboost import Engine, Means, Plan, Scene
    from cupola.flight.settled import Orbit
    from cupola.programme.environment import SolarOutlook

NORMAL = 1.645
"""The 95 % quantile of the normal distribution"""
LEVELS = (NORMAL, 0.0, -NORMAL)
"""Of the Sun, as ``reentry.Levels`` takes them: the most active first, so that what comes soonest comes first"""
SHARES = (5, 50, 95)
"""[%] of futures that are down by then"""
HORIZON_YEARS = 10.0


@dataclass(frozen=True)
class Place:
    """A site and the plane of the orbit at the instant."""

    aside: float
    """[m] from the site to the plane, positive to the left of the flight"""
    rising: float
    """[s] until the site comes into the plane northbound; NaN for never"""
    falling: float
    """[s] southbound"""


@dataclass(frozen=True)
class Planned:
    """A plan, with all that is told of it."""

    order: Order
    scene: Scene
    means: Means
    first: Orbit
    sun: SolarOutlook
    last: float
    """[day] Modified Julian Day up to which the Sun's indices were used"""
    plan: Plan | None
    """None where nothing is to be burnt, or where an altitude is held"""
    meeting: Meeting | None = None
    place: Place | None = None
    strays: tuple[float, ...] = ()
    """[m] along the track by level of the Sun"""
    back: tuple[float, ...] = ()
    """Modified Julian Day on which the raise is lost again, by level; NaN for later than HORIZON_YEARS"""
    drifts: tuple[Drift, ...] = ()
    outcomes: tuple[tuple[float, float], ...] = ()
    """With the middle level's burns, by level: altitude on the day [m], and the day on which it is reached"""

    @property
    def size(self) -> float:
        """[m/s] that is to be given at a time, without sign: all burns, or the largest reboost of a hold."""
        if self.drifts and self.drifts[1].hold is not None:
            return float(self.drifts[1].hold.delta_v.max())
        return 0.0 if self.plan is None else abs(self.plan.total)

    @property
    def hold_takes(self) -> tuple[float | None, float | None]:
        """Propellant [kg] and burn time [s] of the middle level's reboosts; None where the engine does not tell."""
        from cupola.physics.reboost import burn_duration, propellant_for

        engine = next(iter(self.means.engines), None)
        hold = self.drifts[1].hold if self.drifts else None
        if hold is None or engine is None or engine.specific_impulse is None:
            return None, None
        mass = self.order.craft.mass_kg
        burnt = float(sum(propellant_for(float(size), mass, engine.specific_impulse) for size in hold.delta_v))
        thrust = engine.thrust
        time = None if thrust is None else float(burn_duration(burnt, thrust, engine.specific_impulse))
        return burnt * (1.0 + engine.steering), time


def station_orbit(station: Station) -> Mean:
    """Mean elements (1,) of a station of which only altitude and plane are known: the frozen orbit, at its node."""
    import numpy as np

    from cupola.flight.averaged_rates import frozen_orbit

    return frozen_orbit(np.array([station.altitude]), station.inclination, station.node)


def planned(order: Order) -> Planned:
    """Work the goal out. Raises ScenarioError or DomainError for what cannot be reached or flown."""
    from cupola.base.instants import DAY_S, NS
    from cupola.cli.fly_told import sky_of
    from cupola.flight.averaged_history import EvaluatedHistory
    from cupola.flight.full import State
    from cupola.flight.reboost import Means, Scene
    from cupola.flight.settled import mean_orbit, settled
    from cupola.flight.utc import day_of, to_calendar

    job = _job(order)
    asked = Ordered()
    try:
        sky, sun = sky_of(job)
    except DomainError as error:
        asked.refused("dates", error)
        asked.stop()
        raise
    moment = to_calendar(order.start.instant)
    if order.station is not None and order.start.origin.startswith("mean orbit"):
        mean, found = station_orbit(order.station), f"mean, {order.station.known}"
    else:
        mean, found = settled(State(moment, order.start.motion, order.craft), sky)
    begin = day_of(moment)
    scene = Scene(mean, found, begin, order.craft, sky.averaged, EvaluatedHistory(sky.full(), sky.observed_mjd))
    count = order.count or (1 if order.goal.kind in (PHASE, PASSES) else 2)
    at = begin + (order.at - order.start.instant) / (NS * DAY_S)
    means = Means(at, _engines(order, 0.0), count, order.largest)
    empty = Planned(order, scene, means, mean_orbit(mean, found), sun, at, None)
    goal = {TARGET: _target, PHASE: _meeting, PASSES: _meeting, DRIFT: _drift}[order.goal.kind]
    made = goal(empty)
    if order.station is not None and order.goal.kind != DRIFT:
        # Who pushes hangs on how much is to be given, and that, a little, on who pushes.
        made = goal(replace(empty, means=replace(means, engines=_engines(order, made.size))))
    return _sunk_back(made) if order.goal.kind == TARGET else made


def _job(order: Order) -> Job:
    """The flight, as ``fly_told.sky_of`` asks for it, as long as anything is looked at."""
    from cupola.base.instants import DAY_S, NS
    from cupola.cli.fly_asked import Job
    from cupola.flight.utc import to_calendar

    last = max(order.at, order.goal.when)
    if order.goal.kind in (TARGET, DRIFT) and order.craft.drag_area_m2 > 0.0:
        last += round(365.25 * HORIZON_YEARS * DAY_S * NS)
    until = to_calendar(last + round(DAY_S * NS))
    return Job(order.start, order.craft, until, "averaged", (), 0.0, order.as_of, (), order.known)


def _engines(order: Order, size: float) -> tuple[Engine, ...]:
    from cupola.flight.reboost import Engine

    if order.station is None:
        return (Engine("", order.isp, order.thrust),)
    from cupola.analysis.pushers import engines

    return engines(order.station, size, order.port)


def _all_levels(made: Planned, *values: float) -> Callable[[int], Indices]:
    """The Sun at 95, 50 and 5 % of its forecast, or at other levels, for as many futures."""
    import numpy as np

    from cupola.base.time import to_mjd
    from cupola.flight.reentry import Levels
    from cupola.physics.solar_sampler import Steady

    sun = made.sun
    f107, f107a, ap = (np.array(rows) for rows in (sun.f107, sun.f107a, sun.ap))
    levels = Levels(to_mjd(sun.first), f107, f107a, ap, to_mjd(sun.issued), not sun.from_cycles)
    return levels.by_day(Steady(np.array(values or LEVELS)))


def _levels(made: Planned) -> list[Callable[[int], Indices]]:
    """The same for one future each."""
    return [_all_levels(made, value) for value in LEVELS]


def _air(made: Planned) -> Air[Indices]:
    from cupola.cli.output import log
    from cupola.flight.reentry import air_for

    return air_for(made.scene.start, log)


def _when(made: Planned) -> float:
    """The goal's time [day]."""
    from cupola.base.instants import DAY_S, NS

    order = made.order
    return made.scene.begin + (order.goal.when - order.start.instant) / (NS * DAY_S)


def _target(made: Planned) -> Planned:
    from cupola.flight.reboost import to_altitude

    plan = to_altitude(made.scene, made.order.goal.altitude, made.means)
    return replace(made, plan=plan, last=float(plan.flight.mjd[-1]))


def _sunk_back(made: Planned) -> Planned:
    """With the days on which a raise is lost again."""
    import numpy as np

    from cupola.flight.reboost import falls_back

    plan = made.plan
    if plan is None or not (plan.total > 0.0 and plan.steps and made.scene.craft.drag_area_m2 > 0.0):
        return made
    last = float(plan.flight.mjd[-1])
    floor, until = plan.steps[0].before.altitude, last + 365.25 * HORIZON_YEARS
    area = np.full(len(LEVELS), made.scene.craft.drag_area_m2 / plan.steps[-1].mass_after)
    back = falls_back(plan.flight.at(-1), last, until, floor, _air(made), _all_levels(made), area)
    return replace(made, back=tuple(back.tolist()), last=float(np.nan_to_num(back.max(), nan=until)))


def _meeting(made: Planned) -> Planned:
    import numpy as np

    from cupola.flight.averaged_elements import to_state
    from cupola.flight.phasing import aside, at_angle, meet, over, plane_meets, strays

    arrive, goal = _when(made), made.order.goal
    place = None
    if goal.kind == PHASE:
        aim = at_angle(goal.angle)
    else:
        site = _site(goal.site, made)
        aim = over(site)
    found = meet(made.scene, aim, made.means, arrive)
    if goal.kind == PASSES:
        state = to_state(found.chosen.orbit)[:, 0]
        place = Place(aside(state, site), *plane_meets(state, site))
    wide: tuple[float, ...] = ()
    if made.scene.craft.drag_area_m2 > 0.0:
        axis = float(found.chosen.orbit.axis[0])
        wide = tuple(
            axis * value for value in strays(made.scene, found.chosen, made.means, arrive, _air(made), _levels(made))
        )
    return replace(made, plan=found.chosen.plan, meeting=found, place=place, strays=wide, last=float(np.ceil(arrive)))


def _site(coordinates: tuple[float, float], made: Planned) -> NDArray[np.float64]:
    """Position of the site at the instant, true equator axes [m]."""
    import numpy as np

    from cupola.flight import full_library as door
    from cupola.flight.phasing import site_at
    from cupola.flight.utc import to_calendar

    moment = to_calendar(made.order.goal.when)
    still = np.concatenate([site_at(*coordinates), np.zeros(3)])
    place: NDArray[np.float64] = door.from_gcrf("TEME", door.to_gcrf("ITRF", still, moment), moment)[:3]
    return place


def _drift(made: Planned) -> Planned:
    import numpy as np

    from cupola.flight.drift_down import drift_down, outcomes
    from cupola.flight.reboost import LONG_STEP, change_of

    by, goal = _when(made), made.order.goal.altitude
    horizon, air, levels = by + 365.25 * HORIZON_YEARS, _air(made), _levels(made)

    def drifts_of(means: Means, rows: list[Callable[[int], Indices]]) -> tuple[Drift, ...]:
        return tuple(drift_down(made.scene, goal, by, means, rows, air, made.order.band, horizon))

    # Who pushes hangs on what the middle takes, and what each level takes, a little, on who pushes.
    found = replace(made, drifts=drifts_of(made.means, levels[1:2]) * len(levels))
    middle = found.drifts[1]
    means = replace(made.means, engines=_engines(made.order, abs(middle.lowering) or found.size))
    if middle.lowering and means != made.means:
        drifts = drifts_of(means, levels)
    else:
        first, last = drifts_of(means, levels[::2])
        drifts = (first, middle, last)
    until = float(np.nan_to_num(max(max(one.reached for one in drifts), by), nan=horizon))
    found = replace(found, drifts=drifts, last=until, means=means)
    total = drifts[1].lowering
    if not total:
        return found
    scene = replace(made.scene, air=air, indices=levels[1], step=LONG_STEP)
    results = outcomes(made.scene, goal, by, means, total, levels, air, horizon)
    return replace(found, plan=change_of(scene, total, means, by), outcomes=tuple(results))
