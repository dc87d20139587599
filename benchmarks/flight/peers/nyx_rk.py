"""nyx's Runge-Kutta 8(9) turn by turn, J2-J4, NRLMSISE-00 on constant indices, the poles of the IAU: W1.

nyx is under the AGPL: it is measured here in a process of its own, and nothing of it is a part of Cupola.
"""

from __future__ import annotations

import importlib.metadata
import math
import struct
import tempfile
from pathlib import Path

import numpy as np
from problem import AP, AREA, CD, DAYS, EPOCH, FLUX, MASS, axes, end_height, report, start, timed

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS, J2, J3, J4, MU_EARTH

# Pole and prime meridian: Seidelmann et al., Celest. Mech. Dyn. Astr. 98 (2007), 155-180, table 1.
PLANET = f"""KPL/PCK
\\begindata
BODY3_NUT_PREC_ANGLES = ( 0. 0. )
BODY399_POLE_RA = ( 0. -0.641 0. )
BODY399_POLE_DEC = ( 90. -0.557 0. )
BODY399_PM = ( 190.147 360.9856235 0. )
BODY399_RADII = ( {EARTH_RADIUS / 1e3!r} {EARTH_RADIUS / 1e3!r} {EARTH_RADIUS * (1.0 - EARTH_FLATTENING) / 1e3!r} )
\\begintext
"""
MASSES = f"""KPL/PCK
\\begindata
BODY3_GM = ( {MU_EARTH / 1e9!r} )
BODY399_GM = ( {MU_EARTH / 1e9!r} )
\\begintext
"""
DECADES = 2e9
"""Half the span of the ephemeris about the year 2000 [s]."""
KP = 3.0
"""Of Ap 15. Source: Bartels's table, general knowledge."""


def planet(folder: Path) -> object:
    """What the program knows of the Earth."""
    from nyx_space.anise import Almanac
    from nyx_space.anise.utils import convert_tpc

    shape, mass, made = folder / "earth.tpc", folder / "gm.tpc", folder / "earth.pca"
    shape.write_text(PLANET)
    mass.write_text(MASSES)
    convert_tpc(str(shape), str(mass), str(made), True)
    return Almanac(str(made)).load(str(still(folder)))


def still(folder: Path) -> Path:
    """An ephemeris in which the Earth rests: the program asks for one, though no other body pulls.

    A DAF of one SPK segment of type 2 with one record. Layout: NAIF, "DAF required reading", "SPK required reading".
    """
    data = [0.0, DECADES, *[0.0] * 6, -DECADES, 2.0 * DECADES, 8.0, 1.0]
    begin, width = 3 * 128 + 1, len(data)
    head = b"DAF/SPK " + struct.pack("<2i", 2, 6) + b"the Earth at rest".ljust(60)
    head += struct.pack("<3i", 2, 2, begin + width) + b"LTL-IEEE" + bytes(603)
    head += b"FTPSTR:\r:\n:\r\n:\r\x00:\x81:\x10\xce:ENDFTP"
    summary = struct.pack("<5d6i", 0.0, 0.0, 1.0, -DECADES, DECADES, 399, 0, 1, 2, begin, begin + width - 1)
    parts = (head, summary, b"Earth".ljust(1_000), struct.pack(f"<{width}d", *data))
    path = folder / "still.bsp"
    path.write_bytes(b"".join(part.ljust(1_024, b"\0") for part in parts))
    return path


def field(folder: Path) -> Path:
    """J2-J4 as a file of normalised coefficients (SHADR)."""
    path = folder / "zonal.tab"
    lines = [f"{EARTH_RADIUS / 1e3:.10E}, {MU_EARTH / 1e9:.15E}, 0.0E+00, 4, 4, 1, 0.0E+00, 0.0E+00"]
    zonal = {2: -J2 / math.sqrt(5.0), 3: -J3 / math.sqrt(7.0), 4: -J4 / 3.0}
    for degree in range(1, 5):
        for order in range(degree + 1):
            value = zonal.get(degree, 0.0) if order == 0 else 0.0
            lines.append(f"{degree}, {order}, {value:.15E}, 0.0E+00, 0.0E+00, 0.0E+00")
    path.write_text("\n".join(lines) + "\n")
    return path


def flyer(folder: Path) -> tuple[object, object]:
    """The propagator, and the craft at the beginning."""
    import nyx_space.mission_design as design
    from nyx_space import DragData, Mass, Spacecraft, SRPData
    from nyx_space.anise.astro import Orbit
    from nyx_space.anise.constants import Frames
    from nyx_space.time import Epoch, Unit

    almanac = planet(folder)
    fixed = almanac.frame_info(Frames.IAU_EARTH_FRAME)
    gravity = design.GravityFieldConfig(4, 4, str(field(folder)), Frames.IAU_EARTH_FRAME.to_frameuid())
    indices = design.SpaceWeatherData(None, design.StaticSpaceWeather.Custom(FLUX, AP, KP))
    flags = design.Nrlmsise00Flags(geomagnetic=design.GeomagneticMode.StandardDailyAp)
    drag = design.Drag(design.AtmDensity.NRLMSISE00(indices, flags), fixed, estimate=False)
    dynamics = design.Dynamics(design.AccelModels(gravity_field=gravity), design.ForceModels(None, drag))
    options = design.IntegratorOptions(Unit.Second * 0.001, Unit.Second * 300, 1e-9)
    flown = design.Propagator(dynamics, almanac, design.IntegratorMethod.RungeKutta89, options)
    state = [float(value) for value in start("GCRF") / 1e3]
    orbit = Orbit.from_cartesian(*state, Epoch(f"{EPOCH} UTC"), almanac.frame_info(Frames.EME2000))
    return flown, Spacecraft(orbit, Mass(MASS), SRPData(1.0, 1.0), DragData(AREA, CD))


def main() -> None:
    from nyx_space.time import Unit

    flown, craft = flyer(Path(tempfile.mkdtemp()))

    def work() -> np.ndarray:
        found, here = [start("GCRF")], craft
        for _ in range(DAYS):
            here = flown.for_duration(here, Unit.Day * 1, trajectory=False).state
            at = here.orbit
            found.append(np.array([at.x_km, at.y_km, at.z_km, at.vx_km_s, at.vy_km_s, at.vz_km_s]) * 1e3)
        return np.array(found)

    seconds, states = timed(work)
    version = importlib.metadata.version("nyx_space")
    report("W1", f"nyx {version}, RK 8(9), J2-J4", seconds, end_km=end_height(axes(states, "GCRF")))


if __name__ == "__main__":
    main()
