"""Of what is said of one thing, one counts: the firmest, then the latest; and nothing is averaged."""

from __future__ import annotations

import datetime as dt

import pytest

from cupola import flow
from cupola.programme.record import Consequence, Partner, Statement
from cupola.scenario.claims import Claim, choose, claims_on, spoken

PARTNERS = {key: Partner(key, key, "partner", key, "", "invented", "") for key in ("a", "b")}
ROWS = (
    Consequence("leaves", "partner", "leaves", ("after", "start-after"), "exit", "exactly", "*", "", "", ""),
    Consequence("in", "partner", "leaves-in", (), "exit", "exactly", "*", "", "", ""),
    Consequence("stays", "partner", "stays-to", ("likely", "step"), "exit", "at-least", "*", "", "", ""),
    Consequence("months", "partner", "exit-months", (), "exit-time", "exactly", "P*M", "", "", ""),
    Consequence("end", "station", "end", (), "operation-end", "at-least", "*", "", "", ""),
    Consequence("sink", "station", "sinks", (), "sinking", "exactly", "*", "", "", ""),
    Consequence("tug", "tug", "comes", (), "set", "exactly", "*", "services.tug.first", "", ""),
)
TODAY = dt.date(2026, 1, 1)


def said(key: str, day: str, firmness: str, *effect: str, supersedes: str = "") -> Statement:
    return Statement(
        key, dt.date.fromisoformat(day), key, "", "", (), firmness, "", effect, supersedes, "", "invented", "K", ""
    )


def claims(*statements: Statement, on: dt.date = TODAY) -> tuple[Claim, ...]:
    return claims_on(on, {row.id: row for row in statements}, ROWS, PARTNERS)


def counts(*statements: Statement, on: dt.date = TODAY, topic: str = "exit", about: str = "b") -> str:
    chosen = choose(claims(*statements, on=on)).get((topic, about))
    return chosen.claim.statement.id if chosen else ""


def test_the_firmer_counts_against_the_later() -> None:
    law = said("law", "2022-01-01", "done", "partner b leaves after 2024")
    talk = said("talk", "2023-01-01", "announced", "partner b leaves after 2028")
    assert counts(law, talk) == "law"


def test_of_equally_firm_ones_the_later_counts() -> None:
    one = said("one", "2022-01-01", "announced", "partner b leaves after 2024")
    two = said("two", "2023-01-01", "announced", "partner b stays-to 2028")
    assert counts(one, two) == "two"
    assert counts(one, two, on=dt.date(2022, 6, 1)) == "one"


def test_a_firm_commitment_leaves_room_for_a_later_day_said_later() -> None:
    bound = said("bound", "2020-01-01", "notified", "partner b stays-to 2024")
    more = said("more", "2021-01-01", "announced", "partner b stays-to 2028")
    less = said("less", "2021-01-01", "announced", "partner b leaves after 2022")
    before = said("before", "2019-01-01", "announced", "partner b stays-to 2030")
    assert counts(bound, more) == "more"
    assert counts(bound, less) == "bound"
    assert counts(bound, before) == "bound"


def test_the_last_day_of_a_commitment_said_to_be_the_last_takes_its_place() -> None:
    bound = said("bound", "2020-01-01", "notified", "partner b stays-to 2024")
    exit_ = said("exit", "2022-07-26", "announced", "partner b leaves after 2024-12-31")
    assert counts(bound, exit_) == "exit"


def test_what_is_said_less_exactly_confirms() -> None:
    exact = said("exact", "2022-01-01", "done", "station end 2030-09-30")
    vague = said("vague", "2023-01-01", "done", "station end 2030")
    chosen = choose(claims(exact, vague))["operation-end", ""]
    assert chosen.claim.day == dt.date(2030, 9, 30)
    assert [row.statement.id for row in chosen.others] == ["vague"]


def test_a_statement_puts_out_of_force_what_it_speaks_of_and_no_more() -> None:
    one = said("one", "2022-01-01", "done", "partner b leaves after 2024", "station end 2030")
    two = said("two", "2023-01-01", "announced", "partner b stays-to 2028", supersedes="one")
    assert counts(one, two) == "two"
    assert counts(one, two, topic="operation-end", about="") == "one"


def test_a_denial_takes_away_what_was_said_of_that_time() -> None:
    first = said("first", "2021-03-01", "announced", "partner b stays-to 2028")
    talk = said("talk", "2021-04-18", "announced", "partner b leaves after 2025-01-01")
    denial = said("denial", "2021-04-20", "announced", "partner b leaves-in 2025 denied")
    assert counts(first, talk) == "talk"
    assert counts(first, talk, denial) == "first"
    firm = said("firm", "2021-04-19", "decided", "partner b leaves after 2025-01-01")
    assert counts(first, firm, denial) == "firm"


@pytest.mark.parametrize(
    ("clause", "why"),
    [
        ("partner b leaves after 2025 if talks fail", "only if talks fail"),
        ("partner b leaves gradual", "it says 'gradual'"),
        ("partner b stays-to 2030 de-facto", "it says 'de-facto'"),
    ],
)
def test_what_is_hedged_is_kept_and_does_not_count(clause: str, why: str) -> None:
    (claim,) = claims(said("talk", "2022-01-01", "decided", clause))
    assert claim.unused == why
    assert not choose([claim])


def test_values_are_written_as_a_scenario_takes_them() -> None:
    found = claims(
        said("one", "2022-01-01", "announced", "partner b exit-months 24", "station sinks 2028", "tug comes 2029-05-01")
    )
    assert {row.key: row.written for row in found} == {
        ("exit-time", "b"): "P24M",
        ("sinking", ""): "2028",
        ("set", "services.tug.first"): "2029-05-01",
    }
    assert {row.key[0]: row.day for row in found if row.period}["sinking"] == dt.date(2028, 1, 1)


def test_a_step_is_no_value_and_a_partner_may_be_named_alone() -> None:
    (claim,) = claims(said("one", "2023-01-01", "decided", "b stays-to 2028 step 2"))
    assert (claim.key, claim.written, claim.unused) == (("exit", "b"), "2028", "")


def test_a_later_line_of_flights_takes_the_place_of_the_earlier_one() -> None:
    known = {day: set(flow.load("iss", as_of=day).services) for day in ("2021-04-01", "2022-07-05", "2022-07-26")}
    rows = flow.load("iss", as_of="2022-07-26").services
    assert len({row.vehicle for row in rows.values()}) == len(rows) == 6
    assert not known["2021-04-01"] & known["2022-07-26"]
    assert {"soyuz-2020", "progress"} <= known["2022-07-05"]
    # What a row replaces is gone, and so is the name of it.
    assert not any(row.replaces for row in rows.values())


def test_several_partners_in_one_clause_make_a_claim_each() -> None:
    statement = said("all", "2023-01-01", "announced", "partner a+b stays-to 2030")
    assert {row.key for row in claims(statement)} == {("exit", "a"), ("exit", "b")}
    assert spoken(statement, ROWS, PARTNERS) == {("exit", "a"), ("exit", "b")}
