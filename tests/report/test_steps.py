"""The steps of an assembly in the report and in the terminal: what changed, a sign a function, nothing that runs."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from html.parser import HTMLParser
from typing import Any

import pytest

from cupola.report.document import render
from cupola.report.steps import Step, assembly_steps, steps_title
from cupola.report.terminal import LINES, answer_text
from cupola.report.view import Tables
from support.told import table

BAIT = "\"'><script>hit()</script><img src=x onerror=hit()>\u202e\x1b[31m{{ 7*7 }}</style>"
DAYS = [dt.date(2026, 5, 1), dt.date(2026, 6, 10), dt.date(2026, 9, 3), dt.date(2027, 1, 20)]
CHANGES = [
    ("first day", "Base block"),
    ("attached", "Habitat and Node"),
    ("left", "Tug"),
    ("lost", "Laboratory"),
]
FUNCTIONS = [("power", "Power", True), ("reboost", "Reboost", True), ("robotic_arm", "Robotic arm", False)]
VERDICTS = [("enough", "none", "none"), ("enough", "short", "none"), ("enough", "enough", "none"), ("short",) * 3]


def rows(steps: int = 4) -> list[dict[str, Any]]:
    """A row a step and function; from the third step on people can live there, until power falls short."""
    return [
        {
            "step": step,
            "date": DAYS[step % 4] + dt.timedelta(days=400 * (step // 4)),
            "change": CHANGES[step % 4][0],
            "elements": CHANGES[step % 4][1],
            "function": key,
            "name": name,
            "capacity": 10.0,
            "best": 12.0,
            "demand": 20.0,
            "unit": "kW",
            "vital": vital,
            "verdict": VERDICTS[step % 4][place],
            "why": f"provider {place}",
        }
        for step in range(steps)
        for place, (key, name, vital) in enumerate(FUNCTIONS)
    ]


@pytest.fixture
def built(case: Any) -> Any:
    """A run in which a station is built."""
    case.tables["assembly"] = table("assembly", rows())
    return case


def steps_of(case: Any) -> list[Step]:
    return assembly_steps(Tables(case, "case"))


class Page(HTMLParser):
    """Tags, attributes and words of a document."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((tag, name, value or "") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def values(self, attribute: str) -> list[str]:
        return [value for _, name, value in self.attributes if name == attribute]


def section(html: str) -> str:
    found = re.search(r'<section id="steps">.*?</section>', html, re.DOTALL)
    assert found is not None
    return found.group()


def words_of(html: str) -> str:
    return " ".join(" ".join(Page(html).words).split())


# The steps themselves -------------------------------------------------------------------------------------------------


def test_each_step_says_what_changed() -> None:
    case = type("Run", (), {"manifest": {}, "tables": {"assembly": table("assembly", rows())}})()
    case.table = lambda name: case.tables[name]
    found = steps_of(case)
    assert [step.words for step in found] == [
        "Base block", "+ Habitat and Node", "\u2212 Tug", "Laboratory is lost"
    ]  # fmt: skip
    assert [step.date for step in found] == DAYS
    assert [step.functions for step in found] == [[(name, vital) for _, name, vital in FUNCTIONS]] * 4


def test_steps_are_in_order_whatever_the_order_of_the_rows(built: Any) -> None:
    expected = [step.words for step in steps_of(built)]
    shuffled = sorted(rows(), key=lambda row: (row["function"], -row["step"]))
    built.tables["assembly"] = table("assembly", shuffled)
    assert [step.words for step in steps_of(built)] == expected


def test_each_function_has_the_sign_of_its_verdict_and_says_why(built: Any) -> None:
    found = steps_of(built)
    assert ["".join(cell.sign for cell in step.cells) for step in found] == ["●○○", "●◐○", "●●○", "◐◐◐"]
    words = found[1].cells[1].words.replace("\u2009", " ")
    assert words == "Reboost: short, 12 kW of 20 kW; provider 1"


