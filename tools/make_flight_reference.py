"""Fly the reference cases of the averaged engine turn by turn under J2 to J4 and drag, and write what came out.

    python tools/make_flight_reference.py [OUT] [--tolerance 1e-10] [--only SET]

Writes ``flight_reference.csv`` to OUT (default ``tests/validation/data``). Needs scipy, which Cupola does without.

The equations of motion are integrated in Cartesian coordinates with DOP853 (Hairer, Norsett, Wanner) at a relative
tolerance of 1e-10: zonal gravity J2 to J4, drag in air that turns with the Earth, NRLMSISE-00 at the geodetic point
and the time of day of each call, constant F10.7 and Ap. Nothing else acts: no tesseral gravity, Sun, Moon, sunlight or
tides, which change a fall little, as flights of the full engine show (``tools/make_long_flights.py``). All cases of a
set are integrated side by side, which changes nothing but the time that it takes. A case ends after a year, or when it
has sunk by 100 km or to 250 km; those of the set ``entry`` go on to 120 km.

Sets: ``choose`` is for choosing the number of points and the steps of the averaged engine; ``test`` is for testing it,
its first case being the year of docs/benchmarks.md; ``entry`` tests the end. The cases are drawn with a fixed seed.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pymsis
from scipy.integrate import solve_ivp

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS, EARTH_ROTATION, J2, MU_EARTH

HOME = Path(__file__).resolve().parent.parent / "tests" / "validation" / "data"
J3, J4 = -2.5324105e-6, -1.6198976e-6
"""EGM2008, -sqrt(2 n + 1) times the normalised C30 and C40."""
DAY, TURN = 86_400.0, 2.0 * np.pi
CHUNK = 4.0
"""Days between two looks at which cases are over."""
AROUND = 33
"""Samples over one orbit, whose mean is the axis at a time."""
HEAD = "set,case,mjd,inclination_deg,node_deg,latitude_argument_deg,altitude_m,speed_factor,drag_m2_kg,f107,ap"
COLUMNS = [*HEAD.split(","), "day", "energy_axis_m", "node_end_deg"]


@dataclass(frozen=True)
class Case:
    """The start and the air of one flight."""

    group: str
    name: str
    mjd: float
    inclination: float
    node: float
    latitude_argument: float
    altitude: float
    speed_factor: float
    drag: float
    f107: float
    ap: float

    def cells(self) -> list[str]:
        """The columns that all rows of the case share."""
        angles = [f"{v:.4f}" for v in (self.inclination, self.node, self.latitude_argument)]
        rest = [
            f"{self.altitude:.1f}",
            f"{self.speed_factor:.7f}",
            f"{self.drag:.9f}",
            f"{self.f107:.2f}",
            f"{self.ap:.2f}",
        ]
        return [self.group, self.name, f"{self.mjd:.1f}", *angles, *rest]

    def state(self) -> np.ndarray:
        """Position [m] and velocity [m/s] in true equator axes, at right angles, and about as fast as on a circle."""
        i, node, u = np.radians([self.inclination, self.node, self.latitude_argument])
        radius = EARTH_RADIUS + self.altitude
        speed = np.sqrt(MU_EARTH / radius) * self.speed_factor
        x = np.array([np.cos(node), np.sin(node), 0.0])
        y = np.array([-np.sin(node) * np.cos(i), np.cos(node) * np.cos(i), np.sin(i)])
        out, along = np.cos(u) * x + np.sin(u) * y, np.cos(u) * y - np.sin(u) * x
        return np.concatenate([radius * out, speed * along])


def cases() -> list[Case]:
    """All cases: inclinations and fluxes are laid out evenly, the rest is drawn."""
    random = np.random.default_rng(20_260_101)
    first = Case("test", "W1", 60_676.0, 51.64, 0.0, 0.0, 410e3, 1.0, 2.2 * 1600.0 / 420e3, 150.0, 15.0)
    found = [first]
    for group, inclinations, low, high in (
        ("choose", (28.5, 41.5, 51.64, 51.64, 65.0, 82.0, 96.8, 97.0), 330e3, 450e3),
        ("test", (28.5, 41.5, 50.0, 51.64, 51.64, 96.8, 63.0, 75.0, 90.0) * 3, 330e3, 450e3),
        ("entry", (41.5, 51.64, 51.64, 96.8), 200e3, 260e3),
    ):
        count = len(inclinations)
        heights = low + (high - low) * (random.permutation(count) + 0.5) / count
        fluxes = 70.0 + 150.0 * (random.permutation(count) + 0.5) / count
        for row, inclination in enumerate(inclinations):
            angles = random.uniform(0.0, 360.0, 2)
            day = float(random.integers(51_544, 62_502))
            factor = 1.0 + random.uniform(-4e-4, 4e-4)
            drag, ap = random.uniform(0.004, 0.010), random.uniform(4.0, 40.0)
            name = f"{group}-{row + 1:02d}"
            values = [round(float(v), d) for v, d in zip([*angles, heights[row], factor], (4, 4, 1, 7), strict=True)]
            air = [round(float(v), d) for v, d in zip([drag, fluxes[row], ap], (9, 2, 2), strict=True)]
            found.append(Case(group, name, day, inclination, *values, *air))
    return found


def sidereal_angle(mjd: np.ndarray) -> np.ndarray:
    """Greenwich mean sidereal time [rad], linear part of the IAU 1982 expression."""
    return np.radians(280.46061837 + 360.98564736629 * (mjd - 51_544.5))


def energy_axis(state: np.ndarray) -> np.ndarray:
    """-mu / 2E with the zonal potential in the energy, which only drag changes; ``state`` is (6, ...)."""
    x, y, z, vx, vy, vz = state
    r = np.sqrt(x * x + y * y + z * z)
    s, q = z / r, EARTH_RADIUS / r
    s2 = s * s
    zonal = J2 * q**2 * (1.5 * s2 - 0.5) + J3 * q**3 * (2.5 * s2 - 1.5) * s
    zonal += J4 * q**4 * (35.0 * s2 * s2 - 30.0 * s2 + 3.0) / 8.0
    return -MU_EARTH / (vx * vx + vy * vy + vz * vz - 2.0 * MU_EARTH / r * (1.0 - zonal))


def force(flown: list[Case]) -> Callable[[float, np.ndarray], np.ndarray]:
    """The right-hand side for cases side by side, in days and with lengths and speeds scaled alike."""
    start = np.array([case.mjd for case in flown])
    drag, flux, ap = (np.array([getattr(case, key) for case in flown]) for key in ("drag", "f107", "ap"))
    indices = np.repeat(ap[:, None], 7, axis=1)
    e2 = EARTH_FLATTENING * (2.0 - EARTH_FLATTENING)
    zero = np.datetime64("1858-11-17", "ms")

    def rate(seconds: float, flat: np.ndarray) -> np.ndarray:
        x, y, z, vx, vy, vz = flat.reshape(6, -1)
        r2 = x * x + y * y + z * z
        r = np.sqrt(r2)
        s, q = z / r, EARTH_RADIUS / r
        s2 = s * s
        j2, j3, j4 = 1.5 * J2 * q * q, 2.5 * J3 * q**3, 0.625 * J4 * q**4
        k = -MU_EARTH / (r2 * r)
        flatwise = 1.0 + j2 * (1.0 - 5.0 * s2) + j3 * (3.0 - 7.0 * s2) * s + j4 * (42.0 * s2 - 3.0 - 63.0 * s2 * s2)
        upward = s * (1.0 + j2 * (3.0 - 5.0 * s2) + j4 * (70.0 * s2 - 15.0 - 63.0 * s2 * s2))
        upward += j3 * (6.0 * s2 - 7.0 * s2 * s2 - 0.6)
        across = np.hypot(x, y)
        latitude = np.arctan2(z, across * (1.0 - e2))
        for _ in range(4):
            sine = np.sin(latitude)
            normal = EARTH_RADIUS / np.sqrt(1.0 - e2 * sine * sine)
            latitude = np.arctan2(z + e2 * normal * sine, across)
        sine, cosine = np.sin(latitude), np.cos(latitude)
        height = across * cosine + z * sine - EARTH_RADIUS * np.sqrt(1.0 - e2 * sine * sine)
        mjd = start + seconds / DAY
        longitude = (np.degrees(np.arctan2(y, x) - sidereal_angle(mjd)) + 180.0) % 360.0 - 180.0
        dates = zero + (mjd * 86_400e3).astype("timedelta64[ms]")
        air = pymsis.calculate(dates, longitude, np.degrees(latitude), height / 1e3, flux, flux, indices, version=0)
        density = air.reshape(-1, air.shape[-1])[:, 0].astype(np.float64)
        wx, wy = vx + EARTH_ROTATION * y, vy - EARTH_ROTATION * x
        c = -0.5 * drag * density * np.sqrt(wx * wx + wy * wy + vz * vz)
        acceleration = (k * x * flatwise + c * wx, k * y * flatwise + c * wy, k * r * upward + c * vz)
        return np.concatenate([vx, vy, vz, *acceleration])

    return rate


def fly(flown: list[Case], tolerance: float) -> list[list[str]]:
    """All rows of the cases of a set."""
    entry = flown[0].group == "entry"
    alive, flat = list(flown), np.array([case.state() for case in flown]).T
    first = {case.name: float(axis) for case, axis in zip(flown, energy_axis(flat), strict=True)}
    rows = [[*case.cells(), "0.000000", f"{first[case.name]:.2f}", f"{case.node:.4f}"] for case in flown]
    now, last = 0.0, 365.0
    chunk = 0.25 if entry else CHUNK
    while alive and now < last:
        axis = energy_axis(flat)
        half = 0.5 * TURN * np.sqrt(axis.max() ** 3 / MU_EARTH)
        if entry and axis.min() < EARTH_RADIUS + 210e3:
            chunk = 0.08
        end = min(now + chunk, last)
        # The look at the end of a chunk takes half an orbit more; the next chunk starts at its end.
        grid = end * DAY + np.linspace(-half, half, AROUND)
        solved = solve_ivp(
            force(alive),
            (now * DAY, grid[-1]),
            flat.ravel(),
            method="DOP853",
            rtol=tolerance,
            atol=np.repeat([1e-3, 1e-6], 3 * len(alive)),
            t_eval=grid,
        )
        if not solved.success:
            raise SystemExit(solved.message)
        states = solved.y.reshape(6, len(alive), AROUND)
        axes = energy_axis(states)
        weights = np.full(AROUND, 1.0 / (AROUND - 1))
        weights[[0, -1]] *= 0.5
        mean = (axes * weights).sum(axis=1)
        now, flat = grid[-1] / DAY, states[:, :, -1]
        momentum = np.cross(states[:3, :, AROUND // 2].T, states[3:, :, AROUND // 2].T)
        nodes = np.degrees(np.arctan2(momentum[:, 0], -momentum[:, 1])) % 360.0
        keep = []
        for lane, case in enumerate(alive):
            rows.append([*case.cells(), f"{end:.6f}", f"{mean[lane]:.2f}", f"{nodes[lane]:.4f}"])
            height, sunk = mean[lane] - EARTH_RADIUS, first[case.name] - mean[lane]
            keep.append(height > 150e3 if entry else sunk < 100e3 and height > 250e3)
        print(f"day {end:.2f}: {len(alive)} cases, {solved.nfev} calls", file=sys.stderr, flush=True)
        if entry:
            for lane, case in enumerate(alive):
                if not keep[lane]:
                    rows.append(_entry(case, now, flat[:, lane], tolerance))
        alive = [case for case, kept in zip(alive, keep, strict=True) if kept]
        flat = np.ascontiguousarray(flat[:, np.array(keep)])
        now = float(now)
    return rows


def _entry(case: Case, now: float, state: np.ndarray, tolerance: float) -> list[str]:
    """The row of the moment at which the energy's axis falls through 120 km."""

    def low(_: float, flat: np.ndarray) -> float:
        return float(energy_axis(flat) - EARTH_RADIUS - 120e3)

    low.terminal = True  # type: ignore[attr-defined]
    solved = solve_ivp(
        force([case]), (now * DAY, (now + 2.0) * DAY), state, "DOP853", events=low, rtol=tolerance, atol=1e-4
    )
    day = solved.t_events[0][0] / DAY
    return [*case.cells(), f"{day:.6f}", f"{EARTH_RADIUS + 120e3:.2f}", "nan"]


