"""Two runs side by side."""

from __future__ import annotations

from typing import Any

import pytest

from cupola.analysis.compare import compare
from cupola.programme.programme import Programme

Tables = dict[str, dict[str, list[Any]]]


@pytest.fixture
def found(programme: Programme, case_tables: Tables, baseline_tables: Tables) -> dict[str, tuple[str, str, str]]:
    rows = compare(programme, baseline_tables, case_tables)
    assert len({row["what"] for row in rows}) == len(rows)
    return {row["what"]: (row["baseline"], row["case"], row["unit"]) for row in rows}


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("lowest mean altitude", ("410", "407", "km")),
        ("reboosts", ("4", "2", "")),
        ("velocity given by reboosts", ("10", "3.5", "m/s")),
        ("propellant delivered (rules waived)", ("4,000", "900", "kg")),
        ("propellant burnt (rules waived)", ("0", "250", "kg")),
        ("flights by Agency B", ("4", "2", "flights")),
        ("last day crewed", ("not before 2034-01-01", "2031-01-08", "")),
        ("last day crewed (rules waived)", ("not before 2034-01-01", "2031-03-03", "")),
        ("last day of attitude control (rules waived)", ("not before 2034-01-01", "2031-03-01", "")),
        ("last day on which a controlled deorbit is possible", ("not before 2034-01-01", "2030-12-31", "")),
        ("entry into the atmosphere (rules waived)", ("not before 2034-01-01", "2033-05-05", "")),
        ("days with the rule '45 days of food' broken (rules waived)", ("0", "21", "d")),
        ("days with the rule 'one person of B aboard' broken", ("0", "1096", "d")),
        ("least reserve of food", ("90", "80", "d")),
    ],
)
def test_figures(found: dict[str, tuple[str, str, str]], what: str, expected: tuple[str, str, str]) -> None:
    assert found[what] == expected


def test_crew_days_weigh_each_row_by_the_days_to_the_next(found: dict[str, tuple[str, str, str]]) -> None:
    # Three people over the 1,461 days of the span, to three significant digits.
    assert found["crew-days"][0] == "4,380"


def test_a_figure_that_is_the_same_with_rules_waived_stands_once(found: dict[str, tuple[str, str, str]]) -> None:
    assert "reboosts (rules waived)" not in found


def test_a_run_against_itself_is_equal(programme: Programme, case_tables: Tables) -> None:
    assert all(row["baseline"] == row["case"] for row in compare(programme, case_tables, case_tables))
