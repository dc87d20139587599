"""Write the tables that the full engine flies with: Earth orientation, Sun and Moon, and 3-hourly indices.

    python tools/make_flight_tables.py SHARED EPHEMERIS [OUT]

SHARED holds ``data/eop/finals2000A.all``, ``data/eop/Leap_Second.dat`` and
``data/spaceweather/cssi_space_weather_1957_2026.txt``; EPHEMERIS is JPL's binary file ``linux_p1550p2650.440``,
which the package satkit-data 0.9.0 carries; OUT defaults to ``src/cupola/data/environment``.

All tables keep whole numbers of the last printed digit. The polynomials of the Sun and the Moon are kept to 0.1 m,
which moves a station by less than a millimetre a week, for the three bodies needed, from FIRST_JD to LAST_JD.
"""

from __future__ import annotations

import re
import struct
import sys
from pathlib import Path

import numpy as np

from cupola.base.time import to_mjd
from cupola.flight.full_earth import BLANK, PLACES
from cupola.flight.full_ephemeris import BODIES, CONSTANTS, LABEL, UNIT_KM
from cupola.formats.space_weather import read_space_weather

FIRST_JD, LAST_JD = 2_441_680.5, 2_473_459.5
"""1973-01-01, when Earth orientation begins, and 2060-01-01."""
EOP_SOURCE = "IERS finals2000A.all, Bulletin A, issue of 2026-10-22 (by way of astropy-iers-data)"
LEAP_SOURCE = "IERS Leap_Second.dat, updated through Bulletin C 72 of July 2026"
EPHEMERIS_SOURCE = "JPL DE440, Park and others (2021), doi 10.3847/1538-3881/abd414 (by way of satkit-data)"
INDICES_SOURCE = "CSSI space weather data, CelesTrak (T. S. Kelso), updated 2026-08-22"


def write_orientation(folder: Path, out: Path) -> None:
    """Write ``earth_orientation.npz``: one row a day, and the leap seconds."""
    rows = [line for line in (folder / "finals2000A.all").read_text("ascii").splitlines() if line[18:27].strip()]
    mjd = np.array([int(float(line[7:15])) for line in rows])
    if not np.all(np.diff(mjd) == 1):
        raise ValueError("the days of finals2000A.all do not follow one another")
    table = {}
    for name, (at, width, digits) in PLACES.items():
        texts = [line[at : at + width] for line in rows]
        whole = [round(float(text) * 10**digits) if text.strip() else BLANK for text in texts]
        table[name] = np.array(whole, dtype=np.int32)
    observed = np.array([line[57] == "I" for line in rows])
    text = (folder / "Leap_Second.dat").read_text("ascii")
    leaps = [(int(float(m[1])), int(m[2])) for m in re.finditer(r"^\s+(\d+\.0)\s+\d+\s+\d+\s+\d+\s+(\d+)", text, re.M)]
    expiry = re.search(r"File expires on (\d+ \w+ \d+)", text)
    if not leaps or expiry is None:
        raise ValueError("Leap_Second.dat holds no rows or no date of expiry")
    np.savez_compressed(
        out / "earth_orientation.npz",
        first=np.int64(mjd[0]),
        observed=np.int64(mjd[observed][-1]),
        **table,
        leap_mjd=np.array([m for m, _ in leaps], dtype=np.int32),
        leap_seconds=np.array([s for _, s in leaps], dtype=np.int32),
        leap_expiry=np.array(expiry[1]),
        source=np.array([EOP_SOURCE, LEAP_SOURCE]),
    )
    print(f"orientation: MJD {mjd[0]} to {mjd[-1]}, observed to {mjd[observed][-1]}; {len(leaps)} leap seconds")


def write_ephemeris(path: Path, out: Path) -> None:
    """Write ``sun_moon.npz``: the Chebyshev coefficients of the Earth-Moon barycentre, the Moon and the Sun."""
    data = path.read_bytes()
    start, _, length = struct.unpack_from("<3d", data, 2652)
    pointers = np.array(struct.unpack_from("<36i", data, 2696)).reshape(12, 3)
    astronomical_unit, mass_ratio = struct.unpack_from("<2d", data, 2680)
    record = 1018
    numbers = np.frombuffer(data, dtype="<f8")
    one, two = (int((jd - start) // length) for jd in (FIRST_JD, LAST_JD))
    blocks = numbers[(2 + one) * record : (3 + two) * record].reshape(-1, record)
    names = [data[252 + 6 * k : 258 + 6 * k].decode("ascii").strip() for k in range(400)]
    values = numbers[record : record + 400]
    table = {}
    for name, row, orders, pieces in BODIES:
        at, found_orders, found_pieces = pointers[row]
        if (found_orders, found_pieces) != (orders, pieces):
            raise ValueError(f"{name}: the file has {found_orders} coefficients in {found_pieces} pieces")
        part = blocks[:, at - 1 : at - 1 + 3 * orders * pieces]
        table[name] = np.ascontiguousarray(np.rint(part / UNIT_KM).astype(np.int64).T)
    np.savez_compressed(
        out / "sun_moon.npz",
        label=np.array(LABEL),
        first_jd=blocks[0, 0],
        last_jd=blocks[-1, 1],
        block_days=length,
        astronomical_unit_km=astronomical_unit,
        mass_ratio=mass_ratio,
        constants=np.array([values[names.index(name)] for name in CONSTANTS]),
        **table,
        source=np.array(EPHEMERIS_SOURCE),
    )
    print(f"ephemeris: JD {blocks[0, 0]} to {blocks[-1, 1]}, {len(blocks)} blocks")


def write_indices(text: Path, out: Path) -> None:
    """Write ``ap_3h.npz``: the eight 3-hourly ap of each observed day; the flux stands in ``solar_observed.npz``."""
    days = read_space_weather(text.read_text("ascii").splitlines(), text.name)
    np.savez_compressed(
        out / "ap_3h.npz",
        first=np.int64(to_mjd(days[0].day)),
        ap=np.array([day.ap_3h for day in days], dtype=np.int16),
        source=np.array(INDICES_SOURCE),
    )
    print(f"indices: {days[0].day} to {days[-1].day}")


def main(arguments: list[str]) -> None:
    """Write the three tables."""
    shared, ephemeris = Path(arguments[0]) / "data", Path(arguments[1])
    home = Path(__file__).resolve().parent.parent / "src" / "cupola" / "data" / "environment"
    out = Path(arguments[2]) if len(arguments) > 2 else home
    write_orientation(shared / "eop", out)
    write_ephemeris(ephemeris, out)
    write_indices(shared / "spaceweather" / "cssi_space_weather_1957_2026.txt", out)


if __name__ == "__main__":
    main(sys.argv[1:])
