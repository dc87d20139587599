"""Comparisons of the flight formulae with the real orbit, published burns and telemetry."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from itertools import pairwise

import numpy as np
from orbit_decay import INCLINATION, alternate, fitted, of_year, rows, score, table
from scoreboard import Row, measure

from cupola.base.constants import EARTH_RADIUS
from cupola.base.time import to_mjd
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_rates import frozen_orbit, secular
from cupola.physics.attitude import gyros_capacity, gyros_hold
from cupola.physics.reboost import burn_duration, delta_v_for_raise, propellant_for, raise_from_delta_v
from cupola.scenario.solar import solar_outlook

YEARS = (1999, 2000, 2002, 2003, 2004, 2016, 2021, 2024)
FOLLOWING = tuple(pairwise(YEARS))
"""Each year with the next that there is."""
ELEMENTS = "mean elements of 25544, derived from public TLE archives"


@measure
def decay() -> list[Row]:
    """Fall over coasting segments: fit on every second one of a year, computed for the others."""
    found = []
    for year in YEARS:
        result = alternate(year)
        low, middle, high = np.quantile([fitted(segment) for segment in of_year(year)], [0.1, 0.5, 0.9])
        found.append(
            Row(
                f"decay {year}, {len(of_year(year))} segments, {len(result.model)} tested",
                ELEMENTS,
                f"Cd A/m of all: {middle:.5f} ({low:.5f} to {high:.5f}) m2/kg",
                f"median fall {np.median([segment.rate for segment in of_year(year)]):.0f} m/day",
                result.median,
                0.15,
                "%",
                result.naive_median,
                "the neighbouring segment's rate again",
            )
        )
    return found


@measure
def decay_next_year() -> list[Row]:
    """Fit on one year, computed for the next; the naive way repeats the earlier year's median rate."""
    found = []
    for earlier, later in FOLLOWING:
        result = score(of_year(earlier), of_year(later))
        rate = float(np.median([segment.rate for segment in of_year(earlier)]))
        naive = float(np.median([abs(rate / segment.rate - 1.0) for segment in of_year(later)]))
        what, fit = f"decay {later} with the fit of {earlier}", "median error of the fall"
        found.append(Row(what, ELEMENTS, fit, "0", result.median, 0.15, "%", naive, "the earlier year's median rate"))
    return found


