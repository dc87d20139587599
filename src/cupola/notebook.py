"""A scenario and its run in a notebook: answers and tables as lists of rows, shown in plain words or as HTML.

    station = cupola.load("my-station", as_of="2022-07-26")
    station.elements              what the checked programme holds
    case = station.run()          the same as cupola.run("my-station", as_of="2022-07-26")
    case                          the answer, then what breaks
    case.answers                  a list of rows
    case.tables["missing"]        one table of the run
    case.table("series").df()     the same as a data frame, where pandas is installed

The nouns and the saved run stay as they are; only what a notebook shows is added here. All text of a scenario is
escaped before it becomes HTML.
"""

from __future__ import annotations

import datetime as dt
import html
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cupola import flow
from cupola.base.errors import CupolaError
from cupola.base.tables import TABLES
from cupola.report.answers import Answer, Answers
from cupola.report.view import Tables as View
from cupola.report.wording import clean, day, exact, sentences

if TYPE_CHECKING:
    from cupola.programme.programme import Programme
    from cupola.results import Run

SHOWN = 20
"""Rows of a table that are shown; all are in the list."""
BREAKS = 10
"""Lines of what breaks that are shown; all are in the answers."""
WIDTH = 100
"""Letters of a line of plain text."""
_PARTS = tuple(
    "partners elements ports functions stores vehicles flights services rules statements agreements obligations".split()
)
_STYLE = 'style="text-align:left;vertical-align:top;padding:2px 12px 2px 0"'


