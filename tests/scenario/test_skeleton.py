from __future__ import annotations

import datetime as dt
import re

import pytest

from cupola.base.errors import ScenarioError
from cupola.scenario import load, shipped, skeleton
from cupola.scenario.difference import differences
from cupola.scenario.shipped import place_of

DAY, LATER = dt.date(2022, 7, 26), dt.date(2026, 11, 26)


def uncommented(text: str) -> str:
    """The overlay with every key in force: one '# ' is taken away where a section or a key stands behind it."""
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line == "# span:")
    for number in range(start, len(lines)):
        if re.match(r"# (?:\w+:$|  )", lines[number]):
            lines[number] = lines[number][2:]
    return "\n".join(lines)


def test_the_smallest_station_has_about_ten_lines_and_says_that_it_is_invented(tmp_path):
    files = skeleton.station_files("my-station", DAY)
    text = files["scenario.yaml"]
    assert len(text.splitlines()) <= 12
    folder = skeleton.put("my-station", files, tmp_path, DAY)
    programme = load(folder, as_of=DAY)
    assert programme.id == "my-station"
    assert list(programme.docked_on(DAY)) == ["front"]
    assert "invented" in text.splitlines()[0]
    # Every number that is not what one person needs is invented, and says so.
    mass = programme.elements["hub"].mass
    assert "invented" in mass.source
    assert mass.low < mass.value < mass.high


def test_the_template_says_of_every_number_where_it_is_from():
    programme = load(skeleton.TEMPLATE, as_of=DAY)
    sections = ("orbit", "orbit_policy", "attitude", "crew_policy", "deorbit", "life_support")
    for section in sections:
        for name, value in vars(getattr(programme, section)).items():
            source = getattr(value, "source", "invented")
            assert not source.startswith("given without a source"), f"{section}.{name}"
            if section not in ("life_support", "deorbit"):
                assert "invented" in source, f"{section}.{name}"


@pytest.mark.parametrize("name", sorted(shipped()))
def test_an_overlay_of_every_shipped_scenario_loads_with_all_its_keys_in_force(tmp_path, name):
    try:
        below = load(name, as_of=DAY)
    except ScenarioError:
        # A station that was announced later is not known then.
        below = load(name, as_of=LATER)
    day = below.as_of
    files = skeleton.overlay_files("change", below)
    folder = skeleton.put("change", files, tmp_path, day)
    plain = load(folder, as_of=day)
    assert {row.field for row in differences(below, plain)} <= {"title", "baseline"}
    (folder / "scenario.yaml").write_text(uncommented(files["scenario.yaml"]), encoding="utf-8")
    full = load(folder, as_of=day)
    changed = [row for row in differences(below, full) if row.table not in ("scenario", "departure")]
    # The values are the present ones, so that taking a '# ' away changes nothing but the source.
    assert all(row.same_value for row in changed), [row.key for row in changed if not row.same_value]
    assert len({row.key for row in changed}) >= 15
    assert full.departure is not None


def test_each_key_of_an_overlay_stands_below_its_meaning_and_unit(bench):
    text = skeleton.overlay_files("change", bench.load())["scenario.yaml"]
    assert "#   # Mean altitude at which the station is kept. From 150 to 2000 km.\n#   altitude: 400 km" in text
    assert "One of services-stop, hands-over, separates." in text
    assert "# Nobody leaves in small. Partners: a, b." in text


def test_a_copy_keeps_comments_and_sources_and_changes_the_name(bench):
    place = place_of(bench.path("small"))
    files = skeleton.copy_files("other", place)
    folder = skeleton.put("other", files, bench.folder, DAY)
    for file in bench.path("small").glob("*.csv"):
        assert (folder / file.name).read_text(encoding="utf-8") == file.read_text(encoding="utf-8")
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    assert text.startswith("# A small invented station for the tests.")
    found = differences(bench.load(), bench.load("other"))
    assert [row.key for row in found] == ["scenario.title"]
    assert bench.load("other").id == "other"


def test_a_copy_of_an_overlay_stays_an_overlay(bench):
    files = skeleton.copy_files("other", place_of(bench.path("small-b-leaves")))
    assert set(files) == {"scenario.yaml"}
    assert "extends: small" in files["scenario.yaml"]
    skeleton.put("other", files, bench.folder, DAY)


def test_a_flat_copy_needs_no_other_scenario(bench, tmp_path_factory):
    far = tmp_path_factory.mktemp("far")
    below = bench.load("small-b-leaves", settings=["departure.after=2025-12-31"])
    folder = skeleton.put_flat("alone", below, far)
    assert "extends" not in (folder / "scenario.yaml").read_text(encoding="utf-8")
    found = differences(below, load(folder, as_of=DAY))
    assert [row.key for row in found] == ["scenario.title", "scenario.baseline"]


def test_what_does_not_load_is_taken_away(bench):
    with pytest.raises(ScenarioError):
        skeleton.put("broken", {"scenario.yaml": "id: broken\ntitle: no station\n"}, bench.folder, DAY)
    assert not bench.path("broken").exists()


def test_an_id_that_cannot_be_changed_is_told(bench):
    bench.replace("scenario.yaml", "id: small\n", '"id": small\n')
    with pytest.raises(ScenarioError, match="cannot be changed in the copy"):
        skeleton.put("other", skeleton.copy_files("other", place_of(bench.path("small"))), bench.folder, DAY)
    assert not bench.path("other").exists()


def test_a_linked_table_is_not_copied(bench):
    (bench.path("small") / "sites.csv").unlink()
    (bench.path("small") / "sites.csv").symlink_to(bench.path("small") / "people.csv")
    with pytest.raises(ScenarioError, match="symbolic link"):
        skeleton.copy_files("other", place_of(bench.path("small")))


@pytest.mark.parametrize("name", ["", "a/b", "..", "a b", "x" * 65, "-x", sorted(shipped())[0]])
def test_names_that_will_not_do(tmp_path, name):
    with pytest.raises(ScenarioError):
        skeleton.check_name(name, tmp_path)


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    (tmp_path / "there").symlink_to(tmp_path / "nowhere")
    for name in ("mine", "there"):
        with pytest.raises(ScenarioError, match="is there already"):
            skeleton.check_name(name, tmp_path)


def test_the_station_in_the_documents_is_the_one_that_is_written(root):
    page = (root / "docs" / "making-a-scenario.md").read_text(encoding="utf-8")
    assert skeleton.station_files("my-station", DAY)["scenario.yaml"] in page


def test_an_overlay_cannot_reach_another_scenario_of_the_same_name(bench, tmp_path_factory):
    far = tmp_path_factory.mktemp("far")
    place = place_of(bench.path("small"))
    skeleton.check_reach(place, bench.folder)
    with pytest.raises(ScenarioError, match="does not lead to"):
        skeleton.check_reach(place, far)
    (far / "small").mkdir()
    (far / "small" / "scenario.yaml").write_text("id: small\ntitle: Another\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="does not lead to"):
        skeleton.check_reach(place, far)
