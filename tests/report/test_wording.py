from __future__ import annotations

import pytest

from cupola.report.wording import THIN, clean, number, plain, sentence, sentences


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (4512.3, "kg", "4_510_kg"),
        (999.6, "km", "1_000_km"),
        (0.0, "kg", "0_kg"),
        (12, "1", "12"),
        (1234567.0, "", "1_230_000"),
        (-41.27, "d", "−41.3_days"),
        (1, "d", "1_day"),
        (0.00012345, "", "0.000123"),
        (1e30, "", "1.00e+30"),
        (float("nan"), "kg", "–"),
        (None, "kg", "–"),
    ],
)
def test_numbers_have_three_digits_and_their_unit(value: float | None, unit: str, shown: str) -> None:
    assert number(value, unit) == shown.replace("_", THIN)


def test_clean_takes_out_what_could_steer_a_screen() -> None:
    assert clean("a\x00b\x1b[2J\u202ec\ud800\u200bd\te") == "ab[2Jcd e"
    assert len(clean("x" * 1_000_000)) == 4_000
    assert clean("xyz", 2) == "x…"


def test_sentences_are_split_only_between_sentences() -> None:
    assert sentences("It is 4.5 km. Then it ends. St. 1 stays.") == ["It is 4.5 km.", "Then it ends.", "St. 1 stays."]
    assert sentence("it ends ") == "It ends."
    assert plain("robotic_arm") == "robotic arm"