class Table(list[dict[str, Any]]):
    """Rows of one table, each a dictionary by column. It is a list; in a notebook it is shown as a table."""

    def __init__(self, name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> None:
        super().__init__(dict(row) for row in rows)
        self.name = name
        self.columns = tuple(columns) or tuple(self[0] if self else ())

    def df(self) -> Any:
        """The table as a pandas data frame. Raises CupolaError when pandas is not installed."""
        try:
            from pandas import DataFrame  # type: ignore[import-not-found, import-untyped, unused-ignore]
        except ImportError as error:
            raise CupolaError("pandas is not installed; a table is a list of rows without it.") from error
        return DataFrame(list(self), columns=list(self.columns))

    def __repr__(self) -> str:
        return f"Table {self.name}: {len(self)} rows of {', '.join(self.columns)}"

    def _repr_html_(self) -> str:
        units = {column.name: column.unit for column in TABLES[self.name].columns} if self.name in TABLES else {}
        heads = [f"{name}, {unit}" if (unit := units.get(name, "")) not in ("", "1") else name for name in self.columns]
        rows = [[exact(row.get(name)) for name in self.columns] for row in self[:SHOWN]]
        more = f"<p>{len(self) - SHOWN} more rows.</p>" if len(self) > SHOWN else ""
        return _table(heads, rows) + more


class RunTables(Mapping[str, Table]):
    """The tables of a run by name, each read when it is asked for."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __getitem__(self, name: str) -> Table:
        """One table. Raises KeyError that names the tables there are."""
        if name not in self._run.held:
            raise KeyError(f"there is no table {name!r}; known: {', '.join(self._run.held)}")
        columns = [column.name for column in TABLES[name].columns]
        return Table(name, self._run.rows(name), columns)

    def __iter__(self) -> Iterator[str]:
        return iter(self._run.held)

    def __len__(self) -> int:
        return len(self._run.held)

    def __repr__(self) -> str:
        return f"Tables of the run: {', '.join(self)}"


@dataclass(frozen=True, eq=False, repr=False)
class Scenario:
    """A scenario that was read: the checked, frozen programme as ``.programme``, and ``.run()``.

    What the programme holds is at hand too: ``.elements``, ``.partners``, ``.span`` and so on.
    """

    programme: Programme
    source: flow.Source

    def __getattr__(self, name: str) -> Any:
        """What the programme holds. Raises AttributeError for a name that it does not know."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.programme, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *dir(self.programme)})

    def run(self, *, out: str | Path = flow.RUNS, say: flow.Say | None = None) -> Case:
        """Simulate it with its baseline, analyse both and save both under ``out``, as ``cupola.run`` does."""
        source = self.source
        return run(
            source.scenario,
            as_of=self.programme.as_of,
            settings=source.settings,
            waive=source.waive,
            out=out,
            say=say,
        )

    def __repr__(self) -> str:
        programme = self.programme
        return f"{clean(programme.title, 200).rstrip('.')} ({programme.id}), as known on {programme.as_of}"

    def _repr_html_(self) -> str:
        held = {name: getattr(self.programme, name) for name in _PARTS}
        rows = [[name, str(len(found))] for name, found in held.items()]
        return f"<p><strong>{html.escape(repr(self))}</strong></p>{_table(('what it holds', 'rows'), rows)}"


def load(
    scenario: str | Path,
    *,
    as_of: str | dt.date | None = None,
    settings: Sequence[str] = (),
    waive: Sequence[str] = (),
) -> Scenario:
    """Read a scenario as it was known on a date and check it; the arguments are those of ``cupola.run``.

    Raises ScenarioError with every problem that one pass found, DomainError for a date that is none.
    """
    programme = flow.load(scenario, as_of=as_of, settings=settings, waive=waive)
    return Scenario(programme, flow.Source(scenario, programme.as_of, tuple(settings), tuple(waive)))


@dataclass(frozen=True, repr=False)
class Case(flow.Case):
    """A saved run and that of its baseline, with the answers at hand."""

    @property
    def answers(self) -> Table:
        """The answers of the run, a row each: ``id``, ``question``, ``sentence``, ``date``, ``value``, ``unit``."""
        return self.tables["answers"]

    @property
    def tables(self) -> RunTables:
        """The tables of the run by name."""
        return RunTables(self.run)

    def table(self, name: str) -> Table:
        """One table of the run."""
        return self.tables[name]

    def compare(self) -> Table:
        """The run beside its baseline: a row a figure. Empty when it has no baseline."""
        return compare(self.baseline, self.run) if self.baseline is not None else Table("compare", ())

    def __repr__(self) -> str:
        headline, breaks = self._told()
        lines = [*textwrap.wrap(headline, WIDTH), "", *(["What breaks first:"] if breaks else [])]
        lines += [f"  {day(answer.date)}  {sentences(answer.shortened(0))[0]}" for answer in breaks[:BREAKS]]
        lines += [f"  and {len(breaks) - BREAKS} more in .answers"] if len(breaks) > BREAKS else []
        return "\n".join([*lines, *([""] if breaks else []), self._about()])

    def _repr_html_(self) -> str:
        headline, breaks = self._told()
        parts = [f"<p><strong>{html.escape(headline)}</strong></p>"]
        if breaks:
            rows = [[day(answer.date), answer.brief] for answer in breaks[:BREAKS]]
            more = f"<p>{len(breaks) - BREAKS} more in <code>.answers</code>.</p>" if len(breaks) > BREAKS else ""
            parts.append(f"<p>What breaks first:</p>{_table(('date', 'what'), rows)}{more}")
        return "".join([*parts, f"<p>{html.escape(self._about())}</p>"])

    def _told(self) -> tuple[str, list[Answer]]:
        """The answer, and what breaks that does not break in the baseline too."""
        baseline = View(self.baseline, "baseline") if self.baseline is not None else None
        answers = Answers(View(self.run, "case"), baseline)
        headline = answers.headline()
        return headline.sentence if headline else "This run has no answers yet.", answers.breaks()

    def _about(self) -> str:
        details = self.run.details
        title = clean(details.title, 200).rstrip(".")
        span = f"run from {details.start} to {details.end}"
        return f"{title}, as known on {details.as_of}; {span}, saved in {self.run.path}."


def run(
    scenario: str | Path,
    *,
    as_of: str | dt.date | None = None,
    settings: Sequence[str] = (),
    waive: Sequence[str] = (),
    out: str | Path = flow.RUNS,
    against: flow.Source | None = None,
    say: flow.Say | None = None,
) -> Case:
    """Simulate a scenario and its baseline, analyse both, save both under ``out``.

    scenario    name of a shipped scenario, or path of a scenario folder or overlay file
    as_of       ``YYYY-MM-DD`` or a date; today when missing
    settings    overlays ``key=value``, e.g. ``orbit.altitude=410 km``
    waive       ids of rules that are recorded but not acted on
    against     what to compare with; when missing, the scenario's own ``baseline``, if it names one
    say         called with one line of progress at a time

    Raises ScenarioError, and then nothing is written; RunError when a run cannot be saved.
    """
    done = flow.run(scenario, as_of=as_of, settings=settings, waive=waive, out=out, against=against, say=say)
    return _shown(done)


def _shown(done: flow.Case) -> Case:
    """A case of this room, with the station that a part of it became."""
    onward = None if done.continued is None else _shown(done.continued)
    return Case(done.programme, done.run, done.baseline, onward)


def compare(baseline: Run | str | Path, case: Run | str | Path) -> Table:
    """Two saved runs side by side: one row a figure, with its value in both."""
    rows = flow.compare(baseline, case)
    return Table("compare", rows, [column.name for column in TABLES["compare"].columns])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """An HTML table of escaped texts."""
    head = "".join(f"<th {_STYLE}>{html.escape(text)}</th>" for text in heads)
    body = "".join(
        f"<tr>{''.join(f'<td {_STYLE}>{html.escape(clean(text))}</td>' for text in row)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
