"""Each seeded mistake is found, alone, at its file and line, and none hides another."""

from __future__ import annotations

import pytest

# (what, file, text in it, what replaces it, key of the problem, words that its message holds)
MISTAKES = [
    ("unknown unit", "scenario.yaml", "{value: 400 km,", "{value: 400 kms,", "orbit.altitude", "kms 'km'"),
    ("unit of another dimension", "scenario.yaml", "{value: 8 t,", "{value: 8 m2,", "orbit.unlisted_mass", "area mass"),
    ("not a number", "elements.csv", ",25000,24000,", ",heavy,24000,", "elements.truss.mass", "heavy number kg"),
    ("NaN", "elements.csv", ",25000,24000,", ",nan,24000,", "elements.truss.mass", "nan number"),
    ("infinity", "elements.csv", ",25000,24000,", ",Infinity,24000,", "elements.truss.mass", "Infinity number"),
    ("too large for a double", "elements.csv", ",25000,24000,", ",1e999,24000,", "elements.truss.mass", "finite"),
    ("below the hard range", "elements.csv", ",25000,24000,26000", ",0.5,,", "elements.truss.mass", "below 1 500000"),
    ("above the hard range", "scenario.yaml", "floor: 350 km", "floor: 350000 km", "orbit_policy.floor", "above 2000"),
    ("low above value", "elements.csv", ",14000,13800,", ",14000,14100,", "elements.lab.mass", "range 14100"),
    ("value above high", "scenario.yaml", "low: 700, high: 900", "low: 700, high: 750", "orbit.drag_area", "range"),
    (
        "unknown key",
        "scenario.yaml",
        "  burn_control:",
        "  burn_controll:",
        "orbit_policy.burn_controll",
        "burn_control",
    ),
    ("unknown section", "scenario.yaml", "crew_policy:", "crew_polcy:", "crew_polcy", "'crew_policy'"),
    (
        "unknown part of a value",
        "scenario.yaml",
        "low: 700, high: 900",
        "lo: 700, high: 900",
        "orbit.drag_area.lo",
        "'low'",
    ),
    ("unknown column", "sites.csv", "id,name,kind", "id,name,knd", "sites.knd", "'kind'"),
    (
        "missing required field",
        "elements.csv",
        "Truss,truss,front,a,a",
        "Truss,truss,front,,a",
        "elements.truss.owner",
        "",
    ),
    ("missing section", "scenario.yaml", "crew_policy:", "departure: ~\nx:", "crew_policy", "missing section"),
    ("duplicate key", "scenario.yaml", "  band: 3 km", "  band: 3 km\n  band: 4 km", "orbit_policy.band", "twice"),
    (
        "duplicate id",
        "sites.csv",
        "control-b,Control",
        "control-a,Control",
        "sites.control-a",
        "twice small/sites.csv:2",
    ),
    ("duplicate long value", "vehicles.csv", "tug,seats,", "tug,crewed,", "vehicles.tug.crewed", "twice"),
    ("unknown long field", "vehicles.csv", "tug,seats,", "tug,seat,", "vehicles.tug.seat", "'seats'"),
    (
        "reference to nothing",
        "ports.csv",
        "Pier zenith,pier,",
        "Pier zenith,peer,",
        "ports.pier-zenith.element",
        "'pier'",
    ),
    ("crew of nobody", "services.csv", "b 2; a 1", "b 2; d 1", "services.capsule-line.crew", "Known: a, b, carrier"),
    (
        "move to nowhere",
        "flights.csv",
        "2022-06-10 pier-nadir",
        "2022-06-10 peer-nadir",
        "flights.capsule-2.moves",
        "pier",
    ),
    (
        "ports of another system",
        "vehicles.csv",
        "pier-nadir; pier-zenith;",
        "hub-zenith;",
        "vehicles.capsule.ports",
        "ring",
    ),
    (
        "flight at a wrong port",
        "flights.csv",
        "2022-02-12,service-aft",
        "2022-02-12,hub-zenith",
        "flights.tug-1.port",
        "ring",
    ),
    (
        "negative store",
        "stores.csv",
        "lab,1500,900,850,950",
        "lab,1500,-900,-950,-850",
        "stores.lab-water.level",
        "below",
    ),
    (
        "overfull store",
        "stores.csv",
        ",hub,200,150,140,160",
        ",hub,120,150,140,160",
        "stores.hub-oxygen.level",
        "capacity",
    ),
    (
        "undocked before docked",
        "flights.csv",
        "2022-05-20,2022-05-20",
        "2022-02-11,",
        "flights.tug-1.undocked",
        "2022-02-12",
    ),
    ("detached before attached", "elements.csv", "2021-03-01", "2015-03-01", "elements.cellar.detached", "2015-09-03"),
    ("end before start", "scenario.yaml", "end: 2027-01-01", "end: 2021-01-01", "span.end", "after 2022-07-26"),
    ("end on the start", "scenario.yaml", "end: 2027-01-01", "end: 2022-07-26", "span.end", "same day"),
    (
        "a bad date",
        "stores.csv",
        "lab,1500,900,850,950,2022-07-20",
        "lab,1500,900,850,950,2022-02-30",
        "stores.lab-water.measured",
        "date",
    ),
    ("not a date", "statements.csv", "b-stays,2021", "b-stays,soon", "statements.b-stays.said", "soon YYYY-MM-DD"),
    (
        "unknown choice",
        "sites.csv",
        "Control Centre A,control",
        "Control Centre A,contrl",
        "sites.control-a.kind",
        "'control'",
    ),
    (
        "circle of hosts",
        "elements.csv",
        "Hub,pressurised,front,a,a,a,,",
        "Hub,pressurised,front,a,a,a,lab,",
        "elements.hub.host",
        "hub -> lab -> hub",
    ),
    ("two roots", "elements.csv", "a,a,a,hub,2016-09-01", "a,a,a,,2016-09-01", "elements.truss.host", "second root"),
    (
        "need of an unknown function",
        "provisions.csv",
        "function:power=3 kW",
        "function:pover",
        "provisions.lab-oxygen.needs",
        "'power'",
    ),
    (
        "need of an unknown provision",
        "provisions.csv",
        "provision:hub-computers; site",
        "provision:hub-computer; site",
        "provisions.truss-gyros.needs",
        "'hub-computers'",
    ),
    (
        "need of an unknown commodity",
        "provisions.csv",
        "kW; store:water; trained:b",
        "kW; store:wine; trained:b",
        "provisions.service-oxygen.needs",
        "wine",
    ),
    (
        "need of the wrong kind",
        "provisions.csv",
        "kW; store:water; trained:b",
        "kW; stores:water",
        "provisions.service-oxygen.needs",
        "'store'",
    ),
    (
        "need in a wrong unit",
        "provisions.csv",
        "function:power=3 kW",
        "function:power=3 kg",
        "provisions.lab-oxygen.needs",
        "mass power",
    ),
    (
        "circle of needs",
        "provisions.csv",
        "a,a,function:power=0.5 kW,",
        "a,a,provision:truss-gyros,",
        "provisions.truss-gyros.needs",
        "hub-computers",
    ),
    (
        "service of an unknown vehicle",
        "services.csv",
        "tug-line,tug,",
        "tug-line,tugg,",
        "services.tug-line.vehicle",
        "'tug'",
    ),
    ("more people than seats", "services.csv", "a 3; b 1", "a 3; b 2", "services.taxi-line.crew", "5 4"),
    (
        "people on a ship without seats",
        "services.csv",
        "tug-line,tug,120 d,110,130,2022-10-20,,,",
        "tug-line,tug,120 d,110,130,2022-10-20,,b 1,",
        "services.tug-line.crew",
        "seats",
    ),
    (
        "a statement that supersedes nothing",
        "statements.csv",
        ",b-stays,B will",
        ",b-stay,B will",
        "statements.b-leaves.supersedes",
        "'b-stays'",
    ),
    ("too many cells", "sites.csv", "pad-b,Launch Site B,", "pad-b,Launch Site B, north,", "sites", "7 6"),
    ("too few cells", "sites.csv", "pad-b,Launch Site B,launch,", "pad-b,launch,", "sites", "5 6"),
    (
        "vital function without provider",
        "functions.csv",
        "return_seats,Return seats,1,1,crew,yes,invented,K",
        "robotic_arm,Robotic arm,1,0,none,yes,invented,K\nreturn_seats,Return seats,1,1,crew,yes,invented,K",
        "functions.robotic_arm.vital",
        "nobody",
    ),
    ("rule in a wrong unit", "rules.csv", "reserve,food,45,d", "reserve,food,45,km", "rules.food-45.unit", "length"),
    ("rule about nothing", "rules.csv", "reserve,food,45,d", "reserve,foot,45,d", "rules.food-45.subject", "'food'"),
    (
        "function with an unknown unit",
        "functions.csv",
        "power,Electric power,kW",
        "power,Electric power,kV",
        "functions.power.unit",
        "kV kW",
    ),
    (
        "relocation before docking",
        "flights.csv",
        "2022-06-10 pier-nadir",
        "2022-05-10 pier-nadir",
        "flights.capsule-2.moves",
        "order",
    ),
    ("docked without a port", "flights.csv", "2022-02-12,service-aft", "2022-02-12,", "flights.tug-1.port", "missing"),
    ("an id with a blank", "sites.csv", "pad-b,Launch", "pad b,Launch", "sites.pad b.id", "id"),
    (
        "neither yes nor no",
        "functions.csv",
        "kW,14,station,yes,invented,K\nheat",
        "kW,14,station,maybe,invented,K\nheat",
        "functions.power.vital",
        "yes no",
    ),
    ("not a whole number", "scenario.yaml", "seed: 7", "seed: 7.5", "span.seed", "7.5"),
    ("a crew that is none", "services.csv", "b 2; a 1", "b two", "services.capsule-line.crew", "b two"),
    ("a baseline that is nowhere", "scenario.yaml", "waived: []", "baseline: smal", "baseline", "smal"),
    ("an unknown waived rule", "scenario.yaml", "waived: []", "waived: [lifebot]", "scenario.waived", "'lifeboat'"),
]


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
