"""Readers that nobody here wrote find the same numbers in what is written."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
import pytest

from cupola.base.instants import parse_instant
from cupola.formats.elements import read_elements, write_omm, write_tle
from cupola.formats.oem import read_oem, write_oem
from support.orbit_files import DATA, RELEASES

pytestmark = pytest.mark.validation


@pytest.mark.parametrize("kind", ["xml", "csv"])
def test_elements_by_the_package_sgp4(kind: str) -> None:
    """Every element that SGP4 uses is that of the TLE, to the last digit but one."""
    from sgp4 import omm
    from sgp4.api import Satrec

    sets = read_elements(DATA / "two_lines.tle")
    direct = Satrec.twoline2rv(*write_tle(sets).splitlines())
    parse = omm.parse_xml if kind == "xml" else omm.parse_csv
    read = Satrec()
    omm.initialize(read, next(parse(io.StringIO(write_omm(sets, kind)))))
    for name in ("bstar", "ndot", "ecco", "argpo", "inclo", "mo", "no_kozai", "nodeo", "jdsatepoch", "jdsatepochF"):
        assert getattr(read, name) == pytest.approx(getattr(direct, name), rel=1e-15), name
    assert read.satnum == direct.satnum and read.intldesg == direct.intldesg


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["kvn", "xml"])
@pytest.mark.parametrize("source", [DATA / "small.oem", RELEASES[0]], ids=["small", "release"])
def test_ephemerides_by_the_package_oem(kind: str, source: Path, tmp_path: Path) -> None:
    """Where that package is installed: states within one unit in the last place, covariances too."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outside = pytest.importorskip("oem")
        ours = read_oem(source)
        path = tmp_path / f"track.{kind}"
        path.write_text(write_oem(ours, kind), encoding="utf-8")
        theirs = outside.OrbitEphemerisMessage.open(str(path))
        for segment, other in zip(ours.segments, theirs.segments, strict=True):
            found = np.array([[*state.position, *state.velocity] for state in other.states]) * 1e3
            np.testing.assert_array_max_ulp(found, np.hstack([segment.position, segment.velocity]), 1)
            first = next(iter(other.states)).epoch.isot
            assert parse_instant(first) == segment.instants[0]
            if segment.covariances is not None:
                given = np.array([covariance.matrix for covariance in other.covariances]) * 1e6
                np.testing.assert_allclose(given, segment.covariances.matrices, rtol=1e-14)
