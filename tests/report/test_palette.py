from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest

from cupola.report.names import Names
from cupola.report.palette import HATCHES, INK, PARTNER_COLOURS, contrast
from cupola.report.view import Tables

CSS = (files("cupola.report") / "templates" / "style.css").read_text(encoding="utf-8")


def schemes() -> dict[str, dict[str, str]]:
    found = [dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", block)) for block in re.findall(r":root\{([^}]*)\}", CSS)]
    full = [{k: "#" + "".join(c * 2 for c in v[1:]) if len(v) == 4 else v for k, v in block.items()} for block in found]
    return dict(zip(("light", "dark", "print"), full, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_text_reads_on_its_ground(scheme: str) -> None:
    colours = schemes()[scheme]
    for text in ("ink", "soft", "link"):
        for ground in ("paper", "panel"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for line in ("case", "base", "limit", "seats"):
        assert contrast(colours[line], colours["paper"]) >= 3.0, line


def test_words_inside_bars_read_on_every_partner_colour() -> None:
    assert min(contrast(INK, colour) for colour in PARTNER_COLOURS) >= 4.5


def test_each_colour_has_its_own_hatch() -> None:
    assert len(set(HATCHES)) == len(HATCHES) == len(PARTNER_COLOURS) == len(set(PARTNER_COLOURS))


def test_partners_take_colours_by_order_and_contractors_that_of_whom_they_act_for(case: Any) -> None:
    names = Names(Tables(case, "case"))
    assert [names.place(key) for key in ("north", "south", "east", "freight")] == [0, 1, 2, 0]
    case.manifest["partners"][:2] = reversed(case.manifest["partners"][:2])
    assert Names(Tables(case, "case")).place("north") == 1


def test_names_come_from_the_manifest_and_ids_become_words(case: Any) -> None:
    names = Names(Tables(case, "case"))
    assert (names.name("south"), names.name("aft"), names.family("taxi")) == ("South Agency", "aft port", "taxi")
    assert (names.name("robotic_arm"), names.name("Crew-5 of North")) == ("robotic arm", "Crew-5 of North")
