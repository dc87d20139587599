"""What is written reads back equal: every shipped programme on several days, and programmes made at random."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cupola.base.errors import ScenarioError
from cupola.base.quantity import UNITS, Quantity
from cupola.programme.programme import Programme
from cupola.scenario import load, shipped, write
from cupola.scenario.fields import SECTIONS, TABLES, FieldSpec, table_specs

DAY = dt.date(2022, 7, 26)
SMALL = Path(__file__).parent.parent / "fixtures" / "small"
OVERLAY = Path(__file__).parent.parent / "fixtures" / "small-b-leaves"
DAYS = (
    dt.date(2011, 8, 1),
    DAY,
    dt.date(2024, 2, 29),
    dt.date(2025, 12, 31),
    dt.date(2026, 6, 1),
    dt.date(2026, 11, 26),
)
# Texts that other rows refer to, or that have a form of their own.
BOUND = {"unit", "commodity", "system", "subject", "signed", "basis", "name", "effect"}
# Numbers that are held against others: seats and stores against rows, altitudes and policies against each other, what a
# person takes in a day against what it gives.
HELD = set(
    "seats level capacity entry lowest hold altitude floor propellant_reserve propellant_goal gyros gyros_needed "
    "oxygen carbon_dioxide food dry_food drink urine condensate waste max_stay usual_stay".split()
)


def bare(value: Any) -> Any:
    """A noun without the places of its values."""
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value) if field.name not in ("where", "traces", "files")]
        return {name: bare(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items()}
    return tuple(bare(item) for item in value) if isinstance(value, tuple) else value


def again(programme: Programme) -> Programme:
    """The programme after it was written and read."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / programme.id
        write(programme, folder)
        return load(folder, as_of=programme.as_of)


def same(first: Programme, second: Programme) -> None:
    """Fail at the first part that differs, and show that part only."""
    left, right = bare(first), bare(second)
    for name in left:
        if isinstance(left[name], dict) and isinstance(right[name], dict):
            for key in {**left[name], **right[name]}:
                assert left[name].get(key) == right[name].get(key), f"{name}.{key}"
        assert left[name] == right[name], name


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_programme_reads_back_equal_on_several_days(name: str) -> None:
    read = 0
    for day in DAYS:
        try:
            programme = load(name, as_of=day)
        except ScenarioError as error:
            # Before its station or its departure's statement is known, a programme cannot be read at all.
            early = {problem.where for problem in error.problems}
            assert all(place == "--as-of" or "scenario.yaml" in place for place in early), str(error)
            continue
        read += 1
        same(programme, again(programme))
    assert read >= 2, f"{name} could be read on {read} days only"


@pytest.mark.parametrize("day", ["2000-09-01", "2001-06-01", "2005-06-01"])
def test_a_station_that_is_not_yet_complete_reads_back_equal(day: str) -> None:
    programme = load("iss", as_of=dt.date.fromisoformat(day))
    same(programme, again(programme))


def texts(clauses: bool) -> st.SearchStrategy[str]:
    """Texts of the signs that YAML and CSV know, of any script, without those that scenarios refuse."""
    signs = st.one_of(
        st.sampled_from(list("\"',:;#-[]{}&*!|>%@`\\=+~? \n\t/<>0n")),
        st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"), max_codepoint=0x1FFFF),
    )
    made = st.text(signs, min_size=1, max_size=40).map(str.strip).filter(bool)
    made = made.filter(lambda text: not text.startswith(("=", "@", "|", "\uff1d", "\uff20")))
    return made.map(lambda text: text.replace(";", ",")) if clauses else made


@st.composite
def numbers(draw: st.DrawFn, spec: FieldSpec, given_: Quantity) -> Quantity:
    """A number with its range within what its field allows, in SI."""
    factor = UNITS[given_.unit][1]
    low, high = (spec.low or 0.0, spec.high if spec.high is not None else 1e9)
    ends = sorted(draw(st.lists(st.floats(low, high), min_size=3, max_size=3)))
    least, middle, most = (min(max(end * factor, low * factor), high * factor) for end in ends)
    if draw(st.booleans()):
        least = most = middle
    status = draw(st.sampled_from("FK"))
    return dataclasses.replace(given_, value=middle, low=least, high=most, status=status, source=draw(texts(False)))


