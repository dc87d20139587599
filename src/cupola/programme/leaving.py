"""What becomes of each element when a partner leaves."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.base.quantity import Quantity

# Fates of an element.
OPERATED = "operated"
INERT = "inert"
TRANSFERRED = "transferred"
SOLD = "sold"
SEPARATES = "separates"
DEORBITED = "deorbited"
TAKEN_OVER = (OPERATED, TRANSFERRED, SOLD)
"""Fates after which another partner runs the element, once its people are trained"""
GOES = (SEPARATES, DEORBITED)
"""Fates by which the element is no part of the station any more"""


@dataclass(frozen=True)
class Fate:
    """What becomes of one element; it goes before the mode of the departure."""

    id: str
    """Element id"""
    fate: str
    """operated, inert, transferred, sold, separates, deorbited"""
    to: str
    """Partner id that runs or owns it afterwards, or empty."""
    day: float | None
    """Seconds after the exit begins; None: when the services end."""
    price: Quantity | None
    """What was named as its price, where a source names one."""
    vehicle: str
    """For ``deorbited``: the vehicle type in which it leaves."""
    delta_v: Quantity
    """For ``deorbited``: velocity change of the burn that brings both down."""
    statement: str
    source: str
    status: str
    where: str
