"""The schema accepts what the reader accepts, and underlines what a person mistypes."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from ruamel.yaml import YAML

from cupola.base.quantity import UNITS
from cupola.scenario import field_specs, shipped
from cupola.scenario.fields import HEAD, SECTIONS, TABLES
from cupola.scenario.schema import scenario_schema

SCHEMA = scenario_schema()
KNOWN = {
    "$schema", "$defs", "$ref", "title", "description", "default", "type", "enum", "pattern", "minimum", "maximum",
    "properties", "additionalProperties", "propertyNames", "required", "items", "anyOf", "not", "if", "then",
}  # fmt: skip
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name in ("integer", "number"):
        kinds = int if name == "integer" else (int, float)
        return isinstance(value, kinds) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def wrong(value, schema, at=""):
    """Places that break a schema, by the keywords that it uses; a small check after the draft's own words."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        return wrong(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], at)
    found = []
    kinds = schema.get("type", [])
    if kinds and not any(is_type(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return [at]
    if "enum" in schema and not any(value == item and type(value) is type(item) for item in schema["enum"]):
        found.append(at)
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(at)
    if is_type(value, "number") and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        found.append(at)
    if isinstance(value, list):
        found += [place for item in value for place in wrong(item, schema.get("items", {}), at)]
    if isinstance(value, dict):
        found += wrong_keys(value, schema, at)
    if "anyOf" in schema and all(wrong(value, part, at) for part in schema["anyOf"]):
        found.append(at)
    if "not" in schema and not wrong(value, schema["not"], at):
        found.append(at)
    if "if" in schema and not wrong(value, schema["if"], at):
        found += wrong(value, schema["then"], at)
    return found


def wrong_keys(value, schema, at):
    found = [f"{at}.{key}" for key in schema.get("required", []) if key not in value]
    known = schema.get("properties", {})
    for key, item in value.items():
        place = f"{at}.{key}"
        if wrong(key, schema.get("propertyNames", {}), place):
            found.append(place)
        other = schema.get("additionalProperties", {})
        if key in known:
            found += wrong(item, known[key], place)
        elif other is False:
            found.append(place)
        else:
            found += wrong(item, other, place)
    return found


def read(text):
    def plain(value):
        if isinstance(value, dict):
            return {str(key): plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, dt.date) else value

    return plain(YAML(typ="safe", pure=True).load(text))


def files(root):
    return [*(path / "scenario.yaml" for path in shipped().values()), *root.glob("tests/fixtures/*/scenario.yaml")]


def test_every_scenario_that_is_there_is_accepted(root):
    found = files(root)
    assert len(found) >= 6
    for path in found:
        assert wrong(read(path.read_text(encoding="utf-8")), SCHEMA) == [], path


def test_it_is_one_plain_json_document():
    assert json.loads(json.dumps(SCHEMA, allow_nan=False)) == SCHEMA
    for name, definition in SCHEMA["$defs"].items():
        for pattern in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', json.dumps(definition)):
            assert re.compile(json.loads(f'"{pattern}"')), name


def test_it_knows_every_field_with_its_meaning():
    for (table, field), spec in field_specs().items():
        home = SCHEMA["properties"]
        if table in SECTIONS:
            home = home[table]["properties"]
        elif table in TABLES:
            home = home[table]["additionalProperties"]["properties"]
        else:
            assert table == HEAD
        assert home[field]["description"].startswith(spec.meaning), (table, field)
        for choice in spec.choices:
            assert wrong(choice, home[field]) == []


@pytest.mark.parametrize("unit", UNITS)
def test_a_number_may_have_any_unit_of_its_dimension_and_no_other(unit):
    mass = SCHEMA["properties"]["elements"]["additionalProperties"]["properties"]["mass"]
    assert (wrong(f"2.5 {unit}", mass) == []) == (UNITS[unit][0] == "mass")


OVERLAY = "id: x\ntitle: X\nextends: small\n"


@pytest.mark.parametrize(
    "text",
    [
        "orbit: {altitude: 417 km}",
        "orbit: {altitude: 417}",
        'orbit: {altitude: "417"}',
        "orbit: {altitude: {value: 417000, unit: m, low: 400 km, note: why}}",
        "orbit: {altitude: {low: 400}}",
        "orbit_policy: {band: .5}",
        "departure:",
        "departure: {after: 2024, exit_time: P30D, notified: }",
        "departure: {after: 2024-12, mode: separates, cut: service}",
        "waived: [food-30, water-30]",
        "waived: food-30; water-30",
        "elements: {hub: {mass: 2 t}, lab: {drop: remove}}",
        "vehicles: {taxi: {crewed: true}, tug: {crewed: No}}",
        "flights: {x: {crew_up: a 3; b 1, moves: 2021-07-21 hub-zenith; 2021-09-01 hub-forward}}",
        "provisions: {x: {capacity: 20.9 kW, needs: function:power=2 kW; store:water}}",
        "rules: {stay: {limit: 210, unit: d, grace: 7 d}}",
    ],
)
def test_forms_that_the_reader_takes_are_accepted(text):
    assert wrong(read(OVERLAY + text), SCHEMA) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("orbitt: {altitude: 417 km}", ".orbitt"),
        ("orbit: {altitood: 417 km}", ".orbit.altitood"),
        ("orbit: {altitude: 417 kg}", ".orbit.altitude"),
        ("orbit: {altitude: 4170000}", ".orbit.altitude"),
        ("orbit: {altitude: fast}", ".orbit.altitude"),
        ("orbit: {altitude: {valeu: 417 km}}", ".orbit.altitude"),
        ("orbit: {altitude: {value: 417, unit: kg}}", ".orbit.altitude"),
        ("orbit: {altitude: {value: 417, status: maybe}}", ".orbit.altitude"),
        ("departure: {after: 26.7.2022}", ".departure.after"),
        ("departure: {mode: explodes}", ".departure.mode"),
        ("span: {futures: 1.5}", ".span.futures"),
        ("span: {futures: 0}", ".span.futures"),
        ("elements: {hub: {kind: engine}}", ".elements.hub.kind"),
        ("elements: {hub: {drop: delete}}", ".elements.hub.drop"),
        ('elements: {"a hub": {mass: 2 t}}', ".elements.a hub"),
        ("vehicles: {taxi: {crewed: maybe}}", ".vehicles.taxi.crewed"),
        ("flights: {x: {crew_up: three}}", ".flights.x.crew_up"),
        ("provisions: {x: {needs: power}}", ".provisions.x.needs"),
    ],
)
def test_mistakes_are_underlined_where_they_stand(text, place):
    assert place in wrong(read(OVERLAY + text), SCHEMA)


def test_a_scenario_that_stands_alone_must_be_whole(small):
    whole = read((small / "scenario.yaml").read_text(encoding="utf-8"))
    for section in ("orbit", "attitude", "title"):
        assert wrong({key: value for key, value in whole.items() if key != section}, SCHEMA) == [f".{section}"]
    del whole["orbit"]["altitude"]
    assert wrong(whole, SCHEMA) == [".orbit.altitude"]
    assert wrong({**whole, "extends": "other"}, SCHEMA) == []
