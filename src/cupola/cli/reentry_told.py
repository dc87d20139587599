"""What ``cupola reentry`` flies and prints."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cupola.base.time import to_mjd
from cupola.cli.fly_told import sky_of
from cupola.cli.output import log, print_json, print_table, print_text, width

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cupola.cli.fly_asked import Job
    from cupola.programme.environment import SolarOutlook

SHARES = (5, 50, 95)
"""[%]"""


@dataclass(frozen=True)
class Known:
    """The ballistic coefficient of the craft, and where it is from."""

    per_mass: float
    """[m2/kg] Cd A / m"""
    spread: float
    """[1] standard deviation of its logarithm"""
    mass: float
    """[kg]"""
    told: tuple[str, ...]


@dataclass(frozen=True)
class Descent:
    """What was found."""

    days: NDArray[np.float64]
    """(n,) from the epoch to entry, in order; infinite for those that stay up"""
    altitude: float
    """[m] mean, at the epoch"""
    sun: SolarOutlook


def descend(job: Job, known: Known, futures: int, seed: int) -> Descent:
    """Fly the futures. Raises DomainError for what the averaged engine refuses."""
    import numpy as np

    from cupola.flight.full import State
    from cupola.flight.reentry import Levels, air_for, entries
    from cupola.flight.settled import settled
    from cupola.flight.utc import day_of, to_calendar

    sky, outlook = sky_of(job)
    begin = to_calendar(job.start.instant)
    mean, _ = settled(State(begin, job.start.motion, job.craft), sky)
    levels = Levels(sky.first_mjd, *(np.array(rows) for rows in (outlook.f107, outlook.f107a, outlook.ap)))
    drag, sun = (_normal(seed, f"reentry/{name}", futures) for name in ("drag", "sun"))
    per_mass = known.per_mass * np.exp(known.spread * drag)
    first = day_of(begin)
    entry = entries(mean, first, day_of(job.until), levels, sun, per_mass, air_for(mean, log))
    days = np.sort(np.where(np.isnan(entry), np.inf, entry - first))
    return Descent(days, float(mean.altitude[0]), outlook)


def _normal(seed: int, stream: str, count: int) -> NDArray[np.float64]:
    """A standard normal number a future, by Box and Muller's transform of the streams of a run."""
    import numpy as np

    from cupola.simulation.draws import Draws
    from cupola.simulation.lanes import Lane

    draws = Draws(seed, [Lane(index, "reentry", False, False) for index in range(count)])
    radius = np.sqrt(-2.0 * np.log(draws.uniform(f"{stream}/radius")))
    normal: NDArray[np.float64] = radius * np.cos(2.0 * np.pi * draws.uniform(f"{stream}/angle"))
    return normal


def moments(job: Job, found: Descent) -> dict[int, tuple[str, float] | None]:
    """UTC and days from the epoch by which shares of the futures are down; None where fewer come down."""
    import numpy as np

    from cupola.flight.utc import to_calendar

    begin, told = to_calendar(job.start.instant), {}
    for share in SHARES:
        days = float(np.quantile(found.days, share / 100.0, method="inverted_cdf"))
        when = begin + np.timedelta64(round(days * 86_400e6), "us") if np.isfinite(days) else None
        told[share] = None if when is None else (str(when.astype("datetime64[s]")), days)
    return told


def assumed(job: Job, known: Known, found: Descent) -> list[str]:
    """What the answer rests on, a line each."""
    import numpy as np

    from cupola.flight.utc import day_of, to_calendar

    lines = [f"start: {job.start.origin}", *known.told]
    lines.append("each future keeps its drag to the end; no burns, no change of mass or attitude; drag, and J2 to J4")
    down, sun = found.days[np.isfinite(found.days)], found.sun
    last = day_of(to_calendar(job.start.instant)) + float(down[-1]) if down.size == found.days.size else None
    last = day_of(job.until) if last is None else last
    if last <= to_mjd(sun.observed_until):
        return [*lines, "flux and ap as observed"]
    lines.append(
        f"flux and ap as observed up to {sun.observed_until}, after that the forecast issued {sun.issue}: each future "
        "keeps a level of its own, normal, with 1.2 times the forecast's 5 to 95 %, as forecasts have strayed so far"
    )
    if last > to_mjd(sun.forecast_until):
        lines.append(f"after {sun.forecast_until}, where that forecast ends, its last eleven years again")
    return lines


def show(job: Job, known: Known, found: Descent, asked: tuple[int, int], as_json: bool) -> None:
    """Print when it comes down; ``asked`` are the years and the seed."""
    import numpy as np

    from cupola.flight.utc import to_calendar

    years, seed = asked
    count, up = found.days.size, int(np.count_nonzero(np.isinf(found.days)))
    begin = str(to_calendar(job.start.instant).astype("datetime64[s]"))
    at, told = moments(job, found), assumed(job, known, found)
    span = "1 year" if years == 1 else f"{years} years"
    if as_json:
        rows: dict[str, Any] = {
            f"p{share}": None if one is None else {"instant": one[0], "days": one[1]} for share, one in at.items()
        }
        print_json(
            {
                "object": {"name": job.start.object_name, "id": job.start.object_id},
                "epoch": begin,
                "altitude_m": found.altitude,
                "cd_area_over_mass_m2_kg": known.per_mass,
                "spread": known.spread,
                "futures": count,
                "seed": seed,
                "years": years,
                "still_up": up,
                "reentry": rows,
                "assumed": told,
            }
        )
        return
    name = " ".join(word for word in (job.start.object_name, job.start.object_id) if word != "UNKNOWN") or "Craft"
    print_text(f"{name}: {begin} UTC, mean altitude {found.altitude / 1e3:.2f} km, {count} futures\n")
    if up == count:
        print_text(f"None comes down to 120 km within {span}.")
    else:
        table = [
            {
                "down": f"{share} %",
                "120 km, UTC": f"after more than {span}" if one is None else one[0][:16],
                "days from the epoch": "" if one is None else f"{one[1]:.5g}",
            }
            for share, one in at.items()
        ]
        print_table(("down", "120 km, UTC", "days from the epoch"), table, empty="")
        word = "All come" if not up else f"{up} of {count} do not come"
        print_text(f"\n{word} down within {span}.")
    print_text("\nAssumed:")
    for line in told:
        print_text(textwrap.fill(line, width(), initial_indent="- ", subsequent_indent="  "))
