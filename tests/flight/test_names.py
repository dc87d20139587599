"""An object is asked for by any of its names; lists of objects stay short."""

from __future__ import annotations

import pytest

from cupola.flight.names import identifier, is_called, listed


@pytest.mark.parametrize(
    "word", ["TUG (ALPHA-5)", "tug", "2031-001B", "2031-001-b", "2031001B", "270123", "0270123", " TUG "]
)
def test_every_spelling_asks_for_it(word: str) -> None:
    assert is_called(word, "TUG (ALPHA-5)", "2031-001B", "270123")


@pytest.mark.parametrize("word", ["LAB", "ALPHA-5", "2031-001A", "99001", "", "UNKNOWN"])
def test_nothing_else_does(word: str) -> None:
    assert not is_called(word, "TUG (ALPHA-5)", "2031-001B", "270123")
    assert not is_called(word, "UNKNOWN", "UNKNOWN", "")


def test_an_ephemeris_may_tell_a_number_as_its_identifier() -> None:
    assert identifier("25544") == ("", "25544") and identifier("1998-067-A") == ("1998067A", "")
    assert is_called("25544", "STATION", "25544")


def test_a_list_names_each_once_and_five_at_most() -> None:
    assert listed([("LAB", "1", "2"), ("LAB", "1", "2"), ("", "UNKNOWN", "")]) == "LAB (1, 2)"
    assert listed((f"S{at}", "", "") for at in range(8)) == "S0, S1, S2, S3, S4 and 3 more"
