"""Basilisk's Runge-Kutta-Fehlberg 7(8), a minute a step, J2-J4, NRLMSISE-00 on constant indices: W1.

Its atmosphere counts height from a sphere of the equatorial radius, not from the ellipsoid, so the air is denser off
the equator and the fall faster. Density and wind are held through a step. Its clock of nanoseconds gives out after 104
days (2 ** 53), so the year is flown in pieces.
"""

from __future__ import annotations

import importlib.metadata
import math
import os
import tempfile
import time
from pathlib import Path

import numpy as np
from problem import AP, AREA, BEGIN, CD, DAYS, FLUX, MASS, axes, end_height, report, start, timed

from cupola.base.constants import EARTH_RADIUS, EARTH_ROTATION, J2, J3, J4, MU_EARTH

STEP = 60.0
PIECE = 100
"""Days that one simulation flies."""
SIDEREAL = math.radians(280.46061837 + 360.98564736629 * (BEGIN - 51_544.5)) % (2.0 * math.pi)
AP_MESSAGES, FLUX_MESSAGES = 21, 2


def field() -> Path:
    """J2-J4 as a file of normalised coefficients."""
    zonal = {0: 1.0, 2: -J2 / math.sqrt(5.0), 3: -J3 / math.sqrt(7.0), 4: -J4 / 3.0}
    lines = [f"{EARTH_RADIUS!r}, {MU_EARTH!r}, 0, 4, 4, 1, 0, 0"]
    for degree in range(5):
        for order in range(degree + 1):
            lines.append(f"{degree}, {order}, {zonal.get(degree, 0.0) if order == 0 else 0.0!r}, 0.0")
    path = Path(tempfile.mkdtemp()) / "zonal.txt"
    path.write_text("\n".join(lines) + "\n")
    return path


def earth(first: int) -> object:
    """A planet at the origin that turns, from a day on: an orbit of a metre round the Sun keeps it there."""
    from Basilisk.simulation import planetEphemeris

    turning = planetEphemeris.PlanetEphemeris()
    turning.setPlanetNames(planetEphemeris.StringVector(["earth"]))
    elements = planetEphemeris.ClassicElements()
    elements.a, elements.e, elements.i, elements.Omega, elements.omega, elements.f = 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    turning.planetElements = planetEphemeris.classicElementVector([elements])
    turning.rightAscension = planetEphemeris.DoubleVector([0.0])
    turning.declination = planetEphemeris.DoubleVector([0.5 * math.pi])
    turning.lst0 = planetEphemeris.DoubleVector([SIDEREAL + EARTH_ROTATION * 86_400.0 * first])
    turning.rotRate = planetEphemeris.DoubleVector([EARTH_ROTATION])
    return turning


def craft(state: np.ndarray) -> object:
    """The station, and the Earth's gravity on it."""
    from Basilisk.simulation import spacecraft, svIntegrators
    from Basilisk.utilities import simIncludeGravBody

    station = spacecraft.Spacecraft()
    station.hub.mHub = MASS
    station.hub.IHubPntBc_B = (np.eye(3) * 1e6).tolist()
    station.hub.r_CN_NInit, station.hub.v_CN_NInit = state[:3, None].tolist(), state[3:, None].tolist()
    bodies = simIncludeGravBody.gravBodyFactory()
    body = bodies.createEarth()
    body.isCentralBody = True
    body.useSphericalHarmonicsGravityModel(str(field()), 4)
    bodies.addBodiesTo(station)
    station.setIntegrator(svIntegrators.svIntegratorRKF78(station))
    return station


def air(station: object, turning: object, first: int, kept: list[object]) -> list[object]:
    """Atmosphere, wind and drag on the station from a day on; messages that must live on go into ``kept``."""
    from Basilisk.architecture import messaging
    from Basilisk.simulation import dragDynamicEffector, msisAtmosphere, zeroWindModel

    density, wind = msisAtmosphere.MsisAtmosphere(), zeroWindModel.ZeroWindModel()
    density.epochDoy = 1 + first
    density.planetPosInMsg.subscribeTo(turning.planetOutMsgs[0])
    for place, value in enumerate([AP] * AP_MESSAGES + [FLUX] * FLUX_MESSAGES):
        told = messaging.SwDataMsg().write(messaging.SwDataMsgPayload(dataValue=value))
        density.swDataInMsgs[place].subscribeTo(told)
        kept.append(told)
    wind.setPlanetOmega_N([0.0, 0.0, EARTH_ROTATION])
    kept.append(messaging.SpicePlanetStateMsg().write(messaging.SpicePlanetStateMsgPayload()))
    wind.planetPosInMsg.subscribeTo(kept[-1])
    density.addSpacecraftToModel(station.scStateOutMsg)
    wind.addSpacecraftToModel(station.scStateOutMsg)
    drag = dragDynamicEffector.DragDynamicEffector()
    drag.coreParams.projectedArea, drag.coreParams.dragCoeff = AREA, CD
    drag.coreParams.comOffset = [0.0, 0.0, 0.0]
    drag.atmoDensInMsg.subscribeTo(density.envOutMsgs[0])
    drag.windVelInMsg.subscribeTo(wind.envOutMsgs[0])
    station.addDynamicEffector(drag)
    return [density, wind, drag]


def piece(state: np.ndarray, first: int, days: int) -> tuple[float, np.ndarray]:
    """Seconds, and the state by day, the first one with it, of some days from a day on."""
    from Basilisk.utilities import SimulationBaseClass, macros

    simulation = SimulationBaseClass.SimBaseClass()
    simulation.CreateNewProcess("process").addTask(simulation.CreateNewTask("task", macros.sec2nano(STEP)))
    kept: list[object] = []
    station, turning = craft(state), earth(first)
    recorder = station.scStateOutMsg.recorder(macros.sec2nano(86_400.0))
    # The station moves first, then the air is worked out where it came to, and acts through the next step.
    for model in (turning, station, *air(station, turning, first, kept), recorder):
        simulation.AddModelToTask("task", model)
    simulation.InitializeSimulation()
    simulation.ConfigureStopTime(macros.sec2nano(days * 86_400.0))
    # It flies in a thread of its own.
    seconds, _ = timed(simulation.ExecuteSimulation, time.process_time)
    return seconds, np.hstack([recorder.r_BN_N, recorder.v_BN_N])


def main() -> None:
    os.environ["TZ"] = "UTC"
    time.tzset()
    seconds, states = 0.0, start()[None, :]
    for first in range(0, DAYS, PIECE):
        took, found = piece(states[-1], first, min(PIECE, DAYS - first))
        seconds, states = seconds + took, np.vstack([states, found[1:]])
    version = importlib.metadata.version("bsk")
    name = f"Basilisk {version}, RKF 7(8), J2-J4, heights over a sphere"
    report("W1", name, seconds, end_km=end_height(axes(states)))


if __name__ == "__main__":
    main()
