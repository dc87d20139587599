"""Functions that a station lives on, and who provides them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cupola.base.quantity import Quantity

# Functions that the simulation has physics for. Programmes may name more; those are judged by capacity alone.
REBOOST = "reboost"
ATTITUDE_THRUSTERS = "attitude_thrusters"
ATTITUDE_GYROS = "attitude_gyros"
COMMAND_DATA = "command_data"
GROUND_CONTROL = "ground_control"
COMMUNICATION = "communication"
POWER = "power"
HEAT_REJECTION = "heat_rejection"
OXYGEN = "oxygen_generation"
CO2_REMOVAL = "co2_removal"
WATER_RECOVERY = "water_recovery"
URINE_RECOVERY = "urine_recovery"
ROBOTIC_ARM = "robotic_arm"
REFUELLING = "refuelling"
PROPELLANT_STORAGE = "propellant_storage"
RETURN_SEATS = "return_seats"
SHIP_PORTS = "ship_ports"
KNOWN = (REBOOST, ATTITUDE_THRUSTERS, ATTITUDE_GYROS, OXYGEN, CO2_REMOVAL, WATER_RECOVERY, URINE_RECOVERY, ROBOTIC_ARM)
"""Those that the processes ask for whether a programme names them or not."""


@dataclass(frozen=True)
class Function:
    """What a station needs in order to live, with how much of it."""

    id: str
    name: str
    unit: str
    """Edge unit of the capacities of its providers."""
    demand: Quantity
    basis: str
    """``station``: the demand is fixed; ``crew``: per person aboard; ``none``: any capacity counts."""
    vital: bool
    """Whether the station cannot be crewed without it."""
    source: str
    status: str
    where: str


@dataclass(frozen=True)
class Need:
    """Something a provider needs in order to work."""

    kind: str
    """``function``, ``provision``, ``store`` (commodity), ``trained`` (partner id), ``site`` (site id)"""
    subject: str
    amount: float = 0.0
    """SI; for ``function`` needs with a quantity, e.g. power in watts."""


@dataclass(frozen=True)
class Provision:
    """One provider of one function: an element, a vehicle type while docked, or a site."""

    id: str
    name: str
    function: str
    provider: str
    """Element id, vehicle type id or site id."""
    capacity: Quantity
    owner: str
    operator: str
    needs: tuple[Need, ...]
    since: dt.date
    until: dt.date | None
    source: str
    status: str
    where: str


COMMODITIES = (
    "propellant",
    "oxygen",
    "nitrogen",
    "water",
    "food",
    "goods",
    "waste",
    "urine",
    "condensate",
    "carbon_dioxide",
)
"""What people and equipment use and make. A store may hold another, which the run leaves as it is."""
