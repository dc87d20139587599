"""How the burns of a plan are printed: which can be flown, by which engine, and what they take."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cupola.cli.reboost_burns_told import burns
from cupola.cli.reboost_words import spent
from cupola.flight.reboost import NOBODY, Engine, Plan, Push, Step
from cupola.flight.settled import Orbit

ORBIT = Orbit(400e3, 394e3, 406e3, 0.9, 0.0, "test")
ENGINES = (Engine("a", 290.0, 760.0, 0.1), Engine("b", 315.0, 450.0, 0.1))


def told(engines: tuple[Engine, ...], capsys: pytest.CaptureFixture[str]) -> str:
    """What is printed for burns of a metre a second, one by each engine."""
    steps = []
    for row, engine in enumerate(engines):
        able = engine is not NOBODY
        push = Push(60_000.0 + 0.05 * row, -1.0, engine)
        steps.append(Step(push, 90.0 if able else None, 100.0 if able else None, 4e5, ORBIT, ORBIT))
    lacking = float(sum(engine is NOBODY for engine in engines))
    plan = Plan(-float(len(steps)), tuple(steps), SimpleNamespace(), lacking)
    order = SimpleNamespace(count=1, largest=None, station=SimpleNamespace(), start=SimpleNamespace(instant=0))
    burns(SimpleNamespace(plan=plan, order=order, scene=SimpleNamespace(begin=60_000.0)))
    return " ".join(capsys.readouterr().out.split())


def test_what_nobody_can_give_is_not_to_be_flown(capsys: pytest.CaptureFixture[str]) -> None:
    text = told((ENGINES[0], NOBODY), capsys)
    assert "Of this 1.000 m/s are more than what is there can give, and cannot be flown; the rest takes 100 kg" in text
    assert text.count('--burn "') == 1 and "--isp 290 --thrust 760" in text
    assert "--burns 1 is set aside: one engine cannot give it all" in text


def test_where_nothing_pushes_it_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    text = told((NOBODY,), capsys)
    assert text.endswith("Together -1.000 m/s. Nothing that is there can push.")


def test_each_engine_has_a_call_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(ENGINES, capsys)
    assert "To fly it, with cupola fly, a call for each engine:" in text and "Made by a; b." in text
    first, second = text.index("--isp 290 --thrust 760"), text.index("--isp 315 --thrust 450")
    assert first < text.rindex('--burn "') < second


@pytest.mark.parametrize(
    ("kilograms", "seconds", "words"),
    [
        (None, None, ""),
        (12.4, None, ", 12 kg of propellant with steering"),
        (12.4, 7.6, ", 12 kg of propellant with steering, 8 seconds of burning"),
        (None, 180.0, ", 3.0 minutes of burning"),
    ],
)
def test_what_it_takes_in_words(kilograms: float | None, seconds: float | None, words: str) -> None:
    assert spent(kilograms, seconds, ENGINES) == words
    assert "steering" not in spent(kilograms, seconds, [Engine()])