def test_an_unknown_verdict_is_no_sign(built: Any) -> None:
    built.tables["assembly"]["verdict"][0] = "perhaps"
    assert steps_of(built)[0].cells[0].sign == "?"


def test_lacking_is_what_people_cannot_live_without(built: Any) -> None:
    assert [step.lacking for step in steps_of(built)] == [["reboost"], ["reboost"], [], ["power", "reboost"]]


def test_an_abbreviation_keeps_its_capitals(built: Any) -> None:
    built.tables["assembly"]["name"] = ["CO2 removal"] * len(rows())
    assert steps_of(built)[0].lacking == ["CO2 removal"]


def test_a_step_without_a_date_is_left_out(built: Any) -> None:
    for row in (3, 4, 5):
        built.tables["assembly"]["date"][row] = None
    assert [step.date for step in steps_of(built)] == [DAYS[0], *DAYS[2:]]


def test_a_run_without_a_table_has_no_steps(case: Any) -> None:
    assert steps_of(case) == []


def test_the_title_says_from_when_on_people_can_live_there(built: Any) -> None:
    assert steps_title(steps_of(built)) == "All that people need is there from 2026-09-03 on"
    assert steps_title(steps_of(built)[2:]) == "From the first day all is there that people need"
    assert steps_title(steps_of(built)[:2]) == "At no step is all there that people need"


# The report -----------------------------------------------------------------------------------------------------------


def test_the_report_has_a_section_with_a_line_a_function_and_a_column_a_step(built: Any) -> None:
    html = render(built, None)
    part = section(html)
    text = words_of(part)
    assert text.startswith("All that people need is there from 2026-09-03 on")
    heads = ["2026-05-01 Base block", "2026-06-10 + Habitat and Node", "2026-09-03 \u2212 Tug"]
    lines = [
        "Function",
        *heads,
        "2027-01-20 Laboratory is lost",
        "Power ● ● ● ◐",
        "Reboost ○ ◐ ● ◐",
        "Robotic arm ○ ○ ○ ◐",
    ]
    places = [text.index(line) for line in lines]
    assert places == sorted(places)
    assert 'href="#steps"' in html
    assert "<strong>Reboost</strong>" in part and "<strong>Robotic arm</strong>" not in part


def test_each_cell_leads_to_its_row_and_tells_why(built: Any) -> None:
    html = render(built, None)
    part = Page(section(html))
    links = [link for link in part.values("href") if link.startswith("#row-assembly")]
    # The row of a function in a step, function by function.
    assert links == [f"#row-assembly-{3 * step + place}" for place in range(3) for step in range(4)]
    assert {link[1:] for link in links} <= set(Page(html).values("id"))
    titles = [title.replace("\u2009", " ") for title in part.values("title")]
    assert "Reboost: short, 12 kW of 20 kW; provider 1" in titles
    classes = [value for value in part.values("class") if value.startswith("verdict-")]
    assert classes == [f"verdict-{row[place]}" for place in range(3) for row in VERDICTS]


def test_where_nothing_is_built_there_is_no_section(case: Any) -> None:
    assert 'id="steps"' not in render(case, None) and 'href="#steps"' not in render(case, None)
    case.tables["assembly"] = table("assembly", [])
    assert 'id="steps"' not in render(case, None)


def test_the_answer_and_its_causes_stand_with_the_steps_alone(built: Any) -> None:
    answer, cause = built.tables["answers"], built.tables["because"]
    more = {"id": "assembly", "question": "What can it do?", "sentence": "It can be lived in.", "date": DAYS[2]}
    step = {"answer": "assembly", "step": 0, "depth": 0, "key": "element-detached/tug", "text": "the tug leaves"}
    for columns, row in ((answer, more), (cause, step)):
        for key, cells in columns.items():
            cells.append(row.get(key))
    html = render(built, None)
    text = words_of(section(html))
    assert "Why it can first be lived in then" in text and "the tug leaves" in text
    # The steps show it; its sentence is told once more in the appendix alone.
    assert words_of(html).count("It can be lived in.") == 1


