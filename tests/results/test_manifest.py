"""The manifest: what went into a run, with no clock in it."""

from __future__ import annotations

import datetime as dt
import json
import math
from types import SimpleNamespace
from typing import Any

import pytest

from cupola.base.errors import RunError
from cupola.results.manifest import describe, read_manifest

D = dt.date


@pytest.fixture
def programme() -> Any:
    """The part of a programme that a manifest is made of."""
    named = SimpleNamespace
    return named(
        id="small",
        title="A small station",
        as_of=D(2030, 1, 1),
        span=named(start=D(2030, 1, 1), end=D(2034, 1, 1), seed=3, futures=1),
        waived=("r",),
        files=(("scenario.yaml", "ab"),),
        orbit=named(inclination=named(value=math.radians(51.6))),
        solar=named(issue="2029-12", observed_until=D(2029, 12, 31), forecast_until=D(2040, 1, 1), source="Forecast"),
        departure=named(partner="b", after=D(2030, 12, 31), mode="separates", cut="core", to=""),
        partners={"b": named(id="b", name="Agency B", role="partner", acts_for="b")},
        functions={"power": named(id="power", name="Power", unit="kW")},
        ports={"p1": named(id="p1", name="Port 1")},
        vehicles={"v": named(id="v", name="Ship V", family="V", operator="c")},
        provisions={"arrays": named(id="arrays", name="Arrays")},
        rules={"r": named(id="r", name="Rule R", kind="reserve", subject="food", limit=10.5, unit="d")},
        partner_of=lambda operator: {"c": "b"}[operator],
    )


def test_a_programme_is_described(programme: Any) -> None:
    made = describe(programme, settings=["orbit.altitude=410 km"], baseline="small-2030-01-01-0123456789ab")
    assert made.files == {"scenario.yaml": "ab"} and made.settings == ("orbit.altitude=410 km",)
    assert made.solar["observed_until"] == "2029-12-31"
    assert made.departure == {"partner": "b", "after": "2030-12-31", "mode": "separates", "cut": "core", "to": ""}
    assert made.vehicles["v"] == {"name": "Ship V", "family": "V", "partner": "b"}
    assert made.density["name"].startswith("density_51.6") and len(made.density["sha256"]) == 64
    assert {"numpy", "python", "cpu"} <= set(made.versions)


def test_it_reads_back_equal(programme: Any) -> None:
    made = describe(programme, density={"name": "table", "sha256": "00"})
    assert read_manifest(json.loads(json.dumps(made.as_json())), "m") == made
    assert made.folder_name() == describe(programme, density={"name": "table", "sha256": "00"}).folder_name()


def test_nobody_leaves(programme: Any) -> None:
    programme.departure = None
    assert describe(programme, density={}).departure == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [("seed", True), ("seed", "1"), ("waived", ["r", 1]), ("end", 5), ("files", []), ("rules", {"r": {"name": 1}})],
)
def test_a_wrong_field_is_named(programme: Any, name: str, value: object) -> None:
    data = {**describe(programme, density={}).as_json(), name: value}
    with pytest.raises(RunError, match=f"m: {name} has a wrong value"):
        read_manifest(data, "m")


def test_a_missing_field_is_named(programme: Any) -> None:
    data = describe(programme, density={}).as_json()
    del data["solar"]
    with pytest.raises(RunError, match="m: solar is missing"):
        read_manifest(data, "m")
    with pytest.raises(RunError, match="not a mapping"):
        read_manifest([], "m")
