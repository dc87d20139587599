"""Air and reserves: how long stores last, and what the cabin's air is like.

Assumptions and limits: one well-mixed cabin, ideal gases.
"""

from __future__ import annotations

import numpy as np

from cupola.base.errors import DomainError
from cupola.physics.chemistry import Number, molar_mass

GAS_CONSTANT = 8.314462618
"""Molar gas constant [J/mol/K]. Source: CODATA (2018), exact."""
CABIN_TEMPERATURE = 295.0
"""[K]. General knowledge, 291 to 300 K."""


def days_of_reserve(stored: Number, people: Number, need: Number) -> Number:
    """How long a store lasts for those aboard.

        days = stored / (people * need)

    stored    number or (n,)   [kg]                >= 0
    people    number or (n,)   [1]                 >= 0
    need      number or (n,)   [kg a person-day]   > 0
    returns   number or (n,)   [d]                 ``inf`` where nobody is aboard

    Raises DomainError when the need is not positive.
    Holds without recovery, generation or resupply.

    >>> round(float(days_of_reserve(115.0, 3.0, 0.85)))
    45
    """
    if not np.all(np.asarray(need) > 0.0):
        raise DomainError(f"days of reserve: got a need of {need} kg a person-day; expected more than 0")
    crew = np.asarray(people, dtype=np.float64)
    rate = np.where(crew > 0.0, crew * need, 1.0)
    return np.where(crew > 0.0, stored / rate, np.inf)


def food_days(food: Number, people: Number, need: Number, ration: Number = 1.0) -> Number:
    """Days that the food lasts when people eat ``ration`` times the usual amount.

        days = food / (people * need * ration)

    food      number or (n,)   [kg]                packaged
    people    number or (n,)   [1]
    need      number or (n,)   [kg a person-day]   packaged, > 0
    ration    number or (n,)   [1]                 > 0; 1.25 is a quarter more than planned

    Raises DomainError when need times ration is not positive.

    >>> round(float(food_days(165.6, 2.0, 1.84, ration=1.25)))
    36
    """
    return days_of_reserve(food, people, need * ration)


def partial_pressure(mass: Number, volume: Number, molar_mass_g: float, temperature: Number) -> Number:
    """Partial pressure of a gas in the cabin.

        p = (m / M) R T / V

    mass           number or (n,)   [kg]      >= 0
    volume         number or (n,)   [m3]      > 0
    molar_mass_g   number           [g/mol]   > 0
    temperature    number or (n,)   [K]       > 0
    returns        number or (n,)   [Pa]

    Raises DomainError when volume or temperature is not positive. Ideal gas: better than 0.1 % in a cabin.

    >>> round(partial_pressure(1.2, 4.0, 44.009, 295.0))
    16720
    """
    if not (np.all(np.asarray(volume) > 0.0) and np.all(np.asarray(temperature) > 0.0)):
        raise DomainError(f"partial pressure: got {volume} m3 at {temperature} K; expected both above 0")
    return mass / (molar_mass_g * 1e-3) * GAS_CONSTANT * temperature / volume


def oxygen_pressure(mass: Number, volume: Number, temperature: Number = CABIN_TEMPERATURE) -> Number:
    """Partial pressure of oxygen [Pa] of ``mass`` [kg] in ``volume`` [m3]; see :func:`partial_pressure`.

    >>> round(oxygen_pressure(250.0, 899.0))     # 160 mmHg in the station's free air of 2011
    21316
    """
    return partial_pressure(mass, volume, molar_mass(O=2), temperature)


def carbon_dioxide_pressure(mass: Number, volume: Number, temperature: Number = CABIN_TEMPERATURE) -> Number:
    """Partial pressure of carbon dioxide [Pa] of ``mass`` [kg] in ``volume`` [m3]; see :func:`partial_pressure`."""
    return partial_pressure(mass, volume, molar_mass(C=1, O=2), temperature)


def carbon_dioxide_balance(
    people: Number, output: Number, removal: Number, at_pressure: Number, limit: Number = np.inf
) -> Number:
    """Partial pressure at which removal keeps up with people, for removal that grows with the pressure.

        p = people * output / (removal / at_pressure)

    people        number or (n,)   [1]                 >= 0
    output        number or (n,)   [kg a person-day]   carbon dioxide given off
    removal       number or (n,)   [kg a day]          >= 0, what the equipment takes at ``at_pressure``
    at_pressure   number or (n,)   [Pa]                > 0
    limit         number or (n,)   [Pa]                pressure above which removal grows no more
    returns       number or (n,)   [Pa]                0 when nobody is aboard; ``inf`` where it rises without end

    Raises DomainError when the pressure of the rating is not positive.
    Holds for adsorption beds well below saturation; give ``limit`` where the bed is full.

    >>> round(float(carbon_dioxide_balance(4.0, 1.04, 4.16, 266.6)), 1)     # 2 torr
    266.6
    """
    if not np.all(np.asarray(at_pressure) > 0.0):
        raise DomainError(f"carbon dioxide balance: got a rating at {at_pressure} Pa; expected more than 0")
    given = np.asarray(people * output, dtype=np.float64)
    taken = np.asarray(removal, dtype=np.float64) / at_pressure
    pressure = np.where(taken > 0.0, given / np.where(taken > 0.0, taken, 1.0), np.inf)
    return np.where(given > 0.0, np.where(pressure <= limit, pressure, np.inf), 0.0)


def carbon_dioxide_days(mass: Number, most: Number, people: Number, output: Number, removal: Number) -> Number:
    """Days until the cabin holds ``most`` carbon dioxide, when removal falls short.

        days = (most - mass) / (people * output - removal)

    mass, most        number or (n,)   [kg]                now, and at the limit
    people, output    number or (n,)   [1], [kg a person-day]
    removal           number or (n,)   [kg a day]
    returns           number or (n,)   [d]                 ``inf`` where removal suffices; 0 above the limit

    >>> float(carbon_dioxide_days(1.0, 5.0, 7.0, 1.0, 6.0))
    4.0
    """
    excess = np.asarray(people * output - removal, dtype=np.float64)
    room = np.maximum(np.asarray(most, dtype=np.float64) - mass, 0.0)
    return np.where(excess > 0.0, room / np.where(excess > 0.0, excess, 1.0), np.where(room > 0.0, np.inf, 0.0))
