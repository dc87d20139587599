"""Attitude: gyros hold equilibrium without propellant; events that fill them need thrusters.

At torque equilibrium the momentum of the gyros swings but does not grow. A docking, undocking, spacewalk, vent
or gyro failure puts momentum in; what the gyros cannot hold must be taken out by thrusters. Where none are
left, the first such event loses attitude, then power and cooling within hours.

Simplifies: the largest event of a day counts; gyro failures are replaced from spares after two months; a day on
thrusters alone costs one event's propellant.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.quantity import DAY_S, YEAR_DAYS
from cupola.programme.functions import ATTITUDE_GYROS, ATTITUDE_THRUSTERS
from cupola.simulation.recorder import Cause
from cupola.simulation.state import State

REPLACED_AFTER = 60.0
"""Days until a failed gyro is replaced from a spare aboard. General knowledge; a spacewalk must be planned."""


class Attitude:
    """Judges each day's push against what the gyros can still hold."""

    def __init__(self, state: State) -> None:
        self.state = state
        settings, draws = state.model.programme.attitude, state.draws
        self.equilibrium = draws.quantity("attitude.equilibrium", settings.equilibrium)
        self.event_propellant = draws.quantity("attitude.event_propellant", settings.event_propellant)
        self.low = draws.quantity("attitude.thrusters_only_below", settings.thrusters_only_below)
        self.others = [
            (kind, self._every(yearly.value), draws.quantity(f"attitude.{kind}_momentum", momentum))
            for kind, yearly, momentum in (
                ("eva", settings.evas, settings.eva_momentum),
                ("vent", settings.vents, settings.vent_momentum),
            )
        ]
        count = round(settings.gyros.value)
        life = draws.quantity("attitude.gyro_life", settings.gyro_life) / DAY_S
        self.total = float(count)
        self.needed = settings.gyros_needed.value
        self.fails = [draws.exponential(f"gyro/{number}", life) for number in range(count)]
        self.next_failure = min((float(times.min()) for times in self.fails), default=1e9)
        self.gyros = np.full(state.width, float(count))
        self.spares = np.full(state.width, settings.gyro_spares.value)
        self.repair = np.full(state.width, 1e9)
        self.next_repair = 1e9
        self.life = life
        self.seen_low = np.zeros(state.width, dtype=bool)
        keys = [f"fact/provisions.{row.id}" for row in state.model.provisions if row.function == ATTITUDE_GYROS]
        self.holds: list[Cause] = [state.recorder.code(key) for key in ("fact/attitude.equilibrium", *keys)]
        """Codes of what the gyros can hold, and of what of it the equilibrium takes"""

    def _every(self, yearly: float) -> float:
        return YEAR_DAYS / yearly if yearly > 0 else 1e9

    def tick(self, day: int) -> None:
        """Take out what today put in, or lose the station's attitude."""
        state = self.state
        for kind, interval, momentum in self.others:
            if day % interval < 1.0 and day > 0:
                able = state.alive & state.controlled & (state.crewed if kind == "eva" else state.alive)
                state.push(able, momentum, state.recorder.code(f"fact/attitude.{kind}_momentum"))
        if day >= self.next_failure or day >= self.next_repair:
            self._gyro_failures(day)
        low = state.altitude < self.low
        weak = (self.gyros < self.needed) | (state.capacity[ATTITUDE_GYROS] <= 0)
        alone = (low | weak) & state.controlled & state.alive
        if not state.pushed and not np.count_nonzero(alone):
            return
        working = self.gyros / max(self.total, 1.0)
        held = np.where(alone, 0.0, state.capacity[ATTITUDE_GYROS] * working - self.equilibrium)
        full = state.controlled & state.alive & ((state.impulse > held) | alone)
        if np.count_nonzero(full):
            self._saturated(full, alone, low)
        state.impulse[...] = 0.0
        state.impulse_key[...] = 0
        state.impulse_fact[...] = 0
        state.pushed = False

    def _saturated(self, full: NDArray[Any], alone: NDArray[Any], low: NDArray[Any]) -> None:
        state = self.state
        thrusters = state.capacity[ATTITUDE_THRUSTERS] > 0
        fire = full & thrusters
        burnt = state.ledger.take("propellant", np.where(fire, self.event_propellant, 0.0), "burnt for attitude")
        dry = fire & (burnt < 0.999 * self.event_propellant)
        if state.day < state.model.recorded:
            # The record says that it was held: what the tanks lack for it is counted, and nothing is lost.
            state.unsupplied += np.where(dry, self.event_propellant - burnt, 0.0)
            dry = np.zeros(state.width, dtype=bool)
        lost = (full & ~thrusters) | dry
        state.changed.add("store/propellant")
        if not lost.any():
            return
        recorder = state.recorder
        without = state.lost_key.get(ATTITUDE_THRUSTERS, np.zeros(state.width, dtype=np.int32)).copy()
        np.copyto(without, np.int32(recorder.code("store-empty/propellant")), where=dry)
        gyros = state.lost_key.get(ATTITUDE_GYROS, np.zeros(state.width, dtype=np.int32))
        gyros = np.where(self.gyros < self.needed, recorder.code("gyro-failed/gyro"), gyros)
        pushed = np.where(alone & ~low, gyros, state.impulse_key)
        pushed = np.where(low & (pushed == 0), recorder.code("fact/attitude.thrusters_only_below"), pushed)
        holds: list[Cause] = [state.impulse_fact, *self.holds]
        facts = [np.where(alone, 0, fact).astype(np.int32) for fact in holds]
        causes = (pushed.astype(np.int32), without, *facts)
        key = recorder.event("attitude-lost", "station", lost, causes, value=state.impulse)
        state.lose_attitude(lost, key)

    def _gyro_failures(self, day: int) -> None:
        state = self.state
        for times in self.fails:
            failed = (times <= day) & state.alive & (self.gyros > 0)
            if np.count_nonzero(failed):
                self.gyros -= failed
                life = state.recorder.code("fact/attitude.gyro_life")
                key = state.recorder.event("gyro-failed", "gyro", failed, (life,), value=self.gyros)
                state.push(failed, self.equilibrium * 0.0 + 1.0, key)
                np.copyto(times, times + self.life, where=failed)
                np.copyto(self.repair, day + REPLACED_AFTER, where=failed & (self.spares > 0))
        # A spare waits until somebody is there to put it in.
        repaired = (self.repair <= day) & state.crewed
        self.gyros += repaired
        self.spares -= repaired
        np.copyto(self.repair, 1e9, where=repaired)
        # Those that are over fail no more, and would else be looked at each day.
        self.next_failure = min((float(np.where(state.alive, times, 1e9).min()) for times in self.fails), default=1e9)
        self.next_repair = float(self.repair.min())
