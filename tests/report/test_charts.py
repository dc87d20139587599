from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest

from cupola.report.charts.axis import NARROW, WIDE, Frame, TimeAxis, nice_ticks
from cupola.report.charts.lines import Limit, Panel, Point, Series
from cupola.report.charts.lines import draw as draw_lines
from cupola.report.charts.strips import Bar, Strip, Track
from cupola.report.charts.strips import draw as draw_strip
from cupola.report.charts.svg import tag

AXIS = TimeAxis(dt.date(2022, 1, 1), dt.date(2032, 1, 1), dt.date(2023, 1, 1))


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 11), (395, 421), (120, 425), (0, 9_876), (-3, 7), (5, 5)])
def test_ticks_cover_the_range_with_few_round_numbers(low: float, high: float) -> None:
    ticks = nice_ticks(low, high)
    assert ticks[0] <= low and ticks[-1] >= high
    assert 2 <= len(ticks) <= 6
    assert len({round(b - a, 6) for a, b in pairwise(ticks)}) == 1


def test_axis_clamps_days_to_its_span() -> None:
    assert AXIS.x(dt.date(2000, 1, 1), WIDE) == WIDE.left
    assert AXIS.x(dt.date(2050, 1, 1), WIDE) == WIDE.left + WIDE.plot
    assert AXIS.x(dt.date(2027, 1, 1), WIDE) == pytest.approx(WIDE.left + WIDE.plot / 2, abs=1)


def test_years_fit_the_frame() -> None:
    assert len(AXIS.years(WIDE)) == 11
    assert len(AXIS.years(NARROW)) <= 7


def panel(*values: float) -> Panel:
    points = tuple(Point(dt.date(2022 + i, 1, 1), value, f"#row-{i}") for i, value in enumerate(values))
    return Panel(
        "p", "It falls", "altitude", "km", (Series("kept", "kept", points),), (Limit("rule, 330 km", 330, "#r"),)
    )


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_higher_values_stand_higher_and_inside(frame: Frame) -> None:
    svg = str(draw_lines(panel(400, 380, 300), AXIS, frame))
    path = re.search(r'<polyline points="([^"]+)" class="series kept"', svg)
    assert path is not None
    ys = [float(pair.split(",")[1]) for pair in path.group(1).split()]
    assert ys == sorted(ys) and ys[0] < ys[-1]
    assert "rule, 330 km" in svg and 'class="asof"' in svg
    assert 'href="#row-2"' in svg


def test_words_of_a_chart_are_escaped() -> None:
    bars = (Bar(dt.date(2023, 1, 1), dt.date(2024, 1, 1), "kept", "p0", "<b>", "#x", "<i>"),)
    svg = str(draw_strip(Strip("s", "<t>", "<d>", (Track("<r>", bars),)), AXIS, WIDE))
    assert not re.search(r"<[btdri]>", svg)
    assert str(tag("text", '"<&', x='"')) == '<text x="&#34;">&#34;&lt;&amp;</text>'


def test_bar_is_as_long_as_its_stay_and_labelled_where_it_fits() -> None:
    def strip(end: dt.date) -> str:
        bars = (Bar(dt.date(2023, 1, 1), end, "kept", "p0", "ship", "#x", "clipper", "dots"),)
        return str(draw_strip(Strip("s", "t", "d", (Track("aft", bars),)), AXIS, WIDE))

    short, long = strip(dt.date(2023, 2, 1)), strip(dt.date(2025, 1, 1))
    assert "clipper" in long and "clipper" not in short
    widths = [float(re.findall(r'class="bar kept p0"[^>]* width="([\d.]+)"', svg)[0]) for svg in (short, long)]
    assert widths[1] == pytest.approx(WIDE.plot / 5, abs=1) and widths[0] < 8
    assert "url(#s-wide-dots)" in long