@lru_cache(maxsize=1)
def nodes() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days, node [rad] and altitude [m] at the start of each trajectory file."""
    table = rows("orbit_nodes.csv")
    days, node, altitude = (np.array([float(row[key]) for row in table]) for key in ("mjd", "node_deg", "altitude_m"))
    return days, np.radians(node), altitude


def turning(heights: np.ndarray) -> np.ndarray:
    """Rate of the node [rad/s] at mean altitudes [m]."""
    return np.asarray(secular(EARTH_RADIUS + heights, np.full(heights.size, INCLINATION)).node)


@measure
def nodal_precession() -> list[Row]:
    """The node carried from the first trajectory through recorded altitudes, against the 21 others."""
    days, node, altitude = nodes()
    record = [(float(row["mjd"]), float(row["altitude_m"])) for row in rows("altitude_record.csv")]
    known = sorted([*zip(days, altitude, strict=True), *(pair for pair in record if pair[0] > days[0])])
    fine = np.arange(days[0], days[-1] + 0.5, 0.25)
    heights = np.interp(fine, [day for day, _ in known], [height for _, height in known])

    def worst(rates: np.ndarray) -> float:
        carried = node[0] + np.concatenate([[0.0], np.cumsum(rates[:-1] * 21_600.0)])
        off = (np.interp(days, fine, carried) - node + np.pi) % (2.0 * np.pi) - np.pi
        return float(np.degrees(np.max(np.abs(off))))

    model = worst(np.asarray(turning(heights)))
    naive = worst(np.full(fine.size, float(turning(altitude[:1])[0])))
    span = (days[-1] - days[0]) / 365.25
    return [
        Row(
            f"node over {span:.1f} years, 22 trajectories",
            "NASA/JSC OEM files 2021-08 to 2024-02, first state vectors",
            "largest difference",
            "0",
            model,
            3.0,
            "deg",
            naive,
            "the first altitude for ever",
        )
    ]


@measure
def node_since_launch() -> list[Row]:
    """The node of the plane through the pad at the first launch, carried to the first trajectory."""
    launch = 51_137.0 + (6.0 + 40.0 / 60.0) / 24.0
    days, node, _ = nodes()
    table = rows("altitude_record.csv")
    fine = np.arange(launch, days[0] + 0.25, 0.25)
    heights = np.interp(fine, [float(row["mjd"]) for row in table], [float(row["altitude_m"]) for row in table])
    sidereal = 280.46061837 + 360.98564736629 * (launch - 51_544.5)
    start = np.radians(sidereal + 62.98) - np.arcsin(np.tan(np.radians(46.07)) / np.tan(INCLINATION))

    def off(rates: np.ndarray) -> float:
        carried = start + np.concatenate([[0.0], np.cumsum(rates[:-1] * 21_600.0)])
        return float(np.degrees(abs((np.interp(days[0], fine, carried) - node[0] + np.pi) % (2.0 * np.pi) - np.pi)))

    model = off(np.asarray(turning(heights)))
    naive = off(np.full(fine.size, float(turning(np.array([390e3]))[0])))
    source = "launch of 1998-11-20T06:40Z; NASA/JSC OEM 2021-08-13"
    what, turns = (
        "node from the first launch on, 22.7 years, whole turns left out",
        f"{(days[0] - launch) * 4.97 / 360.0:.0f} turns",
    )
    return [Row(what, source, turns, "0", model, 15.0, "deg", naive, "390 km for ever")]


@measure
def burns() -> list[Row]:
    """Altitude gained from a velocity change."""
    table = rows("reboosts.csv")
    change = np.array([float(row["delta_v_m_s"]) for row in table])
    gain = np.array([float(row["gain_km"]) for row in table]) * 1e3
    computed = np.asarray(raise_from_delta_v(np.full(change.size, 416e3), change))
    model = float(np.median(np.abs(computed / gain - 1.0)))
    others = (gain.sum() - gain) / (gain.size - 1)
    naive = float(np.median(np.abs(others / gain - 1.0)))
    one = float(raise_from_delta_v(417e3, 1.0))
    return [
        Row(
            "1 m/s raises the orbit",
            "two-body arithmetic, as mission planners quote it",
            f"{one:.0f} m",
            "1770 m",
            abs(one / 1770.0 - 1.0),
            0.01,
            "%",
        ),
        Row(
            f"gain of {gain.size} burns from their velocity change",
            "Roscosmos by way of Interfax and others, 2022-2024",
            f"{np.min(computed):.0f} to {np.max(computed):.0f} m",
            f"{np.min(gain):.0f} to {np.max(gain):.0f} m",
            model,
            0.1,
            "%",
            naive,
            "the mean gain of the other burns",
        ),
    ]


@measure
def propellant_by_altitude() -> list[Row]:
    """Propellant a year to hold 400 km over that to hold 350 km, F10.7 = 140 and Ap 10, mean of node and season."""
    air, nodes = table(), np.arange(12) * np.pi / 6.0

    def a_year(altitude: float) -> float:
        burnt = 0.0
        for month in range(12):
            day = 59_580.0 + 30.44 * month
            orbit = frozen_orbit(np.full(12, altitude), INCLINATION, nodes)
            sun = Indices(np.array(140.0), np.array(140.0), np.array(10.0))
            drag = air.drag(np.full(12, day), np.zeros(12), orbit, np.full(12, 3_300.0 / 420e3), sun, day)
            daily = -float(np.mean(drag.axis)) * 86_400.0
            burnt += 30.44 * float(propellant_for(float(delta_v_for_raise(altitude, daily)), 420e3, 290.0))
        return burnt

    low, high = a_year(350e3), a_year(400e3)
    ratio = high / low
    text = f"{ratio:.3f} ({low / 1e3:.1f} and {high / 1e3:.1f} t/y at Cd A 3,300 m2, Isp 290 s)"
    source = "NASA, Higher Altitude Improves Station's Fuel Economy (2011), figures as recalled"
    what = "propellant ratio, 400 km to 350 km"
    return [Row(what, source, text, "0.42", abs(ratio - 0.42), 0.05, "", 0.58, "the same at any altitude")]


@measure
def gyros() -> list[Row]:
    """Momentum at torque equilibrium: no growth, and the capacity of the gyros."""
    table = rows("gyro_momentum.csv")
    hours, mean, greatest = (np.array([float(row[key]) for row in table]) for key in ("hour", "mean", "greatest"))
    capacity = float(table[0]["capacity"])
    quiet = hours < 16.0
    drift = float(np.polyfit(hours[quiet], mean[quiet], 1)[0])
    peak = float(greatest[quiet].max())
    held = [bool(gyros_hold(np.array([n]), 4_880.7, peak, float(greatest.max()) - peak)[0]) for n in (4.0, 3.0, 2.0)]
    source = "station telemetry of 2018-10-12, recorded by ISS-Mimic (MIT)"
    whole = float(gyros_capacity(4.0, 4_880.7))
    return [
        Row(
            "momentum gained in a day at torque equilibrium",
            source,
            "0 N m s (the model has none)",
            f"{drift * 24.0:.0f} N m s; peak {peak:.0f}",
            abs(drift) * 24.0 / capacity,
            0.1,
            "%",
        ),
        Row(
            "gyros that hold the day's peak, 4, 3, 2",
            source,
            ", ".join("held" if value else "not held" for value in held),
            f"4 held {greatest.max():.0f} of {capacity:.0f} N m s (4 x 4,880.7, fitted)",
            abs(whole / capacity - 1.0) if held[0] else 1.0,
            0.01,
            "%",
        ),
    ]


@measure
def burn_times() -> list[Row]:
    """How long the reported burns took, from their velocity change: mass 440 t, 764 N net."""
    table = rows("reboosts.csv")
    change = np.array([float(row["delta_v_m_s"]) for row in table])
    taken = np.array([float(row["burn_s"]) for row in table])
    computed = np.asarray(burn_duration(propellant_for(change, np.full(7, 440e3), np.full(7, 290.0)), 764.0, 290.0))
    model = float(np.median(np.abs(computed / taken - 1.0)))
    naive = float(np.median(np.abs((taken.sum() - taken) / 6.0 / taken - 1.0)))
    source = "as above; 764 N is the mean of 12 such burns, so it is partly fitted"
    measured, expected = f"{computed.min():.0f} to {computed.max():.0f} s", f"{taken.min():.0f} to {taken.max():.0f} s"
    return [Row("burn time of 7 burns", source, measured, expected, model, 0.15, "%", naive, "the mean of the others")]


@lru_cache(maxsize=1)
def smoothed_flux() -> tuple[int, np.ndarray]:
    """Months since year 0 of the first, and the 13-month-smoothed monthly mean flux, distance taken out."""
    from cupola.physics.orbit import sun_distance

    first, last = dt.date(1998, 3, 1), dt.date(2026, 7, 31)
    outlook = solar_outlook(dt.date(2026, 8, 1), first, last)
    days = np.arange(to_mjd(first), to_mjd(last) + 1)
    flux = np.array(outlook.f107[1]) * np.asarray(sun_distance(days + 0.0)) ** 2
    dates = [first + dt.timedelta(days=int(day)) for day in range(days.size)]
    month = np.array([day.year * 12 + day.month - 1 for day in dates])
    means = np.array([flux[month == value].mean() for value in np.unique(month)])
    weights = np.array([0.5, *[1.0] * 11, 0.5]) / 12.0
    return int(month[0]) + 6, np.convolve(means, weights, mode="valid")


@measure
def solar_forecasts() -> list[Row]:
    """Each July issue's middle level against the smoothed flux that followed, and how often the band held it."""
    first, truth = smoothed_flux()
    errors: dict[int, list[float]] = {0: [], 1: []}
    naive: dict[int, list[float]] = {0: [], 1: []}
    inside: dict[int, list[bool]] = {0: [], 1: []}
    for year in range(1999, 2024):
        as_of = dt.date(year, 7, 1)
        outlook = solar_outlook(as_of, as_of, dt.date(year + 2, 12, 31))
        now = truth[year * 12 + 6 - 7 - first]
        for lead in range(1, 24):
            middle = dt.date(year + (6 + lead) // 12, (6 + lead) % 12 + 1, 16)
            index = (middle - as_of).days
            month = middle.year * 12 + middle.month - 1 - first
            if month >= truth.size:
                continue
            low, value, high = (outlook.f107[level][index] * _square(middle) for level in range(3))
            band = 0 if lead < 12 else 1
            errors[band].append(value - truth[month])
            naive[band].append(now - truth[month])
            inside[band].append(bool(low <= truth[month] <= high))
    source = "MSFC issues of each July 1999-2023 against observed flux (CSSI)"
    found = []
    for band, goal, name in ((0, 14.0, "under a year"), (1, 20.0, "one to two years")):
        root = float(np.sqrt(np.mean(np.square(errors[band]))))
        plain = float(np.sqrt(np.mean(np.square(naive[band]))))
        held = f"band held {100.0 * np.mean(inside[band]):.0f} %"
        what = f"forecast flux {name} ahead, RMS"
        found.append(Row(what, source, held, "90 %", root, 1.15 * goal, "sfu", plain, "the last smoothed value known"))
    return found


def _square(day: dt.date) -> float:
    from cupola.physics.orbit import sun_distance

    return float(sun_distance(float(to_mjd(day)))) ** 2
