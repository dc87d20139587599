import dataclasses
import datetime as dt
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.base.errors import ScenarioError
from cupola.base.quantity import UNITS, parse_number
from cupola.scenario import load, write
from cupola.scenario.writer import exact

DAY = dt.date(2022, 7, 26)


def bare(value):
    """A noun without the places of its values."""
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value) if field.name not in ("where", "traces", "files")]
        return {name: bare(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items()}
    return tuple(bare(item) for item in value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("name", ["small", "small-b-leaves"])
@pytest.mark.parametrize("day", [DAY, dt.date(2022, 12, 1)])
def test_what_is_written_reads_back_equal(bench, name, day):
    programme = bench.load(name, as_of=day, settings=["vehicles.tug.max_stay=200 d", "elements.hub.mass=15.123456 t"])
    write(programme, bench.folder / "again" / programme.id)
    if programme.baseline:
        shutil.copytree(bench.path(programme.baseline), bench.folder / "again" / programme.baseline)
    again = load(bench.folder / "again" / programme.id, as_of=day)
    assert bare(again) == bare(programme)
    write(again, bench.folder / "third" / name)
    for path in sorted((bench.folder / "again" / programme.id).iterdir()):
        assert path.read_bytes() == (bench.folder / "third" / name / path.name).read_bytes()


def test_texts_with_signs_of_the_formats_survive(bench):
    bench.replace("sites.csv", "Launch Site B", '"#1, ""B"": {x} \'y\'"')
    bench.replace("scenario.yaml", "A small station of two", "'A \"small\" #1: station é' #")
    programme = bench.load()
    write(programme, bench.folder / "again" / programme.id)
    again = load(bench.folder / "again" / programme.id, as_of=DAY)
    assert again.sites["pad-b"].name == "#1, \"B\": {x} 'y'"
    assert again.title == programme.title == 'A "small" #1: station é'


def test_a_scenario_is_not_overwritten(bench):
    programme = bench.load()
    with pytest.raises(ScenarioError, match="is there already"):
        write(programme, bench.folder / "small")


@given(
    st.sampled_from(sorted(UNITS)),
    st.floats(min_value=1e-6, max_value=1e6, allow_nan=False),
)
def test_a_number_in_any_unit_is_written_exactly(unit, number):
    value = parse_number(repr(number), unit)
    assert parse_number(exact(value, unit), unit) == value
