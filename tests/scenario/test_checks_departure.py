"""Departures and fates that cannot come true as they are written: each is told once, with what to do."""

from __future__ import annotations

import pytest

from cupola.base.errors import ScenarioError
from cupola.scenario import load

AS_OF = "2022-07-26"
LEAVES = ("departure.partner=roscosmos", "departure.after=2024-12-31")


def problems(*settings: str, scenario: str = "iss") -> list[tuple[str, str, str]]:
    import datetime as dt

    with pytest.raises(ScenarioError) as caught:
        load(scenario, as_of=dt.date.fromisoformat(AS_OF), settings=(*LEAVES, *settings))
    return [(row.key, row.what, row.remedy) for row in caught.value.problems]


def test_an_element_on_which_others_hang_cannot_leave_alone() -> None:
    ((key, what, remedy),) = problems("fates.nauka.fate=separates")
    assert key == "fates.nauka.fate"
    assert what == "cannot leave alone: prichal hangs on it"
    assert "Give prichal a fate by which it goes too, or leave nauka where it is." in remedy
    found = problems("fates.zvezda.fate=separates")
    assert "poisk, nauka and prichal hang on it" in found[0][1]


def test_what_hangs_on_it_may_be_meant_to_go_too() -> None:
    import datetime as dt

    settings = ("fates.nauka.fate=separates", "fates.prichal.fate=separates")
    programme = load("iss", as_of=dt.date.fromisoformat(AS_OF), settings=(*LEAVES, *settings))
    assert set(programme.fates) == {"nauka", "prichal"}


def test_a_cut_must_not_take_along_what_others_run() -> None:
    ((key, what, remedy),) = problems("departure.mode=separates", "departure.cut=destiny")
    assert key == "departure.cut" and "columbus of esa" in what and "kibo of jaxa" in what
    assert "Cut nearer to the leaving part" in remedy


@pytest.mark.parametrize(
    ("settings", "key", "words"),
    [
        (("fates.columbus.fate=inert",), "fates.columbus", "is no element of roscosmos"),
        (("fates.poisk.fate=sold",), "fates.poisk.to", "is missing"),
        (("fates.poisk.fate=sold", "fates.poisk.to=roscosmos"), "fates.poisk.to", "is the partner that leaves"),
        (("fates.poisk.fate=sold", "fates.poisk.to=spacex"), "fates.poisk.to", "is a contractor"),
        (("fates.poisk.fate=deorbited",), "fates.poisk.vehicle", "is missing"),
        (("fates.poisk.fate=deorbited", "fates.poisk.vehicle=soyuz"), "fates.poisk.vehicle", "carries people"),
        (
            ("fates.poisk.fate=deorbited", "fates.poisk.vehicle=cygnus"),
            "fates.poisk.vehicle",
            "docks at no port of poisk",
        ),
        (("fates.poisk.fate=melts",), "fates.poisk.fate", "is an unknown choice"),
        (("fates.poiskk.fate=inert",), "fates.poiskk.id", "names nothing in elements"),
        (("departure.earliest=2025-06-01",), "departure.earliest", "wrong side"),
        (("departure.latest=2023-06-01",), "departure.latest", "wrong side"),
        (("departure.continues=ros-from-iss",), "departure.continues", "only where the part separates"),
        (("departure.ships=along",), "departure.ships", "only where the part separates"),
        (("departure.ends=no-such-deal",), "departure.ends", "names nothing in agreements"),
        (("departure.crew_flights=1.5",), "departure.crew_flights", "above what is possible"),
    ],
)
def test_each_mistake_is_told_once(settings: tuple[str, ...], key: str, words: str) -> None:
    ((found, what, remedy),) = problems(*settings)
    assert found == key and words in what
    assert remedy
