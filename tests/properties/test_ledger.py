"""Whatever is done to a ledger in whatever order: nothing is made or lost, and company does not change a lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cupola.physics.metabolism import (
    air_leak,
    carbon_dioxide_removal,
    condensate_processing,
    discarding,
    electrolysis,
    metabolism,
    urine_processing,
)
from cupola.simulation.ledger import Ledger, Row

ROWS = (
    Row("tank-a", "water", 900.0),
    Row("tank-b", "water", 70.0),
    Row("tank-c", "water", np.inf),
    Row("bottle-a", "oxygen", 120.0),
    Row("bottle-b", "oxygen", 40.0),
    Row("nitrogen", "nitrogen", 300.0),
    Row("pantry-a", "food", 500.0),
    Row("pantry-b", "food", 60.0),
    Row("bags", "waste", 90.0),
    Row("pile", "waste", np.inf),
    Row("drum", "urine", 25.0),
    Row("air", "carbon_dioxide", np.inf),
    Row("sump", "condensate", 15.0),
    Row("lockers", "goods", 200.0),
    # Enough rows that a sum which is not taken in order would show in the last bits.
    *(Row(f"fuel-{number}", "propellant", 400.0 + 37.0 * number) for number in range(12)),
)
REACTIONS = (
    "metabolism",
    "electrolysis",
    "urine processing",
    "condensate processing",
    "carbon dioxide removal",
    "air leak",
    "discarding goods",
)
COMMODITIES = tuple(dict.fromkeys(row.commodity for row in ROWS))
LANES = 1000
Array = NDArray[np.float64]
# Made once for all lanes, so that what goes in cannot depend on the width.
SINE, COSINE = np.sin(np.arange(LANES)), np.cos(np.arange(LANES))


def wave(lanes: Array, table: Array) -> Array:
    """The lanes' entries of a table."""
    return table[lanes.astype(np.int64)]


def build(lanes: Array) -> Ledger:
    """A ledger whose lanes differ in what people breathe, in the leak and in the levels of the first day."""
    spread = 0.5 + 0.5 * wave(lanes, SINE)
    reactions = (
        metabolism(0.80 + 0.08 * spread, 1.0, 1.83, 0.62, 2.5 + 0.5 * spread, 1.5, 1.4 + 0.3 * spread, 1.2),
        electrolysis(),
        urine_processing(0.7 + 0.2 * spread),
        condensate_processing(),
        carbon_dioxide_removal(),
        air_leak(0.2 + 0.1 * spread),
        discarding(),
    )
    ledger = Ledger(ROWS, len(lanes), {reaction.name: reaction for reaction in reactions}, ["in", "out"])
    for row in ledger.rows:
        place = ledger.row(row.id)
        ledger.start(place, np.minimum(row.capacity, 100.0) * (0.2 + 0.7 * spread))
    ledger.set_capacity(ledger.row("tank-b"), 70.0 + 20.0 * spread)
    return ledger


Operation = Callable[[Ledger, Array], Array]
PLACES = st.integers(0, len(ROWS) - 1)
AMOUNTS = st.one_of(st.just(0.0), st.just(1e9), st.floats(1e-12, 1e4), st.floats(0.1, 30.0))
NAMES = [row.id for row in ROWS]


def put(place: int, amount: float) -> Operation:
    return lambda ledger, lanes: ledger.put(ledger.row(NAMES[place]), amount * (1.5 + wave(lanes, COSINE)), "in")


def take(place: int, amount: float) -> Operation:
    return lambda ledger, lanes: ledger.take(ROWS[place].commodity, amount * (1.5 + wave(lanes, COSINE)), "out")


def take_row(place: int, amount: float) -> Operation:
    return lambda ledger, lanes: ledger.take_row(ledger.row(NAMES[place]), amount * (1.5 + wave(lanes, COSINE)), "out")


def move(place: int, amount: float) -> Operation:
    def run(ledger: Ledger, lanes: Array) -> Array:
        block = ledger.block(ROWS[place].commodity)
        target = block.start + (place * 7 + 1) % (block.stop - block.start)
        return ledger.move(ledger.row(NAMES[place]), target, amount * (1.5 + wave(lanes, COSINE)))

    return run


