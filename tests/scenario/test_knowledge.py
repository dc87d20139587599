import datetime as dt

DAY = dt.date(2022, 7, 26)


def test_what_is_known_later_is_not_read(bench):
    programme = bench.load(as_of=DAY)
    assert "taxi-3" not in programme.flights and "plan-taxi-3" in programme.flights
    assert [row.day for row in programme.altitudes][-1] == DAY
    assert "b-leaves" in programme.statements


def test_a_later_date_in_a_kept_row_is_blank(bench):
    flight = bench.load(as_of=DAY).flights["taxi-2"]
    assert flight.docked == dt.date(2022, 4, 2)
    assert (flight.undocked, flight.ended, flight.crew_down) == (None, None, ())
    later = bench.load(as_of=dt.date(2023, 1, 1)).flights["taxi-2"]
    assert later.undocked == dt.date(2022, 10, 4) and later.crew_down == (("a", 3), ("b", 1))


def test_a_relocation_that_is_still_to_come_is_blank(bench):
    before = bench.load(as_of=dt.date(2022, 4, 7), settings=["span.start=2022-07-26"])
    assert before.flights["taxi-2"].moves == ()
    assert before.flights["taxi-2"].port == "hub-zenith"


def test_a_planned_flight_keeps_its_dates_until_its_flown_row_is_known(bench):
    plan = bench.load(as_of=dt.date(2022, 9, 27)).flights["plan-taxi-3"]
    assert plan.docked == dt.date(2022, 9, 29) and plan.ended == dt.date(2022, 9, 28)
    after = bench.load(as_of=dt.date(2022, 9, 28)).flights
    assert "plan-taxi-3" not in after and after["taxi-3"].outcome == "ok"


def test_a_plan_is_known_from_the_day_it_was_announced(bench):
    assert "plan-taxi-3" not in bench.load(as_of=dt.date(2022, 4, 30)).flights


def test_people_aboard_have_no_day_of_leaving(bench):
    people = {person.name: person for person in bench.load(as_of=DAY).people}
    assert (people["Ada Aster"].left, people["Ada Aster"].down) == (None, "")
    assert people["Old Oak"].left == dt.date(2022, 6, 5)
    early = {person.name for person in bench.load(as_of=dt.date(2022, 3, 1)).people}
    assert early == {"Old Oak"}


def test_an_element_is_not_known_to_leave_before_it_does(bench):
    assert bench.load(as_of=dt.date(2021, 2, 1)).elements["cellar"].detached is None
    assert bench.load(as_of=DAY).elements["cellar"].detached == dt.date(2021, 3, 1)


def test_what_hangs_on_an_unknown_element_goes_with_it(bench):
    programme = bench.load(as_of=dt.date(2016, 1, 15))
    assert set(programme.elements) == {"hub", "service", "cellar"}
    assert set(programme.ports) == {"hub-forward", "hub-zenith", "service-aft"}
    assert "lab-water" not in programme.stores
    assert "truss-gyros" not in programme.provisions and "tug-engines" in programme.provisions
    assert programme.vehicles["capsule"].ports == ("service-aft",)
    assert programme.vehicles["taxi"].ports == ("hub-forward", "hub-zenith")


def test_a_root_that_is_not_there_yet_leaves_a_tree(bench):
    """The Service Module flew after the hub here; with its host unknown, an element stands alone."""
    bench.replace("elements.csv", "hub,2015-06-01,2015-06-05", "hub,2015-01-01,2015-06-05")
    programme = bench.load(as_of=dt.date(2015, 1, 5))
    assert [(key, row.host) for key, row in programme.elements.items()] == [("service", "")]


def test_a_statement_said_later_is_not_known(bench):
    programme = bench.load(as_of=dt.date(2022, 1, 15))
    assert list(programme.statements) == ["b-stays"]
    assert not bench.load(as_of=dt.date(2021, 6, 1)).statements, "a partial date is the end of its period"


def test_an_agreement_is_known_when_signed_and_with_it_what_rests_on_it(bench):
    bench.replace("agreements.csv", "2014-05-01", "2020-05")
    programme = bench.load(as_of=dt.date(2019, 1, 1))
    assert not programme.agreements and not programme.obligations
    assert bench.load(as_of=DAY).obligations["b-reboost"].function == "reboost"


def test_a_service_is_known_from_its_day(bench):
    assert not bench.load(as_of=dt.date(2020, 12, 31)).services


def test_before_the_station_there_is_nothing_to_ask(bench):
    problems = bench.problems(as_of=dt.date(2014, 1, 1))
    assert [problem.where for problem in problems] == ["--as-of"]
    assert "2015-01-10" in str(problems[0])


def test_a_departure_cannot_rest_on_a_later_statement(bench):
    (problem,) = bench.problems("small-b-leaves", as_of=dt.date(2022, 7, 25))
    assert problem.key == "departure.statement"
    assert "2022-07-26" in str(problem) and "as-of" in str(problem)
    assert bench.load("small-b-leaves", as_of=DAY).departure is not None


def test_the_run_begins_on_the_as_of_day_unless_told(bench):
    assert bench.load(as_of=dt.date(2022, 3, 1)).span.start == dt.date(2022, 3, 1)
    assert bench.load(settings=["span.start=2023-01-01"]).span.start == dt.date(2023, 1, 1)


def test_an_element_hangs_on_the_nearest_host_that_is_known(bench):
    """The pier hangs on a part that was put between it and the hub only later."""
    bench.replace("elements.csv", "service,2017-05-01,2017-05-03", "collar,2017-05-01,2017-05-03")
    bench.append("elements.csv", "collar,Collar,adapter,back,b,b,b,service,2019-05-01,,,900,,,invented,F")
    assert bench.load(as_of=dt.date(2018, 1, 1)).elements["pier"].host == "service"
    assert bench.load(as_of=dt.date(2020, 1, 1)).elements["pier"].host == "collar"


def test_a_day_before_the_sun_was_measured_for_long_is_a_problem(bench):
    bench.replace("elements.csv", "2015-01-10,2015-01-10", "1955-01-10,1955-01-10")
    bench.replace("scenario.yaml", "end: 2027-01-01", "end: 2017-01-01")
    (problem,) = bench.problems(as_of=dt.date(1958, 6, 1))
    assert problem.where == "--as-of" and "solar" in str(problem)
