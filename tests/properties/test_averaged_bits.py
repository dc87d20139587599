"""A future of the averaged engine is the same to the last bit at any width, in any subset, with any neighbours."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.flight.averaged import Flight, fly
from cupola.flight.averaged_air import Air, Indices
from cupola.flight.averaged_burns import Burn, held
from cupola.flight.averaged_compiled import Compiled
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import from_state, mean, to_state
from cupola.flight.averaged_table import Tabulated

TILT = float(np.radians(51.64))
WIDTH = 1_000
HAS_NUMBA = importlib.util.find_spec("numba") is not None
SUBSETS = {
    "1": [500],
    "2": [999, 1],
    "3": [6, 7, 8],
    "64": list(range(300, 364)),
    "random": np.random.default_rng(9).permutation(WIDTH)[:217].tolist(),
}
AIRS: dict[str, Callable[[], Air]] = {
    "model": lambda: Evaluated(points=8),
    "table": lambda: Tabulated(TILT),
    "compiled": lambda: Compiled(TILT, HAS_NUMBA),
}


def flown(air: Air, chosen: list[int], days: float) -> Flight:
    """Futures that differ in all: height, shape, tilt, flux, Ap, area, burns and control; some come down."""
    random = np.random.default_rng(8)
    heights = random.choice([140e3, 170e3, 220e3, 350e3, 420e3, 530e3], WIDTH) + random.uniform(0.0, 5e3, WIDTH)
    rows = np.stack(
        [
            EARTH_RADIUS + heights,
            random.normal(0.0, 1e-3, WIDTH),
            random.normal(0.0, 1e-3, WIDTH),
            TILT + random.normal(0.0, 1e-3, WIDTH),
            random.uniform(0.0, 6.28, WIDTH),
            random.uniform(0.0, 6.28, WIDTH),
        ]
    )
    flux, mean_flux, ap = (random.uniform(*span, WIDTH)[chosen] for span in ((60, 300), (60, 300), (0, 100)))
    area, change = random.uniform(0.003, 0.012, WIDTH)[chosen], random.uniform(0.0, 3.0, WIDTH)[chosen]
    lowest = random.uniform(300e3, 425e3, WIDTH)[chosen]
    indices = Indices(flux, mean_flux, ap)
    start = from_state(to_state(mean(rows[:, chosen])))
    return fly(
        start,
        60_676.4,
        60_676.4 + days,
        air,
        lambda day: indices,
        lambda mjd, orbit: area,
        burns=[Burn(60_677.7, change, 500.0)],
        control=held(lowest, lowest + 4e3),
    )


@pytest.mark.parametrize("name", [pytest.param("model", marks=pytest.mark.slow), "table", "compiled"])
def test_a_future_is_the_same_in_any_company(name: str) -> None:
    days = 3.0 if name == "model" else (6.0 if name == "table" or HAS_NUMBA else 1.6)
    air = AIRS[name]()
    wide = flown(air, list(range(WIDTH)), days)
    assert 50 < np.count_nonzero(np.isfinite(wide.entry)) < WIDTH - 50
    for chosen in SUBSETS.values():
        few = flown(AIRS[name](), chosen, days)
        assert few.rows.tobytes() == np.ascontiguousarray(wide.rows[:, :, chosen]).tobytes()
        assert few.entry.tobytes() == wide.entry[chosen].tobytes()
