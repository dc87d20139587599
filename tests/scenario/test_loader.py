import datetime as dt
import hashlib

import pytest

from cupola.base.errors import ScenarioError
from cupola.scenario import load, shipped

DAY = dt.date(2022, 7, 26)


def test_the_small_station_is_read(bench):
    programme = bench.load()
    assert programme.id == "small"
    assert programme.span.start == DAY == programme.as_of
    assert programme.departure is None
    mass = programme.elements["hub"].mass
    assert (mass.value, mass.low, mass.high, mass.unit, mass.status) == (15_000.0, 14_500.0, 15_500.0, "kg", "F")
    assert mass.where == "small/elements.csv:2"
    need = programme.provisions["lab-oxygen"].needs[0]
    assert (need.kind, need.subject, need.amount) == ("function", "power", 3000.0)
    assert programme.provisions["tug-engines"].operator == "b"
    assert programme.partners["carrier"].acts_for == "a"
    assert programme.ports["pier-zenith"].since == dt.date(2017, 5, 3)
    assert programme.flights["taxi-2"].moves == ((dt.date(2022, 4, 8), "hub-forward"),)
    assert programme.flights["tug-2"].propellant == 720.0
    assert programme.rules["food-45"].limit == 45 * 86_400
    assert programme.rules["air"].limit == pytest.approx(6 * 133.322387415)
    assert set(programme.docked_on(DAY)) == {"hub-forward", "hub-zenith", "pier-nadir", "service-aft"}
    assert programme.solar.first <= DAY


def test_files_are_named_with_their_hash(bench):
    files = dict(bench.load("small-b-leaves").files)
    data = (bench.folder / "small" / "ports.csv").read_bytes()
    assert files["small/ports.csv"] == hashlib.sha256(data).hexdigest()
    assert "small-b-leaves/scenario.yaml" in files


def test_a_bare_number_beside_a_unit_is_in_that_unit(bench):
    bench.replace("elements.csv", ",15 t,14.5,15.5,", ",15 t,14500 kg,15.5,")
    mass = bench.load().elements["hub"].mass
    assert (mass.low, mass.high) == (14_500.0, 15_500.0)


def test_partial_dates_are_the_start_or_the_end_of_their_period(bench):
    programme = bench.load("small-b-leaves")
    assert programme.statements["b-stays"].said == dt.date(2021, 12, 31)
    assert programme.departure is not None and programme.departure.after == dt.date(2024, 12, 31)
    bench.replace("elements.csv", "2016-03-01,2016-03-03", "2016,2016-03")
    lab = bench.load().elements["lab"]
    assert (lab.launched, lab.attached) == (dt.date(2016, 1, 1), dt.date(2016, 3, 1))
    assert programme.obligations["b-reboost"].end == dt.date(2028, 12, 31)


def test_rules_are_waived_by_file_and_by_option(bench):
    bench.replace("scenario.yaml", "waived: []", "waived: [trained-b]")
    programme = load(bench.path("small"), as_of=DAY, waive=["lifeboat"])
    assert programme.waived == ("trained-b", "lifeboat")


@pytest.mark.parametrize("name", ["nowhere", "", "../..", "a\0b", "small.yaml/x", "x" * 5000])
def test_a_scenario_that_is_nowhere_is_a_problem(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError) as caught:
        load(name)
    assert caught.value.problems


def test_the_default_day_is_today(bench):
    today = dt.datetime.now(dt.UTC).date()
    if today >= dt.date(2027, 1, 1):
        bench.replace("scenario.yaml", "end: 2027-01-01", f"end: {today.year + 2}-01-01")
    assert today <= load(bench.path("small")).as_of <= dt.datetime.now(dt.UTC).date()


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_scenario_is_read(name):
    try:
        programme = load(name, as_of=DAY)
    except ScenarioError as error:
        # A scenario whose station or departure rests on later statements cannot be asked as of an earlier day.
        assert all(
            problem.where == "--as-of" or problem.what == "was said after the as-of day" for problem in error.problems
        ), str(error)
        programme = load(name)
    assert programme.elements


def test_the_small_scenario_is_not_shipped():
    assert "small" not in shipped()
