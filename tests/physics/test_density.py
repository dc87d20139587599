"""Which table is taken for an inclination, what flux counts, and how a table is made."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.physics import density_build
from cupola.physics.atmosphere import orbit_densities
from cupola.physics.density import (
    FLUX_WEIGHT,
    effective_flux,
    is_shipped,
    kept_tables,
    load_table,
    shipped_inclinations,
)
from cupola.physics.density_form import VERSION
from support.tools import tool

INCLINATION = float(np.radians(51.64))


def test_daily_flux_counts_by_its_weight() -> None:
    heights = np.array([300e3, 350e3, 400e3, 430e3])
    both = np.log(orbit_densities(heights, INCLINATION, 1.0, 59_786, 170.0, 140.0, 10.0))
    flux = float(effective_flux(170.0, 140.0))
    one = np.log(orbit_densities(heights, INCLINATION, 1.0, 59_786, flux, flux, 10.0))
    assert np.abs(both - one).max() < 0.03


def test_the_nearest_shipped_table_is_taken() -> None:
    assert {41.5, 50.0, 51.64, 96.8} <= shipped_inclinations().keys()
    for degrees, nearest in ((51.8, 51.64), (41.47, 41.5), (97.0, 96.8), (50.2, 50.0)):
        assert load_table(np.radians(degrees)).inclination == pytest.approx(np.radians(nearest))


@pytest.mark.parametrize("degrees", [-1.0, 181.0, np.nan])
def test_what_is_no_inclination_is_refused(degrees: float) -> None:
    with pytest.raises(DomainError, match="expected 0 to 180 deg"):
        load_table(np.radians(degrees))


def test_a_table_for_any_other_inclination_is_made_once_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    grid = density_build.Grid(flux=(70.0, 140.0, 210.0), ap=(4.0, 15.0), seasons=2, local_times=2, altitudes=9)
    monkeypatch.setattr(density_build, "Grid", lambda: grid)
    assert not is_shipped(np.radians(28.4)) and is_shipped(np.radians(51.5)) and not is_shipped(np.radians(51.0))
    table = load_table(np.radians(28.43))
    kept = kept_tables() / "density_28.40.npz"
    assert [path.name for path in kept_tables().iterdir()] == [kept.name]
    assert table.inclination == pytest.approx(np.radians(28.4))
    day, height = density_build.FIRST_DAY, np.array([400e3])
    wanted = np.log(orbit_densities(height, np.radians(28.4), 0.0, day, 140.0, 140.0, 4.0, density_build.SAMPLES))
    # The first season, the second flux, the first Ap and local time; altitudes are even in the root of their height.
    roots = np.sqrt(np.array([table.lowest, table.highest, height[0]]) - table.foot)
    found = np.interp(roots[2], np.linspace(roots[0], roots[1], 9), table.rows[2, :9])
    assert found == pytest.approx(wanted[0], abs=0.05)
    written = kept.stat().st_mtime_ns
    load_table(np.radians(28.36))
    assert kept.stat().st_mtime_ns == written


@pytest.mark.parametrize("fault", ["version", "model", "inclination", "broken"])
def test_a_kept_table_that_is_another_one_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    grid = density_build.Grid(flux=(70.0, 140.0, 210.0), ap=(4.0, 15.0), seasons=2, local_times=2, altitudes=9)
    monkeypatch.setattr(density_build, "Grid", lambda: grid)
    kept = density_build.write(28.4, kept_tables_made())
    if fault == "broken":
        kept.write_bytes(kept.read_bytes()[:100])
    else:
        with np.load(kept) as archive:
            held = {**archive}
        changed = {"version": np.int64(1), "model": np.array("NRLMSIS 2.1"), "inclination": np.float64(0.9)}
        np.savez(kept, **(held | {fault: changed[fault]}))
    assert load_table(np.radians(28.4)).inclination == pytest.approx(np.radians(28.4))
    with np.load(kept) as archive:
        assert int(archive["version"]) == VERSION and str(archive["model"]) == "NRLMSISE-00"


def kept_tables_made() -> Path:
    """The folder of kept tables, which is there."""
    kept_tables().mkdir(parents=True)
    return kept_tables()


def test_a_cache_that_cannot_be_written_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(DomainError, match="Set XDG_CACHE_HOME"):
        load_table(np.radians(28.4))


def test_what_is_shipped_names_a_model_that_all_may_use() -> None:
    for name in shipped_inclinations().values():
        with (files("cupola") / "data" / "environment" / name).open("rb") as file, np.load(file) as archive:
            assert str(archive["model"]) == "NRLMSISE-00"
            # One weight serves all: 0.334 to 0.339 by inclination, and half a per cent of a flare's departure.
            assert float(archive["flux_weight"]) == pytest.approx(FLUX_WEIGHT, abs=0.005)
    assert load_table(INCLINATION).source.startswith("NRLMSISE-00 (Picone")


def made(folder: Path, model: str) -> dict[str, np.ndarray]:
    """What a table of a few nodes holds, and ln(rho_eff) read back from it."""
    grid = density_build.Grid(flux=(70.0, 140.0, 210.0), ap=(4.0, 15.0), seasons=2, local_times=2, altitudes=5)
    with np.load(density_build.write(51.64, folder, model, grid)) as archive:
        return {**archive, "read": archive["ln_density"] * archive["scale"] + archive["middle"]}


def direct(table: dict[str, np.ndarray], model: str) -> np.ndarray:
    """The second season and local time at 140 sfu and Ap 15, straight from the model."""
    day = density_build.FIRST_DAY + 365.25 / 2
    point = (table["altitude"], float(table["inclination"]), np.pi, day, 140.0, 140.0, 15.0, density_build.SAMPLES)
    return np.log(orbit_densities(*point, model))


def test_a_table_is_made(tmp_path: Path) -> None:
    table = made(tmp_path, "00")
    assert str(table["model"]) == "NRLMSISE-00"
    assert float(table["flux_weight"]) == FLUX_WEIGHT
    assert table["read"].shape == (3, 2, 2, 2, 5)
    assert np.allclose(table["read"][1, 1, 1, 1], direct(table, "00"), atol=density_build.SCALE)


def test_msis2_can_still_be_made_into_a_table(tmp_path: Path) -> None:
    """The only test that calls the code of MSIS 2.1, which is not for commercial use; see SOURCES.md."""
    table = made(tmp_path, "2.1")
    assert str(table["model"]) == "NRLMSIS 2.1" and "not for commercial use" in str(table["source"])
    assert 0.2 < float(table["flux_weight"]) < 0.45
    assert np.allclose(table["read"][1, 1, 1, 1], direct(table, "2.1"), atol=density_build.SCALE)
    # 11 % thinner than 00 in the mean at 420 km, 1 to 19 % by day, local time and Sun.
    thinner = np.exp(table["read"][..., 1:] - made(tmp_path, "00")["read"][..., 1:])
    assert thinner.min() > 0.75 and thinner.max() < 1.0
    assert 0.85 < thinner.mean() < 0.93


def test_the_tool_does_not_put_a_restricted_model_where_tables_are_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        tool("make_density_table").main(["51.64", "--model", "2.1"])
    assert "not for commercial use" in capsys.readouterr().err
