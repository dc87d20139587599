"""The numbers of a programme that belong to no single element or ship."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cupola.base.quantity import Quantity

_AT_ONCE = Quantity(0.0, 0.0, 0.0, "d", "", "")
_HALF = Quantity(0.5, 0.25, 1.0, "1", "K", "general knowledge")
_NONE_A_YEAR = Quantity(0.0, 0.0, 0.0, "1", "", "")
_AVOIDING = Quantity(0.5, 0.3, 1.0, "m/s", "K", "general knowledge")
_NO_PROPELLANT = Quantity(0.0, 0.0, 0.0, "kg", "", "")
_THREE_QUARTERS = Quantity(0.75, 0.5, 1.0, "1", "K", "general knowledge")


@dataclass(frozen=True)
class Orbit:
    """The mean orbit on the first day, and what drags on it."""

    epoch: dt.date
    altitude: Quantity
    """Mean semi-major axis minus the equatorial radius."""
    inclination: Quantity
    node: Quantity
    """Right ascension of the ascending node on the epoch."""
    drag_area: Quantity
    """Drag coefficient times area, fitted with the atmosphere model in use."""
    unlisted_mass: Quantity
    """Outfitting, cargo and fluids aboard that no other row counts."""
    filling: Quantity = _AT_ONCE
    """Time in which the stowage of an element is brought to it: after it, all but 1/e is aboard."""


@dataclass(frozen=True)
class OrbitPolicy:
    """How the orbit is kept."""

    altitude: Quantity
    """Target mean altitude."""
    band: Quantity
    """A reboost is made when the mean altitude is this far below the target."""
    burn: Quantity
    """Largest velocity change of one reboost."""
    propellant_reserve: Quantity
    """Below this no reboost is made unless the altitude is below the floor."""
    propellant_goal: Quantity
    """Propellant that deliveries aim to keep aboard."""
    floor: Quantity
    """Altitude below which the reserve may be spent."""
    engine_impulse: Quantity
    """Specific impulse of the station's own engines [s]."""
    burn_control: Quantity
    """Propellant for attitude control during a reboost, as a share of the burn's propellant."""
    let_down_reserve: Quantity = _NO_PROPELLANT
    """Propellant kept for the way down: no reboost spends it."""
    avoidances: Quantity = _NONE_A_YEAR
    """Manoeuvres a year out of the way of debris."""
    avoidance_burn: Quantity = _AVOIDING
    """Velocity change of one."""


@dataclass(frozen=True)
class Target:
    """From a day on, another altitude at which the station is kept."""

    id: str
    since: dt.date
    until: dt.date | None
    """Last day; None when open"""
    known: dt.date
    altitude: Quantity
    source: str
    status: str
    where: str

    def holds(self, day: dt.date) -> bool:
        """Whether the station is kept there on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Phasing:
    """A correction of the orbit on a date, so that a ship meets the station at the right place."""

    id: str
    name: str
    date: dt.date
    known: dt.date
    delta_v: Quantity
    """Along the velocity, below zero against it; zero: what lifts the orbit to its target"""
    source: str
    status: str
    where: str


@dataclass(frozen=True)
class Attitude:
    """What the gyros hold and what fills them."""

    equilibrium: Quantity
    """Peak momentum at torque equilibrium."""
    contact_speed: Quantity
    """Contact speed of a docking, or separation speed of an undocking."""
    drift_momentum: Quantity
    """What gravity puts in while attitude control is off for a docking or undocking."""
    reboost_momentum: Quantity
    eva_momentum: Quantity
    vent_momentum: Quantity
    berthing_momentum: Quantity
    event_propellant: Quantity
    """Thruster propellant for one saturating event."""
    evas: Quantity
    """Spacewalks a year."""
    vents: Quantity
    """Large vents a year that push the station."""
    power_lost_after: Quantity
    """Time from loss of attitude to loss of power and cooling."""
    gyros: Quantity
    gyros_needed: Quantity
    gyro_life: Quantity
    """Mean time between failures of one gyro."""
    gyro_spares: Quantity
    thrusters_only_below: Quantity
    """Altitude below which gyros cannot hold the station."""


@dataclass(frozen=True)
class LifeSupport:
    """What a person takes and gives each day, and what the station loses."""

    oxygen: Quantity
    """kg a person-day"""
    carbon_dioxide: Quantity
    food: Quantity
    """Packaged food, kg a person-day"""
    dry_food: Quantity
    """Dry solids eaten, kg a person-day"""
    drink: Quantity
    """Water for drinking, food and hygiene, kg a person-day"""
    urine: Quantity
    """Urine with flush water, kg a person-day"""
    condensate: Quantity
    """Latent water, kg a person-day"""
    waste: Quantity
    """Trash and solid waste, kg a person-day"""
    leak: Quantity
    """Cabin air lost, kg a day"""
    eva_oxygen: Quantity
    eva_air: Quantity
    volume: Quantity
    """Free air volume"""
    oxygen_share: Quantity
    """Mass share of oxygen in the cabin air that leaks."""
    co2_limit: Quantity
    """Partial pressure of carbon dioxide at which the crew must act or leave."""
    co2_canisters: Quantity
    """Person-days of carbon dioxide that canisters aboard can take up when the equipment fails."""


@dataclass(frozen=True)
class CrewPolicy:
    """How crews are sized and relieved."""

    usual: Quantity
    """Usual crew aboard between handovers."""
    horizon: Quantity
    """Time for which deliveries aim to keep food and water aboard."""
    training: Quantity
    """Time to train people on another operator's segment."""
    abandon_within: Quantity
    """Time from the order to leave to the undocking of the last ship."""
    uncrewed_life: Quantity
    """How long the station survives without crew while it is controlled."""


