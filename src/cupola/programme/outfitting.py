"""The mass that no row lists: what of it is aboard on which day.

Known is its total on one day, the epoch. It has two parts. What was launched with an element and hangs on it (wings,
radiators, joints, tanks: ``Element.outfit``) is there as long as the element. Racks, spares and cargo
(``Element.stowage``) are brought in time:

    aboard(day) = sum over attached elements of outfit + stowage * (1 - exp(-age / filling))
    unlisted(day) = unlisted(epoch) * aboard(day) / aboard(epoch)

Holds for a station that is built and then kept full; one that is emptied is not told. Where no element has an outfit
or stowage, what no row lists goes with the mass of the elements. Before the epoch was known not all of the elements of
the epoch are known either; then the sum itself is taken.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable

from cupola.base.quantity import DAY_S
from cupola.programme.settings import Orbit
from cupola.programme.station import Element


def unlisted_share(orbit: Orbit, elements: Iterable[Element], day: dt.date, as_of: dt.date) -> float:
    """Share of ``orbit.unlisted_mass`` that is aboard on a day; exactly 1 on the epoch once that is known.

    orbit       with the epoch, the total on it, and the time of filling
    elements    all that are known, also those that are not attached on the day
    as_of       the day on which the station is looked at

    Returns 1 where nothing is attached on the epoch, for then nothing is known.
    """
    rows = tuple(elements)
    usual = _whole(orbit, rows, as_of)
    return _aboard(orbit, rows, day) / usual if usual > 0.0 else 1.0


def unlisted_share_of(orbit: Orbit, elements: Iterable[Element], element: Element, as_of: dt.date) -> float:
    """Share of ``orbit.unlisted_mass`` that comes with an element, or is brought to it in time."""
    rows = tuple(elements)
    usual = _whole(orbit, rows, as_of)
    own = element.outfit.value + element.stowage.value if _listed(rows) else element.mass.value
    return own / usual if usual > 0.0 else 0.0


def _listed(rows: tuple[Element, ...]) -> bool:
    """Whether any element says what hangs on it or is brought to it."""
    return any(row.outfit.value + row.stowage.value > 0.0 for row in rows)


def _whole(orbit: Orbit, rows: tuple[Element, ...], as_of: dt.date) -> float:
    """What counts as the whole [kg]: the sum on the epoch, or the stated total as long as that is to come."""
    if _listed(rows) and as_of < orbit.epoch:
        return orbit.unlisted_mass.value
    return _aboard(orbit, rows, orbit.epoch)


def _aboard(orbit: Orbit, rows: tuple[Element, ...], day: dt.date) -> float:
    """Outfit and stowage aboard on a day by the rule, or the mass of the elements where nothing is said [kg]."""
    listed, time = _listed(rows), orbit.filling.value / DAY_S
    total = 0.0
    for row in rows:
        if not row.attached_on(day):
            continue
        if not listed:
            total += row.mass.value
            continue
        full = 1.0 - math.exp(-(day - row.attached).days / time) if time > 0.0 else 1.0
        total += row.outfit.value + row.stowage.value * full
    return total
