"""The one door to the library that integrates the full engine's equations: satkit.

The library gets every table from us: Earth orientation, Sun and Moon, flux and ap, in its own file formats, in a
folder that lives as long as the process. It may look nothing up on a network, and what it says it holds is checked.

Assumptions and limits: its tables are one set a process, so flights with different indices take turns. Settings it
reads from the environment are set here before it is first asked for data; a process that has used the library before
with other data is refused. Why this library: docs/design/014-flight-full-engine.md.
"""

from __future__ import annotations

import atexit
import importlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import CupolaError, DomainError
from cupola.flight.full_earth import load_orientation
from cupola.flight.full_ephemeris import ephemeris_file, load_table

Floats = NDArray[np.float64]
Instants = NDArray[np.datetime64]

_EPHEMERIS, _ORIENTATION = "sun_moon.440", "finals2000A.all"
_TOLERANCE = 1e-12
_weather_loaded: list[bytes] = []


@dataclass(frozen=True)
class Forces:
    """Which forces act, and how finely the motion is followed."""

    degree: int = 70
    """degree and order of the gravity field EGM2008, 0 to 70"""
    sun: bool = True
    moon: bool = True
    drag: bool = True
    solar_pressure: bool = True
    """pressure of sunlight, with the Earth's shadow as a cylinder"""
    solid_tides: bool = False
    """the Earth's body tide raised by Sun and Moon, step 1 of the IERS Conventions (2010)"""
    relativity: bool = False
    step_s: float = 12.0
    """step of the multi-step integrator [s]; burns and short arcs take an adaptive one"""

    def __post_init__(self) -> None:
        if not 0 <= self.degree <= 70:
            raise DomainError(f"forces: degree: got {self.degree}; expected 0 to 70.")
        if not 1.0 <= self.step_s <= 120.0:
            raise DomainError(f"forces: step: got {self.step_s:g} s; expected 1 to 120 s.")


class Arc:
    """A piece of flight between two instants, asked for its states."""

    def __init__(self, result: Any) -> None:
        self._result = result

    @property
    def end(self) -> Floats:
        """(6,) position [m] and velocity [m/s] at the end, GCRF."""
        return np.array(self._result.state, dtype=np.float64)

    def at(self, instants: Instants) -> Floats:
        """(6, n) states at instants of UTC within the arc, GCRF, SI."""
        if instants.size == 0:
            return np.empty((6, 0))
        states = np.asarray(self._result.interp(moments(instants)), dtype=np.float64)
        return np.ascontiguousarray(states.reshape(-1, 6).T)


