"""The Sun and the Moon for the full engine: a shipped cut of a planetary ephemeris, handed on in its own file format.

Assumptions and limits: three bodies only (Earth-Moon barycentre, Moon, Sun), 1973 to 2059, Chebyshev coefficients
to 0.1 m. ``tools/make_flight_tables.py`` makes the table. Source: Park, Folkner, Williams and Boggs, The JPL
Planetary and Lunar Ephemerides DE440 and DE441 (2021), doi 10.3847/1538-3881/abd414.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNIT_KM = 1e-4
"""What one whole number of the table stands for [km]."""
LABEL = "JPL Planetary Ephemeris DE440/LE440"
"""The title by which readers of the format know it."""
NUMBER = 440
BODIES = (("barycentre", 2, 13, 2), ("moon", 9, 13, 8), ("sun", 10, 11, 2))
"""Name, row in the file's table of pointers, coefficients of a component, pieces a block."""
CONSTANTS = ("DENUM", "LENUM", "CLIGHT", "AU", "EMRAT", "GMB", "GMS")
_ROWS = 12
_HEADER_NAMES = 400


@lru_cache(maxsize=1)
def load_table() -> dict[str, NDArray[Any]]:
    """The shipped table as ``tools/make_flight_tables.py`` wrote it."""
    with (
        as_file(files("cupola.data") / "environment" / "sun_moon.npz") as path,
        np.load(path, allow_pickle=False) as data,
    ):
        return {name: data[name] for name in data.files}


def ephemeris_file(table: dict[str, NDArray[Any]]) -> bytes:
    """The table as a binary ephemeris file, little-endian, with blocks of the three bodies only.

    table      arrays by name, as ``load_table`` gives them
    returns    the bytes: two records of header, then one record a block of 32 days

    Source of the layout: JPL, planetary ephemeris export format (asc2eph).
    """
    pointers, at = np.zeros((_ROWS + 1, 3), dtype="<i4"), 3
    pointers[:, 0] = 3
    for name, row, orders, pieces in BODIES:
        pointers[row] = at, orders, pieces
        at += table[name].shape[0]
    record = at - 1
    # A body without coefficients points behind the last one that has some.
    pointers[pointers[:, 1] == 0, 0] = at
    blocks = table["sun"].shape[1]
    body = np.empty((blocks, record), dtype="<f8")
    body[:, 0] = table["first_jd"] + table["block_days"] * np.arange(blocks)
    body[:, 1] = body[:, 0] + table["block_days"]
    body[:, 2:] = np.concatenate([table[name] for name, *_ in BODIES]).T * UNIT_KM
    return _header(table, pointers, record) + bytes(body.tobytes())


def _header(table: dict[str, NDArray[Any]], pointers: NDArray[np.int32], record: int) -> bytes:
    """Two records: the names, the span and the pointers; then the values of the constants."""
    title = LABEL.encode("ascii").ljust(84) * 3
    names = b"".join(name.encode("ascii").ljust(6) for name in CONSTANTS).ljust(6 * _HEADER_NAMES)
    span = (float(table["first_jd"]), float(table["last_jd"]), float(table["block_days"]))
    first: bytes = title + names + struct.pack("<3d", *span) + struct.pack("<i", len(CONSTANTS))
    first += struct.pack("<2d", float(table["astronomical_unit_km"]), float(table["mass_ratio"]))
    first += pointers[:_ROWS].tobytes() + struct.pack("<i", NUMBER) + pointers[_ROWS].tobytes()
    second: bytes = np.asarray(table["constants"], dtype="<f8").tobytes()
    return first.ljust(record * 8, b"\0") + second.ljust(record * 8, b"\0")
