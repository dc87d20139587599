"""``cupola calendar``: an iCalendar file as RFC 5545 wants it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from cupola.report.calendar import Entry, calendar_text, escaped, folded

AS_OF = ("--as-of", "2022-07-26")


def unfolded(data: bytes) -> list[str]:
    """The lines of a calendar file, put together again."""
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]


def events(data: bytes) -> list[dict[str, str]]:
    """The events of a calendar file by property."""
    found: list[dict[str, str]] = []
    lines = unfolded(data)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name not in ("END", "BEGIN"):
            assert name not in found[-1]
            found[-1][name] = value
    return found


def test_flights_on_record_and_planned(call, small: Path, tmp_path: Path) -> None:
    done = call("calendar", small, *AS_OF, "-o", "flights.ics")
    assert done.exit_code == 0, done.stderr
    read = {event["UID"]: event for event in events((tmp_path / "flights.ics").read_bytes())}
    arrival = read["arrival.taxi-2.small@cupola"]
    assert arrival["SUMMARY"] == "Taxi 2 arrives at Hub zenith"
    assert arrival["DTSTART;VALUE=DATE"] == "20220402"
    assert arrival["DTSTAMP"] == "20220726T000000Z"
    assert (arrival["CATEGORIES"], arrival["STATUS"]) == ("RECORDED", "CONFIRMED")
    assert "Brings: 3 of a\\, 1 of b" in arrival["DESCRIPTION"]
    move = read["move-20220408.taxi-2.small@cupola"]
    assert move["SUMMARY"] == "Taxi 2 moves to Hub forward"
    # It had not left yet on that day.
    assert "departure.taxi-2.small@cupola" not in read
    assert read["departure.taxi-1.small@cupola"]["DTSTART;VALUE=DATE"] == "20220405"
    plan = read["arrival.plan-taxi-3.small@cupola"]
    assert (plan["CATEGORIES"], plan["STATUS"]) == ("PLANNED", "TENTATIVE")
    assert len(read) == len(events((tmp_path / "flights.ics").read_bytes()))


def test_without_a_file_it_goes_to_stdout_and_is_the_same_each_time(call, small: Path, tmp_path: Path) -> None:
    first = call("calendar", small, *AS_OF)
    assert first.stdout_bytes == call("calendar", small, *AS_OF).stdout_bytes
    call("calendar", small, *AS_OF, "-o", "x.ics")
    assert (tmp_path / "x.ics").read_bytes() == first.stdout_bytes


def test_a_run_stands_in_place_of_the_plans(call, small: Path) -> None:
    short = ("--set", "span.end=2023-06-30", "--set", "span.futures=1")
    made = call("run", small, *AS_OF, *short, "--json")
    assert made.exit_code == 0, made.stderr
    run = json.loads(made.stdout)["run"]
    done = call("calendar", small, "--run", run, "--json")
    assert done.exit_code == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["as_of"] == "2022-07-26"
    kinds = {entry["uid"]: entry["kind"] for entry in read["entries"]}
    assert "planned" not in kinds.values()
    assert kinds["arrival.taxi-2.small@cupola"] == "recorded"
    assert kinds["departure.taxi-2.small@cupola"] == "computed"
    assert kinds["arrival.plan-taxi-3.small@cupola"] == "computed"
    assert len(kinds) == len(read["entries"])
    later = call("calendar", small, "--run", run, "--as-of", "2022-08-26")
    assert later.exit_code == 3
    assert "Give the scenario and the day of the run" in later.stderr
    other = call("calendar", "starter-station", "--run", run)
    assert other.exit_code == 3


def test_a_file_that_is_no_calendar_is_not_overwritten(call, small: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = call("calendar", small, *AS_OF, "-o", "notes.txt")
    assert done.exit_code == 3
    assert "is no calendar" in done.stderr
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    for _ in range(2):
        assert call("calendar", small, *AS_OF, "-o", "x.ics").exit_code == 0


@pytest.mark.parametrize("words", [("no-such",), ("{small}", "--run", "no-such"), ("{small}", "--as-of", "soon")])
def test_mistakes_exit_with_3(call, small: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = call("calendar", *(word.replace("{small}", str(small)) for word in words), "-o", "x.ics")
    assert done.exit_code == 3
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_text_is_escaped_and_loses_its_control_characters() -> None:
    assert escaped("a\\b; c, d\ne\x07\rf") == "a\\\\b\\; c\\, d\\ne f"


def test_lines_are_folded_at_75_octets_and_letters_stay_whole() -> None:
    for letter in ("x", "é", "漢", "🚀"):
        line = f"SUMMARY:{letter * 120}"
        parts = folded(line)
        assert len(parts) > 1
        assert all(len(part.encode("utf-8")) <= 75 for part in parts)
        assert all(part.startswith(" ") for part in parts[1:])
        assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert folded("x" * 75) == ["x" * 75]


def test_a_hostile_name_cannot_add_a_line() -> None:
    day = dt.date(2022, 7, 26)
    evil = "Ship\r\nBEGIN:VEVENT\nUID:evil;,\\"
    data = calendar_text([Entry("u", day, "recorded", evil, evil, evil)], evil, day).encode("utf-8")
    assert len(events(data)) == 1
    assert data.count(b"\r\nUID:") == 1
