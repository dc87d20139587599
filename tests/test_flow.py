"""From a scenario to saved runs."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import cupola
from cupola import flow
from cupola.base.errors import ScenarioError

AS_OF = "2022-07-26"
SHORT = ("span.end=2022-12-31",)


def test_the_notebook_functions_are_those_of_the_flow() -> None:
    assert cupola.open_run is flow.open_run
    assert issubclass(cupola.Case, flow.Case)
    assert set(cupola.__all__) <= set(dir(cupola))
    with pytest.raises(AttributeError):
        cupola.nothing  # noqa: B018


def test_load_takes_a_date_as_text(small: Path) -> None:
    assert str(cupola.load(small, as_of=AS_OF).as_of) == AS_OF


def test_departure_settings_leave_out_what_is_not_given() -> None:
    assert flow.departure_settings("b", "2024-12-31", "services-stop") == (
        "departure.partner=b",
        "departure.after=2024-12-31",
        "departure.mode=services-stop",
    )


def test_case_and_baseline_run_over_the_same_span_with_the_same_overlays(small: Path, tmp_path: Path) -> None:
    settings = (*SHORT, "orbit_policy.altitude=402 km", "departure.after=2022-09-30")
    case = cupola.run(small.parent / "small-b-leaves", as_of=AS_OF, settings=settings, out=tmp_path)
    assert case.baseline is not None
    assert case.baseline.details.departure == {}
    assert case.baseline.details.end == case.run.details.end
    assert "orbit_policy.altitude=402 km" in case.baseline.details.settings
    assert "departure.after=2022-09-30" not in case.baseline.details.settings
    assert case.run.details.baseline == case.baseline.path.name
    found = flow.baseline_of(flow.open_run(case.run.path))
    assert found is not None
    assert found.path == case.baseline.path


def test_a_baseline_with_another_span_is_run_over_that_of_the_case(small: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "case.yaml"
    overlay.write_text(
        "id: case\ntitle: A shorter span\nextends: small\nbaseline: small\nspan:\n  end: 2022-10-31\n", encoding="utf-8"
    )
    (tmp_path / "small").mkdir()
    for file in small.iterdir():
        (tmp_path / "small" / file.name).write_bytes(file.read_bytes())
    case = cupola.run(overlay, as_of=AS_OF, out=tmp_path / "runs")
    assert case.baseline is not None
    assert str(case.baseline.details.end) == "2022-10-31"


def test_an_overlay_that_only_the_case_knows_is_told_and_left_out_of_the_baseline(small: Path, tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    for file in small.iterdir():
        (tmp_path / "small" / file.name).write_bytes(file.read_bytes())
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(
        "id: more\ntitle: One more rule\nextends: small\nbaseline: small\n", encoding="utf-8"
    )
    head, *rest = (small / "rules.csv").read_text(encoding="utf-8").splitlines()
    row = next(line for line in rest if line[:1].isalpha())
    (folder / "rules.csv").write_text(f"{head}\nextra,{row.split(',', 1)[1]}\n", encoding="utf-8")
    said: list[str] = []
    settings = (*SHORT, "rules.extra.name=Extra")
    case = cupola.run(folder, as_of=AS_OF, settings=settings, waive=["extra"], out=tmp_path / "runs", say=said.append)
    assert case.baseline is not None
    assert case.baseline.details.settings == SHORT
    assert case.baseline.details.waived == ()
    assert case.run.details.waived == ("extra",)
    assert "Left out of the baseline, which does not know it: extra, rules.extra.name=Extra" in said


def test_a_baseline_that_leads_out_of_the_folder_is_not_followed(small: Path, tmp_path: Path) -> None:
    case = cupola.run(small, as_of=AS_OF, settings=SHORT, out=tmp_path / "runs")
    (tmp_path / "elsewhere").mkdir()
    bent = dataclasses.replace(case.run, details=dataclasses.replace(case.run.details, baseline="../elsewhere"))
    assert flow.baseline_of(bent) is None


def test_all_is_read_before_anything_is_simulated(small: Path, tmp_path: Path) -> None:
    said: list[str] = []
    with pytest.raises(ScenarioError):
        cupola.run(small, as_of=AS_OF, out=tmp_path / "runs", against=flow.Source("no-such-scenario"), say=said.append)
    assert not (tmp_path / "runs").exists()
    assert said == []
