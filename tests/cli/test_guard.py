"""Errors leave the program as words and an exit code."""

from __future__ import annotations

import json

import pytest
import typer

from cupola.base.errors import DomainError, InvariantError, Problem, RunError, ScenarioError
from cupola.cli.guard import guard


def left_with(error: BaseException, **options: bool) -> int:
    def verb(as_json: bool = False) -> None:
        raise error

    with pytest.raises(typer.Exit) as caught:
        guard(verb)(**options)
    return int(caught.value.exit_code)


PROBLEMS = ScenarioError("small", [Problem("a.csv:3", "elements.lab.mass", "is negative", "-1 kg", "0 kg or more")])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PROBLEMS, 3),
        (DomainError("outside"), 3),
        (RunError("runs/x: there is no run folder here."), 3),
        (InvariantError("mass did not close"), 1),
        (OSError("disk full"), 1),
        (ZeroDivisionError("division by zero"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_exit_codes(error: BaseException, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(error) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err
    assert "Traceback" not in printed.err


def test_every_problem_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    left_with(PROBLEMS)
    error = capsys.readouterr().err
    assert "a.csv:3: elements.lab.mass: is negative: got -1 kg; expected 0 kg or more." in error
    assert "1 problem in scenario small. Nothing was run." in error


def test_problems_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    left_with(PROBLEMS, as_json=True)
    read = json.loads(capsys.readouterr().out)
    assert read["error"] == "1 problem in scenario small. Nothing was run."
    assert read["problems"][0]["where"] == "a.csv:3"
    assert read["problems"][0]["got"] == "-1 kg"


def test_a_mistake_of_ours_is_called_so(capsys: pytest.CaptureFixture[str]) -> None:
    left_with(ZeroDivisionError("division by zero"))
    assert "mistake in Cupola" in capsys.readouterr().err


def test_the_traceback_is_shown_only_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPOLA_DEBUG", "1")
    left_with(ZeroDivisionError("division by zero"))
    assert "Traceback" in capsys.readouterr().err
