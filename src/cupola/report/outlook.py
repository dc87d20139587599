"""The outlook in a report: its picture and its rows in words."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from cupola.report.outlook_sheet import draw, title
from cupola.report.wording import clean, day

_NAMES = {"crewed_end": "crew", "reentry": "re-entry", "reboost_after": "reboost"}


class OutlookView(Protocol):
    """What a report needs of an outlook: rows as ``cupola outlook`` gives them, oldest first."""

    @property
    def scenario(self) -> str: ...
    @property
    def first(self) -> dt.date: ...
    @property
    def last(self) -> dt.date: ...
    @property
    def rows(self) -> Sequence[Mapping[str, Any]]: ...


@dataclass(frozen=True)
class OutlookRow:
    """A day on which something that was said changed the programme, in words."""

    date: str
    speakers: str
    said: str
    end: str
    why: str
    reentry: str
    reboost: str
    moved: str


@dataclass(frozen=True)
class Outlook:
    """The section of a report: its heading, its picture as a data URI, its rows."""

    title: str
    scenario: str
    first: str
    last: str
    picture: str
    rows: list[OutlookRow]

    @staticmethod
    def of(view: OutlookView) -> Outlook:
        """The section of an outlook. The picture stands in the page as an image, so that nothing in it can act."""
        drawn = draw(view.rows, view.scenario, view.first, view.last)
        picture = "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode("ascii")
        rows = [_row(row) for row in view.rows if row["changes"]]
        return Outlook(
            title(view.rows, view.scenario), clean(view.scenario, 80), day(view.first), day(view.last), picture, rows
        )


def speakers(row: Mapping[str, Any]) -> str:
    """Who said what counts from that day on, and how firmly."""
    return "; ".join(f"{one['speaker']} ({one['firmness']})" for one in row["statements"])


def movement(row: Mapping[str, Any]) -> str:
    """How far what was said moved the end and the re-entry; who can reboost stands in a column of its own."""
    parts = []
    for change in row["moved_by_statement"]:
        days, name = change["days"], _NAMES.get(change["what"], change["what"])
        if days is None and change["what"] == "reboost_after":
            continue
        how = f"{days:+d} d" if days is not None else f"{change['from'] or 'later'} to {change['to'] or 'later'}"
        parts.append(f"{name} {how}")
    return ", ".join(parts) or ("nothing" if row["flown_before"] else "first day")


def _row(row: Mapping[str, Any]) -> OutlookRow:
    return OutlookRow(
        date=day(row["date"]),
        speakers=speakers(row),
        said="; ".join(one["effect"] for one in row["statements"]),
        end=day(row["crewed_end"]) if row["crewed_end"] else f"beyond {day(row['flown_to'])}",
        why=row["why"],
        reentry=day(row["reentry"]) if row["reentry"] else "later",
        reboost=row["reboost_after"] or row["reboost"],
        moved=movement(row),
    )
