"""Run every comparison with the world and write the scoreboard.

    python tools/validate.py [OUT] [hindsight]

OUT defaults to ``docs/validation.md``. The comparisons are the functions that carry ``@measure`` in
``tests/validation/measures_*.py``; a new file of that name adds its rows here. With the word ``hindsight`` only
the table of the forecast against the record is written.
"""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "validation"
SCORED = ("iss", dt.date(2022, 7, 26), dt.date(2026, 9, 30))
"""Scenario, day of the forecast and last day of the record of the table of hindsight"""
HEAD = "| what | source | computed | published or recorded | residual | goal | naive baseline | verdict |"


def table() -> str:
    """The scoreboard as a Markdown table."""
    sys.path.insert(0, str(TESTS))
    scoreboard = importlib.import_module("scoreboard")
    for path in sorted(TESTS.glob("measures_*.py")):
        importlib.import_module(path.stem)
    lines = [HEAD, "|" + "---|" * 8]
    for function in scoreboard.MEASURES.values():
        for row in function():
            naive = f"{row.show(row.naive)} ({row.baseline})" if row.naive is not None else "none"
            cells = (row.what, row.source, row.measured, row.expected, row.show(row.residual), row.show(row.goal))
            lines.append("| " + " | ".join([*cells, naive, row.verdict]) + " |")
    return "\n".join(lines) + "\n"


def hindsight_table() -> str:
    """What ``cupola hindsight`` says of the forecast of SCORED, as a Markdown table."""
    from cupola.analysis.hindsight import score
    from cupola.analysis.later import later_sources
    from cupola.flow import load

    rows, last = score(*SCORED)
    lines = [f"Forecast of {SCORED[1]}, scored up to {last}, with the version that wrote this page:", ""]
    lines += ["| what | forecast | happened | residual | naive forecast | verdict |", "|" + "---|" * 6]
    for row in rows:
        naive = f"{row['naive_text']} ({row['baseline']})"
        verdict = row["verdict"] if row["residual"] < row["naive"] else f"**{row['verdict']}**"
        cells = (row["what"], row["forecast"], row["happened"], row["residual_text"], naive, verdict)
        lines.append("| " + " | ".join(cells) + " |")
    later = later_sources(load(SCORED[0], as_of=SCORED[1]))
    leaks = ", ".join(f"`{row['key']}` ({row['year']})" for row in later)
    lines += [
        "",
        f"{len(later)} numbers of the forecast rest on texts that name later years, by which what came after leaks ",
    ]
    lines[-1] += f"in; it is better than a forecast of that day could have been: {leaks or 'none'}."
    return "\n".join(lines) + "\n"


def put(out: Path, name: str, rows: str) -> None:
    """Put a table between its marks in the document."""
    begin, end = f"<!-- {name} begins -->\n", f"<!-- {name} ends -->\n"
    text = out.read_text("utf-8") if out.exists() else "# Validation\n\n"
    if begin not in text:
        text += f"{begin}{end}"
    head, rest = text.split(begin, 1)
    tail = rest.split(end, 1)[1]
    out.write_text(f"{head}{begin}{rows}{end}{tail}", "utf-8")


def main(arguments: list[str]) -> None:
    """Print the tables, and put them between the marks of the document."""
    places = [word for word in arguments if word != "hindsight"]
    out = Path(places[0]) if places else ROOT / "docs" / "validation.md"
    makers = {"hindsight": hindsight_table} if "hindsight" in arguments else {}
    for name, make in (makers or {"scoreboard": table, "hindsight": hindsight_table}).items():
        rows = make()
        print(rows)
        put(out, name, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
