"""How answers are worded."""

from __future__ import annotations

import pytest

from cupola.analysis.words import amount, listing, lower_first, number, phrase, sentence
from cupola.programme.programme import Programme


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12345.6, "12,300"),
        (0.04567, "0.0457"),
        (999.96, "1,000"),
        (417.04, "417"),
        (-2.5, "-2.5"),
        (0.0, "0"),
        (3.0, "3"),
        (100.0, "100"),
        (1_000_000.0, "1,000,000"),
    ],
)
def test_three_significant_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_a_count_has_no_unit() -> None:
    assert (amount(3.0, "1"), amount(3.0, "kg"), amount(3.0, "")) == ("3", "3 kg", "3")


def test_lists_read_as_english() -> None:
    assert [listing(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "nothing",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_a_sentence_begins_with_a_capital_and_ends_with_one_stop() -> None:
    assert (sentence("it is so"), sentence("It is."), sentence("")) == ("It is so.", "It is.", "")


def test_abbreviations_keep_their_capitals() -> None:
    assert (lower_first("Oxygen generation"), lower_first("CO2 removal"), lower_first("A list")) == (
        "oxygen generation",
        "CO2 removal",
        "a list",
    )


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("function-lost/oxygen_generation", "nothing provides oxygen generation any more"),
        ("service-ended/capsules", "the flights of Ship capsule end"),
        ("docking/c1", "Flight c1 arrives"),
        ("docking/unknown-7", "unknown-7 arrives"),
        ("separated/lab", "the station is cut at Module lab"),
        ("entry/station", "the station enters the atmosphere"),
    ],
)
def test_names_come_from_the_programme(programme: Programme, key: str, text: str) -> None:
    assert phrase(programme, key) == text
