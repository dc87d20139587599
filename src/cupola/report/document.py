"""The report: one self-contained HTML page that answers before it explains.

The page needs no network, no script and no other file. Its content policy allows nothing but its own style sheet, so
that even text that slipped through escaping could load or run nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from cupola.report import sections, titles
from cupola.report.answers import Answer, Answers
from cupola.report.charts.axis import NARROW, WIDE, TimeAxis
from cupola.report.figures import Studio, line_figures
from cupola.report.lanes import Lane, lanes_of, span_of
from cupola.report.links import Links
from cupola.report.marks import draw as draw_marks
from cupola.report.marks import marks_of
from cupola.report.names import Names
from cupola.report.outlook import Outlook, OutlookView
from cupola.report.palette import partner_css
from cupola.report.steps import assembly_steps, steps_title
from cupola.report.strip_figures import obligations_figure, ports_figure, working_figure
from cupola.report.view import RunView, Tables, manifest_date
from cupola.report.wording import clean, day, sentences

_ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
CARDS = (
    ("rule-empties", "Rules kept"),
    ("physics-empties", "Rules waived: physics alone"),
    ("controlled-deorbit", "Last controlled deorbit"),
    ("let-down", "When the sinking must begin"),
)
"""Answers that stand beside the headline, with what each is about."""
OPENING = 2
"""Sentences of the headline that are set large: what the rules do, and what physics does."""
FIRST_BREAKS = 8
"""Breakages shown openly; the rest lie one click away."""


def render(case: RunView, baseline: RunView | None = None, outlook: OutlookView | None = None) -> str:
    """The report of a run as one HTML document.

    case        the run to tell of, with its answer tables
    baseline    the run to compare with, drawn in grey; None when there is none
    outlook     how the expected end moved with what was said; None when it is not asked for
    returns     the whole document as text, to be written as UTF-8

    Raises RunError when a table of the run cannot be read.
    """
    tables = Tables(case, "case")
    other = Tables(baseline, "baseline") if baseline is not None else None
    css = _style()
    page = {**_page(tables, other), "outlook": Outlook.of(outlook) if outlook is not None else None}
    return _environment().get_template("report.html").render(page, css=css, policy=_policy(css))


def _page(case: Tables, baseline: Tables | None) -> dict[str, Any]:
    """Everything that the template shows."""
    links, names, answers = Links(), Names(case), Answers(case, baseline)
    lanes = lanes_of(case, baseline)
    leaver = _leaver(case)
    headline = answers.headline()
    breaks = answers.breaks()
    cards = [(label, answer) for key, label in CARDS if (answer := answers.get(key)) is not None]
    shown = ["headline", *(key for key, _ in CARDS), "sampled", "law", "missing", "parts", "assembly"]
    return {
        "title": clean(str(case.manifest.get("title") or case.manifest.get("scenario") or "Run"), 200),
        "as_of": day(manifest_date(case.manifest, "as_of")),
        "span": (day(manifest_date(case.manifest, "start")), day(manifest_date(case.manifest, "end"))),
        "links": links,
        "names": names,
        "headline": headline,
        "opening": sentences(headline.sentence)[:OPENING] if headline else [],
        "rest": sentences(headline.sentence)[OPENING:] if headline else [],
        "why": _why(headline, [answer for _, answer in cards]),
        "cards": cards,
        "sure": _how_sure(case, lanes),
        "first": breaks[:FIRST_BREAKS],
        "later": breaks[FIRST_BREAKS:],
        "anyway": answers.anyway(),
        "lasts": answers.lasts(),
        "law": answers.get("law"),
        "missing_answer": answers.get("missing"),
        "parts_answer": answers.get("parts"),
        "others": answers.others(shown),
        "missing": sections.missing_grid(case, links),
        "steps": (steps := assembly_steps(case)),
        "steps_title": steps_title(steps),
        "steps_answer": answers.get("assembly"),
        "compare": case.rows("compare"),
        "parts": case.rows("parts"),
        "obligations": case.rows("obligations"),
        "matrix": sections.matrix(case, names, leaver, links),
        "matrix_title": titles.dependence(case, names, leaver, links),
        **_pictures(case, baseline, lanes, links, names, leaver),
        "uncertain": sections.uncertain(case, links),
        "facts": len(case.rows("record")),
        "sources": sections.sources(case),
        "manifest": sections.manifest_rows(case.manifest),
        "solar": case.manifest.get("solar") or {},
        "runs": [("The case", case)] + ([("The baseline", baseline)] if baseline is not None else []),
    }


def _pictures(
    case: Tables, baseline: Tables | None, lanes: Sequence[Lane], links: Links, names: Names, leaver: str
) -> dict[str, Any]:
    """The pictures on the shared time axis, and the obligations' calendar."""
    start, end = manifest_date(case.manifest, "start"), manifest_date(case.manifest, "end")
    span = span_of(lanes)
    if span is not None:
        start, end = start or span[0], end or span[1]
    if start is None or end is None:
        return {"marks": [], "marks_drawn": [], "figures": [], "calendar": None, "partners": []}
    marks = marks_of(lanes, names)
    for mark in marks:
        links.to(mark.row)
    numbered = tuple((mark.number, mark.date) for mark in marks)
    axis = TimeAxis(start, end, manifest_date(case.manifest, "as_of"), numbered)
    studio = Studio(case, lanes, axis, links, names)
    figures = line_figures(studio)
    if figures:
        figures.insert(0, working_figure(studio))
    ports = ports_figure(studio, leaver)
    return {
        "marks": marks,
        "marks_drawn": [draw_marks(marks, axis, frame) for frame in (WIDE, NARROW)] if marks else [],
        "figures": [*figures, ports] if ports else figures,
        "calendar": obligations_figure(studio),
        "partners": sections.partner_key(case, names, baseline),
    }


