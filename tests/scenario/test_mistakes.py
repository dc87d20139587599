"""Each seeded mistake is found, alone, at its file and line, and none hides another."""

from __future__ import annotations

import pytest

from scenario.mistakes.single import MISTAKES


def line_of(where: str) -> int:
    return int(where.rpartition(":")[2])


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "words"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_a_mistake_is_found_where_it_stands(bench, file, old, new, key, words):
    line = bench.replace(file, old, new)
    found = [problem for problem in bench.problems() if problem.key == key]
    assert found, [str(problem) for problem in bench.problems()]
    problem = found[0]
    message = str(problem)
    assert problem.where.startswith("small/")
    for word in words.split():
        assert word in message, message
    # A missing section and a vital function have no place of their own; a circle is shown at one of its rows.
    if (
        problem.where.startswith(f"small/{file}:")
        and "missing section" not in message
        and "circle" not in message
        and "need each other" not in message
    ):
        assert abs(line_of(problem.where) - line) <= 1, message
    assert message.endswith((".", "?", "'")), message


def test_no_mistake_hides_another(bench):
    """Mistakes of many kinds in many files at once: each is in the one report."""
    apart = [
        "unknown unit", "NaN", "low above value", "unknown column", "duplicate key", "duplicate long value",
        "reference to nothing", "crew of nobody", "overfull store", "end before start", "not a date",
        "need of an unknown function", "circle of needs", "more people than seats", "rule in a wrong unit",
        "undocked before docked", "neither yes nor no", "a baseline that is nowhere",
    ]  # fmt: skip
    seeded = [row for row in MISTAKES if row[0] in apart]
    assert len(seeded) == len(apart)
    for _, file, old, new, _, _ in seeded:
        bench.replace(file, old, new)
    found = {problem.key for problem in bench.problems(settings=["orbit.altitude", "nothing=1"], waive=["nobody"])}
    missing = {row[4] for row in seeded} - found
    assert not missing
    assert {"orbit.altitude", "nothing", "nobody"} <= found


def test_two_ships_on_one_port(bench):
    line = bench.replace("flights.csv", "2022-06-15,2022-06-17", "2022-05-01,2022-05-10")
    (problem,) = bench.problems()
    assert problem.where == f"small/flights.csv:{line}"
    assert "tug-1 is there" in str(problem) and "2022-05-10" in str(problem)


def test_a_ship_that_moved_away_leaves_its_port_free(bench):
    """capsule-2 leaves pier-zenith on 2022-06-10; a ship may dock there from that day, not a day earlier."""
    extra = "tug-9,Tug 9,tug,b,2022-06-09,2022-06-{},pier-zenith,,2022-07-01,,,,,,,,ok,,invented,K"
    line = bench.append("flights.csv", extra.format("10"))
    assert "tug-9" in bench.load().flights
    bench.replace("flights.csv", extra.format("10"), extra.format("09"))
    (problem,) = bench.problems()
    assert problem.where == f"small/flights.csv:{line}"


def test_two_planned_ships_on_one_port_on_one_day(bench):
    row = (
        "plan-capsule-4,Capsule 4,capsule,b,2022-11-29,2022-11-29,pier-zenith,,,2022-11-29,,,,,,,planned,2022-05-01,x,K"
    )
    bench.append("flights.csv", row)
    (problem,) = bench.problems()
    assert "plan-capsule-3" in str(problem)


def test_a_message_has_its_place_value_rule_and_remedy(bench):
    line = bench.replace("elements.csv", ",25000,24000,26000", ",900 t,,")
    (problem,) = bench.problems()
    assert str(problem) == (
        f"small/elements.csv:{line}: elements.truss.mass: is above what is possible: got 900000 kg; "
        "expected 1 to 500000 kg. Check the unit."
    )


def test_a_file_of_nothing_but_mistakes_is_read_no_further(bench):
    rows = "".join(f"x{number},No,,,,\n" for number in range(2_000))
    (bench.folder / "small" / "sites.csv").write_text(f"id,name,kind,operator,source,status\n{rows}", encoding="utf-8")
    problems = bench.problems()
    assert len(problems) == 1_001
    assert "too many" in str(problems[-1])


def test_a_need_of_a_function_that_nobody_provides(bench):
    bench.append("functions.csv", "robotic_arm,Robotic arm,1,0,none,no,invented,K")
    line = bench.replace("provisions.csv", "function:attitude_thrusters,", "function:robotic_arm,")
    (problem,) = bench.problems()
    assert problem.where == f"small/provisions.csv:{line}"
    assert "nobody provides" in str(problem)


def test_departures_that_cannot_be_carried_out(bench):
    for settings, key in (
        (["departure.mode=separates"], "departure.cut"),
        (["departure.mode=separates", "departure.cut=hub"], "departure.cut"),
        (["departure.mode=separates", "departure.cut=cellar-door"], "departure.cut"),
        (["departure.mode=hands-over"], "departure.to"),
        (["departure.mode=hands-over", "departure.to=b"], "departure.to"),
        (["departure.partner=carrier"], "departure.partner"),
        (["departure.law=charter"], "departure.law"),
    ):
        (problem,) = bench.problems("small-b-leaves", settings=settings)
        assert problem.key == key, str(problem)
    for settings in (
        ["departure.mode=separates", "departure.cut=service"],
        ["departure.mode=hands-over", "departure.to=a"],
    ):
        assert bench.load("small-b-leaves", settings=settings).departure
