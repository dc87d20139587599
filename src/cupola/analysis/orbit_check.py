"""A run's orbit flown again by the full engine: the same masses, areas and burns.

The run keeps its orbit by the averaged engine, in steps of a day. Here a nominal future is taken from its first
midnight on, its mean elements are turned into the state whose mean over a day they are, and that state is flown with
the craft of each day. What is compared is the mean altitude over 22 hours of each day, from two hours after midnight
on, when the pair of burns of that midnight is over.

Assumptions and limits: no pressure of sunlight, for a run knows no area for it; both halves of a pair burn for a
minute, half a turn apart; the Sun is the run's own, with one Ap for all hours after the last observed day. At such a
constant Ap the full engine's air is 1 to 4 % denser (see docs/design/014-flight-full-engine.md), which shows in the
difference. What both flights are given is not tested: mass, area, the Sun, and the elements of the first midnight, to
which the start is settled. It ends before the burns of a controlled end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, STANDARD_GRAVITY
from cupola.base.errors import DomainError
from cupola.base.time import from_mjd, to_mjd
from cupola.physics.orbit import orbital_period
from cupola.programme.programme import Programme
from cupola.simulation.sun import sky_between

if TYPE_CHECKING:
    from cupola.flight.averaged_elements import Mean
    from cupola.flight.full import Flight, State
    from cupola.flight.full_plan import Burn, Change
    from cupola.flight.sky import Sky

Floats = NDArray[np.float64]

BURN_S, IMPULSE_S = 60.0, 1e5
"""Length of half a pair, and a specific impulse so high that the burn leaves the mass as the run tells it"""
EVERY_S = 600.0
AFTER_S = 7_200.0
"""From midnight to the beginning of what is compared of a day"""
LAST_TURN = 10
"""States from which the node at the end is taken"""
_ROUNDS = 2
_DAY_S = 86_400.0


@dataclass(frozen=True)
class OrbitCheck:
    """Both flights beside each other."""

    days: tuple[dt.date, ...]
    run: Floats
    """(days,) [m] mean altitude by the run's averaged engine, at 13:00 UTC"""
    full: Floats
    """(days,) [m] by the full engine"""
    fall: float
    """[m] that drag took in the run over these days"""
    burns: int
    raised: float
    """[m] that burns gave in the run"""
    observed_until: dt.date
    """Last day whose flux and ap were observed"""
    node: float
    """[rad] node of the full engine less that of the run, at the end"""

    @property
    def difference(self) -> Floats:
        """(days,) [m] full less run"""
        return self.full - self.run

    def rows(self) -> list[dict[str, Any]]:
        """One row a day: date, both altitudes [km], and the difference [m]."""
        columns = zip(self.days, self.run / 1e3, self.full / 1e3, self.difference, strict=True)
        names = ("date", "run_km", "full_km", "difference_m")
        return [dict(zip(names, (day, *map(float, rest)), strict=True)) for day, *rest in columns]


def check_orbit(
    programme: Programme, tables: Mapping[str, Mapping[str, Any]], days: int, future: int = 0
) -> OrbitCheck:
    """Fly a future's orbit again over so many days, or as many as it has.

    Raises DomainError where there is nothing to fly, or where the full engine's tables end; CupolaError when its
    library is missing.
    """
    from cupola.flight import full

    table = {name: np.asarray(values)[_of(tables, future)] for name, values in tables["orbit"].items()}
    count = min(_kept(table["burn"]), days + 1)
    if count < 2:
        raise DomainError(f"orbit: the run keeps {count} days of future {future}; expected two or more")
    table = {name: values[:count] for name, values in table.items()}
    first = to_mjd(_date(table["date"][0])) + 1
    sky, outlook = sky_between(programme.as_of, first, first + count)
    start = _state(_mean(table, 0), first, float(table["mass"][1]), float(table["drag_area"][1]), sky)
    burns, changes = _burns(table, first), _changes(table, first)
    flown = full.fly(
        start, _midnight(first + count - 1), indices=sky.full(), burns=burns, changes=changes, every_s=EVERY_S,
        hold_orientation=True,
    )  # fmt: skip
    if flown.reached_floor:
        raise DomainError("orbit: comes down within the days asked for. Ask for fewer.")
    before = _before_burns(table)
    altitude = table["altitude"].astype(np.float64) * 1e3
    part = (AFTER_S + 0.5 * (_DAY_S - AFTER_S)) / _DAY_S
    run = altitude[:-1] + part * (before[1:] - altitude[:-1])
    return OrbitCheck(
        tuple(from_mjd(first + day) for day in range(count - 1)),
        run,
        _daily_means(flown, first, count - 1),
        float(np.sum(altitude[:-1] - before[1:])),
        int(np.count_nonzero(table["burn"][1:-1])),
        float(np.sum((altitude - before)[1:-1])),
        outlook.observed_until,
        _node_of(flown) - float(np.radians(table["node"][-1])),
    )


def _node_of(flown: Flight) -> float:
    """Right ascension of the ascending node at the end of a flight [rad], mean over its last turn."""
    from cupola.flight.settled import means_along

    nodes = means_along(flown.states[:, -LAST_TURN:], flown.instants[-LAST_TURN:]).node
    # The line through a turn, at its end.
    return float(np.polyval(np.polyfit(np.arange(LAST_TURN), np.unwrap(nodes), 1), LAST_TURN - 1))


def _of(tables: Mapping[str, Mapping[str, Any]], future: int) -> NDArray[np.intp]:
    return np.flatnonzero(np.asarray(tables["orbit"]["future"]) == future)


def _kept(burn: NDArray[Any]) -> int:
    """Days before the burns of a controlled end, whose sizes are not those of pairs."""
    ended = np.flatnonzero(~np.isfinite(burn.astype(np.float64)))
    return int(ended[0]) if ended.size else burn.size


