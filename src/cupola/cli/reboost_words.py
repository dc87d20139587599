"""Words and instants that all parts of what ``cupola reboost`` prints have in common."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cupola.cli.output import print_text, width
from cupola.cli.reboost_plan import HORIZON_YEARS, Planned

if TYPE_CHECKING:
    from cupola.flight.reboost import Engine

SHORT = 120.0
"""[s] below which a time is told in seconds"""


def instant(made: Planned, mjd: float) -> str:
    """UTC of a day of the plan, to the second."""
    import numpy as np

    from cupola.base.instants import DAY_S, NS
    from cupola.flight.utc import to_calendar

    start = made.order.start.instant
    moment = to_calendar(start + round((mjd - made.scene.begin) * DAY_S * NS))
    return str((moment + np.timedelta64(500, "ms")).astype("datetime64[s]"))


def day(made: Planned, mjd: float) -> str:
    """UTC day of a day of the plan; in words where it is not reached within the horizon."""
    return f"after {HORIZON_YEARS:g} years" if math.isnan(mjd) else instant(made, mjd)[:10]


def fly_text(made: Planned, mjd: float, delta_v: float) -> str:
    """A burn as ``cupola fly --burn`` reads it."""
    return f"{instant(made, mjd)} {abs(delta_v):.4f} m/s {'prograde' if delta_v > 0.0 else 'retrograde'}"


def filled(text: str) -> None:
    """Print a paragraph in the width of the page."""
    print_text(textwrap.fill(text, width()))


def spent(propellant: float | None, seconds: float | None, engines: Sequence[Engine]) -> str:
    """Propellant and burn time, as words that follow a size; empty where neither is known."""
    told = ""
    if propellant is not None:
        steered = any(engine.steering > 0.0 for engine in engines)
        told += f", {propellant:.0f} kg of propellant{' with steering' if steered else ''}"
    if seconds is not None:
        time = f"{seconds:.0f} seconds" if seconds < SHORT else f"{seconds / 60.0:.1f} minutes"
        told += f", {time} of burning"
    return told
