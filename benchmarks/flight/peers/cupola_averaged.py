"""Cupola's averaged engine: W1 from the model and from the table, W3, TEN."""

from __future__ import annotations

import importlib.util

import numpy as np
from problem import AP, BEGIN, DAYS, FLUX, INCLINATION, PER_MASS, end_height, report, start, timed, variations, weather

from cupola.base.constants import MU_EARTH
from cupola.flight.averaged import Flight, fly
from cupola.flight.averaged_air import Air, Indices
from cupola.flight.averaged_burns import held
from cupola.flight.averaged_compiled import Compiled
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import Mean, energy, from_state
from cupola.flight.averaged_table import Tabulated

STEADY = Indices(np.array(FLUX), np.array(FLUX), np.array(AP))


def year(air: Air, days: int = DAYS, step: float = 1.0) -> Flight:
    begin = from_state(start()[:, None])
    area = np.array([PER_MASS])
    return fly(begin, BEGIN, BEGIN + days, air, lambda day: STEADY, lambda mjd, orbit: area, step=step)


def w1(name: str, air: Air, step: float = 1.0) -> None:
    year(air, 20, step)
    seconds, flight = timed(lambda: year(air, step=step))
    axis = -0.5 * MU_EARTH / energy(flight.rows[:, 0, 0], flight.rows[:, 3, 0])
    report("W1", name, seconds, end_km=end_height(axis) if step == 1.0 else float(axis[-1] - 6_378_137.0) / 1e3)


def w3(name: str, air: Air, width: int, step: float) -> None:
    area, flux = variations(width)
    indices = Indices(flux, flux, np.array(AP))
    begin = Mean(*np.repeat(from_state(start()[:, None]).rows, width, axis=1))

    def work(days: int) -> Flight:
        return fly(begin, BEGIN, BEGIN + days, air, lambda day: indices, lambda mjd, orbit: area, step=step)

    work(8)
    seconds, _ = timed(lambda: work(DAYS))
    report("W3", f"{name}, width {width}", seconds, object_years_per_s=width * DAYS / 365.25 / seconds)


def ten(name: str, air: Air, step: float) -> None:
    flux, ap = weather()
    days = [Indices(np.array(f), np.array(f), np.array(a)) for f, a in zip(flux, ap, strict=True)]
    begin = from_state(start()[:, None])
    area = np.array([0.0075])

    def work(count: int) -> Flight:
        by_day = lambda day: days[day - int(BEGIN)]  # noqa: E731
        end = BEGIN + count
        return fly(begin, BEGIN, end, air, by_day, lambda mjd, orbit: area, step=step, control=held(412e3, 416e3))

    work(8)
    seconds, flight = timed(lambda: work(3_652))
    report("TEN", name, seconds, burns=len(flight.made))


def main() -> None:
    w1("Cupola averaged, NRLMSISE-00", Evaluated())
    w1("Cupola averaged, MSIS 2.1 (another density)", Evaluated("2.1"))
    table = Tabulated(INCLINATION)
    w1("Cupola averaged, table", table)
    for step in (2.0, 4.0):
        w3(f"Cupola averaged, table, arrays, {step:.0f} d", table, 1_000, step)
        ten(f"Cupola averaged, table, arrays, {step:.0f} d", Tabulated(INCLINATION), step)
    if importlib.util.find_spec("numba") is None:
        report("W3", "Cupola averaged, table, compiled", float("nan"), missing="numba is not installed")
        return
    compiled = Compiled(INCLINATION)
    for step in (1.0, 2.0, 4.0):
        for width in (1_000, 10_000):
            w3(f"Cupola averaged, table, compiled, {step:.0f} d", compiled, width, step)
        ten(f"Cupola averaged, table, compiled, {step:.0f} d", Compiled(INCLINATION), step)


if __name__ == "__main__":
    main()
