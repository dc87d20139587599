"""Fly the reference cases of the full engine with Orekit, an independent program, and write their states.

    python tools/make_flight_references.py OREKIT_DATA [OUT] [CASE...]

Needs the package orekit-jpype (13.1) and a Java runtime; nothing else in the project does. OREKIT_DATA is Orekit's data
folder with two files replaced: ``Potential`` holds nothing but EGM2008_120.gfc, and the Earth orientation of 2000 is
the finals2000A.all from which the shipped table was made. OUT defaults to ``tests/validation/data``.

Air is NRLMSISE-00 in its mode for a history of ap (switch 9 = -1) in both programs. A tolerance of 1e-8 in place of
1e-9 moves the coasting cases by 3 to 5 centimetres in a week, so that much is not known.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STATION = (6_788_136.3, 0.0, 0.0, 0.0, 4_755.153_960_785, 6_008.922_880_093)
HUGHES = (-4_453_783.59, -5_038_203.76, -426_384.456, 3_831.888, -2_887.221, -6_018.232)


@dataclass(frozen=True)
class Case:
    """One reference flight."""

    name: str
    epoch: str
    days: float
    motion: tuple[float, ...] = STATION
    frame: str = "GCRF"
    degree: int = 70
    bodies: str = "sun moon"
    drag_area: float = 0.0
    """C_D A [m2], of MASS"""
    solar_area: float = 0.0
    weather: str = "constant"
    """F10.7 150 and ap 15, or ``observed``"""
    extra: str = ""
    """``tides``, ``relativity``, or ``burn``: 800 N along-track with 300 s for 600 s, from 6 h on"""


MASS = 420_000.0
DRAG = 3_520.0
SOLAR = 2_400.0
SYNCHRONOUS = (6_578_136.3 + 300e3, 0.0, 0.0, 0.0, -1_050.0, 7_540.0)
MORNING, NOON = "2025-01-01T00:00:00.000", "2004-06-01T12:00:00.000"
CASES = (
    Case("coast", MORNING, 7),
    Case("coast-polar", "2010-07-04T18:30:00.000", 7, SYNCHRONOUS),
    Case("drag-constant", MORNING, 3, drag_area=DRAG),
    Case("drag-observed", MORNING, 3, drag_area=DRAG, weather="observed"),
    Case("drag-quiet", "2020-03-01T06:00:00.000", 3, drag_area=DRAG, weather="observed"),
    Case("sunlight", MORNING, 3, solar_area=SOLAR),
    Case("burn", MORNING, 1, extra="burn"),
    Case("h-sphere", NOON, 1, HUGHES, "EME2000", 0, ""),
    Case("h-field", NOON, 1, HUGHES, "EME2000", 20, ""),
    Case("h-bodies", NOON, 1, HUGHES, "EME2000", 0),
    Case("h-sunlight", NOON, 1, HUGHES, "EME2000", 0, "", solar_area=SOLAR),
    Case("h-drag", NOON, 1, HUGHES, "EME2000", 0, "", drag_area=DRAG),
    Case("h-tides", NOON, 1, HUGHES, "EME2000", 0, "", extra="tides"),
    Case("h-relativity", NOON, 1, HUGHES, "EME2000", 0, "", extra="relativity"),
    Case("h-all", NOON, 1, HUGHES, "EME2000", 20, drag_area=DRAG, solar_area=SOLAR),
)
EVERY_H = {7: 12.0, 3: 6.0, 1: 1.0}
TOLERANCE = 1e-9


class Orekit:
    """The program's names, loaded once."""

    def __init__(self, data: str) -> None:
        import orekit_jpype

        orekit_jpype.initVM()
        from orekit_jpype.pyhelpers import setup_orekit_curdir

        setup_orekit_curdir(data)
        import jpype

        self.jpype = jpype
        self.orekit = jpype.JPackage("org").orekit
        self.math = jpype.JPackage("org").hipparchus
        o = self.orekit
        iers = o.utils.IERSConventions.IERS_2010
        self.iers, self.utc = iers, o.time.TimeScalesFactory.getUTC()
        self.ground = o.frames.FramesFactory.getITRF(iers, True)
        constants = o.utils.Constants
        self.earth = o.bodies.OneAxisEllipsoid(
            constants.WGS84_EARTH_EQUATORIAL_RADIUS, constants.WGS84_EARTH_FLATTENING, self.ground
        )
        factory = o.bodies.CelestialBodyFactory
        self.bodies = {"sun": factory.getSun(), "moon": factory.getMoon()}

    def frame(self, name: str) -> Any:
        factory = self.orekit.frames.FramesFactory
        return factory.getGCRF() if name == "GCRF" else factory.getEME2000()

    def constant_weather(self) -> Any:
        jpype, orekit = self.jpype, self.orekit
        row = jpype.JArray(jpype.JDouble)([15.0] * 7)
        time = orekit.time.AbsoluteDate
        return jpype.JProxy(
            orekit.models.earth.atmosphere.NRLMSISE00InputParameters,
            dict={
                "getMinDate": lambda: time.PAST_INFINITY,
                "getMaxDate": lambda: time.FUTURE_INFINITY,
                "getDailyFlux": lambda date: 150.0,
                "getAverageFlux": lambda date: 150.0,
                "getAp": lambda date: row,
            },
        )

    def air(self, weather: str) -> Any:
        atmosphere = self.orekit.models.earth.atmosphere
        source = (
            self.constant_weather()
            if weather == "constant"
            else atmosphere.data.CssiSpaceWeatherData("SpaceWeather-All-v1.2.txt")
        )
        return atmosphere.NRLMSISE00(source, self.bodies["sun"], self.earth).withSwitch(9, -1)


