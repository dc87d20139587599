from __future__ import annotations

import base64
import datetime as dt
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest

from cupola.base.errors import RunError
from cupola.report.document import render

BAIT = "\"'><script>hit()</script><img src=x onerror=hit()>\u202e\x1b[31m{{ 7*7 }}</style>"


class Page(HTMLParser):
    """Ids, links, elements and attributes of a document."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((tag, name, value or "") for name, value in attrs)
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(str(found.get("href")))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text_of(html: str) -> str:
    return " ".join(" ".join(Page(html).words).split())


def test_answers_come_in_order(case: Any, baseline: Any) -> None:
    # The list of contents names the sections too.
    html = re.sub(r"<nav.*?</nav>", "", render(case, baseline), flags=re.DOTALL)
    text = text_of(html.partition("<body>")[2])
    order = [
        "What happens, and when, if South Agency leaves?",
        "a flight rule empties the station on 2025-02-18",
        "How sure",
        "What breaks first, second, third",
        "What would have to replace it",
        "Pictures on one time axis",
        "With and without the partner",
        "South Agency alone provides",
        "1 of 3 obligations are broken",
        "Sources, and what is uncertain",
        "All rows that this page refers to",
        "How it was made",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_every_link_leads_to_a_row_that_is_there_once(case: Any, baseline: Any) -> None:
    page = Page(render(case, baseline))
    assert len(page.links) > 100
    assert {link for link in page.links if not link.startswith("#")} == set()
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_numbers_are_cells_of_the_rows_they_link_to(case: Any, baseline: Any) -> None:
    html = render(case, baseline)
    case_values = case.tables["missing"]["missing"]
    linked = re.findall(r'href="#row-missing-(\d+)"[^>]*>([^<]+)</a>', html)
    assert linked
    for index, shown in linked:
        assert float(shown.replace("\u2009", "")) == pytest.approx(case_values[int(index)], rel=5e-3)


def test_titles_are_sentences_from_the_data(case: Any, baseline: Any) -> None:
    text = text_of(render(case, baseline))
    series = case.tables["series"]
    under = next(
        date
        for date, altitude, future in zip(series["date"], series["altitude"], series["future"], strict=True)
        if future == 1 and altitude < 330.0
    )
    expected = f"the station falls below 330\u2009km in {under:%Y-%m} and re-enters on 2028-06-04"
    assert " ".join(expected.split()) in text
    assert "Without reboost after 2024-11-12" in text
    assert "The last ship of South Agency leaves on 2025-02-09" in text
    assert "South Agency alone provides attitude thrusters" in text


def test_page_is_self_contained_and_allows_nothing(case: Any, baseline: Any) -> None:
    html = render(case, baseline)
    page = Page(html)
    assert not {"script", "img", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    assert [
        value for _, name, value in page.attributes if name in ("src", "srcset", "style") or name.startswith("on")
    ] == []
    assert [value for tag, name, value in page.attributes if tag == "link" and name == "href"] == ["data:,"]
    policy = next(v for t, n, v in page.attributes if t == "meta" and n == "content" and "default-src" in v)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "url(http" not in html and "@import" not in html


def test_hostile_text_comes_out_inert(case: Any, baseline: Any) -> None:
    expected = set(Page(render(case, baseline)).tags)
    for run in (case, baseline):
        for columns in run.tables.values():
            for name, values in columns.items():
                keep = name in ("kind", "state", "because", "id") or not any(isinstance(value, str) for value in values)
                columns[name] = values if keep else [None if value is None else f"{value}{BAIT}" for value in values]
        run.manifest["title"] = BAIT
        run.manifest["versions"] = {BAIT: BAIT}
        run.manifest["partners"] = [{"id": BAIT, "name": BAIT, "role": "partner", "acts_for": BAIT}]
        run.manifest["ports"] = {BAIT: BAIT}
    html = render(case, baseline)
    page = Page(html)
    assert set(page.tags) <= expected
    assert not any(name.startswith("on") for _, name, _ in page.attributes)
    assert "\x1b" not in html and "\u202e" not in html
    assert "{{ 7*7 }}" in html
    assert len(page.ids) == len(set(page.ids))


@dataclass
class Said:
    """An outlook as a report takes it."""

    rows: list[dict[str, Any]]
    scenario: str = "station"
    first: dt.date = dt.date(2022, 1, 1)
    last: dt.date = dt.date(2022, 12, 31)


def said(day: dt.date, text: str, *, changes: bool = True) -> dict[str, Any]:
    return {
        "date": day,
        "flown_as_of": day,
        "flown_to": dt.date(2031, 1, 1),
        "crewed_end": dt.date(2025, 1, 28),
        "reentry": None,
        "planned_end": None,
        "planned_reentry": None,
        "why": f"no reboost {text}",
        "reboost": f"A {text}",
        "reboost_after": "",
        "changes": changes,
        "flown_before": True,
        "statements": [{"speaker": text, "firmness": text, "effect": text, "source": text}],
        "others": [{"clause": text, "speaker": text, "crewed_end": dt.date(2028, 1, 1)}],
        "moved_by_statement": [
            {"what": "crewed_end", "from": None, "to": None, "days": -30},
            {"what": text, "from": text, "to": text, "days": None},
        ],
    }


def test_the_outlook_is_shown_when_it_is_asked_for(case: Any, baseline: Any) -> None:
    rows = [said(dt.date(2022, 2, 1), "Head of B"), said(dt.date(2022, 3, 1), "Nobody", changes=False)]
    html = render(case, baseline, Said(rows))
    page = Page(html)
    assert "outlook" in page.ids and "#outlook" in page.links
    section = html.partition('<section id="outlook">')[2].partition("</section>")[0]
    text = text_of(section)
    assert "2022-02-01 Head of B (Head of B)" in text and "crew -30 d" in text and "2025-01-28" in text
    assert "2022-03-01" not in text
    (picture,) = (value for tag, name, value in Page(section).attributes if (tag, name) == ("img", "src"))
    drawn = base64.b64decode(picture.removeprefix("data:image/svg+xml;base64,")).decode()
    assert drawn.startswith("<svg") and "2022-02-01" in drawn
    assert "outlook" not in Page(render(case, baseline)).ids


def test_what_an_outlook_says_comes_out_inert(case: Any) -> None:
    html = render(case, None, Said([said(dt.date(2022, 2, 1), BAIT)], scenario=BAIT))
    page = Page(html)
    assert set(page.tags) == {*Page(render(case, None)).tags, "img", "figure"}
    assert not any(name.startswith("on") for _, name, _ in page.attributes)
    assert "\x1b" not in html and "\u202e" not in html
    (picture,) = (value for tag, name, value in page.attributes if (tag, name) == ("img", "src"))
    drawn = base64.b64decode(picture.removeprefix("data:image/svg+xml;base64,")).decode()
    assert "<script" not in drawn and "<img" not in drawn


def test_pictures_have_titles_and_descriptions(case: Any, baseline: Any) -> None:
    html = render(case, baseline)
    charts = re.findall(r'<svg class="chart [^>]*aria-labelledby="(\S+) (\S+)"', html)
    assert len(charts) >= 14
    for title, description in charts:
        for name in (title, description):
            found = re.search(rf'id="{re.escape(name)}">([^<]+)<', html)
            assert found is not None, name


def test_what_breaks_in_the_baseline_too_stands_apart(case: Any, baseline: Any) -> None:
    assert "on the same day in the baseline too" not in render(case, baseline)
    events = baseline.tables["events"]
    row = {
        "event": 0,
        "future": 0,
        "date": dt.date(2025, 2, 14),
        "kind": "attitude-lost",
        "key": "attitude-lost/station",
    }
    for name in events:
        events[name] = [row.get(name)]
    assert "that break on the same day in the baseline too" in text_of(render(case, baseline))


def test_general_knowledge_is_told_with_its_range(case: Any, baseline: Any) -> None:
    text = text_of(render(case, baseline))
    assert "15 of the 19 numbers and texts that the run rests on are general knowledge" in text
    assert "deorbit: lowest 250 km 220 to 280 km general knowledge" in text


def test_parts_are_shown_when_the_station_is_cut(case: Any) -> None:
    assert "judged on the first day" not in render(case)
    case.tables["parts"] = {
        "part": ["fore half"],
        "function": ["reboost"],
        "capacity": [0.0],
        "demand": [650.0],
        "verdict": ["none"],
        "why": ["no engine on this side"],
    }
    text = text_of(render(case))
    assert "fore half reboost 0 650 none no engine on this side" in text


def test_a_run_without_answers_or_series_still_makes_a_page(case: Any) -> None:
    empty = {name: {column: [] for column in columns} for name, columns in case.tables.items()}
    case.tables = {"futures": empty["futures"], "series": empty["series"]}
    assert "This run has no answers yet" in text_of(render(case))


def test_unreadable_table_is_an_error_and_not_an_empty_one(case: Any) -> None:
    def broken(name: str) -> dict[str, list[Any]]:
        raise RunError(f"{name}: the table is not the one that was saved.")

    case.table = broken
    with pytest.raises(RunError, match="not the one that was saved"):
        render(case)


def test_equal_runs_give_equal_pages(case: Any, baseline: Any) -> None:
    assert render(case, baseline) == render(case, baseline)


def test_not_a_number_is_shown_as_missing(case: Any) -> None:
    case.tables["missing"]["missing"] = [float("nan") for _ in case.tables["missing"]["missing"]]
    case.tables["series"]["altitude"] = [float("inf") for _ in case.tables["series"]["altitude"]]
    assert not re.search(r"\b(nan|inf)\b", text_of(render(case)))
