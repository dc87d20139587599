"""Derive coasting segments of the real orbit for the validation of decay; write them and the other derived numbers.

    python tools/make_decay_segments.py SHARED [OUT]

Writes to OUT (default ``tests/validation/data``):

* ``decay_segments.csv`` from ``data/elements/iss_25544.csv``: start and end (UTC), altitude at both, its error,
  node at the start. Days without a reboost are cut out of the record of mean elements: a new segment begins after a
  gap, after a rise of the day's median altitude, and after nine days; where these bring less than 100 m, after 18
  or 27. The altitude at each end is that of a straight line through the first (last) two days, at their middle; the
  error is that of the two lines. Segments shorter than four days between those middles, or with a fall of less than
  eight errors, are left out.
* ``orbit_nodes.csv`` from the first state vector of each trajectory in ``data/oem``: right ascension of the
  ascending node and inclination in the mean equator of date, and the altitude of the mean orbit.
* ``altitude_record.csv``: the median altitude by day where there are elements, thinned to every fifth day.
* ``reboosts.csv`` from ``data/programme/iss_reboost_events.csv``: burns that give both velocity change and gain.
* ``gyro_momentum.csv`` from ``data/telemetry``: extremes of the gyros' momentum through 2018-10-12.

The node of a segment comes from the launch of the first element (1998-11-20T06:40Z from 46.07 N 62.98 E, in the plane
of the pad), carried forward over the recorded altitudes with the J2 rate; the 7 degrees that this is off after 23
years, against the trajectories of 2021, are taken out in proportion to the time.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import re
import sys
from pathlib import Path

import numpy as np

from cupola.base.constants import EARTH_RADIUS, J2, MU_EARTH
from cupola.physics.orbit import node_rate

BAD_EPOCH = "2024-11-13T22:09"
INCLINATION = np.radians(51.642)
"""Mean of the 22 trajectories, 51.639 to 51.645 degrees."""
LAUNCH = (dt.datetime(1998, 11, 20, 6, 40), 46.07, 62.98)
PIECE_DAYS = (9.0, 18.0, 27.0)
SHORTEST_DAYS, END_DAYS, GAP_DAYS = 4.0, 2.0, 2.0
LEAST_FALL = 100.0
"""m; a docking or a vent moves the quiet orbit of 2021 by up to some 20 m, which no air explains."""
LEAST_FALL_IN_ERRORS = 8.0
_ZERO = dt.datetime(1858, 11, 17)
_STATE = re.compile(r"<stateVector>(.*?)</stateVector>", re.DOTALL)
_NUMBER = re.compile(r'<[XYZ](?:_DOT)? units="[^"]*">([^<]*)<')


def day_number(moment: dt.datetime) -> float:
    """Modified Julian Day with its fraction."""
    return (moment - _ZERO).total_seconds() / 86_400.0


def elements(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Epoch (Modified Julian Day) and mean altitude [m] of the record, the known bad fit left out."""
    with path.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["epoch_utc"].startswith(BAD_EPOCH)]
    epochs = [day_number(dt.datetime.fromisoformat(row["epoch_utc"].rstrip("Z"))) for row in rows]
    return np.array(epochs), np.array([float(row["mean_alt_km"]) * 1e3 for row in rows])


