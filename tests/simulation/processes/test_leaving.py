"""What a partner takes along when it leaves, in each of the three forms."""

from typing import Any

from cupola.simulation.clock import simulate
from support.nouns import q
from support.small_station import exit_of_b, small

LEAVES = "2023-02-12"
"""The day after the last day of service: 200 days after the first of the run."""


def events(tables: dict[str, Any], future: int = 1) -> dict[str, tuple[str, str]]:
    """Key -> (first date, because) in one future."""
    table = tables["events"]
    found: dict[str, tuple[str, str]] = {}
    for row, of in enumerate(table["future"]):
        if of == future:
            found.setdefault(table["key"][row], (str(table["date"][row]), table["because"][row]))
    return found


def test_services_stop_takes_thrusters_and_reboost_with_their_operator() -> None:
    found = events(simulate(small(400, exit_of_b())))
    assert found["partner-left/b"][0] == LEAVES
    assert found["provider-lost/thrusters"] == (LEAVES, "partner-left/b")
    assert found["function-lost/attitude_thrusters"] == (LEAVES, "provider-lost/thrusters")
    assert found["deorbit-lost/station"] == (LEAVES, "function-lost/attitude_thrusters")


def test_attitude_is_lost_at_the_first_event_after_and_the_crew_leaves() -> None:
    found = events(simulate(small(400, exit_of_b())))
    date, because = found["attitude-lost/station"]
    assert date > LEAVES
    cause, thrusters, *facts = because.split(" + ")
    assert facts[0].startswith(("fact/ports.", "fact/attitude.")), "what links the event to momentum"
    assert facts[1] == "fact/attitude.equilibrium" and facts[2].startswith("fact/provisions.")
    assert thrusters == "function-lost/attitude_thrusters"
    assert found[cause][0] == date, "the event that filled the gyros is of the same day"
    assert found["power-lost/station"] == (date, "attitude-lost/station")
    assert found["crew-left/station"][1] == "crew-ordered-off/station"


def test_its_ships_and_people_leave_on_the_last_day_of_service() -> None:
    tables = simulate(small(400, exit_of_b()))
    found = events(tables)
    assert found["rule-crossed/trained-b"][0] == "2023-02-11"
    stays = tables["stays"]
    left = [stays["left"][row] for row, partner in enumerate(stays["partner"]) if partner == "b"]
    assert all(day is not None and str(day) <= "2023-02-11" for day in left)


def test_an_enforced_rule_empties_the_station_earlier_than_physics() -> None:
    tables = simulate(small(400, exit_of_b()))
    kept, waived = events(tables, 0), events(tables, 1)
    assert kept["crew-ordered-off/station"][1] == "rule-crossed/trained-b"
    assert waived["crew-ordered-off/station"][1] == "power-lost/station"
    assert kept["crew-left/station"][0] < waived["crew-left/station"][0]


def test_a_waived_rule_is_recorded_and_not_acted_on() -> None:
    found = events(simulate(small(400, exit_of_b(), waived=("trained-b",))), 0)
    assert "rule-crossed/trained-b" in found
    assert found["crew-ordered-off/station"][1] == "power-lost/station"


def test_hands_over_keeps_the_thrusters_when_people_are_trained_in_time() -> None:
    found = events(simulate(small(700, exit_of_b("hands-over", after=450, spares=q(200, "d")))))
    assert found["handed-over/b"][0] == "2023-10-20"
    assert "function-lost/reboost" not in found or found["function-lost/reboost"][0] > "2023-10-20"
    assert found["spares-exhausted/b"] == ("2024-05-07", "handed-over/b + fact/departure.spares")
    assert found["provider-lost/thrusters"] == ("2024-05-07", "spares-exhausted/b")


def test_separation_takes_mass_tanks_and_ports() -> None:
    tables = simulate(small(400, exit_of_b("separates", cut="engine-block")))
    found = events(tables)
    assert found["provider-lost/thrusters"][1] == "separated/engine-block"
    series = tables["series"]
    rows = [row for row, of in enumerate(series["future"]) if of == 1]
    fuel = {str(series["date"][row]): series["propellant"][row] for row in rows}
    assert fuel["2023-02-10"] > 1000 and fuel["2023-02-13"] == 0
    flows = tables["flows"]
    taken = [flows["amount"][row] for row in range(len(flows["amount"])) if flows["cause"][row] == "separated"]
    assert min(taken) < -1000


def test_each_part_is_judged_from_its_first_day() -> None:
    parts = simulate(small(300, exit_of_b("separates", cut="engine-block")))["parts"]
    verdict = {(parts["part"][row], parts["function"][row]): parts["verdict"][row] for row in range(len(parts["part"]))}
    assert verdict["without it", "reboost"] == "none"
    assert verdict["without it", "power"] == "enough"
    assert verdict["with engine-block", "power"] == "none"
    assert verdict["with engine-block", "reboost"] == "none", "its computers need power"


def test_an_exit_that_takes_time_ends_services_later() -> None:
    found = events(simulate(small(400, exit_of_b(exit_time=q(60, "d")))))
    assert found["partner-exit-begins/b"][0] == LEAVES
    assert found["partner-left/b"][0] == "2023-04-13"
