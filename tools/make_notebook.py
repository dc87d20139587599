"""Write docs/example.ipynb: the cells below, with what they give when they are run here.

    python tools/make_notebook.py [--check]

With ``--check`` nothing is written; the exit code is 1 when the notebook is out of step. The cells are run in this
process, one after another, in an empty folder; no notebook server is needed. The format is nbformat 4.5
(nbformat.readthedocs.io).
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "docs" / "example.ipynb"
# The digits of a run's name differ from machine to machine.
RUN_DIGITS = re.compile(r"(-\d{4}-\d\d-\d\d)-[0-9a-f]{12}")

CELLS: tuple[tuple[str, str], ...] = (
    (
        "markdown",
        "# If a partner leaves\n\n"
        "A scenario is read as it was known on a date, simulated beside its baseline, and answered. "
        "This notebook is written by `tools/make_notebook.py`, which runs every cell.",
    ),
    ("markdown", "## Load\n\n`load` gives the checked programme: what is there, who owns it, what flies."),
    (
        "code",
        "import cupola\n\n"
        'station = cupola.load("iss-russia-leaves", as_of="2022-07-26")\n'
        'print(f"{station.orbit.altitude.at_edge():g} km:", station.orbit.altitude.source)\n'
        "station",
    ),
    ("markdown", "## Run\n\n`run` simulates the case and its baseline and saves both. Shown, it answers."),
    ("code", "case = station.run()\ncase"),
    ("markdown", "## Answers\n\nEach answer is a row: a sentence with the date it turns on. A table is a list."),
    (
        "code",
        "for answer in case.answers[:4]:\n"
        '    print(answer["date"], "|", answer["question"])\n'
        '    print("  ", answer["sentence"])',
    ),
    (
        "markdown",
        "## Tables\n\n`case.tables` holds all tables of the run. What would have to replace the partner, year by year:",
    ),
    (
        "code",
        'missing = case.tables["missing"]\n'
        '{row["year"]: round(row["missing"]) for row in missing if row["what"] == "propellant"}',
    ),
    ("code", "missing"),
    (
        "markdown",
        "With pandas installed, `missing.df()` gives a data frame; without it, it says so.\n\n"
        "## Compare\n\nThe case beside its baseline:",
    ),
    ("code", "case.compare()"),
    ("markdown", "And beside another case, in which the partner leaves a year later:"),
    (
        "code",
        'settings = ["departure.after=2025-12-31", "span.futures=1"]\n'
        'later = cupola.run("iss-russia-leaves", as_of="2022-07-26", settings=settings)\n'
        "cupola.compare(case.run, later.run)",
    ),
)


def notebook() -> str:
    """The notebook's text, with what the cells give now."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = []
    count = 0
    back = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for number, (kind, source) in enumerate(CELLS, start=1):
                cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number:02d}", "metadata": {}}
                if kind == "code":
                    count += 1
                    cell |= {"execution_count": count, "outputs": outputs(source, names, count)}
                cells.append({**cell, "source": lines(source)})
        finally:
            os.chdir(back)
    page = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(page, indent=1, ensure_ascii=False) + "\n"


def outputs(source: str, names: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """What one cell prints, and what its last expression shows."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value: object = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    found: list[dict[str, Any]] = []
    if printed.getvalue():
        found.append({"name": "stdout", "output_type": "stream", "text": lines(steady(printed.getvalue()))})
    if value is not None:
        data = {"text/plain": lines(steady(repr(value)))}
        show = getattr(value, "_repr_html_", None)
        if show is not None:
            data = {"text/html": lines(steady(show())), **data}
        found.append({"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"})
    return found


def steady(text: str) -> str:
    """A text without the digits of a run's name."""
    return RUN_DIGITS.sub(r"\1-...", text)


def lines(text: str) -> list[str]:
    """A text as the format keeps it: lines with their breaks."""
    return text.splitlines(keepends=True)


def main(arguments: list[str]) -> int:
    """Write the notebook, or with ``--check`` say whether it is out of step."""
    text = notebook()
    stale = not NOTEBOOK.is_file() or NOTEBOOK.read_text(encoding="utf-8") != text
    if stale and "--check" not in arguments:
        NOTEBOOK.write_text(text, encoding="utf-8")
    print(f"out of step: {NOTEBOOK.name if stale else 'nothing'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
