"""Write docs/programmes: a page and a picture of each shipped programme, from a run of its whole life.

    python tools/make_programmes.py [NAME ...]

Each programme that stands alone, and each overlay in which nobody leaves, is run as known on AS_OF; the page holds its
answer, its steps, its parts and ships, and the facts that are still general knowledge.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cupola import flow
from cupola.flow import run
from cupola.programme.programme import Programme
from cupola.report import sheet
from cupola.report.steps import assembly_steps
from cupola.report.view import Tables
from cupola.scenario import shipped

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "programmes"
AS_OF = "2026-11-26"
NOTE = "<!-- Written by tools/make_programmes.py; change the programme, not this page. -->\n\n"
MOST_STEPS = 12


def names() -> list[str]:
    """The shipped scenarios that are programmes of their own: nobody leaves in them."""
    return [name for name in shipped() if flow.load(name, as_of=AS_OF).departure is None]


def cell(text: object) -> str:
    """A text that may stand in a cell of a table."""
    return str(text).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(cell(value) for value in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def page(name: str) -> tuple[str, str]:
    """The text of a programme's page, and its picture."""
    programme = flow.load(name, as_of=AS_OF)
    with tempfile.TemporaryDirectory() as folder:
        case = run(name, as_of=AS_OF, out=folder).run
        picture, alt = sheet.draw(case), sheet.alt_text(case)
        answers = {row["id"]: row for row in case.rows("answers")}
        text = "".join(_parts(programme, answers, Tables(case, "case"), alt, list(case.rows("record"))))
    return NOTE + text, picture


def _parts(
    programme: Programme, answers: dict[str, Any], tables: Tables, alt: str, record: list[dict[str, Any]]
) -> Iterator[str]:
    span = programme.span
    yield f"# {programme.title}\n\n"
    yield f"`cupola run {programme.id} --as-of {AS_OF}` flies it from {span.start} to {span.end}.\n\n"
    yield f"**{answers['headline']['sentence']}**\n\n"
    if "sampled" in answers:
        yield f"{answers['sampled']['sentence']}\n\n"
    yield f"![{cell(alt)}]({programme.id}.svg)\n\n"
    steps = assembly_steps(tables)
    if steps:
        yield "## Step by step\n\n"
        yield "What people cannot live without and is lacking, with the ships docked in the step counted in; where "
        yield "nothing is lacking, the share of the step's days on which all of it is enough together.\n\n"
        rows = [(step.date, step.words, step.judgement.replace("\u2009", " ")) for step in steps[:MOST_STEPS]]
        yield table(("from", "step", "what it can"), rows) + "\n"
    yield "## What it is made of\n\n"
    elements = [
        (row.name, row.owner, row.attached, row.detached or "", f"{row.mass.value / 1000:.3g}", row.status)
        for row in programme.elements.values()
    ]
    yield table(("element", "owner", "attached", "left", "t", "status"), elements) + "\n"
    ships = [
        (row.name, row.operator, f"{row.mass.value / 1000:.3g}", f"{row.seats.value:g}", row.status)
        for row in programme.vehicles.values()
    ]
    yield table(("ship", "flown by", "t", "seats", "status"), ships) + "\n"
    flown = [row for row in programme.flights.values() if row.outcome != "planned"]
    yield f"{len(flown)} flights on record, {len(programme.services)} lines of flights that go on, "
    yield f"{len(programme.statements)} statements.\n\n"
    yield from _unknown(record)


def _unknown(record: list[dict[str, Any]]) -> Iterator[str]:
    """The facts for which no text was found."""
    numbers = [row for row in record if row["kind"] == "fact" and row["value"] is not None]
    loose = [row for row in numbers if row["status"] == "K"]
    yield "## Facts that are still general knowledge\n\n"
    yield f"{len(loose)} of {len(numbers)} numbers: no text with the number was found, so each has a wide range.\n\n"
    rows = [
        (row["text"], f"{row['value']:.4g}", f"{row['low']:.4g} to {row['high']:.4g}", row["unit"]) for row in loose
    ]
    yield "<details><summary>All of them</summary>\n\n"
    yield table(("number", "value", "range", "unit"), rows)
    yield "\n</details>\n"


def main(arguments: list[str]) -> None:
    """Write the pages that are asked for, or all of them, and their list."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in arguments or names():
        text, picture = page(name)
        (FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
        (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
        print(f"docs/programmes/{name}.md")
    rows = [(f"[{flow.load(name, as_of=AS_OF).title}]({name}.md)", f"`cupola run {name}`") for name in names()]
    text = f"{NOTE}# The shipped programmes\n\n{table(('programme', 'to fly it'), rows)}"
    (FOLDER / "index.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
