"""``cupola fly --events``: a table of the first, all of them in JSON and in a file, and every slip in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FLIGHT = (
    *("fly", "--state", "6788.1363,0,0,0,4.755154,6.008923", "--epoch", "2025-01-01T12:00"),
    *("--mass", "420 t", "--drag-area", "3520 m2"),
)


def test_the_first_events_are_shown_and_all_are_written(call, tmp_path: Path) -> None:
    words = (*FLIGHT, "--days", "0.5", "--events", "Node, perigee,apogee,eclipse,penumbra,altitude=410km")
    done = call(*words, "--events-out", "events.csv")
    assert done.exit_code == 0, done.stderr
    shown = [line for line in done.stdout.splitlines() if line.startswith("2025-01-01T")]
    rows = (tmp_path / "events.csv").read_text().splitlines()
    assert len(shown) == 40 and f"and {len(rows) - 41} more (events.csv holds all)" in done.stdout
    assert f"Written: events.csv: {len(rows) - 1} events." in done.stdout
    assert rows[0] == "epoch_utc,event,height_m,latitude_deg,longitude_deg"
    for kind in ("ascending node", "perigee", "apogee", "umbra entry", "penumbra exit", "height rising"):
        assert sum(f",{kind}," in row for row in rows) >= 7


def test_json_holds_so_many_and_says_how_many_there_were(call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cupola.cli.fly_events.MOST_JSON", 3)
    words = (*FLIGHT, "--days", "0.2", "--events", "node", "--events-out", "nodes.csv", "--json")
    document = json.loads(call(*words).stdout)
    assert document["events_found"] == 6 and len(document["events"]) == 3 and document["files"] == ["nodes.csv"]
    rows, first = (tmp_path / "nodes.csv").read_text().splitlines(), document["events"][0]
    assert len(rows) == 7 and rows[1].startswith(f"{first['instant']}Z,{first['event']},")


def test_an_event_that_does_not_take_place_is_said(call) -> None:
    assert "No such event took place." in call(*FLIGHT, "--days", "0.1", "--events", "altitude=600").stdout


def test_every_slip_is_told_at_once(call, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("name,wage\n")
    names = "node,moon,altitude,altitude=nan,altitude=inf,altitude=90000,node=3,"
    done = call(*FLIGHT, "--days", "1", "--fidelity", "averaged", "--events", names, "--events-out", "mine.csv")
    assert done.exit_code == 3 and not done.stdout and "Traceback" not in done.stderr
    told = done.stderr
    assert told.count("--events: event: is not known") == 4 and told.count("--events: altitude: is not a number") == 2
    assert "expected node, perigee, apogee, eclipse, penumbra, altitude=HEIGHT" in told
    assert "--events: event: height: got 90000 km; expected -10 to 50,000 km." in told
    assert "--events: events: are found by the full engine only: got averaged; expected --fidelity full" in told
    assert "--events-out: file: is there already and is no .csv file" in told and "9 problems" in told


def test_where_a_table_cannot_go_is_told(call) -> None:
    alone = call(*FLIGHT, "--days", "1", "--events-out", "events.txt")
    assert alone.exit_code == 3
    assert "has an unknown ending: got events.txt; expected .csv" in alone.stderr
    assert "--events-out: events: are not asked for" in alone.stderr
    same = call(*FLIGHT, "--days", "1", "--events", "node", "--out", "a.csv", "--events-out", "./a.csv")
    assert same.exit_code == 3 and "is that of the states" in same.stderr