def _date(value: Any) -> dt.date:
    found: dt.date = np.datetime64(value, "D").astype(dt.date)
    return found


def _midnight(mjd: int) -> np.datetime64:
    return np.datetime64(from_mjd(mjd), "us")


def _mean(table: Mapping[str, Any], row: int) -> Mean:
    from cupola.flight.averaged_elements import mean

    angles = [float(np.radians(table[name][row])) for name in ("inclination", "node", "argument")]
    axis = EARTH_RADIUS + 1e3 * float(table["altitude"][row])
    return mean(np.array([[axis], [table["ex"][row]], [table["ey"][row]], *([angle] for angle in angles)], dtype=float))


def _state(wanted: Mean, mjd: int, mass: float, area: float, sky: Sky) -> State:
    """The state whose mean over the day after is that of the run."""
    from cupola.flight import full_library as door
    from cupola.flight.averaged_elements import Mean, to_state
    from cupola.flight.full import State
    from cupola.flight.full_plan import Craft
    from cupola.flight.settled import settled

    instant, craft = _midnight(mjd), Craft(mass, area)
    guess = wanted.rows.copy()
    for _ in range(_ROUNDS):
        state = State(instant, door.to_gcrf("TEME", to_state(Mean(*guess))[:, 0], instant), craft)
        missed = wanted.rows - settled(state, sky)[0].rows
        missed[4:] -= 2.0 * np.pi * np.round(missed[4:] / (2.0 * np.pi))
        guess = guess + missed
    return State(instant, door.to_gcrf("TEME", to_state(Mean(*guess))[:, 0], instant), craft)


def _burns(table: Mapping[str, Any], first: int) -> list[Burn]:
    """Each pair as two burns of a minute, half a turn apart; that of the last midnight is left out."""
    from cupola.flight.full_plan import Burn

    found = []
    for row in np.flatnonzero(np.asarray(table["burn"][1:-1], dtype=np.float64)) + 1:
        half, mass = 0.5 * float(table["burn"][row]), float(table["mass"][row + 1])
        speed = IMPULSE_S * STANDARD_GRAVITY
        thrust = mass * -np.expm1(-abs(half) / speed) * speed / BURN_S
        apart = 0.5 * float(orbital_period(1e3 * float(table["altitude"][row])))
        for late in (0.0, apart):
            start = _midnight(first + int(row)) + np.timedelta64(round(late * 1e6), "us")
            found.append(Burn(start, BURN_S, float(thrust), IMPULSE_S, (0.0, float(np.sign(half)), 0.0)))
    return found


def _changes(table: Mapping[str, Any], first: int) -> list[Change]:
    """The craft of each day, where it is not that of the day before; row 1 is the first day that is flown."""
    from cupola.flight.full_plan import Change, Craft

    crafts = list(zip(table["mass"].tolist(), table["drag_area"].tolist(), strict=True))
    return [
        Change(_midnight(first + row - 1), Craft(*crafts[row]))
        for row in range(2, len(crafts))
        if crafts[row] != crafts[row - 1]
    ]


def _before_burns(table: Mapping[str, Any]) -> Floats:
    """Mean altitude at the end of each day before its burns [m]."""
    from cupola.flight.averaged_burns import Burn
    from cupola.flight.averaged_ephemeris import axis_before

    axis = EARTH_RADIUS + 1e3 * np.asarray(table["altitude"], dtype=np.float64)
    return axis_before(axis, Burn(0.0, np.asarray(table["burn"], dtype=np.float64), paired=True)) - EARTH_RADIUS


def _daily_means(flown: Flight, first: int, days: int) -> Floats:
    """Mean altitude of the full flight over the later 22 hours of each day [m]."""
    from cupola.flight.settled import means_along

    after = (flown.instants - _midnight(first)) / np.timedelta64(1, "s")
    height = means_along(flown.states, flown.instants).altitude
    day, second = np.divmod(after, _DAY_S)
    return np.array([float(np.mean(height[(day == one) & (second >= AFTER_S)])) for one in range(days)])


def told(check: OrbitCheck, shown: int = 10) -> list[str]:
    """The comparison in lines of text."""
    places = np.unique(np.linspace(0, len(check.days) - 1, min(shown, len(check.days))).round().astype(int))
    lines = ["date          run, km  full engine, km   difference, m"]
    run, full, off = check.run / 1e3, check.full / 1e3, check.difference
    lines += [f"{check.days[row]}  {run[row]:9.3f}  {full[row]:15.3f}   {off[row]:+13.0f}" for row in places]
    last, most = float(off[-1]), float(np.max(np.abs(off)))
    share = f", {100.0 * last / check.fall:+.1f} % of the fall" if check.fall > 0.0 else ""
    lines.append(
        f"After {len(check.days)} days with {check.burns} burns, which gave {check.raised / 1e3:.1f} km, and a fall of "
        f"{check.fall / 1e3:.1f} km by drag: {last:+.0f} m{share}; {most:.0f} m at most. "
        f"Node {np.degrees(np.angle(np.exp(1j * check.node))):+.3f} deg."
    )
    if check.days[-1] > check.observed_until:
        lines.append(
            f"After {check.observed_until} each day has one Ap, at which the full engine's air is 1 to 4 % denser."
        )
    return lines


def write_check(check: OrbitCheck, folder: Path) -> Path:
    """Write ``orbit-check.csv`` into a run's folder: a line a day."""
    place = folder / "orbit-check.csv"
    lines = ["date,run_km,full_km,difference_m"]
    lines += [
        f"{row['date']},{row['run_km']:.4f},{row['full_km']:.4f},{row['difference_m']:.1f}" for row in check.rows()
    ]
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place