def empty(place: int, amount: float) -> Operation:
    return lambda ledger, lanes: ledger.empty(
        slice(place, place + 1 + int(amount) % 3), wave(lanes, COSINE) > 0.8, "out"
    )


def convert(place: int, amount: float) -> Operation:
    name = REACTIONS[place % len(REACTIONS)]
    return lambda ledger, lanes: ledger.convert(name, amount * (1.5 + wave(lanes, COSINE)))


OPERATIONS = st.one_of(
    *(st.builds(kind, PLACES, AMOUNTS) for kind in (put, take, take_row, move, empty)),
    st.builds(convert, PLACES, AMOUNTS),
    st.builds(convert, PLACES, AMOUNTS),
)


def prints(ledger: Ledger, answers: Sequence[Array], lane: int) -> bytes:
    """All that a lane is, as bytes."""
    parts = [
        ledger.levels[:, lane],
        ledger.accounts.flow[:, :, lane].ravel(),
        np.array([answer[lane] for answer in answers]),
    ]
    parts += [mixture.content[:, lane] for mixture in ledger.accounts.mixtures.values()]
    return b"|".join(np.ascontiguousarray(part).tobytes() for part in parts)


@settings(max_examples=600)
@given(st.lists(OPERATIONS, min_size=1, max_size=40))
def test_nothing_is_made_or_lost(operations: list[Operation]) -> None:
    lanes = np.arange(4.0)
    ledger = build(lanes)
    for number, operation in enumerate(operations):
        answer = operation(ledger, lanes)
        assert (answer >= 0.0).all() and np.isfinite(answer).all()
        ledger.check(f"operation {number}")
        if number == 20:
            ledger.drain_flows()
    closure = ledger.closure()
    assert {"O", "C", "H", "N", "other", *COMMODITIES} <= set(closure)
    for name, gap in closure.items():
        assert (gap <= 1e-12).all(), name


def test_many_rows_are_added_in_order() -> None:
    lanes = np.arange(float(LANES))
    whole = build(lanes).total("propellant")
    for lane in range(0, LANES, 50):
        assert build(lanes[lane : lane + 1]).total("propellant").tobytes() == whole[lane : lane + 1].tobytes()


@settings(max_examples=40)
@given(st.lists(OPERATIONS, min_size=5, max_size=30), st.randoms(use_true_random=False))
def test_a_lane_is_the_same_in_any_company(operations: list[Operation], random: object) -> None:
    everyone = np.arange(float(LANES))
    chosen = np.array(sorted(random.sample(range(LANES), 17)), dtype=np.float64)  # type: ignore[attr-defined]

    def run(lanes: Array) -> list[bytes]:
        ledger = build(lanes)
        answers = [operation(ledger, lanes) for operation in operations]
        return [prints(ledger, answers, lane) for lane in range(len(lanes))]

    whole = run(everyone)
    for first, width in ((0, 1), (5, 1), (7, 2), (100, 3), (311, 64)):
        assert run(everyone[first : first + width]) == whole[first : first + width]
    assert run(chosen) == [whole[int(lane)] for lane in chosen]


def test_ten_thousand_days_of_living_close() -> None:
    """Some 27 years of equal days, in which rounding has the time to add up, drained once a year."""
    lanes = np.arange(2.0)
    ledger = build(lanes)
    crew = 4.0 + 0.37 * lanes
    for day in range(10_000):
        if day % 60 == 0:
            for name, amount in (("tank-c", 150.0), ("pantry-a", 450.0), ("nitrogen", 20.0), ("bottle-a", 10.0)):
                ledger.put(ledger.row(name), amount, "in")
            ledger.take("waste", 1e4, "out")
        ledger.convert("metabolism", crew)
        ledger.convert("carbon dioxide removal", 1e3)
        ledger.convert("condensate processing", 1e3)
        ledger.convert("urine processing", 1e3)
        ledger.convert("electrolysis", 0.84 * crew)
        ledger.convert("air leak", 0.27)
        if day % 365 == 0:
            ledger.drain_flows()
    ledger.check("the last day")
    assert (ledger.total("food") > 0.0).all()
    worst = {name: float(gap.max()) for name, gap in ledger.closure().items()}
    assert max(worst.values()) <= 1e-12, worst
