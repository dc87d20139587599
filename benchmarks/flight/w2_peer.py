"""One peer flies workload W2 and prints what it took; run by w2_compare.py with the peer's own interpreter.

W2: 420 t, 51.64 degrees, 410 km, C_D A/m = 2.2 * 1600 / 420000 m2/kg, 15 days from 2025-01-01, EGM2008 70x70, Sun,
Moon, drag by NRLMSISE-00 with flux 150 and ap 15, states every four minutes. nyx and Basilisk are not here: they read
the Earth's rotation, the Sun and the Moon from kernels of NAIF, which their packages do not bring.

    python w2_peer.py PEER OUT.npy [OREKIT_DATA]
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

DAYS, EVERY = 15, 240.0
MOTION = [6_788_137.0, 0.0, 0.0, 0.0, 4_755.604_341_389_018, 6_008.692_045_199_843]
MASS, AREA = 420_000.0, 2.2 * 1_600.0
COUNT = round(DAYS * 86_400 / EVERY)
Fly = Callable[[float], np.ndarray]


def cupola(step: float = 12.0) -> Fly:
    from cupola.flight.full import Craft, Forces, State, fly
    from cupola.flight.full_weather import constant_indices

    start, indices = np.datetime64("2025-01-01", "us"), constant_indices(150.0, 15.0, 60_676.0, 60_692.0)
    state, forces = State(start, np.array(MOTION), Craft(MASS, AREA)), Forces(solar_pressure=False, step_s=step)
    return lambda days: (
        fly(
            state, start + np.timedelta64(round(days * 86_400), "s"), forces=forces, indices=indices, every_s=EVERY
        ).states.T
    )


def satkit(step: float = 60.0) -> Fly:
    """The library alone, in one piece, with its own default step."""
    from cupola.flight.full_library import library, load_weather
    from cupola.flight.full_weather import constant_indices

    sk = library()
    load_weather(constant_indices(150.0, 15.0, 60_676.0, 60_692.0).text(60_676.0, 60_692.0))
    settings = sk.propsettings(
        integrator=sk.integrator.gauss_jackson8,
        gj_step_seconds=step,
        gravity_degree=70,
        tide_model=sk.tidemodel.none,
        use_relativistic_correction=False,
    )
    body, start = sk.satproperties(cdaoverm=AREA / MASS), sk.time(2025, 1, 1)

    def fly(days: float) -> np.ndarray:
        result = sk.propagate(np.array(MOTION), start, duration_days=days, propsettings=settings, satproperties=body)
        count = round(days * 86_400 / EVERY)
        return np.array([*(result.interp(start + sk.duration(seconds=EVERY * k)) for k in range(count)), result.state])

    return fly


def orekit(tolerance: float) -> Fly:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
    import make_flight_references as references

    o = references.Orekit(sys.argv[3])
    references.TOLERANCE, references.MASS = tolerance, MASS

    def fly(days: float) -> np.ndarray:
        case = references.Case("w2", references.MORNING, days, tuple(MOTION), drag_area=AREA)
        return np.array([row[1:] for row in references.fly(o, case, EVERY / 3_600.0)], dtype=np.float64)

    return fly


PEERS: dict[str, Callable[[], Fly]] = {
    "cupola": cupola,
    "cupola-60s": lambda: cupola(60.0),
    "satkit-60s": satkit,
    "orekit-1e-6": lambda: orekit(1e-6),
    "orekit-1e-8": lambda: orekit(1e-8),
}


def main(peer: str, out: str) -> None:
    begin = time.perf_counter()
    fly = PEERS[peer]()
    fly(0.1)
    ready, processor = time.perf_counter(), time.process_time()
    states = fly(DAYS)
    end = time.perf_counter()
    assert states.shape == (COUNT + 1, 6), states.shape
    np.save(out, states)
    seconds = {"setup": ready - begin, "wall": end - ready, "cpu": time.process_time() - processor}
    print(json.dumps({"peer": peer, **{name: round(value, 3) for name, value in seconds.items()}}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
