"""The part that separated, as a scenario of the programme in which it is flown on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cupola.analysis.lane import Tables, rows_of
from cupola.base.errors import Problem, ScenarioError
from cupola.programme.programme import Programme
from cupola.scenario import carry_on, write


def check_onward(programme: Programme, other: Programme) -> None:
    """Refuse a programme that is over before the part is there. Raises ScenarioError that names where it was given."""
    leaving = programme.departure
    if leaving is None or other.span.end > leaving.after:
        return
    where = {trace.key: trace.won for trace in programme.traces}.get("departure.continues", "departure")
    what, got = f"ends on {other.span.end}, before the part is there", leaving.continues
    expected, remedy = f"a span that ends after {leaving.after}", "Name another scenario, or an earlier departure."
    raise ScenarioError(programme.id, [Problem(where, "departure.continues", what, got, expected, remedy)])


def write_onward(
    programme: Programme, other: Programme, tables: Tables, versions: object, out: Path
) -> tuple[Path | None, tuple[str, ...]]:
    """Write the state of the part, with rules kept, as a scenario folder under ``out``.

    programme   the programme that it left, and ``tables`` those of its run
    other       the programme in which it is flown on
    versions    what the run was made with; equal runs give a folder of the same name
    returns     the folder, or None where nothing separated; and what a reader should know of it
    """
    cut = programme.departure.cut if programme.departure is not None else ""
    rows = [row for row in rows_of(tables, "separated", 0) if row["cut"] == cut]
    if not rows:
        said = f"Nothing separates before {programme.span.end} with rules kept, so {other.id} is not flown on."
        return None, (said,)
    digest = hashlib.sha256(repr((rows, other.files, programme.as_of, versions)).encode()).hexdigest()
    name = f"{other.id}-{digest[:12]}"
    source = f"State of the part that left {programme.id} on {rows[0]['date']}, computed with rules kept"
    part = carry_on(programme, other, rows, name, source)
    if not (out / name).exists():
        write(part.programme, out / name)
    return out / name, part.notes
