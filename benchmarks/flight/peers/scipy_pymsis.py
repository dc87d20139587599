"""scipy's DOP853 at 1e-9 with pymsis called point by point: W1."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from problem import AP, BEGIN, DAYS, FLUX, HEIGHT, PER_MASS, axes, end_height, report, timed

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))


def main() -> None:
    from scipy.integrate import solve_ivp

    from make_flight_reference import Case, force

    case = Case("test", "W1", BEGIN, 51.64, 0.0, 0.0, HEIGHT, 1.0, PER_MASS, FLUX, AP)
    grid = np.arange(DAYS + 1) * 86_400.0
    options = {"method": "DOP853", "rtol": 1e-9, "atol": np.repeat([1e-3, 1e-6], 3), "t_eval": grid}
    seconds, solved = timed(lambda: solve_ivp(force([case]), (0.0, grid[-1]), case.state(), **options))
    report("W1", "scipy DOP853 and pymsis (NRLMSISE-00)", seconds, end_km=end_height(axes(solved.y.T)))


if __name__ == "__main__":
    main()
