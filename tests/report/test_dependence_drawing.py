"""Drawings of who provides what: whole documents, a sentence for a title, partners in their colours."""

from __future__ import annotations

import dataclasses
import datetime as dt
import xml.etree.ElementTree as Xml
from typing import Any

import pytest

from cupola.analysis.cut_sets import minimal_sets
from cupola.analysis.dependence import dependence
from cupola.analysis.dependence_months import by_month, month_days, summary
from cupola.analysis.losses import Loss
from cupola.analysis.need_graph import need_graph
from cupola.programme.programme import Programme
from cupola.programme.station import Site
from cupola.report.dependence import draw
from support.nouns import START
from support.small_station import small

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def station() -> Programme:
    return small()


def of_day(station: Programme, function: str = "", *base: Loss) -> dict[str, Any]:
    found: dict[str, Any] = {"as_of": START, "date": START, "without": [loss.key for loss in base]}
    found["dependence"] = dependence(station, START, base)
    found["single_points"] = minimal_sets(station, START, base, 1, function)
    if function:
        found["graph"] = need_graph(station, START, base, function)
    return found


def title(drawing: str) -> str:
    return Xml.fromstring(drawing).findtext(f"{SVG}title") or ""


def test_the_matrix_says_what_ends_without_whom(station: Programme) -> None:
    drawing = draw(station, of_day(station))
    ended = [row for row in minimal_sets(station, START, most=1) if row["losses"] == ["partner/b"]]
    assert ended and f"ithout b {len(ended)} functions end" in title(drawing)
    assert 'class="bar p0"' in drawing and 'class="bar p1"' in drawing


def test_the_graph_shows_the_needs_and_crosses_what_fell(station: Programme) -> None:
    whole = draw(station, of_day(station, "reboost"))
    assert title(whole).startswith("reboost ends with")
    assert 'class="gone"' not in whole
    lost = draw(station, of_day(station, "reboost", Loss("element", "engine-block")))
    assert title(lost) == "reboost: nobody provides it"
    assert 'class="gone"' in lost and "without engine-block" in lost


def test_the_graph_holds_every_need_once(station: Programme) -> None:
    graph = need_graph(station, START, function="reboost")
    keys = [node["key"] for node in graph["nodes"]]
    assert len(keys) == len(set(keys)) and keys[0] == "function/reboost"
    assert {edge["above"] for edge in graph["edges"]} | {edge["below"] for edge in graph["edges"]} == set(keys)
    below = {edge["below"] for edge in graph["edges"] if edge["above"].startswith("provision/")}
    needed = {f"{need.kind}/{need.subject}" for key in keys for need in _needs(station, key)}
    assert needed <= below and needed


def _needs(station: Programme, key: str) -> tuple[Any, ...]:
    kind, _, name = key.partition("/")
    return station.provisions[name].needs if kind == "provision" else ()


@pytest.mark.parametrize("function", ["", "reboost", "power"])
def test_the_months_say_without_whom_a_function_never_stands(station: Programme, function: str) -> None:
    days = month_days(START, START + dt.timedelta(days=700))
    rows = by_month(station, days, function=function)
    found = {
        "as_of": START, "from": days[0], "to": days[-1], "without": [], "months": rows, "summary": summary(rows)
    }  # fmt: skip
    drawing = draw(station, found)
    assert len(Xml.fromstring(drawing).findall(f".//{SVG}rect")) > len(summary(rows))
    assert " b" in title(drawing) if function == "reboost" else title(drawing)


def test_names_cannot_break_the_drawing(station: Programme) -> None:
    odd = dataclasses.replace(station, title='<script>alert("x")</script>')
    drawing = draw(odd, of_day(odd))
    assert "<script" not in drawing and Xml.fromstring(drawing) is not None


def test_a_closed_launch_site_is_no_need(station: Programme) -> None:
    pads = [
        Site("open-pad", "Open pad", "launch", "b", "s", "K", "", serves=("tug",)),
        Site("old-pad", "Old pad", "launch", "b", "s", "K", "", until=dt.date(2000, 1, 1), serves=("tug",)),
    ]
    launched = dataclasses.replace(station, sites={**station.sites, **{pad.id: pad for pad in pads}})
    docked = START + dt.timedelta(days=10)
    needed = {edge["below"] for edge in need_graph(launched, docked)["edges"]}
    assert "site/open-pad" in needed and "site/old-pad" not in needed
