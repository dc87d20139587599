"""What ``cupola reentry`` flies and prints."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cupola.base.time import to_mjd
from cupola.cli.fly_told import sky_of
from cupola.cli.output import log, print_json, print_table, print_text, width

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from cupola.cli.fly_asked import Job
    from cupola.flight.reentry import Drag
    from cupola.physics.solar_sampler import Courses
    from cupola.programme.environment import SolarOutlook

SHARES = (5, 50, 95)
"""[%]"""


@dataclass(frozen=True)
class Known:
    """The ballistic coefficient of the craft, and where it is from."""

    drag: Drag
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
    f107, f107a, ap = (np.array(rows) for rows in (outlook.f107, outlook.f107a, outlook.ap))
    issued, first = to_mjd(outlook.issued), day_of(begin)
    levels = Levels(sky.first_mjd, f107, f107a, ap, issued, not outlook.from_cycles)
    normal = _normals(seed, futures)
    sun = _sun(normal, max(0.0, day_of(job.until) + 1.0 - issued))
    off = normal("drag")
    log(f"Flying {futures} futures down to 120 km; years take half a minute, decades minutes")
    entry = entries(mean, first, day_of(job.until), levels, sun, known.drag, off, air_for(mean, log))
    days = np.sort(np.where(np.isnan(entry), np.inf, entry - first))
    return Descent(days, float(mean.altitude[0]), outlook)


def _normals(seed: int, count: int) -> Callable[[str], NDArray[np.float64]]:
    """Standard normal numbers by stream, one a future, by Box and Muller's transform of the streams of a run."""
    import numpy as np

    from cupola.simulation.draws import Draws
    from cupola.simulation.lanes import Lane

    draws = Draws(seed, [Lane(index, "reentry", False, False) for index in range(count)])

    def normal(stream: str) -> NDArray[np.float64]:
        radius = np.sqrt(-2.0 * np.log(draws.uniform(f"reentry/{stream}/radius")))
        found: NDArray[np.float64] = radius * np.cos(2.0 * np.pi * draws.uniform(f"reentry/{stream}/angle"))
        return found

    return normal


def _sun(normal: Callable[[str], NDArray[np.float64]], lead_days: float) -> Courses:
    """The Sun's courses up to so many days after the issue; those up to an earlier day are the same."""
    import numpy as np

    from cupola.physics.solar_sampler import courses, knots_until

    years, swings = knots_until(lead_days)
    yearly = [normal(f"sun/year/{row}") for row in range(years)]
    return courses(np.array(yearly), np.array([normal(f"sun/swing/{row}") for row in range(swings)]))


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
    lines.append("a future's drag stays on its side; no burns, no change of mass or attitude; drag, and J2 to J4")
    down, sun = found.days[np.isfinite(found.days)], found.sun
    last = day_of(to_calendar(job.start.instant)) + float(down[-1]) if down.size == found.days.size else None
    last = day_of(job.until) if last is None else last
    if last <= to_mjd(sun.observed_until):
        return [*lines, "flux and ap as observed"]
    lines.append(
        f"flux and ap as observed up to {sun.observed_until}, after that about the forecast issued {sun.issue}: each "
        "future on a course of its own, as far from it, and as slowly, as past issues were off, with a swing by month"
    )
    if not sun.from_cycles:
        lines.append("ap about 0.87 of that forecast's within a year, then 0.6 to 0.7 of it, as past issues were off")
    lines.append("of a smoothed ap 0.84 acts, for storms are short and the air does not thicken in proportion")
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
                "cd_area_over_mass_m2_kg": known.drag.per_mass,
                "spread": known.drag.spread_after(0.0),
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