def changed(draw: st.DrawFn, table: str, noun: Any, together: bool) -> Any:
    """A noun with other texts, numbers and whole numbers; what others refer to stays.

    The numbers of a wide table share the source and status of their row, as the file has one of each a row.
    """
    found: dict[str, Any] = {}
    for name, spec in table_specs(table).items():
        old = getattr(noun, name)
        if isinstance(old, Quantity) and name not in HELD:
            found[name] = draw(numbers(spec, old))
        elif spec.type == "text" and name not in BOUND and old and name != "source":
            found[name] = draw(texts(False))
        elif spec.type == "clauses" and old and name not in BOUND:
            found[name] = tuple(draw(st.lists(texts(True), min_size=1, max_size=3)))
        elif spec.type == "integer" and spec.low is not None and spec.high is not None:
            found[name] = draw(st.integers(int(spec.low), int(spec.high)))
    if together and table in TABLES:
        for name, value in found.items():
            if isinstance(value, Quantity):
                found[name] = dataclasses.replace(value, source=noun.source, status=noun.status)
    return dataclasses.replace(noun, **found)


class Made:
    """A programme made at random, that shows in a report what was changed of the small one."""

    def __init__(self, base: Programme, found: dict[str, Any]) -> None:
        self.programme = dataclasses.replace(base, **found)
        self.base = base

    def __repr__(self) -> str:
        left, right = bare(self.base), bare(self.programme)
        parts = []
        for name in left:
            rows = left[name] if isinstance(left[name], dict) else {"": left[name]}
            others = right[name] if isinstance(left[name], dict) else {"": right[name]}
            parts += [f"{name}.{key}: {others[key]!r}" for key in rows if rows[key] != others[key]]
        return "; ".join(parts)[:1_500]


@st.composite
def programmes(draw: st.DrawFn) -> Made:
    """The small station with other texts and numbers in some of its rows."""
    base = load(OVERLAY if draw(st.booleans()) else SMALL, as_of=DAY)
    # A baseline must stand beside the scenario that names it, and what is written stands alone.
    found: dict[str, Any] = {"title": draw(texts(False)), "baseline": ""}
    for section in SECTIONS:
        noun = getattr(base, section)
        if noun is not None and section != "span" and draw(st.booleans()):
            found[section] = changed(draw, section, noun, False)
    for table in ("elements", "ports", "sites", "statements", "agreements", "obligations", "vehicles"):
        rows = dict(getattr(base, table))
        for key in draw(st.lists(st.sampled_from(sorted(rows)), max_size=2, unique=True)):
            rows[key] = changed(draw, table, rows[key], table != "vehicles")
        found[table] = rows
    return Made(base, found)


@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(programmes())
def test_a_programme_made_at_random_reads_back_equal(made: Made) -> None:
    same(made.programme, again(made.programme))


@given(st.sampled_from(sorted(UNITS)), st.floats(1e-9, 1e9), st.floats(1e-9, 1e9))
def test_a_number_and_its_range_survive_any_unit(unit: str, value: float, other: float) -> None:
    base = load(SMALL, as_of=DAY)
    key, function = next(iter(base.functions.items()))
    factor = UNITS[unit][1]
    low, high = sorted((value * factor, other * factor))
    if not (math.isfinite(high) and high / factor <= 1e9 and low / factor >= 1e-9):
        return
    demand = Quantity(low, low, high, unit, function.status, function.source)
    changed_function = dataclasses.replace(function, unit=unit, demand=demand)
    from cupola.scenario.writer import _csv  # The table alone: a provision of another unit would not fit.

    text = _csv("functions", [changed_function], base)
    from cupola.scenario.cells import Findings
    from cupola.scenario.convert import Converter
    from cupola.scenario.csv_file import cells_of_csv

    findings = Findings()
    cell = cells_of_csv(text, "functions.csv", "functions", findings)[key]["demand"]
    read = Converter(findings, lambda _: unit).quantity(cell, table_specs("functions")["demand"], "x", unit)
    assert not findings.problems, findings.problems[0]
    assert read is not None and (read.value, read.low, read.high) == (low, low, high)