def forces(o: Orekit, case: Case, field: Any) -> list[Any]:
    """The case's force models; the central attraction comes with the orbit."""
    models, found = o.orekit.forces, []
    if case.degree:
        found.append(models.gravity.HolmesFeatherstoneAttractionModel(o.ground, field))
    found += [models.gravity.ThirdBodyAttraction(o.bodies[name]) for name in case.bodies.split()]
    if case.drag_area:
        found.append(models.drag.DragForce(o.air(case.weather), models.drag.IsotropicDrag(case.drag_area, 1.0)))
    if case.solar_area:
        shape = models.radiation.IsotropicRadiationSingleCoefficient(case.solar_area, 1.0)
        found.append(models.radiation.SolarRadiationPressure(o.bodies["sun"], o.earth, shape))
    if case.extra == "tides":
        ut1 = o.orekit.time.TimeScalesFactory.getUT1(o.iers, True)
        both = [o.bodies["sun"], o.bodies["moon"]]
        args = (o.ground, field.getAe(), field.getMu(), field.getTideSystem(), o.iers, ut1)
        found.append(models.gravity.SolidTides(*args, both))
    if case.extra == "relativity":
        found.append(models.gravity.Relativity(field.getMu()))
        found.append(models.gravity.LenseThirringRelativity(field.getMu(), o.ground))
        found.append(models.gravity.DeSitterRelativity())
    return found


def burn(o: Orekit, propagator: Any, date: Any, frame: Any) -> None:
    """Thrust along the transverse axis of the orbital frame, which the attitude follows."""
    law = o.orekit.attitudes.LofOffset(frame, o.orekit.frames.LOFType.QSW)
    propagator.setAttitudeProvider(law)
    axis = o.math.geometry.euclidean.threed.Vector3D.PLUS_J
    args = (date.shiftedBy(21_600.0), 600.0, 800.0, 300.0, law, axis)
    propagator.addForceModel(o.orekit.forces.maneuvers.ConstantThrustManeuver(*args))


def fly(o: Orekit, case: Case, step: float) -> list[list[str]]:
    """The case's states every ``step`` hours as rows: hours from the epoch, then position and velocity."""
    vector = o.math.geometry.euclidean.threed.Vector3D
    field = o.orekit.forces.gravity.potential.GravityFieldFactory.getNormalizedProvider(
        max(case.degree, 2), max(case.degree, 2)
    )
    frame, date = o.frame(case.frame), o.orekit.time.AbsoluteDate(case.epoch, o.utc)
    motion = o.orekit.utils.PVCoordinates(vector(*case.motion[:3]), vector(*case.motion[3:]))
    orbit = o.orekit.orbits.CartesianOrbit(motion, frame, date, field.getMu())
    cartesian = o.orekit.orbits.OrbitType.CARTESIAN
    provider = o.orekit.propagation.ToleranceProvider.getDefaultToleranceProvider(TOLERANCE)
    one, two = provider.getTolerances(orbit, cartesian)
    integrator = o.math.ode.nonstiff.DormandPrince853Integrator(1e-3, 300.0, one, two)
    propagator = o.orekit.propagation.numerical.NumericalPropagator(integrator)
    propagator.setOrbitType(cartesian)
    propagator.setInitialState(o.orekit.propagation.SpacecraftState(orbit).withMass(MASS))
    for model in forces(o, case, field):
        propagator.addForceModel(model)
    if case.extra == "burn":
        burn(o, propagator, date, frame)
    generator = propagator.getEphemerisGenerator()
    propagator.propagate(date.shiftedBy(case.days * 86_400.0))
    flown = generator.getGeneratedEphemeris()
    rows = []
    for k in range(round(case.days * 24 / step) + 1):
        at = flown.getPVCoordinates(date.shiftedBy(k * step * 3_600.0), frame)
        position, velocity = at.getPosition(), at.getVelocity()
        numbers = [position.getX(), position.getY(), position.getZ()]
        speeds = [velocity.getX(), velocity.getY(), velocity.getZ()]
        rows.append([f"{k * step:.6g}", *(f"{x:.4f}" for x in numbers), *(f"{x:.7f}" for x in speeds)])
    return rows


def write(path: Path, case: Case, rows: list[list[str]]) -> None:
    """The rows under a head that says how they were made; the case's settings as one row each."""
    settings = [
        f"epoch={case.epoch}Z frame={case.frame} degree={case.degree} bodies={case.bodies.replace(' ', '+') or 'none'}",
        f"mass_kg={MASS:g} drag_area_m2={case.drag_area:g} solar_area_m2={case.solar_area:g} weather={case.weather}",
        f"extra={case.extra or 'none'}",
    ]
    with path.open("w", encoding="ascii", newline="") as file:
        file.write("# Orekit 13.1 (Apache-2.0), DormandPrince853, tolerance 1e-9, by tools/make_flight_references.py\n")
        file.writelines(f"# {line}\n" for line in settings)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["hours", "x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s"])
        writer.writerows(rows)


def main(arguments: list[str]) -> None:
    """Fly the cases, all or those named, and write one file each."""
    out = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parents[1] / "tests/validation/data"
    o = Orekit(arguments[0])
    for case in CASES:
        if len(arguments) > 2 and case.name not in arguments[2:]:
            continue
        rows = fly(o, case, EVERY_H[int(case.days)])
        write(out / f"full_{case.name}.csv", case, rows)
        print(case.name, rows[-1])


if __name__ == "__main__":
    main(sys.argv[1:])
