from __future__ import annotations

import datetime as dt

from cupola.scenario.difference import ADDED, CHANGED, REMOVED, differences, in_words

LATER = dt.date(2022, 9, 1)


def by_key(bench, first="small", second="small-b-leaves", **more):
    return {row.key: row for row in differences(bench.load(first), bench.load(second, **more))}


def test_a_programme_does_not_differ_from_itself(bench):
    assert differences(bench.load(), bench.load()) == ()


def test_a_section_that_is_new_is_told_field_by_field(bench):
    found = by_key(bench)
    assert found["departure.partner"].kind == ADDED
    assert found["departure.partner"].new == "b"
    assert found["departure.notice"].new == "365 d"
    assert found["departure.notice"].new_source == "Charter of the station"
    assert "departure.cut" not in found
    assert all(key.startswith(("departure.", "scenario.")) for key in found)
    back = by_key(bench, "small-b-leaves", "small")
    assert back["departure.partner"].kind == REMOVED
    assert back["departure.partner"].old == "b"


def test_numbers_are_told_with_unit_range_and_source(bench):
    bench.replace(
        "scenario.yaml",
        "altitude: {value: 400 km, low: 399.5, high: 400.5, source: invented, status: F}",
        "altitude: {value: 402000 m, low: 401 km, high: 403 km, source: a new book, status: F}",
    )
    old = bench.load()
    row = next(row for row in differences(bench.load(settings=["orbit.altitude=400 km"]), old))
    assert (row.key, row.kind) == ("orbit.altitude", CHANGED)
    assert (row.old, row.new) == ("400 km", "402 km (401 km to 403 km)")
    assert row.new_source == "a new book"


def test_another_source_alone_is_a_change(bench):
    before = bench.load()
    bench.replace("scenario.yaml", "high: 400.5, source: invented", "high: 400.5, source: a book")
    rows = differences(before, bench.load())
    assert [(row.key, row.same_value) for row in rows] == [("orbit.altitude", True)]


def test_a_rows_source_is_told_once_and_not_for_each_number(bench):
    before = bench.load()
    line = "hub,Hub,pressurised,front,a,a,a,,2015-01-10,2015-01-10,,15 t,14.5,15.5,"
    bench.replace("elements.csv", f"{line}invented,F", f"{line}a book,F")
    assert [row.key for row in differences(before, bench.load())] == ["elements.hub.source"]


def test_rows_are_added_removed_and_changed(bench):
    before = bench.load()
    bench.replace("small-b-leaves/scenario.yaml", "\ndeparture:", "\nelements:\n  pier: {name: Long Pier}\ndeparture:")
    bench.append("sites.csv", "pad-c,Launch Site C,launch,a,invented,F")
    found = by_key(bench)
    assert found["elements.pier.name"].old == "Pier"
    after = {row.key: row for row in differences(before, bench.load())}
    assert (after["sites.pad-c"].kind, after["sites.pad-c"].name) == (ADDED, "Launch Site C")
    gone = {row.key: row for row in differences(bench.load(), before)}
    assert gone["sites.pad-c"].kind == REMOVED


def test_a_place_is_no_difference(bench):
    before = bench.load()
    bench.replace("scenario.yaml", "id: small\n", "# a line more\nid: small\n")
    assert differences(before, bench.load()) == ()


def test_people_and_needs_are_told_in_words(bench):
    later = {row.key: row for row in differences(bench.load(), bench.load(as_of=LATER))}
    assert any(row.table == "altitudes" and row.kind == ADDED for row in later.values())
    programme = bench.load()
    need = programme.provisions["truss-gyros"].needs
    assert in_words(need, "", programme) == "function power 1 kW; provision hub-computers; site control-a"
    assert in_words((("a", 3), ("b", 1)), "", programme) == "a 3; b 1"
    assert in_words(None, "", programme) == "nothing"
