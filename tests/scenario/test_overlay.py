import datetime as dt

import pytest

from cupola.base.quantity import DAY_S


def overlay(bench, text, name="mine"):
    (bench.folder / name).mkdir(exist_ok=True)
    (bench.folder / name / "scenario.yaml").write_text(
        f"id: {name}\ntitle: Mine\nextends: small\n{text}", encoding="utf-8"
    )


def test_an_overlay_changes_what_it_gives_and_keeps_the_rest(bench):
    below, above = bench.load("small"), bench.load("small-b-leaves")
    assert above.departure is not None and above.departure.partner == "b"
    assert above.baseline == "small"
    assert above.elements == below.elements
    assert above.orbit == below.orbit


def test_the_trace_keeps_what_won_and_what_it_hid(bench):
    overlay(bench, "orbit_policy:\n  altitude: 405 km\n")
    programme = bench.load("mine", settings=["orbit_policy.altitude=410 km"])
    (trace,) = [row for row in programme.traces if row.key == "orbit_policy.altitude"]
    assert (trace.won, trace.value) == ("--set", "410 km")
    assert trace.hidden == (("mine/scenario.yaml:5", "405 km"), ("small/scenario.yaml:19", "400 km"))
    assert programme.orbit_policy.altitude.value == 410_000.0
    assert programme.orbit_policy.altitude.where == "--set"


def test_a_new_value_drops_the_range_below(bench):
    drag = bench.load(settings=["orbit.drag_area=810"]).orbit.drag_area
    assert (drag.low, drag.value, drag.high) == (810.0, 810.0, 810.0)


def test_a_range_without_a_value_narrows_the_one_below(bench):
    overlay(bench, "orbit:\n  drag_area: {low: 790}\n")
    drag = bench.load("mine").orbit.drag_area
    assert (drag.low, drag.value, drag.high, drag.source) == (790.0, 800.0, 900.0, "invented")


def test_tables_are_overlaid_by_row_and_rows_are_removed(bench):
    overlay(bench, "")
    (bench.folder / "mine" / "services.csv").write_text(
        "id,interval,drop\ntug-line,100 d,\nhauler-line,,remove\n", encoding="utf-8"
    )
    services = bench.load("mine").services
    assert services["tug-line"].interval.value == services["tug-line"].interval.high == 100 * DAY_S
    assert services["tug-line"].vehicle == "tug"
    assert "hauler-line" not in services


def test_a_removed_row_must_exist_and_the_word_is_remove(bench):
    overlay(bench, "")
    table = bench.folder / "mine" / "services.csv"
    table.write_text("id,drop\ntugline,remove\ntug-line,yes\n", encoding="utf-8")
    found = {problem.where: str(problem) for problem in bench.problems("mine")}
    assert "'tug-line'" in found["mine/services.csv:2"]
    assert "remove" in found["mine/services.csv:3"]


def test_removing_what_others_need_is_found(bench):
    overlay(bench, "")
    (bench.folder / "mine" / "sites.csv").write_text("id,drop\ncontrol-b,remove\n", encoding="utf-8")
    keys = {problem.key for problem in bench.problems("mine")}
    assert {"provisions.ground-b.provider", "provisions.service-thrusters.needs"} <= keys


def test_one_yaml_file_can_be_an_overlay_with_rows(bench):
    text = "id: one\ntitle: One\nextends: small\nvehicles:\n  tug: {max_stay: 300 d}\ndeorbit: {ships: 1}\n"
    (bench.folder / "one.yaml").write_text(text, encoding="utf-8")
    programme = bench.load("one.yaml")
    assert programme.vehicles["tug"].max_stay.value == 300 * DAY_S
    assert programme.vehicles["tug"].max_stay.where == "one.yaml:5"
    assert programme.deorbit.ships.value == 1


def test_an_overlay_takes_a_departure_back(bench):
    text = "id: mine\ntitle: Mine\nextends: small-b-leaves\ndeparture: ~\n"
    (bench.folder / "mine.yaml").write_text(text, encoding="utf-8")
    assert bench.load("mine.yaml").departure is None


def test_an_overlay_blanks_a_value(bench):
    overlay(bench, "deorbit:\n  vehicle: ''\n")
    assert bench.load("mine").deorbit.vehicle == ""


@pytest.mark.parametrize(
    ("extends", "words"),
    [
        ("small-b-leaves", "circle"),
        ("other", "circle"),
        ("smal", "'small'"),
        ("../small", "no known"),
        ("/etc", "no known"),
    ],
)
def test_a_chain_that_goes_nowhere(bench, extends, words):
    bench.replace("small-b-leaves/scenario.yaml", "extends: small", f"extends: {extends}")
    (bench.folder / "other.yaml").write_text("id: other\ntitle: Other\nextends: small-b-leaves\n", encoding="utf-8")
    problems = [problem for problem in bench.problems("small-b-leaves") if problem.key == "extends"]
    assert len(problems) == 1 and words in str(problems[0])


@pytest.mark.parametrize(
    ("setting", "key", "words"),
    [
        ("orbit.altitude", "orbit.altitude", "key=value"),
        ("=5", "(blank)", "key=value"),
        ("orbt.altitude=410 km", "orbt.altitude", "'orbit'"),
        ("orbit.altitud=410 km", "orbit.altitud", "'altitude'"),
        ("orbit=410 km", "orbit", "no field"),
        ("vehicles.tug=5", "vehicles.tug", "no field"),
        ("vehicles.tugg.max_stay=5 d", "vehicles.tugg", "'tug'"),
        ("orbit.altitude=410 kg", "orbit.altitude", "mass"),
        ("orbit.altitude=nan", "orbit.altitude", "number"),
        ("elements.lab.owner=c", "elements.lab.owner", "Known"),
        ("span.end=2020", "span.end", "earlier"),
    ],
)
def test_a_bad_setting(bench, setting, key, words):
    (problem,) = bench.problems(settings=[setting])
    assert (problem.where, problem.key) == ("--set", key)
    assert words in str(problem)


def test_settings_win_and_may_set_rows(bench):
    settings = ["vehicles.tug.max_stay=200 d", "elements.lab.owner=b", "departure.partner=b", "departure.after=2024"]
    programme = bench.load(settings=settings)
    assert programme.vehicles["tug"].max_stay.value == 200 * DAY_S
    assert programme.elements["lab"].owner == "b"
    assert programme.departure is not None
    assert (programme.departure.after, programme.departure.mode) == (dt.date(2024, 12, 31), "services-stop")
    assert programme.departure.exit_time.value == 0


def test_the_last_setting_wins(bench):
    programme = bench.load(settings=["orbit_policy.altitude=410 km", "orbit_policy.altitude=411 km"])
    assert programme.orbit_policy.altitude.value == 411_000