@dataclass(frozen=True)
class Deorbit:
    """What a controlled end needs."""

    delta_v: Quantity
    """Burns from the hold altitude to entry."""
    hold: Quantity
    """Altitude to which the station is let sink before the burns."""
    lowest: Quantity
    """Altitude below which the burns can no longer be set up."""
    vehicle: str
    """Vehicle type that brings the burns' propellant, or empty."""
    ships: Quantity
    """Ships of that type that can be sent for it."""
    ship_propellant: Quantity
    """Propellant that one of them brings for the burns when it carries little else."""
    crew_off: Quantity
    """Altitude at which the crew leaves before a planned end."""
    entry: Quantity
    """Altitude at which the orbit is over."""
    begin: dt.date | None
    """Day from which the station is let sink for a controlled end, where one is planned."""
    ended: dt.date | None
    """Day on which it ended on record; the run does not use it, it is shown beside the computed end."""


@dataclass(frozen=True)
class Burn:
    """One burn of the controlled end; they are made in the order in which they stand."""

    id: str
    name: str
    delta_v: Quantity
    """Against the direction of flight."""
    source: str
    status: str
    where: str


@dataclass(frozen=True)
class Departure:
    """A partner leaving, in one form."""

    partner: str
    after: dt.date
    """Last day of full service before the exit begins."""
    exit_time: Quantity
    """How long the exit takes; services end when it is over."""
    mode: str
    """services-stop, hands-over, separates"""
    cut: str
    """For ``separates``: the element at whose joint the station is cut; it leaves with all that hangs on it."""
    to: str
    """For ``hands-over``: the partner that operates the elements afterwards."""
    spares: Quantity
    """For ``hands-over``: how long the elements last on the spares aboard."""
    cut_evas: Quantity
    """For ``separates``: spacewalks that the cut needs."""
    notice: Quantity
    """Notice that the law asks."""
    notified: dt.date | None
    """Day on which formal notice was given, if it was."""
    statement: str
    """Statement id that announced it."""
    law: str
    """Agreement id of the withdrawal clause."""
    earliest: dt.date | None = None
    """First day that ``after`` may be, where only a range is known."""
    latest: dt.date | None = None
    """Last day that ``after`` may be."""
    crew_flights: Quantity = _HALF
    """Share of the exit's time after which its crew flights end."""
    cargo_flights: Quantity = _THREE_QUARTERS
    """Share of the exit's time after which its cargo flights end."""
    ships: str = "home"
    """For ``separates``: whether its ships at the part go ``home`` the day before, or ``along`` with their people."""
    ends: tuple[str, ...] = ()
    """Agreement ids that end with it."""
    continues: str = ""
    """For ``separates``: scenario in which the part is flown on, or empty."""


@dataclass(frozen=True)
class Span:
    """From when to when a run goes, and how."""

    start: dt.date
    end: dt.date
    seed: int
    futures: int
    """1: the nominal future only; more: that many sampled ones."""
