"""Ephemerides as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.formats.ephemeris_csv import write_ephemeris_csv
from cupola.formats.oem import read_oem
from support.orbit_files import DATA


def test_a_row_is_a_state() -> None:
    segment = read_oem(DATA / "small.oem").segments[0]
    rows = list(csv.DictReader(io.StringIO(write_ephemeris_csv(segment))))
    assert [row["epoch_utc"] for row in rows][:2] == ["2021-09-22T12:00:00.000Z", "2021-09-22T12:04:00.000Z"]
    found = [[float(row[name]) for name in ("x_m", "y_m", "z_m")] for row in rows]
    assert np.array_equal(found, segment.position)
    assert float(rows[3]["vz_m_s"]) == segment.velocity[3, 2]


def test_what_is_not_finite_is_not_written() -> None:
    segment = read_oem(DATA / "small.oem").segments[0]
    with pytest.raises(DomainError, match="not finite"):
        write_ephemeris_csv(replace(segment, position=segment.position * np.nan))
