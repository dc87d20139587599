"""The ledger's operations, one by one, in three futures."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError, InvariantError
from cupola.physics.chemistry import Reaction
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

DAY = metabolism(
    oxygen=0.84, carbon_dioxide=1.0, food=1.83, dry_food=0.62, drink=2.5, urine=1.5, condensate=1.5, waste=1.3
)
REACTIONS = {
    reaction.name: reaction
    for reaction in (
        DAY,
        electrolysis(),
        urine_processing(),
        condensate_processing(),
        carbon_dioxide_removal(),
        air_leak(0.2314),
        discarding(),
    )
}
ROWS = (
    Row("tank-a", "water", 1000.0),
    Row("bottle", "oxygen", 100.0),
    Row("tank-b", "water", 50.0),
    Row("pantry", "food", np.inf),
    Row("bags", "waste", 100.0),
    Row("nitrogen", "nitrogen", 500.0),
    Row("drum", "urine", 20.0),
    Row("air", "carbon_dioxide", np.inf),
    Row("sump", "condensate", 20.0),
    Row("lockers", "goods", np.inf),
)
WIDTH = 3


@pytest.fixture
def ledger() -> Ledger:
    made = Ledger(ROWS, WIDTH, REACTIONS, ["delivered", "returned", "left"])
    for name, level in (("tank-a", 300.0), ("tank-b", 30.0), ("bottle", 60.0), ("pantry", 400.0), ("lockers", 80.0)):
        made.start(made.row(name), level)
    return made


def sound(ledger: Ledger) -> None:
    ledger.check("test")
    worst = {name: float(gap.max()) for name, gap in ledger.closure().items()}
    assert max(worst.values()) <= 1e-12, worst


def test_a_commodity_is_one_block(ledger: Ledger) -> None:
    water = ledger.block("water")
    assert [row.id for row in ledger.rows[water]] == ["tank-a", "tank-b"]
    assert ledger.total("water").tolist() == [330.0] * WIDTH
    assert ledger.block("moonlight") == slice(0, 0)
    assert ledger.total("moonlight").tolist() == [0.0] * WIDTH


def test_put_takes_no_more_than_there_is_room_for(ledger: Ledger) -> None:
    accepted = ledger.put(ledger.row("tank-b"), np.array([5.0, 20.0, 50.0]), "delivered")
    assert accepted.tolist() == [5.0, 20.0, 20.0]
    assert ledger.level("tank-b").tolist() == [35.0, 50.0, 50.0]
    sound(ledger)


def test_take_draws_from_each_row_in_proportion(ledger: Ledger) -> None:
    taken = ledger.take("water", np.array([33.0, 330.0, 1e6]), "returned")
    assert taken.tolist() == [33.0, 330.0, 330.0]
    assert ledger.level("tank-a") == pytest.approx([270.0, 0.0, 0.0])
    assert ledger.level("tank-b") == pytest.approx([27.0, 0.0, 0.0])
    assert ledger.total("water").min() == 0.0
    sound(ledger)


def test_take_row_leaves_the_others(ledger: Ledger) -> None:
    assert ledger.take_row(ledger.row("tank-b"), 40.0, "returned").tolist() == [30.0] * WIDTH
    assert ledger.level("tank-a").tolist() == [300.0] * WIDTH


def test_move_is_limited_by_source_and_room_and_is_no_flow(ledger: Ledger) -> None:
    moved = ledger.move(ledger.row("tank-a"), ledger.row("tank-b"), np.array([5.0, 50.0, 1e9]))
    assert moved.tolist() == [5.0, 20.0, 20.0]
    assert ledger.move(ledger.row("tank-b"), ledger.row("tank-a"), 1e9).tolist() == [35.0, 50.0, 50.0]
    assert ledger.drain_flows() == {}
    sound(ledger)


def test_move_keeps_to_one_commodity(ledger: Ledger) -> None:
    with pytest.raises(DomainError, match="not one commodity"):
        ledger.move(ledger.row("tank-a"), ledger.row("bottle"), 1.0)
    with pytest.raises(DomainError, match="not one commodity"):
        ledger.take(slice(ledger.row("tank-b"), ledger.row("bottle") + 1), 1.0, "returned")


def test_empty_sends_everything_out_in_the_masked_futures(ledger: Ledger) -> None:
    rows = slice(ledger.row("tank-b"), ledger.row("pantry") + 1)
    lost = ledger.empty(rows, np.array([True, False, True]), "left")
    assert lost.tolist() == [30.0 + 60.0 + 400.0, 0.0, 490.0]
    assert ledger.level("tank-a").tolist() == [300.0] * WIDTH
    assert ledger.level("pantry").tolist() == [0.0, 400.0, 0.0]
    assert ledger.drain_flows()["food", "left"].tolist() == [-400.0, 0.0, -400.0]
    sound(ledger)


def test_convert_stops_at_the_scarcest_input(ledger: Ledger) -> None:
    done = ledger.convert("metabolism", np.array([4.0, 100.0, 0.0]))
    assert done == pytest.approx([4.0, 60.0 / 0.84, 0.0])
    assert ledger.level("bottle")[1] == pytest.approx(0.0, abs=1e-12)
    assert ledger.level("bottle")[0] == pytest.approx(60.0 - 4 * 0.84)
    sound(ledger)


def test_convert_stops_when_every_tank_is_full(ledger: Ledger) -> None:
    done = ledger.convert("electrolysis", 100.0)
    assert done == pytest.approx([40.0] * WIDTH)
    flows = ledger.drain_flows()
    assert flows["oxygen", "electrolysis"] == pytest.approx([40.0] * WIDTH)
    assert flows["hydrogen", "vented"] == pytest.approx(-flows["hydrogen", "electrolysis"])
    sound(ledger)


def test_a_tank_filled_to_the_brim_does_not_run_over() -> None:
    levels = np.linspace(0.01, 69.9, 4000)
    rows = (Row("tank", "water", 70.0), Row("sump", "condensate", np.inf), Row("bags", "waste", np.inf))
    made = Ledger(rows, levels.size, {"cleaning": condensate_processing(0.013)}, ["delivered"])
    made.start(made.row("tank"), levels)
    made.start(made.row("sump"), 1e3)
    made.convert("cleaning", 1e3)
    assert made.level("tank") == pytest.approx(np.full(levels.size, 70.0), rel=1e-15)
    sound(made)


def test_living_goes_on_when_the_tanks_are_full(ledger: Ledger) -> None:
    done = ledger.convert("metabolism", 60.0)
    assert done.tolist() == [60.0] * WIDTH
    assert ledger.level("drum").tolist() == [20.0] * WIDTH
    assert ledger.level("cabin/urine") == pytest.approx([70.0] * WIDTH)
    sound(ledger)


def test_convert_fills_the_row_and_draws_the_rows_that_are_named(ledger: Ledger) -> None:
    place = ledger.row("tank-b")
    done = ledger.convert("electrolysis", 50.0, {"water": slice(place, place + 1)}, {"oxygen": ledger.row("bottle")})
    assert done == pytest.approx([30.0 / REACTIONS["electrolysis"].inputs["water"]] * WIDTH)
    assert ledger.level("tank-a").tolist() == [300.0] * WIDTH
    with pytest.raises(DomainError, match="holds water; expected oxygen"):
        ledger.convert("electrolysis", 1.0, outputs={"oxygen": place})
    with pytest.raises(DomainError, match="does not hold water"):
        ledger.convert("electrolysis", 1.0, inputs={"water": slice(ledger.row("bottle"), ledger.row("bottle") + 1)})


def test_brine_keeps_the_nitrogen_of_what_was_eaten(ledger: Ledger) -> None:
    ledger.convert("metabolism", 10.0)
    ledger.convert("urine processing", 15.0)
    assert ledger.total("urine") == pytest.approx([0.0] * WIDTH, abs=1e-12)
    books = ledger.accounts
    food, waste = books.mixtures[books.of["food"]], books.mixtures[books.of["waste"]]
    nitrogen = 3
    eaten = food.initial[nitrogen] - food.content[nitrogen]
    assert (eaten > 0.1).all()
    assert waste.content[nitrogen] == pytest.approx(eaten, rel=1e-12)
    sound(ledger)


def test_flows_are_drained_and_begin_again(ledger: Ledger) -> None:
    ledger.put(ledger.row("tank-a"), 10.0, "delivered")
    ledger.take("water", 4.0, "returned")
    first = ledger.drain_flows()
    assert first["water", "delivered"].tolist() == [10.0] * WIDTH
    assert first["water", "returned"].tolist() == [-4.0] * WIDTH
    assert ledger.drain_flows() == {}
    ledger.take("water", 1.0, "returned")
    assert ledger.drain_flows()["water", "returned"].tolist() == [-1.0] * WIDTH
    sound(ledger)


def test_a_start_that_does_not_fit_is_refused(ledger: Ledger) -> None:
    for level in (-1.0, 50.1, float("nan")):
        with pytest.raises(DomainError, match="expected 0 to"):
            ledger.start(ledger.row("tank-b"), level)
    with pytest.raises(DomainError, match="at least its level"):
        ledger.set_capacity(ledger.row("tank-b"), 29.0)


def test_capacity_may_differ_by_future(ledger: Ledger) -> None:
    ledger.set_capacity(ledger.row("tank-b"), np.array([30.0, 40.0, np.inf]))
    assert ledger.put(ledger.row("tank-b"), 100.0, "delivered").tolist() == [0.0, 10.0, 100.0]
    sound(ledger)


@pytest.mark.parametrize("amount", [-1.0, float("nan")])
def test_an_amount_that_is_none_is_found(ledger: Ledger, amount: float) -> None:
    ledger.take("oxygen", np.array([1.0, amount, 1.0]), "returned")
    with pytest.raises(InvariantError):
        ledger.check("day 3")


@pytest.mark.parametrize("level", [-1e-9, 50.001, float("nan")])
def test_a_level_that_cannot_be_is_found(ledger: Ledger, level: float) -> None:
    ledger.levels[ledger.row("tank-b"), 1] = level
    with pytest.raises(InvariantError, match="day 3: tank-b, future 1"):
        ledger.check("day 3")


def test_mass_from_nowhere_shows(ledger: Ledger) -> None:
    ledger.levels[ledger.row("tank-a")] += 1e-6
    closure = ledger.closure()
    assert closure["water"].min() > 1e-10
    assert closure["H"].min() > 1e-10
    ledger.levels[ledger.row("pantry")] += 1.0
    with pytest.raises(InvariantError, match="elements of food"):
        ledger.check()


def test_names_must_be_clear() -> None:
    with pytest.raises(DomainError, match="row ids"):
        Ledger([Row("a", "water", 1.0), Row("a", "oxygen", 1.0)], 1, {}, [])
    with pytest.raises(DomainError, match="capacities"):
        Ledger([Row("a", "water", float("nan"))], 1, {}, [])
    with pytest.raises(DomainError, match="no row holds oxygen"):
        Ledger([Row("a", "water", 1.0)], 1, {"electrolysis": electrolysis()}, [])
    leak = Reaction("leak", {"water": 1.0}, vented={"water": 1.0})
    with pytest.raises(DomainError, match="must differ"):
        Ledger([Row("a", "water", 1.0)], 1, {"leak": leak}, ["leak"])


def test_only_declared_causes_pass_the_hull(ledger: Ledger) -> None:
    for cause in ("lost", "electrolysis"):
        with pytest.raises(DomainError, match="no boundary cause"):
            ledger.take("water", 1.0, cause)
