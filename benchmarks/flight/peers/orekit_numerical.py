"""Orekit's DOP853 turn by turn, in steps of its own choice: J2-J4, drag by NRLMSISE-00 on constant indices: W1."""

from __future__ import annotations

import numpy as np
from orekit_dsst import WEATHER, prepared
from problem import AREA, CD, DAYS, EPOCH, MASS, axes, end_height, report, start, timed

TOLERANCE = 0.1
"""Of the position [m], from which Orekit works out those of the integrator."""


def main() -> None:
    prepared()
    seconds, states = fly()
    report("W1", "Orekit DOP853, J2-J4", seconds, end_km=end_height(axes(states, "GCRF")))


def fly() -> tuple[float, np.ndarray]:
    """Seconds, and the state by day in GCRF, (days, 6) [m, m/s]."""
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    from org.hipparchus.ode.nonstiff import DormandPrince853Integrator
    from org.orekit.bodies import CelestialBodyFactory, OneAxisEllipsoid
    from org.orekit.forces.drag import DragForce, IsotropicDrag
    from org.orekit.forces.gravity import HolmesFeatherstoneAttractionModel
    from org.orekit.forces.gravity.potential import GravityFieldFactory
    from org.orekit.frames import FramesFactory
    from org.orekit.models.earth.atmosphere import NRLMSISE00
    from org.orekit.models.earth.atmosphere.data import CssiSpaceWeatherData
    from org.orekit.orbits import CartesianOrbit, OrbitType
    from org.orekit.propagation import SpacecraftState, ToleranceProvider
    from org.orekit.propagation.numerical import NumericalPropagator
    from org.orekit.time import AbsoluteDate, TimeScalesFactory
    from org.orekit.utils import Constants, IERSConventions, PVCoordinates

    itrf = FramesFactory.getITRF(IERSConventions.IERS_2010, True)
    earth = OneAxisEllipsoid(Constants.WGS84_EARTH_EQUATORIAL_RADIUS, Constants.WGS84_EARTH_FLATTENING, itrf)
    field = GravityFieldFactory.getNormalizedProvider(4, 0)
    state = [float(value) for value in start("GCRF")]
    date = AbsoluteDate(EPOCH, TimeScalesFactory.getUTC())
    place = PVCoordinates(Vector3D(*state[:3]), Vector3D(*state[3:]))
    begin = SpacecraftState(CartesianOrbit(place, FramesFactory.getGCRF(), date, field.getMu())).withMass(MASS)
    tolerances = ToleranceProvider.getDefaultToleranceProvider(TOLERANCE).getTolerances(
        begin.getOrbit(), OrbitType.CARTESIAN
    )
    flown = NumericalPropagator(DormandPrince853Integrator(0.001, 300.0, tolerances[0], tolerances[1]))
    flown.setOrbitType(OrbitType.CARTESIAN)
    flown.addForceModel(HolmesFeatherstoneAttractionModel(itrf, field))
    air = NRLMSISE00(CssiSpaceWeatherData(WEATHER), CelestialBodyFactory.getSun(), earth)
    flown.addForceModel(DragForce(air, IsotropicDrag(CD * AREA, 1.0)))
    flown.setInitialState(begin)
    found: list[list[float]] = []
    flown.getMultiplexer().add(86_400.0, handler(found))
    seconds, _ = timed(lambda: flown.propagate(date.shiftedBy(DAYS * 86_400.0 + 1.0)))
    return seconds, np.array(found)


def handler(found: list[list[float]]) -> object:
    """What notes the state at each day."""
    from jpype import JImplements, JOverride

    @JImplements("org.orekit.propagation.sampling.OrekitFixedStepHandler")
    class Daily:
        @JOverride
        def init(self, *_: object) -> None:
            pass

        @JOverride
        def handleStep(self, state: object) -> None:
            motion = state.getPVCoordinates()
            found.append([*motion.getPosition().toArray(), *motion.getVelocity().toArray()])

        @JOverride
        def finish(self, *_: object) -> None:
            pass

    return Daily()


if __name__ == "__main__":
    main()