def test_a_table_that_lacks_a_row_still_makes_a_page(built: Any) -> None:
    built.tables["assembly"] = table("assembly", rows()[:-1])
    assert words_of(section(render(built, None))).count("\u25d0") > 2


def test_hostile_names_come_out_inert_in_the_report(built: Any) -> None:
    expected = set(Page(render(built, None)).tags)
    columns = built.tables["assembly"]
    for name in ("elements", "name", "function", "unit", "verdict", "why"):
        columns[name] = [f"{value}{BAIT}" for value in columns[name]]
    html = render(built, None)
    part = Page(section(html))
    assert set(Page(html).tags) <= expected and "script" not in part.tags and "img" not in part.tags
    assert not [name for _, name, _ in part.attributes if name.startswith("on")]
    # The name is shown as it is, without what could steer a reader's eye.
    assert "hit()" in words_of(section(html)) and "49" not in words_of(section(html))
    assert "\u202e" not in html and "\x1b" not in html
    assert all(re.fullmatch(r"verdict-[a-zA-Z]{0,20}", value) for value in part.values("class") if "verdict" in value)


def test_a_hostile_kind_of_change_is_no_template(built: Any) -> None:
    built.tables["assembly"]["elements"] = ["{0.__class__} %s {name}"] * 12
    built.tables["assembly"]["change"] = ["{0.__class__}"] * 12
    assert {step.words for step in steps_of(built)} == {"{0.__class__} %s {name}"}


def test_long_names_are_cut(built: Any) -> None:
    built.tables["assembly"]["elements"] = ["x" * 10_000] * 12
    built.tables["assembly"]["why"] = ["y" * 10_000] * 12
    found = steps_of(built)
    assert max(len(step.words) for step in found) < 180
    assert max(len(cell.words) for step in found for cell in step.cells) < 500


# The terminal ---------------------------------------------------------------------------------------------------------


def lines_of(case: Any, width: int = 100) -> list[str]:
    return answer_text(case, False, width).split("\n")


def test_the_terminal_tells_a_line_a_step(built: Any) -> None:
    lines = lines_of(built)
    place = lines.index("Step by step:")
    assert lines[place + 1 : place + 5] == [
        "  2026-05-01  Base block: lacks reboost",
        "  2026-06-10  + Habitat and Node: lacks reboost",
        "  2026-09-03  \u2212 Tug: can be lived in",
        "  2027-01-20  Laboratory is lost: lacks power, reboost",
    ]
    assert lines[0].startswith("If South Agency leaves") and lines[-1].startswith("Report:")


def test_the_terminal_says_nothing_of_steps_where_nothing_is_built(case: Any) -> None:
    assert "Step by step:" not in lines_of(case)


@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_many_steps_still_fit_on_one_screen(case: Any, width: int) -> None:
    case.tables["assembly"] = table("assembly", rows(40))
    lines = lines_of(case, width)
    assert len(lines) <= LINES and max(len(line) for line in lines) <= max(40, min(100, width))
    shown = [line for line in lines if re.match(r"  20\d\d-\d\d-\d\d  (Base|\+|\u2212|Lab)", line)]
    assert 1 <= len(shown) <= 9
    assert f"  and {40 - len(shown)} more in the report." in lines


def test_hostile_names_cannot_steer_the_terminal(built: Any) -> None:
    bait = "\x1b]0;owned\x07\x1b[2J\u202e\r\n\u9577\u9577\u9577" * 9
    for name in ("elements", "name"):
        built.tables["assembly"][name] = [f"{value}{bait}" for value in built.tables["assembly"][name]]
    text = answer_text(built, False, 80)
    assert "Step by step:" in text
    assert not any(unicodedata.category(letter) in ("Cc", "Cf") for letter in text.replace("\n", ""))
    cells = [sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in text.split("\n")]
    assert len(cells) <= LINES and max(cells) <= 80
