import dataclasses

import pytest

from cupola.base.quantity import UNITS
from cupola.scenario import field_specs
from cupola.scenario.fields import HEAD, SECTIONS, TABLES, table_specs

KINDS = set("text quantity number integer date yesno choice id ids crew moves clauses needs".split())
NOUNS = {**SECTIONS, **TABLES}


@pytest.mark.parametrize("table", NOUNS)
def test_every_attribute_has_one_row_and_every_row_an_attribute(table):
    attributes = {field.name for field in dataclasses.fields(NOUNS[table])} - {"where"}
    assert set(table_specs(table)) == attributes


@pytest.mark.parametrize("table", NOUNS)
def test_types_agree_with_the_nouns(table):
    """A quantity in the noun is a quantity in the specification; a date is a date; an optional one is not required."""
    for field in dataclasses.fields(NOUNS[table]):
        if field.name == "where":
            continue
        spec = table_specs(table)[field.name]
        noun = str(field.type)
        assert (spec.type == "quantity") == noun.startswith("Quantity"), field.name
        assert (spec.type == "date") == noun.startswith("dt.date"), field.name
        assert (spec.type == "yesno") == (noun == "bool"), field.name
        assert (spec.type == "integer") == (noun == "int"), field.name
        assert (spec.type == "number") == noun.startswith("float"), field.name
        if noun.endswith("| None"):
            assert not spec.required and not spec.default, field.name
        elif noun in ("dt.date", "float", "int", "bool", "Quantity"):
            assert spec.required or spec.default, f"{field.name} could stay without a value"


def test_no_row_stands_twice():
    with_path = [(spec.table, spec.field) for spec in field_specs().values()]
    assert len(with_path) == len(set(with_path))
    assert {table for table, _ in with_path} == {HEAD, *NOUNS}


@pytest.mark.parametrize("spec", field_specs().values(), ids=lambda spec: f"{spec.table}.{spec.field}")
def test_a_row_is_well_formed(spec):
    assert spec.type in KINDS
    assert spec.meaning.endswith(".") and len(spec.meaning.split()) >= 3
    assert all(table in NOUNS for table in spec.refers)
    assert bool(spec.choices) == (spec.type == "choice")
    if spec.type in ("quantity", "number"):
        assert spec.unit in UNITS or spec.unit.startswith("@")
        assert spec.low is not None and spec.high is not None and spec.low < spec.high
    if spec.required:
        assert not spec.default


def test_near_suggests():
    from cupola.scenario import near

    assert near("altitud", ["altitude", "attitude_gyros"]) == "altitude"
    assert near("xyz", ["altitude"]) == ""
