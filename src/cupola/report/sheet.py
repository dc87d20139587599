"""One picture of a run: what matters of a station's life under each other on one time axis, as an SVG file.

The drawings are those of the report; here they stand in one file that needs no page around it, without links.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from markupsafe import Markup, escape

from cupola.report.answers import Answers
from cupola.report.charts.axis import WIDE, TimeAxis
from cupola.report.charts.svg import document, tag
from cupola.report.figures import Figure, Studio, line_figures
from cupola.report.lanes import lanes_of
from cupola.report.links import Links
from cupola.report.marks import Mark, marks_of
from cupola.report.marks import draw as draw_marks
from cupola.report.names import Names
from cupola.report.palette import partner_css
from cupola.report.strip_figures import ports_figure, working_figure
from cupola.report.view import RunView, Tables, manifest_date
from cupola.report.wording import clean, day, sentences

SHOWN = ("working", "altitude", "crew", "ports")
"""Figures of the report that a sheet holds, in this order."""
MARGIN = 16.0
LETTERS = 112
"""Letters of a line of words."""
ROW = 18.0
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_LINK = re.compile(r"</?a\b[^>]*>")
_STYLE = """
svg{--paper:#fff;--ink:#1a1a1a;--soft:#595959;--line:#dcdcdc;--case:#0072b2;--base:#767676;--limit:#b34a00;--seats:#7a4b8a}
text{fill:var(--ink);font-size:12px;font-family:system-ui,"Liberation Sans",Arial,sans-serif}
.title{font-size:17px;font-weight:700}.said{font-size:13.5px}.head{font-size:13px;font-weight:600}.soft{fill:var(--soft)}
.tick{fill:var(--soft);font-size:11px}.strong{font-weight:600}.limit-name{font-size:11px}.inbar{fill:#111;font-size:10.5px}
line.grid{stroke:var(--line);stroke-width:1}line.asof{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:7 2 1 2}
line.mark{stroke:var(--soft);stroke-width:.8;stroke-dasharray:1 3}line.limit{stroke:var(--limit);stroke-width:1.1}
line.cross,path.cross{stroke:var(--ink);stroke-width:1.8;fill:none}
.series{fill:none;stroke-width:2;stroke-linejoin:round}.leader{fill:none;stroke-width:.8}
.series.kept,.leader.kept{stroke:var(--case)}.series.waived,.leader.waived{stroke:var(--case);stroke-dasharray:6 4}
.series.baseline,.leader.baseline{stroke:var(--base)}
.series.seats,.leader.seats{stroke:var(--seats);stroke-width:1.2;stroke-dasharray:2 2}
.dot{fill:var(--paper);stroke:var(--case);stroke-width:1.6}.dot.baseline{stroke:var(--base)}.dot.seats{stroke:var(--seats)}
.disc{fill:var(--ink)}.disc-text{fill:var(--paper);font-size:11px;font-weight:700}
.bar{stroke:#111;stroke-width:.6}.bar.recorded{stroke-dasharray:2 1.5}
.bar.waived{stroke-width:.9;stroke-dasharray:3 2;fill-opacity:.45}.bar.baseline{fill:var(--base);stroke:none}
.bar.lane{fill:var(--case)}.bar.lane.waived{stroke:var(--case);fill-opacity:.15}.bar.lane.baseline{fill:var(--base)}
.hatch{stroke:#111;stroke-width:.8;fill:none;opacity:.55}
"""


def draw(case: RunView, baseline: RunView | None = None) -> str:
    """The picture of a run as an SVG document.

    case        the run, with its answer tables
    baseline    the run to compare with, drawn in grey; None when there is none
    returns     the whole document as text, to be written as UTF-8

    Raises RunError when a table of the run cannot be read.
    """
    tables = Tables(case, "case")
    other = Tables(baseline, "baseline") if baseline is not None else None
    names, lanes, links = Names(tables), lanes_of(tables, other), Links()
    marks = marks_of(lanes, names)
    start, end = manifest_date(tables.manifest, "start"), manifest_date(tables.manifest, "end")
    rows = _words(tables)
    figures: list[Figure] = []
    if start is not None and end is not None and lanes:
        numbered = tuple((mark.number, mark.date) for mark in marks)
        studio = Studio(
            tables, lanes, TimeAxis(start, end, manifest_date(tables.manifest, "as_of"), numbered), links, names
        )
        drawn = [working_figure(studio), *line_figures(studio), ports_figure(studio, "")]
        found = {figure.id: figure for figure in drawn if figure is not None}
        figures = [found[key] for key in SHOWN if key in found]
        return _page(rows, marks, figures, draw_marks(marks, studio.axis, WIDE) if marks else None)
    return _page(rows, marks, figures, None)


def _words(tables: Tables) -> list[tuple[str, str]]:
    """Lines of words at the top, each with its class: what it is, and the answer."""
    headline = Answers(tables).headline()
    manifest = tables.manifest
    title = clean(str(manifest.get("title") or manifest.get("scenario") or "Run"), 200)
    about = f"{day(manifest_date(manifest, 'start'))} to {day(manifest_date(manifest, 'end'))}, "
    about += f"as known on {day(manifest_date(manifest, 'as_of'))}"
    said = " ".join(sentences(headline.sentence)[:3]) if headline else ""
    return [
        *(("title", line) for line in textwrap.wrap(title, 90)),
        ("soft", about),
        *(("said", line) for line in textwrap.wrap(said, LETTERS)),
    ]


def _page(
    rows: Sequence[tuple[str, str]], marks: Sequence[Mark], figures: Sequence[Figure], numbers: Markup | None
) -> str:
    parts: list[Markup] = []
    y = MARGIN
    for kind, words in rows:
        y += ROW + (4.0 if kind == "title" else 0.0)
        parts.append(tag("text", words, x=MARGIN, y=y, class_=kind))
    y += 10.0
    if numbers is not None:
        y = _place(parts, numbers, y)
        for mark in marks:
            y += ROW - 2.0
            parts.append(tag("text", f"{mark.number}  {mark.date}  {mark.words}", x=MARGIN + 8.0, y=y, class_="soft"))
        y += 8.0
    for figure in figures:
        for line in textwrap.wrap(figure.title.striptags(), LETTERS):
            y += ROW
            parts.append(tag("text", line, x=MARGIN, y=y, class_="head"))
        y = _place(parts, figure.drawings[0], y + 6.0)
    width, height = WIDE.width + 2 * MARGIN, y + MARGIN
    return document(rows[0][1] if rows else "Run", _STYLE + partner_css(), width, height, *parts)


def _place(parts: list[Markup], drawing: Markup, y: float) -> float:
    """Put a drawing of the report below what is there; returns where it ends."""
    text = _LINK.sub("", str(drawing))
    box = _BOX.search(text)
    width, height = (float(box.group(1)), float(box.group(2))) if box else (WIDE.width, 0.0)
    placed = text.replace("<svg ", f'<svg x="{MARGIN:g}" y="{y:g}" width="{width:g}" height="{height:g}" ', 1)
    parts.append(Markup(placed))
    return y + height


def alt_text(case: RunView) -> str:
    """What the picture says, for those who cannot see it."""
    return str(escape(" ".join(words for kind, words in _words(Tables(case, "case")) if kind != "soft")))
