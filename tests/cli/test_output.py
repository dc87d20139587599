"""What the verbs print."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from cupola.cli import output


def test_json_has_iso_dates_plain_numbers_and_no_nan(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json(
        {"day": dt.date(2022, 7, 26), "nan": float("nan"), "array": np.array([1.5, np.inf]), "place": Path("a/b")}
    )
    read = json.loads(capsys.readouterr().out)
    assert read == {"day": "2022-07-26", "nan": None, "array": [1.5, None], "place": "a/b"}


def test_json_dates_of_arrays() -> None:
    assert output.as_json(np.array(["2022-07-26"], dtype="datetime64[D]")) == ["2022-07-26"]
    assert output.as_json(np.bool_(True)) is True


def test_control_characters_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_text("a\x1b[31mred\x07\nnext")
    assert capsys.readouterr().out == "a [31mred \nnext\n"
    output.print_table(("id",), [{"id": "x\x1b]0;title\x07"}], empty="")
    assert "\x1b" not in capsys.readouterr().out


def test_a_table_is_aligned_and_its_last_column_is_wrapped(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": "lab", "text": "word " * 40}, {"id": "long-identifier", "text": "short"}]
    output.print_table(("id", "text"), rows, empty="none")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "id               text"
    assert all(len(line) <= 100 for line in lines)
    assert lines[-1] == "long-identifier  short"
    assert len(lines) == 5


def test_an_empty_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_table(("id",), [], empty="No element.")
    assert capsys.readouterr().out == "No element.\n"


def test_no_colour_when_asked_or_when_not_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.colour()
    monkeypatch.setenv("NO_COLOR", "")
    monkeypatch.setenv("TERM", "xterm")
    assert output.colour()
    monkeypatch.setenv("TERM", "dumb")
    assert not output.colour()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (1234567.0, "1234567"),
        (0.123456789, "0.123457"),
        (417.0, "417"),
        (float("nan"), ""),
    ],
)
def test_cells(value: object, text: str) -> None:
    assert output.plain(value) == text