def _leaver(case: Tables) -> str:
    """The partner that leaves: by the manifest, or by the events."""
    departure = case.manifest.get("departure")
    if isinstance(departure, dict) and departure.get("partner"):
        return str(departure["partner"])
    kinds = ("partner-exit-begins", "partner-left")
    return next((row.text("subject") for row in case.rows("events") if row.text("kind") in kinds), "")


def _why(headline: Answer | None, cards: Sequence[Answer]) -> Answer | None:
    """The answer whose chain explains the headline: its own, or that of the first card that has one."""
    told = [answer for answer in (headline, *cards) if answer is not None]
    return next((answer for answer in told if answer.causes), None)


def _how_sure(case: Tables, lanes: Sequence[Lane]) -> list[str]:
    """What the dates are and what they are not."""
    rows = {int(row.number("future") or 0): row for row in case.rows("futures")}
    drawn = [rows[lane.future] for lane in lanes if lane.kind != "baseline" and lane.future in rows]
    words = []
    if drawn and all(row.flag("nominal") for row in drawn):
        words.append(
            "These are nominal futures: every uncertain number has its stated value and nothing fails at random. "
            "The dates carry no probability."
        )
        words += [str(row.text("sentence")) for row in case.rows("answers") if row.text("id") == "sampled"]
    elif drawn:
        words.append("The futures shown are sampled: uncertain numbers were drawn from their ranges.")
    if {lane.kind for lane in lanes} >= {"kept", "waived"}:
        words.append(
            "“Rules kept” acts on a rule that is broken; “rules waived” only records it, and shows what physics does."
        )
    return words


def whole_dates(text: str) -> Markup:
    """The text escaped, with its ISO dates kept in one piece."""
    return Markup(_ISO_DATE.sub(r'<span class="nb">\g<0></span>', str(escape(text))))


def _style() -> str:
    text = (files("cupola.report") / "templates" / "style.css").read_text(encoding="utf-8")
    return f"{text.strip()}\n{partner_css()}\n"


def _policy(css: str) -> str:
    """The content policy: nothing may load, and only this style sheet, by its hash, applies."""
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("cupola.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["tidy"] = clean
    environment.filters["whole"] = whole_dates
    environment.filters["unit"] = lambda unit: "" if unit == "1" else clean(unit, 24)
    environment.filters["word"] = lambda text: "".join(letter for letter in text if letter.isalpha())[:20]
    return environment
