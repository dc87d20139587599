from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from cupola.report.terminal import LINES, answer_text


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


@pytest.mark.parametrize("width", [20, 40, 80, 100, 300])
def test_fits_one_screen(case: Any, baseline: Any, width: int) -> None:
    lines = answer_text(case, False, width, "report.html", baseline).split("\n")
    assert len(lines) <= LINES
    assert max(columns(line) for line in lines) <= max(40, min(100, width))


def test_answer_comes_first_and_the_report_last(case: Any) -> None:
    lines = answer_text(case, False, 100, "runs/x/report.html").split("\n")
    assert lines[0].startswith("If South Agency leaves, a flight rule empties the station on 2025-02-18.")
    assert lines[-1] == "Report: runs/x/report.html"
    case.path = "runs/x"
    assert answer_text(case, False, 100).split("\n")[-1] == "Report: cupola report runs/x"


def test_says_what_breaks_why_and_what_is_missing(case: Any) -> None:
    text = answer_text(case, False, 100)
    assert "2025-02-14  Attitude control is lost on 2025-02-14, because nothing provides attitude thrusters" in text
    assert any(line.split() == ["reboost,", "m/s", *["24.1"] * 6] for line in text.split("\n"))
    assert "Nominal futures, no probabilities" in text


def test_colour_adds_no_words(case: Any) -> None:
    coloured = answer_text(case, True, 100)
    assert "\x1b[1m" in coloured
    stripped = coloured.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert stripped == answer_text(case, False, 100)


def test_hostile_text_cannot_steer_the_terminal(case: Any) -> None:
    bait = "\x1b]0;owned\x07\x1b[2J\u202e\r\n\u9577\u9577\u9577" * 9
    for table in ("answers", "because", "missing"):
        for name, values in case.tables[table].items():
            if name in ("sentence", "text", "what", "unit"):
                case.tables[table][name] = [f"{value}{bait}" for value in values]
    case.manifest["title"] = bait
    text = answer_text(case, False, 80, f"runs/{bait}")
    assert not any(unicodedata.category(letter) in ("Cc", "Cf") for letter in text.replace("\n", ""))
    assert len(text.split("\n")) <= LINES
    assert max(columns(line) for line in text.split("\n")) <= 80


def test_a_run_without_answers_says_so(case: Any) -> None:
    case.tables = {"futures": case.tables["futures"]}
    assert answer_text(case, False, 80).startswith("This run has no answers yet.")
