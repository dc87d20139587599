"""What a notebook shows, and that the example in the documents is what its cells give."""

from __future__ import annotations

import json
import sys
import types
from dataclasses import replace
from pathlib import Path

import pytest

import cupola
import cupola.notebook
from cupola import flow
from cupola.base.errors import CupolaError
from support.tools import tool

AS_OF = "2022-07-26"
SHORT = ("span.end=2022-12-31", "departure.after=2022-09-30", "span.futures=1")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> cupola.Case:
    """A case with its baseline; made once."""
    place = Path(__file__).parent / "fixtures" / "small-b-leaves"
    return cupola.run(place, as_of=AS_OF, settings=SHORT, out=tmp_path_factory.mktemp("runs"))


def test_a_case_is_the_one_of_the_flow(case: cupola.Case) -> None:
    assert isinstance(case, flow.Case)
    assert case.baseline is not None
    assert case.programme.id == "small-b-leaves"


def test_a_station_that_was_loaded_runs_as_it_was_read(small: Path, tmp_path: Path) -> None:
    settings = ("span.end=2022-10-31", "span.futures=1", "orbit_policy.altitude=402 km")
    station = cupola.load(small, as_of="2022-07-26", settings=settings)
    assert isinstance(station, cupola.Scenario)
    assert station.programme == flow.load(small, as_of="2022-07-26", settings=settings)
    assert station.elements is station.programme.elements and "elements" in dir(station)
    with pytest.raises(AttributeError):
        station.nothing  # noqa: B018
    one, other = (
        station.run(out=tmp_path / "a"),
        cupola.run(small, as_of="2022-07-26", settings=settings, out=tmp_path / "b"),
    )
    assert one.programme == station.programme
    assert list(one.answers) == list(other.answers)


def test_a_station_shows_what_it_holds_and_escapes(small: Path) -> None:
    station = cupola.load(small, as_of="2022-07-26")
    assert "2022-07-26" in repr(station) and station.programme.id in repr(station)
    shown = cupola.Scenario(replace(station.programme, title="<b>x</b>"), station.source)._repr_html_()
    assert "<b>x" not in shown and "&lt;b&gt;x" in shown
    assert f"<td {cupola.notebook._STYLE}>{len(station.elements)}</td>" in shown


def test_answers_and_tables_are_lists_of_rows(case: cupola.Case) -> None:
    assert isinstance(case.answers, list)
    assert case.answers == case.run.rows("answers")
    assert set(case.tables) == set(case.run.held)
    assert len(case.tables) == len(case.run.held)
    assert case.tables["series"] == case.table("series") == case.run.rows("series")
    assert "series" in repr(case.tables)
    assert repr(case.table("futures")).startswith("Table futures: 2 rows of future, label")
    with pytest.raises(KeyError, match="known: futures"):
        case.tables["nothing"]


def test_a_case_in_plain_words_answers_first(case: cupola.Case) -> None:
    text = repr(case)
    headline = case.answers[0]["sentence"]
    assert " ".join(text.split()).startswith(headline.split(". ")[0])
    assert "What breaks first:" in text
    assert text.rstrip().endswith(".")
    assert str(case.run.path) in text


def test_a_case_as_html_answers_first_and_escapes(case: cupola.Case, monkeypatch: pytest.MonkeyPatch) -> None:
    page = case._repr_html_()
    assert page.startswith("<p><strong>If Agency B leaves")
    assert page.index("What breaks first") > page.index("</strong>")
    assert "<table>" in page
    evil = "<script>alert(1)</script>"
    object.__setattr__(case.run.details, "title", evil)
    assert evil not in case._repr_html_()
    assert "&lt;script&gt;" in case._repr_html_()
    table = cupola.notebook.Table("events", [{"kind": evil, "value": None}])
    assert evil not in table._repr_html_()


def test_a_long_table_is_cut_and_has_units(case: cupola.Case) -> None:
    page = case.table("series")._repr_html_()
    assert page.count("<tr>") == cupola.notebook.SHOWN + 1
    assert "more rows" in page
    assert ">altitude, km<" in page


def test_the_case_beside_its_baseline(case: cupola.Case) -> None:
    assert case.baseline is not None
    rows = case.compare()
    assert rows == flow.compare(case.baseline, case.run)
    assert rows.columns == ("what", "baseline", "case", "unit")
    alone = cupola.Case(case.programme, case.run, None)
    assert alone.compare() == []
    assert alone.compare()._repr_html_().startswith("<table>")


def test_a_data_frame_is_made_only_with_pandas(case: cupola.Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(CupolaError, match="pandas is not installed"):
        case.table("futures").df()
    asked = {}

    def frame(rows: object, columns: object) -> str:
        asked["rows"], asked["columns"] = rows, columns
        return "frame"

    monkeypatch.setitem(sys.modules, "pandas", types.SimpleNamespace(DataFrame=frame))
    assert case.table("futures").df() == "frame"
    assert asked["rows"] == list(case.table("futures"))


def test_the_example_has_the_cells_of_the_tool_and_was_run(root: Path) -> None:
    page = json.loads((root / "docs" / "example.ipynb").read_text(encoding="utf-8"))
    assert (page["nbformat"], page["nbformat_minor"]) == (4, 5)
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in page["cells"]]
    assert cells == list(tool("make_notebook").CELLS), "run: make docs"
    run = [cell for cell in page["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] for cell in run)
    assert [cell["execution_count"] for cell in run] == list(range(1, len(run) + 1))
    assert len({cell["id"] for cell in page["cells"]}) == len(cells)


def test_what_a_cell_prints_and_shows_is_kept(root: Path) -> None:
    kept = tool("make_notebook").outputs("print('a')\nx = 2\nx", {}, 3)
    assert kept[0] == {"name": "stdout", "output_type": "stream", "text": ["a\n"]}
    assert kept[1]["data"] == {"text/plain": ["2"]}


@pytest.mark.slow
def test_the_example_is_what_its_cells_give(root: Path) -> None:
    assert (root / "docs" / "example.ipynb").read_text(encoding="utf-8") == tool("make_notebook").notebook(), (
        "run: make docs"
    )
