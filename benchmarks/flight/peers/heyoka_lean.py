"""heyoka's Taylor integrator with J2-J4 and its neural network for NRLMSISE-00: W1 alone, W3 in batches of eight."""

from __future__ import annotations

import numpy as np
from problem import AP, BEGIN, DAYS, FLUX, PER_MASS, axes, end_height, report, start, timed, variations

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS, EARTH_ROTATION, J2, J3, J4, MU_EARTH

BATCH = 8


def equations() -> list:
    """In km and s; parameters: sidereal angle at the start, Cd A/m, flux, Ap."""
    import heyoka as hy

    x, y, z, vx, vy, vz = hy.make_vars("x", "y", "z", "vx", "vy", "vz")
    size = EARTH_RADIUS / 1e3
    far = hy.sqrt(x * x + y * y + z * z)
    # Products, not powers: a power's Taylor series begins with a division by what may be zero.
    s, q = z / far, size / far
    s2, q2 = s * s, q * q
    zonal = J2 * q2 * (1.5 * s2 - 0.5) + J3 * q2 * q * (2.5 * s2 - 1.5) * s
    zonal += J4 * q2 * q2 * (35.0 * s2 * s2 - 30.0 * s2 + 3.0) / 8.0
    potential = -MU_EARTH / 1e9 / far * (1.0 - zonal)
    turn = hy.par[0] + EARTH_ROTATION * hy.time
    cosine, sine = hy.cos(turn), hy.sin(turn)
    fixed = [(cosine * x + sine * y) * 1e3, (cosine * y - sine * x) * 1e3, z * 1e3]
    square = EARTH_FLATTENING * (2.0 - EARTH_FLATTENING)
    height, latitude, longitude = hy.model.cart2geo(fixed, ecc2=square, R_eq=EARTH_RADIUS)
    place = [height / 1e3, latitude, longitude]
    day = hy.time / 86_400.0
    density = hy.model.nrlmsise00_tn(place, hy.par[2], hy.par[2], hy.par[3], day)
    wind = (vx + EARTH_ROTATION * y, vy - EARTH_ROTATION * x, vz)
    pull = -0.5e3 * hy.par[1] * density * hy.sqrt(wind[0] * wind[0] + wind[1] * wind[1] + wind[2] * wind[2])
    slopes = [-hy.diff(potential, part) for part in (x, y, z)]
    rates = [slope + pull * part for slope, part in zip(slopes, wind, strict=True)]
    return [(x, vx), (y, vy), (z, vz), *zip((vx, vy, vz), rates, strict=True)]


def main() -> None:
    import heyoka as hy

    sidereal = float(np.radians(280.46061837 + 360.98564736629 * (BEGIN - 51_544.5)) % (2.0 * np.pi))
    grid = np.arange(DAYS + 1) * 86_400.0
    begin = start() / 1e3
    pars = [sidereal, PER_MASS, FLUX, AP]
    one = hy.taylor_adaptive(equations(), begin, time=0.0, tol=1e-9, pars=pars, compact_mode=True)
    seconds, result = timed(lambda: one.propagate_grid(grid)[-1])
    report("W1", f"heyoka {hy.__version__}, J2-J4, its network", seconds, end_km=end_height(axes(result * 1e3)))
    area, flux = variations(BATCH)
    pars = np.array([np.full(BATCH, sidereal), area, flux, np.full(BATCH, AP)])
    states, times = np.tile(begin[:, None], (1, BATCH)), np.zeros(BATCH)
    many = hy.taylor_adaptive_batch(equations(), states, time=times, tol=1e-9, pars=pars, compact_mode=True)
    seconds, _ = timed(lambda: many.propagate_grid(np.tile(grid[:, None], (1, BATCH))))
    rate = BATCH * DAYS / 365.25 / seconds
    report("W3", f"heyoka {hy.__version__}, batch of {BATCH}", seconds, object_years_per_s=rate)


if __name__ == "__main__":
    main()