def thinned(rows: list[list[str]]) -> list[list[str]]:
    """Of each case the start, the end, and what lies about a quarter, a half and three quarters of the way."""
    kept = []
    for name in dict.fromkeys(row[1] for row in rows):
        flown = sorted((row for row in rows if row[1] == name), key=lambda row: float(row[11]))
        kept += [flown[place] for place in sorted({round(part * (len(flown) - 1) / 4) for part in range(5)})]
    return kept


def main(arguments: list[str] | None = None) -> None:
    """Fly and write."""
    parser = argparse.ArgumentParser(description="Fly the reference cases of the averaged engine.")
    parser.add_argument("out", nargs="?", type=Path, default=HOME)
    parser.add_argument("--tolerance", type=float, default=1e-10)
    parser.add_argument(
        "--only", choices=("choose", "test", "entry"), help="fly one set and keep the others as written"
    )
    asked = parser.parse_args(arguments)
    began, rows = time.monotonic(), []
    path = asked.out / "flight_reference.csv"
    if asked.only and path.exists():
        with path.open(newline="", encoding="utf-8") as file:
            rows = [row for row in csv.reader(file) if row[0] not in (asked.only, "set") and not row[0].startswith("#")]
    for group in ("choose", "entry", "test"):
        flown = [case for case in cases() if case.group == group and asked.only in (None, group)]
        if flown:
            rows += thinned(fly(flown, asked.tolerance))
    rows.sort(key=lambda row: (row[0], row[1] != "W1", row[1], float(row[11])))
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write("# Made by tools/make_flight_reference.py: DOP853 at a relative tolerance of ")
        file.write(f"{asked.tolerance:g}, J2-J4, drag with NRLMSISE-00 by pymsis {pymsis.__version__}.\n")
        file.write(
            "# energy_axis_m is -mu/2E with J2-J4 in E, the mean over the orbit around the day (day 0: at the start).\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{len(rows)} rows, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
