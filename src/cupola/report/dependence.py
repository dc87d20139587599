"""A drawing of who provides what, as one SVG file: a matrix of a day, the needs of one function, or the months.

Each has a sentence for a title. A partner keeps its colour and its hatch, as in the report.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from cupola.programme.programme import Programme
from cupola.report.charts.dependence_matrix import matrix
from cupola.report.charts.dependence_months import months
from cupola.report.charts.need_graph import graph
from cupola.report.charts.partners import HATCHED, Partners
from cupola.report.charts.strips import patterns
from cupola.report.charts.svg import document, tag, text
from cupola.report.dependence_titles import day_title, function_title, months_title
from cupola.report.palette import HATCHES, partner_css

Row = Mapping[str, Any]
MARGIN, ROW = 16.0, 18.0
_STYLE = """
text{fill:#1a1a1a;font-size:12px;font-family:system-ui,"Liberation Sans",Arial,sans-serif}
.title{font-size:17px;font-weight:700}.soft{fill:#595959}.head{font-weight:600}.small{font-size:11px}
.tick{fill:#595959;font-size:11px}.box{fill:#fff;stroke:#595959;stroke-width:.8}.only{fill:none;stroke:#111;stroke-width:2.4}
.falls{stroke:#111;stroke-width:1.4;fill:none}.gone{stroke:#b34a00;stroke-width:2;fill:none}.bar{stroke:none}
line.grid{stroke:#dcdcdc;stroke-width:1}line.asof{stroke:#1a1a1a;stroke-width:1.5;stroke-dasharray:7 2 1 2}
.edge{fill:none;stroke:#767676;stroke-width:1}.edge.place{stroke:#c4c4c4}.hatch{stroke:#111;stroke-width:.8;fill:none;opacity:.55}
.none{fill:#f2f2f2}
"""


def draw(programme: Programme, found: Row) -> str:
    """The drawing of an answer as an SVG document.

    programme    gives names and the order of partners
    found        the document of ``cupola depend``: with ``months``, with ``graph``, or with ``dependence``
    returns      the whole document as text, to be written as UTF-8
    """
    partners = Partners(programme)
    if "months" in found:
        title = months_title(found, partners.names)
        width, height, parts = months(found, partners)
        when = f"{found['from']} to {found['to']}"
    elif "graph" in found:
        title = function_title(programme, found)
        width, height, parts = graph(found["graph"], partners)
        when = str(found["date"])
    else:
        title = day_title(found, partners.names)
        width, height, parts = matrix(found, partners)
        when = str(found["date"])
    without = f", without {', '.join(key.partition('/')[2] for key in found['without'])}" if found["without"] else ""
    about = f"{programme.title}, {when}, as known on {found['as_of']}{without}"
    return _page(title, about, width, height, parts)


def _page(title: str, about: str, width: float, height: float, parts: Sequence[Markup]) -> str:
    """The drawing under its title, on paper of its size."""
    width += 2 * MARGIN
    lines = textwrap.wrap(title, max(30, int(width / 10.8)))
    top = MARGIN + 4.0
    words = []
    for line in lines:
        top += ROW + 4.0
        words.append(text(MARGIN, top, line, "title"))
    top += ROW
    words.append(text(MARGIN, top, about, "soft"))
    return document(
        title,
        _STYLE + partner_css(),
        width,
        top + height + 2 * MARGIN,
        patterns(HATCHED, sorted(set(HATCHES) - {"none"})),
        *words,
        tag("g", *parts, transform=f"translate({MARGIN:g} {top + MARGIN:g})"),
    )
