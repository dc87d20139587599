"""``cupola track``: what a series of orbit files tells of an object: altitude, burns, drag, and what was refused."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.options import AsJson
from cupola.cli.output import log, print_json, print_table, print_text, width
from cupola.cli.places import write_beside

if TYPE_CHECKING:
    from cupola.flight.track import Track

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="OEM, OMM, TLE or element rows; gzip too.", show_default=False)
]
Object = Annotated[
    str | None,
    typer.Option(
        "--object", metavar="NAME", help="Name, designator or catalogue number; what most states are of if missing."
    ),
]
File = Annotated[str | None, typer.Option("--out", metavar="FILE", help="Where to write a picture; ends in .svg.")]
BURNS = ("from", "to", "m/s", "raised m", "confidence", "basis; file")
COASTS = ("from", "to", "Cd A/m m2/kg", "error", "fall m", "altitude km")
REFUSED = ("what", "reason", "where")
MOST = 40
"""Rows of a table that are printed; --json lists all."""


def track(files: Files, object_: Object = None, out: File = None, as_json: AsJson = False) -> None:
    """Find burns and drag in orbit files.

    From ephemerides and element sets: the history of the mean altitude, burns with date, size and confidence, the
    ballistic coefficient between them by the observed indices, and what was refused and why.
    """
    from cupola.flight.track import track as follow

    if out is not None and not out.lower().endswith(".svg"):
        problem = Problem("--out", "file", "is no picture", out[:60], "a name that ends in .svg", "Rename it.")
        raise ScenarioError("", [problem])
    found = follow(files, object_, log)
    if out is not None:
        from cupola.report.track_sheet import draw

        write_beside(Path(out), draw(found))
    if as_json:
        print_json({**document(found), "picture": out})
        return
    _print(found)
    if out is not None:
        print_text(f"\nPicture written to {out}")


def _time(instant: int) -> str:
    from cupola.base.instants import format_instant

    return format_instant(instant, decimals=0)[:19] + "Z"


def document(found: Track) -> dict[str, Any]:
    """The track as one JSON object, times in UTC, units in the names."""
    return {
        "object": found.name,
        "burns": [
            {
                "begin": _time(one.begin),
                "end": _time(one.end),
                "delta_v_m_s": round(one.delta_v, 4),
                "raised_m": round(one.raised, 1),
                "confidence": one.confidence,
                "scatters": round(one.scatters, 1),
                "basis": one.basis,
                "source": one.source,
            }
            for one in found.burns
        ],
        "ballistic_coefficients": [
            {
                "begin": _time(one.begin),
                "end": _time(one.end),
                "cd_area_over_mass_m2_kg": one.value,
                "error_m2_kg": one.error,
                "fall_m": round(one.fall, 1),
                "altitude_m": round(one.altitude, 1),
            }
            for one in found.coefficients
        ],
        "handovers": [
            {
                "older": one.older,
                "newer": one.newer,
                "time": _time(one.instant),
                "lead_days": round(one.lead, 2),
                "miss_m": round(one.miss, 1),
                "older_had_ended": one.beyond,
            }
            for one in found.handovers
        ],
        "refused": [{"where": one.where, "what": one.what, "reason": one.reason} for one in found.refused],
        "notes": list(found.told),
        "history": [
            {"time": _time(instant), "altitude_m": round(height, 1), "basis": basis}
            for instant, height, basis in zip(
                found.instants.tolist(), found.altitude.tolist(), found.basis, strict=True
            )
        ],
    }


def _print(found: Track) -> None:
    first, last = found.instants[0], found.instants[-1]
    low, high = float(found.altitude.min()) / 1e3, float(found.altitude.max()) / 1e3
    print_text(
        f"{found.name}: {_time(int(first))} to {_time(int(last))}, {found.instants.size} mean altitudes from "
        f"{low:.2f} to {high:.2f} km, last {float(found.altitude[-1]) / 1e3:.2f} km\n"
    )
    burns = [
        {
            "from": _time(one.begin)[:16],
            "to": _time(one.end)[:16],
            "m/s": f"{one.delta_v:+.2f}",
            "raised m": f"{one.raised:+.0f}",
            "confidence": f"{one.confidence} ({one.scatters:.0f})",
            "basis; file": f"{one.basis}; {Path(one.source).name}",
        }
        for one in found.burns
    ]
    _table(BURNS, burns, "No burn shows.")
    coasts = [
        {
            "from": _time(one.begin)[:16],
            "to": _time(one.end)[:16],
            "Cd A/m m2/kg": f"{one.value:.5f}",
            "error": f"{one.error:.5f}",
            "fall m": f"{one.fall:.0f}",
            "altitude km": f"{one.altitude / 1e3:.2f}",
        }
        for one in found.coefficients
    ]
    print_text("")
    _table(COASTS, coasts, "No ballistic coefficient: see below.")
    if found.refused:
        print_text("\nRefused:")
        rows = [{"what": one.what, "reason": one.reason, "where": one.where} for one in found.refused]
        _table(REFUSED, rows, "")
    told = [
        *found.told,
        "confidence is the size of a burn over the scatter around it: high from 20 on, fair from 10",
        "the error of Cd A/m is that of the fall alone, not of the model's density",
    ]
    print_text("\n" + textwrap.fill("; ".join(told)[:1].upper() + "; ".join(told)[1:] + ".", width()))


def _table(columns: tuple[str, ...], rows: list[dict[str, str]], empty: str) -> None:
    print_table(columns, rows[:MOST], empty=empty)
    if len(rows) > MOST:
        print_text(f"and {len(rows) - MOST} more (--json lists all)")