@lru_cache(maxsize=1)
def library() -> Any:
    """The library with our tables in it.

    Raises CupolaError when it is not installed, or was fed by somebody else before.
    """
    try:
        satkit: Any = importlib.import_module("satkit")
    except ImportError as error:
        raise CupolaError(
            "full engine: its library is not installed: got no module satkit; expected satkit 0.24. "
            "Install it with: pip install 'satkit>=0.24.1,<0.25'."
        ) from error
    folder = Path(tempfile.mkdtemp(prefix="cupola-flight-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / _ORIENTATION).write_bytes(load_orientation().text())
    (folder / _EPHEMERIS).write_bytes(ephemeris_file(load_table()))
    os.environ.update(SATKIT_DATA=str(folder), SATKIT_JPLEPHEM_FILE=_EPHEMERIS, SATKIT_OFFLINE="1")
    satkit.utils.set_datadir(str(folder))
    satkit.utils.set_offline(True)
    # What lies beyond a table is refused or allowed by us, in our words.
    satkit.frametransform.disable_eop_time_warning()
    satkit.spaceweather.disable_space_weather_time_warning()
    _check_tables(satkit)
    return satkit


def _check_tables(satkit: Any) -> None:
    """Raise CupolaError unless the library says that it holds the tables it was given."""
    orientation = load_orientation()
    first, observed, _ = satkit.frametransform.eop_coverage()
    found = round(first.to_mjd()), round(observed.to_mjd()), satkit.jplephem.consts("LENUM")
    wanted = orientation.first_mjd, orientation.observed_mjd, float(load_table()["constants"][1])
    if found != wanted:
        raise CupolaError(
            f"full engine: the library holds other tables than ours: got {found}; expected {wanted}. "
            "It was used with other data in this process; fly in a fresh one."
        )


def load_weather(text: bytes) -> None:
    """Give the library the flux and ap of the flight that comes next."""
    if _weather_loaded != [text]:
        library().spaceweather.init_from_bytes(text)
        _weather_loaded[:] = [text]


def moment(instant: np.datetime64) -> Any:
    """The library's instant of a UTC instant; to the microsecond."""
    return moments(np.array([instant]))[0]


def moments(instants: Instants) -> list[Any]:
    """The library's instants of UTC instants (n,)."""
    make, mjd0 = library().time, np.datetime64("1970-01-01", "us")
    days = instants.astype("datetime64[D]")
    parts = (instants.astype("datetime64[us]") - days.astype("datetime64[us]")).astype(np.int64)
    dates = (days - mjd0.astype("datetime64[D]")).astype(np.int64)
    # From the calendar day, for a count of seconds would have to know the leap seconds.
    calendar = [day.timetuple()[:3] for day in days.astype(object)] if dates.size else []
    return [
        make(*date, int(part // 3_600_000_000), int(part // 60_000_000 % 60), part % 60_000_000 / 1e6)
        for date, part in zip(calendar, parts.tolist(), strict=True)
    ]


def seconds_between(first: np.datetime64, last: np.datetime64) -> float:
    """Seconds of atomic time between two UTC instants, leap seconds counted."""
    return float((moment(last) - moment(first)).seconds)


def fly_arc(
    state: Floats,
    begin: np.datetime64,
    end: np.datetime64,
    *,
    forces: Forces,
    drag_per_mass: float,
    solar_per_mass: float,
    thrust: Sequence[float] | None = None,
    steady: bool = True,
) -> Arc:
    """Integrate one arc.

    state                          (6,)     GCRF [m, m/s]
    begin, end                              UTC
    drag_per_mass, solar_per_mass  float    [m2/kg]   C_D A / m, C_R A / m
    thrust                         (3,)     [m/s2]    constant along R, T, N; None for a coasting arc
    steady                                  take the multi-step integrator where the arc is long enough

    Raises CupolaError when the library gives up, or gives no finite state.
    """
    satkit = library()
    span = seconds_between(begin, end)
    multi = steady and thrust is None and span >= 20.0 * forces.step_s
    one, two = moment(begin), moment(end)
    thrusts = [] if thrust is None else [satkit.thrust.constant(list(thrust), one, two, satkit.frame.RTN)]
    body = satkit.satproperties(
        cdaoverm=drag_per_mass if forces.drag else 0.0,
        craoverm=solar_per_mass if forces.solar_pressure else 0.0,
        thrusts=thrusts,
    )
    try:
        result = satkit.propagate(
            np.array(state), one, two, propsettings=_settings(forces, multi=multi), satproperties=body
        )
    except RuntimeError as error:
        reason = str(error).splitlines()[0]
        raise CupolaError(f"full engine: the flight cannot be followed after {begin} UTC: {reason}.") from error
    arc = Arc(result)
    if not np.all(np.isfinite(arc.end)):
        raise CupolaError(f"full engine: the flight after {begin} UTC leads to no finite state. Check its start.")
    return arc


@lru_cache(maxsize=64)
def _settings(forces: Forces, *, multi: bool) -> Any:
    satkit = library()
    integrator = satkit.integrator.gauss_jackson8 if multi else satkit.integrator.rkv98
    return satkit.propsettings(
        integrator=integrator,
        gj_step_seconds=forces.step_s,
        abs_error=_TOLERANCE,
        rel_error=_TOLERANCE,
        gravity_model=satkit.gravmodel.egm2008,
        gravity_degree=forces.degree,
        use_sun_gravity=forces.sun,
        use_moon_gravity=forces.moon,
        use_spaceweather=True,
        tide_model=satkit.tidemodel.solid_step1 if forces.solid_tides else satkit.tidemodel.none,
        use_relativistic_correction=forces.relativity,
    )


def sun_positions(instants: Instants) -> Floats:
    """(3, n) the Sun from the Earth's centre, GCRF [m]."""
    satkit = library()
    found = satkit.jplephem.geocentric_pos(satkit.solarsystem.Sun, moments(instants))
    return np.ascontiguousarray(np.asarray(found, dtype=np.float64).reshape(-1, 3).T)


def terrestrial_axes(instant: np.datetime64) -> Floats:
    """(3, 3) rows: the axes of ITRF in GCRF at a UTC instant; the last is the pole."""
    satkit = library()
    turn = satkit.frametransform.rotation(satkit.frame.GCRF, satkit.frame.ITRF, moment(instant))
    return np.array(turn.to_rotation_matrix(), dtype=np.float64)


def to_gcrf(frame: str, state: Floats, instant: np.datetime64) -> Floats:
    """A state given in EME2000, TEME, ITRF or GCRF at a UTC instant, in GCRF.

    state      (6,)   [m, m/s]; in ITRF the velocity is that against the turning ground
    returns    (6,)

    Raises DomainError for another frame.
    """
    return _transformed(frame, "GCRF", state, instant)


def from_gcrf(frame: str, state: Floats, instant: np.datetime64) -> Floats:
    """A state given in GCRF at a UTC instant, in EME2000, TEME, ITRF or GCRF; see ``to_gcrf``."""
    return _transformed("GCRF", frame, state, instant)


FRAMES = ("GCRF", "EME2000", "TEME", "ITRF")


def _transformed(source: str, target: str, state: Floats, instant: np.datetime64) -> Floats:
    for frame in (source, target):
        if frame not in FRAMES:
            raise DomainError(f"frame: is not known: got {frame[:40]!r}; expected {', '.join(FRAMES)}.")
    satkit = library()
    one, two = getattr(satkit.frame, source), getattr(satkit.frame, target)
    position, velocity = satkit.frametransform.transform_state(one, two, moment(instant), state[:3], state[3:])
    return np.concatenate([np.asarray(position, dtype=np.float64), np.asarray(velocity, dtype=np.float64)])