def daily_medians(epochs: np.ndarray, altitudes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per day with elements: its middle epoch, median altitude, and the noise of that median [m]."""
    day = np.floor(epochs)
    days = np.unique(day)
    middle = np.array([np.median(epochs[day == value]) for value in days])
    median = np.array([np.median(altitudes[day == value]) for value in days])
    inside = np.array([np.std(altitudes[day == value]) / np.sqrt((day == value).sum()) for value in days])
    return middle, median, inside


def cuts(middle: np.ndarray, median: np.ndarray, noise: np.ndarray) -> list[slice]:
    """Runs of days without a gap or a rise. The days beside a rise are left out, for the burn is in them."""
    usual = max(float(np.median(noise)), 5.0)
    runs, begin = [], 0
    for index in range(1, middle.size):
        gap = middle[index] - middle[index - 1] > GAP_DAYS
        rise = median[index] - median[index - 1] > max(30.0, 4.0 * usual)
        if gap or rise:
            runs.append(slice(begin, index - (0 if gap else 1)))
            begin = index if gap else index + 1
    runs.append(slice(begin, middle.size))
    return [run for run in runs if run.stop - run.start >= 5]


def line(epochs: np.ndarray, altitudes: np.ndarray, first: float, last: float) -> tuple[float, float, float]:
    """Middle epoch, altitude there and its error, of the straight line through the elements of a window."""
    inside = (epochs >= first) & (epochs <= last)
    if inside.sum() < 4:
        return (np.nan, np.nan, np.inf)
    t, h = epochs[inside], altitudes[inside]
    middle = float(t.mean())
    slope, height = np.polyfit(t - middle, h, 1)
    keep = np.abs(h - height - slope * (t - middle)) <= 3.0 * max(np.std(h - height - slope * (t - middle)), 1.0)
    residual = (h - height - slope * (t - middle))[keep]
    return (
        middle,
        float(height),
        float(max(np.std(residual, ddof=min(2, residual.size - 1)), 5.0) / np.sqrt(keep.sum())),
    )


def segments(epochs: np.ndarray, altitudes: np.ndarray) -> list[tuple[float, float, float, float, float]]:
    """(start, end, altitude at start, at end, error of the fall) of each coasting segment."""
    found = []
    middle, median, noise = daily_medians(epochs, altitudes)
    for year in np.unique(years(middle)):
        of_year = years(middle) == year
        for run in cuts(middle[of_year], median[of_year], noise[of_year]):
            first, last = np.floor(middle[of_year][run][0]), np.floor(middle[of_year][run][-1]) + 1.0
            found.extend(pieces(epochs, altitudes, float(first), float(last)))
    return found


def pieces(
    epochs: np.ndarray, altitudes: np.ndarray, first: float, last: float
) -> list[tuple[float, float, float, float, float]]:
    """A run cut into segments, as short as falls of LEAST_FALL allow; none when even the longest do not fall so far."""
    for length in PIECE_DAYS:
        found = []
        count = max(1, int((last - first) // length))
        for piece in range(count):
            a, b = (first + (last - first) * step / count for step in (piece, piece + 1))
            t0, h0, e0 = line(epochs, altitudes, a, a + END_DAYS)
            t1, h1, e1 = line(epochs, altitudes, b - END_DAYS, b)
            error = float(np.hypot(e0, e1))
            if t1 - t0 >= SHORTEST_DAYS and h0 - h1 >= LEAST_FALL_IN_ERRORS * error:
                found.append((t0, t1, h0, h1, error))
        if found and np.median([h0 - h1 for _, _, h0, h1, _ in found]) >= LEAST_FALL:
            return found
    return []


def years(days: np.ndarray) -> np.ndarray:
    """Calendar year of each day number."""
    return np.array([(_ZERO + dt.timedelta(days=float(day))).year for day in days])


def precession(mjd: float) -> np.ndarray:
    """Rotation from EME2000 to the mean equator and equinox of date. Source: Lieske et al. (1977), IAU 1976."""
    t = (mjd - 51_544.5) / 36_525.0
    zeta, z = 2306.2181 * t + 0.30188 * t * t, 2306.2181 * t + 1.09468 * t * t
    theta = 2004.3109 * t - 0.42665 * t * t

    def about(axis: int, arcseconds: float) -> np.ndarray:
        angle = np.radians(arcseconds / 3600.0)
        a, b = {3: (0, 1), 2: (2, 0)}[axis]
        turn = np.eye(3)
        turn[a, a] = turn[b, b] = np.cos(angle)
        turn[a, b], turn[b, a] = np.sin(angle), -np.sin(angle)
        return turn

    return about(3, -z) @ about(2, theta) @ about(3, -zeta)


def orbit_of(text: str) -> tuple[float, float, float, float]:
    """Epoch, node [deg], inclination [deg], mean altitude [m] of the first state vector of a trajectory file."""
    state = _STATE.search(text)
    epoch = re.search(r"<EPOCH>([^<]*)Z<", state[1]) if state else None
    if state is None or epoch is None:
        raise SystemExit("a trajectory file has no state vector")
    mjd = day_number(dt.datetime.strptime(epoch[1], "%Y-%jT%H:%M:%S.%f"))
    numbers = np.array([float(number) for number in _NUMBER.findall(state[1])]) * 1e3
    position, velocity = precession(mjd) @ numbers[:3], precession(mjd) @ numbers[3:]
    normal = np.cross(position, velocity)
    radius = float(np.linalg.norm(position))
    sine = position[2] / radius
    zonal = MU_EARTH * J2 * EARTH_RADIUS**2 / (2.0 * radius**3) * (3.0 * sine * sine - 1.0)
    axis = -MU_EARTH / (2.0 * (float(velocity @ velocity) / 2.0 - MU_EARTH / radius + zonal))
    # The axis by energy keeps a constant part of J2 that the mean axis of the elements does not: c (3 cos^2 i - 1) / 2.
    scale = J2 * EARTH_RADIUS**2 / axis
    cosine2 = float(normal[2] ** 2 / (normal @ normal))
    mean = axis + 0.5 * scale * (3.0 * cosine2 - 1.0)
    node = np.degrees(np.arctan2(normal[0], -normal[1])) % 360.0
    return mjd, node, float(np.degrees(np.arccos(np.sqrt(cosine2)))), mean - EARTH_RADIUS


def launch_node() -> tuple[float, float]:
    """Epoch and node [rad] of the orbit plane through the pad at the first launch, going north."""
    moment, latitude, longitude = LAUNCH
    mjd = day_number(moment)
    sidereal = 280.46061837 + 360.98564736629 * (mjd - 51_544.5)
    behind = np.arcsin(np.tan(np.radians(latitude)) / np.tan(INCLINATION))
    return mjd, float(np.radians(sidereal + longitude) - behind)


def node_history(
    epochs: np.ndarray, altitudes: np.ndarray, anchor: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray, float]:
    """Days and node [rad] from the launch on, and what the anchor took out [deg]."""
    start, node = launch_node()
    days = np.arange(start, epochs[-1] + 1.0, 0.25)
    rates = np.asarray(node_rate(np.interp(days, epochs, altitudes), float(INCLINATION))) * 21_600.0
    nodes = node + np.concatenate([[0.0], np.cumsum(rates[:-1])])
    off = float(np.interp(anchor[0], days, nodes)) - np.radians(anchor[1])
    off = (off + np.pi) % (2.0 * np.pi) - np.pi
    return days, nodes - off * (days - start) / (anchor[0] - start), float(np.degrees(off))


def iso(mjd: float) -> str:
    """UTC text to the minute."""
    return f"{_ZERO + dt.timedelta(minutes=round(mjd * 1440.0)):%Y-%m-%dT%H:%MZ}"


def write(path: Path, header: str, rows: list[tuple[object, ...]]) -> None:
    """Write a CSV with a header line."""
    path.write_text("\n".join([header, *(",".join(str(cell) for cell in row) for row in rows)]) + "\n", "ascii")
    print(f"{path.name}: {len(rows)} rows")


def write_orbits(shared: Path, out: Path) -> None:
    """Segments, nodes and the altitude record."""
    epochs, altitudes = elements(shared / "data" / "elements" / "iss_25544.csv")
    order = np.argsort(epochs, kind="stable")
    epochs, altitudes = epochs[order], altitudes[order]
    files = sorted((shared / "data" / "oem").glob("*.xml.gz"))
    orbits = [orbit_of(gzip.decompress(file.read_bytes()).decode("ascii")) for file in files]
    write(
        out / "orbit_nodes.csv",
        "mjd,node_deg,inclination_deg,altitude_m",
        [(f"{t:.6f}", f"{node:.3f}", f"{i:.4f}", f"{h:.0f}") for t, node, i, h in orbits],
    )
    days, nodes, off = node_history(epochs, altitudes, orbits[0][:2])
    print(f"node carried from the launch to {iso(orbits[0][0])}: off by {off:.2f} deg")
    rows = [
        (
            iso(t0),
            iso(t1),
            f"{h0:.1f}",
            f"{h1:.1f}",
            f"{e:.1f}",
            f"{np.degrees(np.interp(t0, days, nodes)) % 360.0:.1f}",
        )
        for t0, t1, h0, h1, e in segments(epochs, altitudes)
    ]
    write(out / "decay_segments.csv", "start,end,altitude_start_m,altitude_end_m,fall_error_m,node_start_deg", rows)
    middle, median, _ = daily_medians(epochs, altitudes)
    keep = np.concatenate([[0], np.flatnonzero(np.diff(np.floor(middle / 5.0))) + 1])
    record = [(f"{middle[index]:.2f}", f"{median[index]:.0f}") for index in keep]
    write(out / "altitude_record.csv", "mjd,altitude_m", record)


def write_reboosts(shared: Path, out: Path) -> None:
    """Burns whose velocity change and altitude gain were both reported."""
    with (shared / "data" / "programme" / "iss_reboost_events.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["delta_v_m_s"] and row["mean_altitude_gain_km"]]
    write(
        out / "reboosts.csv",
        "date,burn_s,delta_v_m_s,gain_km,source",
        [
            (
                row["date"],
                row["burn_s"],
                row["delta_v_m_s"],
                row["mean_altitude_gain_km"],
                row["source"].replace(",", ";"),
            )
            for row in rows
        ],
    )


def write_gyros(shared: Path, out: Path) -> None:
    """Least, mean and greatest gyro momentum [N m s] of each hour, and the capacity that is reported."""
    folder = shared / "data" / "telemetry" / "iss_2018_10_12"

    def channel(name: str) -> np.ndarray:
        text = gzip.decompress((folder / f"{name}.txt.gz").read_bytes()).decode("ascii")
        return np.array([[float(cell) for cell in row.split()] for row in text.splitlines()])

    momentum, capacity = channel("USLAB000009"), channel("USLAB000038")
    hour = np.floor(momentum[:, 0] - momentum[0, 0])
    rows = []
    for value in np.unique(hour):
        values = momentum[hour == value, 1]
        rows.append(
            (int(value), *(f"{x:.0f}" for x in (values.min(), values.mean(), values.max(), np.median(capacity[:, 1]))))
        )
    write(out / "gyro_momentum.csv", "hour,least,mean,greatest,capacity", rows)


def main(arguments: list[str]) -> None:
    """Write everything."""
    shared = Path(arguments[0])
    out = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parent.parent / "tests/validation/data"
    out.mkdir(parents=True, exist_ok=True)
    write_orbits(shared, out)
    write_reboosts(shared, out)
    write_gyros(shared, out)


if __name__ == "__main__":
    main(sys.argv[1:])
